//! The rules on real notices: they must not cry wolf.
//!
//! docs/rules.md states how many findings were right, judged by reading each. Here the counts are
//! held, so that whoever changes a rule reads what changed: `cargo test corpus -- --nocapture`
//! prints all findings.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::support::{Project, escaped, quoted, shared};

/// An item with its units, as the truth of the corpus has them.
struct Item {
    text: String,
    leads: Vec<String>,
    units: Vec<String>,
    cooperating: Vec<String>,
}

const NAMES: [&str; 8] = [
    "02-gf2018-39-jiuye",
    "03-gf2019-3-zongbaoqu",
    "04-gbf2018-117-jili",
    "05-gbf2018-121-tiyu",
    "06-gbf2018-129-xiaofeifupin",
    "07-gf2018-42-nongji",
    "08-gbf2020-43-fangguanfu",
    "09-gbf2020-24-yingshang",
];

/// A notice of the corpus as a project.
fn project(name: &str) -> Option<Project> {
    let text = std::fs::read_to_string(shared(&format!("corpus/{name}.txt"))?).unwrap();
    let truth = std::fs::read_to_string(shared(&format!("corpus/{name}.expect.json"))?).unwrap();
    let truth: serde_json::Value = serde_json::from_str(&truth).unwrap();
    let text = text.replace('\r', "");
    let (items, prose) = items(&text, truth["items"].as_array().unwrap());
    assert!(!items.is_empty());

    let units: BTreeSet<&String> = items
        .iter()
        .flat_map(|item| item.leads.iter().chain(&item.units).chain(&item.cooperating))
        .collect();
    let mut registry = String::from("units:\n");
    for unit in units {
        writeln!(registry, "  - {{name: {}, kind: 政府部门}}", quoted(unit)).unwrap();
    }
    let mut records = String::new();
    for item in &items {
        let list =
            |units: &[String]| units.iter().map(|u| quoted(u)).collect::<Vec<_>>().join(", ");
        writeln!(
            records,
            "- section: 任务\n  text: {}\n  leads: [{}]\n  responsible: [{}]\n  cooperating: [{}]",
            quoted(&escaped(&item.text)),
            list(&item.leads),
            list(&item.units),
            list(&item.cooperating)
        )
        .unwrap();
    }
    let records = records.replace("  leads: []\n", "").replace("  responsible: []\n", "");
    let records = records.replace("  cooperating: []\n", "");
    // The line of the date: deadlines of the text are held against it.
    let date = text.lines().map(str::trim).find(|line| is_date(line));
    let date = date.map(|date| format!("date: {date}\n")).unwrap_or_default();
    let notice = format!(
        "title: 通知\n{date}issued:\n  title: 文本\n  preface: {}\n  sections:\n    - heading: 任务\n",
        quoted(&escaped(&prose))
    );
    Some(
        Project::empty()
            .file("content/units.yaml", registry)
            .file("content/p/notice.yaml", notice)
            .file("content/p/items.yaml", records),
    )
}

/// Whether a line is a date and nothing else: 2018年11月16日.
fn is_date(line: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let parts = line.strip_suffix('日').and_then(|rest| {
        let (year, rest) = rest.split_once('年')?;
        let (month, day) = rest.split_once('月')?;
        Some([year, month, day])
    });
    parts.is_some_and(|parts| parts.into_iter().all(digits))
}

/// The items in the order of the truth, and all lines that are none.
fn items(text: &str, truth: &[serde_json::Value]) -> (Vec<Item>, String) {
    let mut starts = Vec::new();
    let mut from = 0;
    for item in truth {
        let start = item["text_start"].as_str().unwrap();
        let Some(at) = text[from..].find(start) else { continue };
        starts.push((from + at, item));
        from += at + start.len();
    }
    let mut items = Vec::new();
    let mut taken = Vec::new();
    for (place, &(start, truth)) in starts.iter().enumerate() {
        let line = text[start..].find('\n').map_or(text.len(), |at| start + at);
        let next = starts.get(place + 1).map_or(text.len(), |next| next.0);
        let mut end = line.min(next);
        // Behind the last bracket of a line that goes on, the next heading begins.
        if let Some(at) = text[start..end].rfind("负责）") {
            end = start + at + "负责）".len();
        }
        taken.push(start..end);
        let names = |key: &str| -> Vec<String> {
            let list = truth[key].as_array().into_iter().flatten();
            list.filter_map(|name| name.as_str()).map(str::to_string).collect()
        };
        let (leads, cooperating) = (names("lead"), names("coop"));
        let mut units = names("units");
        units.retain(|unit| !leads.contains(unit) && !cooperating.contains(unit));
        items.push(Item { text: without_brackets(&text[start..end]), leads, units, cooperating });
    }
    let mut prose = String::new();
    let mut at = 0;
    for range in taken {
        prose += &text[at..range.start];
        at = range.end;
    }
    prose += &text[at..];
    let lines: Vec<&str> =
        prose.lines().map(str::trim).filter(|line| line.contains('。')).collect();
    (items, lines.join("\n\n"))
}

