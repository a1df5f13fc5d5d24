//! A text as it will be read: its characters without the signs of Markdown, each with its place.

use std::ops::Range;

use base::diag::{Edit, Fix, SourceText, Span};

/// Stands for a link's address and the like: no rule looks at it.
const OPAQUE: char = '\u{fffc}';

/// The characters of a text.
#[derive(Debug)]
pub(super) struct Prose<'a> {
    text: &'a SourceText,
    /// Each with the bytes of the value that it was written with.
    chars: Vec<(char, Range<usize>)>,
}

impl<'a> Prose<'a> {
    pub(super) fn new(text: &'a SourceText, markdown: bool) -> Self {
        let mut chars: Vec<(char, Range<usize>)> =
            text.char_indices().map(|(at, c)| (c, at..at + c.len_utf8())).collect();
        if markdown {
            chars = without_markup(chars);
        }
        hide_addresses(&mut chars);
        Self { text, chars }
    }

    pub(super) fn len(&self) -> usize {
        self.chars.len()
    }

    /// The character at a place; `\0` outside.
    pub(super) fn at(&self, place: usize) -> char {
        self.chars.get(place).map_or('\0', |&(c, _)| c)
    }

    /// The character before a place; `\0` at the beginning.
    pub(super) fn before(&self, place: usize) -> char {
        place.checked_sub(1).map_or('\0', |place| self.at(place))
    }

    /// The places of a character.
    pub(super) fn places(&self, wanted: impl Fn(char) -> bool) -> impl Iterator<Item = usize> {
        (0..self.len()).filter(move |&place| wanted(self.at(place)))
    }

    /// Whether these characters stand at a place.
    pub(super) fn has(&self, place: usize, words: &str) -> bool {
        words.chars().enumerate().all(|(ahead, c)| self.at(place + ahead) == c)
    }

    /// The characters of a range.
    pub(super) fn slice(&self, range: Range<usize>) -> String {
        let end = range.end.min(self.len());
        self.chars[range.start.min(end)..end].iter().map(|&(c, _)| c).collect()
    }

    /// How many characters from a place on are wanted.
    pub(super) fn run(&self, place: usize, wanted: impl Fn(char) -> bool) -> usize {
        (place..self.len()).take_while(|&place| wanted(self.at(place))).count()
    }

    /// The bytes of the value behind a range.
    pub(super) fn bytes(&self, range: Range<usize>) -> Range<usize> {
        let end_of_text = self.text.len();
        let start = self.chars.get(range.start).map_or(end_of_text, |(_, bytes)| bytes.start);
        let last = range.end.checked_sub(1).filter(|&last| last >= range.start);
        let end = last.and_then(|last| self.chars.get(last)).map_or(start, |(_, b)| b.end);
        start..end.max(start)
    }

    /// The place in the file behind a range.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        self.text.span_of(self.bytes(range))
    }

    /// A change of the file; `None` where the characters stand there in another form (escaped,
    /// broken over lines), so that one cannot be certain.
    pub(super) fn edit(&self, range: Range<usize>, replacement: &str) -> Option<Edit> {
        let span = self.span(range.clone());
        let written = &span.source().text()[span.range()];
        let same = written == self.slice(range);
        // Both would begin something else in YAML or Markdown.
        let harmless = !replacement.contains(['\\', '"', '\'', '#', ':', '\n', '*']);
        (same && harmless).then(|| Edit { span, replacement: replacement.to_string() })
    }

    /// A change of one range.
    pub(super) fn fix(&self, range: Range<usize>, replacement: &str) -> Option<Fix> {
        Some(Fix::new(vec![self.edit(range, replacement)?]))
    }

    /// Inserts behind the character before a place.
    pub(super) fn insert_behind(&self, place: usize, words: &str) -> Option<Fix> {
        let last = place.checked_sub(1)?;
        // The character must stand there as it is, for its end to be known.
        let edit = self.edit(last..place, "")?;
        let at = edit.span.range().end;
        let span = edit.span.part(at..at);
        Some(Fix::new(vec![Edit { span, replacement: words.to_string() }]))
    }
}

