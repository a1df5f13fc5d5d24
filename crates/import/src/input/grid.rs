//! Tables of any kind of file to rows; cells that span rows stand in each of them.

use std::ops::Range;

use super::lines::{CellText, Extract, Form, Place};
use crate::limits;
use base::diag::Diagnostic;

/// A cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) text: String,
    /// How many columns and rows it takes, at least one.
    pub(super) across: usize,
    pub(super) down: usize,
}

/// A row with its place in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) place: Place,
    pub(super) cells: Vec<Cell>,
}

/// Adds the rows of a table.
pub(super) fn push(extract: &mut Extract, rows: &[Row]) -> Result<(), Diagnostic> {
    extract.tables += 1;
    // For each column: how many rows the cell above still takes, and its text.
    let mut above: Vec<(usize, Range<usize>)> = Vec::new();
    for row in rows {
        let mut cells: Vec<CellText<'_>> = Vec::new();
        let mut next = row.cells.iter();
        let mut spans: Vec<(usize, usize, usize)> = Vec::new();
        loop {
            let column = cells.len();
            if column >= limits::COLUMNS {
                break;
            }
            if let Some((left, range)) = above.get_mut(column).filter(|(left, _)| *left > 0) {
                *left -= 1;
                cells.push(CellText::Above(range.clone()));
                continue;
            }
            let Some(cell) = next.next() else {
                if above.iter().skip(column).any(|(left, _)| *left > 0) {
                    cells.push(CellText::New(""));
                    continue;
                }
                break;
            };
            spans.push((column, cell.across.max(1), cell.down.max(1)));
            cells.push(CellText::New(&cell.text));
            for _ in 1..cell.across.min(limits::COLUMNS - column) {
                cells.push(CellText::New(""));
            }
        }
        // Cells beyond the last column that is kept still have their words.
        let rest: String = next.map(|cell| cell.text.as_str()).collect();
        let ranges = extract.push_row(&cells, row.place.clone())?;
        for (column, across, down) in spans {
            for n in column..(column + across).min(ranges.len()) {
                if above.len() <= n {
                    above.resize(n + 1, (0, 0..0));
                }
                let range = if n == column {
                    ranges[column].clone()
                } else {
                    ranges[column].end..ranges[column].end
                };
                above[n] = (down - 1, range);
            }
        }
        if !rest.trim().is_empty() {
            extract.push(&rest, row.place.clone(), Form::Text)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str, across: usize, down: usize) -> Cell {
        Cell { text: text.into(), across, down }
    }

    #[test]
    fn spans_reach_down_and_across() {
        let rows = [
            Row { place: Place::Line(1), cells: vec![cell("甲", 1, 2), cell("乙", 1, 1)] },
            Row { place: Place::Line(2), cells: vec![cell("丙", 1, 1)] },
            Row { place: Place::Line(3), cells: vec![cell("丁", 2, 1)] },
        ];
        let mut extract = Extract::default();
        push(&mut extract, &rows).unwrap();
        let read: Vec<Vec<&str>> = extract
            .lines
            .iter()
            .map(|line| match &line.form {
                Form::Row { cells, .. } => cells.iter().map(|c| &extract.text[c.clone()]).collect(),
                _ => vec![],
            })
            .collect();
        assert_eq!(read, [vec!["甲", "乙"], vec!["甲", "丙"], vec!["丁", ""]]);
        // Said twice in the table, held once in the text.
        assert_eq!(extract.text.matches('甲').count(), 1);
    }

    #[test]
    fn wide_spans_are_cut() {
        let rows =
            [Row { place: Place::Line(1), cells: vec![cell("甲", usize::MAX, usize::MAX)] }];
        let mut extract = Extract::default();
        push(&mut extract, &rows).unwrap();
        assert_eq!(extract.lines.len(), 1);
    }
}
