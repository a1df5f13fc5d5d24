//! What has changed from one publication to the next.

use std::collections::BTreeMap;

use serde::Serialize;

use super::figures::figures;
use super::pairs::{answerable, pairs};
use crate::catalog::document::{Document, Item};
use crate::catalog::search::fold::fold;

/// How a task goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// Another number is to be reached.
    Target,
    /// Somebody else answers for it.
    Lead,
    /// It is to be done by another time.
    Deadline,
    /// It stands in another section.
    Section,
    /// It is worded differently.
    Wording,
}

impl Change {
    /// The word in Chinese.
    pub fn word(self) -> &'static str {
        match self {
            Self::Target => "目标调整",
            Self::Lead => "牵头调整",
            Self::Deadline => "时限调整",
            Self::Section => "归类调整",
            Self::Wording => "表述调整",
        }
    }
}

/// Numbers of an item on both sides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Figures {
    /// Those that the new item lacks.
    pub old: Vec<String>,
    /// Those that the old item lacks.
    pub new: Vec<String>,
}

/// An item that goes on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pair {
    /// The old item, by its place.
    pub old: usize,
    /// The new item, by its place.
    pub new: usize,
    /// How alike they are, 0 to 1, in hundredths.
    pub likeness: f64,
    /// What has changed; empty where it is carried over word by word.
    pub changes: Vec<Change>,
    /// The numbers that differ.
    pub figures: Figures,
}

impl Pair {
    /// Whether the task itself is as it was: neither its target nor who answers for it has changed.
    pub(crate) fn is_carried_over(&self) -> bool {
        !self.changes.contains(&Change::Target) && !self.changes.contains(&Change::Lead)
    }
}

/// One publication against the one before.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Comparison {
    /// Items that go on, in the order of the new publication.
    pub pairs: Vec<Pair>,
    /// Items of the old publication that do not go on, by place.
    pub dropped: Vec<usize>,
    /// Items of the new publication that are new, by place.
    pub added: Vec<usize>,
}

/// Compares two publications.
pub fn compare(old: &Document, new: &Document) -> Comparison {
    let pairs: Vec<Pair> = pairs(old, new)
        .into_iter()
        .map(|(i, j, score)| pair(i, j, score, &old.items[i], &new.items[j], &new.aliases))
        .collect();
    let (mut old_gone, mut new_come) = (vec![true; old.items.len()], vec![true; new.items.len()]);
    for pair in &pairs {
        old_gone[pair.old] = false;
        new_come[pair.new] = false;
    }
    let places = |marks: &[bool]| {
        marks.iter().enumerate().filter(|(_, mark)| **mark).map(|(place, _)| place).collect()
    };
    Comparison { dropped: places(&old_gone), added: places(&new_come), pairs }
}

fn pair(
    old: usize,
    new: usize,
    score: f64,
    a: &Item,
    b: &Item,
    aliases: &BTreeMap<String, String>,
) -> Pair {
    let mut changes = Vec::new();
    let figures = differing(a, b);
    if !figures.old.is_empty() || !figures.new.is_empty() {
        changes.push(Change::Target);
    }
    if answerable(a, aliases) != answerable(b, &BTreeMap::new()) {
        changes.push(Change::Lead);
    }
    // A year later everything is due a year later.
    let year_free = |d: &Option<String>| d.as_deref().map(without_year);
    if let (Some(a), Some(b)) = (year_free(&a.deadline), year_free(&b.deadline))
        && a != b
    {
        changes.push(Change::Deadline);
    }
    let name = |heading: &str| fold(heading).into_iter().map(|f| f.sign).collect::<String>();
    if name(&a.heading) != name(&b.heading) {
        changes.push(Change::Section);
    }
    if wording(&a.plain) != wording(&b.plain) {
        changes.push(Change::Wording);
    }
    Pair { old, new, likeness: (score * 100.0).round() / 100.0, changes, figures }
}

/// The words without numbers, blanks and punctuation.
fn wording(text: &str) -> String {
    let signs = fold(text).into_iter().map(|folded| folded.sign);
    signs.filter(|sign| !sign.is_numeric() && *sign != '.').collect()
}

fn without_year(deadline: &str) -> String {
    match deadline.split_once('年') {
        Some((year, rest)) if year.chars().all(|c| c.is_ascii_digit()) => rest.into(),
        _ => deadline.into(),
    }
}

/// The numbers that only one of two items has: targets of the records, where both items show them, and
/// where those are the same or there are none the numbers of the texts, without the words around them. A
/// record may have been carried over with its old target.
fn differing(a: &Item, b: &Item) -> Figures {
    let differing =
        |old: &[String], new: &[String]| Figures { old: without(old, new), new: without(new, old) };
    if !a.targets.is_empty() && !b.targets.is_empty() {
        let of_records = differing(&a.targets, &b.targets);
        if !of_records.old.is_empty() || !of_records.new.is_empty() {
            return of_records;
        }
    }
    let printed = |item: &Item| -> Vec<String> {
        figures(&item.plain).into_iter().map(|figure| figure.print()).collect()
    };
    differing(&printed(a), &printed(b))
}

/// What the first has and the second has not, each as often as it does.
fn without(these: &[String], those: &[String]) -> Vec<String> {
    let mut rest: Vec<&String> = those.iter().collect();
    let mut left = Vec::new();
    for this in these {
        match rest.iter().position(|that| *that == this) {
            Some(place) => {
                rest.remove(place);
            }
            None => left.push(this.clone()),
        }
    }
    left
}
