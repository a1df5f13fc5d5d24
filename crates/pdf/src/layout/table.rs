//! The cells of a grid.

use super::grid::Grid;
use super::line::{Line, Piece, lines};

/// Lines of cells that are at least this wide go on where they are full, in em. In narrower ones
/// a line may as well be a name.
const WIDE: f64 = 14.0;

/// A table.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Its upper border, in millimetres.
    pub top: f64,
    /// The places of its vertical borders.
    pub columns: Vec<f64>,
    /// Its rows: cells where they begin, those that reach down from above left out.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// Its text; lines that do not go on end in a line break.
    pub text: String,
    /// How many columns it takes.
    pub across: usize,
    /// How many rows it takes.
    pub down: usize,
}

/// Reads the cells of a grid.
pub(super) fn read(grid: &Grid, pieces: Vec<Piece>) -> Table {
    let (rows, columns) = (grid.rows.len() - 1, grid.columns.len() - 1);
    let mut taken = vec![vec![None; columns]; rows];
    let mut cells: Vec<(usize, usize, usize, usize)> = Vec::new();
    for row in 0..rows {
        for column in 0..columns {
            if taken[row][column].is_some() {
                continue;
            }
            let free = |n: usize| n < columns && taken[row][n].is_none();
            let mut across = 1;
            while free(column + across) && !grid.ends_right(row, column + across - 1) {
                across += 1;
            }
            let mut down = 1;
            while row + down < rows
                && (column..column + across).all(|n| !grid.ends_below(row + down - 1, n))
            {
                down += 1;
            }
            for line in taken.iter_mut().skip(row).take(down) {
                line[column..column + across].fill(Some(cells.len()));
            }
            cells.push((row, column, across, down));
        }
    }
    let mut inside: Vec<Vec<Piece>> = vec![Vec::new(); cells.len()];
    for piece in pieces {
        if let Some(cell) = grid.slot(&piece).and_then(|(row, column)| taken[row][column]) {
            inside[cell].push(piece);
        }
    }
    let mut out = vec![Vec::new(); rows];
    for ((row, column, across, down), pieces) in cells.into_iter().zip(inside) {
        let width = grid.columns[column + across] - grid.columns[column];
        out[row].push(Cell { text: text(&lines(pieces), width), across, down });
    }
    Table { top: grid.rows[0], columns: grid.columns.clone(), rows: out }
}

/// The text of a cell: a line that is full goes on with the next one.
fn text(lines: &[Line], width: f64) -> String {
    let longest = lines.iter().map(|line| line.right - line.left).fold(0.0, f64::max);
    let mut out = String::new();
    for (n, line) in lines.iter().enumerate() {
        out.push_str(&line.text.replace('\t', " "));
        let is_full =
            line.right - line.left + 2.0 * line.em > longest && longest + 2.0 * line.em > width;
        let goes_on = is_full && width >= WIDE * line.em;
        if n + 1 < lines.len() && !goes_on {
            out.push('\n');
        }
    }
    out
}
