//! Anchors and aliases in records: what is printed, and how findings behind them are shown.

use crate::support::Project;

/// Two items with the same units, written once, in a long line.
const ITEMS: &str = "\
- section: 发展
  text: 抓好重大项目10个，做到早谋划、早开工、早建成、早见效，按照时间节点挂图作战、倒排工期，认真抓好工做部署，确保完成全年目标。
  units: &单位 [区发改委, 东山镇]
- section: 民生
  text: 新建学校2所。
  units: *单位
";

fn project() -> Project {
    Project::new().file("content/p/items.yaml", ITEMS)
}

#[test]
fn a_finding_stands_at_the_anchor_with_the_use_as_a_note() {
    let run = project().zh(&["check", "--ignore-system-fonts", "--severity", "warning"]);
    insta::assert_snapshot!(run, @"
    exit 0
    警告[typo]: “工做部署”应为“工作部署”
     --> content/p/items.yaml:2:57
      |
    2 | ...开工、早建成、早见效，按照时间节点挂图作战、倒排工期，认真抓好工做部署，确保完成全年目标。
      |                                                                  ^^^^^^^^
      |
      = 帮助：这些词固定用“作”

    警告[unit-alias]: “区发改委”的规范简称是“区发改局”
     --> content/p/items.yaml:3:15
      |
    3 |   units: &单位 [区发改委, 东山镇]
      |                 ^^^^^^^^
    ...
    6 |   units: *单位
      |          ----- 这里用“*单位”引用了它
    2 个警告
    ");
    let run = project().en(&["check", "--ignore-system-fonts", "--rule", "unit-alias"]);
    insta::assert_snapshot!(run, @"
    exit 0
    warning[unit-alias]: the standard name of “区发改委” is “区发改局”
     --> content/p/items.yaml:3:15
      |
    3 |   units: &单位 [区发改委, 东山镇]
      |                 ^^^^^^^^
    ...
    6 |   units: *单位
      |          ----- used here through the alias `*单位`
    1 warning
    ");
}

#[test]
fn programs_are_told_the_use_as_well() {
    let project = project();
    let args = ["check", "--ignore-system-fonts", "--rule", "unit-alias", "--format"];
    let json = project.en(&[&args[..], &["json"]].concat()).stdout;
    assert_eq!(json.matches("used here through the alias `*单位`").count(), 1, "{json}");
    let sarif = project.en(&[&args[..], &["sarif"]].concat()).stdout;
    let log: serde_json::Value = serde_json::from_str(&sarif).unwrap();
    let result = &log["runs"][0]["results"][0];
    let line = |place: &serde_json::Value| place["physicalLocation"]["region"]["startLine"].clone();
    assert_eq!(
        (line(&result["locations"][0]), line(&result["relatedLocations"][0])),
        (3.into(), 6.into())
    );
}

#[test]
fn a_fix_changes_the_anchor_once() {
    let project = project();
    project.en(&["check", "--ignore-system-fonts", "--fix"]);
    let fixed = ITEMS.replace("发改委", "发改局").replace("工做", "工作");
    assert_eq!(project.read("content/p/items.yaml"), fixed);
    let run = project.en(&["check", "--ignore-system-fonts", "--fix", "--severity", "warning"]);
    assert_eq!((run.code, &*run.stdout), (Some(0), ""), "{run}");
}

#[test]
fn both_items_are_built_with_their_units() {
    let written_out = ITEMS.replace("&单位 ", "").replace("*单位", "[区发改委, 东山镇]");
    let pages =
        [project(), Project::new().file("content/p/items.yaml", &written_out)].map(|project| {
            project.build_html(&[]).clean();
            project.read("output/p/public/notice.html")
        });
    assert!(pages[0].contains("学校2所"));
    assert_eq!(pages[0], pages[1]);
}

#[test]
fn what_a_reader_of_a_record_finds_missing() {
    let items = ITEMS.replace(
        "units: &单位 [区发改委, 东山镇]",
        "units: [区发改局]\n  targets: [&目标 {eq: 2}]",
    );
    let items = items.replace("units: *单位", "units: [区教育局]\n  targets: [*目标]");
    let run =
        Project::new().file("content/p/items.yaml", &items).zh(&["check", "--ignore-system-fonts"]);
    insta::assert_snapshot!(run, @"
    exit 1
    警告[typo]: “工做部署”应为“工作部署”
     --> content/p/items.yaml:2:57
      |
    2 | ...开工、早建成、早见效，按照时间节点挂图作战、倒排工期，认真抓好工做部署，确保完成全年目标。
      |                                                                  ^^^^^^^^
      |
      = 帮助：这些词固定用“作”

    错误[key-missing]: 缺少“name”
     --> content/p/items.yaml:4:17
      |
    4 |   targets: [&目标 {eq: 2}]
      |                   ^^^^^^^
    ...
    8 |   targets: [*目标]
      |             ----- 这里用“*目标”引用了它
      |
      = 帮助：补上一行“name: …”，冒号用半角，冒号后空一格
    1 个错误，1 个警告
    ");
}
