//! `yinfa build`: which files there are, which are touched, and what the manifest says.

use insta::assert_snapshot;
use serde_json::Value;

use crate::support::{ITEMS, NOTICE, Project, Run, pdf_info};

const NOTICE_FILE: &str = "content/p/notice.yaml";
const ITEMS_FILE: &str = "content/p/items.yaml";
const UNITS_FILE: &str = "content/units.yaml";

fn manifest(project: &Project, publication: &str) -> Value {
    let text = project.read(&format!("output/{publication}/manifest.json"));
    serde_json::from_str(&text).unwrap()
}

/// The last line of a build.
fn summary(run: &Run) -> &str {
    run.stderr.lines().last().unwrap_or_default()
}

#[test]
fn a_whole_build_and_what_a_later_one_removes() {
    let project = Project::new();
    let run = project.build(&["-q"]).clean();
    assert_eq!(run.stderr, "");
    // 区委组织部 has no task; 西水街道 has none either, but is a subdistrict among the recipients.
    assert_snapshot!(project.tree("output/p"), @"
    internal/notice.docx
    internal/notice.pdf
    internal/tasks/index.html
    internal/tasks/东山镇.html
    internal/tasks/东山镇.pdf
    internal/tasks/东山镇.xlsx
    internal/tasks/区发改局.html
    internal/tasks/区发改局.pdf
    internal/tasks/区发改局.xlsx
    internal/tasks/区教育局.html
    internal/tasks/区教育局.pdf
    internal/tasks/区教育局.xlsx
    internal/tasks/西水街道.html
    internal/tasks/西水街道.pdf
    internal/tasks/西水街道.xlsx
    internal/任务分解总表.html
    internal/任务分解总表.pdf
    internal/任务分解总表.xlsx
    manifest.json
    public/notice.body.html
    public/notice.html
    public/notice.pdf
    ");
    let files = project.files("output/p");
    assert_eq!(files["public/notice.pdf"], files["internal/notice.pdf"]);

    let manifest = manifest(&project, "p");
    let artifacts = manifest["artifacts"].as_object().unwrap();
    let mut paths: Vec<_> = artifacts.keys().cloned().collect();
    paths.push("manifest.json".into());
    paths.sort();
    assert_eq!(paths, files.keys().cloned().collect::<Vec<_>>());
    for (path, entry) in artifacts {
        assert_eq!(entry["sha256"], base::disk::sha256(&files[path]), "{path}");
        assert_eq!(entry["bytes"], files[path].len(), "{path}");
    }
    let fonts = &artifacts["internal/notice.pdf"]["fonts"];
    assert!(fonts.get("FandolFang-Regular.otf").is_some(), "{fonts}");
    assert_eq!(artifacts["internal/notice.pdf"]["engine"], "typst 0.15.1 (embedded)");
    assert_eq!(artifacts["public/notice.html"]["engine"], Value::Null);
    let inputs = artifacts["public/notice.html"]["inputs"].as_object().unwrap();
    for input in ["yinfa.yaml", UNITS_FILE, NOTICE_FILE, ITEMS_FILE, "templates/html/notice.html"] {
        assert!(inputs.contains_key(input), "{input} is not among {inputs:?}");
    }
    assert_eq!(artifacts["internal/tasks/东山镇.pdf"]["unit"], "东山镇");

    let project = project
        .file("output/p/internal/tasks/批注.txt", "由人写的")
        .change(NOTICE_FILE, "recipients: [各镇街]\n", "")
        .change(ITEMS_FILE, "[区教育局]", "[区发改局]");
    let run = project.build(&[]).clean();
    assert_snapshot!(project.tree("output/p"), @"
    internal/notice.docx
    internal/notice.pdf
    internal/tasks/index.html
    internal/tasks/东山镇.html
    internal/tasks/东山镇.pdf
    internal/tasks/东山镇.xlsx
    internal/tasks/区发改局.html
    internal/tasks/区发改局.pdf
    internal/tasks/区发改局.xlsx
    internal/tasks/批注.txt
    internal/任务分解总表.html
    internal/任务分解总表.pdf
    internal/任务分解总表.xlsx
    manifest.json
    public/notice.body.html
    public/notice.html
    public/notice.pdf
    ");
    assert!(summary(&run).contains(" 6 removed "), "{run}");
    assert_eq!(project.read("output/p/internal/tasks/批注.txt"), "由人写的");
}

#[test]
fn a_pdf_says_what_it_is() {
    let project = Project::new();
    project.build(&["--format", "pdf", "--unit", "东山镇"]).clean();
    project.build(&["--format", "pdf", "--only", "notice"]).clean();
    let info = |path: &str| {
        let names = ["Title", "Author", "CreationDate", "Tagged", "Page size"];
        let value = |name: &&str| format!("{name}: {}", pdf_info(&project.path(path), name));
        names.iter().map(value).collect::<Vec<_>>().join("\n")
    };
    assert_snapshot!(info("output/p/internal/notice.pdf"), @"
    Title: 关于印发2025年工作要点的通知
    Author: 云溪区发改局
    CreationDate: Thu Mar  6 00:00:00 2025 UTC
    Tagged: yes
    Page size: 595.276 x 841.89 pts (A4)
    ");
    assert_snapshot!(info("output/p/internal/tasks/东山镇.pdf"), @"
    Title: 东山镇任务单——2025年工作要点
    Author: 云溪区发改局
    CreationDate: Thu Mar  6 00:00:00 2025 UTC
    Tagged: yes
    Page size: 841.89 x 595.276 pts (A4)
    ");
}

#[test]
fn a_partial_build_touches_its_own_files_alone() {
    let project = Project::new();
    project.build_html(&[]).clean();
    let before = project.files("output/p");
    let entries_before = manifest(&project, "p");
    let project = project.change(ITEMS_FILE, "学校2所", "学校3所").change(
        ITEMS_FILE,
        "units: [区发改局, 东山镇]",
        "units: [区发改局]",
    );
    let changed = |before: &std::collections::BTreeMap<String, Vec<u8>>| {
        let after = project.files("output/p");
        assert!(before.keys().all(|path| after.contains_key(path)), "a file is gone");
        let changed = after.into_iter().filter(|(path, bytes)| before.get(path) != Some(bytes));
        changed.map(|(path, _)| path).collect::<Vec<_>>().join(" ")
    };

    project.build_html(&["--only", "notice"]).clean();
    assert_snapshot!(changed(&before), @"manifest.json public/notice.body.html public/notice.html");
    let entries = manifest(&project, "p");
    let entry = |manifest: &Value, path: &str| manifest["artifacts"][path].clone();
    let sheet = "internal/tasks/区教育局.html";
    assert_eq!(entry(&entries, sheet), entry(&entries_before, sheet));
    assert_ne!(entry(&entries, "public/notice.html"), entry(&entries_before, "public/notice.html"));

    let before = project.files("output/p");
    project.build_html(&["--unit", "区教育局"]).clean();
    assert_snapshot!(changed(&before), @"internal/tasks/区教育局.html manifest.json");
    assert_ne!(entry(&manifest(&project, "p"), sheet), entry(&entries_before, sheet));

    let before = project.files("output/p");
    project.build_html(&["--only", "sheets"]).clean();
    assert_snapshot!(changed(&before), @"internal/tasks/index.html internal/tasks/东山镇.html internal/tasks/区发改局.html internal/任务分解总表.html manifest.json");

    let before = project.files("output/p");
    let args = ["--format", "pdf", "--only", "notice"];
    project.build(&args).clean();
    assert_snapshot!(changed(&before), @"internal/notice.pdf manifest.json public/notice.pdf");
    assert_eq!(
        manifest(&project, "p")["artifacts"].as_object().unwrap().len(),
        project.files("output/p").len() - 1
    );
}

#[test]
fn what_may_be_published_and_what_may_not() {
    let notice = |from: &str, to: &str| {
        assert!(NOTICE.contains(from));
        NOTICE.replace(from, to)
    };
    let project = Project::empty().file(UNITS_FILE, crate::support::UNITS);
    let cases = [
        ("1-public", NOTICE.to_string()),
        ("2-on-request", notice("主动公开", "依申请公开")),
        ("3-on-request-with-page", notice("主动公开", "依申请公开, web: true")),
        ("4-withheld", notice("主动公开", "不予公开")),
        ("5-undecided", notice("disclosure: {access: 主动公开}\n", "")),
        ("6-secret", notice("lead: first", "secrecy: {level: 秘密, term: 1年}")),
        ("7-secret-with-page", notice("公开}", "公开, web: true}\nsecrecy: {level: 机密}")),
        ("8-draft", notice("lead: first", "stage: 征求意见稿")),
        ("9-review", notice("lead: first", "stage: 送审稿")),
    ];
    let project = cases.iter().fold(project, |project, (id, notice)| {
        project
            .file(&format!("content/{id}/notice.yaml"), notice)
            .file(&format!("content/{id}/items.yaml"), ITEMS)
    });
    project.build(&["--only", "notice"]).clean();
    assert_snapshot!(project.tree("output"), @"
    1-public/internal/notice.docx
    1-public/internal/notice.pdf
    1-public/manifest.json
    1-public/public/notice.body.html
    1-public/public/notice.html
    1-public/public/notice.pdf
    2-on-request/internal/notice.docx
    2-on-request/internal/notice.pdf
    2-on-request/manifest.json
    3-on-request-with-page/internal/notice.body.html
    3-on-request-with-page/internal/notice.docx
    3-on-request-with-page/internal/notice.html
    3-on-request-with-page/internal/notice.pdf
    3-on-request-with-page/manifest.json
    4-withheld/internal/notice.docx
    4-withheld/internal/notice.pdf
    4-withheld/manifest.json
    5-undecided/internal/notice.docx
    5-undecided/internal/notice.pdf
    5-undecided/manifest.json
    6-secret/internal/notice.docx
    6-secret/internal/notice.pdf
    6-secret/manifest.json
    7-secret-with-page/internal/notice.docx
    7-secret-with-page/internal/notice.pdf
    7-secret-with-page/manifest.json
    8-draft/internal/notice（征求意见稿）.body.html
    8-draft/internal/notice（征求意见稿）.docx
    8-draft/internal/notice（征求意见稿）.html
    8-draft/internal/notice（征求意见稿）.pdf
    8-draft/manifest.json
    9-review/internal/notice（送审稿）.body.html
    9-review/internal/notice（送审稿）.docx
    9-review/internal/notice（送审稿）.html
    9-review/internal/notice（送审稿）.pdf
    9-review/manifest.json
    ");
    // Sheets and indexes of drafts say so in their names too.
    project.build_html(&["--only", "sheets", "8-draft"]).clean();
    assert_snapshot!(project.tree("output/8-draft"), @"
    internal/notice（征求意见稿）.body.html
    internal/notice（征求意见稿）.docx
    internal/notice（征求意见稿）.html
    internal/notice（征求意见稿）.pdf
    internal/tasks/index（征求意见稿）.html
    internal/tasks/东山镇（征求意见稿）.html
    internal/tasks/区发改局（征求意见稿）.html
    internal/tasks/区教育局（征求意见稿）.html
    internal/tasks/西水街道（征求意见稿）.html
    internal/任务分解总表（征求意见稿）.html
    manifest.json
    ");
}

#[test]
fn a_notice_that_becomes_secret_leaves_the_public_folder() {
    let project = Project::new();
    project.build(&[]).clean();
    let project = project.change(NOTICE_FILE, "lead: first", "secrecy: {level: 秘密}");
    project.build(&[]).clean();
    assert!(!project.path("output/p/public").exists(), "{}", project.tree("output"));
    assert!(!project.read("output/p/manifest.json").contains("public/"));
}

#[test]
fn files_with_the_same_bytes_are_not_written_again() {
    let project = Project::new();
    let first = project.build_html(&[]).clean();
    assert_eq!(
        summary(&first),
        "p: 8 files written, 0 unchanged, 0 removed → TEMP/project/output/p"
    );
    let times = || {
        let files = project.files("output/p").into_keys();
        let time = |path: &String| {
            project.path("output/p").join(path).metadata().unwrap().modified().unwrap()
        };
        files.map(|path| (time(&path), path)).collect::<Vec<_>>()
    };
    let before = times();
    let second = project.build_html(&[]).clean();
    assert_eq!(
        summary(&second),
        "p: 0 files written, 8 unchanged, 0 removed → TEMP/project/output/p"
    );
    assert_eq!(times(), before);
}

#[test]
fn the_output_folder_is_named_by_the_option_or_the_project() {
    let project = Project::new().add("yinfa.yaml", "output: 成品\n");
    project.build_html(&["--only", "notice"]).clean();
    project.build_html(&["--only", "notice", "--output", "elsewhere"]).clean();
    assert_eq!(project.tree("成品"), project.tree("elsewhere"));
    assert!(project.tree("成品").contains("p/public/notice.html"));
    assert_eq!(project.tree("output"), "");
}

#[test]
fn who_gets_a_sheet() {
    let project = Project::new()
        .file(
            UNITS_FILE,
            "\
units:
  - {name: 区发改局, kind: 政府部门}
  - {name: 区教育局, kind: 政府部门, sheet: false}
  - {name: 区 档案馆, kind: 事业单位}
  - {name: 区/数据：*办, kind: 事业单位}
  - {name: 东山镇, kind: 乡镇}
  - {name: 西水街道, kind: 街道}
  - {name: 南塘街道, kind: 街道}
  - {name: 市城投, kind: 国有企业, outside: true}
  - {name: 省高速, kind: 国有企业, outside: true, sheet: true}
  - {name: 领导小组, kind: 议事协调机构, outside: true, served_by: 区发改局}
",
        )
        .change(NOTICE_FILE, "[各镇街]", "[东山镇, 西水街道]")
        .file(
            ITEMS_FILE,
            "\
section: 发展
items:
  - {text: 一。, units: [领导小组, 区教育局, 区/数据：*办, 东山镇, 市城投, 省高速]}
",
        );
    project.build_html(&["--only", "sheets"]).clean();
    assert_snapshot!(project.tree("output/p/internal/tasks"), @"
    index.html
    东山镇.html
    区发改局.html
    区／数据：＊办.html
    省高速.html
    西水街道.html
    ");
}

#[test]
fn sheets_with_the_same_file_name() {
    let project = Project::new()
        .change(UNITS_FILE, "区教育局", "区a：b局")
        .change(UNITS_FILE, "东山镇", "区A:b局")
        .change(ITEMS_FILE, "区教育局", "区a：b局")
        .change(ITEMS_FILE, "东山镇", "区A:b局");
    let run = project.en(&["build", "--format", "html"]).refused();
    assert_eq!(project.tree("output"), "");
    assert_snapshot!(run, @"
    exit 1
    error[file-name-twice]: the sheet of “区A:b局” would have the same file name as another
     --> content/units.yaml:5:12
      |
    4 |   - {name: 区a：b局, kind: 政府部门}
      |            -------- the other unit
    5 |   - {name: 区A:b局, kind: 乡镇}
      |            ^^^^^^^
      |
      = help: give the units names that differ
    1 error
    p: not built because of errors; what was there is untouched
    ");
}

#[test]
fn a_unit_without_a_sheet_on_the_command_line() {
    let project = Project::new();
    let run = project.build_html(&["--unit", "区委组织部"]);
    assert_eq!((run.code, run.codes()), (Some(0), vec!["unit-without-sheet"]), "{run}");
    let run = project.build_html(&["--unit", "区教育司,区教育局"]);
    assert_eq!((run.code, run.codes()), (Some(2), vec!["unit-unknown"]), "{run}");
    assert!(!project.tree("output").contains("tasks"), "{}", project.tree("output"));
}

#[test]
fn a_unit_that_only_one_publication_knows() {
    let project = Project::new().file("content/q/notice.yaml", NOTICE).file(
        "content/q/units.yaml",
        "units:\n  - {name: 区体育局, kind: 政府部门}\n  - {name: 西水街道, kind: 街道}\ngroups:\n  - {name: 各镇街, kinds: [街道]}\n",
    );
    let project =
        project.file("content/q/a.yaml", "section: 民生\ntext: 办赛。\nunits: 区体育局\n");
    let run = project.build_html(&["--unit", "区体育局"]);
    assert_eq!(run.code, Some(0), "{run}");
    assert!(project.path("output/q/internal/tasks/区体育局.html").exists());
    assert!(!project.tree("output/p").contains("区体育局"));
}

#[test]
fn a_group_on_the_command_line_stands_for_its_members() {
    let project = Project::new();
    project.build_html(&["--unit", "各镇街", "--unit", "区发改委"]).clean();
    assert_snapshot!(project.tree("output/p"), @"
    internal/tasks/东山镇.html
    internal/tasks/区发改局.html
    internal/tasks/西水街道.html
    manifest.json
    ");
}

#[test]
fn one_build_of_a_project_at_a_time() {
    let project = Project::new();
    project.build_html(&[]).clean();
    let before = project.files("output");
    let project = project.change(ITEMS_FILE, "学校2所", "学校3所");
    let other = std::fs::File::options().append(true).open(project.path(".yinfa/lock")).unwrap();
    other.lock().unwrap();
    let run = project.build_html(&[]);
    assert_eq!((run.code, run.codes()), (Some(2), vec!["build-running"]), "{run}");
    assert_eq!(project.files("output"), before);
    drop(other);
    project.build_html(&[]).clean();
}

/// An output folder that was given is new, empty or known: `--output /` is refused.
#[test]
fn a_folder_of_somebody_else_is_not_built_into() {
    let project = Project::new().file("letters/a.docx", "x").file("letters/b/manifest.json", "{}");
    let refused = |args: &[&str]| {
        let run = project.build_html(args);
        assert_eq!((run.code, run.codes()), (Some(2), vec!["output-foreign"]), "{run}");
        assert!(run.stderr.contains("--force-output"), "{run}");
    };
    refused(&["--output", "letters"]);
    refused(&["--output", "."]);
    assert!(!project.path("letters/p").exists() && !project.path("p").exists());
    project.build_html(&["--output", "letters", "--force-output"]).clean();
    // By now it is known, and what stood there stands there.
    project.build_html(&["--output", "letters"]).clean();
    assert_eq!(project.read("letters/a.docx"), "x");
    std::fs::create_dir(project.path("empty")).unwrap();
    project.build_html(&["--output", "empty"]).clean();
    project.build_html(&["--output", "new/folder"]).clean();
    // The project's own folder is its own; one elsewhere that the settings name is asked for too.
    let project = project.file("output/notes.txt", "x").file("elsewhere/a.txt", "x");
    project.build_html(&[]).clean();
    let inner = "office: 云溪区发改局\noutput: ../elsewhere\n";
    let project = project.file("inner/yinfa.yaml", inner);
    for file in ["units.yaml", "p/notice.yaml", "p/items.yaml"] {
        let text = project.read(&format!("content/{file}"));
        std::fs::create_dir_all(project.path("inner/content/p")).unwrap();
        std::fs::write(project.path(&format!("inner/content/{file}")), text).unwrap();
    }
    let run = project.build_html(&["--root", "inner"]);
    assert_eq!(run.codes(), ["output-foreign"], "{run}");
    let run = project.en(&["merge", "--output", "inner"]);
    assert_eq!(run.codes(), ["output-foreign"], "{run}");
}
