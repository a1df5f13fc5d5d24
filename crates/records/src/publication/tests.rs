//! Records in YAML to publications: numbering, roles, groups, tasks.

use std::sync::Arc;

use super::*;
use crate::content::schema::item::read_items;
use crate::content::schema::notice::NoticeRecord;
use crate::content::schema::units::UnitsRecord;
use crate::content::yaml::parse;
use base::diag::{Diagnostics, Source};

const UNITS: &str = "
units:
  - {name: 区发改局, kind: 政府部门, qualifiers: [价格科]}
  - {name: 区教育局, kind: 政府部门, aliases: [教育局], full_name: 青溪区教育局}
  - {name: 东山镇, kind: 乡镇}
  - {name: 西河镇, kind: 乡镇}
  - {name: 南门街道, kind: 街道}
  - {name: 区领导小组, kind: 议事协调机构, outside: true, served_by: 区发改局}
  - {name: 市集团, kind: 国有企业, outside: true}
groups:
  - {name: 各乡镇, kinds: [乡镇]}
  - {name: 各地, members: [各乡镇, 南门街道], except: [西河镇]}
  - {name: 全体, all: true}
";

const NOTICE: &str = "
title: 关于印发要点的通知
issued:
  title: 要点
  sections:
    - {id: a, heading: 甲}
    - {id: b, heading: 乙}
";

/// The publication of a registry, a notice and items, with what was reported.
pub(crate) fn publication_of(units: &str, notice: &str, items: &str) -> (Publication, Diagnostics) {
    let mut diags = Diagnostics::new();
    let mut document = |path: &str, text: &str| {
        let (document, problems) = parse(&Source::new(path, text));
        diags.append(problems);
        document
    };
    let (units, notice, items) =
        (document("units.yaml", units), document("notice.yaml", notice), document("i.yaml", items));
    let units = UnitsRecord::from_document(&units, &mut diags).expect("units");
    let notice = NoticeRecord::from_document(&notice, &mut diags).expect("notice");
    let items = read_items(&items, &mut diags);
    let registry = Arc::new(Registry::resolve(&units, &mut diags));
    let input = Input { id: "p", notice, office: Some("区府办"), items: &items, registry };
    let publication = resolve(input, &mut diags);
    (publication, diags)
}

fn good(notice: &str, items: &str) -> Publication {
    let (publication, diags) = publication_of(UNITS, notice, items);
    assert!(diags.is_empty(), "{diags:#?}");
    publication
}

fn codes(notice: &str, items: &str) -> Vec<&'static str> {
    publication_of(UNITS, notice, items).1.iter().map(|d| d.code).collect()
}

fn names(publication: &Publication, units: &[UnitId]) -> Vec<String> {
    units.iter().map(|&unit| publication.registry.unit(unit).name.clone()).collect()
}

fn labels(publication: &Publication) -> Vec<&str> {
    publication.items.iter().map(|item| item.label.as_str()).collect()
}

#[test]
fn numbers_run_on_through_all_sections() {
    let items = "[{section: b, text: 三}, {section: a, text: 一}, {section: a, text: 二}]";
    let publication = good(NOTICE, items);
    assert_eq!(labels(&publication), ["1.", "2.", "3."]);
    assert_eq!(publication.items[2].plain(), "三");
    assert_eq!(publication.sections[1].path, "二、乙");
}

#[test]
fn numbers_restart_where_asked() {
    let notice = format!("items: {{numbering: restart, style: （一）}}\n{NOTICE}");
    let items = "[{section: a, text: 一}, {section: a, text: 二}, {section: b, text: 三}]";
    assert_eq!(labels(&good(&notice, items)), ["（一）", "（二）", "（一）"]);
}

#[test]
fn a_section_decides_on_its_own_numbers() {
    let notice = "
title: 通知
issued:
  title: 要点
  sections:
    - {id: a, heading: 甲, items: {start: 5}}
    - {id: b, heading: 乙, start: 4, items: {style: (1), start: continue}}
    - {id: c, heading: 丙, items: {start: restart}}
    - heading: 丁
      sections: [{id: d, heading: 子, items: {style: none}}, {heading: 丑}]
    - heading: 戊
      sections: [{heading: 寅, start: continue}]
";
    let items = "
- {section: a, text: 一}
- {section: b, text: 二}
- {section: c, text: 三}
- {section: d, text: 四}
";
    let publication = good(notice, items);
    assert_eq!(labels(&publication), ["5.", "（6）", "1.", ""]);
    assert_eq!(publication.items[3].number, 2);
    let paths: Vec<_> = publication.sections.iter().map(|s| s.path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "一、甲",
            "四、乙",
            "五、丙",
            "六、丁",
            "六、丁 / （一）子",
            "六、丁 / （二）丑",
            "七、戊",
            "七、戊 / （三）寅"
        ]
    );
}

