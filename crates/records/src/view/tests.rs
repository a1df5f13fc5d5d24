//! What is printed, from records.

use super::*;
use crate::publication::Publication;
use crate::publication::tests::publication_of;

const UNITS: &str = "
units:
  - {name: 区发改局, kind: 政府部门, contact: {person: 王一, phone: '1234'}}
  - {name: 区教育局, kind: 政府部门}
  - {name: 东山镇, kind: 乡镇}
  - {name: 西河镇, kind: 乡镇}
  - {name: 区领导小组, kind: 议事协调机构, outside: true, served_by: 区发改局}
groups:
  - {name: 各乡镇, kinds: [乡镇]}
";

const NOTICE: &str = "
title: 关于印发要点的通知
organ: 区府办
lead: first
date: 2025-03-06
issued:
  title: 要点
  sections: [{id: a, heading: 甲}]
";

fn publication(fields: &str, items: &str) -> Publication {
    let notice = format!("{fields}\n{NOTICE}");
    let (publication, diags) = publication_of(UNITS, &notice, items);
    assert!(diags.is_empty(), "{diags:#?}");
    publication
}

fn sheet_of(publication: &Publication, unit: &str) -> SheetView {
    let id = publication.registry.units().iter().find(|u| u.name == unit).unwrap().id;
    let tasks = publication.tasks();
    sheet(publication, id, tasks.get(&id).map(Vec::as_slice).unwrap_or_default())
}

#[test]
fn a_sheet_says_who_leads_and_who_else_is_there() {
    let items = "
- {section: a, text: 一, units: [区教育局, 东山镇]}
- {section: a, text: 二, units: [区发改局, 区教育局], deadline: 2025-Q2}
- {section: a, text: 三, units: [区教育局]}
- section: a
  text: 四
  units: [各乡镇, 区教育局]
  targets: [{name: 项目, ge: 3, measure: 个}]
  own: [{unit: 东山镇, task: 建一处, targets: [{name: 项目, eq: 1, measure: 个}]}]
";
    let publication = publication("", items);
    let education = sheet_of(&publication, "区教育局");
    assert_eq!(education.summary, "牵头2项（其中独立承担1项）、责任2项");
    assert_eq!(education.counted, "共4项：牵头2项（其中独立承担1项）、责任2项");
    assert_eq!(education.title, "《要点》任务交办单（区教育局）");
    let rows: Vec<_> = education.rows.iter().map(|r| (r.label.as_str(), r.role.as_str())).collect();
    assert_eq!(rows, [("1", "牵头"), ("3", "牵头（独立）"), ("2", "责任"), ("4", "责任")]);
    assert_eq!(education.rows[2].leads, ["区发改局"]);
    assert_eq!(education.rows[2].lead_contacts, ["区发改局：王一 1234"]);
    assert_eq!(education.contacts, ["区发改局：王一 1234"]);
    assert_eq!(education.rows[2].deadline.as_deref(), Some("二季度末"));
    assert_eq!(education.rows[0].others, ["东山镇"]);

    let east = sheet_of(&publication, "东山镇");
    assert_eq!(east.summary, "牵头1项、责任1项");
    assert_eq!(east.rows[0].role, "牵头（本辖区）");
    assert_eq!(east.rows[0].own.plain(), "建一处");
    assert_eq!(east.rows[0].targets, ["项目不少于3个"]);
    assert_eq!(east.rows[0].own_targets, ["项目1个"]);
    assert!(east.rows[0].lead_contacts.is_empty());
    assert!(!sheet_of(&publication, "西河镇").has_own);
}

#[test]
fn a_sheet_in_the_order_of_the_notice() {
    let items = "
- {section: a, text: 一, units: [区教育局, 东山镇]}
- {section: a, text: 二, units: [东山镇, 区教育局]}
";
    let labels = |fields| {
        let sheet = sheet_of(&publication(fields, items), "东山镇");
        sheet.rows.iter().map(|r| r.label.clone()).collect::<Vec<_>>()
    };
    assert_eq!(labels(""), ["2", "1"]);
    assert_eq!(labels("sheets: {order: notice}"), ["1", "2"]);
}

#[test]
fn a_body_that_is_served_stands_on_its_offices_sheet() {
    let publication = publication("", "[{section: a, text: 一, units: [区领导小组]}]");
    let office = sheet_of(&publication, "区发改局");
    assert_eq!(office.rows[0].via.as_deref(), Some("代区领导小组承担"));
    assert_eq!(office.rows[0].leads, ["区领导小组"]);
    assert!(office.rows[0].others.is_empty());
    // It is the body's task, and counted once.
    assert_eq!((office.summary.as_str(), office.counted.as_str()), ("", "代区领导小组承担1项"));
    let units: Vec<_> = breakdown(&publication).units;
    let counts: Vec<_> = units.iter().map(|unit| (unit.name.as_str(), unit.leading)).collect();
    assert_eq!(counts, [("区领导小组", 1)]);
}

#[test]
fn when_and_to_whom_to_report() {
    let items = "[{section: a, text: 一, units: [区发改局, 东山镇]}]";
    let said = |fields, unit| sheet_of(&publication(fields, items), unit).reporting.concat();
    let full = "reporting: {cycle: 每月, due: 25日前, to: 区发改局, how: 用平台填报, contact: {person: 王一, phone: '1234'}}";
    assert_eq!(
        said(full, "东山镇"),
        "请于每月25日前将进展情况报区发改局，用平台填报。联系人：王一，电话：1234。"
    );
    assert_eq!(
        said(full, "区发改局"),
        "请于每月25日前更新进展情况，用平台填报。联系人：王一，电话：1234。"
    );
    assert_eq!(said("reporting: {to: 区发改局}", "东山镇"), "请将进展情况报区发改局。");
    assert_eq!(said("", "东山镇"), "");
}

