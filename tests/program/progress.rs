//! What units reported, as records: read, listed, and refused where it contradicts the notice.

use insta::assert_snapshot;

use crate::support::Project;

const ITEMS: &str = "\
- section: 发展
  text: 开工重大项目10个，完成投资25亿元。
  units: [区发改局, 东山镇]
  targets:
    - {name: 开工重大项目, eq: 10, measure: 个}
  own:
    - {unit: 东山镇, task: 开工2个。, targets: [{name: 开工, eq: 2, measure: 个}]}
- section: 民生
  id: schools
  text: 新建学校2所。
  units: [区教育局, 西水街道]
";

const REPORT: &str = "\
unit: 区发改委
period: 2025-06
by: 路嘉禾
on: 2025-06-24
entries:
  - item: 1
    state: 已完结
    progress: 开工10个。
    values: [{target: 开工重大项目, value: 10, measure: 个, text: 10个左右}]
    problems: 用电指标未批复。
    verified: {state: 进度滞后, why: 现场核查, by: 骆安平, on: 2025-06-28}
";

fn project() -> Project {
    Project::new()
        .file("content/p/items.yaml", ITEMS)
        .file("content/p/progress/2025-06/区发改局.yaml", REPORT)
}

#[test]
fn what_was_reported_is_listed() {
    let project = project();
    let list = project.run(&["list", "progress", "--format", "json"]).fine().json();
    assert_eq!(
        list,
        serde_json::json!([{
            "publication": "p", "period": "2025-06", "unit": "区发改局", "item": "1", "id": null,
            "state": "已完结", "progress": "开工10个。",
            "values": [{"target": "开工重大项目", "value": "10", "measure": "个", "text": "10个左右"}],
            "problems": "用电指标未批复。", "next": null, "by": "路嘉禾", "on": "2025-06-24",
            "verified": {"state": "进度滞后", "why": "现场核查", "by": "骆安平", "on": "2025-06-28"},
            "file": "content/p/progress/2025-06/区发改局.yaml", "line": 6, "source": null
        }])
    );
    assert_snapshot!(project.zh(&["list", "progress"]).fine().stdout, @r"
    报送期   单位      序号  状态    实际值             进展        存在问题
    2025-06  区发改局  1     已完结  开工重大项目 10个  开工10个。  用电指标未批复。
    ");
    for args in [["--period", "2025-07"], ["--unit", "东山镇"]] {
        let run = project.run(&[&["list", "progress", "--format", "json"][..], &args].concat());
        assert_eq!(run.fine().json(), serde_json::json!([]), "{args:?}");
    }
    let run = project.run(&["list", "progress", "--period", "2025-13"]);
    assert_eq!(run.code, Some(2), "{run}");
}

#[test]
fn who_has_not_reported() {
    let missing = |project: &Project, period: &str| {
        let args = ["list", "progress", "--missing", "--period", period, "--format", "json"];
        let list = project.run(&args).fine().json();
        let units = list.as_array().unwrap().iter();
        units.map(|one| format!("{} {}", one["unit"].as_str().unwrap(), one["items"])).collect()
    };
    // 东山镇 does not lead, and has a share of its own; 西水街道 is asked for nothing.
    let project = project();
    let found: Vec<String> = missing(&project, "2025-06");
    assert_eq!(found, ["区教育局 1", "东山镇 1"]);
    // The office does not take 已完结 for granted: the task is still asked for in July.
    let found: Vec<String> = missing(&project, "2025-07");
    assert_eq!(found, ["区发改局 1", "区教育局 1", "东山镇 1"]);
    let project = project.change(
        "content/p/progress/2025-06/区发改局.yaml",
        "    verified: {state: 进度滞后, why: 现场核查, by: 骆安平, on: 2025-06-28}\n",
        "",
    );
    let found: Vec<String> = missing(&project, "2025-07");
    assert_eq!(found, ["区教育局 1", "东山镇 1"]);
    let report = REPORT.replace("period: 2025-06", "period: 2025-Q2");
    let project = project
        .without("content/p/progress/2025-06/区发改局.yaml")
        .file("content/p/progress/2025-Q2/区发改局.yaml", report)
        .add("content/p/notice.yaml", "reporting: {by: all, ask: all}\n");
    // A quarter has its months in it.
    let found: Vec<String> = missing(&project, "2025-05");
    assert_eq!(found, ["区教育局 1", "东山镇 1", "西水街道 1"]);
}

#[test]
fn nothing_issued_depends_on_it() {
    let project = Project::new().file("content/p/items.yaml", ITEMS);
    project.build(&["--format", "html,xlsx"]).clean();
    let before = project.files("output");
    let project = project.file("content/p/progress/2025-06/区发改局.yaml", REPORT);
    project.build(&["--format", "html,xlsx"]).clean();
    assert!(before == project.files("output"));
}

#[test]
fn contradictions_have_their_place() {
    let cases = [
        ("unit: 区发改委", "unit: 区发展委", "progress-unit-unknown", "1:7"),
        ("period: 2025-06", "period: 2025-07", "progress-folder", "2:9"),
        ("item: 1", "item: 7", "progress-item-unknown", "6:11"),
        ("target: 开工重大项目", "target: 竣工项目", "progress-target-unknown", "9:23"),
        ("period: 2025-06", "period: 6月", "period", "2:9"),
    ];
    for (from, to, code, place) in cases {
        let file = "content/p/progress/2025-06/区发改局.yaml";
        let project = project().change(file, from, to);
        let run = project.en(&["list", "progress"]);
        assert!(run.stderr.contains(code), "{code}\n{run}");
        assert!(run.stderr.contains(&format!("{file}:{place}")), "{place}\n{run}");
    }
    let twice = format!("{REPORT}  - {{item: 1, progress: 又一次。}}\n");
    let project = project().file("content/p/progress/2025-06/区发改局.yaml", twice);
    let run = project.en(&["list", "progress"]).refused();
    assert!(run.stderr.contains("progress-item-twice"), "{run}");
    let project = self::project().file("content/p/progress/2025-06/again.yaml", REPORT);
    let run = project.en(&["list", "progress"]).refused();
    assert!(run.stderr.contains("progress-twice"), "{run}");
}