#[test]
fn order_comes_before_the_place_in_the_files() {
    let items = "
- {section: a, text: 丙}
- {section: a, text: 乙, order: 20}
- {section: a, text: 甲, order: 3}
";
    let texts: Vec<_> = good(NOTICE, items).items.iter().map(Item::plain).collect();
    assert_eq!(texts, ["甲", "乙", "丙"]);
    let twice = "[{section: a, text: 乙, order: 2}, {section: a, text: 甲, order: 2}]";
    assert_eq!(codes(NOTICE, twice), ["order-twice"]);
    let apart = "[{section: a, text: 乙, order: 2}, {section: b, text: 甲, order: 2}]";
    assert!(codes(NOTICE, apart).is_empty());
}

#[test]
fn the_first_listed_leads_where_the_convention_says_so() {
    let items =
        "[{section: a, text: 文, units: [教育局, 区发改局（价格科）], cooperating: [东山镇]}]";
    let none = good(NOTICE, items);
    assert_eq!(none.items[0].printed(Some(Role::Lead)), Vec::<&str>::new());
    assert_eq!(none.items[0].printed(Some(Role::Responsible)), ["教育局", "区发改局（价格科）"]);

    let first = good(&format!("lead: first\nlead_sentence: true\n{NOTICE}"), items);
    let item = &first.items[0];
    assert_eq!(item.printed(Some(Role::Lead)), ["教育局"]);
    assert_eq!(item.printed(Some(Role::Responsible)), ["区发改局（价格科）"]);
    assert_eq!(item.printed(Some(Role::Cooperating)), ["东山镇"]);
    assert_eq!(names(&first, &item.units()), ["区发改局", "区教育局", "东山镇"]);
    assert_eq!(
        item.parts[0].assignment.bracket_text(),
        "（责任单位：教育局、区发改局（价格科）；配合单位：东山镇〔排名第一责任单位为牵头单位，以下同〕）"
    );
}

#[test]
fn the_sentence_is_printed_once() {
    let notice = format!("lead: first\nlead_sentence: 先列为牵头\n{NOTICE}");
    let items = "
- {section: a, text: 无}
- {section: a, text: 文, units: [区教育局]}
- {section: a, text: 文, units: [区教育局]}
";
    let publication = good(&notice, items);
    let brackets: Vec<_> =
        publication.items.iter().map(|i| i.parts[0].assignment.bracket_text()).collect();
    assert_eq!(brackets, ["", "（责任单位：区教育局〔先列为牵头〕）", "（责任单位：区教育局）"]);
}

#[test]
fn groups_expand_for_tasks_and_print_as_written() {
    let items = "
- section: a
  text: 文
  units:
    - 各地
    - {name: 各乡镇（东山镇除外）, group: 各乡镇, except: [东山镇]}
    - {name: 有关单位, members: [区教育局]}
";
    let publication = good(&format!("lead: first\n{NOTICE}"), items);
    let item = &publication.items[0];
    assert_eq!(item.printed(None), ["各地", "各乡镇（东山镇除外）", "有关单位"]);
    assert_eq!(names(&publication, &item.units()), ["区教育局", "东山镇", "西河镇", "南门街道"]);
    let tasks = publication.tasks();
    let of = |name: &str| {
        let id = publication.registry.units().iter().find(|u| u.name == name).map(|u| u.id);
        &tasks[&id.unwrap()][0]
    };
    assert!(of("东山镇").own_area && of("东山镇").role == Role::Lead);
    assert_eq!(of("西河镇").role, Role::Responsible);
    assert!(!of("西河镇").own_area);
}

