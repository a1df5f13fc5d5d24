//! `yinfa list`: what the records say.

use insta::assert_snapshot;

use crate::support::Project;

/// A notice with one of everything that `list` tells apart.
fn project() -> Project {
    Project::new()
        .file(
            "content/units.yaml",
            "\
units:
  - {name: 区委组织部, kind: 党委部门, qualifiers: [人才办]}
  - {name: 区发改局, full_name: 云溪区发展和改革局, kind: 政府部门, aliases: [区发改委]}
  - {name: 区教育局, kind: 政府部门}
  - {name: 区城投集团, kind: 国有企业}
  - {name: 东山镇, kind: 乡镇}
  - {name: 北桥镇, kind: 乡镇}
  - {name: 西水街道, kind: 街道}
  - {name: 区一体化领导小组, kind: 议事协调机构, outside: true, served_by: 区发改局}
groups:
  - {name: 各乡镇, kinds: [乡镇], aliases: [各镇]}
  - {name: 各镇街, members: [各乡镇, 西水街道]}
",
        )
        .file(
            "content/p/items.yaml",
            "\
- section: 发展
  text: |-
    开工重大项目10个以上，
    完成投资25亿元。

    建立**月度**调度机制。
  units: [区发改委, 区委组织部（人才办）, 各镇街]
  targets:
    - {name: 开工重大项目, ge: 10, measure: 个}
    - {name: 完成投资, eq: 25.50, measure: 亿元}
    - {name: 超期项目, lt: 1}
  deadline: 2025-Q2
  own:
    - {unit: 东山镇, task: 开工2个。, targets: [{name: 开工, eq: 2, measure: 个}]}
- section: 发展
  text: 清理闲置用地。
  units: [各乡镇, 区城投集团]
  deadline: 2025-06-30
- section: 民生
  leads: [区教育局]
  responsible: [东山镇]
  cooperating: [等有关部门]
  text: 新建学校2所。
  deadline: {when: 2025-08, text: 秋季开学前}
- section: 民生
  parts:
    - {text: 编制规划；, units: [区发改局]}
    - {text: 组织实施。, units: [{name: 有关镇, members: [北桥镇]}, 区教育局]}
  deadline: 长期
- section: 民生
  text: 统筹协调各项工作。
  units: [区一体化领导小组]
  deadline: 2025年
",
        )
}

