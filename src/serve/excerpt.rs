//! The lines of a source around a finding.

use std::ops::Range;

use serde::Serialize;

use base::diag::Span;

/// How many lines stand before and behind the marked ones.
const AROUND: usize = 4;
/// Of a mark over many lines, the first ones say enough.
const LONGEST: usize = 40;

/// Lines with their marks.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Excerpt {
    /// The file, as messages name it.
    file: String,
    /// Where the mark begins: line and column, from 1.
    line: usize,
    column: usize,
    lines: Vec<Line>,
}

#[derive(Debug, PartialEq, Eq, Serialize)]
struct Line {
    number: usize,
    /// What the line is made of; true with what is marked.
    pieces: Vec<(String, bool)>,
}

impl Excerpt {
    /// The lines around a place.
    pub(super) fn around(span: &Span) -> Self {
        let (start, end) = (span.start(), span.end());
        let source = span.source();
        let last = end.line.min(start.line + LONGEST) + AROUND;
        let lines = (start.line.saturating_sub(AROUND).max(1)..=last)
            .map_while(|number| {
                let bytes = source.line(number)?;
                let pieces = pieces(source.text(), bytes, &span.range());
                Some(Line { number, pieces })
            })
            .collect();
        Self { file: source.path().into(), line: start.line, column: start.column, lines }
    }
}

/// A line before, in and behind the mark; an empty mark inside it stays as one.
fn pieces(text: &str, line: Range<usize>, mark: &Range<usize>) -> Vec<(String, bool)> {
    let inside = |byte: usize| byte.clamp(line.start, line.end);
    let (from, to) = (inside(mark.start), inside(mark.end));
    let is_here = mark.start <= line.end && mark.end >= line.start;
    let (from, to) = if is_here { (from, to) } else { (line.end, line.end) };
    let keep_empty = mark.is_empty() && is_here;
    [(line.start..from, false), (from..to, true), (to..line.end, false)]
        .into_iter()
        .filter(|(bytes, marked)| !bytes.is_empty() || (*marked && keep_empty))
        .map(|(bytes, marked)| (text[bytes].replace('\u{feff}', ""), marked))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::diag::Source;

    /// The lines with their marks in brackets.
    fn lines(text: &str, bytes: Range<usize>) -> Vec<String> {
        let excerpt = Excerpt::around(&Span::new(Source::new("a.yaml", text), bytes));
        let piece =
            |(text, marked): (String, bool)| if marked { format!("[{text}]") } else { text };
        let line = |line: Line| {
            let text: String = line.pieces.into_iter().map(piece).collect();
            format!("{} {text}", line.number)
        };
        excerpt.lines.into_iter().map(line).collect()
    }

    #[test]
    fn the_mark_and_the_lines_around() {
        let text: String = (1..=12).map(|n| format!("第{n}行\n")).collect();
        let start = text.find("第7行").unwrap() + 3;
        let found = lines(&text, start..start + 1);
        assert_eq!(found.first().unwrap(), "3 第3行");
        assert_eq!(found[4], "7 第[7]行");
        assert_eq!(found.last().unwrap(), "11 第11行");
    }

    #[test]
    fn several_lines_an_empty_place_and_both_ends() {
        assert_eq!(lines("ab\ncd\nef", 1..7), ["1 a[b]", "2 [cd]", "3 [e]f"]);
        assert_eq!(lines("ab\ncd", 3..3), ["1 ab", "2 []cd"]);
        assert_eq!(lines("", 0..0), ["1 []"]);
        assert_eq!(lines("\u{feff}ab\n", 3..4), ["1 [a]b", "2 "]);
    }
}
