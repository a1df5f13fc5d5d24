//! The documents show what the program really prints.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::{ITEMS, Project};

/// What the program lists of the sample, which the documents take their examples from.
fn list(what: &str) -> Vec<Value> {
    let args = ["list", what, "--format", "json", "--root", env!("CARGO_MANIFEST_DIR")];
    let run = Project::bare().run(&args).clean();
    run.json().as_array().unwrap().clone()
}

/// The first JSON block behind a heading.
fn example(doc: &str, heading: &str) -> Value {
    let start = format!("{heading}\n");
    let (_, rest) = doc.split_once(&start).unwrap_or_else(|| panic!("no heading {heading}"));
    let (_, json) = rest.split_once("```json\n").unwrap();
    let (json, _) = json.split_once("```").unwrap();
    serde_json::from_str(json).unwrap_or_else(|error| panic!("{heading}: {error}"))
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

/// Asserts that an example is what the program lists, but for texts that are cut with an ellipsis.
#[track_caller]
fn same(example: &Value, listed: &Value) {
    assert_eq!(keys(example), keys(listed), "names and order of the fields");
    for (key, value) in example.as_object().unwrap() {
        match value.as_str().and_then(|text| text.strip_suffix('…')) {
            Some(start) => assert!(listed[key].as_str().unwrap().starts_with(start), "{key}"),
            None => assert_eq!(*value, listed[key], "{key}"),
        }
    }
}

#[test]
fn the_json_of_list() {
    let doc = include_str!("../../docs/list.md");
    for (what, identity) in [
        ("publications", &["publication"][..]),
        ("items", &["publication", "number"]),
        ("units", &["name"]),
        ("tasks", &["publication", "unit", "number"]),
    ] {
        let example = example(doc, &format!("## {what}"));
        let list = list(what);
        let listed =
            list.iter().find(|entry| identity.iter().all(|key| entry[key] == example[key]));
        same(&example, listed.unwrap_or_else(|| panic!("not in the sample: {example}")));
    }
}

#[test]
fn the_manifest() {
    let example = example(include_str!("../../docs/manifest.md"), "# manifest.json");
    let project = Project::new();
    project.build(&["--format", "pdf", "--unit", "东山镇"]).clean();
    let manifest = serde_json::from_str(&project.read("output/p/manifest.json")).unwrap();
    assert_eq!(keys(&example), keys(&manifest));
    let entry = |manifest: &Value| {
        manifest["artifacts"].as_object().unwrap().values().next().unwrap().clone()
    };
    let (example, entry) = (entry(&example), entry(&manifest));
    assert_eq!(keys(&example), keys(&entry));
    for key in ["kind", "program", "engine"] {
        assert_eq!(example[key], entry[key], "{key}");
    }
}

#[test]
fn the_blocks_of_templates() {
    let doc = include_str!("../../docs/templates.md");
    let mut blocks = 0;
    for (name, text) in pages::render::built_in() {
        for piece in text.split("{%").skip(1) {
            let piece = piece.trim_start_matches('-').trim_start();
            let Some(block) = piece.strip_prefix("block ") else { continue };
            let block = block.split([' ', '-', '%']).next().unwrap();
            assert!(doc.contains(&format!("`{block}`")), "`{block}` of {name} is not documented");
            blocks += 1;
        }
    }
    assert!(blocks > 30, "{blocks}");
}

#[test]
fn the_fields_of_views() {
    let doc = include_str!("../../docs/templates.md");
    for view in ["notice", "sheet", "index", "breakdown"] {
        let template = format!("templates/html/{view}.html");
        let run = Project::new().file(&template, "{{ zzzz }}").build_html(&[]).refused();
        let (_, variables) = run.stderr.split_once("Available variables: ").unwrap();
        let (_, section) = doc.split_once(&format!("\n### {view}\n")).unwrap();
        let section = section.split("\n### ").next().unwrap();
        for variable in variables.lines().next().unwrap().split(", ") {
            let named = [format!("`{variable}`"), format!("`{variable}[]`")];
            assert!(
                named.iter().any(|name| section.contains(name)),
                "`{variable}` of {view} is not documented"
            );
        }
    }
}

/// A project whose views have something in every field.
fn full() -> Project {
    let more = "\
organ: [云溪区发改局, 云溪区教育局]
copies: [区委办]
printed_by: 云溪区发改局办公室
printed: 2025-03-07
note: 此件公开发布
attachments:
  - {title: 一, kind: text, text: 甲}
  - {title: 二, kind: table, columns: [甲], rows: [[乙]]}
  - {title: 三, kind: unit-list, of: letter}
  - {title: 四, kind: task-table}
reporting: {cycle: 每月, due: 25日前}
";
    Project::new()
        .add("content/p/notice.yaml", more)
        .change(
            "content/p/notice.yaml",
            "公开}",
            "公开, links: [{text: 解读, url: https://example.com}]}",
        )
        .file("content/p/items.yaml", format!("{ITEMS}  targets: [{{name: 学校, eq: 2}}]\n"))
}

/// The names of all fields inside a view, however deep; those of rich texts are their own affair.
fn names(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) if fields.keys().eq(["blocks"]) => {}
        Value::Object(fields) => {
            for (name, value) in fields {
                found.insert(name.clone());
                names(value, found);
            }
        }
        Value::Array(list) => list.iter().for_each(|value| names(value, found)),
        _ => {}
    }
}

