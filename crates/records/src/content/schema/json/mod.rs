//! The JSON Schema of all record files, for editors: what may be written where, with a word on
//! each key. A test asks the readers for their keys and holds the two together.

mod records;
#[cfg(test)]
mod tests;

use serde_json::{Map, Value, json};

/// The record files, each with a schema of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordFile {
    /// yinfa.yaml.
    Project,
    /// units.yaml.
    Units,
    /// notice.yaml.
    Notice,
    /// Item files.
    Items,
}

impl RecordFile {
    /// All of them with the names that the command line and docs/schema use.
    pub const ALL: [(&'static str, Self); 4] = [
        ("project", Self::Project),
        ("units", Self::Units),
        ("notice", Self::Notice),
        ("items", Self::Items),
    ];
}

/// The schema (draft 2020-12) of a kind of record file, with a line ending. `rules` are the ids
/// that `check` in yinfa.yaml may name.
pub fn json_schema(file: RecordFile, rules: &[&str]) -> String {
    let (title, mut schema) = match file {
        RecordFile::Project => ("yinfa.yaml", records::project(rules)),
        RecordFile::Units => ("units.yaml", records::units()),
        RecordFile::Notice => ("notice.yaml", records::notice()),
        RecordFile::Items => ("items", records::items()),
    };
    let mut whole = Map::new();
    whole.insert("$schema".into(), "https://json-schema.org/draft/2020-12/schema".into());
    whole.insert("title".into(), title.into());
    if let Some(own) = schema.as_object_mut() {
        whole.append(own);
    }
    whole.insert("$defs".into(), records::definitions());
    format!("{:#}\n", Value::Object(whole))
}

/// A mapping with these keys and no others.
fn object(required: &[&str], properties: &[(&str, Value)]) -> Value {
    let properties: Map<String, Value> =
        properties.iter().map(|(key, schema)| ((*key).to_string(), schema.clone())).collect();
    let mut object = json!({
        "type": "object",
        "additionalProperties": false,
        "properties": properties,
    });
    if !required.is_empty() {
        object["required"] = required.into();
    }
    object
}

/// A text. YAML takes `2025` for a number and `true` for a truth value; the records do not.
fn text(description: &str) -> Value {
    json!({ "type": ["string", "number", "boolean"], "description": description })
}

/// One of some words.
fn choice<'a>(description: &str, words: impl IntoIterator<Item = &'a str>) -> Value {
    let words: Vec<&str> = words.into_iter().collect();
    json!({ "enum": words, "description": description })
}

/// `true` or `false`, in the words that are understood.
fn flag(description: &str) -> Value {
    json!({ "enum": [true, false, "是", "否", "yes", "no"], "description": description })
}

/// A whole number.
fn integer(description: &str) -> Value {
    json!({ "type": "integer", "minimum": 0, "description": description })
}

/// A list, or one entry of it.
fn list(description: &str, entry: Value) -> Value {
    json!({ "description": description, "anyOf": [{ "type": "array", "items": entry }, entry] })
}

/// A list of texts, or one.
fn texts(description: &str) -> Value {
    list(description, text(description))
}

/// A mapping that is defined elsewhere.
fn of(name: &str, description: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}"), "description": description })
}

/// A list of mappings that are defined elsewhere, or one.
fn list_of(name: &str, description: &str) -> Value {
    list(description, json!({ "$ref": format!("#/$defs/{name}") }))
}

/// A schema that also lets the value be blank, as in a form to be filled in.
fn or_blank(schema: Value) -> Value {
    json!({ "anyOf": [schema, { "type": "null" }] })
}
