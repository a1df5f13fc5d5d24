//! How much room Chinese text takes in a cell. No program fits the height of a row on opening
//! where it was given, and none fits merged cells at all, so it is worked out here, on the safe
//! side: faces differ from one office to the next.

use unicode_width::UnicodeWidthChar;

/// The height of a line of 五号 in points: what Noto needs, which stands higher than 宋体.
const LINE: f64 = 15.5;
/// Room above and below.
const PADDING: f64 = 5.0;
/// The highest row that Excel has.
pub(super) const HIGHEST: f64 = 409.0;
/// Room of a half-width character in units of column width; one is as wide as a digit of the
/// workbook's default type.
const HALF_WIDTH: f64 = 1.05;
/// What the edges of a cell take of its width, in the same units.
const EDGES: f64 = 1.0;

/// How many lines a text is wrapped to in a column.
pub(super) fn lines(text: &str, width: f64) -> usize {
    let room = (((width - EDGES) / HALF_WIDTH).max(2.0)) as usize;
    text.split('\n').map(|line| wrapped(line, room)).sum()
}

/// How many lines one paragraph takes: Chinese breaks anywhere, a word or number moves whole.
fn wrapped(paragraph: &str, room: usize) -> usize {
    let mut lines = 1;
    let mut used = 0;
    let mut word = 0;
    for c in paragraph.chars() {
        let width = c.width().unwrap_or(0);
        // A closing mark takes the character before it along to the next line.
        let joins = c.is_ascii_alphanumeric() || "，。、；：！？）”》".contains(c);
        word = if joins { word + width } else { width };
        if used + width > room {
            lines += 1;
            used = if word <= room { word } else { width };
        } else {
            used += width;
        }
    }
    lines
}

/// The height of a row with that many lines, in points.
pub(super) fn height(lines: usize) -> f64 {
    tall(lines).min(HIGHEST)
}

/// The same of several rows together.
pub(super) fn tall(lines: usize) -> f64 {
    lines.max(1) as f64 * LINE + PADDING
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_characters_take_two() {
        // Ten characters in a column for ten, with the edges.
        assert_eq!(lines(&"甲".repeat(10), 22.0), 1);
        assert_eq!(lines(&"甲".repeat(11), 22.0), 2);
        assert_eq!(lines(&"a".repeat(20), 22.0), 1);
        assert_eq!(lines("甲\n乙\n", 22.0), 3);
        assert_eq!(lines("", 22.0), 1);
    }

    #[test]
    fn words_and_closing_marks_move_whole() {
        assert_eq!(lines(&format!("{}abcdef", "甲".repeat(8)), 22.0), 2);
        assert_eq!(lines(&format!("{}。乙", "甲".repeat(10)), 22.0), 2);
        // A word longer than the column is torn.
        assert_eq!(lines(&"a".repeat(60), 22.0), 3);
    }

    #[test]
    fn a_row_is_never_higher_than_excel_has() {
        assert!(height(1) < height(2));
        assert!((height(1000) - HIGHEST).abs() < f64::EPSILON);
    }
}
