//! Two publications side by side: the view that `yinfa diff` and the catalogue show.

use serde::Serialize;

use super::document::{Document, Item};
use super::history::{Change, Comparison, Pair, compare};

/// What has become of the items of one publication in the next.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DiffView {
    /// The earlier publication.
    pub old: Side,
    /// The later one.
    pub new: Side,
    /// How many of each kind.
    pub counts: Counts,
    /// Items with another target or somebody else who answers for them, in the order of the new one.
    pub changed: Vec<Row>,
    /// Items that are new.
    pub added: Vec<Entry>,
    /// Items that do not go on.
    pub dropped: Vec<Entry>,
    /// Items that are carried over.
    pub carried: Vec<Row>,
}

/// A publication.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Side {
    /// Its address in the catalogue.
    pub slug: String,
    /// Its id or the name of its package.
    pub name: String,
    /// 题名.
    pub title: String,
    /// 发文字号.
    pub number: Option<String>,
    /// Its year.
    pub year: String,
    /// How many items it has.
    pub items: usize,
}

/// How many items became what.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Carried over: neither target nor lead has changed.
    pub carried: usize,
    /// Those among them with the same words.
    pub unchanged: usize,
    /// With another target.
    pub target: usize,
    /// With somebody else who answers for them.
    pub lead: usize,
    /// New.
    pub added: usize,
    /// Dropped.
    pub dropped: usize,
}

/// An item on both sides.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    /// The old item.
    pub old: Entry,
    /// The new item.
    pub new: Entry,
    /// How alike they are, 0 to 1.
    pub likeness: f64,
    /// `target`, `lead`, `deadline`, `section`, `wording`.
    pub changes: Vec<Change>,
    /// The same in Chinese.
    pub words: Vec<&'static str>,
    /// Numbers that the new item lacks.
    pub old_figures: Vec<String>,
    /// Numbers that the old item lacks.
    pub new_figures: Vec<String>,
}

/// An item on one side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// Its address on its publication's page.
    pub anchor: String,
    /// Its number.
    pub label: String,
    /// Its section.
    pub section: String,
    /// Its text.
    pub text: String,
    /// What those are who answer for it: 牵头, or 责任 where nobody leads.
    pub role: &'static str,
    /// Who answers for it.
    pub lead: Vec<String>,
}

/// Compares two publications.
pub fn diff(old: &Document, new: &Document) -> DiffView {
    view(old, new, &compare(old, new))
}

/// The view of a comparison.
pub(super) fn view(old: &Document, new: &Document, comparison: &Comparison) -> DiffView {
    let row = |pair: &Pair| Row {
        old: entry(&old.items[pair.old]),
        new: entry(&new.items[pair.new]),
        likeness: pair.likeness,
        changes: pair.changes.clone(),
        words: pair.changes.iter().map(|change| change.word()).collect(),
        old_figures: pair.figures.old.clone(),
        new_figures: pair.figures.new.clone(),
    };
    let (carried, changed): (Vec<&Pair>, Vec<&Pair>) =
        comparison.pairs.iter().partition(|pair| pair.is_carried_over());
    let with = |change| changed.iter().filter(|pair| pair.changes.contains(&change)).count();
    DiffView {
        old: side(old),
        new: side(new),
        counts: Counts {
            carried: carried.len(),
            unchanged: carried.iter().filter(|pair| pair.changes.is_empty()).count(),
            target: with(Change::Target),
            lead: with(Change::Lead),
            added: comparison.added.len(),
            dropped: comparison.dropped.len(),
        },
        changed: changed.into_iter().map(row).collect(),
        added: comparison.added.iter().map(|&place| entry(&new.items[place])).collect(),
        dropped: comparison.dropped.iter().map(|&place| entry(&old.items[place])).collect(),
        carried: carried.into_iter().map(row).collect(),
    }
}

fn side(document: &Document) -> Side {
    Side {
        slug: document.slug.clone(),
        name: document.bag.clone(),
        title: document.title.clone(),
        number: document.number.clone(),
        year: document.year.clone(),
        items: document.items.len(),
    }
}

fn entry(item: &Item) -> Entry {
    Entry {
        anchor: item.anchor.clone(),
        label: item.label.clone(),
        section: item.path.clone(),
        text: item.plain.clone(),
        role: item.answerable().map_or("责任", |role| role.role),
        lead: item.answerable().map(|role| role.names.clone()).unwrap_or_default(),
    }
}