/// Drops emphasis, list signs, backslashes, and blanks at the ends of lines; links keep their
/// words.
fn without_markup(chars: Vec<(char, Range<usize>)>) -> Vec<(char, Range<usize>)> {
    let mut kept: Vec<(char, Range<usize>)> = Vec::with_capacity(chars.len());
    let at = |place: usize| chars.get(place).map_or('\0', |&(c, _)| c);
    let mut line_start = true;
    // Each bracket is looked at once, so that a text of brackets takes no longer than another.
    let mut open: Vec<usize> = Vec::new();
    let mut dropped: Vec<usize> = Vec::new();
    let mut closing: Option<usize> = Some(0);
    let mut place = 0;
    while place < chars.len() {
        let (c, bytes) = chars[place].clone();
        let next = at(place + 1);
        match c {
            '\\' if next.is_ascii_punctuation() => {
                // With its backslash it is not what it seems: no fix may touch it.
                kept.push((next, bytes.start..bytes.end + next.len_utf8()));
                place += 1;
                line_start = false;
            }
            '*' => {}
            ' ' | '\t' if line_start => {}
            '-' | '+' | '#' if line_start && (next == ' ' || next == '#') => {}
            '\n' => {
                while kept.last().is_some_and(|&(c, _)| c == ' ' || c == '\t') {
                    kept.pop();
                }
                kept.push((c, bytes));
                line_start = true;
            }
            ']' if next == '(' => {
                dropped.extend(open.pop());
                if closing.is_some_and(|closing| closing < place || at(closing) != ')') {
                    closing = (place..chars.len()).find(|&p| at(p) == ')');
                }
                place = closing.unwrap_or(place + 1);
                line_start = false;
            }
            _ => {
                if c == '[' {
                    open.push(kept.len());
                }
                kept.push((c, bytes));
                line_start = false;
            }
        }
        place += 1;
    }
    while kept.last().is_some_and(|&(c, _)| c == ' ') {
        kept.pop();
    }
    if dropped.is_empty() {
        return kept;
    }
    dropped.sort_unstable();
    let is_kept = |place: &usize| dropped.binary_search(place).is_err();
    kept.into_iter().enumerate().filter(|(place, _)| is_kept(place)).map(|(_, c)| c).collect()
}

/// Puts one opaque character for each address of the web or a mailbox.
fn hide_addresses(chars: &mut Vec<(char, Range<usize>)>) {
    let is_address = |c: char| c.is_ascii_graphic() && !"<>\"()".contains(c);
    let mut kept = Vec::with_capacity(chars.len());
    let mut place = 0;
    while place < chars.len() {
        let run = chars[place..].iter().take_while(|&&(c, _)| is_address(c)).count();
        if run == 0 {
            kept.push(chars[place].clone());
            place += 1;
            continue;
        }
        let end = place + run;
        let word: String = chars[place..end].iter().map(|&(c, _)| c).collect();
        let mailbox = word.split_once('@').is_some_and(|(_, host)| host.contains('.'));
        if word.contains("://") || word.starts_with("www.") || mailbox {
            kept.push((OPAQUE, chars[place].1.start..chars[end - 1].1.end));
        } else {
            kept.extend_from_slice(&chars[place..end]);
        }
        place = end;
    }
    *chars = kept;
}

/// A Chinese character or a mark of Chinese text.
pub(super) fn is_chinese(c: char) -> bool {
    base::zh::is_cjk(c) && c != '\u{3000}'
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::diag::Source;

    fn source(text: &str) -> SourceText {
        let source = Source::new("a.yaml", text);
        SourceText::new(text.into(), Span::new(source, 0..text.len()), vec![(0, 0)])
    }

    fn read(text: &str) -> String {
        let source = source(text);
        let prose = Prose::new(&source, true);
        prose.slice(0..prose.len())
    }

    #[test]
    fn markup_is_left_out() {
        assert_eq!(read("**甲**乙"), "甲乙");
        assert_eq!(read("- 甲\n  - 乙 \n"), "甲\n乙\n");
        assert_eq!(read("见[网站](https://a.b/c)。"), "见网站。");
        assert_eq!(read("见https://a.b/c?d,e。"), "见\u{fffc}。");
        assert_eq!(read("寄li@example.com，"), "寄\u{fffc}，");
        assert_eq!(read("甲\\*乙"), "甲*乙");
        assert_eq!(read("[甲](a)乙[丙](b)丁](c)"), "甲乙丙丁");
        assert_eq!(read("](a)甲[乙](丙"), "甲乙丙");
    }

    #[test]
    fn a_change_is_only_made_where_the_words_stand_as_they_are() {
        let text = source("甲**,**乙\\,丙,丁");
        let prose = Prose::new(&text, true);
        assert_eq!(prose.slice(0..prose.len()), "甲,乙,丙,丁");
        assert_eq!(prose.edit(1..2, "，").unwrap().span.range(), 5..6);
        assert_eq!(prose.edit(0..2, "甲，"), None, "with signs between");
        assert_eq!(prose.edit(3..4, "，"), None, "with a backslash");
        assert_eq!(prose.edit(5..6, "\""), None, "a sign of YAML");
    }
}
