//! The lines of a source around some marks, cut to the width of the terminal.

use std::ops::Range;

use super::super::Source;
use super::cut::{Cut, Focus};

/// A place to mark.
pub(super) struct Mark {
    /// Its bytes in the source.
    pub(super) bytes: Range<usize>,
    /// Columns of the label behind it.
    pub(super) label: usize,
}

/// Lines of a source and the marks in them.
pub(super) struct Excerpt {
    /// The lines, each with `\n`.
    pub(super) text: String,
    /// The number of the first.
    pub(super) first_line: usize,
    /// The bytes of `text` for each mark.
    pub(super) marks: Vec<Range<usize>>,
    /// Lines without a mark that should be seen too.
    pub(super) visible: Vec<Range<usize>>,
}

/// The lines that `marks` touch, those between them included.
pub(super) fn excerpt(source: &Source, marks: &[Mark], columns: usize) -> Excerpt {
    let placed: Vec<Placed> = marks.iter().map(|mark| Placed::new(source, mark)).collect();
    let first = placed.iter().map(|p| p.first_line).min().unwrap_or(1);
    let last = placed.iter().map(|p| p.last_line).max().unwrap_or(1);
    // A mark in an empty line, as at the end of a file, says more below the line before it.
    let lead = first > 1 && line_of(source, first).1.trim().is_empty();
    let first_line = if lead { first - 1 } else { first };

    let mut excerpt = Excerpt {
        text: String::new(),
        first_line,
        marks: vec![0..0; marks.len()],
        visible: Vec::new(),
    };
    for number in first_line..=last {
        let (start, line) = line_of(source, number);
        let focus: Vec<Focus> =
            placed.iter().filter_map(|p| p.focus(number, start, line)).collect();
        let cut = Cut::new(line, &focus, columns);
        let offset = excerpt.text.len();
        for (placed, mark) in placed.iter().zip(&mut excerpt.marks) {
            let in_line = |byte: usize| byte.saturating_sub(start).min(line.len());
            if placed.first_line == number {
                *mark = offset + cut.start(in_line(placed.bytes.start))..mark.end;
            }
            if placed.last_line == number {
                let end = offset + cut.end(in_line(placed.bytes.end));
                *mark = mark.start..end.max(mark.start);
            }
        }
        if number < first {
            excerpt.visible.push(offset..offset + cut.text.len());
        }
        excerpt.text.push_str(&cut.text);
        excerpt.text.push('\n');
    }
    // Makes annotate-snippets count an empty last line for the width of the line numbers.
    excerpt.visible.push(excerpt.text.len() - 1..excerpt.text.len());
    excerpt
}

/// A line's first byte in the source and its text.
fn line_of(source: &Source, number: usize) -> (usize, &str) {
    let range = source.line(number).unwrap_or(0..0);
    (range.start, &source.text()[range])
}

/// A mark with the lines it stands in.
struct Placed {
    bytes: Range<usize>,
    label: usize,
    first_line: usize,
    last_line: usize,
}

impl Placed {
    fn new(source: &Source, mark: &Mark) -> Self {
        let bytes = without_end(source.text(), mark.bytes.clone());
        Self {
            first_line: source.line_col(bytes.start).line,
            last_line: source.line_col(bytes.end).line,
            bytes,
            label: mark.label,
        }
    }

    /// What of the mark should be seen in a line; of one over several lines only its two ends.
    fn focus(&self, number: usize, start: usize, line: &str) -> Option<Focus> {
        let byte = |byte: usize| byte.saturating_sub(start).min(line.len());
        let (from, to) = (byte(self.bytes.start), byte(self.bytes.end));
        let (bytes, label) = if self.first_line == self.last_line {
            (from..to, self.label)
        } else if number == self.first_line {
            (from..from, 0)
        } else {
            (to..to, self.label)
        };
        (number == self.first_line || number == self.last_line).then_some(Focus { bytes, label })
    }
}

/// The range without the white space at its end, so that no mark reaches into the next line just
/// because it includes a line ending.
fn without_end(text: &str, range: Range<usize>) -> Range<usize> {
    let marked = &text[range.clone()];
    let trimmed = match marked.trim_end() {
        // Nothing but white space: that of the first line.
        "" => marked.lines().next().unwrap_or(""),
        trimmed => trimmed,
    };
    range.start..range.start + trimmed.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The excerpt with its first mark in brackets.
    fn marked(text: &str, bytes: Range<usize>) -> (usize, String) {
        let source = Source::new("a.yaml", text);
        let excerpt = excerpt(&source, &[Mark { bytes, label: 0 }], 40);
        let Range { start, end } = excerpt.marks[0].clone();
        let mut text = excerpt.text;
        text.insert(end, ']');
        text.insert(start, '[');
        (excerpt.first_line, text)
    }

    #[test]
    fn only_the_lines_of_the_mark() {
        assert_eq!(marked("一\n二: 三\n四\n", 9..12), (2, "二: [三]\n".to_owned()));
    }

    #[test]
    fn line_endings_are_not_marked() {
        assert_eq!(marked("一\n二\n\n四\n", 4..9), (2, "[二]\n".to_owned()));
        assert_eq!(marked("一\r\n二\r\n", 0..5), (1, "[一]\n".to_owned()));
        assert_eq!(marked("一  \n二\n", 3..6), (1, "一[  ]\n".to_owned()));
    }

    #[test]
    fn several_lines() {
        let (first, text) = marked("一\r\n二三\r\n四五\r\n", 8..16);
        assert_eq!((first, text.as_str()), (2, "二[三\n四]五\n"));
    }

    #[test]
    fn the_end_of_a_file_shows_the_line_before() {
        assert_eq!(marked("一\n二\n", 8..8), (2, "二\n[]\n".to_owned()));
        assert_eq!(marked("一\n二", 7..7), (2, "二[]\n".to_owned()));
        assert_eq!(marked("", 0..0), (1, "[]\n".to_owned()));
    }

    #[test]
    fn each_line_is_cut_around_its_own_end() {
        let text = format!("{}甲\n{}\n乙{}\n", "前".repeat(90), "中".repeat(90), "后".repeat(90));
        let start = text.find('甲').unwrap();
        let end = text.find('后').unwrap();
        let (_, shown) = marked(&text, start..end);
        let lines: Vec<_> = shown.lines().collect();
        assert!(lines[0].ends_with("前[甲"), "{shown}");
        assert!(lines[1].starts_with("中中") && lines[1].ends_with("中..."), "{shown}");
        assert!(lines[2].starts_with("乙]后"), "{shown}");
    }

    #[test]
    fn a_byte_order_mark_is_not_drawn() {
        assert_eq!(marked("\u{feff}一二", 6..9), (1, "一[二]\n".to_owned()));
    }
}
