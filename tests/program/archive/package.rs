//! What a package is: contents, names, numbers, versions, refusals.

use std::fs;

use super::{CODE, archived, bag, built, of_document, project};
use crate::support::Project;

/// A scan that is recognised by its first bytes.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

#[test]
fn what_is_in_a_package() {
    let project =
        built().file("sealed.png", PNG).file("draft.txt", "定稿").file("sheet.tif", b"II*\0\0\0");
    project
        .en(&[
            "archive",
            "p",
            "--original",
            "sealed.png",
            "--final-draft",
            "draft.txt",
            "--approval-sheet",
            "sheet.tif",
        ])
        .clean();
    let tree = project.tree(&bag());
    let files: Vec<&str> = tree.lines().filter(|line| !line.contains("/templates/")).collect();
    let document = format!("data/电子档案/2025/{CODE}");
    let mut wanted: Vec<String> = [
        "bag-info.txt",
        "bagit.txt",
        "manifest-sha256.txt",
        "manifest-sha512.txt",
        "tagmanifest-sha256.txt",
        "tagmanifest-sha512.txt",
        "data/说明文件.TXT",
        "data/文件目录.XML",
        "data/其他/manifest.json",
        "data/其他/版面测量.json",
        "data/其他/源文件/yinfa.yaml",
        "data/其他/源文件/content/units.yaml",
        "data/其他/源文件/content/p/notice.yaml",
        "data/其他/源文件/content/p/items.yaml",
    ]
    .map(String::from)
    .into();
    wanted.extend(
        [
            "正本.png",
            "定稿.txt",
            "发文稿纸.tif",
            "排版稿.pdf",
            "编辑稿.docx",
            "网页.html",
            "网页正文.html",
            "任务分解总表.html",
            "任务分解总表.pdf",
            "任务分解总表.xlsx",
            "任务单/index.html",
            "元数据.xml",
            "元数据.json",
        ]
        .map(|name| format!("{document}/{name}")),
    );
    for unit in ["区发改局", "区教育局", "东山镇", "西水街道"] {
        wanted.extend(["html", "pdf", "xlsx"].map(|end| format!("{document}/任务单/{unit}.{end}")));
    }
    wanted.sort();
    assert_eq!(files, wanted);
    // Each template that was used, the built-in ones too.
    for template in ["typst/notice.typ", "html/sheet.html", "html/css/base.css"] {
        assert!(tree.contains(&format!("源文件/templates/{template}\n")), "{tree}");
    }
    let info = project.read(&format!("{}/bag-info.txt", bag()));
    insta::assert_snapshot!(info.lines().take(10).collect::<Vec<_>>().join("\n"), @"
    Source-Organization: 云溪区发改局
    External-Identifier: 0012-WS·2025-D30-BGS-0001
    External-Description: 关于印发2025年工作要点的通知
    Bagging-Date: 2025-03-06
    Bag-Software-Agent: yinfa 0.1.0
    文号: 云发改〔2025〕1号
    成文日期: 2025-03-06
    保管期限: D30
    正本: 正本.png
    版本: 1
    ");
    let note = project.read(&format!("{}/data/说明文件.TXT", bag()));
    assert!(note.contains("        sha256sum -c manifest-sha256.txt\n"), "{note}");
}

#[test]
fn metadata_in_xml_and_json_say_the_same() {
    let process = "\
process: {drafted: {who: 甲, when: 2025-02-01}, signed: {who: 乙}}
published: 2025-03-07 17:16
printed: 2025-03-07
printed_by: 云溪区发改局办公室
publisher: 区发改局
copies: [区委办]
";
    let project = project().add("content/p/notice.yaml", process);
    project.build(&[]).clean();
    project.en(&["archive", "p"]);
    let xml = project.read(&of_document("元数据.xml"));
    let json = project.read(&of_document("元数据.json"));
    let from_xml = yinfa::archive::metadata::Metadata::from_xml(&xml).unwrap();
    let from_json = yinfa::archive::metadata::Metadata::from_json(&json).unwrap();
    assert_eq!(from_xml, from_json);
    assert_eq!(from_xml.to_xml().unwrap(), xml);
    let value: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(value["档号"]["编码"], CODE);
    assert_eq!(value["档号"]["件号"], "0001");
    assert_eq!(value["内容描述"]["题名"], "关于印发2025年工作要点的通知");
    assert_eq!(value["内容描述"]["文种"], "通知");
    assert_eq!(value["内容描述"]["密级"], "非密");
    assert_eq!(value["内容描述"]["日期"], "2025-03-06");
    assert_eq!(value["形式特征"]["说明"], "未附盖章正本");
    let actions: Vec<&str> = value["业务实体"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| event["行为"].as_str().unwrap())
        .collect();
    assert_eq!(actions, ["起草", "签发", "印发", "公开"]);
    let file = &value["电子属性"]["文件"][0];
    assert_eq!(file["稿件"], "排版稿");
    assert_eq!(file["格式信息"], "PDF/A-2A");
    assert_eq!(file["页数"], value["形式特征"]["页数"]);
    assert!(value["制作环境"]["字体"].as_array().unwrap().len() > 3);
}

#[test]
fn the_same_publication_gives_the_same_package() {
    let one = archived();
    let other = archived();
    other.en(&["archive", "p", "--to", "again", "--original", "sealed.pdf"]).clean();
    let bytes = one.files("archive");
    assert!(bytes.len() > 40);
    let bag = |files: &std::collections::BTreeMap<String, Vec<u8>>| -> Vec<(String, Vec<u8>)> {
        let ours = files.iter().filter(|(path, _)| path.starts_with(CODE));
        ours.map(|(path, bytes)| (path.clone(), bytes.clone())).collect()
    };
    assert_eq!(bag(&bytes), bag(&other.files("archive")));
    assert_eq!(bag(&bytes), bag(&other.files("again")));
}

#[test]
fn a_package_that_would_be_the_same_is_not_written_again() {
    let project = archived();
    let files = || {
        let mut files = project.files("archive");
        files.retain(|path, _| path != ".yinfa/lock");
        files
    };
    let before = files();
    let run = project.en(&["archive", "p", "--original", "sealed.pdf"]).clean();
    assert!(run.stderr.contains("nothing has changed"), "{run}");
    // What was enclosed belongs to the notice as long as that is the same.
    project.en(&["archive", "p"]).clean();
    assert_eq!(files(), before);
}

#[test]
fn a_corrected_publication_is_a_new_version() {
    let project = archived().change("content/p/items.yaml", "10个", "12个");
    let stale = project.en(&["archive", "p"]).refused();
    assert_eq!(stale.codes(), ["archive-stale"]);
    assert!(stale.stderr.contains("content/p/items.yaml"), "{stale}");
    let before: Vec<_> = project.files(&bag()).into_iter().collect();
    project.build(&[]).clean();
    let run = project.en(&["archive", "p"]);
    assert_eq!(run.code, Some(0), "{run}");
    // The original of the first version is not that of the corrected text.
    assert_eq!(run.codes(), ["original-missing"]);
    assert_eq!(project.files(&bag()).into_iter().collect::<Vec<_>>(), before);
    let info = project.read(&format!("{}_v2/bag-info.txt", bag()));
    assert!(info.contains("版本: 2\n替代: 0012-WS·2025-D30-BGS-0001\n"), "{info}");
    assert!(info.contains("正本: 未附盖章正本\n"), "{info}");
    let run = project.en(&["verify", "archive", "--format", "json"]).refused();
    let json = run.json();
    assert_eq!(json["bags"].as_array().unwrap().len(), 2);
    assert_eq!(json["bags"][1]["version"], 2);
    assert_eq!(json["bags"][1]["properties"]["completeness"]["outcome"], "incomplete");
    // With its own original it becomes complete, as a third version.
    project.en(&["archive", "p", "--original", "sealed.pdf"]);
    project.en(&["verify", "archive"]).clean();
}

#[test]
fn numbers_go_on_and_codes_can_be_given() {
    let project = archived();
    let second = |project: Project, id: &str, serial: &str| {
        let notice = project.read("content/p/notice.yaml").replace("serial: 1", serial);
        let items = project.read("content/p/items.yaml");
        let project = project
            .file(&format!("content/{id}/notice.yaml"), notice)
            .file(&format!("content/{id}/items.yaml"), items);
        project.build(&[id]).clean();
        project
    };
    let project = second(project, "q", "serial: 2");
    let run = project.en(&["archive", "q", "--dry-run"]).clean();
    assert!(run.stdout.starts_with("code: 0012-WS·2025-D30-BGS-0002\n"), "{run}");
    assert!(!project.path("archive/0012-WS·2025-D30-BGS-0002").exists());
    let taken = project.en(&["archive", "q", "--code", CODE]).refused();
    assert_eq!(taken.codes(), ["archive-code-taken"]);
    let year = project.en(&["archive", "q", "--code", "0012-WS·2024-D30-BGS-0001"]).refused();
    assert_eq!(year.codes(), ["archive-code-year"]);
    let wrong = project.en(&["archive", "q", "--code", "0012-2025-1"]);
    assert_eq!((wrong.code, wrong.codes()), (Some(2), vec!["archival-code-wrong"]));
    project.en(&["archive", "q", "--code", "0012-WS·2025-D30-BGS-0004"]);
    let gap = project.en(&["verify", "archive"]).refused();
    assert!(gap.stdout.contains("0012-WS·2025-D30-BGS lacks the numbers 0002、0003"), "{gap}");
    let other = project.en(&["archive", "q", "--retention", "Y"]).refused();
    assert_eq!(other.codes(), ["archive-other-code"]);
    let project = second(project, "r", "serial: 3");
    project.en(&["archive", "r", "--retention", "永久"]);
    assert!(project.path("archive/0012-WS·2025-Y-BGS-0001").is_dir());
    let project = second(project, "s", "serial: 4");
    project.en(&["archive", "s"]);
    assert!(project.path("archive/0012-WS·2025-D30-BGS-0005").is_dir());
}

#[test]
fn a_number_used_twice_is_found() {
    let project = archived();
    // Another project archives another document with the same number into the same folder.
    let other =
        super::project().change("content/p/notice.yaml", "2025年工作要点的", "另一份要点的");
    let notice = other.read("content/p/notice.yaml");
    let items = other.read("content/p/items.yaml");
    let other = other
        .without("content/p/notice.yaml")
        .without("content/p/items.yaml")
        .file("content/z/notice.yaml", notice)
        .file("content/z/items.yaml", items);
    other.build(&[]).clean();
    other.en(&["archive", "z", "--code", "0012-WS·2025-D30-BGS-0002"]);
    super::copy(
        &other.path("archive/0012-WS·2025-D30-BGS-0002"),
        &project.path("archive/0012-WS·2025-D30-BGS-0002"),
    );
    let run = project.en(&["verify", "archive", "--format", "json"]).refused();
    let json = run.json();
    assert_eq!(json["archive"][1]["check"], "duplicates");
    assert_eq!(json["archive"][1]["outcome"], "failed");
}

#[test]
fn prepared_for_the_archive_first_and_coded_later() {
    let project = built().file("yinfa.yaml", "office: 云溪区发改局\n");
    project.build(&[]).clean();
    let lacking = project.en(&["archive", "p"]).refused();
    assert_eq!(lacking.codes(), ["archive-settings-missing"]);
    assert!(lacking.stderr.contains("fonds, division, retention"), "{lacking}");
    project.en(&["archive", "p", "--pre-archive"]);
    let name = "archive/预归档_云发改〔2025〕1号";
    let info = project.read(&format!("{name}/bag-info.txt"));
    assert!(info.contains("归档状态: 预归档\n"), "{info}");
    assert!(!info.contains("External-Identifier"), "{info}");
    let run = project.en(&["verify", name]).refused();
    assert!(run.stdout.contains("no archival code yet"), "{run}");
    super::stamped(&project, "output/p/public/notice.pdf", &project);
    project.en(&["archive", "p", "--code", CODE, "--original", "sealed.pdf"]).clean();
    let info = project.read(&format!("{}/bag-info.txt", bag()));
    assert!(info.contains("替代: 预归档_云发改〔2025〕1号\n"), "{info}");
    project.en(&["verify", "archive"]).clean();
}

#[test]
fn what_is_not_archived() {
    let refused = |project: &Project| {
        let run = project.en(&["archive", "p"]).refused();
        assert!(!project.path("archive").exists());
        run.codes().iter().map(|code| (*code).to_string()).collect::<Vec<_>>()
    };
    assert_eq!(refused(&project()), ["archive-not-built"]);
    let secret = built().add("content/p/notice.yaml", "secrecy: {level: 秘密, term: 1年}\n");
    assert_eq!(refused(&secret), ["archive-secrecy"]);
    let draft = built().add("content/p/notice.yaml", "stage: 送审稿\n");
    assert_eq!(refused(&draft), ["archive-draft"]);
    let unsigned = built().change("content/p/notice.yaml", ", serial: 1", "");
    assert_eq!(refused(&unsigned), ["archive-draft"]);
    let undated = built().change("content/p/notice.yaml", "date: 2025-03-06\n", "");
    assert_eq!(refused(&undated), ["archive-undated"]);
    let stale = built().add("yinfa.yaml", "# changed\n");
    assert_eq!(refused(&stale), ["archive-stale"]);
    let template = built().file("templates/html/css/base.css", "body {}");
    assert_eq!(refused(&template), ["archive-stale"]);
    let changed = built().file("output/p/internal/tasks/东山镇.pdf", "changed");
    assert_eq!(refused(&changed), ["archive-output-changed"]);
    let gone = built().without("output/p/public/notice.html");
    assert_eq!(refused(&gone), ["archive-output-changed"]);
    let part = project();
    part.build(&["--only", "notice"]).clean();
    assert_eq!(refused(&part), ["archive-not-whole"]);
    let broken = built().add("content/p/notice.yaml", "zzzz: 1\n");
    assert_eq!(refused(&broken), ["key-unknown"]);
    let damaged = built().file("output/p/manifest.json", "{");
    assert_eq!(refused(&damaged), ["archive-output-changed"]);
    let word = built().file("sealed.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
    let run = word.en(&["archive", "p", "--original", "sealed.doc"]).refused();
    assert_eq!(run.codes(), ["original-format"]);
    let run = word.en(&["archive", "p", "--original", "missing.pdf"]).refused();
    assert_eq!(run.codes(), ["file-unreadable"]);
    let unknown = word.en(&["archive", "q"]);
    assert_eq!((unknown.code, unknown.codes()), (Some(2), vec!["publication-unknown"]));
}

#[test]
fn an_original_of_another_document_is_noticed() {
    let other = project().change("content/p/notice.yaml", "2025年工作要点的", "另一份要点的");
    let other = other.change("content/p/notice.yaml", "serial: 1", "serial: 77");
    let other = other.change("content/p/notice.yaml", "请认真执行", &"请认真贯彻执行".repeat(9));
    other.build(&["--only", "notice"]).clean();
    let project = built();
    super::stamped(&other, "output/p/public/notice.pdf", &project);
    let run = project.en(&["archive", "p", "--original", "sealed.pdf"]);
    assert_eq!(run.codes(), ["archive-enclosure"; 2], "{run}");
    assert_eq!(run.code, Some(0), "{run}");
    let found = project.en(&["verify", "archive"]).refused();
    assert!(found.stdout.contains("does not show the number of the metadata"), "{found}");
}

/// What others made is kept as it is, but not where it must not be here at all.
#[test]
fn an_original_with_a_mark_of_secrecy_is_refused() {
    let secret = project().add("content/p/notice.yaml", "secrecy: {level: 机密, term: 1年}\n");
    let run = secret.build(&["--only", "notice"]);
    assert_eq!(run.code, Some(0), "{run}");
    let project = built();
    super::stamped(&secret, "output/p/internal/notice.pdf", &project);
    let run = project.en(&["archive", "p", "--original", "sealed.pdf"]).refused();
    assert_eq!(run.codes(), ["archive-not-sound"], "{run}");
    assert!(run.stderr.contains("正本.pdf shows a mark of secrecy"), "{run}");
    assert!(!project.path(&bag()).exists());
}

#[test]
fn names_in_the_package_are_nfc() {
    // The letter e with an accent, as macOS names files: two characters.
    let project = project();
    let items = project.read("content/p/items.yaml");
    let project = project.without("content/p/items.yaml").file("content/p/cafe\u{301}.yaml", items);
    project.build(&[]).clean();
    let run = project.en(&["archive", "p"]);
    assert_eq!(run.code, Some(0), "{run}");
    let tree = project.tree(&bag());
    assert!(tree.contains("源文件/content/p/caf\u{e9}.yaml"), "{tree}");
    assert!(!tree.contains('\u{301}'));
}

#[test]
fn names_that_bagit_tools_disagree_on_are_refused() {
    let project = project();
    let items = project.read("content/p/items.yaml");
    let project = project.without("content/p/items.yaml").file("content/p/50%0A.yaml", items);
    project.build(&[]).clean();
    let run = project.en(&["archive", "p"]).refused();
    assert_eq!(run.codes(), ["archive-name"]);
    assert!(run.stderr.contains("content/p/50%0A.yaml"), "{run}");
}

#[test]
fn dry_run_in_chinese() {
    let run = built().zh(&["archive", "p", "--dry-run"]).clean();
    let head: Vec<&str> = run.stdout.lines().take(3).collect();
    assert_eq!(
        head,
        [
            "档号：0012-WS·2025-D30-BGS-0001",
            "归档包：TEMP/project/archive/0012-WS·2025-D30-BGS-0001",
            "版本：1"
        ]
    );
}

/// Recognised by what is in it, whatever it is called, and looked into no further.
#[test]
fn an_ofd_original() {
    use std::io::Write as _;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("OFD.xml", zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all(b"<ofd:OFD/>").unwrap();
    let project = built().file("sealed.bin", zip.finish().unwrap().into_inner());
    project.en(&["archive", "p", "--original", "sealed.bin"]).clean();
    let json: serde_json::Value =
        serde_json::from_str(&project.read(&of_document("元数据.json"))).unwrap();
    let original = &json["电子属性"]["文件"][0];
    assert_eq!(original["计算机文件名"], "正本.ofd");
    assert_eq!(original["格式信息"], "OFD");
    assert!(json["形式特征"].get("页数").is_none());
    let run = project.en(&["verify", "archive"]).clean();
    let words = "original (OFD) has no text that could be read: compare it by eye";
    assert_eq!(run.stdout.matches(words).count(), 2, "{run}");
    assert!(run.stdout.contains("security passed (4 not checked)"), "{run}");
}

/// What output allows, a package allows: units whose names have every sign of ASCII, each in one name.
#[test]
fn names_with_every_ascii_sign() {
    let signs = (' '..='~').filter(|c| !c.is_ascii_alphanumeric());
    let mut names: Vec<String> = signs.map(|sign| format!("甲{sign}办")).collect();
    names.extend(["乙%25办", "乙%0a办", "丙100%", "丁%2办"].map(String::from));
    let quoted = |name: &String| serde_json::to_string(name).unwrap();
    let units = names
        .iter()
        .map(|name| format!("  - {{name: {}, kind: 政府部门}}\n", quoted(name)))
        .collect::<String>();
    let units = format!(
        "units:\n{units}  - {{name: 区发改局, kind: 乡镇}}\n\
         groups:\n  - {{name: 各部门, kinds: [政府部门]}}\n  - {{name: 各镇街, kinds: [乡镇]}}\n"
    );
    let project = project()
        .add("yinfa.yaml", "formats: {notice: [html, pdf], sheets: [html]}\n")
        .file("content/units.yaml", units)
        .file(
            "content/p/items.yaml",
            "- {section: 发展, text: 开工重大项目10个。, units: [各部门]}\n\
             - {section: 民生, text: 新建学校2所。, units: [区发改局]}\n",
        );
    project.build(&[]).fine();
    super::stamped(&project, "output/p/public/notice.pdf", &project);
    project.en(&["archive", "p", "--original", "sealed.pdf"]).fine();
    project.en(&["verify", "archive"]).clean();
    let sheets = project.files(&of_document("任务单"));
    assert_eq!(sheets.len(), names.len() + 2, "{:?}", sheets.keys());
    assert!(sheets.contains_key("甲%办.html"), "{:?}", sheets.keys());
    // The index leads to each of them by its name in the package.
    let run = project.en(&["catalog", "archive", "--audience", "internal", "--output", "site"]);
    assert_eq!((run.code, run.codes()), (Some(0), vec![]), "{run}");
    if let Some(mut reference) = super::reference::Reference::start() {
        assert!(reference.accepts(&project.path(&bag())));
    }
}

#[test]
fn what_was_built_here_is_no_sealed_original() {
    let project = built();
    fs::copy(project.path("output/p/public/notice.pdf"), project.path("copy.pdf")).unwrap();
    for file in ["output/p/public/notice.pdf", "copy.pdf"] {
        let run = project.en(&["archive", "p", "--original", file]).refused();
        assert_eq!(run.codes(), ["original-unsealed"], "{run}");
        assert!(!project.path("archive").exists());
    }
    super::stamped(&project, "output/p/public/notice.pdf", &project);
    project.en(&["archive", "p", "--original", "sealed.pdf"]).clean();
}
