//! Keys: a hash over everything that a file, or a whole publication, is made from. The same key
//! means the same bytes.

use crate::{tables, typeset};
use base::disk::Hasher;

use super::plan::{Artifact, Selection};
use super::{Job, Tools};
use records::content::schema::formats::Format;

/// Hashes parts one after the other, each with its name.
#[derive(Clone)]
struct Key(Hasher);

impl Key {
    fn new(kind: &str) -> Self {
        let mut key = Self(Hasher::default());
        key.part("kind", kind);
        key
    }

    fn part(&mut self, name: &str, text: &str) {
        self.0.add(name.as_bytes());
        self.0.add(text.as_bytes());
    }

    fn finish(self) -> String {
        self.0.finish()
    }
}

/// What all artifacts of a run share: the program, the engine with its settings, the fonts.
/// `None` where the fonts cannot be told from others.
fn run(kind: &str, tools: &Tools<'_>) -> Option<Key> {
    let mut key = Key::new(kind);
    key.part("program", tools.program);
    if let Some(engine) = tools.engine {
        key.part("engine", &engine.identity());
    }
    if let Some(fonts) = tools.fonts {
        key.part("fonts", &fonts.fingerprint()?);
    }
    Some(key)
}

/// The key of a publication: as long as it stays the same, nothing of the publication needs to
/// be rendered.
pub(super) fn of_publication(
    job: Job<'_>,
    selection: &Selection,
    tools: &Tools<'_>,
) -> Option<String> {
    let mut key = run("publication", tools)?;
    key.part("id", &job.publication.id);
    for source in job.sources {
        key.part(source.path(), source.text());
    }
    for (name, source) in tools.templates.sources() {
        key.part(name, source.text());
    }
    key.part("selection", &format!("{selection:?}"));
    key.part("strict", &format!("{:?}", tools.strict));
    Some(key.finish())
}

/// Keys for the PDFs of a run.
pub(super) struct Keys(Option<Key>);

impl Keys {
    /// Keys for jobs that import these modules.
    pub(super) fn new(tools: &Tools<'_>, library: &[(String, std::sync::Arc<str>)]) -> Self {
        let key = run("artifact", tools).map(|mut key| {
            for (path, text) in library {
                key.part(path, text);
            }
            key
        });
        Self(key)
    }

    /// The key of an artifact with this job; `None` for a web page, whose source is itself.
    /// `measured` is what its pages are measured by, where they are.
    pub(super) fn of(
        &self,
        artifact: &Artifact,
        job: &typeset::Job,
        measured: Option<&str>,
    ) -> Option<String> {
        let mut key = self.0.clone().filter(|_| artifact.format == Format::Pdf)?;
        key.part("artifact", &format!("{:?}", artifact.content));
        key.part("date", &format!("{:?}", job.date));
        key.part("main", &job.main);
        let columns = job.files.iter().filter(|(path, _)| path == tables::PATH);
        columns.for_each(|(path, text)| key.part(path, text));
        key.part("measured", measured.unwrap_or_default());
        Some(key.finish())
    }
}