#[test]
fn the_fields_inside_views() {
    let doc = include_str!("../../docs/templates.md");
    let (_, doc) = doc.split_once("\n## Views\n").unwrap();
    let project = full();
    project.build_html(&[]).clean();
    let loaded = records::content::load(&project.root()).unwrap();
    let prepared = records::publication::prepare(&loaded, |_| true);
    let publication = prepared[0].publication.as_ref().unwrap();
    let tasks = publication.tasks();
    let (&unit, of_unit) = tasks.iter().next().unwrap();
    let views = [
        serde_json::to_value(records::view::notice(publication)).unwrap(),
        serde_json::to_value(records::view::sheet(publication, unit, of_unit)).unwrap(),
        serde_json::to_value(records::view::index(
            publication,
            &tasks,
            &[unit],
            Default::default(),
            0,
        ))
        .unwrap(),
    ];
    let mut found = BTreeSet::new();
    views.iter().for_each(|view| names(view, &mut found));
    assert!(found.len() > 80, "{found:?}");
    let unnamed: Vec<_> = found
        .iter()
        .filter(|name| {
            ["", "[]", "[][]"].iter().all(|end| !doc.contains(&format!("`{name}{end}`")))
        })
        .collect();
    assert!(unnamed.is_empty(), "not documented: {unnamed:?}");
    // And nothing is named that is not there.
    let (_, notice) = doc.split_once("\n### notice\n").unwrap();
    for row in notice.lines().filter(|line| line.starts_with("| `")) {
        let fields = row.split('|').nth(1).unwrap();
        for name in fields.split('`').skip(1).step_by(2).map(|name| name.trim_end_matches("[]")) {
            assert!(found.contains(name), "`{name}` is documented and not there");
        }
    }
}

#[test]
fn what_templates_may_call_in_layout() {
    let doc = include_str!("../../docs/templates.md");
    // layout.typ has all that tables.typ has.
    let files = ["typst/layout.typ", "typst/tables.typ"];
    let templates = pages::render::built_in().into_iter();
    let layout = templates.filter(|(name, _)| files.contains(&name.as_str()));
    let layout: String = layout.map(|(_, text)| text).collect();
    let (_, table) = doc.split_once("\n| of layout.typ |").unwrap();
    let table = table.split("\n\n").next().unwrap();
    for code in table.split('`').skip(1).step_by(2).filter(|code| !code.starts_with('#')) {
        let (name, parameters) = code.split_once('(').unwrap_or((code, ""));
        let at = layout.find(&format!("\n#let {name}("));
        let at = at.unwrap_or_else(|| panic!("{name} is not in layout.typ"));
        let definition = layout[at..].split(" = ").next().unwrap();
        for parameter in parameters.trim_end_matches(')').split(", ").filter(|p| !p.is_empty()) {
            assert!(definition.contains(parameter), "{name} has no `{parameter}`: {definition}");
        }
    }
}
