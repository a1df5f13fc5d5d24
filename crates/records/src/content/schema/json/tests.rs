//! The schema against the readers, and against the sample.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Map, Value};

use super::{RecordFile, json_schema};
use crate::content::schema::item::read_items;
use crate::content::schema::notice::NoticeRecord;
use crate::content::schema::project::ProjectRecord;
use crate::content::schema::units::UnitsRecord;
use crate::content::yaml::{Document, Node, NodeKind, parse};
use base::diag::{Diagnostics, Lang, Source};

fn schema(file: RecordFile) -> Value {
    let rules: Vec<&str> = crate::check::Rule::all().iter().map(|rule| rule.id).collect();
    serde_json::from_str(&json_schema(file, &rules)).expect("JSON")
}

/// The keys that the reader of a file knows where the text has the key `zzzz`.
fn known(file: RecordFile, text: &str) -> BTreeSet<String> {
    let mut diags = Diagnostics::new();
    let (document, problems): (Document, _) = parse(&Source::new("t.yaml", text));
    assert!(!problems.has_errors(), "{text}: {problems:?}");
    match file {
        RecordFile::Project => drop(ProjectRecord::read(&document, &mut diags)),
        RecordFile::Units => drop(UnitsRecord::read(&document, &mut diags)),
        RecordFile::Notice => drop(NoticeRecord::read(&document, &mut diags)),
        RecordFile::Items => drop(read_items(&document, &mut diags)),
    }
    let unknown =
        diags.iter().find(|d| d.code == "key-unknown" && d.message.get(Lang::En).contains("zzzz"));
    let help = unknown.and_then(|d| d.help.as_ref()).unwrap_or_else(|| panic!("{text}: {diags:?}"));
    let (_, keys) = help.get(Lang::En).split_once("keys allowed here: ").expect("the keys");
    keys.split(", ").map(str::to_string).collect()
}

fn properties(schema: &Value) -> BTreeSet<String> {
    schema["properties"].as_object().expect("properties").keys().cloned().collect()
}

#[test]
fn keys_are_those_of_the_readers() {
    use RecordFile::{Items, Notice, Project, Units};
    let project = &schema(Project)["anyOf"][0];
    assert_eq!(properties(project), known(Project, "zzzz: 1\n"));
    assert_eq!(
        properties(&project["properties"]["defaults"]),
        known(Project, "defaults: {zzzz: 1}\n")
    );
    assert_eq!(properties(&schema(Units)), known(Units, "zzzz: 1\n"));
    assert_eq!(properties(&schema(Notice)), known(Notice, "zzzz: 1\n"));
    assert_eq!(properties(&schema(Items)["anyOf"][0]), known(Items, "items: []\nzzzz: 1\n"));
    let defs = &schema(Notice)["$defs"];
    for (name, file, text) in [
        ("fonts", Project, "fonts: {zzzz: 1}\n"),
        ("mail", Project, "mail: {zzzz: 1}\n"),
        ("unit", Units, "units: [{zzzz: 1}]\n"),
        ("contact", Units, "units: [{contact: {zzzz: 1}}]\n"),
        ("group", Units, "groups: [{zzzz: 1}]\n"),
        ("wording", Units, "recipients: [{zzzz: 1}]\n"),
        ("number", Notice, "number: {zzzz: 1}\n"),
        ("secrecy", Notice, "secrecy: {zzzz: 1}\n"),
        ("recipient", Notice, "recipients: [{zzzz: 1}]\n"),
        ("issued", Notice, "issued: {zzzz: 1}\n"),
        ("section", Notice, "issued: {sections: [{zzzz: 1}]}\n"),
        ("numbering", Notice, "items: {zzzz: 1}\n"),
        ("layout", Notice, "layout: {zzzz: 1}\n"),
        ("disclosure", Notice, "disclosure: {zzzz: 1}\n"),
        ("link", Notice, "disclosure: {links: [{zzzz: 1}]}\n"),
        ("process", Notice, "process: {zzzz: 1}\n"),
        ("step", Notice, "process: {signed: {zzzz: 1}}\n"),
        ("reporting", Notice, "reporting: {zzzz: 1}\n"),
        ("sheets", Notice, "sheets: {zzzz: 1}\n"),
        ("item", Items, "zzzz: 1\n"),
        ("part", Items, "parts: [{zzzz: 1}]\n"),
        ("unit-entry", Items, "units: [{zzzz: 1}]\n"),
        ("target", Items, "targets: [{zzzz: 1}]\n"),
        ("deadline", Items, "deadline: {zzzz: 1}\n"),
        ("own", Items, "own: [{zzzz: 1}]\n"),
    ] {
        let def =
            if defs[name]["anyOf"].is_array() { &defs[name]["anyOf"][1] } else { &defs[name] };
        assert_eq!(properties(def), known(file, text), "{name}: left the schema");
    }
    // Which keys an attachment has depends on its kind.
    let mut attachment = BTreeSet::new();
    for kind in ["text", "table", "unit-list", "task-table"] {
        attachment.extend(known(Notice, &format!("attachments: [{{kind: {kind}, zzzz: 1}}]\n")));
    }
    assert_eq!(properties(&defs["attachment"]), attachment);
}

