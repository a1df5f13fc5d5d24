//! How much two texts have in common.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::search::fold::fold;

/// A pair of neighbouring characters.
pub(super) type Bigram = (char, char);

/// The bigrams of a text without its numbers: another target is no other task.
pub(super) fn bigrams(text: &str) -> BTreeSet<Bigram> {
    let signs: Vec<char> = fold(text)
        .into_iter()
        .map(|folded| folded.sign)
        .filter(|sign| !sign.is_numeric() && *sign != '.')
        .collect();
    match signs[..] {
        [only] => BTreeSet::from([(only, only)]),
        _ => signs.windows(2).map(|two| (two[0], two[1])).collect(),
    }
}

/// What bigrams weigh: the rarer in the two publications, the more. “推进…建设” stands everywhere and
/// tells little.
pub(super) struct Weights(BTreeMap<Bigram, f64>);

impl Weights {
    /// The weights of texts.
    pub(super) fn of<'a>(texts: impl Iterator<Item = &'a BTreeSet<Bigram>> + Clone) -> Self {
        let all = texts.clone().count() as f64;
        let mut counts: BTreeMap<Bigram, usize> = BTreeMap::new();
        for bigram in texts.flatten() {
            *counts.entry(*bigram).or_insert(0) += 1;
        }
        Self(counts.into_iter().map(|(b, n)| (b, (1.0 + all / n as f64).ln())).collect())
    }

    fn sum<'a>(&self, bigrams: impl Iterator<Item = &'a Bigram>) -> f64 {
        bigrams.map(|bigram| self.0.get(bigram).copied().unwrap_or_default()).sum()
    }

    /// From 0, nothing in common, to 1, the same bigrams: the weight of what is common over the
    /// geometric mean of both weights. A sentence more does less harm than with the arithmetic one.
    pub(super) fn similarity(&self, a: &BTreeSet<Bigram>, b: &BTreeSet<Bigram>) -> f64 {
        let both = self.sum(a.iter()) * self.sum(b.iter());
        if both <= 0.0 {
            return 0.0;
        }
        self.sum(a.intersection(b)) / both.sqrt()
    }
}

/// The same without weights, as for titles.
pub(super) fn likeness(a: &BTreeSet<Bigram>, b: &BTreeSet<Bigram>) -> f64 {
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    a.intersection(b).count() as f64 / ((a.len() * b.len()) as f64).sqrt()
}
