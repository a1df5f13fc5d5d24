//! What became of every character of the input. Nothing is dropped silently: what nobody claims
//! is reported as not understood.

use std::ops::Range;

use crate::chars::is_blank;
use crate::input::{Extract, Place};
use crate::para::Para;
use crate::traced::Traced;

/// What became of a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// Not claimed by anybody.
    Unknown,
    /// It stands in a record.
    Record,
    /// It belongs to the site or is said twice.
    Boilerplate,
}

/// The fate of every byte.
#[derive(Debug, Clone)]
pub(crate) struct Ledger {
    fates: Vec<Fate>,
}

/// A piece of the input with one fate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stretch {
    /// Where it stands.
    pub(crate) place: Place,
    /// Its words.
    pub(crate) text: String,
}

impl Ledger {
    /// Nothing is claimed yet.
    pub(crate) fn new(len: usize) -> Self {
        Self { fates: vec![Fate::Unknown; len] }
    }

    /// Claims the characters of a text.
    pub(crate) fn mark(&mut self, text: &Traced, fate: Fate) {
        for (_, at) in text.chars() {
            if let Some(slot) = self.fates.get_mut(at) {
                *slot = fate;
            }
        }
    }

    /// Claims a paragraph with its cells as said twice or as the site's.
    pub(crate) fn boilerplate(&mut self, para: &Para) {
        self.mark(&para.text, Fate::Boilerplate);
        for cell in &para.cells {
            self.mark(cell, Fate::Boilerplate);
        }
    }

    /// Claims the characters of a text for a record, and gives the text.
    pub(crate) fn record(&mut self, text: &Traced) -> String {
        self.mark(text, Fate::Record);
        text.as_str().to_string()
    }

    /// How many characters that are not blank have a fate.
    pub(crate) fn count(&self, extract: &Extract, fate: Fate) -> usize {
        extract
            .text
            .char_indices()
            .filter(|&(at, c)| !is_blank(c) && self.fates[at] == fate)
            .count()
    }

    /// The pieces of the input with a fate, line by line, cut to `limit` characters each.
    pub(crate) fn stretches(&self, extract: &Extract, fate: Fate) -> Vec<Stretch> {
        let mut found = Vec::new();
        for line in &extract.lines {
            for range in self.runs(extract, line.range.clone(), fate) {
                found.push(Stretch {
                    place: line.place.clone(),
                    text: extract.text[range].trim_matches(is_blank).to_string(),
                });
            }
        }
        found
    }

    /// Runs of characters with a fate in one line; blanks between them do not part them.
    fn runs(&self, extract: &Extract, line: Range<usize>, fate: Fate) -> Vec<Range<usize>> {
        let mut runs: Vec<Range<usize>> = Vec::new();
        let mut open = false;
        for (at, c) in extract.text[line.clone()].char_indices() {
            let at = line.start + at;
            if is_blank(c) {
                continue;
            }
            if self.fates[at] != fate {
                open = false;
                continue;
            }
            let end = at + c.len_utf8();
            match runs.last_mut().filter(|_| open) {
                Some(run) => run.end = end,
                None => runs.push(at..end),
            }
            open = true;
        }
        runs
    }
}
