//! Which items of two publications are the same task.

use std::collections::{BTreeMap, BTreeSet};

use super::figures::figures;
use super::words::{Weights, bigrams, likeness};
use crate::catalog::document::{Document, Item};
use records::publication::split_bracket;

/// Pairs that are less alike are none.
pub const THRESHOLD: f64 = 0.50;
/// However alike everything around them is, the texts of a pair have so much in common.
const LEAST_TEXT: f64 = 0.28;
/// How much of what the texts leave open the rest may fill.
const AROUND: f64 = 0.30;

/// Pairs of items, as their places in `old` and `new`, with how alike they are (0 to 1): each item is
/// in one pair at the most. The most alike are paired first; of pairs that are equally alike the one
/// that stands first in the old publication, then in the new one.
pub fn pairs(old: &Document, new: &Document) -> Vec<(usize, usize, f64)> {
    pairs_above(old, new, THRESHOLD)
}

/// The same with another threshold.
pub(super) fn pairs_above(
    old: &Document,
    new: &Document,
    threshold: f64,
) -> Vec<(usize, usize, f64)> {
    let texts = |document: &Document| -> Vec<BTreeSet<_>> {
        document.items.iter().map(|item| bigrams(&item.plain)).collect()
    };
    let (old_texts, new_texts) = (texts(old), texts(new));
    let weights = Weights::of(old_texts.iter().chain(&new_texts));
    let mut candidates = Vec::new();
    for (i, a) in old.items.iter().enumerate() {
        for (j, b) in new.items.iter().enumerate() {
            let text = weights.similarity(&old_texts[i], &new_texts[j]);
            if text < LEAST_TEXT {
                continue;
            }
            let score = text + (1.0 - text) * AROUND * around(a, b, &new.aliases);
            if score >= threshold {
                candidates.push((i, j, score));
            }
        }
    }
    candidates.sort_by(|a, b| b.2.total_cmp(&a.2).then(a.0.cmp(&b.0)).then(a.1.cmp(&b.1)));
    let (mut old_taken, mut new_taken) = (BTreeSet::new(), BTreeSet::new());
    candidates.retain(|(i, j, _)| {
        let free = !old_taken.contains(i) && !new_taken.contains(j);
        if free {
            old_taken.insert(*i);
            new_taken.insert(*j);
        }
        free
    });
    candidates.sort_by_key(|&(i, j, _)| (j, i));
    candidates
}

/// How much of what stands around two texts is the same, 0 to 1: who answers for them, the section,
/// what is counted.
fn around(a: &Item, b: &Item, aliases: &BTreeMap<String, String>) -> f64 {
    let mut same = Vec::new();
    let (old, new) = (answerable(a, aliases), answerable(b, &BTreeMap::new()));
    if !old.is_empty() && !new.is_empty() {
        same.push(share(&old, &new));
    }
    if !a.heading.is_empty() && !b.heading.is_empty() {
        same.push(likeness(&bigrams(&a.heading), &bigrams(&b.heading)));
    }
    let (old, new) = (counted(a), counted(b));
    if !old.is_empty() && !new.is_empty() {
        same.push(share(&old, &new));
    }
    if same.is_empty() { 0.0 } else { same.iter().sum::<f64>() / same.len() as f64 }
}

fn share(a: &BTreeSet<String>, b: &BTreeSet<String>) -> f64 {
    let both = a.union(b).count();
    if both == 0 { 0.0 } else { a.intersection(b).count() as f64 / both as f64 }
}

/// Who answers for an item, under the names that the other publication uses; 县卫健局（县爱卫办） is
/// 县卫健局.
pub(super) fn answerable(item: &Item, aliases: &BTreeMap<String, String>) -> BTreeSet<String> {
    let names = item.answerable().into_iter().flat_map(|role| &role.names);
    let known = |name: &str| aliases.get(name).cloned();
    names
        .map(|name| {
            let unit = split_bracket(name).map_or(name.as_str(), |(unit, _)| unit);
            known(name).or_else(|| known(unit)).unwrap_or_else(|| unit.to_string())
        })
        .collect()
}

/// The measures that are counted in.
fn counted(item: &Item) -> BTreeSet<String> {
    figures(&item.plain).into_iter().map(|figure| figure.measure).collect()
}
