//! Tables: .xlsx and .csv.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{DataRef, Reader as _, Xlsx};

use super::grid::{self, Cell, Row};
use super::lines::{Extract, Place};
use super::packed::Packed;
use super::refusal::{damaged, too_large};
use crate::limits;
use base::diag::Diagnostic;
use base::text;

/// The part that makes a zip archive an Excel file.
pub(super) const WORKBOOK: &str = "xl/workbook.xml";

/// Reads an Excel file, sheet by sheet.
pub(super) fn excel(bytes: &[u8]) -> Result<Extract, Diagnostic> {
    Packed::open(bytes)?.check_all()?;
    let mut book: Xlsx<_> =
        Xlsx::new(Cursor::new(bytes)).map_err(|error| damaged(&error.to_string()))?;
    let mut out = Extract::default();
    for name in book.sheet_names() {
        let merged = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
        let Ok(mut reader) = book.worksheet_cells_reader(&name) else { continue };
        // Cells come one by one: a lone cell at the far end of a sheet costs nothing.
        let mut rows: BTreeMap<u32, BTreeMap<u32, String>> = BTreeMap::new();
        let mut count = 0;
        loop {
            match reader.next_cell() {
                Ok(Some(cell)) => {
                    let text = value(cell.get_value());
                    if !text.is_empty() {
                        count += 1;
                        if count > limits::CELLS {
                            return Err(too_large(text!("表格", "the table")));
                        }
                        let (row, column) = cell.get_position();
                        rows.entry(row).or_default().insert(column, text);
                    }
                }
                Ok(None) => break,
                Err(error) => return Err(damaged(&error.to_string())),
            }
        }
        drop(reader);
        let first =
            rows.values().filter_map(|cells| cells.keys().next()).min().copied().unwrap_or(0);
        let spans: Spans = merged
            .iter()
            .map(|region| (region.start, region.end.0.saturating_sub(region.start.0)))
            .filter(|(_, below)| *below > 0)
            .collect();
        grid::push(&mut out, &rows_of(&name, &rows, first, &spans))?;
    }
    Ok(out)
}

/// The cells below the first of a merged region, by the region's first cell.
type Spans = BTreeMap<(u32, u32), u32>;

/// Rows with blanks where they have no cell, and without the blanks below merged cells.
fn rows_of(
    sheet: &str,
    rows: &BTreeMap<u32, BTreeMap<u32, String>>,
    first: u32,
    spans: &Spans,
) -> Vec<Row> {
    let limit = first.saturating_add(u32::try_from(limits::COLUMNS).unwrap_or(u32::MAX) - 1);
    // For each column the last row that a merged cell reaches down to.
    let mut reach: BTreeMap<u32, u32> = BTreeMap::new();
    let mut out: Vec<Row> = Vec::new();
    let mut order: Vec<u32> = rows.keys().copied().collect();
    order.sort_unstable();
    for (place, &n) in order.iter().enumerate() {
        let cells = &rows[&n];
        let last = cells.keys().next_back().copied().unwrap_or(first);
        let mut row = Vec::new();
        for column in first..=last.min(limit) {
            let text = cells.get(&column).cloned().unwrap_or_default();
            if text.is_empty() && reach.get(&column).is_some_and(|&end| end >= n) {
                continue;
            }
            let mut down = 1;
            if let Some(&below) = spans.get(&(n, column)) {
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
        out.push(Row { place: Place::Row(sheet.to_string(), n as usize + 1), cells: row });
    }
    out
}

fn value(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(n) => n.to_string(),
        DataRef::Float(n) => number(*n),
        DataRef::String(text) => text.trim().to_string(),
        DataRef::SharedString(text) => text.trim().to_string(),
        DataRef::Bool(yes) => if *yes { "是" } else { "否" }.to_string(),
        DataRef::DateTime(date) => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        DataRef::DateTimeIso(text) => text.split('T').next().unwrap_or(text).to_string(),
        DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

/// A number as a sheet shows it: numbers come with a fraction even where there is none.
fn number(n: f64) -> String {
    if n.fract() == 0.0 && n.abs() < 1e15 { format!("{n:.0}") } else { n.to_string() }
}

/// Whether a text is a table with commas, semicolons or tabs; which of them.
pub(super) fn separator(text: &str) -> Option<u8> {
    [b',', b';', b'\t'].into_iter().find(|&sign| {
        records(text, sign).records().take(12).flatten().any(|record| {
            let cells: Vec<&str> = record.iter().collect();
            cells.len() >= 3 && crate::columns::is_table_head(&cells)
        })
    })
}

fn records(text: &str, separator: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(text.as_bytes())
}

/// Reads a table of comma-separated values.
pub(super) fn csv(text: &str, separator: u8) -> Result<Extract, Diagnostic> {
    let mut reader = records(text, separator);
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| damaged(&error.to_string()))?;
        let line = record.position().map_or(0, |p| usize::try_from(p.line()).unwrap_or(0));
        let cells =
            record.iter().map(|cell| Cell { text: cell.to_string(), across: 1, down: 1 }).collect();
        rows.push(Row { place: Place::Line(line), cells });
    }
    let mut out = Extract::default();
    grid::push(&mut out, &rows)?;
    Ok(out)
}
