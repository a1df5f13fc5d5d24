//! Lines that belong together: plain text is broken where the page was full.

use unicode_width::UnicodeWidthStr as _;

use crate::chars::{fold, is_blank};
use crate::input::{Extract, Form};
use crate::label::label;
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

/// A line and what joining looks at.
struct Piece {
    text: Traced,
    indent: usize,
    width: usize,
    gap: bool,
    form: Form,
    cells: Vec<Traced>,
}

/// Joins lines to paragraphs.
pub(super) fn join(extract: &Extract) -> Vec<Joined> {
    let mut pieces = pieces(extract);
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

fn pieces(extract: &Extract) -> Vec<Piece> {
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
            Form::Text => dumped_cells(&text),
            Form::Heading | Form::Site => Vec::new(),
        };
        let width = raw.trim_end_matches(is_blank).width();
        pieces.push(Piece { text, indent, width, gap, form: line.form.clone(), cells });
        gap = false;
    }
    pieces
}

/// The cells of a row that was dumped into a line of text, with ¦, | or tabs between.
fn dumped_cells(text: &Traced) -> Vec<Traced> {
    let line = text.as_str();
    let count = |sign: char| line.matches(sign).count();
    let (sign, least) = match (count('¦'), count('|'), count('\t')) {
        (n, _, _) if n > 0 => ('¦', 2),
        (_, n, _) if n > 1 => ('|', 2),
        (_, _, n) if n > 1 => ('\t', 3),
        _ => return Vec::new(),
    };
    let mut cells = Vec::new();
    let mut start = 0;
    for (at, found) in line.match_indices(sign) {
        cells.push(text.slice(start..at).trim());
        start = at + found.len();
    }
    cells.push(text.slice(start..line.len()).trim());
    if sign == '|' {
        // Markdown puts a bar at both ends.
        if cells.first().is_some_and(Traced::is_empty) {
            cells.remove(0);
        }
        if cells.last().is_some_and(Traced::is_empty) {
            cells.pop();
        }
    }
    let filled = cells.iter().filter(|cell| !cell.is_empty()).count();
    if filled >= least { cells } else { Vec::new() }
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
    let beyond = widths.iter().filter(|&&n| n > best).count();
    (near(best) * 4 >= widths.len() && beyond * 12 <= widths.len()).then_some(best)
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
    let plain = |piece: &Piece| piece.cells.is_empty() && piece.form == Form::Text;
    if next.gap || !plain(last) || !plain(next) {
        return false;
    }
    let (before, after) = (last.text.as_str(), next.text.as_str());
    let ended = before.ends_with(['。', '！', '？', '；', '：', '.', '!', '?', ';', ':', '…']);
    let is_full = full.is_some_and(|full| last.width + 6 > full);
    let indented = next.indent > 0 && last.indent == 0 || next.indent > last.indent;
    if opens_unit_line(after) || fold(after).starts_with("附件") {
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
    let plain = |piece: &Piece| piece.cells.is_empty() && piece.form == Form::Text;
    let (before, after) = (text.text.as_str(), next.text.as_str());
    let ended = before.ends_with(['。', '！', '？', '.', '!', '?', '…']);
    plain(last)
        && plain(next)
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
