//! What sections are called by the items in them, and the numbers that records need not give.

use std::collections::BTreeMap;

use crate::draft::{Draft, Section};
use records::content::schema::section::NumberStyle;

/// A heading of at most this many characters is its own name.
const SHORT: usize = 24;

/// Names and numbering of a draft.
pub(super) struct Names {
    /// For each section in the order of the text: its id where it needs one.
    ids: Vec<Option<String>>,
    /// The style of most items.
    pub(super) item_style: NumberStyle,
    /// Whether the items' numbers begin again in each section.
    pub(super) restart: bool,
    /// The word that most brackets have.
    pub(super) label: String,
}

impl Names {
    pub(super) fn new(draft: &Draft) -> Self {
        let sections: Vec<&Section> = draft.sections.iter().flat_map(Section::walk).collect();
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for heading in sections.iter().filter_map(|s| s.heading.as_deref()) {
            *counts.entry(heading).or_default() += 1;
        }
        let ids = sections
            .iter()
            .enumerate()
            .map(|(n, section)| {
                let own = section
                    .heading
                    .as_deref()
                    .is_some_and(|h| h.chars().count() <= SHORT && counts.get(h) == Some(&1));
                (!own).then(|| format!("s{}", n + 1))
            })
            .collect();
        let items = draft.items();
        let style = most(items.iter().map(|item| item.number.map_or(NumberStyle::None, |n| n.0)));
        let item_style = style.unwrap_or(NumberStyle::Dot);
        let label = most(draft.assignments().iter().filter_map(|a| a.label.clone()))
            .unwrap_or_else(|| "责任单位".into());
        Self { ids, item_style, restart: restarts(&sections), label }
    }

    /// The id of the section at a place, where it has one.
    pub(super) fn id(&self, place: usize) -> Option<&str> {
        self.ids.get(place)?.as_deref()
    }

    /// What items call the section at a place.
    pub(super) fn reference<'a>(&'a self, place: usize, section: &'a Section) -> &'a str {
        self.id(place).or(section.heading.as_deref()).unwrap_or_default()
    }
}

/// Whether more sections begin their numbers again than go on.
fn restarts(sections: &[&Section]) -> bool {
    let (mut again, mut on, mut next) = (0usize, 0usize, None);
    for section in sections.iter().filter(|s| !s.items.is_empty()) {
        let Some((_, first)) = section.items.first().and_then(|item| item.number) else { continue };
        if next.is_some() {
            again += usize::from(first == 1);
            on += usize::from(Some(first) == next);
        }
        next = Some(first + u32::try_from(section.items.len()).unwrap_or(0));
    }
    again > on
}

/// The value that is there most often; of several the first. Of many different ones only the
/// first thousand count.
fn most<T: PartialEq>(values: impl Iterator<Item = T>) -> Option<T> {
    let mut counts: Vec<(T, usize)> = Vec::new();
    for value in values {
        match counts.iter().position(|(known, _)| *known == value) {
            Some(place) => counts[place].1 += 1,
            None if counts.len() < 1000 => counts.push((value, 1)),
            None => {}
        }
    }
    let best = counts.iter().map(|(_, n)| *n).max()?;
    counts.into_iter().find(|(_, n)| *n == best).map(|(value, _)| value)
}
