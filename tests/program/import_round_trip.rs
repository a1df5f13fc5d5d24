//! The web page and the Word document of any publication, imported again, give the publication:
//! sections, items, text, units in order and leads.

use std::collections::BTreeMap;

use import::{File, Options, import};
use pages::office;
use pages::render::Templates;
use proptest::prelude::*;
use records::publication::prepare;
use records::publication::{Publication, Role};
use records::{content, view};

use crate::support::{Project, quoted};

const UNITS: [(&str, &str); 12] = [
    ("区发改局", "政府部门"),
    ("区委组织部", "党委部门"),
    ("区粮食和储备局", "政府部门"),
    ("区文化和旅游局", "政府部门"),
    ("区总工会", "群团"),
    ("区公安分局", "派出或垂管机构"),
    ("区融媒体中心", "事业单位"),
    ("区城投集团", "国有企业"),
    ("高新区", "平台"),
    ("织里镇", "乡镇"),
    ("平等镇", "乡镇"),
    ("环渚街道", "街道"),
];

/// Names as items print them: units, one with a bracket, classes.
const NAMES: [&str; 16] = [
    "区发改局",
    "区委组织部",
    "区委组织部（人才办）",
    "区粮食和储备局",
    "区文化和旅游局",
    "区总工会",
    "区公安分局",
    "区融媒体中心",
    "区城投集团",
    "高新区",
    "织里镇",
    "平等镇",
    "环渚街道",
    "各乡镇",
    "各乡镇、街道",
    "区级有关单位",
];

const SENTENCES: [&str; 14] = [
    "推进“2+8”平台建设，覆盖率达80%以上。",
    "新增数字经济核心产业重大项目10个、4A级景区1家。",
    "深化“放管服”改革（试点），打造2.0版；完成投资25亿元。",
    "6月底前完成整改，比例为1:2。",
    "5G网络覆盖全部村（社区）。",
    "支持市（地、州、盟）、县（市、区、旗）先行先试。",
    "完善a*b_c模型和`x`接口，见https://a.gov.cn/x?a=1,2。",
    "开展《规划》编制（2024—2026年）。",
    "由各单位负责落实到人。",
    "扩大对外开放，加强与上海、苏州等城市合作。",
    "提升服务效能！能不能做到？一定能。",
    "-5这一条以短横线开头。",
    "#号开头也是文字。",
    "3.5万人参与。",
];

#[derive(Debug, Clone)]
struct Part {
    text: Vec<usize>,
    leads: Vec<usize>,
    units: Vec<usize>,
    cooperating: Vec<usize>,
}

#[derive(Debug, Clone)]
struct Generated {
    style: &'static str,
    restart: bool,
    first: bool,
    label: &'static str,
    sections: Vec<Vec<Vec<Part>>>,
    nested: bool,
}

fn part(leads_apart: bool, label: &'static str) -> impl Strategy<Value = Part> {
    let names = |range| prop::sample::subsequence((0..NAMES.len()).collect::<Vec<_>>(), range);
    let cooperating = if label == "按职责分工负责" { 0..2 } else { 0..3 };
    (
        prop::collection::vec(0..SENTENCES.len(), 1..3),
        names(1..4).prop_shuffle(),
        names(1..3).prop_shuffle(),
        names(cooperating).prop_shuffle(),
        any::<bool>(),
    )
        .prop_map(move |(text, units, leads, cooperating, apart)| {
            let apart = apart && leads_apart;
            let leads = if apart { leads } else { Vec::new() };
            let units: Vec<usize> = units.into_iter().filter(|n| !leads.contains(n)).collect();
            let taken: Vec<usize> = leads.iter().chain(&units).copied().collect();
            let cooperating = cooperating.into_iter().filter(|n| !taken.contains(n)).collect();
            Part { text, leads, units, cooperating }
        })
        .prop_filter("somebody is responsible", |part| !part.units.is_empty())
}

fn generated() -> impl Strategy<Value = Generated> {
    let labels = prop::sample::select(vec!["责任单位", "责任部门", "负责", "按职责分工负责"]);
    let styles = prop::sample::select(vec!["1.", "1、", "(1)", "（一）"]);
    (labels, styles, any::<bool>(), any::<bool>(), any::<bool>()).prop_flat_map(
        |(label, style, restart, first, nested)| {
            let item = prop::collection::vec(part(!first, label), 1..3);
            let section = prop::collection::vec(item, 1..4);
            prop::collection::vec(section, 1..4).prop_map(move |sections| Generated {
                style,
                restart,
                first,
                label,
                sections,
                nested: nested && style != "（一）",
            })
        },
    )
}

