//! A real notice, as a district published it, written as records and built.

use std::fmt::Write as _;

use crate::support::{Project, escaped, html_text, pdf_text, quoted, shared, without_blanks};

/// An item as the published text has it.
struct Item {
    section: String,
    text: String,
    units: Vec<String>,
}

/// The notice, read from the text of the web page.
struct Seed {
    preface: String,
    sections: Vec<String>,
    items: Vec<Item>,
    listed: Vec<String>,
}

const LEADING_GROUP: &str = "吴兴区推进长三角一体化发展工作领导小组";

const GROUPS: &str = "\
groups:
  - {name: 区府各部门, kinds: [党委部门, 政府部门, 派出或垂管机构]}
  - {name: 区直各单位, kinds: [事业单位, 国有企业]}
  - {name: 各乡镇, kinds: [乡镇]}
  - {name: 各街道, kinds: [街道]}
recipients:
  - {text: 高新区管委会, to: [高新区]}
  - {text: 各乡镇人民政府、街道办事处, to: [各乡镇, 各街道]}
";

impl Seed {
    fn read(text: &str) -> Self {
        let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let mut seed =
            Self { preface: String::new(), sections: vec![], items: vec![], listed: vec![] };
        for line in lines.by_ref() {
            let heading = line.split_once('、').filter(|(n, _)| "一二三四五六七八".contains(n));
            let number = line.split_once('.').filter(|(n, _)| n.parse::<u32>().is_ok());
            if line.starts_with("2024年是") {
                seed.preface = line.into();
            } else if let Some((_, heading)) = heading {
                seed.sections.push(heading.into());
            } else if let Some((_, item)) = number {
                let (text, units) = item.split_once("(责任单位:").unwrap();
                let units = units.strip_suffix(')').unwrap();
                let units = units.split_once("<排名").map_or(units, |(units, _)| units);
                seed.items.push(Item {
                    section: seed.sections.last().unwrap().clone(),
                    text: text.into(),
                    units: units.split('、').map(str::to_string).collect(),
                });
            } else if line == "区级有关单位名单" {
                break;
            }
        }
        seed.listed = lines.next().unwrap().split('、').map(str::to_string).collect();
        seed
    }

    /// units.yaml: the attachment's list, and the group that stands outside it.
    fn registry(&self) -> String {
        let mut yaml = String::from("units:\n");
        for name in &self.listed {
            let name = bare(name);
            let kind = match name {
                _ if name.ends_with('镇') || name.ends_with('乡') => "乡镇",
                _ if name.ends_with("街道") => "街道",
                _ if name.ends_with("集团") => "国有企业",
                _ if name.ends_with("分局") => "派出或垂管机构",
                "高新区" => "平台",
                "区融媒体中心" => "事业单位",
                _ if name.starts_with("区委") => "党委部门",
                _ => "政府部门",
            };
            let qualifiers = match name {
                // Printed in two ways.
                "区委组织部" => ", qualifiers: [人才办, 区人才办]",
                "区商务局" => ", qualifiers: [驻上海联络处吴兴工作部]",
                _ => "",
            };
            writeln!(yaml, "  - {{name: {name}, kind: {kind}{qualifiers}}}").unwrap();
        }
        writeln!(
            yaml,
            "  - {{name: {LEADING_GROUP}, kind: 议事协调机构, outside: true, served_by: 区发改局}}"
        )
        .unwrap();
        yaml + GROUPS
    }

    fn notice(&self) -> String {
        let mut sections = String::new();
        for heading in &self.sections {
            writeln!(sections, "    - heading: {heading}").unwrap();
        }
        format!(
            "\
title: 关于印发2024年吴兴区推进长三角一体化发展工作要点的通知
number: {{code: 吴区合办, year: 2024, serial: 1}}
recipients: [高新区管委会, 各乡镇人民政府、街道办事处, 区府各部门, 区直各单位]
letter: 现将《2024年吴兴区推进长三角一体化发展工作要点》印发给你们,请结合实际认真贯彻落实。
lead: first
lead_sentence: 排名第一责任单位为牵头单位,以下同
publisher: 区发改局
date: 2024-09-20
published: 2024-09-20 17:16:20
sign_off: false
disclosure: {{index: 330502/2024-03884, access: 主动公开, period: 长期公开}}
issued:
  title: 2024年吴兴区推进长三角一体化发展工作要点
  preface: {preface}
  sections:
{sections}attachments:
  - {{title: 区级有关单位名单, kind: unit-list}}
",
            preface = quoted(&escaped(&self.preface)),
        )
    }

    fn project(&self) -> Project {
        let mut items = String::new();
        for item in &self.items {
            let units: Vec<_> = item.units.iter().map(|unit| quoted(unit)).collect();
            writeln!(
                items,
                "- section: {}\n  text: {}\n  units: [{}]",
                item.section,
                quoted(&escaped(&item.text)),
                units.join(", ")
            )
            .unwrap();
        }
        Project::empty()
            .file("content/units.yaml", self.registry())
            .file("content/2024/notice.yaml", self.notice())
            .file("content/2024/items.yaml", items)
    }
}

