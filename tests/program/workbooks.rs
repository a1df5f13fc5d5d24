//! Workbooks: what a unit gets to fill in, and the office's own.

use std::io::{Cursor, Read as _};

use calamine::{Data, Range, Reader as _, Xlsx};

use crate::support::Project;

const SHEET: &str = "output/p/internal/tasks/区发改局.xlsx";
const BREAKDOWN: &str = "output/p/internal/任务分解总表.xlsx";

/// The columns that are filled in.
const PROGRESS: [&str; 7] =
    ["上期进展", "目标实际值", "计量单位", "本期进展", "状态", "存在问题", "下一步措施"];

fn bytes(project: &Project, path: &str) -> Vec<u8> {
    std::fs::read(project.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn book(project: &Project, path: &str) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(bytes(project, path))).unwrap()
}

/// A part of a packed file as text.
fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// The rows of a sheet from that which begins with a word on.
fn rows_from(range: &Range<Data>, first: &str) -> Vec<Vec<String>> {
    let rows = range.rows().map(|row| row.iter().map(ToString::to_string).collect::<Vec<_>>());
    rows.skip_while(|row| row[0] != first).collect()
}

fn sheet_rows(project: &Project) -> Vec<Vec<String>> {
    rows_from(&book(project, SHEET).worksheet_range("任务单").unwrap(), "序号")
}

#[test]
fn a_unit_fills_in_its_progress() {
    let project = Project::new()
        .add(
            "content/p/notice.yaml",
            "reporting: {cycle: 每月, due: 25日前, to: 区发改局, states: [没动, 在做, 做完]}\n",
        )
        .change(
            "content/p/items.yaml",
            "  units: [区发改局, 东山镇]\n",
            "  units: [区发改局, 东山镇]\n  deadline: 2025-06\n  targets: [{name: 重大项目, ge: 10, measure: 个}]\n",
        );
    let build = ["build", "--format", "xlsx", "--unit", "区发改局"];
    project.en(&build).clean();
    let rows = sheet_rows(&project);
    assert_eq!(rows[0][..4], ["序号", "工作任务", "年度目标", "完成时限"]);
    assert_eq!(rows[0][4..11], PROGRESS);
    assert_eq!(rows[1][0], "一、加快发展");
    assert_eq!(rows[2][..4], ["1", "开工重大项目10个。", "重大项目不少于10个", "6月底前"]);
    let below: Vec<&str> =
        rows[3..].iter().flatten().map(String::as_str).filter(|cell| !cell.is_empty()).collect();
    assert_eq!(
        below[..5],
        ["填表人、电话", "审核人（分管负责人）", "主要负责人（签字）", "单位（盖章）", "日期"]
    );
    assert!(below[5].starts_with("报送要求：请于每月25日前"), "{below:?}");
    assert!(below[6].starts_with("填报说明：1."), "{below:?}");
    assert_eq!(below.len(), 11, "{below:?}");
    assert!(below[7].contains("没动、在做、做完") && below[8].contains("无新进展"), "{below:?}");

    let file = bytes(&project, SHEET);
    let sheet = part(&file, "xl/worksheets/sheet1.xml");
    for words in [
        "ySplit=\"3\" topLeftCell=\"A4\"",
        "state=\"frozen\"",
        "paperSize=\"9\"",
        "orientation=\"landscape\"",
        "fitToHeight=\"0\"",
        "第 &amp;P 页，共 &amp;N 页",
        "sqref=\"I5\"",
        "<formula1>\"没动,在做,做完\"</formula1>",
    ] {
        assert!(sheet.contains(words), "no {words} in {sheet}");
    }
    assert!(part(&file, "xl/workbook.xml").contains("任务单!$3:$3"));
    let custom = part(&file, "docProps/custom.xml");
    for (name, value) in [("publication", "p"), ("unit", "区发改局")] {
        let words = format!("name=\"{name}\"><vt:lpwstr>{value}</vt:lpwstr>");
        assert!(custom.contains(&words), "no {words} in {custom}");
    }
    assert!(part(&file, "docProps/core.xml").contains("2025-03-06T00:00:00Z"));
}

