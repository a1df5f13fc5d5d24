//! Tables in texts: what each format makes of them, and what is said of wrong ones.

use std::io::Read as _;

use crate::support::{Project, html_text, pdf_text, without_blanks};

const LETTER: &str = "letter: |
  各镇街情况如下。

  表1　主要指标（单位：万元）

  | 镇街 | 投资 |
  | --- | --- |
  | 东山镇 | 12300.5 |
  | **西水**街道 | a\\|b<&# |

  请对照差距。
";

const ITEM: &str = "\
- section: 发展
  text: |
    开工重大项目。

    | 项目 | 投资 |
    |---|---|
    | 算力中心 | 1080 |
  units: [区发改局, 东山镇]
- section: 民生
  text: 新建学校2所。
  units: [区教育局]
";

fn project() -> Project {
    let project = Project::new();
    let notice = project.read("content/p/notice.yaml");
    let letter = notice.lines().find(|line| line.starts_with("letter:")).unwrap();
    let notice = notice.replace(&format!("{letter}\n"), LETTER);
    project.file("content/p/notice.yaml", &notice).file("content/p/items.yaml", ITEM)
}

fn document(project: &Project) -> String {
    let bytes = std::fs::read(project.path("output/p/internal/notice.docx")).unwrap();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name("word/document.xml").unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn every_format_has_the_table() {
    let project = project();
    project.build(&["--format", "html,pdf,docx,xlsx"]).clean();
    let page = project.read("output/p/public/notice.html");
    let (_, table) = page.split_once("<strong>表1　主要指标</strong>").unwrap();
    assert!(table.contains("（单位：万元）</span></caption>"), "{table}");
    assert!(
        table.contains("<strong>西水</strong>街道") && table.contains("a|b&lt;&amp;#"),
        "{table}"
    );
    assert_eq!(page.matches("<thead>").count(), 2);

    let printed = without_blanks(&pdf_text(&project.path("output/p/public/notice.pdf")));
    for words in
        ["表1主要指标", "（单位：万元）", "12300.5", "西水街道", "a|b<&#", "算力中心", "1080"]
    {
        assert!(printed.contains(words), "no {words} in {printed}");
    }
    assert!(!printed.contains("---"));

    let document = document(&project);
    assert_eq!(document.matches("<w:tbl>").count(), 2, "{document}");
    assert_eq!(document.matches("<w:tblHeader/>").count(), 2, "{document}");
    assert!(document.contains("a|b&lt;&amp;#"));

    // A cell of a sheet on paper holds no table; the web page's does.
    let sheet = without_blanks(&pdf_text(&project.path("output/p/internal/tasks/区发改局.pdf")));
    assert!(sheet.contains("算力中心｜1080"), "{sheet}");
    let sheet = html_text(&project.read("output/p/internal/tasks/区发改局.html"));
    assert!(sheet.contains("算力中心"), "{sheet}");
}

#[test]
fn the_pages_meet_the_standard() {
    let project = project();
    project.build(&["--format", "pdf", "--only", "notice", "--strict-layout"]).clean();
}

#[test]
fn wrong_tables_are_named_with_their_place() {
    let project = project().change("content/p/items.yaml", "| 算力中心 | 1080 |", "| 算力中心 |");
    let run = project.zh(&["build", "--format", "html"]).refused();
    let stderr = &run.stderr;
    assert!(
        stderr.contains("row-length") && stderr.contains("content/p/items.yaml:7:5"),
        "{stderr}"
    );
    assert!(!project.path("output/p").exists());

    let project = project.change("content/p/items.yaml", "|---|---|", "｜---｜---｜");
    let run = project.zh(&["build", "--format", "html"]).refused();
    assert!(run.stderr.contains("markdown-table"), "{}", run.stderr);
}

#[test]
fn check_takes_tables_for_tables() {
    let run = project().run(&["check", "--format", "json"]).fine();
    for rule in ["full-stop", "space-beside-digit", "space-in-text"] {
        assert!(!run.stdout.contains(rule), "{}", run.stdout);
    }
}