#[test]
fn nothing_is_signed_before_it_is_final() {
    let items = "[{section: a, text: 一, units: [区发改局]}]";
    let fields =
        "number: {code: 青, year: 2025, serial: 3}\nprinted_by: 区府办\nprinted: 2025-03-07";
    let last = notice(&publication(fields, items));
    assert_eq!(last.sign_off.unwrap().date.as_deref(), Some("2025年3月6日"));
    assert_eq!(last.imprint.unwrap().printed.as_deref(), Some("2025年3月7日"));
    assert_eq!(last.head.mark.as_deref(), Some("区府办文件"));
    let draft = notice(&publication(&format!("stage: 征求意见稿\n{fields}"), items));
    assert_eq!(draft.draft.as_deref(), Some("征求意见稿"));
    assert_eq!(draft.doc_number.as_deref(), Some("青〔2025〕 号"));
    assert!(draft.sign_off.is_none() && draft.imprint.is_none());
}

#[test]
fn the_organ_stands_in_the_title_where_asked() {
    let items = "[{section: a, text: 一, units: [区发改局]}]";
    let titles = |place: &str| {
        let view = notice(&publication(&format!("organ_in_title: {place}"), items));
        (view.title, view.web_title)
    };
    let (long, short) = ("区府办关于印发要点的通知".to_string(), "关于印发要点的通知".to_string());
    assert_eq!(titles("none"), (short.clone(), short.clone()));
    assert_eq!(titles("print"), (long.clone(), short.clone()));
    assert_eq!(titles("web"), (short, long.clone()));
    assert_eq!(titles("both"), (long.clone(), long));
}

/// A unit is shown the targets and the deadline of the parts that are its own.
#[test]
fn whose_target_and_deadline_it_is() {
    let items = "
- section: a
  parts:
    - {text: 新建学校2所。, units: [区教育局, 东山镇], targets: [{name: 学校, eq: 2, measure: 所}], deadline: 2025-06}
    - {text: 项目开工率达到100%。, units: [区发改局, 东山镇]}
  targets: [{name: 开工率, ge: 100, measure: '%'}, {name: 满意度, ge: 90, measure: 分}]
  deadline: 2025-Q4
";
    let publication = publication("", items);
    let row = |unit: &str| sheet_of(&publication, unit).rows.remove(0);
    let education = row("区教育局");
    assert_eq!(education.targets, ["满意度不少于90分", "学校2所"]);
    assert_eq!(education.deadline.as_deref(), Some("6月底前"));
    let reform = row("区发改局");
    assert_eq!(reform.targets, ["开工率达到100%", "满意度不少于90分"]);
    assert_eq!(reform.deadline.as_deref(), Some("四季度末"));
    let east = row("东山镇");
    assert_eq!(east.targets, ["开工率达到100%", "满意度不少于90分", "学校2所"]);
    assert_eq!(east.deadline.as_deref(), Some("6月底前；四季度末"));
    assert_eq!(breakdown(&publication).items[0].targets, east.targets);
}

#[test]
fn headings_around_a_section_are_named_with_it() {
    let notice = "
title: 关于印发要点的通知
issued:
  title: 要点
  sections:
    - {id: a, heading: 甲, sections: [{id: b, heading: 乙}, {id: c, style: none, before: 无题。}]}
";
    let items = "
- {section: a, text: 一, units: [区教育局]}
- {section: b, text: 二, units: [区教育局]}
- {section: c, text: 三, units: [区教育局]}
";
    let (publication, diags) = publication_of(UNITS, notice, items);
    assert!(diags.is_empty(), "{diags:#?}");
    let sections: Vec<_> = sheet_of(&publication, "区教育局")
        .rows
        .into_iter()
        .map(|row| (row.section, row.first_of_section))
        .collect();
    let section = |words: &str, first| (words.to_string(), first);
    let expected =
        [section("一、甲", true), section("一、甲　（一）乙", true), section("一、甲", true)];
    assert_eq!(sections, expected);
    let items = breakdown(&publication).items;
    assert!(items.iter().zip(expected).all(|(item, (section, _))| item.section == section));
}

#[test]
fn columns_without_content_go() {
    let keys = |items: &str, unit: &str| {
        let columns = sheet_of(&publication("", items), unit).columns;
        columns.iter().map(|column| column.title.clone()).collect::<Vec<_>>().join("，")
    };
    let one = "[{section: a, text: 一, units: [区教育局]}]";
    assert_eq!(keys(one, "区教育局"), "序号，工作任务，本单位职责，牵头单位");
    let all = "[{section: a, text: 一, leads: [区发改局], cooperating: [区教育局, 东山镇], deadline: 2025, targets: [{name: 甲, eq: 1}]}]";
    assert_eq!(
        keys(all, "区教育局"),
        "序号，工作任务，年度目标，完成时限，本单位职责，牵头单位，其他单位"
    );
    let whole = breakdown(&publication("", all));
    let titles: Vec<_> = whole.columns.iter().map(|column| column.title.as_str()).collect();
    assert_eq!(titles, ["序号", "工作任务", "年度目标", "牵头单位", "配合单位", "完成时限"]);
    assert_eq!(whole.title, "要点任务分解表");
}
