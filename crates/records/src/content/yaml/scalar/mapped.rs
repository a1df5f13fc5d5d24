//! A value under construction together with the place of each of its characters.

use std::ops::Range;

/// The value that a decoder makes, with the runs that [`base::diag::SourceText`] wants.
#[derive(Debug, Default)]
pub(super) struct Mapped {
    pub(super) value: String,
    runs: Vec<(usize, usize)>,
    /// Where the last piece ends in the source.
    end: usize,
    /// Whether the last piece stands in the source as it does in the value.
    copied: bool,
}

impl Mapped {
    /// Adds text that stands in the source as it is, at `at`.
    pub(super) fn copy(&mut self, text: &str, at: usize) {
        if text.is_empty() {
            return;
        }
        if !(self.copied && self.end == at) {
            self.begin(at);
        }
        self.value.push_str(text);
        self.end = at + text.len();
        self.copied = true;
    }

    /// Adds a character that `place` in the source stands for: an escape, a line break.
    pub(super) fn made(&mut self, character: char, place: Range<usize>) {
        self.begin(place.start);
        self.value.push(character);
        self.end = place.end;
        self.copied = false;
    }

    fn begin(&mut self, at: usize) {
        let offset = self.value.len();
        if offset > 0 && self.end != at {
            self.runs.push((offset, self.end));
        }
        self.runs.push((offset, at));
    }

    /// The value and its runs.
    pub(super) fn finish(mut self) -> (String, Vec<(usize, usize)>) {
        if !self.value.is_empty() {
            self.runs.push((self.value.len(), self.end));
        }
        (self.value, self.runs)
    }
}

/// The length of the line break at the start of `text`, 0 if there is none.
pub(super) fn line_break(text: &str) -> usize {
    match text.as_bytes() {
        [b'\r', b'\n', ..] => 2,
        [b'\r' | b'\n', ..] => 1,
        _ => 0,
    }
}

/// The places of all line breaks in a range of `text`.
pub(super) fn line_breaks(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut breaks = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let Some(found) = text[at..range.end].find(['\r', '\n']) else {
            break;
        };
        let start = at + found;
        at = start + line_break(&text[start..range.end]);
        breaks.push(start..at);
    }
    breaks
}
