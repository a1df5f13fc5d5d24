//! What reports and workbooks call an item: its id, else its number as issued.

use super::Publication;

impl Publication {
    /// What an item is called in reports: its id, else its number as issued, with the path of its
    /// section before it where several items have that number.
    pub fn item_key(&self, at: usize) -> String {
        let item = &self.items[at];
        if let Some(id) = &item.id {
            return id.clone();
        }
        let label = item.short_label();
        let others = self.items.iter().enumerate().filter(|(other, _)| *other != at);
        let taken = others.map(|(_, other)| other).any(|other| {
            other.id.as_deref() == Some(label.as_str()) || other.short_label() == label
        });
        if !taken {
            return label;
        }
        let path = self.sections.get(item.section).map_or("", |section| section.path.as_str());
        format!("{path}/{label}")
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
                    let fits = |s: &super::Section| {
                        s.path == path
                            || s.id.as_deref() == Some(path)
                            || s.heading.as_deref() == Some(path)
                    };
                    item.short_label() == label && section.is_some_and(fits)
                })
            })
    }
}
