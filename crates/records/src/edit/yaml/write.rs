//! New values as text, in the style of their neighbours.

use super::doc::Doc;
use super::scalar::{self, Manner, Style, Surroundings};
use super::style::{Layout, Styles};
use crate::edit::value::Value;

/// A value as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Form {
    /// It begins behind its key or dash.
    Inline(String),
    /// Lines, the first one without its indentation.
    Lines(String),
}

/// The columns of what stands below a key or behind a dash.
#[derive(Debug, Clone, Copy)]
pub(super) struct Columns {
    pub(super) group: usize,
    pub(super) list: usize,
    /// Inside brackets.
    pub(super) flow: bool,
}

/// Writes values for a place of a file.
#[derive(Debug)]
pub(super) struct Writer<'a> {
    pub(super) doc: &'a Doc<'a>,
    pub(super) styles: &'a Styles<'a>,
    /// Whose neighbours are looked at.
    pub(super) near: usize,
    /// Quotes every text, where the neighbours' style did not do.
    pub(super) careful: bool,
}

/// Longer groups and lists are written line by line.
const SHORT: usize = 60;

impl Writer<'_> {
    pub(super) fn value(&self, value: &Value, key: &str, columns: Columns) -> Form {
        match value {
            Value::Blank if columns.flow => Form::Inline("~".into()),
            Value::Blank => Form::Inline(String::new()),
            Value::Text(text) => Form::Inline(self.text(text, false, key, columns)),
            Value::Prose(text) => Form::Inline(self.text(text, true, key, columns)),
            Value::List(items) if items.is_empty() => Form::Inline("[]".into()),
            Value::Map(entries) if entries.is_empty() => Form::Inline("{}".into()),
            Value::List(items) => match self.layout(value, key, columns) {
                Layout::Flow { .. } => {
                    let inner = format!("{key}[]");
                    let flow = Columns { flow: true, ..columns };
                    let items: Vec<_> = items.iter().map(|i| self.flow(i, &inner, flow)).collect();
                    Form::Inline(format!("[{}]", items.join(", ")))
                }
                Layout::Block => {
                    let column = columns.list;
                    let items = items.iter().map(|item| self.item(item, key, column));
                    Form::Lines(self.joined(items.collect(), column))
                }
            },
            Value::Map(entries) => match self.layout(value, key, columns) {
                Layout::Flow { padded } => {
                    let flow = Columns { flow: true, ..columns };
                    let entries = entries
                        .iter()
                        .map(|(k, v)| format!("{}: {}", self.key(k, true), self.flow(v, k, flow)));
                    let pad = if padded { " " } else { "" };
                    let inner = entries.collect::<Vec<_>>().join(", ");
                    Form::Inline(format!("{{{pad}{inner}{pad}}}"))
                }
                Layout::Block => {
                    let column = columns.group;
                    let entries = entries.iter().map(|(k, v)| self.entry(k, v, column));
                    Form::Lines(self.joined(entries.collect(), column))
                }
            },
        }
    }

    fn flow(&self, value: &Value, key: &str, columns: Columns) -> String {
        match self.value(value, key, columns) {
            Form::Inline(text) | Form::Lines(text) => text,
        }
    }

    fn joined(&self, lines: Vec<String>, column: usize) -> String {
        lines.join(&format!("{}{}", self.doc.newline, " ".repeat(column)))
    }

    /// A key with its value, in a group whose keys stand in a column.
    pub(super) fn entry(&self, key: &str, value: &Value, column: usize) -> String {
        let name = self.key(key, false);
        match self.value(value, key, self.below(column)) {
            Form::Inline(text) if text.is_empty() => format!("{name}:"),
            Form::Inline(text) => format!("{name}: {text}"),
            Form::Lines(lines) => {
                let is_list = matches!(value, Value::List(_));
                let below = self.below(column);
                let indent = " ".repeat(if is_list { below.list } else { below.group });
                format!("{name}:{}{indent}{lines}", self.doc.newline)
            }
        }
    }

    /// An entry of a list whose dashes stand in a column; `key` is that of the list.
    pub(super) fn item(&self, value: &Value, key: &str, column: usize) -> String {
        let gap = " ".repeat(self.styles.dash_gap);
        match self.value(value, &format!("{key}[]"), self.behind_dash(column)) {
            Form::Inline(text) if text.is_empty() => "-".into(),
            Form::Inline(text) | Form::Lines(text) => format!("-{gap}{text}"),
        }
    }

    pub(super) fn below(&self, column: usize) -> Columns {
        let (group, list) = (column + self.styles.step, column + self.styles.list_step);
        Columns { group, list, flow: false }
    }

    pub(super) fn behind_dash(&self, column: usize) -> Columns {
        let inner = column + 1 + self.styles.dash_gap;
        Columns { group: inner, list: inner, flow: false }
    }

    fn surroundings(&self, columns: Columns) -> Surroundings {
        Surroundings { flow: columns.flow, column: columns.group, newline: self.doc.newline }
    }

    pub(super) fn key(&self, key: &str, flow: bool) -> String {
        let at = Surroundings { flow, column: 0, newline: self.doc.newline };
        let plain = Manner::one_line(Style::Plain);
        let ways = scalar::ways(key, &plain, self.styles.usual_quotes(), at);
        ways.into_iter().next().unwrap_or_default()
    }

    fn text(&self, text: &str, prose: bool, key: &str, columns: Columns) -> String {
        let known = self.styles.manner(key, self.near);
        let manner = known.unwrap_or_else(|| Manner::one_line(Style::Plain));
        self.text_in(text, prose, &manner, columns)
    }

    /// A text in a manner, or in the next best one that can say it.
    pub(super) fn text_in(
        &self,
        text: &str,
        prose: bool,
        manner: &Manner,
        columns: Columns,
    ) -> String {
        let at = self.surroundings(columns);
        let mut text = text.to_owned();
        if prose {
            let is_block = matches!(manner.style, Style::Literal | Style::Folded);
            text.truncate(text.trim_end_matches(['\n', '\r']).len());
            let clips = if is_block { manner.clips } else { text.contains('\n') };
            if clips && !columns.flow {
                text.push('\n');
            }
        }
        let manner = if self.careful { &Manner::one_line(Style::Double) } else { manner };
        let ways = scalar::ways(&text, manner, self.styles.usual_quotes(), at);
        ways.into_iter().next().unwrap_or_default()
    }

    fn layout(&self, value: &Value, key: &str, columns: Columns) -> Layout {
        if columns.flow {
            let near = self.styles.layout(key, self.near, matches!(value, Value::List(_)));
            return match near {
                Some(flow @ Layout::Flow { .. }) => flow,
                _ => Layout::Flow { padded: false },
            };
        }
        // A whole file stands in no brackets.
        if key.is_empty() || has_lines(value) {
            return Layout::Block;
        }
        let near = self.styles.layout(key, self.near, matches!(value, Value::List(_)));
        near.unwrap_or_else(|| {
            let flat = length(value).is_some_and(|length| length <= SHORT);
            if flat { Layout::Flow { padded: false } } else { Layout::Block }
        })
    }
}

/// Whether a text in it has several lines.
fn has_lines(value: &Value) -> bool {
    match value {
        Value::Blank => false,
        Value::Text(text) | Value::Prose(text) => text.trim_end_matches('\n').contains('\n'),
        Value::List(items) => items.iter().any(has_lines),
        Value::Map(entries) => entries.iter().any(|(_, value)| has_lines(value)),
    }
}

/// How many characters a list or group of texts has; `None` where it holds another one.
fn length(value: &Value) -> Option<usize> {
    let text = |value: &Value| match value {
        Value::Blank => Some(0),
        _ => value.text().map(|text| text.chars().count() + 2),
    };
    match value {
        Value::List(items) => items.iter().map(text).sum(),
        Value::Map(entries) => {
            entries.iter().map(|(key, value)| Some(key.len() + 2 + text(value)?)).sum()
        }
        value => text(value),
    }
}
