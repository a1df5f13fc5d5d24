//! The history of all publications and of all their items.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::catalog::document::Document;
use crate::catalog::history::{Change, Comparison, compare, links};

/// Which publication goes on which, and how.
pub(super) struct History {
    /// By the place of the later publication: that of the earlier one, and what has changed.
    before: BTreeMap<usize, (usize, Comparison)>,
    /// By the place of the earlier publication: that of the later one.
    after: BTreeMap<usize, usize>,
}

/// One year of a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Step {
    /// The year.
    pub(super) year: String,
    /// The publication's address.
    pub(super) slug: String,
    /// The item's address there.
    pub(super) anchor: String,
    /// The item's number there.
    pub(super) label: String,
    /// What it was against the year before: 新增, 延续, 目标调整 …
    pub(super) words: Vec<&'static str>,
    /// `10个 → 12个`, where numbers differ.
    pub(super) figures: Option<String>,
    /// Whether it is the item that is looked at.
    pub(super) here: bool,
}

impl History {
    /// The history of publications.
    pub(super) fn of(documents: &[Document]) -> Self {
        let mut history = Self { before: BTreeMap::new(), after: BTreeMap::new() };
        for link in links(documents) {
            let comparison = compare(&documents[link.old], &documents[link.new]);
            history.before.insert(link.new, (link.old, comparison));
            history.after.insert(link.old, link.new);
        }
        history
    }

    /// How many publications go on an earlier one.
    pub(super) fn links(&self) -> usize {
        self.before.len()
    }

    /// The publication before, and what has changed since.
    pub(super) fn before(&self, document: usize) -> Option<&(usize, Comparison)> {
        self.before.get(&document)
    }

    /// The publication after.
    pub(super) fn after(&self, document: usize) -> Option<usize> {
        self.after.get(&document).copied()
    }

    /// All years of an item, the earliest first; nothing where its publication stands alone.
    pub(super) fn steps(&self, documents: &[Document], document: usize, item: usize) -> Vec<Step> {
        let mut chain = vec![(document, item)];
        let mut at = (document, item);
        while let Some(earlier) = self.earlier(at) {
            chain.insert(0, earlier);
            at = earlier;
        }
        at = (document, item);
        while let Some(later) = self.later(at) {
            chain.push(later);
            at = later;
        }
        let alone = !self.before.contains_key(&document) && !self.after.contains_key(&document);
        if alone {
            return Vec::new();
        }
        let steps = chain.iter().map(|&(place, item)| {
            let of = &documents[place];
            let (words, figures) = self.words(place, item);
            Step {
                year: of.year.clone(),
                slug: of.slug.clone(),
                anchor: of.items[item].anchor.clone(),
                label: of.items[item].label.clone(),
                words,
                figures,
                here: place == document,
            }
        });
        steps.collect()
    }

    /// Whether the publication after an item's does not have it any more.
    pub(super) fn is_dropped(&self, document: usize, item: usize) -> bool {
        self.after(document)
            .and_then(|after| self.before.get(&after))
            .is_some_and(|(_, comparison)| comparison.dropped.contains(&item))
    }

    fn earlier(&self, (document, item): (usize, usize)) -> Option<(usize, usize)> {
        let (old, comparison) = self.before.get(&document)?;
        let pair = comparison.pairs.iter().find(|pair| pair.new == item)?;
        Some((*old, pair.old))
    }

    fn later(&self, (document, item): (usize, usize)) -> Option<(usize, usize)> {
        let new = self.after(document)?;
        let (_, comparison) = self.before.get(&new)?;
        let pair = comparison.pairs.iter().find(|pair| pair.old == item)?;
        Some((new, pair.new))
    }

    /// What became of an item against the year before.
    fn words(&self, document: usize, item: usize) -> (Vec<&'static str>, Option<String>) {
        let Some((_, comparison)) = self.before.get(&document) else { return (Vec::new(), None) };
        match comparison.pairs.iter().find(|pair| pair.new == item) {
            None => (vec!["新增"], None),
            Some(pair) => {
                let mut words = Vec::new();
                if pair.is_carried_over() {
                    words.push("延续");
                }
                let told = |change: &&Change| {
                    matches!(change, Change::Target | Change::Lead | Change::Deadline)
                };
                words.extend(pair.changes.iter().filter(told).map(|change| change.word()));
                let figures = &pair.figures;
                let shown = pair.changes.contains(&Change::Target).then(|| {
                    let side = |side: &[String]| match side {
                        [] => "（无）".to_string(),
                        side => side.join("、"),
                    };
                    format!("{} → {}", side(&figures.old), side(&figures.new))
                });
                (words, shown)
            }
        }
    }
}
