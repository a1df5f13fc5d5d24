//! What rules look at.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use crate::content::schema::assignment::{self, UnitEntry};
use crate::content::schema::item::ItemRecord;
use crate::content::schema::lexicon::{LexiconRecord, List};
use crate::content::schema::section::SectionRecord;
use crate::content::schema::units::UnitsRecord;
use crate::content::yaml::Comment;
use crate::publication::{Assignee, Assignment, Item, Publication, Section};

/// Whether some font has a character.
pub type Covers<'a> = &'a (dyn Fn(char) -> bool + Sync);

/// An item with its record.
#[derive(Debug, Clone, Copy)]
pub(super) struct CheckedItem<'a> {
    pub(super) item: &'a Item,
    pub(super) record: &'a ItemRecord,
}

/// A publication with its records.
#[derive(Clone)]
pub struct Context<'a> {
    /// The publication.
    pub publication: &'a Publication,
    /// Its registry as it was written.
    pub units: Option<&'a UnitsRecord>,
    /// The comments of all its files.
    pub comments: Vec<&'a Comment>,
    /// The project's own word lists.
    pub lexicon: Option<&'a LexiconRecord>,
    /// Whether everything was read: only then can something be missing.
    pub complete: bool,
    /// What the fonts have; `None` where nobody asked them.
    pub covers: Option<Covers<'a>>,
    /// Whether items end without a full stop as a rule; found when it is first asked.
    pub(super) without_stops: OnceCell<bool>,
    pub(super) items: Vec<CheckedItem<'a>>,
    pub(super) sections: Vec<(&'a Section, &'a SectionRecord)>,
}

impl<'a> Context<'a> {
    /// A publication with the records of its items, in any order.
    pub fn new(publication: &'a Publication, records: &'a [ItemRecord]) -> Self {
        let by_place: BTreeMap<_, _> =
            records.iter().map(|record| (record.span.route(), record)).collect();
        let items = publication
            .items
            .iter()
            .filter_map(|item| {
                let record = by_place.get(&item.span.route()).copied()?;
                Some(CheckedItem { item, record })
            })
            .collect();
        let mut outline = Vec::new();
        flatten(publication.record.text.sections(), &mut outline);
        let sections = publication.sections.iter().zip(outline).collect();
        Self {
            publication,
            units: None,
            comments: Vec::new(),
            lexicon: None,
            complete: true,
            covers: None,
            without_stops: OnceCell::new(),
            items,
            sections,
        }
    }
}

impl Context<'_> {
    /// Whether a built-in list is used.
    pub(super) fn uses(&self, list: List) -> bool {
        self.lexicon.is_none_or(|lexicon| lexicon.uses(list))
    }
}

/// A name in a list of units, resolved and as it was written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Named<'a> {
    pub(super) assignee: &'a Assignee,
    pub(super) entry: &'a UnitEntry,
}

impl<'a> Context<'a> {
    /// The units of every heading and every part of an item, each list apart; what is taken over
    /// from a heading is left out.
    pub(super) fn assignments(&self) -> Vec<Vec<Named<'a>>> {
        let mut lists = Vec::new();
        let mut add = |resolved: &'a Assignment, record: &'a assignment::Assignment| {
            // Both are in the order in which they are printed.
            let pairs = resolved.assignees.iter().zip(record.entries());
            let list: Vec<_> = pairs.map(|(assignee, entry)| Named { assignee, entry }).collect();
            if !list.is_empty() {
                lists.push(list);
            }
        };
        for (section, record) in &self.sections {
            add(&section.assignment, &record.assignment);
        }
        for checked in &self.items {
            for (part, record) in checked.item.parts.iter().zip(&checked.record.parts) {
                if !part.inherited {
                    add(&part.assignment, &record.assignment);
                }
            }
        }
        lists
    }
}

/// All sections in the order of the text.
fn flatten<'a>(records: &'a [SectionRecord], outline: &mut Vec<&'a SectionRecord>) {
    for record in records {
        outline.push(record);
        flatten(&record.sections, outline);
    }
}
