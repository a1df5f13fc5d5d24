//! Who has to do what, as sheets, index, breakdown and lists say it: bodies whose work another
//! unit does, qualifiers, named members, own shares, headings with units.

use crate::support::{Project, html_text, pdf_text};

const NOTICE_FILE: &str = "content/p/notice.yaml";
const ITEMS_FILE: &str = "content/p/items.yaml";

/// A project with a leading group, whose office is 区发改局, and these items.
fn project(items: &str) -> Project {
    Project::new()
        .change(
            "content/units.yaml",
            "groups:\n",
            "  - {name: 区领导小组, kind: 议事协调机构, outside: true, served_by: 区发改局}\ngroups:\n",
        )
        .change("content/units.yaml", "[人才办]", "[人才办, 党建办]")
        .file(ITEMS_FILE, items)
}

/// What a unit's sheet shows on the web.
fn sheet(project: &Project, unit: &str) -> String {
    html_text(&project.read(&format!("output/p/internal/tasks/{unit}.html")))
}

/// What a unit's sheet shows in print.
fn printed_sheet(project: &Project, unit: &str) -> String {
    pdf_text(&project.path(&format!("output/p/internal/tasks/{unit}.pdf")))
}

#[track_caller]
fn shows(text: &str, words: &[&str]) {
    for words in words {
        assert!(text.contains(words), "no {words} in:\n{text}");
    }
}

#[test]
fn the_office_of_a_leading_group() {
    let project = project(
        "\
- {section: 发展, text: 统筹协调。, units: [区领导小组, 东山镇]}
- {section: 发展, text: 编制规划。, units: [东山镇, 区发改局]}
- {section: 民生, text: 调度会商。, units: [区领导小组, 区发改局]}
",
    );
    project.build(&["--only", "sheets"]).clean();
    for text in [sheet(&project, "区发改局"), printed_sheet(&project, "区发改局")] {
        shows(
            &text,
            &["共2项：责任2项；另代区领导小组承担1项", "代区领导小组承担", "另代区领导小组牵头"],
        );
    }
    assert!(!project.path("output/p/internal/tasks/区领导小组.html").exists());

    // All tables count alike; those of the index leave zeros out.
    let units = project.run(&["list", "units", "--format", "json", "--unit", "区发改局"]).json();
    assert_eq!((&units[0]["leading"], &units[0]["responsible"]), (&0.into(), &2.into()));
    let index = project.read("output/p/internal/tasks/index.html");
    let row = |name: &str| {
        let row = index.split("<tr>").find(|row| html_text(row).starts_with(name));
        html_text(row.unwrap_or_else(|| panic!("no row of {name} in:\n{index}")))
    };
    shows(&row("区发改局"), &["PDFExcel22代责责"]);
    shows(&row("区领导小组"), &["由区发改局承办22牵牵"]);
    let tasks = project.zh(&["list", "tasks", "--unit", "区发改局"]).stdout;
    shows(&tasks, &["牵头（代区领导小组）", "责任（代区领导小组）"]);
}

#[test]
fn what_is_asked_of_a_body_is_asked_of_its_office() {
    let project = project(
        "\
- section: 发展
  text: 统筹协调。
  units: [区领导小组]
  own: [{unit: 区领导小组, task: 每月会商。}]
- section: 民生
  text: 组织实施。
  units: [区领导小组]
  own: [{unit: 区发改局, task: 汇总情况。}]
",
    );
    project.build_html(&["--only", "sheets"]).clean();
    shows(&sheet(&project, "区发改局"), &["每月会商。", "汇总情况。", "牵头（独立）"]);
    let tasks = project.run(&["list", "tasks", "--format", "json", "--unit", "区发改局"]).json();
    assert_eq!(tasks[0]["own"], "每月会商。");
    assert_eq!(tasks[1]["own"], "汇总情况。");
    assert_eq!(tasks[0]["via"], "区领导小组");
}

#[test]
fn the_part_of_a_unit_that_is_meant() {
    let project = project(
        "\
- section: 发展
  parts:
    - {text: 引才。, units: [区委组织部（人才办）, 东山镇]}
    - {text: 党建。, units: [区委组织部(党建办)]}
  own: [{unit: 区委组织部（人才办）, task: 引才百人。}]
",
    );
    let project = project.add(
        NOTICE_FILE,
        "attachments: [{title: 名单, kind: unit-list, units: [区委组织部（人才办）]}]\n",
    );
    project.build(&[]).clean();
    for text in [sheet(&project, "区委组织部"), printed_sheet(&project, "区委组织部")] {
        shows(&text, &["（人才办）", "（党建办）", "引才百人。"]);
    }
    let items = project.run(&["list", "items", "--format", "json"]).json();
    assert_eq!(items[0]["unit_ids"], serde_json::json!(["区委组织部", "东山镇"]));
}

#[test]
fn a_wording_that_stands_for_named_members() {
    let project = project(
        "\
- section: 发展
  text: 编制规划。
  units: [区教育局, {name: 等有关单位, members: [区委组织部（人才办）, 西水街道]}]
- section: 民生
  text: 修路。
  units: [{name: 有关镇街, group: 各镇街, except: [西水街道]}]
",
    );
    project.build_html(&[]).clean();
    shows(
        &html_text(&project.read("output/p/public/notice.html")),
        &["（责任单位：区教育局等有关单位）"],
    );
    for unit in ["区委组织部", "西水街道"] {
        shows(&sheet(&project, unit), &["编制规划。"]);
        assert!(!sheet(&project, unit).contains("修路。"), "{unit}");
    }
    shows(&sheet(&project, "东山镇"), &["修路。"]);
}

