//! What the readers declare of the records: the shape of each value and a word on each key. The
//! JSON Schema and the tables of docs/records.md are made from this.

use base::diag::Words;

/// A key of a mapping, with what it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Key {
    /// As it is written in a record.
    pub(crate) name: &'static str,
    /// What it means. The Chinese goes into the JSON Schema; the English, which may hold Markdown,
    /// into docs/records.md.
    pub(crate) about: Words,
}

/// A key, with what it means in Chinese and in English.
pub(crate) const fn key(name: &'static str, zh: &'static str, en: &'static str) -> Key {
    Key { name, about: Words::new(zh, en) }
}

/// What may stand behind a key.
#[derive(Debug, Clone)]
pub(crate) enum Shape {
    /// A text.
    Text,
    /// A whole number, not negative.
    Integer,
    /// `true` or `false`.
    Flag,
    /// One of these words.
    Choice(Vec<&'static str>),
    /// A list.
    List(Box<Shape>),
    /// A list, or one entry of it.
    OneOrMore(Box<Shape>),
    /// A mapping with fixed keys.
    Mapping(MappingShape),
    /// A mapping from the ids of rules.
    ByRule(Box<Shape>),
    /// Any of these.
    Either(Vec<Shape>),
    /// Nothing, as in a form that is to be filled in.
    Blank,
}

/// A mapping with fixed keys.
#[derive(Debug, Clone)]
pub(crate) struct MappingShape {
    /// Its name in `$defs` and in docs/records.md.
    pub(crate) name: &'static str,
    /// Its keys, read only when they are asked for: a section holds sections.
    pub(crate) fields: fn() -> Vec<Field>,
    /// Keys that must be there in this place although they may be left out in others.
    pub(crate) also_required: &'static [&'static str],
    /// Keys of which exactly one must be there.
    pub(crate) one_of: &'static [&'static str],
}

/// A key of a mapping and what may stand behind it.
#[derive(Debug, Clone)]
pub(crate) struct Field {
    /// The key.
    pub(crate) key: Key,
    /// Whether it must be there.
    pub(crate) required: bool,
    /// What may stand behind it.
    pub(crate) shape: Shape,
}

impl Shape {
    /// This, or nothing.
    pub(crate) fn or_blank(self) -> Self {
        Self::Either(vec![self, Self::Blank])
    }

    /// One of the words of a table of choices.
    pub(crate) fn choice<T>(choices: &[(&'static str, T)]) -> Self {
        Self::Choice(choices.iter().map(|(word, _)| *word).collect())
    }
}

impl MappingShape {
    /// The same where further keys must be there.
    pub(crate) fn requiring(self, keys: &'static [&'static str]) -> Self {
        Self { also_required: keys, ..self }
    }
}