/// A text without the brackets that name units.
fn without_brackets(text: &str) -> String {
    let mut rest = text;
    let mut kept = String::new();
    while let Some(open) = rest.find('（') {
        let Some(len) = rest[open..].find('）') else { break };
        let bracket = &rest[open..open + len];
        kept += &rest[..open];
        if !["负责", "牵头", "分工"].iter().any(|word| bracket.contains(word)) {
            kept += &rest[open..open + len + '）'.len_utf8()];
        }
        rest = &rest[open + len + '）'.len_utf8()..];
    }
    kept + rest
}

/// A project with one more item, a copy of the first with an invented text and a target: a rule
/// about targets looks only where some are recorded.
fn with_target(project: Project, path: &str) -> Project {
    let items = project.read(path);
    let first = items.split("\n- ").next().unwrap_or_default();
    let mut copy = String::from("\n");
    for line in first.trim_end().lines() {
        let line = if line.starts_with("  text:") { "  text: 新建学校2所。" } else { line };
        writeln!(copy, "{line}").unwrap();
    }
    copy += "  targets: [{name: 新建学校, eq: 2, measure: 所}]\n";
    project.add(path, &copy)
}

/// The findings of a project, counted by rule.
fn count(name: &str, project: &Project, counts: &mut BTreeMap<String, usize>) {
    let run = project.zh(&["check", "--format", "json", "--ignore-system-fonts"]);
    for finding in run.json().as_array().unwrap() {
        let (code, message) =
            (finding["code"].as_str().unwrap(), finding["message"].as_str().unwrap());
        // The records that stand around the text are made up.
        if code == "disclosure-missing" {
            continue;
        }
        assert_ne!(finding["severity"], "error", "{name}: {finding:#}");
        let file = finding["file"].as_str().unwrap_or("content/p/items.yaml");
        let line = finding["line"].as_u64().unwrap_or(1) as usize;
        let text = project.read(file);
        let line: Vec<char> = text.lines().nth(line - 1).unwrap_or_default().chars().collect();
        let column = finding["column"].as_u64().unwrap_or(1) as usize;
        let around: String = line.iter().skip(column.saturating_sub(12)).take(40).collect();
        eprintln!("{name} {} {code}: {message}\n      …{around}…", finding["severity"]);
        *counts.entry(code.to_string()).or_default() += 1;
    }
}

/// The notices as `yinfa import` reads them. Its proposal of a registry leaves groups without
/// members, which is what most findings say.
#[test]
fn through_the_importer() {
    let mut counts = BTreeMap::new();
    let corpus = NAMES.iter().map(|name| format!("corpus/{name}.txt"));
    for path in corpus.chain(["seed/notice-2024.txt".to_string()]) {
        let Some(file) = shared(&path) else { return };
        let project = Project::bare().file("yinfa.yaml", "office: 某办\n");
        project.zh(&["import", "--output", "content/p", file.to_str().unwrap()]).fine();
        count(&path, &project, &mut counts);
    }
    let counts: Vec<String> = counts.iter().map(|(code, n)| format!("{code} {n}")).collect();
    insta::assert_snapshot!(counts.join("\n"), @"
    full-stop 1
    heading-parallel 1
    outside-only 1
    sentence-twice 1
    target-unrecorded 8
    unit-nobody 5
    unit-spelling 1
    unit-unnamed 7
    unit-without-task 1
    ");
}

#[test]
fn corpus() {
    let mut counts = BTreeMap::new();
    for name in NAMES {
        let Some(project) = project(name) else { return };
        count(name, &with_target(project, "content/p/items.yaml"), &mut counts);
    }
    let Some(seed) = crate::seed::full_width() else { return };
    count("seed", &with_target(seed, "content/2024/items.yaml"), &mut counts);
    let counts: Vec<String> = counts.iter().map(|(code, n)| format!("{code} {n}")).collect();
    insta::assert_snapshot!(counts.join("\n"), @"
    downward-consent 1
    full-stop 1
    half-width-mark 2
    heading-parallel 1
    outside-only 1
    sentence-twice 1
    space-in-text 1
    target-unrecorded 26
    unit-spelling 1
    unit-without-task 1
    ");
}
