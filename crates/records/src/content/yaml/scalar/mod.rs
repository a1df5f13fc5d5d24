//! Scalars: from the parser's value and its place to a text that knows where each of its
//! characters was written.
//!
//! The parser gives the value but not the way back, so the source is decoded once more here,
//! one file per style. The parser's value is what counts: where the two should differ, it is
//! aligned with the source as well as possible.

mod align;
mod block;
mod escape;
mod flow;
mod mapped;
#[cfg(test)]
mod tests;

use std::ops::Range;
use std::sync::Arc;

use granit_parser::ScalarStyle;

pub(super) use escape::escape;

use self::flow::Quote;
use self::mapped::Mapped;
use base::diag::{Source, SourceText, Span};

/// A scalar as the parser reports it.
#[derive(Debug)]
pub(super) struct Scalar<'a> {
    pub(super) source: &'a Arc<Source>,
    pub(super) value: &'a str,
    pub(super) style: ScalarStyle,
    /// The parser's place of it, in bytes.
    pub(super) range: Range<usize>,
    /// The column of its start, from 0.
    pub(super) column: usize,
    /// The end of what the parser reported before it.
    pub(super) after: usize,
}

impl Scalar<'_> {
    /// The text with its places.
    pub(super) fn locate(&self) -> SourceText {
        let text = self.source.text();
        let (mapped, range) = match self.decode() {
            Some((mapped, range)) if mapped.value == self.value => (mapped, range),
            _ => (align::align(text, self.range.clone(), self.value), self.range.clone()),
        };
        let (value, runs) = mapped.finish();
        SourceText::new(value, Span::new(self.source.clone(), range), runs)
    }

    fn decode(&self) -> Option<(Mapped, Range<usize>)> {
        let quoted = |quote| {
            let inner = self.range.start + 1..self.range.end.checked_sub(1)?;
            let text = self.source.text().get(inner.clone())?;
            Some((flow::decode(text, inner.start, quote)?, self.range.clone()))
        };
        match self.style {
            ScalarStyle::Plain => {
                let text = self.source.text().get(self.range.clone())?;
                let mapped = flow::decode(text, self.range.start, Quote::None)?;
                Some((mapped, self.range.clone()))
            }
            ScalarStyle::SingleQuoted => quoted(Quote::Single),
            ScalarStyle::DoubleQuoted => quoted(Quote::Double),
            ScalarStyle::Literal => block::decode(self, false),
            ScalarStyle::Folded => block::decode(self, true),
        }
    }
}