#[test]
fn a_unit_has_an_item_once_in_its_strongest_role() {
    let items = "[{section: a, text: 文, leads: [东山镇], cooperating: [各乡镇]}]";
    let publication = good(NOTICE, items);
    let tasks = publication.tasks();
    let roles: Vec<_> = tasks.values().map(|tasks| (tasks.len(), tasks[0].role)).collect();
    assert_eq!(roles, [(1, Role::Lead), (1, Role::Cooperating)]);
}

#[test]
fn a_leading_groups_tasks_are_its_offices() {
    let items = "
- {section: a, text: 文, units: [区领导小组]}
- {section: a, text: 文, units: [区领导小组, 区发改局]}
";
    let publication = good(&format!("lead: first\n{NOTICE}"), items);
    let tasks = publication.tasks();
    let sheets = publication.sheet_units(&tasks);
    assert_eq!(names(&publication, &sheets), ["区发改局"]);
    let office = &tasks[&sheets[0]];
    assert!(office[0].via.is_some() && office[0].sole);
    // Where it is named itself, that is its role, and the group's is not forgotten.
    assert_eq!(office[1].role, Role::Responsible);
    assert_eq!(office[1].via.map(|(_, role)| role), Some(Role::Lead));
    assert!(office[1].named && !office[0].named);
}

#[test]
fn recipients_without_a_task_get_a_sheet_when_they_are_townships() {
    let notice = format!("recipients: [{{text: 各单位, to: [全体]}}]\n{NOTICE}");
    let publication = good(&notice, "[{section: a, text: 文, units: [区教育局, 市集团]}]");
    let sheets = publication.sheet_units(&publication.tasks());
    assert_eq!(names(&publication, &sheets), ["区教育局", "东山镇", "西河镇", "南门街道"]);
    let none = format!("sheets: {{without_task: []}}\n{notice}");
    let publication = good(&none, "[{section: a, text: 文, units: [区教育局]}]");
    assert_eq!(publication.sheet_units(&publication.tasks()).len(), 1);
}

#[test]
fn units_of_a_heading_are_those_of_the_items_below() {
    let notice = "
title: 通知
lead: first
issued:
  title: 要点
  sections:
    - heading: 甲
      units: [区教育局]
      sections: [{id: a, heading: 子}]
";
    let items = "[{section: a, text: 一}, {section: a, text: 二, units: [东山镇]}]";
    let publication = good(notice, items);
    assert!(publication.items[0].parts[0].inherited);
    assert_eq!(publication.items[0].printed(Some(Role::Lead)), ["区教育局"]);
    assert_eq!(publication.items[1].printed(Some(Role::Lead)), ["东山镇"]);
    assert_eq!(publication.sections[0].assignment.bracket_text(), "（责任单位：区教育局）");
}

#[test]
fn parts_have_their_own_units() {
    let items = "
- section: a
  parts:
    - {text: 前, units: [区教育局]}
    - {text: 后, units: [东山镇, 区教育局]}
";
    let publication = good(&format!("lead: first\n{NOTICE}"), items);
    let tasks = publication.tasks();
    let education = tasks.values().next().unwrap();
    assert_eq!((education[0].role, education[0].sole), (Role::Lead, false));
    assert_eq!(education[0].parts, [0, 1]);
    assert_eq!(publication.items[0].printed(None), ["区教育局", "东山镇"]);
}

#[test]
fn wrong_names_are_reported_where_they_stand() {
    for (item, code) in [
        ("{section: a, text: 文, units: [区教玉局]}", "unit-unknown"),
        ("{section: a, text: 文, units: [区发改局（物价科）]}", "qualifier-unknown"),
        ("{section: a, text: 文, units: [等有关部门]}", "unit-unnamed"),
        ("{section: c, text: 文}", "section-unknown"),
        (
            "{section: a, text: 文, units: [东山镇], own: [{unit: 西河镇, task: 文}]}",
            "own-not-responsible",
        ),
        (
            "{section: a, text: 文, units: [{name: 各乡镇, except: [区教育局]}]}",
            "except-not-member",
        ),
        ("{section: a, text: 文, units: [东山镇], leads: [西河镇]}", "units-twice"),
        (
            "{section: a, text: 文, units: [各乡镇], own: [{unit: 各乡镇, task: 文}]}",
            "own-of-group",
        ),
        ("{section: a, text: 文, units: [{name: 各乡镇, except: [各乡镇]}]}", "unit-nobody"),
        ("{section: a, text: 文, label: 负责}", "label-unused"),
        ("{section: a, parts: []}", "list-empty"),
    ] {
        assert_eq!(codes(NOTICE, &format!("[{item}]")), [code], "{item}");
    }
    let (_, diags) = publication_of(UNITS, NOTICE, "[{section: a, text: 文, units: [区教玉局]}]");
    let diagnostic = diags.iter().next().unwrap();
    let span = diagnostic.span.as_ref().unwrap();
    assert_eq!(&span.source().text()[span.range()], "区教玉局");
    assert!(diagnostic.help.as_ref().unwrap().get(base::diag::Lang::Zh).contains("区教育局"));
}

