//! What cannot be meant, or would be lost or printed wrongly without anybody seeing it, stops the
//! publication; what is only suspicious is warned about.

use insta::assert_snapshot;

use crate::support::{ITEMS, NOTICE, Project, UNITS};

const NOTICE_FILE: &str = "content/p/notice.yaml";
const ITEMS_FILE: &str = "content/p/items.yaml";
const UNITS_FILE: &str = "content/units.yaml";

/// Asserts that a project is refused for this one reason, at this place, and nothing written.
#[track_caller]
fn refused(project: Project, code: &str, place: &str) {
    let run = project.build_html(&[]).refused();
    assert_eq!(run.codes(), [code], "{run}");
    assert!(run.stderr.contains(&format!("--> {place}\n")), "not at {place}\n{run}");
    assert_eq!(project.tree("output"), "");
    // Whoever reads it in Chinese is told what to do as well.
    let zh = project.zh(&["build", "--format", "html"]).stderr;
    assert!(zh.contains(&format!("错误[{code}]")) && zh.contains("帮助："), "{zh}");
}

/// Asserts that a project is built with this one warning.
#[track_caller]
fn warned(project: Project, code: &str, words: &str) {
    let run = project.build_html(&[]);
    assert_eq!((run.code, run.codes()), (Some(0), vec![code]), "{run}");
    assert!(run.stderr.contains(&format!("warning[{code}]")), "{run}");
    assert!(run.stderr.contains(words), "no “{words}”\n{run}");
    assert!(project.path("output/p/public/notice.html").exists());
}

fn notice(lines: &str) -> Project {
    Project::new().add(NOTICE_FILE, lines)
}

