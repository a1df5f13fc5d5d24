//! Tables of tasks: a heading row says what the columns hold.

use super::super::draft::Draft;
use super::super::ledger::Ledger;
use super::super::normalise::Para;

/// A stretch of the text.
pub(super) enum Part {
    /// Paragraphs.
    Text(Vec<Para>),
    /// The rows of a table of tasks, its heading row first.
    Tasks(Vec<Para>),
}

/// Whether a row is the heading row of a table of tasks.
pub(super) fn is_head(_para: &Para) -> bool {
    false
}

/// Cuts a text into paragraphs and tables.
pub(super) fn parts(paras: &[Para]) -> Vec<Part> {
    vec![Part::Text(paras.to_vec())]
}

/// Reads a table of tasks.
pub(super) fn read(_rows: &[Para], _draft: &mut Draft, _ledger: &mut Ledger) {}
