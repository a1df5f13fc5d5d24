//! Which publication goes on which: this year's work points are last year's a year later.

use super::words::{bigrams, likeness};
use crate::catalog::document::Document;

/// Titles that are less alike, their numbers left out, are not of the same kind.
const LEAST_LIKENESS: f64 = 0.6;

/// A publication and the one before, by their places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    /// The later one.
    pub new: usize,
    /// The one before.
    pub old: usize,
}

/// The publication before each, where there is one: of the same issuing organs, of an earlier year, the
/// latest such year first, then the most alike title. Each has one successor at the most.
pub fn links(documents: &[Document]) -> Vec<Link> {
    let titles: Vec<_> = documents.iter().map(|document| bigrams(&document.subject)).collect();
    let mut candidates = Vec::new();
    for (new, later) in documents.iter().enumerate() {
        for (old, earlier) in documents.iter().enumerate() {
            if earlier.year >= later.year || issuer(earlier) != issuer(later) {
                continue;
            }
            let likeness = likeness(&titles[old], &titles[new]);
            if likeness >= LEAST_LIKENESS && !later.items.is_empty() && !earlier.items.is_empty() {
                candidates.push((new, old, likeness));
            }
        }
    }
    let gap = |&(new, old, _): &(usize, usize, f64)| {
        let year = |document: &Document| document.year.parse::<u32>().unwrap_or_default();
        year(&documents[new]).saturating_sub(year(&documents[old]))
    };
    candidates.sort_by(|a, b| {
        gap(a)
            .cmp(&gap(b))
            .then(b.2.total_cmp(&a.2))
            .then_with(|| documents[a.0].slug.cmp(&documents[b.0].slug))
            .then_with(|| documents[a.1].slug.cmp(&documents[b.1].slug))
    });
    let (mut has_before, mut has_after) =
        (vec![false; documents.len()], vec![false; documents.len()]);
    let mut links = Vec::new();
    for (new, old, _) in candidates {
        if !has_before[new] && !has_after[old] {
            (has_before[new], has_after[old]) = (true, true);
            links.push(Link { new, old });
        }
    }
    links.sort();
    links
}

/// Whose series it is.
fn issuer(document: &Document) -> (&str, &[String]) {
    match document.organs.as_slice() {
        [] => (&document.creator, &[]),
        organs => ("", organs),
    }
}
