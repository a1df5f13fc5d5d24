//! What reports and workbooks call an item: its id, else its number as issued.

use std::collections::BTreeMap;

use super::{Item, Publication, Section};

/// What each item is called: worked out once, since every row of every sheet asks for it.
pub(super) fn item_keys(items: &[Item], sections: &[Section]) -> Vec<String> {
    let labels: Vec<String> = items.iter().map(Item::short_label).collect();
    let mut named: BTreeMap<&str, usize> = BTreeMap::new();
    for name in
        labels.iter().map(String::as_str).chain(items.iter().filter_map(|i| i.id.as_deref()))
    {
        *named.entry(name).or_default() += 1;
    }
    let key = |(item, label): (&Item, &String)| {
        if let Some(id) = &item.id {
            return id.clone();
        }
        if named.get(label.as_str()) == Some(&1) {
            return label.clone();
        }
        let path = sections.get(item.section).map_or("", |section| section.path.as_str());
        format!("{path}/{label}")
    };
    items.iter().zip(&labels).map(key).collect()
}

impl Publication {
    /// What an item is called in reports: its id, else its number as issued, with the path of its
    /// section before it where several items have that number.
    pub fn item_key(&self, at: usize) -> &str {
        &self.item_keys[at]
    }

    /// The item with such a name: its key, else a number or id that no other item has.
    pub fn item_with_key(&self, key: &str) -> Option<usize> {
        let key = key.trim();
        let at = |fits: &dyn Fn(usize) -> bool| {
            let mut found = (0..self.items.len()).filter(|at| fits(*at));
            found.next().filter(|_| found.next().is_none())
        };
        at(&|at| self.items[at].id.as_deref() == Some(key))
            .or_else(|| at(&|at| self.items[at].short_label() == key))
            .or_else(|| {
                let (path, label) = key.rsplit_once('/')?;
                at(&|at| {
                    let item = &self.items[at];
                    let section = self.sections.get(item.section);
                    let fits = |s: &Section| {
                        s.path == path
                            || s.id.as_deref() == Some(path)
                            || s.heading.as_deref() == Some(path)
                    };
                    item.short_label() == label && section.is_some_and(fits)
                })
            })
    }
}
