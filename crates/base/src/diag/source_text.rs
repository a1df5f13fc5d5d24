//! Text values that know where each of their bytes was written.

use std::fmt;
use std::ops::{Deref, Range};
use std::sync::Arc;

use super::{Span, Use};

/// A text value read from a source, which knows for each of its bytes where it was written:
/// quoting, escapes, folding and indentation lie between the two.
#[derive(Clone, PartialEq, Eq)]
pub struct SourceText {
    value: String,
    span: Span,
    /// See [`SourceText::new`].
    runs: Arc<[(usize, usize)]>,
}

impl SourceText {
    /// A text with its runs: pairs of an offset in `value` and the byte offset in the source,
    /// ascending in both. From one pair to the next, value and source go on byte by byte; where
    /// the source is the longer (an escape) or the shorter one, the next pair sets them right.
    ///
    /// Two pairs at one offset of the value are a gap (the indentation of a line, say): the
    /// first tells where the character before it ends, the second where the next one begins. A
    /// last pair at the end of the value tells where its last character ends.
    pub fn new(value: String, span: Span, runs: Vec<(usize, usize)>) -> Self {
        Self { value, span, runs: runs.into() }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.value
    }

    /// The whole scalar as it stands in the source, quotes included; of a block of lines, from
    /// the sign that opens it to the end of its last line of text.
    pub fn span(&self) -> &Span {
        &self.span
    }

    /// The byte of the source that byte `offset` of the value came from; the end of the value
    /// (and what lies beyond it) maps to the end of its last character.
    pub fn source_offset(&self, offset: usize) -> usize {
        let offset = offset.min(self.value.len());
        let at = self.runs.partition_point(|&(value, _)| value <= offset);
        self.follow(at, offset)
    }

    /// The end of the character of the value that ends at `offset`: unlike its start, never
    /// behind a gap.
    fn source_end(&self, offset: usize) -> usize {
        let at = self.runs.partition_point(|&(value, _)| value < offset);
        match self.runs.get(at) {
            Some(&(value, source)) if value == offset => source,
            _ => self.follow(at, offset),
        }
    }

    /// From the run before `at` on to `offset`, at most to the run at `at`.
    fn follow(&self, at: usize, offset: usize) -> usize {
        let Some(&(value, source)) = at.checked_sub(1).and_then(|at| self.runs.get(at)) else {
            return self.span.range().start;
        };
        let next = self.runs.get(at).map(|&(_, next)| next);
        (source + (offset - value)).min(next.unwrap_or(self.span.source().text().len()))
    }

    /// The place in the source of a range of bytes of the value, from the start of its first to
    /// the end of its last character. A range that cuts characters is widened to whole ones.
    pub fn span_of(&self, range: Range<usize>) -> Span {
        let len = self.value.len();
        let (mut from, mut to) = (range.start.min(len), range.end.min(len));
        while !self.value.is_char_boundary(from) {
            from -= 1;
        }
        while !self.value.is_char_boundary(to) {
            to += 1;
        }
        let start = self.source_offset(from);
        let end = if to > from { self.source_end(to).max(start) } else { start };
        self.span.part(start..end)
    }

    /// The same text, used in another place.
    #[must_use]
    pub fn used_at(&self, used: Option<Arc<Use>>) -> Self {
        Self { span: self.span.used_at(used), ..self.clone() }
    }

    /// The text without some bytes of its value, which must be whole characters; the places of
    /// all others stay.
    #[must_use]
    pub fn without(&self, range: Range<usize>) -> Self {
        let mut value = self.value.clone();
        value.replace_range(range.clone(), "");
        let before = self.runs.iter().copied().filter(|&(at, _)| at < range.start);
        let gap = [
            (range.start, self.source_end(range.start)),
            (range.start, self.source_offset(range.end)),
        ];
        let after = self.runs.iter().filter(|&&(at, _)| at > range.end);
        let after = after.map(|&(at, source)| (at - range.len(), source));
        let runs = before.chain(gap).chain(after).collect();
        Self::new(value, self.span.clone(), runs)
    }
}

impl Deref for SourceText {
    type Target = str;
    fn deref(&self) -> &str {
        &self.value
    }
}

impl fmt::Debug for SourceText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} @ {:?}", self.value, self.span)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Source;

    /// `"甲\\t\n  乙 丙"` in the source: an escape, a fold, a copied run.
    fn sample() -> SourceText {
        let source = Source::new("a.yaml", "k: \"甲\\t\r\n  乙丙\"\n");
        // 3 quote, 4..7 甲, 7..9 \t, 9..11 break, 13..16 乙, 16..19 丙, 19 quote
        SourceText::new(
            "甲\t 乙丙".into(),
            Span::new(source, 3..20),
            vec![(0, 4), (3, 7), (4, 9), (5, 11), (5, 13), (11, 19)],
        )
    }

    #[test]
    fn each_byte_maps_to_where_it_was_written() {
        let text = sample();
        let of = |at| text.source_offset(at);
        assert_eq!([of(0), of(3), of(4), of(5), of(8)], [4, 7, 9, 13, 16]);
        assert_eq!((of(11), of(99)), (19, 19));
    }

    #[test]
    fn a_range_ends_with_its_last_character() {
        let text = sample();
        let of = |range| text.span_of(range).range();
        assert_eq!(of(0..3), 4..7);
        assert_eq!(of(3..4), 7..9, "the whole escape");
        assert_eq!(of(4..5), 9..11, "the line break, not the indentation behind it");
        assert_eq!(of(5..8), 13..16);
        assert_eq!(of(0..11), 4..19);
    }

    #[test]
    fn an_empty_range_is_an_empty_place() {
        let text = sample();
        assert_eq!(text.span_of(5..5).range(), 13..13);
        assert_eq!(text.span_of(11..11).range(), 19..19);
    }

    #[test]
    fn ranges_that_do_not_fit_are_made_to() {
        let text = sample();
        assert_eq!(text.span_of(6..7).range(), 13..16, "inside a character");
        assert_eq!(text.span_of(50..99).range(), 19..19);
        #[expect(clippy::reversed_empty_ranges)]
        let reversed = text.span_of(8..5);
        assert_eq!(reversed.range(), 16..16);
    }

    #[test]
    fn the_rest_keeps_its_places() {
        let text = sample().without(4..5);
        assert_eq!(&*text, "甲\t乙丙");
        let of = |range| text.span_of(range).range();
        assert_eq!([of(0..3), of(3..4), of(4..7), of(7..10)], [4..7, 7..9, 13..16, 16..19]);
        assert_eq!(of(0..10), 4..19);
    }

    #[test]
    fn one_run_is_enough_for_text_that_stands_as_it_is() {
        let source = Source::new("a.yaml", "k: 甲乙\n");
        let text = SourceText::new("甲乙".into(), Span::new(source, 3..9), vec![(0, 3)]);
        assert_eq!(text.span_of(3..6).range(), 6..9);
        assert_eq!(text.source_offset(6), 9);
    }

    #[test]
    fn an_empty_text_maps_to_its_place() {
        let source = Source::new("a.yaml", "k: ''\n");
        let text = SourceText::new(String::new(), Span::new(source, 3..5), Vec::new());
        assert_eq!(text.span_of(0..0).range(), 3..3);
    }
}