/// The sample's files are valid, and files with a mistake are not.
#[test]
fn the_sample_is_valid() {
    let root = &Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut files = vec![
        (RecordFile::Project, root.join("yinfa.yaml")),
        (RecordFile::Units, root.join("content/units.yaml")),
    ];
    files.push((RecordFile::Notice, root.join("content/2025-yaodian/notice.yaml")));
    for entry in std::fs::read_dir(root.join("content/2025-yaodian/items")).expect("items") {
        files.push((RecordFile::Items, entry.expect("a file").path()));
    }
    assert!(files.len() > 4);
    for (file, path) in files {
        let value = value(&std::fs::read_to_string(&path).expect("a file"));
        let schema = schema(file);
        assert_eq!(wrong(&value, &schema, &schema), None, "{}", path.display());
    }
    for (file, text) in [
        (RecordFile::Notice, "title: 甲\n"),
        (
            RecordFile::Notice,
            "title: 甲\nissued: {title: 乙, sections: [{heading: 丙}]}\nstage: 草稿\n",
        ),
        (RecordFile::Units, "units: [{name: 甲, kind: 局}]\n"),
        (RecordFile::Items, "- {section: 甲, txt: 乙}\n"),
        (RecordFile::Items, "- {text: 乙}\n"),
        (RecordFile::Project, "check: {typos: off}\n"),
    ] {
        let schema = schema(file);
        assert!(wrong(&value(text), &schema, &schema).is_some(), "{text}");
    }
}

/// A YAML file as JSON with numbers and truth values as YAML has them.
fn value(text: &str) -> Value {
    fn of(node: &Node) -> Value {
        match &node.kind {
            NodeKind::Blank => Value::Null,
            NodeKind::Text(text) => {
                let quoted =
                    text.span().source().text()[text.span().range()].starts_with(['"', '\'']);
                let plain = serde_json::from_str::<Value>(text)
                    .ok()
                    .filter(|v| v.is_number() || v.is_boolean());
                plain.filter(|_| !quoted).unwrap_or_else(|| text.as_str().into())
            }
            NodeKind::List(nodes) => nodes.iter().map(of).collect(),
            NodeKind::Map(entries) => {
                let map: Map<String, Value> =
                    entries.iter().map(|e| (e.key.to_string(), of(&e.value))).collect();
                Value::Object(map)
            }
        }
    }
    parse(&Source::new("t.yaml", text)).0.root.as_ref().map_or(Value::Null, of)
}

/// What is wrong with a value, by the part of JSON Schema that is used here.
fn wrong(value: &Value, schema: &Value, root: &Value) -> Option<String> {
    if let Some(name) = schema["$ref"].as_str().and_then(|name| name.strip_prefix("#/$defs/")) {
        let found = wrong(value, &root["$defs"][name], root);
        if found.is_some() {
            return found;
        }
    }
    if let Some(choices) = schema["anyOf"].as_array() {
        let found: Vec<_> = choices.iter().map(|choice| wrong(value, choice, root)).collect();
        if found.iter().all(Option::is_some) {
            return Some(found.into_iter().flatten().collect::<Vec<_>>().join(" / "));
        }
    }
    if let Some(words) = schema["enum"].as_array()
        && !words.contains(value)
    {
        return Some(format!("{value} is none of {words:?}"));
    }
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let fits = |wanted: &Value| wanted == kind || (wanted == "integer" && value.is_u64());
    let type_fits = match &schema["type"] {
        Value::Null => true,
        Value::Array(kinds) => kinds.iter().any(fits),
        wanted => fits(wanted),
    };
    if !type_fits {
        return Some(format!("{value} is {kind}"));
    }
    if let Some(items) = value.as_array().filter(|_| !schema["items"].is_null()) {
        return items.iter().find_map(|item| wrong(item, &schema["items"], root));
    }
    let fields = value.as_object()?;
    for key in schema["required"].as_array().into_iter().flatten() {
        if !fields.contains_key(key.as_str().unwrap_or_default()) {
            return Some(format!("{key} is missing"));
        }
    }
    let properties = schema["properties"].as_object()?;
    fields.iter().find_map(|(key, value)| match properties.get(key) {
        Some(schema) => wrong(value, schema, root).map(|found| format!("{key}: {found}")),
        None => Some(format!("{key} is unknown")),
    })
}

/// docs/schema is what the program prints. `YINFA_BLESS=1` writes it.
#[test]
fn schema_files() {
    let rules: Vec<&str> = crate::check::Rule::all().iter().map(|rule| rule.id).collect();
    for (name, file) in RecordFile::ALL {
        let path =
            Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../docs/schema/{name}.json"));
        let wanted = json_schema(file, &rules);
        if std::env::var_os("YINFA_BLESS").is_some() {
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("docs/schema");
            std::fs::write(&path, &wanted).expect("a schema");
        }
        let there = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            there == wanted,
            "docs/schema/{name}.json is out of date: YINFA_BLESS=1 cargo test --lib schema_files"
        );
    }
}
