//! Laid-out pages, set when somebody looks at them and kept while they are the same.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use serde::Serialize;

use base::diag::Diagnostics;
use base::disk::sha256;
use pages::build::{self, Document};
use pages::render::Templates;
use pages::typeset::{EmbeddedEngine, Fonts, Job};
use records::publication::Publication;
use records::view::apart_places;

/// How much of pages is kept, in bytes: some dozens of documents.
const KEPT: usize = 96 << 20;

/// What the last good build of a publication was made from.
#[derive(Clone)]
pub(crate) struct Good {
    /// The publication.
    pub(crate) publication: Arc<Publication>,
    /// Its templates.
    pub(crate) templates: Arc<Templates>,
    /// The fonts.
    pub(crate) fonts: Arc<Fonts>,
    /// What lays out.
    pub(crate) layout: Arc<EmbeddedEngine>,
}

/// A page in the list of a document.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct PageEntry {
    /// What it is asked for by: it changes with the page.
    pub(super) name: String,
    /// In millimetres.
    width: f64,
    height: f64,
}

/// The pages that were set.
#[derive(Default)]
pub(super) struct Pages {
    kept: Mutex<Kept>,
    /// One document at a time: a build wants the cores too.
    at_work: Mutex<()>,
}

struct Kept {
    /// In bytes.
    limit: usize,
    documents: BTreeMap<String, Entry>,
    pictures: BTreeMap<String, Arc<str>>,
    /// Counts what is asked for, to know what was not for the longest.
    clock: u64,
}

struct Entry {
    /// What it was set in, only to be compared: other fonts are at another place while this is
    /// held.
    fonts: Weak<Fonts>,
    pages: Vec<PageEntry>,
    bytes: usize,
    used: u64,
}

impl Pages {
    /// The pages of a document: `notice`, `attachment-2`, `breakdown`, `form`, `distribution`, or `sheet`
    /// with a unit. `None` when there is no such document.
    pub(super) fn of(
        &self,
        good: &Good,
        kind: &str,
        unit: Option<&str>,
    ) -> Option<Result<Vec<PageEntry>, Diagnostics>> {
        let document = match (kind, unit) {
            ("notice", None) => Document::Notice,
            ("breakdown", None) => Document::Breakdown,
            ("form", None) => Document::Form,
            ("distribution", None) => Document::Distribution,
            (attachment, None) => {
                let number: usize = attachment.strip_prefix("attachment-")?.parse().ok()?;
                let place = number.checked_sub(1)?;
                apart_places(&good.publication).contains(&place).then_some(())?;
                Document::Apart(place)
            }
            ("sheet", Some(name)) => {
                let units = good.publication.registry.units();
                Document::Sheet(units.iter().find(|unit| unit.name == name)?.id)
            }
            _ => return None,
        };
        Some(self.pages(good, document))
    }

    fn pages(&self, good: &Good, document: Document) -> Result<Vec<PageEntry>, Diagnostics> {
        let Good { publication, templates, fonts, layout } = good;
        let _one = self.at_work.lock().unwrap_or_else(PoisonError::into_inner);
        let job = build::document_job(document, publication, templates, fonts, layout)?;
        let (key, fonts) = (key(&job), Arc::downgrade(fonts));
        if let Some(pages) = self.kept().find(&key, &fonts) {
            return Ok(pages);
        }
        let pages = build::lay_out(document, job, publication, layout)?.svg();
        let pages: Vec<(PageEntry, Arc<str>)> = pages
            .into_iter()
            .map(|page| {
                let name = sha256(page.svg.as_bytes());
                (PageEntry { name, width: page.width, height: page.height }, page.svg.into())
            })
            .collect();
        Ok(self.kept().keep(key, fonts, pages))
    }

    /// A page by its name.
    pub(super) fn picture(&self, name: &str) -> Option<Arc<str>> {
        self.kept().pictures.get(name).cloned()
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for Kept {
    fn default() -> Self {
        Self { limit: KEPT, documents: BTreeMap::new(), pictures: BTreeMap::new(), clock: 0 }
    }
}

impl Kept {
    fn find(&mut self, key: &str, fonts: &Weak<Fonts>) -> Option<Vec<PageEntry>> {
        self.clock += 1;
        let entry = self.documents.get_mut(key).filter(|e| Weak::ptr_eq(&e.fonts, fonts))?;
        entry.used = self.clock;
        Some(entry.pages.clone())
    }

    fn keep(
        &mut self,
        key: String,
        fonts: Weak<Fonts>,
        pages: Vec<(PageEntry, Arc<str>)>,
    ) -> Vec<PageEntry> {
        self.clock += 1;
        let bytes = pages.iter().map(|(_, picture)| picture.len()).sum();
        let list: Vec<PageEntry> = pages.iter().map(|(page, _)| page.clone()).collect();
        self.pictures.extend(pages.into_iter().map(|(page, picture)| (page.name, picture)));
        let entry = Entry { fonts, pages: list.clone(), bytes, used: self.clock };
        self.documents.insert(key, entry);
        self.forget();
        list
    }

    /// Drops what nobody asked for the longest, never the last document.
    fn forget(&mut self) {
        let bytes = |kept: &Self| kept.documents.values().map(|entry| entry.bytes).sum::<usize>();
        while self.documents.len() > 1 && bytes(self) > self.limit {
            let oldest = self.documents.iter().min_by_key(|(_, entry)| entry.used);
            let Some(key) = oldest.map(|(key, _)| key.clone()) else { return };
            self.documents.remove(&key);
        }
        let used = |name: &str| {
            self.documents.values().any(|entry| entry.pages.iter().any(|page| page.name == name))
        };
        let gone: Vec<String> = self.pictures.keys().filter(|name| !used(name)).cloned().collect();
        for name in gone {
            self.pictures.remove(&name);
        }
    }
}

/// All that the pages are made from, besides the fonts.
fn key(job: &Job) -> String {
    let mut all = format!("{:?}{}", job.date, job.main);
    for (path, text) in &job.files {
        all.push_str(path);
        all.push_str(text);
    }
    sha256(all.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn none() -> Weak<Fonts> {
        Weak::new()
    }

    fn page(text: &str) -> (PageEntry, Arc<str>) {
        let name = sha256(text.as_bytes());
        (PageEntry { name, width: 210.0, height: 297.0 }, text.into())
    }

    #[test]
    fn what_was_not_asked_for_the_longest_is_dropped() {
        let mut kept = Kept { limit: 100, ..Kept::default() };
        let picture = |c: char| page(&String::from(c).repeat(40));
        kept.keep("a".into(), none(), vec![picture('a')]);
        kept.keep("b".into(), none(), vec![picture('b'), page("shared")]);
        assert!(kept.find("b", &none()).is_some() && kept.find("a", &none()).is_some());
        kept.keep("c".into(), none(), vec![picture('c'), page("shared")]);
        assert!(kept.find("b", &none()).is_none());
        assert!(kept.find("a", &none()).is_some() && kept.find("c", &none()).is_some());
        // Those of a and c, and what c shared with b.
        assert_eq!(kept.pictures.len(), 3);
    }

    #[test]
    fn the_last_document_stays_however_large() {
        let mut kept = Kept { limit: 1, ..Kept::default() };
        kept.keep("a".into(), none(), vec![page("large")]);
        assert!(kept.find("a", &none()).is_some());
    }
}
