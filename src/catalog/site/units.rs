//! The units of all publications.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::document::Document;
use crate::catalog::slug::slug;

/// All units that are named in an item.
pub(super) struct Units {
    /// By name.
    pub(super) list: BTreeMap<String, UnitEntry>,
}

/// A unit's part in an item: the publication, the item, and what the unit is in it.
pub(super) type Part = (usize, usize, &'static str);

/// A unit.
#[derive(Debug, Clone, Default)]
pub(super) struct UnitEntry {
    /// Its address below `units/`.
    pub(super) slug: String,
    /// Its items, the newest publication first.
    pub(super) items: Vec<Part>,
    /// Other names under which it has a page: former and later ones.
    pub(super) others: BTreeSet<String>,
    /// Whom to call, where that is known and may be shown.
    pub(super) contact: Option<String>,
}

impl Units {
    pub(super) fn of(documents: &[Document]) -> Self {
        let mut list: BTreeMap<String, UnitEntry> = BTreeMap::new();
        for (place, document) in documents.iter().enumerate() {
            for (item, found) in document.items.iter().enumerate() {
                for (name, role) in &found.units {
                    let unit = list.entry(name.clone()).or_insert_with(|| UnitEntry {
                        slug: slug(name, &[name]),
                        ..UnitEntry::default()
                    });
                    unit.items.push((place, item, role));
                    if unit.contact.is_none() {
                        unit.contact = document.contacts.get(name).cloned();
                    }
                }
            }
        }
        // Names that a registry calls others of a unit: only among those that have a page.
        for (other, name) in documents.iter().flat_map(|document| &document.aliases) {
            if other != name && list.contains_key(other) && list.contains_key(name) {
                if let Some(unit) = list.get_mut(other) {
                    unit.others.insert(name.clone());
                }
                if let Some(unit) = list.get_mut(name) {
                    unit.others.insert(other.clone());
                }
            }
        }
        Self { list }
    }

    /// The address of a unit's page; `None` for a group, and for a name that no item takes apart.
    pub(super) fn slug(&self, name: &str) -> Option<&str> {
        self.list.get(name).map(|unit| unit.slug.as_str())
    }
}
