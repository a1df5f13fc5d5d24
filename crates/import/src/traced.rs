//! Text that still knows where each of its characters stood in the input.

use std::ops::Range;

use crate::chars::is_blank;

/// A text made from the input: cleaned, joined, cut, with the place of every byte.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Traced {
    text: String,
    /// For every byte of `text` the byte of the input it came from.
    at: Vec<u32>,
}

impl Traced {
    /// A piece of the input as it stands, which begins at byte `start` there.
    pub(crate) fn new(text: &str, start: usize) -> Self {
        let at = (0..text.len()).map(|n| place(start + n)).collect();
        Self { text: text.into(), at }
    }

    /// The characters.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// How many bytes.
    pub(crate) fn len(&self) -> usize {
        self.text.len()
    }

    /// Whether there is nothing in it.
    pub(crate) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Adds a character that came from byte `at` of the input.
    pub(crate) fn push(&mut self, c: char, at: usize) {
        self.text.push(c);
        self.at.extend(std::iter::repeat_n(place(at), c.len_utf8()));
    }

    /// Adds another piece.
    pub(crate) fn append(&mut self, other: &Self) {
        self.text.push_str(&other.text);
        self.at.extend(&other.at);
    }

    /// The cells of a table: rows are lines, with a tab between their cells. No other text has tabs.
    pub(crate) fn of_table(rows: &[&[Self]]) -> Self {
        let width = rows.iter().map(|row| row.len()).max().unwrap_or(0);
        let mut out = Self::default();
        for (n, row) in rows.iter().enumerate() {
            let place = row.first().map_or(0, Self::start);
            if n > 0 {
                out.push('\n', place);
            }
            for at in 0..width {
                if at > 0 {
                    out.push('\t', place);
                }
                for (c, from) in row.get(at).into_iter().flat_map(Self::chars) {
                    out.push(if c == '\n' || c == '\t' { ' ' } else { c }, from);
                }
            }
        }
        out
    }

    /// A part of it; the range must lie between characters.
    pub(crate) fn slice(&self, range: Range<usize>) -> Self {
        Self { text: self.text[range.clone()].into(), at: self.at[range].to_vec() }
    }

    /// Without blanks at its ends.
    pub(crate) fn trim(&self) -> Self {
        let kept = self.text.trim_matches(is_blank);
        let start = self.text.len() - self.text.trim_start_matches(is_blank).len();
        self.slice(start..start + kept.len())
    }

    /// The characters with the byte of the input each came from.
    pub(crate) fn chars(&self) -> impl Iterator<Item = (char, usize)> {
        self.text.char_indices().map(|(n, c)| (c, self.at[n] as usize))
    }

    /// The place in the input of byte `n`.
    pub(crate) fn place(&self, n: usize) -> usize {
        self.at.get(n).or(self.at.last()).map_or(0, |&at| at as usize)
    }

    /// Where it begins in the input.
    pub(crate) fn start(&self) -> usize {
        self.place(0)
    }
}

/// Inputs are at most 16 MiB (`limits`), so places fit.
fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_keep_their_places() {
        let traced = Traced::new(" 甲乙 ", 10).trim();
        assert_eq!((traced.as_str(), traced.start()), ("甲乙", 11));
        let second = traced.slice(3..6);
        assert_eq!((second.as_str(), second.start()), ("乙", 14));
        let mut joined = second.clone();
        joined.append(&traced);
        assert_eq!(joined.chars().map(|(_, at)| at).collect::<Vec<_>>(), [14, 11, 14]);
    }
}