#[test]
fn publications() {
    let run = project().zh(&["list", "publications", "--format", "json"]);
    assert_snapshot!(run.stdout, @r#"
    [
      {
        "publication": "p",
        "kind": "通知",
        "title": "关于印发2025年工作要点的通知",
        "doc_number": "云发改〔2025〕1号",
        "date": "2025-03-06",
        "items": 5,
        "units": 8
      }
    ]
    "#);
    assert_snapshot!(project().zh(&["list", "publications"]).stdout, @"
    公文  文种  发文字号           成文日期    任务  单位  标题
    p     通知  云发改〔2025〕1号  2025-03-06  5     8     关于印发2025年工作要点的通知
    ");
    assert_snapshot!(project().en(&["list", "publications"]).stdout, @"
    publication  kind  number             date        items  units  title
    p            通知  云发改〔2025〕1号  2025-03-06  5      8      关于印发2025年工作要点的通知
    ");
}

#[test]
fn items() {
    let run = project().zh(&["list", "items", "--format", "json"]);
    assert_eq!(run.code, Some(0));
    assert_snapshot!(run.stdout, @r#"
    [
      {
        "publication": "p",
        "number": 1,
        "label": "1.",
        "section": "一、加快发展",
        "text": "开工重大项目10个以上，完成投资25亿元。\n建立月度调度机制。",
        "units": [
          "区发改委",
          "区委组织部（人才办）",
          "各镇街"
        ],
        "unit_ids": [
          "区委组织部",
          "区发改局",
          "东山镇",
          "北桥镇",
          "西水街道"
        ],
        "leads": [
          "区发改委"
        ],
        "responsible": [
          "区委组织部（人才办）",
          "各镇街"
        ],
        "cooperating": [],
        "deadline": {
          "kind": "quarter",
          "value": "2025-Q2",
          "text": "2025年第二季度"
        },
        "targets": [
          {
            "name": "开工重大项目",
            "comparison": "ge",
            "value": "10",
            "measure": "个"
          },
          {
            "name": "完成投资",
            "comparison": "eq",
            "value": "25.50",
            "measure": "亿元"
          },
          {
            "name": "超期项目",
            "comparison": "lt",
            "value": "1",
            "measure": null
          }
        ],
        "file": "content/p/items.yaml",
        "line": 1
      },
      {
        "publication": "p",
        "number": 2,
        "label": "2.",
        "section": "一、加快发展",
        "text": "清理闲置用地。",
        "units": [
          "各乡镇",
          "区城投集团"
        ],
        "unit_ids": [
          "区城投集团",
          "东山镇",
          "北桥镇"
        ],
        "leads": [
          "各乡镇"
        ],
        "responsible": [
          "区城投集团"
        ],
        "cooperating": [],
        "deadline": {
          "kind": "date",
          "value": "2025-06-30",
          "text": "2025年6月30日"
        },
        "targets": [],
        "file": "content/p/items.yaml",
        "line": 15
      },
      {
        "publication": "p",
        "number": 3,
        "label": "3.",
        "section": "二、改善民生",
        "text": "新建学校2所。",
        "units": [
          "区教育局",
          "东山镇",
          "等有关部门"
        ],
        "unit_ids": [
          "区教育局",
          "东山镇"
        ],
        "leads": [
          "区教育局"
        ],
        "responsible": [
          "东山镇"
        ],
        "cooperating": [
          "等有关部门"
        ],
        "deadline": {
          "kind": "month",
          "value": "2025-08",
          "text": "秋季开学前"
        },
        "targets": [],
        "file": "content/p/items.yaml",
        "line": 19
      },
      {
        "publication": "p",
        "number": 4,
        "label": "4.",
        "section": "二、改善民生",
        "text": "编制规划；\n组织实施。",
        "units": [
          "区发改局",
          "有关镇",
          "区教育局"
        ],
        "unit_ids": [
          "区发改局",
          "区教育局",
          "北桥镇"
        ],
        "leads": [
          "区发改局",
          "有关镇"
        ],
        "responsible": [
          "区教育局"
        ],
        "cooperating": [],
        "deadline": {
          "kind": "long-term",
          "value": "long-term",
          "text": "长期"
        },
        "targets": [],
        "file": "content/p/items.yaml",
        "line": 25
      },
      {
        "publication": "p",
        "number": 5,
        "label": "5.",
        "section": "二、改善民生",
        "text": "统筹协调各项工作。",
        "units": [
          "区一体化领导小组"
        ],
        "unit_ids": [
          "区一体化领导小组"
        ],
        "leads": [
          "区一体化领导小组"
        ],
        "responsible": [],
        "cooperating": [],
        "deadline": {
          "kind": "year",
          "value": "2025",
          "text": "2025年"
        },
        "targets": [],
        "file": "content/p/items.yaml",
        "line": 30
      }
    ]
    "#);
    assert_snapshot!(project().zh(&["list", "items"]), @"
    exit 0
    序号  任务                                        单位                                    时限
    1.    开工重大项目10个以上，完成投资25亿元。 建…  区发改委、区委组织部（人才办）、各镇街  2025年第二季度
    2.    清理闲置用地。                              各乡镇、区城投集团                      2025年6月30日
    3.    新建学校2所。                               区教育局、东山镇等有关部门              秋季开学前
    4.    编制规划； 组织实施。                       区发改局、有关镇、区教育局              长期
    5.    统筹协调各项工作。                          区一体化领导小组                        2025年
    警告[unit-unnamed]: “等有关部门”没有指明是哪些单位，谁也不会收到任务单
      --> content/p/items.yaml:22:17
       |
    22 |   cooperating: [等有关部门]
       |                 ^^^^^^^^^^
       |
       = 帮助：在这一条写 members: [单位, …] 列出所指单位
    1 个警告
    ");
}

#[test]
fn units() {
    let run = project().en(&["list", "units", "--format", "json", "--unit", "各镇,区发改局"]);
    assert_snapshot!(run.stdout, @r#"
    [
      {
        "name": "区发改局",
        "full_name": "云溪区发展和改革局",
        "kind": "政府部门",
        "aliases": [
          "区发改委"
        ],
        "leading": 2,
        "responsible": 0,
        "cooperating": 0
      },
      {
        "name": "东山镇",
        "full_name": null,
        "kind": "乡镇",
        "aliases": [],
        "leading": 1,
        "responsible": 2,
        "cooperating": 0
      },
      {
        "name": "北桥镇",
        "full_name": null,
        "kind": "乡镇",
        "aliases": [],
        "leading": 2,
        "responsible": 1,
        "cooperating": 0
      }
    ]
    "#);
    assert_snapshot!(project().zh(&["list", "units"]).stdout, @"
    单位              类别          牵头  责任  配合
    区委组织部        党委部门      0     1     0
    区发改局          政府部门      2     0     0
    区教育局          政府部门      1     1     0
    区城投集团        国有企业      0     1     0
    东山镇            乡镇          1     2     0
    北桥镇            乡镇          2     1     0
    西水街道          街道          0     1     0
    区一体化领导小组  议事协调机构  1     0     0
    ");
    assert_snapshot!(project().en(&["list", "units"]).stdout, @"
    unit              kind          leading  responsible  cooperating
    区委组织部        党委部门      0        1            0
    区发改局          政府部门      2        0            0
    区教育局          政府部门      1        1            0
    区城投集团        国有企业      0        1            0
    东山镇            乡镇          1        2            0
    北桥镇            乡镇          2        1            0
    西水街道          街道          0        1            0
    区一体化领导小组  议事协调机构  1        0            0
    ");
}

#[test]
fn tasks() {
    assert_snapshot!(project().zh(&["list", "tasks"]).stdout, @"
    单位              序号  职责                        任务                                                    时限
    区委组织部        1.    责任                        开工重大项目10个以上，完成投资25亿元。 建立月度调度机…  2025年第二季度
    区发改局          1.    牵头                        开工重大项目10个以上，完成投资25亿元。 建立月度调度机…  2025年第二季度
    区发改局          4.    牵头                        编制规划；                                              长期
    区发改局          5.    牵头（代区一体化领导小组）  统筹协调各项工作。                                      2025年
    区教育局          3.    牵头                        新建学校2所。                                           秋季开学前
    区教育局          4.    责任                        组织实施。                                              长期
    区城投集团        2.    责任                        清理闲置用地。                                          2025年6月30日
    东山镇            1.    责任                        开工2个。                                               2025年第二季度
    东山镇            2.    牵头                        清理闲置用地。                                          2025年6月30日
    东山镇            3.    责任                        新建学校2所。                                           秋季开学前
    北桥镇            1.    责任                        开工重大项目10个以上，完成投资25亿元。 建立月度调度机…  2025年第二季度
    北桥镇            2.    牵头                        清理闲置用地。                                          2025年6月30日
    北桥镇            4.    牵头                        组织实施。                                              长期
    西水街道          1.    责任                        开工重大项目10个以上，完成投资25亿元。 建立月度调度机…  2025年第二季度
    区一体化领导小组  5.    牵头                        统筹协调各项工作。                                      2025年
    ");
    let run = project().en(&["list", "tasks", "--unit", "东山镇", "--format", "json"]);
    assert_snapshot!(run.stdout, @r#"
    [
      {
        "publication": "p",
        "unit": "东山镇",
        "number": 1,
        "label": "1.",
        "section": "一、加快发展",
        "text": "开工重大项目10个以上，完成投资25亿元。\n建立月度调度机制。",
        "own": "开工2个。",
        "role": "responsible",
        "via": null,
        "leads": [
          "区发改委"
        ],
        "deadline": {
          "kind": "quarter",
          "value": "2025-Q2",
          "text": "2025年第二季度"
        },
        "targets": [
          {
            "name": "开工重大项目",
            "comparison": "ge",
            "value": "10",
            "measure": "个"
          },
          {
            "name": "完成投资",
            "comparison": "eq",
            "value": "25.50",
            "measure": "亿元"
          },
          {
            "name": "超期项目",
            "comparison": "lt",
            "value": "1",
            "measure": null
          }
        ],
        "own_targets": [
          {
            "name": "开工",
            "comparison": "eq",
            "value": "2",
            "measure": "个"
          }
        ]
      },
      {
        "publication": "p",
        "unit": "东山镇",
        "number": 2,
        "label": "2.",
        "section": "一、加快发展",
        "text": "清理闲置用地。",
        "own": null,
        "role": "lead",
        "via": null,
        "leads": [
          "各乡镇"
        ],
        "deadline": {
          "kind": "date",
          "value": "2025-06-30",
          "text": "2025年6月30日"
        },
        "targets": [],
        "own_targets": []
      },
      {
        "publication": "p",
        "unit": "东山镇",
        "number": 3,
        "label": "3.",
        "section": "二、改善民生",
        "text": "新建学校2所。",
        "own": null,
        "role": "responsible",
        "via": null,
        "leads": [
          "区教育局"
        ],
        "deadline": {
          "kind": "month",
          "value": "2025-08",
          "text": "秋季开学前"
        },
        "targets": [],
        "own_targets": []
      }
    ]
    "#);
    assert_snapshot!(project().en(&["list", "tasks", "--unit", "区发改局"]).stdout, @"
    unit      number  role                         task                                                    deadline
    区发改局  1.      lead                         开工重大项目10个以上，完成投资25亿元。 建立月度调度机…  2025年第二季度
    区发改局  4.      lead                         编制规划；                                              长期
    区发改局  5.      lead (for 区一体化领导小组)  统筹协调各项工作。                                      2025年
    ");
}

#[test]
fn a_unit_is_found_by_every_name_and_a_group_stands_for_its_members() {
    let project = project();
    let labels = |unit: &str| {
        let run = project.en(&["list", "items", "--format", "json", "--unit", unit]);
        let items = run.json();
        let labels = items.as_array().unwrap().iter().map(|i| i["label"].as_str().unwrap());
        labels.map(str::to_string).collect::<Vec<_>>().join(" ")
    };
    // 5. names the leading group alone, whose work is the bureau's.
    for name in ["区发改局", "区发改委", "云溪区发展和改革局"] {
        assert_eq!(labels(name), "1. 4. 5.", "{name}");
    }
    assert_eq!(labels("区一体化领导小组"), "5.");
    assert_eq!(labels("各镇"), "1. 2. 3. 4.");
    assert_eq!(labels("西水街道"), "1.");
    assert_eq!(labels("区城投集团"), "2.");
    assert_eq!(labels("区城投集团,区教育局"), "2. 3. 4.");
}

#[test]
fn an_unknown_unit_on_the_command_line() {
    assert_snapshot!(project().zh(&["list", "items", "--unit", "区发改司"]), @"
    exit 2
    错误[unit-unknown]: 单位名录里没有“区发改司”
      = 帮助：是不是“区发改局”？
    1 个错误
    警告[unit-unnamed]: “等有关部门”没有指明是哪些单位，谁也不会收到任务单
      --> content/p/items.yaml:22:17
       |
    22 |   cooperating: [等有关部门]
       |                 ^^^^^^^^^^
       |
       = 帮助：在这一条写 members: [单位, …] 列出所指单位
    1 个警告
    ");
    assert_snapshot!(project().en(&["list", "tasks", "--unit", "外星局"]), @"
    exit 2
    error[unit-unknown]: “外星局” is not in the registry of units
      = help: `yinfa list units` shows them all
    1 error
    warning[unit-unnamed]: “等有关部门” names nobody: no unit gets this task on its sheet
      --> content/p/items.yaml:22:17
       |
    22 |   cooperating: [等有关部门]
       |                 ^^^^^^^^^^
       |
       = help: list whom it means under `members:`
    1 warning
    ");
}

#[test]
fn an_unknown_publication_on_the_command_line() {
    assert_snapshot!(project().en(&["list", "items", "q"]), @"
    exit 2
    error[publication-unknown]: there is no publication “q”
      = help: did you mean “p”?
    1 error
    ");
}

#[test]
fn publications_as_a_shell_completes_them() {
    let project = project();
    let all = project.en(&["list", "items", "--format", "json"]);
    assert_eq!(project.en(&["list", "items", "content/p/", "--format", "json"]), all);
}

#[test]
fn without_a_lead_convention_nobody_leads_who_is_not_said_to() {
    let project = project().change("content/p/notice.yaml", "lead: first", "lead: none");
    let items = project.en(&["list", "items", "--format", "json"]).json();
    let lists = |item: usize| {
        let names = |key: &str| {
            let names = items[item][key].as_array().unwrap().iter();
            names.map(|n| n.as_str().unwrap()).collect::<Vec<_>>().join("、")
        };
        ["leads", "responsible", "cooperating"].map(names).join(" | ")
    };
    assert_eq!(lists(0), " | 区发改委、区委组织部（人才办）、各镇街 | ");
    assert_eq!(lists(2), "区教育局 | 东山镇 | 等有关部门");
    assert_eq!(lists(4), " | 区一体化领导小组 | ");
}

#[test]
fn with_errors_what_could_be_read_is_still_listed() {
    let project = Project::new()
        .change("content/p/items.yaml", "东山镇", "东山真")
        .add("content/p/items.yaml", "- section: 环保\n  text: 种树。\n  units: [区教育局]\n");
    assert_snapshot!(project.zh(&["list", "items"]), @"
    exit 1
    序号  任务                单位              时限
    1.    开工重大项目10个。  区发改局、东山真
    2.    新建学校2所。       区教育局
          种树。              区教育局
    错误[unit-unknown]: 单位名录里没有“东山真”
     --> content/p/items.yaml:3:17
      |
    3 |   units: [区发改局, 东山真]
      |                     ^^^^^^
      |
      = 帮助：是不是“东山镇”？

    错误[section-unknown]: 没有“环保”这一部分
     --> content/p/items.yaml:7:12
      |
    7 | - section: 环保
      |            ^^^^
      |
      = 帮助：notice.yaml 里有：发展、民生
    2 个错误
    ");
    let json = project.en(&["list", "items", "--format", "json"]).refused().json();
    assert_eq!(json[0]["units"], serde_json::json!(["区发改局", "东山真"]));
    assert_eq!(json[0]["unit_ids"], serde_json::json!(["区发改局"]));
    assert_eq!(json[2]["text"], "种树。");
    assert_eq!((&json[2]["label"], &json[2]["section"]), (&"".into(), &"".into()));
}

#[test]
fn one_publication_out_of_several() {
    let project = Project::new()
        .file("content/2024/a/notice.yaml", crate::support::NOTICE)
        .file("content/2024/a/items/10.yaml", "section: 民生\ntext: 后一条。\nunits: 区教育局\n")
        .file("content/2024/a/items/2.yaml", "section: 民生\ntext: 前一条。\nunits: 东山镇\n")
        .file("content/2024/a/items/_old.yaml", "not: read\n")
        .file(
            "content/2024/a/units.yaml",
            "units:\n  - {name: 区教育局, kind: 政府部门}\n  - {name: 东山镇, kind: 乡镇}\ngroups:\n  - {name: 各镇街, kinds: [乡镇]}\n",
        );
    assert_snapshot!(project.en(&["list", "publications"]), @"
    exit 0
    publication  kind  number             date        items  units  title
    2024/a       通知  云发改〔2025〕1号  2025-03-06  2      2      关于印发2025年工作要点的通知
    p            通知  云发改〔2025〕1号  2025-03-06  2      3      关于印发2025年工作要点的通知
    ");
    assert_snapshot!(project.en(&["list", "items", "2024/a"]), @"
    exit 0
    number  item      units     deadline
    1.      前一条。  东山镇
    2.      后一条。  区教育局
    ");
}

/// Two publications, of which 区教育局 has a task in the second alone.
fn two_publications() -> Project {
    Project::new()
        .file("content/q/notice.yaml", crate::support::NOTICE)
        .file("content/q/items.yaml", "section: 民生\ntext: 办学。\nunits: [区教育局]\n")
        .change("content/p/items.yaml", "[区教育局]", "[东山镇]")
}

#[test]
fn tables_of_several_publications_name_them() {
    let project = two_publications();
    assert_snapshot!(project.zh(&["list", "items"]).stdout, @"
    公文  序号  任务                单位              时限
    p     1.    开工重大项目10个。  区发改局、东山镇
    p     2.    新建学校2所。       东山镇
    q     1.    办学。              区教育局
    ");
    assert_snapshot!(project.en(&["list", "tasks"]).stdout, @"
    publication  unit      number  role         task                deadline
    p            区发改局  1.      lead         开工重大项目10个。
    p            东山镇    1.      responsible  开工重大项目10个。
    p            东山镇    2.      lead         新建学校2所。
    q            区教育局  1.      lead         办学。
    ");
    // Of one alone there is nothing to tell apart.
    assert!(!project.en(&["list", "items", "q"]).stdout.contains("publication"));
}

#[test]
fn publications_of_a_unit() {
    let project = two_publications();
    let ids = |unit: &str| {
        let run = project.run(&["list", "publications", "--format", "json", "--unit", unit]);
        let list = run.clean().json();
        let ids = list.as_array().unwrap().iter().map(|p| p["publication"].as_str().unwrap());
        ids.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(ids("区教育局"), "q");
    assert_eq!(ids("东山镇"), "p");
    assert_eq!(ids("各镇街,区教育局"), "p q");
    assert_eq!(ids("区委组织部"), "");
}

#[test]
fn units_are_listed_although_no_notice_can_be_read() {
    let project = Project::new().file("content/p/notice.yaml", "# 还没写\n");
    let run = project.en(&["list", "units", "--format", "json"]).refused();
    assert_eq!(run.json().as_array().unwrap().len(), 5, "{run}");
    assert_eq!(run.codes(), ["file-empty"], "{run}");
    // And so a name is known, or not.
    let run = project.en(&["list", "units", "--unit", "区教育司"]);
    assert_eq!((run.code, run.codes()[0]), (Some(2), "unit-unknown"), "{run}");
}

#[test]
fn without_a_registry_no_name_is_called_unknown() {
    let project = Project::new().without("content/units.yaml");
    let run = project.en(&["list", "tasks", "--unit", "区教育局"]).refused();
    assert_eq!(run.codes(), ["registry-missing"], "{run}");
}

#[test]
fn the_language_is_that_of_the_locale() {
    let project = Project::new();
    let head = |name: &str, value: &str| {
        let mut command = project.command();
        command.env_remove("LC_ALL").env(name, value).args(["list", "units"]);
        project.finish(&mut command).stdout.lines().next().unwrap().to_string()
    };
    assert!(head("LANG", "zh_CN.UTF-8").starts_with("单位"));
    assert!(head("LC_ALL", "zh_CN").starts_with("单位"));
    assert!(head("LANG", "en_GB.UTF-8").starts_with("unit"));
    assert!(head("LANG", "de_DE.UTF-8").starts_with("unit"));
    assert!(head("NOTHING", "").starts_with("unit"));
}

#[test]
fn outside_a_project() {
    assert_snapshot!(Project::bare().zh(&["list", "items"]), @"
    exit 2
    错误[no-project]: “TEMP/project”和它的上级文件夹里都没有 yinfa.yaml，不是 yinfa 项目
      = 帮助：请换到项目的文件夹，或用 --root 指定；yinfa init 文件夹名 可新建一个
    1 个错误
    ");
    assert_snapshot!(Project::bare().en(&["list", "items", "--root", "nowhere"]), @"
    exit 2
    error[no-project]: “TEMP/project/nowhere” has no yinfa.yaml: it is no yinfa project
      = help: change to the project's folder or name it with `--root`; `yinfa init DIR` makes a new one
    1 error
    ");
}

#[test]
fn the_project_is_found_from_a_folder_inside() {
    let project = Project::new();
    let mut command = project.command();
    command.current_dir(project.path("content/p")).args(["list", "items"]);
    assert_eq!(project.finish(&mut command), project.run(&["list", "items"]));
}

#[test]
fn wrong_arguments() {
    for args in [&["list", "items", "--format", "xml"][..], &["list"], &["build", "--jobs", "0"]] {
        let run = Project::new().en(args);
        assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{run}");
        assert!(run.stderr.starts_with("error[usage]: wrong arguments\n"), "{run}");
        let run = Project::new().zh(args);
        assert!(run.stderr.starts_with("错误[usage]: 命令写得不对\n"), "{run}");
    }
}
