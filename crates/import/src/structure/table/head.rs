//! Where tables of tasks begin and end.

use crate::columns::{Column, column, columns};
use crate::label::label;
use crate::para::{Para, ParaForm};
use crate::traced::Traced;
use crate::units::Role;

/// What the columns below a heading row hold.
pub(super) fn columns_of(para: &Para) -> Option<Vec<Column>> {
    let cells: Vec<&str> = para.cells.iter().map(Traced::as_str).collect();
    columns(&cells)
}

/// Marks the rows of all tables of tasks: whatever stands in them, nothing else is read into them.
/// A heading of two rows becomes one.
pub(in crate::structure) fn mark(paras: &mut Vec<Para>) {
    let mut n = 0;
    while n < paras.len() {
        let Some(head) = head_at(paras, n) else {
            n += 1;
            continue;
        };
        let two = head.text.len() > paras[n].text.len();
        if two {
            paras.remove(n + 1);
        }
        paras[n] = Para { form: ParaForm::Head, ..head };
        let start = n;
        n += 1;
        while n < paras.len()
            && head_at(paras, n).is_none_or(|head| repeats(&head, &paras[start]))
            && belongs(paras, start, n)
        {
            paras[n].form = ParaForm::Row;
            n += 1;
        }
    }
}

/// Where the rows with the words of a task begin, told by the heading above them.
pub(in crate::structure) fn task_rows(paras: &[Para]) -> Vec<usize> {
    let mut found = Vec::new();
    let mut head: Option<(&Para, Vec<Column>)> = None;
    for para in paras {
        if para.form == ParaForm::Head {
            head = columns_of(para).map(|columns| (para, columns));
        }
        let Some((head, columns)) = head.as_ref().filter(|_| para.form == ParaForm::Row) else {
            continue;
        };
        let filled = para.cells.iter().filter(|cell| !cell.is_empty()).count();
        let tasks =
            columns.iter().zip(&para.cells).any(|(c, cell)| *c == Column::Task && !cell.is_empty());
        if filled > 1 && tasks && !repeats(para, head) {
            found.push(para.text.start());
        }
    }
    found
}

/// The heading row at a place: one row, or two of which the second says more of the first.
fn head_at(paras: &[Para], n: usize) -> Option<Para> {
    let first = paras.get(n)?;
    if first.cells.len() < 2 {
        return None;
    }
    let second =
        paras.get(n + 1).filter(|next| next.table == first.table && !next.cells.is_empty());
    let both = second.and_then(|second| combined(first, second));
    let found = both.filter(|both| columns_of(both).is_some());
    let (head, rows) = match found {
        Some(both) => (both, n + 2),
        None => (first.clone(), n + 1),
    };
    let columns = columns_of(&head)?;
    (!counts(&columns, paras.get(rows..).unwrap_or_default())).then_some(head)
}

/// Whether the columns of units hold numbers: a table that counts tasks has none.
fn counts(columns: &[Column], rows: &[Para]) -> bool {
    let mut numbers = 0;
    for row in rows.iter().take_while(|row| !row.cells.is_empty()).take(4) {
        let cells = columns.iter().zip(&row.cells);
        let units = cells.filter(|(c, cell)| {
            matches!(c, Column::Role(Role::Unit | Role::Lead)) && !cell.is_empty()
        });
        for (_, cell) in units {
            if !cell.as_str().chars().all(|c| c.is_ascii_digit() || ".%-".contains(c)) {
                return false;
            }
            numbers += 1;
        }
    }
    numbers > 0
}

/// Two heading rows as one; `None` where the second is a row of the table.
fn combined(first: &Para, second: &Para) -> Option<Para> {
    let width = first.cells.len().max(second.cells.len());
    // A row with a number is none of a heading: the heading said again stands below it.
    if first.cells.iter().any(|cell| crate::date::number_of(cell.as_str()).is_some()) {
        return None;
    }
    let cell = |para: &Para, n: usize| para.cells.get(n).cloned().unwrap_or_default();
    let mut cells = Vec::new();
    let mut more = 0;
    for n in 0..width {
        let (above, below) = (cell(first, n), cell(second, n));
        // A cell that reaches down, or one that is said again.
        if below.is_empty() || below.as_str() == above.as_str() {
            cells.push(above);
            continue;
        }
        if column(below.as_str()) == Column::Other || label(below.as_str()).is_some() {
            return None;
        }
        more += 1;
        cells.push(below);
    }
    if more == 0 {
        return None;
    }
    let mut text = first.text.clone();
    text.append(&second.text);
    Some(Para { text, cells, ..first.clone() })
}

fn repeats(row: &Para, head: &Para) -> bool {
    row.cells.iter().map(Traced::as_str).eq(head.cells.iter().map(Traced::as_str))
}

/// Whether a paragraph below a heading row is a row of its table. Where the file says which table
/// a row is of, that counts; a table without a head of its own goes on with the one before. A short
/// line between rows is a heading over all columns.
fn belongs(paras: &[Para], start: usize, n: usize) -> bool {
    let is_row = |n: usize| paras.get(n).is_some_and(|para| !para.cells.is_empty());
    if is_row(n) {
        let (head, row) = (&paras[start], &paras[n]);
        if row.table == head.table || row.table == paras[n - 1].table {
            return true;
        }
        let of_row = paras[n..].iter().take_while(|para| para.table == row.table).take(8).count();
        let headed = (n..n + of_row).any(|n| head_at(paras, n).is_some());
        return !headed && row.cells.len() == head.cells.len();
    }
    let words = paras[n].str();
    let heading = words.chars().count() <= 40
        && !words.ends_with(['。', '；', '：'])
        && !super::super::noted::is_mark(words);
    heading && is_row(n + 1) && belongs_behind(paras, start, n + 1)
}

/// Whether rows go on behind a line between them.
fn belongs_behind(paras: &[Para], start: usize, n: usize) -> bool {
    let row = &paras[n];
    row.table == paras[start].table
        || (head_at(paras, n).is_none() && row.cells.len() == paras[start].cells.len())
}
