//! A sheet of a workbook, whatever file it is in: its cells where they stand.

use std::collections::BTreeMap;

use super::grid::{self, Cell, Row};
use super::lines::{Extract, Place};
use super::notes::Note;
use super::refusal::too_large;
use crate::limits;
use base::diag::Diagnostic;
use base::text;

/// A sheet as it was read. Rows and columns are counted from zero.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    rows: BTreeMap<u32, BTreeMap<u32, String>>,
    /// Of merged cells the first, and how many rows reach below it.
    spans: BTreeMap<(u32, u32), u32>,
    /// What is to be said, with its row.
    notes: Vec<(u32, Note, String)>,
    cells: usize,
    hidden_columns: Vec<(u32, u32)>,
    /// Bytes of all texts.
    size: usize,
}

impl Sheet {
    /// Columns that are hidden.
    pub(super) fn hide_columns(&mut self, first: u32, last: u32) {
        self.hidden_columns.push((first, last));
    }

    /// A cell reaches down over some rows.
    pub(super) fn span(&mut self, at: (u32, u32), below: u32) {
        if below > 0 {
            self.spans.insert(at, below);
        }
    }

    /// How many cells hold something.
    pub(super) fn cells(&self) -> usize {
        self.cells
    }

    /// A cell holds a formula that the file has no value of.
    pub(super) fn no_value(&mut self, at: (u32, u32)) {
        self.notes.push((at.0, Note::NoValue, name_of(at)));
    }

    /// Puts words into a cell; blank ones are none.
    pub(super) fn put(
        &mut self,
        at: (u32, u32),
        words: &str,
        is_hidden: bool,
    ) -> Result<(), Diagnostic> {
        let words = words.trim();
        if words.is_empty() {
            return Ok(());
        }
        self.cells += 1;
        self.size += words.len();
        if self.cells > limits::CELLS {
            return Err(too_large(text!("表格", "the table")));
        }
        if self.size > limits::TEXT {
            return Err(too_large(text!("文件里的文字", "the text in the file")));
        }
        if is_hidden || self.hidden_columns.iter().any(|(min, max)| (min..=max).contains(&&at.1)) {
            self.notes.push((at.0, Note::ReadHidden, words.chars().take(40).collect()));
        }
        self.rows.entry(at.0).or_default().insert(at.1, words.to_string());
        Ok(())
    }

    /// Adds the sheet to what was read.
    pub(super) fn push(
        &self,
        out: &mut Extract,
        name: &str,
        is_hidden: bool,
    ) -> Result<(), Diagnostic> {
        if is_hidden && !self.rows.is_empty() {
            out.notes.add(Note::ReadHidden, &Place::Row(name.to_string(), 1), name);
        }
        for (row, note, words) in &self.notes {
            out.notes.add(*note, &Place::Row(name.to_string(), *row as usize + 1), words);
        }
        grid::push(out, &self.rows(name))
    }

    /// The rows, with blanks where they have no cell, and without the blanks below merged cells.
    fn rows(&self, name: &str) -> Vec<Row> {
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
