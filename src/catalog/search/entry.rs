//! What is searched: an entry for each publication and for each item.

use super::fold::{Folded, fold};
use crate::catalog::document::{Document, Item};

/// Something that can be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The publication, by its place.
    pub document: usize,
    /// Its address on the publication's page; empty for the publication itself.
    pub anchor: String,
    /// What is shown above the text: an item's number and section, or the publication's number.
    pub head: String,
    /// The text that is shown, with what was found in it.
    pub text: String,
    /// The names that are shown below it.
    pub names: String,
}

impl Entry {
    /// The texts that are searched; nothing is found across two of them.
    pub fn folded(&self) -> [Vec<Folded>; 3] {
        [fold(&self.text), fold(&self.names), fold(&self.head)]
    }
}

/// The entries of all publications, in the order of the results.
pub(super) fn entries(documents: &[Document]) -> Vec<Entry> {
    let mut entries = Vec::new();
    for (place, document) in documents.iter().enumerate() {
        entries.push(publication(place, document));
        entries.extend(document.items.iter().map(|found| item(place, found)));
    }
    entries
}

fn publication(place: usize, document: &Document) -> Entry {
    let prose = document.sections.iter().flat_map(|s| [s.before.plain(), s.after.plain()]);
    let mut text = vec![document.title.clone(), document.prose.clone()];
    text.extend(prose);
    text.retain(|text| !text.is_empty());
    let mut names = document.organs.clone();
    names.extend(document.topics.iter().cloned());
    Entry {
        document: place,
        anchor: String::new(),
        head: document.number.clone().unwrap_or_default(),
        text: text.join("\n"),
        names: names.join("、"),
    }
}

fn item(place: usize, item: &Item) -> Entry {
    let number = match item.label.as_str() {
        "" => String::new(),
        label => format!("第{label}条"),
    };
    let head: Vec<&str> =
        [number.as_str(), item.path.as_str()].into_iter().filter(|t| !t.is_empty()).collect();
    let names: Vec<String> =
        item.roles.iter().map(|role| format!("{}：{}", role.role, role.names.join("、"))).collect();
    Entry {
        document: place,
        anchor: item.anchor.clone(),
        head: head.join("　"),
        text: item.plain.clone(),
        names: names.join("；"),
    }
}