/// The files of a project.
fn project(made: &Generated) -> Project {
    let mut units = String::from("units:\n");
    for (name, kind) in UNITS {
        let qualifiers = if name == "区委组织部" { ", qualifiers: [人才办]" } else { "" };
        units.push_str(&format!("  - {{name: {name}, kind: {kind}{qualifiers}}}\n"));
    }
    units.push_str("groups:\n  - {name: 各乡镇, kinds: [乡镇]}\n  - {name: 各乡镇、街道, kinds: [乡镇, 街道]}\n");
    let numbering = if made.restart { "restart" } else { "continue" };
    let lead = if made.first { "first" } else { "none" };
    let mut notice = format!(
        "title: 关于印发2024年工作要点的通知\nnumber: {{code: 吴区办, year: 2024, serial: 7}}\norgan: 某某区人民政府\nrecipients: [各乡镇]\nletter: 现将2024年工作要点印发给你们，请认真落实。\ndate: 2024-03-06\nlead: {lead}\nlead_sentence: {first}\nlabel: {label}\nitems: {{style: {style}, numbering: {numbering}}}\ndisclosure: {{access: 主动公开}}\nissued:\n  title: 2024年工作要点\n  preface: 为做好工作，制定本要点。\n  sections:\n",
        first = made.first,
        label = made.label,
        style = quoted(made.style),
    );
    let mut items = String::new();
    for (n, section) in made.sections.iter().enumerate() {
        notice.push_str(&format!("    - id: s{n}\n      heading: 实施第{n}项行动\n"));
        if made.nested {
            notice.push_str(&format!(
                "      sections:\n        - id: s{n}a\n          heading: 抓好分项{n}\n"
            ));
        }
        let id = if made.nested { format!("s{n}a") } else { format!("s{n}") };
        for item in section {
            items.push_str(&format!("- section: {id}\n  parts:\n"));
            for part in item {
                let text: Vec<String> =
                    part.text.iter().map(|&n| crate::support::escaped(SENTENCES[n])).collect();
                items.push_str(&format!("    - text: {}\n", quoted(&text.concat())));
                let mut list = |key: &str, names: &[usize]| {
                    if !names.is_empty() {
                        let names: Vec<&str> = names.iter().map(|&n| NAMES[n]).collect();
                        items.push_str(&format!("      {key}: [{}]\n", names.join(", ")));
                    }
                };
                list("leads", &part.leads);
                list(if part.leads.is_empty() { "units" } else { "responsible" }, &part.units);
                list("cooperating", &part.cooperating);
            }
        }
    }
    Project::empty()
        .file("content/units.yaml", units)
        .file("content/p/notice.yaml", notice)
        .file("content/p/items.yaml", items)
}

fn publication(project: &Project) -> Publication {
    let loaded = content::load(&project.root()).unwrap();
    let mut prepared = prepare(&loaded, |_| true);
    let one = prepared.remove(0);
    assert!(!one.diags.has_errors(), "{:?}", one.diags);
    one.publication.unwrap()
}

/// What must come back.
fn told(publication: &Publication) -> Vec<String> {
    let mut lines = vec![publication.title(), format!("{:?}", publication.doc_number())];
    for item in &publication.items {
        let names = |role| item.printed(role).join("、");
        lines.push(format!(
            "{} {} {}\n  {}\n  all {}\n  lead {}\n  responsible {}\n  cooperating {}",
            publication.sections[item.section].path,
            item.label,
            item.parts.len(),
            item.plain(),
            names(None),
            names(Some(Role::Lead)),
            names(Some(Role::Responsible)),
            names(Some(Role::Cooperating)),
        ));
    }
    lines
}

fn imported(files: &[File]) -> Publication {
    let mut project = Project::empty();
    let paths: BTreeMap<&str, &str> =
        files.iter().map(|file| (file.path.as_str(), file.text.as_str())).collect();
    for (path, text) in paths {
        project = project.file(&format!("content/p/{path}"), text);
    }
    publication(&project)
}

fn cases() -> u32 {
    std::env::var("YINFA_FUZZ").ok().and_then(|n| n.parse().ok()).unwrap_or(60)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    /// The same through Word.
    #[test]
    fn a_document_comes_back_as_its_publication(made in generated()) {
        let before = publication(&project(&made));
        let view = view::notice(&before);
        let about = office::Properties::of_notice(&view).unwrap();
        let file = office::docx::notice(&view, &about).unwrap();
        let again = import(&file, Options { name: "p.docx", ..Options::default() }).unwrap();
        let after = imported(&again.files);
        prop_assert_eq!(told(&after), told(&before));
        prop_assert!(again.report.not_understood.is_empty(), "{:?}", again.report.not_understood);
    }

    #[test]
    fn a_page_comes_back_as_its_publication(made in generated()) {
        let before = publication(&project(&made));
        let (templates, _) = Templates::load(None).unwrap();
        let page = templates.render("html/notice.html", &view::notice(&before)).unwrap();
        let again = import(page.as_bytes(), Options { name: "p.html", ..Options::default() }).unwrap();
        let after = imported(&again.files);
        prop_assert_eq!(told(&after), told(&before));
        prop_assert!(again.report.not_understood.is_empty(), "{:?}", again.report.not_understood);
    }
}