#[test]
fn two_notices_in_one_folder() {
    let project = Project::new().file("content/p/notice.yml", NOTICE);
    let run = project.build_html(&[]).refused();
    assert_eq!(run.codes(), ["publication-nested"]);
    assert_eq!(project.tree("output"), "");
    assert_snapshot!(run, @"
    exit 1
    error[publication-nested]: “content/p/notice.yml” stands in the folder of “content/p/notice.yaml”
      = help: give each publication a folder of its own, none inside another, or put `_` before the name of the file that is not used
    1 error
    p: not built because of errors; what was there is untouched
    ");
}

#[test]
fn a_notice_inside_the_folder_of_another() {
    // Whatever the inner folder is called: before `notice.yaml` in the alphabet or behind it.
    for inner in ["annex", "zhengce", "附件"] {
        let project = Project::new()
            .file(&format!("content/p/{inner}/notice.yaml"), NOTICE)
            .file("content/q/notice.yaml", NOTICE)
            .file("content/q/items.yaml", ITEMS);
        let run = project.build_html(&[]).refused();
        assert_eq!(run.codes(), ["publication-nested"], "{inner}: {run}");
        assert!(run.stderr.contains(&format!("content/p/{inner}/notice.yaml")), "{run}");
        // The others are built all the same.
        assert!(project.tree("output").lines().all(|path| path.starts_with("q/")), "{inner}");
        assert!(project.path("output/q/public/notice.html").exists());
    }
}

#[test]
fn a_notice_that_was_put_aside() {
    Project::new()
        .file("content/p/_annex/notice.yaml", NOTICE)
        .file("content/p/_notice.yml", NOTICE)
        .build_html(&[])
        .clean();
}

#[cfg(unix)]
#[test]
fn a_folder_that_other_systems_cannot_have() {
    for name in ["a:b", "2025.", "con", "甲?"] {
        let project = Project::empty()
            .file(UNITS_FILE, UNITS)
            .file(&format!("content/{name}/notice.yaml"), NOTICE)
            .file(&format!("content/{name}/items.yaml"), ITEMS);
        let run = project.build_html(&[]).refused();
        assert_eq!(run.codes(), ["publication-name"], "{name}: {run}");
        assert_eq!(project.tree("output"), "");
    }
}

#[test]
fn own_tasks_of_groups_and_twice() {
    let group = Project::new()
        .change(ITEMS_FILE, "[区教育局]", "[区教育局, 各镇街]")
        .add(ITEMS_FILE, "  own: [{unit: 各镇街, task: 征地。}]\n");
    refused(group, "own-of-group", "content/p/items.yaml:7:16");
    let own = "  own: [{unit: 区教育局, task: 选址。}, {unit: 区教育局, task: 征地。}]\n";
    refused(Project::new().add(ITEMS_FILE, own), "own-twice", "content/p/items.yaml:7:41");
}

#[test]
fn two_sections_of_one_name() {
    let project = Project::new()
        .change(NOTICE_FILE, "{id: 发展, heading: 加快发展}", "{heading: 改善民生}")
        .change(NOTICE_FILE, "{id: 民生, heading: 改善民生}", "{heading: 改善民生}")
        .change(ITEMS_FILE, "- section: 发展\n  text: 开工重大项目10个。\n", "")
        .change(ITEMS_FILE, "  units: [区发改局, 东山镇]\n", "")
        .change(ITEMS_FILE, "section: 民生", "section: 改善民生");
    assert_snapshot!(project.build_html(&[]).refused(), @"
exit 1
error[section-ambiguous]: several sections are called “改善民生”
  --> content/p/items.yaml:1:12
   |
 1 | - section: 改善民生
   |            ^^^^^^^^
   |
  ::: content/p/notice.yaml:9:7
   |
 9 |     - {heading: 改善民生}
   |       ------------------- one
10 |     - {heading: 改善民生}
   |       ------------------- another
   |
   = help: give each an `id` and refer to that
1 error
p: not built because of errors; what was there is untouched
");
    // An id tells them apart.
    let project = project
        .change(
            NOTICE_FILE,
            "- {heading: 改善民生}\n    - {heading",
            "- {heading: 改善民生}\n    - {id: 后, heading",
        )
        .change(ITEMS_FILE, "section: 改善民生", "section: 后");
    project.build_html(&[]).clean();
}

#[test]
fn fields_of_the_head() {
    let at = "content/p/notice.yaml:13:";
    for (lines, code, column) in [
        ("copy_number: 1\n", "copy-number-wrong", 14),
        ("copy_number: \"12345a\"\n", "copy-number-wrong", 14),
        ("urgency: 平急\n", "value-unknown", 10),
        ("organ: [甲, 乙, 丙, 丁, 戊, 己]\n", "joint-too-many", 24),
        ("layout: {seals_per_row: 4}\n", "value-unknown", 25),
    ] {
        refused(notice(lines), code, &format!("{at}{column}"));
    }
    refused(
        notice("signatory: [张三]\nformat: letter\n"),
        "signatory-without-head",
        &format!("{at}13"),
    );
    refused(
        notice("signatory: [张三]\nmark: none\n"),
        "signatory-without-head",
        &format!("{at}13"),
    );
    for lines in [
        "copy_number: 000001\n",
        "urgency: 加急\n",
        "organ: [甲, 乙]\n",
        "organ: [甲, 乙]\nformat: letter\n",
        "signatory: [张三]\n",
    ] {
        notice(lines).build_html(&[]).clean();
    }
}

#[test]
fn lists_with_nothing_in_them() {
    let parts =
        Project::new().change(ITEMS_FILE, "text: 新建学校2所。\n  units: [区教育局]", "parts: []");
    refused(parts, "list-empty", "content/p/items.yaml:5:10");
    let table = "attachments: [{title: 表, kind: table, columns: [甲], rows: []}]\n";
    refused(notice(table), "list-empty", "content/p/notice.yaml:13:59");
    let wording = Project::new().add(UNITS_FILE, "recipients: [{text: 各单位, to: []}]\n");
    refused(wording, "list-empty", "content/units.yaml:9:30");
}

#[test]
fn characters_that_nobody_sees() {
    for c in ['\u{200b}', '\u{feff}', '\u{202e}', '\u{ad}', '\u{2028}', '\u{2066}'] {
        let project = Project::new().change(ITEMS_FILE, "新建学校", &format!("新建{c}学校"));
        refused(project, "invisible-character", "content/p/items.yaml:5:11");
    }
    let quoted = Project::new().change(NOTICE_FILE, "加快发展", "\"加快\\u200b发展\"");
    let run = quoted.build_html(&[]).refused();
    assert_eq!(run.codes(), ["invisible-character"], "{run}");
    assert!(run.stderr.contains("U+200B"), "{run}");
}

#[test]
fn numbers_to_start_at() {
    for start in ["-1", "10001", "4294967295"] {
        let project = Project::new().change(
            NOTICE_FILE,
            "{id: 民生, heading: 改善民生}",
            &format!("{{id: 民生, heading: 改善民生, start: {start}}}"),
        );
        let run = project.build_html(&[]).refused();
        assert_eq!(run.codes(), ["start-wrong"], "{start}: {run}");
    }
}

#[test]
fn addresses_of_links() {
    let disclosure = |url: &str| {
        Project::new().change(
            NOTICE_FILE,
            "{access: 主动公开}",
            &format!("{{access: 主动公开, links: [{{text: 解读, url: \"{url}\"}}]}}"),
        )
    };
    for url in ["javascript:alert(1)", "www.example.com", "https://example.com/a b"] {
        let run = disclosure(url).build_html(&[]).refused();
        assert_eq!(run.codes(), ["link-scheme"], "{url}: {run}");
    }
    disclosure("HTTPS://example.com/a").build_html(&[]).clean();
}

#[test]
fn a_wording_registered_twice() {
    let project = Project::new().add(
        UNITS_FILE,
        "recipients:\n  - {text: 各单位, to: [区教育局]}\n  - {text: 各单位, to: [区发改局]}\n",
    );
    let run = project.build_html(&[]).refused();
    assert_eq!(run.codes(), ["wording-twice"], "{run}");
    assert!(run.stderr.contains("--> content/units.yaml:11:12"), "{run}");
}

#[test]
fn an_item_in_no_section_is_still_checked() {
    let project = Project::new()
        .add(ITEMS_FILE, "- section: 环保\n  text: 种树。\n  units: [区林业局]\n")
        .add(ITEMS_FILE, "- text: 治水。\n  units: [区水利局]\n");
    let run = project.build_html(&[]).refused();
    let mut codes = run.codes();
    codes.sort_unstable();
    assert_eq!(codes, ["key-missing", "section-unknown", "unit-unknown", "unit-unknown"], "{run}");
}

#[test]
fn a_registry_that_breaks_off_makes_no_unit_unknown() {
    let project = Project::new().change(UNITS_FILE, "kind: 乡镇}", "kind: 乡镇");
    let run = project.build_html(&[]).refused();
    assert_eq!(run.codes().len(), 1, "{run}");
    assert!(run.codes()[0].starts_with("yaml-"), "{run}");
}

#[test]
fn a_notice_that_breaks_off_makes_no_section_unknown() {
    let project = Project::new().change(NOTICE_FILE, "letter: 经", "letter: \"经");
    let run = project.build_html(&[]).refused();
    assert_eq!(run.codes(), ["yaml-quote-unclosed"], "{run}");
}

#[test]
fn a_group_in_which_there_is_nobody() {
    let project = Project::new().add(UNITS_FILE, "  - {name: 各高校, kinds: [事业单位]}\n").change(
        ITEMS_FILE,
        "[区教育局]",
        "[区教育局, 各高校]",
    );
    warned(project, "unit-nobody", "content/p/items.yaml:6:17");
    let project = Project::new().change(
        ITEMS_FILE,
        "[区教育局]",
        "[区教育局, {name: 各镇街, except: [东山镇, 西水街道]}]",
    );
    warned(project, "unit-nobody", "content/p/items.yaml:6:24");
}

#[test]
fn a_label_without_units() {
    let project = Project::new()
        .change(NOTICE_FILE, "heading: 改善民生}", "heading: 改善民生, units: [区教育局]}")
        .change(ITEMS_FILE, "  units: [区教育局]", "  label: 负责");
    warned(project, "label-unused", "content/p/items.yaml:6:10");
}

#[test]
fn a_registry_that_no_publication_uses() {
    let project = Project::new().file("content/q/units.yaml", UNITS);
    warned(project, "file-orphan", "content/q/units.yaml");
    let project = Project::new().file("content/p/annex/units.yaml", UNITS);
    warned(project, "file-orphan", "content/p/annex/units.yaml");
}

#[test]
fn a_template_that_nothing_uses() {
    let project = Project::new().file("templates/html/notise.html", "<p>甲</p>\n");
    warned(project, "template-unused", "did you mean “html/notice.html”?");
    // One that another template takes in is used.
    Project::new()
        .file("templates/html/own.html", "<p>甲</p>\n")
        .file(
            "templates/html/notice.html",
            "{% extends \"yinfa/html/notice.html\" %}\n{% block imprint %}{% include \"html/own.html\" %}{% endblock imprint %}\n",
        )
        .build_html(&[])
        .clean();
}

#[test]
fn every_template_that_is_wrong() {
    let project = Project::new()
        .file("templates/html/notice.html", "<p>{{ title </p>\n")
        .file("templates/typst/sheet.typ", "甲\n{% if %}\n");
    let run = project.build_html(&[]).refused();
    assert_eq!(run.codes(), ["template-wrong", "template-wrong"], "{run}");
    for place in ["templates/html/notice.html:1:13", "templates/typst/sheet.typ:2:"] {
        assert!(run.stderr.contains(&format!("--> {place}")), "{run}");
    }
}

#[test]
fn a_mistake_in_typst_is_shown_in_the_template() {
    let sheet = "{% extends \"yinfa/typst/sheet.typ\" %}\n{% block summary %}\n#no-such-thing\n{% endblock summary %}\n";
    let project = Project::new().file("templates/typst/sheet.typ", sheet);
    let run = project.build(&["-q", "--format", "pdf", "--only", "sheets"]).refused();
    assert!(run.stderr.contains("--> templates/typst/sheet.typ:3:2\n"), "{run}");
    assert_eq!(project.tree("output"), "");
}

#[test]
fn more_problems_than_anybody_reads() {
    let item = "- section: 民生\n  text: 修路。\n  units: [区交通局]\n";
    let project = Project::new().file("content/p/more.yaml", item.repeat(130));
    let run = project.build_html(&[]).refused();
    assert_eq!(run.codes().len(), 100);
    let ends: Vec<_> = run.stderr.lines().filter(|line| line.contains("not shown")).collect();
    assert_eq!(ends, ["100 errors, and 30 more that are not shown"]);
}

/// What an editor or a cloud drive made of a record's file.
#[test]
fn files_beside_records() {
    for name in ["02.yaml.txt", "02.yml.TXT", "02.yaml.docx", "02.ymal"] {
        let run =
            Project::new().file(&format!("content/p/{name}"), ITEMS).build_html(&[]).refused();
        assert_eq!(run.codes(), ["file-suffix"], "{run}");
        assert!(run.stderr.contains(name), "{run}");
    }
    let copies = ["items (1).yaml", "items - 副本.yaml", "items（冲突副本 2025-03-01）.yaml"];
    for name in copies.into_iter().chain(["items.sync-conflict-20250301-101010-ABCDEFG.yaml"]) {
        let run =
            Project::new().file(&format!("content/p/{name}"), ITEMS).build_html(&[]).refused();
        assert_eq!(run.codes(), ["file-copy"], "{run}");
        assert!(run.stderr.contains(name), "{run}");
    }
    // Without the other one a conflict is only suspicious; what an office program holds open, a
    // backup and other files are no records.
    let project = Project::new().file("content/p/7 (conflicted copy).yaml", ITEMS);
    warned(project, "file-copy", "7 (conflicted copy).yaml");
    for name in ["~$items.yaml", "items.yaml.bak", "说明.txt", "_items.yaml.txt", "第2批（1）.txt"]
    {
        let run = Project::new().file(&format!("content/p/{name}"), ITEMS).build_html(&[]);
        assert_eq!(run.codes(), [] as [&str; 0], "{name}: {run}");
    }
}

#[test]
fn a_key_that_was_indented_into_a_text() {
    for (text, column) in [
        ("  text: |\n    新建一批学校。\n    leads: [区教育局]\n", 5),
        ("  text: >-\n    新建一批学校。\n      deadline: 2025-06\n", 7),
        ("  text: |\n    新建一批学校。\n    units:\n      - 区教育局\n", 5),
    ] {
        let items = format!("- section: 改善民生\n{text}  order: 1\n");
        let project = Project::new().file(ITEMS_FILE, items);
        refused(project, "yaml-key-in-text", &format!("content/p/items.yaml:4:{column}"));
    }
    let words =
        "- section: 改善民生\n  text: |\n    新建一批学校：\n    地址:城东\n  units: [区教育局]\n";
    let run = Project::new().file(ITEMS_FILE, words).build_html(&[]);
    assert_eq!(run.codes(), [] as [&str; 0], "{run}");
}

#[test]
fn what_would_be_printed_twice() {
    for code in ["云政办〔2025〕", "云政办[2025]", "云政办2025", "云政办〔2025〕3号"]
    {
        let project = Project::new();
        let text = project.read(NOTICE_FILE);
        let old = text.lines().find(|line| line.starts_with("number:")).expect("a number");
        let number = format!("number: {{code: \"{code}\", year: 2025, serial: 3}}");
        let text = text.replace(old, &number);
        let run = project.file(NOTICE_FILE, text).build_html(&[]).refused();
        assert_eq!(run.codes(), ["number-code"], "{run}");
    }
    let organs = "organ: [云溪区发展和改革局, 云溪区教育局]\n";
    for title in [
        "云溪区发展和改革局关于",
        "云溪区发展和改革局　云溪区教育局关于",
        "|-\n  云溪区发展和改革局\n  关于",
    ] {
        let text = NOTICE.replace("title: 关于", &format!("title: {title}"));
        let run = Project::new().file(NOTICE_FILE, text + organs).build_html(&[]).refused();
        assert_eq!(run.codes(), ["title-organ"], "{run}");
    }
    // A title that is about the organ.
    let text = NOTICE.replace("title: 关于印发", "title: 云溪区教育局工作规则和");
    let run = Project::new().file(NOTICE_FILE, text + organs).build_html(&[]);
    assert_eq!(run.codes(), [] as [&str; 0], "{run}");
}

#[test]
fn words_of_the_paper_form_for_keys_and_deadlines() {
    let help = |line: &str| {
        let items = ITEMS.replace("  units:", &format!("  {line}\n  units:"));
        Project::new().file(ITEMS_FILE, items).zh(&["build", "--format", "html"]).stderr
    };
    assert!(help("完成时限: 2025-06").contains("这里应为“deadline: …”"));
    assert!(help("牵头单位: [区教育局]").contains("这里应为“leads: …”"));
    let wording = help("deadline: 6月底前");
    assert!(wording.contains("deadline: {when: 2025-06, text: 6月底前}"), "{wording}");
    let day = help("deadline: 2026-06-31");
    assert!(day.contains("2026 年 6 月只有 30 天"), "{day}");
}
