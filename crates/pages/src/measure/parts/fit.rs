//! 7.3.5.5: where the sign-off would stand alone on a page, the pitches of the letter may change.
//! How far is read from its pages, within the bounds of what counts as a fit.

use super::super::line::Line;
use super::super::standard as gb;
use super::{Notice, TitleOf};

/// The farthest that the distance of two lines may change.
const LINE: f64 = 0.03;
/// The farthest that the distance of two characters may change.
const CHARACTER: f64 = 0.01;

/// Pitches as parts of the standard's.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in super::super) struct Fit {
    /// From line to line.
    pub(in super::super) line: f64,
    /// From character to character.
    pub(in super::super) character: f64,
}

impl Default for Fit {
    fn default() -> Self {
        Self { line: 1.0, character: 1.0 }
    }
}

/// The fit of the letter and the last page it reaches; `None` where it needs none. Only a letter
/// that goes on to a second page can need one, or one that is kept from that.
pub(super) fn of_letter(notice: &Notice, pitch: f64) -> Option<(Fit, usize)> {
    let sign_off = notice.sign_offs.first()?.first()?;
    let other = notice.titles.iter().find(|title| title.of != TitleOf::Notice);
    let last = sign_off.page;
    if other.is_some_and(|title| title.page() <= last) {
        return None;
    }
    let body = notice.body.iter().map(|body| &body.line).filter(|line| line.page <= last);
    let lines: Vec<&Line> = body.collect();
    let steps = lines.windows(2).filter(|pair| pair[0].page == pair[1].page);
    let line = middle(steps.map(|pair| (pair[1].y - pair[0].y) / pitch), LINE);
    let cells = lines.iter().flat_map(|line| line.chars.windows(2));
    let cells = cells.filter(|pair| pair.iter().all(|c| c.is_han()));
    let character = middle(cells.map(|pair| (pair[1].x - pair[0].x) / gb::CELL), CHARACTER);
    let fit = Fit { line, character };
    (fit != Fit::default()).then_some((fit, last))
}

/// The middle one of parts, 1 where it is that or no fit.
fn middle(parts: impl Iterator<Item = f64>, farthest: f64) -> f64 {
    let mut parts: Vec<f64> = parts.collect();
    parts.sort_by(f64::total_cmp);
    let middle = parts.get(parts.len() / 2).copied().unwrap_or(1.0);
    let off = (middle - 1.0).abs();
    if off < 1e-3 || off > farthest + 1e-3 { 1.0 } else { middle }
}
