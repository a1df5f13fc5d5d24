//! What is shown, and telling it to those who look.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};

use serde::Serialize;
use tokio::sync::watch;

use super::pages::{Good, Pages};
use super::shown::{Shown, ShownPublication};
use base::diag::{Diagnostics, Lang};
use records::content::schema::notice::Kind;

/// What came of a build.
#[derive(Default)]
pub(crate) struct Update {
    /// The output folder; `None` where the build did not get that far.
    pub(crate) output: Option<PathBuf>,
    /// Whether something could not be built.
    pub(crate) failed: bool,
    /// How long it took.
    pub(crate) seconds: f64,
    /// What the build reported.
    pub(crate) problems: Diagnostics,
    /// What the rules find that belongs to no publication.
    pub(crate) project: Diagnostics,
    /// The publications; `None` where the project could not be read: then the list stays.
    pub(crate) publications: Option<Vec<PublicationUpdate>>,
}

/// What came of one publication.
#[derive(Default)]
pub(crate) struct PublicationUpdate {
    /// Its id.
    pub(crate) id: String,
    /// Its title, where the notice could be read.
    pub(crate) title: Option<String>,
    /// 发文字号.
    pub(crate) number: Option<String>,
    /// What kind of document it is.
    pub(crate) document: Kind,
    /// What the rules find.
    pub(crate) findings: Diagnostics,
    /// What it was built from; `None` when it was not, or without pages.
    pub(crate) good: Option<Good>,
    /// Whether it was built.
    pub(crate) made: bool,
}

/// What those who look are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(super) struct News {
    pub(super) version: u64,
    pub(super) building: bool,
}

/// The preview of a project.
pub(crate) struct Preview {
    pub(super) lang: Lang,
    /// What the page calls the project.
    pub(super) name: String,
    pub(super) pages: Pages,
    shown: RwLock<Arc<Shown>>,
    /// By publication, from its last build that went well.
    good: RwLock<BTreeMap<String, Good>>,
    news: watch::Sender<News>,
}

impl Preview {
    /// A preview in a language. It has nothing to show before the first update.
    pub(crate) fn new(lang: Lang, name: String) -> Self {
        Self {
            lang,
            name,
            pages: Pages::default(),
            shown: RwLock::default(),
            good: RwLock::default(),
            news: watch::Sender::new(News { version: 0, building: true }),
        }
    }

    /// A build begins.
    pub(crate) fn begin(&self) {
        self.news.send_modify(|news| news.building = true);
    }

    /// A build has ended.
    pub(crate) fn update(&self, update: Update) {
        let old = self.shown();
        let mut shown = Shown {
            version: old.version + 1,
            output: update.output.unwrap_or_else(|| old.output.clone()),
            failed: update.failed,
            seconds: update.seconds,
            ..Shown::default()
        };
        shown.problems = shown.add(update.problems);
        shown.project = shown.add(update.project);
        match update.publications {
            Some(publications) => {
                let mut good = self.good.write().unwrap_or_else(PoisonError::into_inner);
                good.retain(|id, _| publications.iter().any(|one| one.id == *id));
                for one in publications {
                    let before = old.publications.iter().find(|before| before.id == one.id);
                    let title = one.title.or_else(|| before.and_then(|b| b.title.clone()));
                    let findings = shown.add(one.findings);
                    shown.publications.push(ShownPublication {
                        id: one.id.clone(),
                        title,
                        number: one.number,
                        document: one.document,
                        made: one.made,
                        findings,
                    });
                    if let Some(new) = one.good {
                        good.insert(one.id, new);
                    }
                }
            }
            None => {
                for one in &old.publications {
                    let mut findings = Diagnostics::new();
                    findings.extend(old.findings[one.findings.clone()].iter().cloned());
                    let findings = shown.add(findings);
                    shown.publications.push(ShownPublication { findings, ..one.clone() });
                }
            }
        }
        let version = shown.version;
        *self.shown.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(shown);
        self.news.send_replace(News { version, building: false });
    }

    pub(super) fn shown(&self) -> Arc<Shown> {
        self.shown.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn good(&self, id: &str) -> Option<Good> {
        self.good.read().unwrap_or_else(PoisonError::into_inner).get(id).cloned()
    }

    pub(super) fn news(&self) -> watch::Receiver<News> {
        self.news.subscribe()
    }
}
