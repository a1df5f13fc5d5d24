//! What the records say about the page: joint issue, the imprint's side, head and note.

use crate::support::{Project, html_text, pdf_info, pdf_text};

const NOTICE_FILE: &str = "content/p/notice.yaml";

fn notice(lines: &str) -> Project {
    let project = Project::new().add(NOTICE_FILE, lines);
    project.build(&["--only", "notice"]).clean();
    project
}

fn web(project: &Project) -> String {
    html_text(&project.read("output/p/public/notice.html"))
}

fn pdf(project: &Project) -> String {
    pdf_text(&project.path("output/p/internal/notice.pdf"))
}

fn pages(project: &Project) -> u32 {
    pdf_info(&project.path("output/p/internal/notice.pdf"), "Pages").parse().unwrap()
}

#[test]
fn a_joint_notice() {
    let organs = "organ: [云溪区发改局, 云溪区教育局]\n";
    for layout in ["", "layout: {seal: false}\n", "layout: {seals_per_row: 3}\n"] {
        let project = notice(&format!("{organs}{layout}"));
        let (web, pdf) = (web(&project), pdf(&project));
        for organ in ["云溪区发改局", "云溪区教育局"] {
            // In the red head and at the sign-off.
            assert_eq!(pdf.matches(organ).count(), 2, "{layout}{organ} in:\n{pdf}");
            assert!(web.contains(organ), "{layout}{organ} in:\n{web}");
        }
        // The lead organ stands first, the date once.
        assert!(pdf.find("云溪区发改局") < pdf.find("云溪区教育局"), "{pdf}");
        assert_eq!(pdf.matches("2025年3月6日").count(), 1, "{pdf}");
    }
    let author = notice(organs);
    let author = pdf_info(&author.path("output/p/internal/notice.pdf"), "Author");
    assert_eq!(author, "云溪区发改局、云溪区教育局");
}

#[test]
fn the_imprint_stands_on_an_even_page() {
    let imprint = "printed_by: 云溪区发改局办公室\nprinted: 2025-03-07\n";
    let attachment = "attachments: [{title: 说明, kind: text, text: 如下。}]\n";
    // Letter, issued text, attachment: three pages.
    let even = notice(&format!("{imprint}{attachment}"));
    assert_eq!(pages(&even), 4);
    let last = notice(&format!("{imprint}{attachment}layout: {{imprint: last}}\n"));
    assert_eq!(pages(&last), 3);
    assert!(pdf(&last).contains("云溪区发改局办公室2025年3月7日印发"), "{}", pdf(&last));
    // Without an imprint there is no page for it.
    assert_eq!(pages(&notice(attachment)), 3);
    let from_project = Project::new()
        .add("yinfa.yaml", "defaults: {layout: {imprint: last}}\n")
        .add(NOTICE_FILE, &format!("{imprint}{attachment}"));
    from_project.build(&["--only", "notice"]).clean();
    assert_eq!(pages(&from_project), 3);
}

#[test]
fn a_table_of_tasks_over_several_pages() {
    let attachment = "attachments: [{title: 任务分解表, kind: task-table}]\n";
    let item = |n| format!("- section: 民生\n  text: 任务第{n}项。\n  units: [区教育局]\n");
    let items: String = (1..=40).map(item).collect();
    let project = Project::new().add(NOTICE_FILE, attachment).add("content/p/items.yaml", &items);
    project.build(&["--only", "notice", "--format", "pdf"]).clean();
    // In the text and in the table.
    assert_eq!(pdf(&project).matches("任务第40项。").count(), 2);
    assert!(pages(&project) > 4, "{}", pages(&project));
}

#[test]
fn copy_number_and_urgency_in_the_head() {
    let project = notice("copy_number: 000042\nurgency: 特急\nsignatory: [张三, 李四]\n");
    let pdf = pdf(&project);
    for words in ["000042", "特急", "签发人：", "张三", "李四"] {
        assert!(pdf.contains(words), "no {words} in:\n{pdf}");
    }
}

#[test]
fn a_note_has_one_pair_of_brackets() {
    for (note, printed) in [
        ("此件公开发布", "（此件公开发布）"),
        ("（此件公开发布）", "（此件公开发布）"),
        ("(此件公开发布)", "（此件公开发布）"),
        ("（一）和（二）不公开", "（（一）和（二）不公开）"),
        ("（一）和（二）", "（（一）和（二））"),
        ("此件（正文）公开", "（此件（正文）公开）"),
    ] {
        let project = Project::new().add(NOTICE_FILE, &format!("note: \"{note}\"\n"));
        project.build_html(&["--only", "notice"]).clean();
        let web = web(&project);
        assert!(web.contains(printed), "no {printed} in:\n{web}");
        assert!(!web.contains(&format!("（{printed}")), "{web}");
    }
}
