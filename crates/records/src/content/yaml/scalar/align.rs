//! The way out where a value could not be decoded: its characters are looked for in the source
//! one after the other.

use std::ops::Range;

use super::mapped::Mapped;

/// How far ahead a character is looked for, in bytes: an escape is at most twelve long, and a
/// character that the source does not spell out must not pull the rest to its next mention.
const WINDOW: usize = 24;

/// A map that is never out of `range` and never goes back.
pub(super) fn align(text: &str, range: Range<usize>, value: &str) -> Mapped {
    let mut out = Mapped::default();
    let mut at = range.start;
    for character in value.chars() {
        let rest = text.get(at..range.end).unwrap_or_default();
        let found = rest
            .char_indices()
            .take_while(|&(offset, _)| offset < WINDOW)
            .find(|&(_, c)| c == character);
        match found {
            Some((offset, c)) => {
                at += offset;
                out.made(character, at..at + c.len_utf8());
                at += c.len_utf8();
            }
            None => out.made(character, at..at),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_is_there_and_stays_within_bounds() {
        let text = "x甲\\?乙y";
        let (value, runs) = align(text, 1..text.len() - 1, "甲#乙y").finish();
        assert_eq!(value, "甲#乙y");
        assert_eq!(
            runs,
            [(0, 1), (3, 4), (4, 4), (4, 6), (7, 9), (8, 9)],
            "甲 at 1, # nowhere, 乙 at 6, y outside"
        );
    }
}
