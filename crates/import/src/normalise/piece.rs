//! The lines of a file, as joining looks at them.

use unicode_width::UnicodeWidthStr as _;

use crate::chars::is_blank;
use crate::input::{Extract, Form};
use crate::traced::Traced;

/// A line and what joining looks at.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) text: Traced,
    pub(super) indent: usize,
    pub(super) width: usize,
    /// Whether an empty line stands above it.
    pub(super) gap: bool,
    pub(super) form: Form,
    pub(super) cells: Vec<Traced>,
}

impl Piece {
    /// Whether it is a line of text, no row and no heading that the file names.
    pub(super) fn is_plain(&self) -> bool {
        self.cells.is_empty() && self.form == Form::Text
    }
}

/// The lines that are not empty.
pub(super) fn pieces(extract: &Extract) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut gap = false;
    for line in &extract.lines {
        let raw = &extract.text[line.range.clone()];
        let text = Traced::new(raw, line.range.start).trim();
        if text.is_empty() {
            gap = true;
            continue;
        }
        let indent = raw.len() - raw.trim_start_matches(is_blank).len();
        let cells = match &line.form {
            Form::Row { cells, .. } => cells
                .iter()
                .map(|c| Traced::new(&extract.text[c.clone()], c.start).trim())
                .collect(),
            Form::Text | Form::Heading | Form::Site => Vec::new(),
        };
        let width = raw.trim_end_matches(is_blank).width();
        pieces.push(Piece { text, indent, width, gap, form: line.form.clone(), cells });
        gap = false;
    }
    pieces
}
