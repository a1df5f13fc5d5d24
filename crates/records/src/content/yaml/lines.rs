//! Looking at the source line by line, around what the parser reports.

use std::ops::Range;

/// One line of a source.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    /// Where it begins.
    pub(super) start: usize,
    /// Its text without the line break.
    pub(super) text: &'a str,
}

impl<'a> Line<'a> {
    /// The line that `offset` lies in.
    pub(super) fn at(source: &'a str, offset: usize) -> Self {
        let offset = floor(source, offset);
        let start = source[..offset].rfind('\n').map_or(0, |at| at + 1);
        let start = if start == 0 && source.starts_with('\u{feff}') {
            '\u{feff}'.len_utf8()
        } else {
            start
        };
        let rest = &source[start..];
        let text = rest.split('\n').next().unwrap_or_default();
        Self { start, text: text.trim_end_matches('\r') }
    }

    /// The lines from the one at `range.start` to the one at `range.end`.
    pub(super) fn between(source: &'a str, range: Range<usize>) -> Vec<Self> {
        let mut lines = vec![Self::at(source, range.start)];
        let last = Self::at(source, range.end).start;
        while let Some(line) = lines.last().copied() {
            let next = line.end() + source[line.end()..].find('\n').map_or(0, |at| at + 1);
            if line.start >= last || next <= line.start {
                break;
            }
            lines.push(Self::at(source, next));
        }
        lines
    }

    /// Where it ends, before the line break.
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// The length of its indentation: blanks of all kinds.
    pub(super) fn indent(&self) -> usize {
        self.text.find(|c: char| !c.is_whitespace() && c != '\u{feff}').unwrap_or(self.text.len())
    }

    /// Where the first character other than a blank stands.
    pub(super) fn body_start(&self) -> usize {
        self.start + self.indent()
    }

    /// From the first to the last character other than a blank.
    pub(super) fn body(&self) -> Range<usize> {
        let from = self.body_start();
        from..(self.start + self.text.trim_end().len()).max(from)
    }

    /// Behind the `- ` signs of list items: where the key or the text begins.
    pub(super) fn entry_start(&self) -> usize {
        let mut at = self.indent();
        while self.text[at..].starts_with("- ") {
            at += 1;
            at += self.text[at..].len() - self.text[at..].trim_start_matches(' ').len();
        }
        self.start + at
    }

    /// The part of the line from `offset` on.
    pub(super) fn from(&self, offset: usize) -> &'a str {
        offset.checked_sub(self.start).and_then(|at| self.text.get(at..)).unwrap_or_default()
    }
}

/// Where the next value begins after `from`: behind blanks, line breaks, comments, the signs
/// of keys and list items, and tags and anchors.
pub(super) fn value_start(source: &str, from: usize) -> usize {
    let mut at = floor(source, from);
    loop {
        let rest = &source[at..];
        let Some(first) = rest.chars().next() else {
            return at;
        };
        at += match first {
            ' ' | '\t' | '\r' | '\n' | ':' | '-' | '?' | ',' | '[' | '{' | '\u{feff}' => {
                first.len_utf8()
            }
            '#' => rest.find(['\r', '\n']).unwrap_or(rest.len()),
            '!' | '&' => rest.find([' ', '\t', '\r', '\n']).unwrap_or(rest.len()),
            _ => return at,
        };
    }
}

fn floor(source: &str, offset: usize) -> usize {
    let mut offset = offset.min(source.len());
    while !source.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_and_its_parts() {
        let source = "a: 1\r\n  - - 键: 值 \r\nb: 2";
        let line = Line::at(source, 12);
        assert_eq!(line.text, "  - - 键: 值 ");
        assert_eq!(line.start, 6);
        assert_eq!(&source[line.entry_start()..line.end()], "键: 值 ");
        assert_eq!(&source[line.body()], "- - 键: 值");
        let lines = Line::between(source, 0..source.len());
        let texts: Vec<_> = lines.iter().map(|line| line.text).collect();
        assert_eq!(texts, ["a: 1", "  - - 键: 值 ", "b: 2"]);
    }

    #[test]
    fn the_next_value() {
        let source = "a: # 甲 | 乙\n  !x &y |2\n";
        assert_eq!(&source[value_start(source, 1)..], "|2\n");
    }
}