/// The notice with the punctuation that a Chinese text has; the web page has half-width marks.
pub(crate) fn full_width() -> Option<Project> {
    let text = std::fs::read_to_string(shared("seed/notice-2024.txt")?).unwrap();
    let mut seed = Seed::read(&text);
    let wide = |text: &str| -> String {
        let wide = |c: char| match c {
            ',' => '，',
            ';' => '；',
            ':' => '：',
            '(' => '（',
            ')' => '）',
            '<' => '〈',
            '>' => '〉',
            c => c,
        };
        text.chars().map(wide).collect()
    };
    seed.preface = wide(&seed.preface);
    for item in &mut seed.items {
        item.text = wide(&item.text);
        item.units = item.units.iter().map(|unit| wide(unit)).collect();
    }
    Some(seed.project())
}

/// A unit's name without what stands in brackets behind it.
fn bare(name: &str) -> &str {
    name.split(['(', '<']).next().unwrap_or(name)
}

#[test]
fn the_published_notice_of_2024() {
    let Some(path) = shared("seed/notice-2024.txt") else { return };
    let seed = Seed::read(&std::fs::read_to_string(path).unwrap());
    assert_eq!((seed.sections.len(), seed.items.len(), seed.listed.len()), (8, 28, 40));
    let project = seed.project();
    // The published text has a stray blank in the middle of a word: the ruler sees the gap.
    assert_eq!(project.build(&[]).codes(), ["layout-not-met"]);

    // Every item under its section, with its number and its units as they were printed.
    let listed = project.run(&["list", "items", "--format", "json"]).clean().json();
    let listed = listed.as_array().unwrap();
    assert_eq!(listed.len(), 28);
    for (number, (listed, item)) in (1..).zip(listed.iter().zip(&seed.items)) {
        assert_eq!(listed["number"], number);
        assert_eq!(listed["label"], format!("{number}."));
        assert!(listed["section"].as_str().unwrap().ends_with(&item.section), "{listed}");
        assert_eq!(listed["units"], serde_json::json!(item.units));
        assert_eq!(listed["leads"], serde_json::json!(item.units[..1]));
        let text = without_blanks(listed["text"].as_str().unwrap());
        assert_eq!(text, without_blanks(&item.text));
    }

    // In print and on the web: headings and items in their order, each with its bracket.
    let pdf = pdf_text(&project.path("output/2024/public/notice.pdf"));
    let html = html_text(&project.read("output/2024/public/notice.html"));
    let body = html_text(&project.read("output/2024/public/notice.body.html"));
    for (what, text) in [("PDF", &pdf), ("web page", &html), ("body", &body)] {
        let mut rest = text.as_str();
        let mut section = "";
        for (number, item) in (1..).zip(&seed.items) {
            if item.section != section {
                section = &item.section;
                rest = after(rest, section, what);
            }
            let words = format!("{number}.{}", without_blanks(&item.text));
            rest = after(rest, &words, what);
            let bracket = format!("（责任单位：{}", item.units.join("、"));
            assert!(rest.starts_with(&bracket), "{what}: {bracket} is not behind item {number}");
        }
        assert_eq!(text.matches("〔排名第一责任单位为牵头单位,以下同〕").count(), 1, "{what}");
        let list = after(rest, "区级有关单位名单", what);
        for unit in &seed.listed {
            assert!(list.contains(bare(unit)), "{what}: {unit} is not in the attachment");
        }
    }

    // Every unit of an item has it on its sheets.
    let mut with_task = std::collections::BTreeSet::new();
    for item in &seed.items {
        for unit in &item.units {
            // The leading group's work is its office's.
            let unit = if unit == LEADING_GROUP { "区发改局" } else { bare(unit) };
            with_task.insert(unit);
        }
    }
    for unit in &with_task {
        let html = html_text(&project.read(&format!("output/2024/internal/tasks/{unit}.html")));
        let pdf = pdf_text(&project.path(&format!("output/2024/internal/tasks/{unit}.pdf")));
        for (number, item) in (1..).zip(&seed.items) {
            let concerned = item
                .units
                .iter()
                .any(|name| bare(name) == *unit || (name == LEADING_GROUP && *unit == "区发改局"));
            let words = without_blanks(&item.text);
            assert_eq!(html.contains(&words), concerned, "web sheet of {unit}, item {number}");
            assert_eq!(pdf.contains(&words), concerned, "printed sheet of {unit}, item {number}");
        }
    }
    assert_eq!(with_task.len(), 28, "of the 40 listed: {with_task:?}");

    // All townships and subdistricts have a sheet, with or without a task.
    let others: Vec<_> = seed
        .listed
        .iter()
        .map(|unit| bare(unit))
        .filter(|unit| !with_task.contains(unit))
        .filter(|unit| ["乡", "镇", "街道"].iter().any(|end| unit.ends_with(end)))
        .collect();
    for unit in &others {
        let html = html_text(&project.read(&format!("output/2024/internal/tasks/{unit}.html")));
        assert!(html.contains("本单位无单列任务"), "{unit}");
        let pdf = pdf_text(&project.path(&format!("output/2024/internal/tasks/{unit}.pdf")));
        assert!(pdf.contains("本单位无单列任务"), "{unit}");
    }
    let sheets = project.tree("output/2024/internal/tasks");
    let sheets = sheets.lines().filter(|path| path.ends_with(".pdf")).count();
    assert_eq!(sheets, 28 + others.len());
}

/// What stands behind some words, which must be there.
#[track_caller]
fn after<'a>(text: &'a str, words: &str, what: &str) -> &'a str {
    match text.find(words) {
        Some(at) => &text[at + words.len()..],
        None => panic!("{what}: {words} is missing or in another order"),
    }
}