/// A row for each target, what is the same for all of them in one cell; the keys are not seen.
#[test]
fn a_workbook_says_what_it_is() {
    let targets = "  units: [区发改局, 东山镇]\n  targets: [{name: 重大项目, ge: 10, measure: 个}, {name: 投资, ge: 25, measure: 亿元}]\n";
    let project =
        Project::new().change("content/p/items.yaml", "  units: [区发改局, 东山镇]\n", targets);
    project.en(&["build", "--format", "xlsx"]).clean();
    let rows = sheet_rows(&project);
    let column = |title: &str| rows[0].iter().position(|cell| cell == title).unwrap();
    let (measure, key) = (column("计量单位"), column("任务代号"));
    assert_eq!(key, rows[0].len() - 1);
    let of = |column: usize| [rows[2][column].as_str(), rows[3][column].as_str()];
    assert_eq!(of(column("年度目标")), ["重大项目不少于10个", "投资不少于25亿元"]);
    assert_eq!(of(measure), ["个", "亿元"]);
    assert_eq!(of(key), ["1||重大项目", "1||投资"]);

    let file = bytes(&project, SHEET);
    let sheet = part(&file, "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("<mergeCell ref=\"A5:A6\"/>"), "{sheet}");
    assert!(sheet.contains("hidden=\"1\""), "{sheet}");
    let book_xml = part(&file, "xl/workbook.xml");
    assert!(book_xml.contains("name=\"yinfa\"") && book_xml.contains("veryHidden"), "{book_xml}");
    let hidden = book(&project, SHEET).worksheet_range("yinfa").unwrap();
    let cells: Vec<[String; 2]> =
        hidden.rows().map(|row| [row[0].to_string(), row[1].to_string()]).collect();
    let named = |name: &str| &cells.iter().find(|cells| cells[0] == name).unwrap()[1];
    assert_eq!((named("publication").as_str(), named("unit").as_str()), ("p", "区发改局"));
    assert!(named("version").len() >= 8 && named("1||投资").len() == 8, "{cells:?}");

    // Who does not lead has nothing to fill in: its cells are grey, and the key is there all the same.
    let other = "output/p/internal/tasks/东山镇.xlsx";
    let file = bytes(&project, other);
    assert!(part(&file, "xl/styles.xml").contains("EEEEEE"));
    assert!(part(&file, "xl/sharedStrings.xml").contains("1||重大项目"));
}

/// A wrong change is found when the workbook comes back: nothing is locked meanwhile.
#[test]
fn nothing_is_locked() {
    let project = Project::new();
    project.en(&["build", "--format", "xlsx"]).clean();
    for path in [SHEET, BREAKDOWN] {
        let sheet = part(&bytes(&project, path), "xl/worksheets/sheet1.xml");
        assert!(!sheet.contains("sheetProtection"), "{sheet}");
    }
    // Without targets there is nothing to compare with them.
    let rows = sheet_rows(&project);
    assert!(!rows[0].contains(&"目标实际值".to_string()), "{rows:?}");
}

#[test]
fn text_is_never_a_formula() {
    let text = "=HYPERLINK(\"http://example.com\",\"甲\")";
    let project = Project::new().file(
        "content/p/items.yaml",
        format!(
            "- section: 发展\n  text: '{}'\n  units: [区发改局]\n- section: 民生\n  text: '\\+1+1，\\@甲。'\n  units: [区发改局, 区教育局]\n",
            text.replace('_', "\\_")
        ),
    );
    project.en(&["build", "--format", "xlsx"]).fine();
    let tasks: Vec<String> = sheet_rows(&project).iter().map(|row| row[1].clone()).collect();
    assert!(tasks.contains(&text.to_string()), "{tasks:?}");
    assert!(tasks.contains(&"+1+1，@甲。".to_string()), "{tasks:?}");
    for (path, names) in [(SHEET, vec!["任务单"]), (BREAKDOWN, vec!["总表", "按单位", "统计"])]
    {
        for name in names {
            let formulas = book(&project, path).worksheet_formula(name).unwrap();
            assert!(formulas.is_empty(), "{path} {name}: {formulas:?}");
        }
    }
}

