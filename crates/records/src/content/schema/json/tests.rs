//! The schema against the readers, and against the sample.

use std::path::Path;

use serde_json::{Map, Value};

use super::{RecordFile, json_schema};
use crate::content::yaml::{Node, NodeKind, parse};
use base::diag::Source;

fn schema(file: RecordFile) -> Value {
    let rules: Vec<&str> = crate::check::Rule::all().iter().map(|rule| rule.id).collect();
    serde_json::from_str(&json_schema(file, &rules)).expect("JSON")
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
        (RecordFile::Items, "- {section: 甲, text: 乙, units: [{nam: 丙}]}\n"),
        (RecordFile::Items, "section: 甲\nitem: []\n"),
        (RecordFile::Items, "- {section: 甲, text: 乙, targets: [{ge: 3}]}\n"),
        (
            RecordFile::Notice,
            "title: 甲\nissued: {title: 乙, sections: [{heading: 丙, start: 三}]}\n",
        ),
        (
            RecordFile::Notice,
            "title: 甲\nissued: {title: 乙, sections: []}\nnumber: {code: 丙, year: 二〇二五}\n",
        ),
        (
            RecordFile::Notice,
            "title: 甲\nissued: {title: 乙, sections: []}\nattachments: {title: 丙, kind: 表}\n",
        ),
        (RecordFile::Notice, "title: 甲\nbody: {before: 乙}\nissued: {title: 乙, sections: []}\n"),
        (RecordFile::Notice, "title: 甲\nkind: 命令\nbody: {before: 乙}\n"),
        (RecordFile::Project, "check: {typos: off}\n"),
        (RecordFile::Project, "check: {unit-order: never}\n"),
        (RecordFile::Project, "defaults: {title: 甲}\n"),
        (RecordFile::Project, "defaults: {sign_off: 不}\n"),
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
    if let Some(choices) = schema["oneOf"].as_array() {
        let fitting = choices.iter().filter(|choice| wrong(value, choice, root).is_none()).count();
        if fitting != 1 {
            return Some(format!("{fitting} of {choices:?} fit"));
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
