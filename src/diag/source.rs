//! Source files and places in them.

use std::fmt;
use std::ops::{Deref, Range};
use std::sync::Arc;

/// A text file that was read, with the path to name it by.
#[derive(PartialEq, Eq)]
pub struct Source {
    path: String,
    text: String,
}

impl Source {
    /// A source; `path` is relative to the project root with `/` between its parts.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Arc<Self> {
        Arc::new(Self {
            path: path.into(),
            text: text.into(),
        })
    }

    /// The path that messages name.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Line and column of a byte offset, both 1-based, the column in characters. An offset past
    /// the end gives the end; one inside a character gives that character.
    pub fn line_col(&self, offset: usize) -> LineCol {
        let offset = self.floor(offset);
        let before = &self.text[..offset];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        LineCol {
            line: before.bytes().filter(|&b| b == b'\n').count() + 1,
            column: before[line_start..]
                .chars()
                .filter(|&c| c != '\u{feff}')
                .count()
                + 1,
        }
    }

    fn floor(&self, offset: usize) -> usize {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        offset
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Source({})", self.path)
    }
}

/// Line and column, both 1-based; the column counts characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineCol {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

/// A range of bytes in a source.
#[derive(Clone, PartialEq, Eq)]
pub struct Span {
    source: Arc<Source>,
    start: usize,
    end: usize,
}

impl Span {
    /// A span over `range` (bytes) of `source`; cut to the source and to whole characters.
    pub fn new(source: Arc<Source>, range: Range<usize>) -> Self {
        let start = source.floor(range.start);
        let mut end = range.end.min(source.text.len()).max(start);
        while !source.text.is_char_boundary(end) {
            end += 1;
        }
        Self { source, start, end }
    }

    /// The empty span at the start of a file, for problems of the file as a whole.
    pub fn file(source: Arc<Source>) -> Self {
        Self {
            source,
            start: 0,
            end: 0,
        }
    }

    /// The source it points into.
    pub fn source(&self) -> &Arc<Source> {
        &self.source
    }

    /// The range in bytes.
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }

    /// Where it begins.
    pub fn start(&self) -> LineCol {
        self.source.line_col(self.start)
    }

    /// Where it ends (exclusive).
    pub fn end(&self) -> LineCol {
        self.source.line_col(self.end)
    }

    /// The order in which problems are reported: by file, then by place.
    pub fn sort_key(&self) -> (&str, usize, usize) {
        (self.source.path(), self.start, self.end)
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}..{}", self.source.path, self.start, self.end)
    }
}

/// A value with the place that it was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

impl<T> Located<T> {
    /// A value and its place.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }

    /// The same place with another value.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Located<U> {
        Located {
            value: f(self.value),
            span: self.span,
        }
    }
}

/// A text value read from a source, which knows for each of its bytes where it was written:
/// quoting, escapes, folding and indentation lie between the two.
#[derive(Clone, PartialEq, Eq)]
pub struct SourceText {
    value: String,
    span: Span,
    /// Runs of equal bytes: (offset in the value, offset in the source), ascending in both.
    /// Between two runs the value was made from other characters (an escape, a fold).
    runs: Arc<[(usize, usize)]>,
}

impl SourceText {
    /// A text with its runs: pairs of an offset in `value` and the byte offset in the source it
    /// came from, ascending; an offset between two pairs is as far behind the first pair in the
    /// source as it is in the value, but never beyond the second.
    pub fn new(value: String, span: Span, runs: Vec<(usize, usize)>) -> Self {
        Self {
            value,
            span,
            runs: runs.into(),
        }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.value
    }

    /// The whole scalar as it stands in the source, quotes included.
    pub fn span(&self) -> &Span {
        &self.span
    }

    /// The byte of the source that byte `offset` of the value came from; the end of the value
    /// maps to the end of its last character.
    pub fn source_offset(&self, offset: usize) -> usize {
        let at = self.runs.partition_point(|&(value, _)| value <= offset);
        let Some(&(value, source)) = at.checked_sub(1).and_then(|at| self.runs.get(at)) else {
            return self.span.range().start;
        };
        let mapped = source + (offset - value);
        match self.runs.get(at) {
            Some(&(_, next)) => mapped.min(next),
            None => mapped.min(self.span.source().text().len()),
        }
    }

    /// The place in the source of a range of bytes of the value.
    pub fn span_of(&self, range: Range<usize>) -> Span {
        let start = self.source_offset(range.start);
        let end = if range.end > range.start {
            // The end of a range is the end of its last character, not the start of the next,
            // which may stand on the next line.
            let last = self.value[..range.end]
                .char_indices()
                .next_back()
                .map_or(0, |(at, _)| at);
            let from = self.source_offset(last);
            let width = range.end - last;
            let text = self.span.source().text();
            if text.get(from..from + width) == Some(&self.value[last..range.end]) {
                from + width
            } else {
                self.source_offset(range.end).max(from)
            }
        } else {
            start
        };
        Span::new(self.span.source().clone(), start..end)
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
