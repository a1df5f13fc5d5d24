//! Lengths as WordprocessingML counts them, and how wide a text is on the grid.

use unicode_width::UnicodeWidthChar;

use crate::geometry::{self, Length};

/// Twentieths of a point.
pub(super) fn twips(length: Length) -> i32 {
    points(length.pt())
}

/// Points in twentieths of a point.
pub(super) fn points(points: f64) -> i32 {
    (points * 20.0).round() as i32
}

/// Half points: sizes of type.
pub(super) fn half_points(length: Length) -> i32 {
    (length.pt() * 2.0).floor() as i32
}

/// Eighths of a point: weights of rules.
pub(super) fn eighths(length: Length) -> i32 {
    (length.pt() * 8.0).round() as i32
}

/// The distance of two lines, rounded down: 22 lines must not be longer than the text block.
pub(super) fn line_pitch() -> i32 {
    (geometry::line_pitch().pt() * 20.0).floor() as i32
}

/// What is between two characters of body type, in twips: rounded down, so that 28 of them are not
/// wider than the text block.
pub(super) fn tracking() -> i32 {
    ((geometry::character_pitch().pt() - geometry::BODY_SIZE.pt()) * 20.0).floor() as i32
}

/// That many characters of the grid.
pub(super) fn cells(count: f64) -> i32 {
    points(count * geometry::character_pitch().pt())
}

/// How wide a text of body type is on the grid: the grid takes as much from a half-width
/// character as from a full-width one.
pub(super) fn width(text: &str) -> i32 {
    let less = geometry::BODY_SIZE.pt() - geometry::character_pitch().pt();
    let of = |c: char| match c.width() {
        Some(0) | None => 0.0,
        Some(1) => geometry::BODY_SIZE.pt() / 2.0 - less,
        Some(_) => geometry::character_pitch().pt(),
    };
    points(text.chars().map(of).sum())
}

/// How wide a text is in em, a half-width character taking half of one.
pub(super) fn em(text: &str) -> f64 {
    text.chars().map(|c| c.width().unwrap_or(0) as f64 / 2.0).sum()
}

/// Where the baseline stands in a line of exact height, as a part of it: what Word, WPS and
/// LibreOffice agree on.
pub(super) const BASELINE: f64 = 0.8;

/// The height of the page number's line, in twips.
pub(super) const NUMBER_LINE: i32 = 400;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_grid_fits_the_text_block() {
        let block = twips(geometry::BLOCK_HEIGHT);
        let lines = i32::try_from(geometry::LINES).unwrap();
        assert!(line_pitch() * lines <= block && (line_pitch() + 1) * lines > block);
        assert_eq!(twips(geometry::PAGE_WIDTH), 11906);
        assert_eq!(half_points(geometry::BODY_SIZE), 32);
        assert_eq!(width("甲乙"), cells(2.0));
        assert!(width("12") < cells(1.0));
    }
}
