//! Lines that belong together: plain text is broken where the page was full.

use super::dumped;
use super::piece::{Piece, pieces};
use crate::chars::fold;
use crate::input::{Extract, Form};
use crate::label::{in_series, label};
use crate::traced::Traced;
use crate::units::opens_unit_line;
use base::zh::is_cjk;

/// A paragraph as it was put together, not yet tidied.
pub(super) struct Joined {
    pub(super) text: Traced,
    pub(super) cells: Vec<Traced>,
    pub(super) form: Form,
    pub(super) gap: bool,
}

/// Joins lines to paragraphs.
pub(super) fn join(extract: &Extract) -> Vec<Joined> {
    let mut pieces = pieces(extract);
    dumped::find(&mut pieces);
    let full = if extract.may_be_wrapped { full_width_of(&pieces) } else { None };
    if full.is_some() && gaps_everywhere(&pieces) {
        pieces.iter_mut().for_each(|piece| piece.gap = false);
    }
    let mut joined: Vec<Joined> = Vec::new();
    let mut open = 0usize;
    for (n, piece) in pieces.iter().enumerate() {
        let on = n > 0
            && (extract.may_be_wrapped && goes_on(&pieces[n - 1], piece, full, open)
                || joined
                    .last()
                    .is_some_and(|text| goes_on_in_bracket(text, &pieces[n - 1], piece, open)));
        match joined.last_mut().filter(|_| on) {
            Some(last) => {
                open += 1;
                let before = last.text.as_str().chars().next_back();
                let after = piece.text.as_str().chars().next();
                if let (Some(before), Some(after)) = (before, after)
                    && !is_cjk(before)
                    && !is_cjk(after)
                {
                    last.text.push(' ', piece.text.start());
                }
                last.text.append(&piece.text);
            }
            None => {
                open = 0;
                joined.push(Joined {
                    text: piece.text.clone(),
                    cells: piece.cells.clone(),
                    form: piece.form.clone(),
                    gap: piece.gap,
                });
            }
        }
    }
    joined
}

/// The width at which lines were broken; `None` where lines are paragraphs.
fn full_width_of(pieces: &[Piece]) -> Option<usize> {
    let widths: Vec<usize> =
        pieces.iter().filter(|p| p.cells.is_empty()).map(|p| p.width).collect();
    if widths.len() < 6 {
        return None;
    }
    let near = |w: usize| widths.iter().filter(|&&n| n + 5 > w && n <= w).count();
    let best = (36..=140).max_by_key(|&w| near(w))?;
    let in_series = widths.iter().filter(|&&n| n > best).count();
    (near(best) * 4 >= widths.len() && in_series * 12 <= widths.len()).then_some(best)
}

/// Whether an empty line stands behind hardly any line but those that end a paragraph: then empty
/// lines say nothing.
fn gaps_everywhere(pieces: &[Piece]) -> bool {
    let gaps = pieces.iter().skip(1).filter(|piece| piece.gap).count();
    let inside = |pair: &[Piece]| {
        let last = pair[0].text.as_str();
        pair[1].gap && !last.ends_with(['。', '！', '？', '；', '：', '）', ')'])
    };
    let broken = pieces.windows(2).filter(|pair| inside(pair)).count();
    gaps * 10 >= pieces.len().saturating_sub(1) * 9 && broken * 2 > pieces.len()
}

/// Whether `next` goes on with what `last` began.
fn goes_on(last: &Piece, next: &Piece, full: Option<usize>, joined: usize) -> bool {
    if next.gap || !last.is_plain() || !next.is_plain() {
        return false;
    }
    let (before, after) = (last.text.as_str(), next.text.as_str());
    let ended = before.ends_with(['。', '！', '？', '；', '：', '.', '!', '?', ';', ':', '…']);
    let is_full = full.is_some_and(|full| last.width + 6 > full);
    let indented = next.indent > 0 && last.indent == 0 || next.indent > last.indent;
    if opens_unit_line(after) || fold(after).starts_with("附件") || dumped::is_cell(before, after)
    {
        return false;
    }
    // 301 behind 300 begins one, although such a number alone labels nothing.
    let number = |text: &str| label(text).or_else(|| in_series(text)).map(|l| (l.style, l.number));
    if let (Some((style, n)), Some(next)) = (number(before), in_series(after))
        && (style, n + 1) == (next.style, next.number)
    {
        return false;
    }
    // No paragraph ends in a comma.
    if before.ends_with(['，', '、', ',']) && label(after).is_none() && joined < 40 {
        return true;
    }
    match full {
        Some(_) if !is_full || indented => false,
        Some(_) if ended => label(after).is_none() && last.indent > next.indent,
        Some(_) => label(after).is_none_or(|l| !l.plausible_after(before)),
        // Lines are paragraphs here, but for one that was broken inside a sentence.
        None => {
            let prose = before.contains(['，', '。', '；', ',', ';']);
            let heading = label(before).is_some_and(|l| l.is_han());
            let closed = ended || before.ends_with(['）', ')', '”', '》', '】', '〕']);
            !closed && prose && !heading && last.width >= 40 && label(after).is_none() && !indented
        }
    }
}

/// A bracket that is open goes on, whatever the width of the page and whatever kind of file it is.
fn goes_on_in_bracket(text: &Joined, last: &Piece, next: &Piece, joined: usize) -> bool {
    let (before, after) = (text.text.as_str(), next.text.as_str());
    let ended = before.ends_with(['。', '！', '？', '.', '!', '?', '…']);
    last.is_plain()
        && next.is_plain()
        && !next.gap
        && !ended
        && joined < 8
        && open_brackets(before)
        && label(after).is_none()
        && !fold(after).starts_with("附件")
}

/// Whether a bracket is open at the end of a line.
fn open_brackets(text: &str) -> bool {
    let count = |signs: &[char]| text.matches(signs).count();
    count(&['（', '(', '〔', '[', '【']) > count(&['）', ')', '〕', ']', '】'])
}
