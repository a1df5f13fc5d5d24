//! Source files and places in them.

use std::fmt;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// A text file that was read, with the path to name it by.
pub struct Source {
    path: String,
    text: String,
    /// The byte at which each line starts: found at the first question, as most files are read
    /// without a problem.
    line_starts: OnceLock<Vec<usize>>,
}

impl Source {
    /// A source; `path` is relative to the project root with `/` between its parts.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Arc<Self> {
        Arc::new(Self { path: path.into(), text: text.into(), line_starts: OnceLock::new() })
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
    pub(crate) fn line_col(&self, offset: usize) -> LineCol {
        let offset = self.floor(offset);
        let starts = self.line_starts();
        // The first start is 0, so at least one is not beyond the offset.
        let line = starts.partition_point(|&start| start <= offset);
        let start = line.checked_sub(1).and_then(|at| starts.get(at)).copied();
        let before = &self.text[start.unwrap_or(0)..offset];
        LineCol { line, column: before.chars().filter(|&c| c != '\u{feff}').count() + 1 }
    }

    /// The bytes of a line, counted from 1, without its line ending. A text that ends with a line
    /// ending has an empty line after it.
    pub fn line(&self, line: usize) -> Option<Range<usize>> {
        let starts = self.line_starts();
        let start = *starts.get(line.checked_sub(1)?)?;
        let end = match starts.get(line) {
            Some(next) => next - 1,
            None => self.text.len(),
        };
        let text = &self.text[start..end];
        // Only a `\r` before a `\n` belongs to the line ending.
        let ending = starts.get(line).is_some() && text.ends_with('\r');
        Some(start..end - usize::from(ending))
    }

    fn line_starts(&self) -> &[usize] {
        self.line_starts.get_or_init(|| {
            let ends = self.text.bytes().enumerate().filter(|&(_, b)| b == b'\n');
            std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect()
        })
    }

    fn floor(&self, offset: usize) -> usize {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        offset
    }
}

// Not derived: whether the lines were already counted makes no difference.
impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        self.path == other.path && self.text == other.text
    }
}

impl Eq for Source {}

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
    /// Where it is used, of what stands behind an alias.
    used: Option<Arc<Use>>,
}

/// A place that uses what was written elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    /// The name it is used by, as it is written there: `*name`.
    pub name: String,
    /// The place of use, which may lie in something that is used elsewhere itself.
    pub span: Span,
}

impl Span {
    /// A span over `range` (bytes) of `source`; cut to the source and to whole characters.
    pub fn new(source: Arc<Source>, range: Range<usize>) -> Self {
        let start = source.floor(range.start);
        let mut end = range.end.min(source.text.len()).max(start);
        while !source.text.is_char_boundary(end) {
            end += 1;
        }
        Self { source, start, end, used: None }
    }

    /// The empty span at the start of a file, for problems of the file as a whole.
    pub fn file(source: Arc<Source>) -> Self {
        Self { source, start: 0, end: 0, used: None }
    }

    /// Other bytes of the same source, used where these are.
    #[must_use]
    pub fn part(&self, range: Range<usize>) -> Self {
        Self { used: self.used.clone(), ..Self::new(self.source.clone(), range) }
    }

    /// The same bytes, used in another place.
    #[must_use]
    pub fn used_at(&self, used: Option<Arc<Use>>) -> Self {
        Self { used, ..self.clone() }
    }

    /// Where it is used, if not only where it stands.
    pub fn used(&self) -> Option<&Arc<Use>> {
        self.used.as_ref()
    }

    /// Its uses from the innermost on: an alias may stand in what another one refers to.
    pub fn uses(&self) -> impl Iterator<Item = &Arc<Use>> {
        std::iter::successors(self.used.as_ref(), |used| used.span.used.as_ref())
    }

    /// Tells apart what stands at one place and is used at several: the order of each place on
    /// the way from where it stands to where it counts.
    pub fn route(&self) -> Vec<(&str, usize, usize)> {
        std::iter::once(self)
            .chain(self.uses().map(|used| &used.span))
            .map(Self::sort_key)
            .collect()
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
    pub(crate) fn sort_key(&self) -> (&str, usize, usize) {
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
        Located { value: f(self.value), span: self.span }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(source: &Source, offset: usize) -> (usize, usize) {
        let LineCol { line, column } = source.line_col(offset);
        (line, column)
    }

    #[test]
    fn columns_are_characters() {
        let source = Source::new("a.yaml", "一二\n三: 四\n");
        assert_eq!(at(&source, 0), (1, 1));
        assert_eq!(at(&source, 3), (1, 2));
        assert_eq!(at(&source, 4), (1, 2), "inside a character");
        assert_eq!(at(&source, 6), (1, 3), "the line ending belongs to its line");
        assert_eq!(at(&source, 7), (2, 1));
        assert_eq!(at(&source, 12), (2, 4));
        assert_eq!(at(&source, 16), (3, 1));
        assert_eq!(at(&source, 999), (3, 1), "past the end");
    }

    #[test]
    fn a_byte_order_mark_is_no_column() {
        let source = Source::new("a.yaml", "\u{feff}甲乙");
        assert_eq!(at(&source, 0), (1, 1));
        assert_eq!(at(&source, 3), (1, 1));
        assert_eq!(at(&source, 6), (1, 2));
    }

    #[test]
    fn an_empty_source_has_one_line() {
        let source = Source::new("a.yaml", "");
        assert_eq!(at(&source, 0), (1, 1));
        assert_eq!(source.line(1), Some(0..0));
        assert_eq!(source.line(2), None);
        assert_eq!(source.line(0), None);
    }

    #[test]
    fn lines_come_without_their_endings() {
        let source = Source::new("a.yaml", "甲\r\n\nb\r");
        assert_eq!(source.line(1), Some(0..3));
        assert_eq!(source.line(2), Some(5..5));
        assert_eq!(source.line(3), Some(6..8), "a lone \\r ends no line");
        assert_eq!(source.line(4), None);
    }

    #[test]
    fn counted_lines_do_not_change_equality() {
        let counted = Source::new("a.yaml", "甲\n乙");
        let fresh = Source::new("a.yaml", "甲\n乙");
        counted.line_col(4);
        assert_eq!(counted, fresh);
    }
}