#[test]
fn the_breakdown_has_all_items_and_every_unit_with_its_own() {
    let project = Project::new();
    project.en(&["build", "--format", "xlsx"]).clean();
    let mut book = book(&project, BREAKDOWN);
    assert_eq!(book.sheet_names(), ["总表", "按单位", "统计"]);
    let rows = rows_from(&book.worksheet_range("总表").unwrap(), "序号");
    assert_eq!(rows.len(), 3);
    assert_eq!(rows[1][..3], ["1", "一、加快发展", "开工重大项目10个。"]);
    let rows = rows_from(&book.worksheet_range("按单位").unwrap(), "单位");
    let who: Vec<String> =
        rows[1..].iter().map(|row| format!("{} {} {}", row[0], row[2], row[3])).collect();
    assert_eq!(who, ["区发改局 1 牵头", "区教育局 2 牵头", "东山镇 1 责任"]);
    let rows = rows_from(&book.worksheet_range("统计").unwrap(), "单位");
    let total = rows.iter().find(|row| row[0] == "合计").unwrap();
    assert_eq!(total[2..], ["2", "1", "0", "3"]);
    let kinds = rows.iter().position(|row| row[0] == "类别").unwrap();
    assert_eq!(rows[kinds + 1], ["政府部门", "2", "2", "0", "0", "2"]);
}

#[test]
fn a_unit_without_a_task_is_told_so() {
    let project = Project::new().add("content/p/notice.yaml", "sheets: {without_task: [街道]}\n");
    project.en(&["build", "--format", "xlsx"]).clean();
    let path = "output/p/internal/tasks/西水街道.xlsx";
    let range = book(&project, path).worksheet_range("任务单").unwrap();
    assert!(range.used_cells().any(|(_, _, cell)| cell == "本单位无单列任务"), "{range:?}");
}

#[test]
fn states_that_no_list_can_hold() {
    for states in ["['做完,没做完']".to_string(), format!("[{}]", "很长".repeat(200))] {
        let project = Project::new()
            .add("content/p/notice.yaml", &format!("reporting: {{states: {states}}}\n"));
        let run = project.en(&["build", "--format", "xlsx"]).refused();
        assert_eq!(run.codes(), ["states-wrong"], "{run}");
    }
}

/// A build of everything renews the workbooks that are there, and removes those of units that
/// have no task any more. The index links to them.
#[test]
fn workbooks_are_renewed_once_they_are_there() {
    let project = Project::new();
    project.build_html(&[]).clean();
    let index = "output/p/internal/tasks/index.html";
    assert!(!project.path(SHEET).exists());
    assert!(!project.read(index).contains(".xlsx"));
    project.en(&["build", "--format", "xlsx"]).clean();
    assert!(project.read(index).contains(".xlsx\" aria-label=\"区发改局任务单"));
    let old = bytes(&project, SHEET);

    let project = project.change("content/p/items.yaml", "10个。", "12个。").change(
        "content/p/items.yaml",
        "[区教育局]",
        "[区发改局]",
    );
    project.build(&[]).clean();
    assert_ne!(bytes(&project, SHEET), old);
    assert!(sheet_rows(&project).iter().any(|row| row[1] == "开工重大项目12个。"));
    assert!(!project.path("output/p/internal/tasks/区教育局.xlsx").exists());
    let manifest = project.read("output/p/manifest.json");
    let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    let entry = &manifest["artifacts"]["internal/tasks/区发改局.xlsx"];
    assert_eq!((&entry["kind"], &entry["unit"]), (&"sheet".into(), &"区发改局".into()));
    assert!(entry["engine"].is_null() && entry["fonts"] == serde_json::json!({}));
    assert!(entry["inputs"].as_object().unwrap().keys().all(|path| !path.contains("templates")));
}

#[test]
fn the_version_changes_with_what_concerns_the_unit() {
    let project = Project::new();
    let version = |project: &Project, unit: &str| {
        project.en(&["build", "--format", "xlsx"]).clean();
        let path = format!("output/p/internal/tasks/{unit}.xlsx");
        let custom = part(&bytes(project, &path), "docProps/custom.xml");
        let after = custom.split("name=\"version\"><vt:lpwstr>").nth(1).unwrap();
        after.split('<').next().unwrap().to_string()
    };
    let (mine, other) = (version(&project, "区教育局"), version(&project, "东山镇"));
    assert!(mine.len() == 16 && mine.bytes().all(|b| b.is_ascii_hexdigit()), "{mine}");
    let project = project.change("content/p/items.yaml", "2所", "3所");
    assert_ne!(version(&project, "区教育局"), mine);
    assert_eq!(version(&project, "东山镇"), other);
}
