//! Tables of a page: data, or only its layout.

use html5ever::tokenizer::Tag;

use super::Piece;
use super::elements::attribute;
use crate::columns::is_table_head;
use crate::input::grid::{Cell, Row};
use crate::input::lines::Place;

/// More lines than this in a cell may be a whole article.
const LINES: usize = 12;

/// A table that is open.
#[derive(Default)]
pub(super) struct Table {
    rows: Vec<Row>,
    /// The lines of the open cell.
    cell: Option<(Cell, Vec<Piece>)>,
    /// Lines of cells, as they come out where the table only lays out the page.
    lines: Vec<Piece>,
    /// Whether another table stands in it.
    nests: bool,
    /// Whether a cell has many lines.
    is_long: bool,
}

impl Table {
    /// Notes that another table begins in it.
    pub(super) fn nest(&mut self) {
        self.nests = true;
    }

    pub(super) fn push(&mut self, piece: Piece) {
        match &mut self.cell {
            Some((_, lines)) => lines.push(piece),
            None => self.lines.push(piece),
        }
    }

    pub(super) fn start_row(&mut self, line: usize) {
        self.end_cell();
        self.rows.push(Row { place: Place::Line(line), cells: Vec::new() });
    }

    pub(super) fn start_cell(&mut self, tag: &Tag, line: usize) {
        self.end_cell();
        let span = |name| {
            let value = attribute(tag, name).and_then(|value| value.parse().ok());
            value.unwrap_or(1usize).clamp(1, 10_000)
        };
        if self.rows.is_empty() {
            self.start_row(line);
        }
        let cell = Cell { text: String::new(), across: span("colspan"), down: span("rowspan") };
        self.cell = Some((cell, Vec::new()));
    }

    pub(super) fn end_cell(&mut self) {
        let Some((mut cell, lines)) = self.cell.take() else { return };
        let texts: Vec<&str> = lines
            .iter()
            .filter_map(|piece| match piece {
                Piece::Line { text, .. } => Some(text.as_str()),
                Piece::Table(_) => None,
            })
            .collect();
        cell.text = texts.join("\n");
        self.is_long |= texts.len() > LINES;
        if let Some(row) = self.rows.last_mut() {
            row.cells.push(cell);
        }
        self.lines.extend(lines);
    }

    /// What the table is: its rows, or the lines of a page that it lays out.
    pub(super) fn end(mut self) -> Vec<Piece> {
        self.end_cell();
        if self.is_layout() { self.lines } else { vec![Piece::Table(self.rows)] }
    }

    /// A table lays out the page where another one stands in it, where it has one column, and
    /// where a cell holds an article: many lines, and no row that is the heading of a table.
    fn is_layout(&self) -> bool {
        let columns = self.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        let has_head = || {
            self.rows.iter().take(6).any(|row| {
                let cells: Vec<&str> = row.cells.iter().map(|cell| cell.text.as_str()).collect();
                is_table_head(&cells)
            })
        };
        self.nests || columns < 2 || (self.is_long && !has_head())
    }
}