#[test]
fn the_number_waits_for_its_serial() {
    let number = |serial: &str| {
        let notice = format!("number: {{code: 青政办发, year: 2025{serial}}}\n{NOTICE}");
        good(&notice, "[{section: a, text: 文}]").doc_number().unwrap()
    };
    assert_eq!(number(", serial: 12"), "青政办发〔2025〕12号");
    assert_eq!(number(""), "青政办发〔2025〕 号");
}

#[test]
fn what_may_be_published() {
    let with = |fields: &str| good(&format!("{fields}\n{NOTICE}"), "[{section: a, text: 文}]");
    let public = with("disclosure: {access: 主动公开}");
    assert!(public.is_public() && public.has_web_page());
    let undecided = with("disclosure: {period: 长期}");
    assert!(!undecided.is_public() && !undecided.has_web_page());
    let asked = with("disclosure: {access: 依申请公开, web: true}");
    assert!(!asked.is_public() && asked.has_web_page());
    let secret = with("disclosure: {access: 主动公开, web: true}\nsecrecy: {level: 秘密}");
    assert!(!secret.is_public() && !secret.has_web_page());
    let draft = with("disclosure: {access: 主动公开}\nstage: 送审稿");
    assert!(!draft.is_public());
}

const BODY: &str = "
kind: 函
title: 关于征求意见的函
body:
  before: 现征求意见。
  sections:
    - heading: 甲
      sections: [{heading: 乙, sections: [{heading: 丙, sections: [{heading: 丁}]}]}]
    - {id: b, heading: 戊}
  after: 请于月底前反馈。
";

#[test]
fn a_document_has_a_text_of_its_own() {
    let publication = good(BODY, "[{section: b, text: 一}, {section: 丁, text: 二}]");
    assert_eq!(publication.kind().name(), "函");
    let paths: Vec<_> = publication.sections.iter().map(|s| s.path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "一、甲",
            "一、甲 / （一）乙",
            "一、甲 / （一）乙 / 1.丙",
            "一、甲 / （一）乙 / 1.丙 / （1）丁",
            "二、戊"
        ]
    );
    assert_eq!(labels(&publication), ["1.", "2."]);
    assert_eq!(publication.subject(), "关于征求意见的函");
    let view = crate::view::notice(&publication);
    assert!(view.issued.is_none());
    assert_eq!(
        (view.letter.plain(), view.closing.plain()),
        ("现征求意见。".into(), "请于月底前反馈。".into())
    );
    assert_eq!(view.all_sections().len(), 2);
}

#[test]
fn texts_that_contradict_each_other() {
    let with = |lines: &str| codes(&format!("title: 关于某事的通知\n{lines}"), "[]");
    assert_eq!(with(""), ["key-missing"]);
    assert_eq!(with("letter: 甲\n"), ["key-missing"]);
    assert_eq!(with("letter: 甲\nbody: {before: 乙}\n"), ["body-and-letter"]);
    assert_eq!(
        with("issued: {title: 甲, sections: [{heading: 乙}]}\nbody: {before: 丙}\n"),
        ["body-and-issued"]
    );
    assert_eq!(with("body: {sections: []}\n"), ["body-empty"]);
    assert_eq!(
        with("body: {before: 乙}\nattachments: {title: 丙, kind: text, text: 丁, of: issued}\n"),
        ["attachment-of-nothing"]
    );
    assert_eq!(
        with(
            "body: {sections: [{heading: 一, sections: [{heading: 二, sections: [{heading: 三, sections: [{heading: 四, sections: [{heading: 五}]}]}]}]}]}\n"
        ),
        ["sections-too-deep"]
    );
    assert_eq!(with("kind: 命令\nbody: {before: 乙}\n"), ["kind-not-offered"]);
}