#[test]
fn own_shares_without_a_task_of_its_own() {
    let project = project(
        "\
- section: 发展
  text: 开工重大项目。
  units: [区发改局, 东山镇]
  own: [{unit: 东山镇, targets: [{name: 开工项目, ge: 7, measure: 个}]}]
",
    );
    project.build(&["--only", "sheets"]).clean();
    for text in [sheet(&project, "东山镇"), printed_sheet(&project, "东山镇")] {
        shows(&text, &["开工项目", "7个"]);
    }
    for text in [sheet(&project, "区发改局"), printed_sheet(&project, "区发改局")] {
        assert!(!text.contains("开工项目"), "{text}");
    }
}

#[test]
fn units_of_a_section_without_a_heading() {
    let project = Project::new()
        .change(
            NOTICE_FILE,
            "{id: 民生, heading: 改善民生}",
            "{id: 民生, style: none, units: [区教育局, 西水街道]}",
        )
        .change(ITEMS_FILE, "  units: [区教育局]\n", "");
    project.build(&["--only", "notice"]).clean();
    let bracket = "（责任单位：区教育局、西水街道）";
    let web = html_text(&project.read("output/p/public/notice.html"));
    assert_eq!(web.matches(bracket).count(), 1, "{web}");
    let pdf = pdf_text(&project.path("output/p/public/notice.pdf"));
    assert_eq!(pdf.matches(bracket).count(), 1, "{pdf}");
}

#[test]
fn the_nearest_heading_above() {
    let project = Project::new().change(
        NOTICE_FILE,
        "    - {id: 民生, heading: 改善民生}\n",
        "    - {heading: 改善民生, sections: [{id: 民生, style: none, before: 学校。}]}\n",
    );
    project.build_html(&["--only", "sheets"]).clean();
    shows(&sheet(&project, "区教育局"), &["改善民生"]);
}

#[test]
fn deadlines_are_printed_as_they_were_written() {
    let project = project(
        "\
- {section: 发展, text: 甲。, units: [东山镇], deadline: 2025年底}
- {section: 发展, text: 乙。, units: [东山镇], deadline: 2025-12}
- {section: 发展, text: 丙。, units: [东山镇], deadline: 2025年12月}
- {section: 发展, text: 丁。, units: [东山镇], deadline: 2025年6月底}
",
    );
    project.build_html(&["--only", "sheets"]).clean();
    let text = sheet(&project, "东山镇");
    shows(&text, &["2025年底", "12月底前", "2025年6月底"]);
    assert!(!text.contains("2025年12月"), "{text}");
    let items = project.run(&["list", "items", "--format", "json"]).json();
    let of = |place: usize, key: &str| items[place]["deadline"][key].as_str().unwrap().to_string();
    assert_eq!((of(0, "text"), of(3, "text")), ("2025年底".into(), "2025年6月底".into()));
    assert_eq!(of(1, "value"), of(2, "value"));
    assert_eq!((of(1, "text"), of(2, "text")), ("2025年12月".into(), "2025年12月".into()));
}

#[test]
fn an_index_of_many_items_has_pages() {
    let mut items = String::new();
    for place in 1..=1201 {
        let section = if place <= 700 { "发展" } else { "民生" };
        let unit = if place % 400 == 0 && place < 1000 { "东山镇" } else { "区发改局" };
        items += &format!("- {{section: {section}, text: 办第{place}件事。, units: [{unit}]}}\n");
    }
    let project = project(&items);
    project.build_html(&["--only", "sheets"]).clean();
    let page = |name: &str| project.read(&format!("output/p/internal/tasks/{name}.html"));
    let [first, second, third] = ["index", "index-2", "index-3"].map(page);
    for page in [&first, &second, &third] {
        shows(&html_text(page), &["第1—500项", "第501—1000项", "第1001—1201项", "共1201项任务"]);
        assert_eq!(page.matches("aria-current=\"page\"").count(), 1);
    }
    // The first page has a row for everyone with a sheet, the others for those with a part in them.
    let has_row =
        |page: &String, name| page.split("<tr>").any(|row| html_text(row).starts_with(name));
    assert!([&first, &second, &third].into_iter().all(|page| has_row(page, "区发改局")));
    assert_eq!([&first, &second, &third].map(|page| has_row(page, "东山镇")), [true, true, false]);
    // What stands in a row is as wide as the items of the page.
    let row = second.split("<tr>").find(|row| html_text(row).starts_with("东山镇")).unwrap();
    let spans = row.split("colspan=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
    let empty: usize = spans.map(|span| span.parse::<usize>().unwrap()).sum();
    assert_eq!(empty + row.matches("class=\"item").count(), 500);
    // The second page begins inside the first section: its heading has what is left of it there.
    assert!(second.contains("colspan=\"200\"") && second.contains("colspan=\"300\""), "{second}");
    assert!(second.contains("#item-501"));
}
