//! The cells of a sheet.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::parts::{Strings, Text};
use crate::input::format::{Format, shown, yes_or_no};
use crate::input::refusal::{damaged, too_large};
use crate::input::sheet::Sheet;
use crate::input::xml::{attribute, resolve};
use base::diag::Diagnostic;
use base::text;

/// A cell that is open.
#[derive(Default)]
struct Open {
    at: (u32, u32),
    kind: String,
    style: usize,
    value: String,
    has_formula: bool,
    in_value: bool,
    text: Text,
}

/// Reads a sheet of at most `limit` cells.
pub(super) fn read(
    xml: &str,
    strings: &Strings,
    formats: &[Format],
    limit: usize,
) -> Result<Sheet, Diagnostic> {
    let mut sheet = Sheet::default();
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    let mut cell = Open::default();
    let (mut row, mut next) = (0u32, 0u32);
    let mut hidden = false;
    loop {
        let event = reader.read_event().map_err(|error| damaged(&error.to_string()))?;
        match &event {
            Event::Start(tag) | Event::Empty(tag) => {
                let name = tag.local_name();
                match name.as_ref() {
                    "row" => {
                        let given = attribute(tag, "r").and_then(|r| r.parse::<u32>().ok());
                        row = given.map_or(row, |r| r.saturating_sub(1));
                        next = 0;
                        hidden = attribute(tag, "hidden").is_some_and(|v| v == "1" || v == "true");
                    }
                    "c" => {
                        let at = attribute(tag, "r").and_then(|r| position(&r));
                        let at = at.unwrap_or((row, next));
                        next = at.1.saturating_add(1);
                        cell = Open {
                            at,
                            kind: attribute(tag, "t").unwrap_or_default(),
                            style: attribute(tag, "s").and_then(|s| s.parse().ok()).unwrap_or(0),
                            ..Open::default()
                        };
                    }
                    "v" => cell.in_value = matches!(event, Event::Start(_)),
                    "f" => cell.has_formula = true,
                    "col" => column(&mut sheet, tag),
                    "mergeCell" => merged(&mut sheet, tag),
                    name => cell.text.start(name),
                }
            }
            Event::End(tag) => {
                let name = tag.local_name();
                match name.as_ref() {
                    "v" => cell.in_value = false,
                    "c" => {
                        let done = std::mem::take(&mut cell);
                        put(&mut sheet, done, hidden, strings, formats)?;
                        if sheet.cells() > limit {
                            return Err(too_large(text!("表格", "the table")));
                        }
                    }
                    "row" => row = row.saturating_add(1),
                    name => cell.text.end(name),
                }
            }
            Event::Text(words) => cell.add(words),
            Event::CData(words) => cell.add(words),
            Event::GeneralRef(reference) => cell.add(&resolve(reference)),
            Event::Eof => return Ok(sheet),
            _ => {}
        }
    }
}

/// Row and column of `B12`, from zero.
fn position(name: &str) -> Option<(u32, u32)> {
    let letters = name.bytes().take_while(u8::is_ascii_uppercase).count();
    if !(1..=3).contains(&letters) {
        return None;
    }
    let column = name[..letters].bytes().fold(0, |n, b| n * 26 + u32::from(b - b'A') + 1);
    let row: u32 = name[letters..].parse().ok()?;
    Some((row.checked_sub(1)?, column - 1))
}

impl Open {
    fn add(&mut self, words: &str) {
        if self.in_value {
            self.value.push_str(words);
        } else {
            self.text.add(words);
        }
    }
}

fn column(sheet: &mut Sheet, tag: &BytesStart<'_>) {
    let number = |name: &str| attribute(tag, name).and_then(|v| v.parse::<u32>().ok());
    let hidden = attribute(tag, "hidden").is_some_and(|v| v == "1" || v == "true");
    if let (true, Some(min), Some(max)) = (hidden, number("min"), number("max")) {
        sheet.hide_columns(min.saturating_sub(1), max.saturating_sub(1));
    }
}

fn merged(sheet: &mut Sheet, tag: &BytesStart<'_>) {
    let Some(range) = attribute(tag, "ref") else { return };
    let ends = range.split_once(':').and_then(|(a, b)| position(a).zip(position(b)));
    if let Some((start, end)) = ends {
        sheet.span(start, end.0.saturating_sub(start.0));
    }
}

fn put(
    sheet: &mut Sheet,
    cell: Open,
    hidden: bool,
    strings: &Strings,
    formats: &[Format],
) -> Result<(), Diagnostic> {
    let Open { at, kind, style, value, has_formula, mut text, .. } = cell;
    let words = match kind.as_str() {
        "s" => value.trim().parse().map_or(String::new(), |n| strings.get(n).to_string()),
        "inlineStr" => text.take(),
        "str" => value.replace("_x000D_", ""),
        "b" => yes_or_no(value.trim() == "1").to_string(),
        "e" => String::new(),
        "d" => value.split('T').next().unwrap_or_default().to_string(),
        _ => match value.trim().parse::<f64>() {
            Ok(number) => shown(number, formats.get(style)),
            Err(_) => value.clone(),
        },
    };
    if words.trim().is_empty() && has_formula && value.is_empty() {
        sheet.no_value(at);
    }
    sheet.put(at, &words, hidden)
}
