//! Queries over the index in Rust: what assets/catalog/search.js does, for tests of the index.

use std::collections::{BTreeMap, BTreeSet};

use super::fold::{Folded, fold};
use super::postings::{BEGIN, Places};

/// The terms of a query: what stands between blanks and punctuation, in the searched form, each once.
pub(crate) fn terms(query: &str) -> Vec<Vec<Folded>> {
    let mut terms: Vec<Vec<Folded>> = Vec::new();
    for folded in fold(query) {
        match terms.last_mut() {
            Some(term) if !folded.gap => term.push(folded),
            _ => terms.push(vec![folded]),
        }
    }
    let mut once: Vec<Vec<Folded>> = Vec::new();
    for mut term in terms {
        // What stood before a term is nothing of the term.
        term.iter_mut().for_each(|folded| folded.gap = false);
        if !once.contains(&term) {
            once.push(term);
        }
    }
    once
}

/// The entries in which a term stands.
pub(crate) fn find(index: &BTreeMap<(char, char), Places>, term: &[Folded]) -> BTreeSet<u32> {
    let at = |pair| index.get(&pair).map(Vec::as_slice).unwrap_or_default();
    let Some(first) = term.first() else { return BTreeSet::new() };
    let mut places: BTreeSet<(u32, u32)> = match term {
        [only] => {
            let range = (only.sign, '\0')..=(only.sign, char::MAX);
            index.range(range).flat_map(|(_, places)| places.iter().copied()).collect()
        }
        _ => at((first.sign, term[1].sign)).iter().copied().collect(),
    };
    if first.begins {
        let begins: BTreeSet<_> = at((BEGIN, first.sign)).iter().collect();
        places.retain(|place| begins.contains(place));
    }
    for (step, pair) in term.windows(2).enumerate().skip(1) {
        let next: BTreeSet<_> = at((pair[0].sign, pair[1].sign)).iter().collect();
        let step = u32::try_from(step).unwrap_or(u32::MAX);
        places.retain(|&(entry, offset)| next.contains(&(entry, offset + step)));
    }
    places.into_iter().map(|(entry, _)| entry).collect()
}
