//! Tables of tasks: a heading row says what the columns hold, every row below it is a task.

mod cell;
mod dump;
mod head;
mod item;
mod rows;

pub(super) use cell::text as cell_text;
pub(super) use dump::undumped;
pub(super) use head::{mark, task_rows};
pub(super) use rows::read;

use crate::para::{Para, ParaForm};

/// A stretch of the text.
pub(super) enum Part {
    /// Paragraphs.
    Text(Vec<Para>),
    /// The rows of a table of tasks, its heading row first.
    Tasks(Vec<Para>),
}

/// Cuts a text into paragraphs and the tables that were marked in it.
pub(super) fn parts(paras: &[Para]) -> Vec<Part> {
    let mut parts = Vec::new();
    for para in paras {
        match (para.form, parts.last_mut()) {
            (ParaForm::Head, _) => parts.push(Part::Tasks(vec![para.clone()])),
            (ParaForm::Row, Some(Part::Tasks(rows))) => rows.push(para.clone()),
            (_, Some(Part::Text(open))) => open.push(para.clone()),
            _ => parts.push(Part::Text(vec![para.clone()])),
        }
    }
    if parts.is_empty() {
        parts.push(Part::Text(Vec::new()));
    }
    parts
}
