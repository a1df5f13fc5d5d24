//! The cells of a sheet.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::super::grid::{Cell, Row};
use super::super::lines::Place;
use super::super::notes::Note;
use super::super::refusal::{damaged, too_large};
use super::super::xml::{attribute, resolve};
use super::format::{Format, shown};
use super::parts::{Strings, Text};
use crate::limits;
use base::diag::Diagnostic;
use base::text;

/// A sheet as it was read.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    pub(super) rows: BTreeMap<u32, BTreeMap<u32, String>>,
    /// Of merged cells the first, and how many rows reach below it.
    spans: BTreeMap<(u32, u32), u32>,
    /// What is to be said, with its row.
    pub(super) notes: Vec<(u32, Note, String)>,
    pub(super) cells: usize,
    hidden_columns: Vec<(u32, u32)>,
    /// Bytes of all texts.
    size: usize,
}

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
                    "col" => sheet.column(tag),
                    "mergeCell" => sheet.merged(tag),
                    name => cell.text.start(name),
                }
            }
            Event::End(tag) => {
                let name = tag.local_name();
                match name.as_ref() {
                    "v" => cell.in_value = false,
                    "c" => {
                        let done = std::mem::take(&mut cell);
                        sheet.put(done, hidden, strings, formats)?;
                        if sheet.cells > limit {
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

impl Sheet {
    fn column(&mut self, tag: &BytesStart<'_>) {
        let number = |name: &str| attribute(tag, name).and_then(|v| v.parse::<u32>().ok());
        let hidden = attribute(tag, "hidden").is_some_and(|v| v == "1" || v == "true");
        if let (true, Some(min), Some(max)) = (hidden, number("min"), number("max")) {
            self.hidden_columns.push((min.saturating_sub(1), max.saturating_sub(1)));
        }
    }

    fn merged(&mut self, tag: &BytesStart<'_>) {
        let Some(range) = attribute(tag, "ref") else { return };
        let ends = range.split_once(':').and_then(|(a, b)| position(a).zip(position(b)));
        if let Some((start, end)) = ends.filter(|(start, end)| end.0 > start.0) {
            self.spans.insert(start, end.0 - start.0);
        }
    }

    fn put(
        &mut self,
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
            "b" => if value.trim() == "1" { "是" } else { "否" }.to_string(),
            "e" => String::new(),
            "d" => value.split('T').next().unwrap_or_default().to_string(),
            _ => match value.trim().parse::<f64>() {
                Ok(number) => shown(number, formats.get(style)),
                Err(_) => value.clone(),
            },
        };
        let words = words.trim();
        if words.is_empty() {
            if has_formula && value.is_empty() {
                self.notes.push((at.0, Note::NoValue, name_of(at)));
            }
            return Ok(());
        }
        self.cells += 1;
        self.size += words.len();
        if self.size > limits::TEXT {
            return Err(too_large(text!("文件里的文字", "the text in the file")));
        }
        if hidden || self.hidden_columns.iter().any(|(min, max)| (min..=max).contains(&&at.1)) {
            self.notes.push((at.0, Note::ReadHidden, words.chars().take(40).collect()));
        }
        self.rows.entry(at.0).or_default().insert(at.1, words.to_string());
        Ok(())
    }

    /// The rows, with blanks where they have no cell, and without the blanks below merged cells.
    pub(super) fn rows(&self, name: &str) -> Vec<Row> {
        let first = self.rows.values().filter_map(|cells| cells.keys().next()).min().copied();
        let first = first.unwrap_or(0);
        let limit = first.saturating_add(u32::try_from(limits::COLUMNS).unwrap_or(u32::MAX) - 1);
        // For each column the last row that a merged cell reaches down to.
        let mut reach: BTreeMap<u32, u32> = BTreeMap::new();
        let order: Vec<u32> = self.rows.keys().copied().collect();
        let mut out = Vec::new();
        for (place, &n) in order.iter().enumerate() {
            let cells = &self.rows[&n];
            let last = cells.keys().next_back().copied().unwrap_or(first);
            let mut row = Vec::new();
            for column in first..=last.min(limit) {
                let text = cells.get(&column).cloned().unwrap_or_default();
                if text.is_empty() && reach.get(&column).is_some_and(|&end| end >= n) {
                    continue;
                }
                let mut down = 1;
                if let Some(&below) = self.spans.get(&(n, column)) {
                    let end = n.saturating_add(below);
                    reach.insert(column, end);
                    // Rows without any cell are not there: only those that are count.
                    down += order[place + 1..].iter().take_while(|&&row| row <= end).count();
                }
                row.push(Cell { text, across: 1, down });
            }
            // Cells beyond the last column that is kept still have their words.
            let beyond = cells.range(limit.saturating_add(1)..);
            row.extend(beyond.map(|(_, text)| Cell { text: text.clone(), across: 1, down: 1 }));
            out.push(Row { place: Place::Row(name.to_string(), n as usize + 1), cells: row });
        }
        out
    }
}

/// `B12`.
fn name_of((row, column): (u32, u32)) -> String {
    let mut letters = String::new();
    let mut rest = column + 1;
    while rest > 0 {
        let digit = (rest - 1) % 26;
        letters.insert(0, char::from(b'A' + u8::try_from(digit).unwrap_or(0)));
        rest = (rest - 1) / 26;
    }
    format!("{letters}{}", row + 1)
}
