//! Tables of separated values: .csv.

use super::grid::{self, Cell, Row};
use super::lines::{Extract, Place};
use super::refusal::damaged;
use base::diag::Diagnostic;

/// Whether a text is a table with commas, semicolons or tabs; which of them.
pub(super) fn separator(text: &str) -> Option<u8> {
    [b',', b';', b'\t'].into_iter().find(|&sign| {
        reader(text, sign).records().take(12).flatten().any(|record| {
            let cells: Vec<&str> = record.iter().collect();
            cells.len() >= 3 && crate::columns::is_table_head(&cells)
        })
    })
}

fn reader(text: &str, separator: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(text.as_bytes())
}

/// Reads a table of comma-separated values.
pub(super) fn extract(text: &str, separator: u8) -> Result<Extract, Diagnostic> {
    let mut reader = reader(text, separator);
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
