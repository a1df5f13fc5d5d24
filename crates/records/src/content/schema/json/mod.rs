//! The JSON Schema of all record files, for editors: what may be written where, with a word on
//! each key. It is made from what the readers declare.

#[cfg(test)]
mod tests;

use serde_json::{Map, Value, json};

use super::item::items_shape;
use super::notice::NoticeRecord;
use super::progress::ProgressRecord;
use super::project::ProjectRecord;
use super::units::UnitsRecord;
use crate::content::fields::{Field, MappingShape, Shape, Value as _};
use base::diag::Lang;

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
    /// What units reported: progress/PERIOD/UNIT.yaml.
    Progress,
}

impl RecordFile {
    /// All of them with the names that the command line and docs/schema use.
    pub const ALL: [(&'static str, Self); 5] = [
        ("project", Self::Project),
        ("units", Self::Units),
        ("notice", Self::Notice),
        ("items", Self::Items),
        ("progress", Self::Progress),
    ];

    /// What such a file holds.
    pub(crate) fn shape(self) -> Shape {
        match self {
            // An empty file is a project without settings.
            Self::Project => ProjectRecord::shape().or_blank(),
            Self::Units => UnitsRecord::shape(),
            Self::Notice => NoticeRecord::shape(),
            Self::Items => items_shape(),
            Self::Progress => ProgressRecord::shape(),
        }
    }
}

/// The schema (draft 2020-12) of a kind of record file, with a line ending. `rules` are the ids
/// that `check` in yinfa.yaml may name.
pub fn json_schema(file: RecordFile, rules: &[&str]) -> String {
    let title = match file {
        RecordFile::Project => "yinfa.yaml",
        RecordFile::Units => "units.yaml",
        RecordFile::Notice => "notice.yaml",
        RecordFile::Items => "items",
        RecordFile::Progress => "progress",
    };
    let mut writer = Writer { rules, defs: Map::new() };
    let shape = writer.value(&file.shape());
    let mut whole = Map::new();
    whole.insert("$schema".into(), "https://json-schema.org/draft/2020-12/schema".into());
    whole.insert("title".into(), title.into());
    whole.extend(shape);
    whole.insert("$defs".into(), Value::Object(writer.defs));
    format!("{:#}\n", Value::Object(whole))
}

/// Writes shapes, each that is used more than once below `$defs`.
struct Writer<'a> {
    rules: &'a [&'a str],
    defs: Map<String, Value>,
}

impl Writer<'_> {
    fn value(&mut self, shape: &Shape) -> Map<String, Value> {
        match shape {
            // YAML takes `2025` for a number and `true` for a truth value; the records do not.
            Shape::Text => {
                self.define("text", |_| json!({ "type": ["string", "number", "boolean"] }))
            }
            Shape::Integer => map([("type", "integer".into()), ("minimum", 0.into())]),
            Shape::Flag => {
                self.define("flag", |_| json!({ "enum": [true, false, "是", "否", "yes", "no"] }))
            }
            Shape::Choice(words) => {
                map([("enum", words.iter().map(|word| choice(word)).collect())])
            }
            Shape::List(entry) => {
                let entry = self.value(entry);
                map([("type", "array".into()), ("items", entry.into())])
            }
            Shape::OneOrMore(entry) if matches!(**entry, Shape::Text) => {
                self.define("texts", |writer| one_or_more(writer.value(entry)))
            }
            Shape::OneOrMore(entry) => {
                one_or_more(self.value(entry)).as_object().cloned().unwrap_or_default()
            }
            Shape::Mapping(mapping) => self.mapping(mapping),
            Shape::ByRule(setting) => {
                let setting = self.define("level", |writer| writer.value(setting).into());
                let rules = self.rules.iter();
                let rules: Map<String, Value> =
                    rules.map(|rule| ((*rule).to_string(), setting.clone().into())).collect();
                closed(rules)
            }
            Shape::Either(shapes) => {
                let shapes: Vec<Value> = shapes.iter().map(|s| self.value(s).into()).collect();
                map([("anyOf", shapes.into())])
            }
            Shape::Blank => map([("type", "null".into())]),
        }
    }

    fn mapping(&mut self, mapping: &MappingShape) -> Map<String, Value> {
        let mut reference = self.define(mapping.name, |writer| {
            let fields = (mapping.fields)();
            let required: Vec<&str> =
                fields.iter().filter(|field| field.required).map(|field| field.key.name).collect();
            let properties = fields
                .iter()
                .map(|field| (field.key.name.to_string(), writer.field(field).into()))
                .collect();
            let mut object = closed(properties);
            if !required.is_empty() {
                object.insert("required".into(), required.into());
            }
            if !mapping.one_of.is_empty() {
                let one = |key: &&str| json!({ "required": [key] });
                object.insert("oneOf".into(), mapping.one_of.iter().map(one).collect());
            }
            object.into()
        });
        if !mapping.also_required.is_empty() {
            reference.insert("required".into(), mapping.also_required.into());
        }
        reference
    }

    fn field(&mut self, field: &Field) -> Map<String, Value> {
        let mut schema = self.value(&field.shape);
        schema.insert("description".into(), field.key.about.get(Lang::Zh).into());
        schema
    }

    /// A reference to what is written once. The name is taken before it is written: a section
    /// refers to itself.
    fn define(&mut self, name: &str, write: impl FnOnce(&mut Self) -> Value) -> Map<String, Value> {
        if !self.defs.contains_key(name) {
            self.defs.insert(name.into(), Value::Null);
            let written = write(self);
            self.defs.insert(name.into(), written);
        }
        map([("$ref", format!("#/$defs/{name}").into())])
    }
}

fn map<const N: usize>(entries: [(&str, Value); N]) -> Map<String, Value> {
    entries.into_iter().map(|(key, value)| (key.to_string(), value)).collect()
}

/// A mapping with these keys and no others.
fn closed(properties: Map<String, Value>) -> Map<String, Value> {
    map([
        ("type", "object".into()),
        ("additionalProperties", false.into()),
        ("properties", properties.into()),
    ])
}

fn one_or_more(entry: Map<String, Value>) -> Value {
    json!({ "anyOf": [{ "type": "array", "items": entry.clone() }, entry] })
}

/// A word as YAML reads it: `1` is a number.
fn choice(word: &str) -> Value {
    word.parse::<u32>().map_or_else(|_| word.into(), Value::from)
}
