//! Glyphs to lines.

use crate::page::{Glyph, Style};

/// How far apart the baselines of a line may be, in em.
const SAME_LINE: f64 = 0.35;
/// A glyph that is drawn a second time no farther away than this, in em, makes the first bold.
const SAME_PLACE: f64 = 0.3;
/// Gaps from this on are blanks, in em: between letters, and beside Chinese characters.
const LETTER_GAP: f64 = 0.2;
const WORD_GAP: f64 = 0.8;
/// Gaps from this on part columns, in em.
const COLUMN_GAP: f64 = 2.5;

/// A line of text.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Its characters; blanks stand for gaps, tabs for wide ones.
    pub text: String,
    /// Where it begins, in millimetres.
    pub left: f64,
    /// Where it ends.
    pub right: f64,
    /// Its baseline.
    pub baseline: f64,
    /// An em of its largest type, in millimetres.
    pub em: f64,
    /// Whether all of it is red.
    pub is_red: bool,
}

/// A glyph with what its run says.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    text: String,
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) baseline: f64,
    pub(super) em: f64,
    is_red: bool,
}

impl Piece {
    pub(super) fn new(glyph: &Glyph, style: &Style) -> Self {
        Self {
            text: glyph.text.clone(),
            left: glyph.x,
            right: glyph.x + glyph.advance,
            baseline: glyph.y,
            em: style.em(),
            is_red: style.color.is_red(),
        }
    }

    /// The middle of the glyph.
    pub(super) fn middle(&self) -> (f64, f64) {
        (f64::midpoint(self.left, self.right), self.baseline - 0.35 * self.em)
    }

    fn is_blank(&self) -> bool {
        self.text.chars().all(char::is_whitespace)
    }
}

/// The lines that glyphs make up, from above.
pub(super) fn lines(mut pieces: Vec<Piece>) -> Vec<Line> {
    pieces.sort_by(|a, b| a.baseline.total_cmp(&b.baseline).then(a.left.total_cmp(&b.left)));
    let mut lines: Vec<Vec<Piece>> = Vec::new();
    for piece in pieces {
        let near = lines.last().and_then(|line| line.last()).is_some_and(|last: &Piece| {
            piece.baseline - last.baseline <= SAME_LINE * piece.em.max(last.em)
        });
        match lines.last_mut().filter(|_| near) {
            Some(line) => line.push(piece),
            None => lines.push(vec![piece]),
        }
    }
    lines.into_iter().filter_map(line).collect()
}

fn line(mut pieces: Vec<Piece>) -> Option<Line> {
    pieces.retain(|piece| !piece.is_blank());
    pieces.sort_by(|a, b| a.left.total_cmp(&b.left));
    let em = pieces.iter().map(|piece| piece.em).fold(0.0, f64::max);
    let first = pieces.first()?;
    let mut out = Line {
        text: String::new(),
        left: first.left,
        right: first.left,
        baseline: pieces.iter().map(|piece| piece.baseline).fold(0.0, f64::max),
        em,
        is_red: pieces.iter().all(|piece| piece.is_red),
    };
    let mut last: Option<&Piece> = None;
    for piece in &pieces {
        if let Some(last) = last {
            let again = piece.text == last.text && piece.left - last.left < SAME_PLACE * piece.em;
            if again {
                continue;
            }
            out.text.push_str(gap(last, piece, em));
        }
        out.text.push_str(&piece.text);
        out.right = out.right.max(piece.right);
        last = Some(piece);
    }
    Some(out)
}

/// What a gap between two glyphs stands for.
fn gap(before: &Piece, after: &Piece, em: f64) -> &'static str {
    let gap = (after.left - before.right) / em;
    let wide = |text: &str| text.chars().all(|c| u32::from(c) >= 0x2e80);
    if gap > COLUMN_GAP {
        "\t"
    } else if gap > WORD_GAP || (gap > LETTER_GAP && !wide(&before.text) && !wide(&after.text)) {
        " "
    } else {
        ""
    }
}
