//! What every part of a notice is made of: running text, and blank lines of the grid.

use super::package::Document;
use super::paragraph::Paragraph;
use super::rich::{self, Piece, Place};
use super::styles::{DRAFT, HEAD, TEXT};
use base::rich::Rich;

/// Running text.
pub(super) const BODY: Place = Place { style: TEXT, on_grid: true, listed: false };

/// Writes running text.
pub(super) fn write(text: &Rich, document: &mut Document) {
    for piece in rich::pieces(text, BODY, document) {
        push(piece, document);
    }
}

/// Writes a piece of it.
pub(super) fn push(piece: Piece, document: &mut Document) {
    match piece {
        Piece::Paragraph(paragraph) => document.push(paragraph),
        Piece::Table(table) => document.extend([table]),
    }
}

/// （征求意见稿） below the title of a draft.
pub(super) fn draft_mark(draft: Option<&str>, document: &mut Document) {
    if let Some(draft) = draft {
        document.push(Paragraph::new(DRAFT).text(&format!("（{draft}）")));
    }
}

/// Blank lines.
pub(super) fn blank(document: &mut Document, lines: usize) {
    for _ in 0..lines {
        document.push(Paragraph::new(HEAD));
    }
}
