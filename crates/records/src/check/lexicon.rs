//! Lists of words, kept as data: tab-separated, `#` begins a comment.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::prose::Prose;

/// A word, what should stand there, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) wrong: &'static str,
    /// Empty where a person must choose.
    pub(super) right: &'static str,
    pub(super) reason: &'static str,
    /// Longer words in which it is right.
    except: Vec<&'static str>,
}

/// A list of words.
#[derive(Debug)]
pub(super) struct Lexicon {
    by_first: BTreeMap<char, Vec<Entry>>,
}

/// Wrong characters: what is written and what is meant.
pub(super) static TYPOS: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::read(include_str!("lexicon/typos.tsv")));
/// Words that offices choose with care.
pub(super) static CHOICES: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::read(include_str!("lexicon/choices.tsv")));
/// Words that say a thing twice.
pub(super) static PLEONASMS: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::read(include_str!("lexicon/pleonasms.tsv")));
/// Units of measure.
pub(super) static MEASURES: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::read(include_str!("lexicon/measures.tsv")));

impl Lexicon {
    fn read(data: &'static str) -> Self {
        let mut by_first: BTreeMap<char, Vec<Entry>> = BTreeMap::new();
        for line in data.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            let mut cells = line.split('\t');
            let mut cell = || cells.next().unwrap_or_default();
            let (wrong, right, reason, except) = (cell(), cell(), cell(), cell());
            let Some(first) = wrong.chars().next() else { continue };
            let except = except.split(' ').filter(|word| !word.is_empty()).collect();
            by_first.entry(first).or_default().push(Entry { wrong, right, reason, except });
        }
        for entries in by_first.values_mut() {
            // The longest word that fits is the one that is meant.
            entries.sort_by_key(|entry| std::cmp::Reverse(entry.wrong.len()));
        }
        Self { by_first }
    }

    /// All entries.
    pub(super) fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.by_first.values().flatten()
    }

    /// Where words of the list stand in a text. `…` in a word stands for up to ten characters of
    /// one clause; then the range is that of its first part and the second one follows.
    pub(super) fn find<'a>(
        &'a self,
        prose: &'a Prose<'_>,
    ) -> impl Iterator<Item = (&'a Entry, Range<usize>, Option<Range<usize>>)> {
        (0..prose.len()).filter_map(move |place| {
            let entries = self.by_first.get(&prose.at(place))?;
            entries.iter().find_map(|entry| {
                let (first, second) = entry.matches(prose, place)?;
                (!entry.is_excepted(prose, &first)).then_some((entry, first, second))
            })
        })
    }
}

impl Entry {
    /// Whether its halves are said of a number.
    pub(super) fn is_of_numbers(&self) -> bool {
        ["…左右", "…上下", "…以上", "…以内", "…以下"].iter().any(|end| self.wrong.ends_with(end))
    }

    fn matches(
        &self,
        prose: &Prose<'_>,
        place: usize,
    ) -> Option<(Range<usize>, Option<Range<usize>>)> {
        let (first, second) = match self.wrong.split_once('…') {
            Some((first, second)) => (first, Some(second)),
            None => (self.wrong, None),
        };
        if !prose.has(place, first) {
            return None;
        }
        let head = place..place + first.chars().count();
        let Some(second) = second else { return Some((head, None)) };
        let gap = prose.run(head.end, |c| !"，。；！？、：\n".contains(c)).min(10);
        let at = (head.end + 1..=head.end + gap).find(|&at| prose.has(at, second))?;
        Some((head, Some(at..at + second.chars().count())))
    }

    fn is_excepted(&self, prose: &Prose<'_>, found: &Range<usize>) -> bool {
        self.except.iter().any(|word| {
            let chars = word.chars().count();
            let from = (found.end).saturating_sub(chars);
            (from..=found.start).any(|at| prose.has(at, word))
        })
    }
}
