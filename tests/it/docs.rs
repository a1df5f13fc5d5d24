//! The documents show what the program really prints.

use serde_json::Value;

use crate::support::Project;

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
    for (name, text) in yinfa::render::built_in() {
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
