//! A table of a Word file while it is read.

use crate::input::grid::{Cell, Row};
use crate::input::lines::Place;
use crate::limits;

/// A table that is open.
#[derive(Default)]
pub(super) struct Table {
    rows: Vec<Row>,
    /// For each column the row and cell in which a cell that reaches down began.
    begun: Vec<Option<(usize, usize)>>,
    /// The lines of the open cell.
    lines: Vec<String>,
    across: usize,
    merge: Merge,
    column: usize,
    row: OpenRow,
}

/// What is known of the row that is open.
#[derive(Default)]
struct OpenRow {
    deleted: bool,
    /// What [`Table::begun`] was before it.
    begun: Vec<Option<(usize, usize)>>,
}

/// `vMerge` of a cell.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Merge {
    #[default]
    None,
    Begins,
    GoesOn,
}

impl Table {
    pub(super) fn start_row(&mut self, place: Place) {
        self.rows.push(Row { place, cells: Vec::new() });
        self.column = 0;
        self.row = OpenRow { deleted: false, begun: self.begun.clone() };
    }

    /// The open row was deleted under change tracking.
    pub(super) fn delete_row(&mut self) {
        self.row.deleted = true;
    }

    /// The open row begins some columns later than the table.
    pub(super) fn skip(&mut self, columns: usize) {
        let columns = columns.min(limits::COLUMNS);
        self.column += columns;
        if let Some(row) = self.rows.last_mut() {
            let blank = Cell { text: String::new(), across: 1, down: 1 };
            row.cells.extend(std::iter::repeat_n(blank, columns));
        }
    }

    pub(super) fn start_cell(&mut self) {
        self.lines.clear();
        self.across = 1;
        self.merge = Merge::None;
    }

    pub(super) fn span(&mut self, columns: usize) {
        self.across = columns.clamp(1, limits::COLUMNS);
    }

    /// The open cell reaches down, or is reached by the one above.
    pub(super) fn merge(&mut self, begins: bool) {
        self.merge = if begins { Merge::Begins } else { Merge::GoesOn };
    }

    pub(super) fn add(&mut self, text: &str) {
        self.lines.extend(text.split('\n').map(str::to_string));
    }

    pub(super) fn end_cell(&mut self) {
        let text = self.lines.join("\n").trim().to_string();
        self.lines.clear();
        let column = self.column;
        self.column += self.across;
        if self.begun.len() <= column {
            self.begun.resize(column + 1, None);
        }
        let Some(last) = self.rows.len().checked_sub(1) else { return };
        match (self.merge, self.begun[column]) {
            (Merge::GoesOn, Some((row, cell))) if text.is_empty() => {
                if let Some(cell) = self.rows.get_mut(row).and_then(|r| r.cells.get_mut(cell)) {
                    cell.down += 1;
                }
                return;
            }
            (Merge::Begins, _) => self.begun[column] = Some((last, self.rows[last].cells.len())),
            _ => self.begun[column] = None,
        }
        self.rows[last].cells.push(Cell { text, across: self.across, down: 1 });
    }

    /// Ends the row; gives the words of one that was deleted.
    pub(super) fn end_row(&mut self) -> Option<String> {
        if !std::mem::take(&mut self.row.deleted) {
            return None;
        }
        let row = self.rows.pop()?;
        // Cells above reach one row less.
        for (at, began) in self.row.begun.iter().enumerate() {
            if let (Some((n, cell)), Some(Some(now))) = (began, self.begun.get(at))
                && (*n, *cell) == *now
                && let Some(cell) = self.rows.get_mut(*n).and_then(|r| r.cells.get_mut(*cell))
            {
                cell.down = cell.down.saturating_sub(1).max(1);
            }
        }
        self.begun = std::mem::take(&mut self.row.begun);
        Some(row.cells.into_iter().map(|cell| cell.text).collect::<Vec<_>>().join(" "))
    }

    /// The rows of the table.
    pub(super) fn rows(self) -> Vec<Row> {
        self.rows
    }

    /// The words of the table, where it stands in a cell of another one.
    pub(super) fn words(self) -> impl Iterator<Item = String> {
        self.rows.into_iter().flat_map(|row| row.cells).map(|cell| cell.text)
    }
}
