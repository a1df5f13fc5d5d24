//! Operations on the records of a project, as changes of its files.
//!
//! `find` finds what somebody names, `fields` knows what the schema wants at a place, `items`,
//! `rename` and `progress` are operations that concern more than one value.

mod fields;
mod find;
mod items;
mod progress;
mod rename;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::journal::FileEdit;
use super::patch::{Patch, Pieces};
use super::value::{Change, Step, Value};
use super::yaml::{Options, plan};
use crate::content::Project;
use crate::content::schema::json::RecordFile;
use base::diag::{Diagnostic, Diagnostics, Source};
use base::text;

pub use fields::value_of;
use find::path_of;
pub use find::{Place, find, find_item};
pub use items::{NewItem, Position};
pub use rename::Renamed;

/// Changes of a project's files that are being put together. Nothing is written.
#[derive(Debug)]
pub struct Editing<'a> {
    project: &'a Project,
    write_out: bool,
    files: BTreeMap<String, Working>,
}

/// A file between two operations.
#[derive(Debug)]
struct Working {
    /// `None` for a new file.
    first: Option<Arc<Source>>,
    now: Arc<Source>,
    steps: Vec<Vec<Patch>>,
}

impl<'a> Editing<'a> {
    /// Nothing changed yet. With `write_out` values behind aliases are written out where they stand
    /// in the way.
    pub fn new(project: &'a Project, write_out: bool) -> Self {
        Self { project, write_out, files: BTreeMap::new() }
    }

    /// A file as the operations so far left it.
    fn source(&self, path: &str) -> Option<Arc<Source>> {
        if let Some(working) = self.files.get(path) {
            return Some(working.now.clone());
        }
        let registries = self.project.registries.iter().filter_map(|r| r.source.as_ref());
        let loaded = self.project.publications.iter();
        let publications = loaded.flat_map(|p| p.sources.iter().chain(&p.progress_sources));
        let mut all = std::iter::once(&self.project.source).chain(registries).chain(publications);
        all.find(|source| source.path() == path).cloned()
    }

    /// Makes changes of a file.
    ///
    /// # Errors
    /// Why they cannot be made.
    pub fn change(&mut self, path: &str, changes: &[Change]) -> Result<(), Diagnostics> {
        let Some(source) = self.source(path) else {
            return Err(no_file(path).into());
        };
        let keys = fields::keys_of(kind_of(path));
        let planned = plan(&source, changes, Options { write_out: self.write_out, keys })?;
        if planned.patches.is_empty() {
            return Ok(());
        }
        let working = self.files.entry(path.to_owned()).or_insert_with(|| Working {
            first: Some(source.clone()),
            now: source.clone(),
            steps: Vec::new(),
        });
        working.now = Source::new(path, planned.text);
        working.steps.push(planned.patches);
        Ok(())
    }

    /// A new file with a text.
    fn create(&mut self, path: &str, text: String) {
        let now = Source::new(path, text);
        self.files.insert(path.to_owned(), Working { first: None, now, steps: Vec::new() });
    }

    /// Sets a field.
    ///
    /// # Errors
    /// Why it cannot be set.
    pub fn set(&mut self, place: &Place, field: &[Step], value: Value) -> Result<(), Diagnostics> {
        let path = [&place.path[..], field].concat();
        self.change(&place.file, &[Change::Set { path, value }])
    }

    /// Takes a field or an entry of a list away; a list that would be empty goes with it.
    ///
    /// # Errors
    /// Why it cannot be taken away.
    pub fn remove(&mut self, place: &Place, field: &[Step]) -> Result<(), Diagnostics> {
        let mut path = [&place.path[..], field].concat();
        let root = self.root(&place.file);
        while let Some((Step::At(0), above)) = path.split_last() {
            match (root.get(above), above.last()) {
                (Some(Value::List(items)), Some(Step::Key(_))) if items.len() == 1 => {
                    path.pop();
                }
                _ => break,
            }
        }
        self.change(&place.file, &[Change::Remove { path }])
    }

    /// Puts an entry into a list: at a place from 0, or at its end.
    ///
    /// # Errors
    /// Why it cannot be put there.
    pub fn insert(
        &mut self,
        place: &Place,
        list: &[Step],
        at: Option<usize>,
        value: Value,
    ) -> Result<(), Diagnostics> {
        let list = [&place.path[..], list].concat();
        let count = match self.root(&place.file).get(&list) {
            Some(Value::List(items)) => items.len(),
            // One entry may be written without a list.
            Some(one @ (Value::Text(_) | Value::Map(_))) if !list.is_empty() => {
                let one = Value::List(vec![one.clone()]);
                self.change(&place.file, &[Change::Set { path: list.clone(), value: one }])?;
                1
            }
            _ => 0,
        };
        let at = at.unwrap_or(count);
        self.change(&place.file, &[Change::Insert { list, at, value }])
    }

    /// Moves an entry of a list.
    ///
    /// # Errors
    /// Why it cannot be moved.
    pub fn shift(
        &mut self,
        place: &Place,
        list: &[Step],
        from: usize,
        to: usize,
    ) -> Result<(), Diagnostics> {
        let list = [&place.path[..], list].concat();
        self.change(&place.file, &[Change::Move { list, from, to }])
    }

    /// The value of a file as it is now; nothing where it cannot be read.
    fn root(&self, path: &str) -> Value {
        let document = self.source(path).map(|source| crate::content::yaml::parse(&source).0);
        document.and_then(|d| d.root.as_ref().map(Value::of)).unwrap_or(Value::Blank)
    }

    /// What becomes of the files, in the order of their paths.
    pub fn finish(self) -> Vec<FileEdit> {
        let edits = self.files.into_iter().filter_map(|(path, working)| {
            let Some(first) = &working.first else {
                return Some(FileEdit::create(&path, working.now.text()));
            };
            let mut pieces = Pieces::of(first.text());
            working.steps.iter().for_each(|patches| pieces.apply(patches));
            FileEdit::new(&path, first.text(), pieces.patches())
        });
        edits.filter(|edit| edit.before != edit.after).collect()
    }
}

/// Which kind of records a file holds, by its name.
fn kind_of(path: &str) -> RecordFile {
    let name = path.rsplit('/').next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    match stem {
        _ if path == crate::content::PROJECT_FILE => RecordFile::Project,
        _ if is_progress(path) => RecordFile::Progress,
        "notice" => RecordFile::Notice,
        "units" => RecordFile::Units,
        _ => RecordFile::Items,
    }
}

/// Whether a file says what a unit reported: progress/PERIOD/UNIT.yaml below a publication.
fn is_progress(path: &str) -> bool {
    path.rsplit('/').nth(2) == Some(crate::content::PROGRESS)
}

fn no_file(path: &str) -> Diagnostic {
    Diagnostic::error(
        "edit-no-file",
        text!("“{path}”不是这个项目的记录", "“{path}” is no file of this project's records"),
    )
    .help(text!("核对文件名", "check the name of the file"))
}
