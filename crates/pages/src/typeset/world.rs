//! All that a job can reach: its own files and the fonts.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use typst::diag::{FileError, FileResult, PackageError};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, World};

use super::engine::{Job, MAIN};
use super::fonts::Fonts;
use super::messages;
use super::modules::Modules;
use base::diag::Diagnostics;

/// A job as Typst sees it.
pub(super) struct JobWorld<'a> {
    library: &'a LazyHash<Library>,
    fonts: &'a Fonts,
    modules: &'a Modules,
    main: FileId,
    files: HashMap<FileId, JobFile>,
    date: Option<Datetime>,
}

struct JobFile {
    text: Arc<str>,
    source: OnceLock<Source>,
}

impl<'a> JobWorld<'a> {
    pub(super) fn new(
        library: &'a LazyHash<Library>,
        fonts: &'a Fonts,
        modules: &'a Modules,
        job: &Job,
    ) -> Result<Self, Diagnostics> {
        let file = |(id, text)| {
            let source = OnceLock::new();
            (id, JobFile { text, source })
        };
        Ok(Self {
            library,
            fonts,
            modules,
            main: file_id(MAIN, &job.label)?,
            files: files(job)?.into_iter().map(file).collect(),
            date: date(job)?,
        })
    }

    fn job_file(&self, id: FileId) -> FileResult<&JobFile> {
        if let VirtualRoot::Package(_) = id.root() {
            let reason = Some("packages are not available here".into());
            return Err(FileError::Package(PackageError::Other(reason)));
        }
        let path = || PathBuf::from(id.vpath().get_with_slash());
        self.files.get(&id).ok_or_else(|| FileError::NotFound(path()))
    }
}

/// The main source and the further files of a job, each path once.
pub(super) fn files(job: &Job) -> Result<Vec<(FileId, Arc<str>)>, Diagnostics> {
    let main = (MAIN, Arc::from(job.main.as_str()));
    let further = job.files.iter().map(|(path, text)| (path.as_str(), text.clone()));
    let mut list: Vec<(FileId, Arc<str>)> = Vec::new();
    for (path, text) in [main].into_iter().chain(further) {
        let id = file_id(path, &job.label)?;
        if list.iter().any(|&(other, _)| other == id) {
            return Err(messages::bad_path(path, &job.label));
        }
        list.push((id, text));
    }
    Ok(list)
}

/// A file must be named by the path that Typst itself makes of it, so that no two names mean
/// one file.
fn file_id(path: &str, label: &str) -> Result<FileId, Diagnostics> {
    match VirtualPath::new(path) {
        Ok(vpath) if vpath.get_with_slash() == path && !vpath.is_root() => {
            Ok(RootedPath::new(VirtualRoot::Project, vpath).intern())
        }
        _ => Err(messages::bad_path(path, label)),
    }
}

/// The job's date at midnight.
pub(super) fn date(job: &Job) -> Result<Option<Datetime>, Diagnostics> {
    let Some((year, month, day)) = job.date else {
        return Ok(None);
    };
    match Datetime::from_ymd_hms(year, month, day, 0, 0, 0) {
        // PDF has no years before 0 and none after 9999.
        Some(date) if (0..=9999).contains(&year) => Ok(Some(date)),
        _ => Err(messages::bad_date(&job.label)),
    }
}

impl World for JobWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let file = self.job_file(id)?;
        let parse = || match id == self.main {
            true => Source::new(id, file.text.to_string()),
            false => self.modules.parsed(id, &file.text),
        };
        let source = file.source.get_or_init(parse);
        Ok(source.clone())
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        Ok(Bytes::from_string(self.job_file(id)?.text.clone()))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    /// There is no clock. A template that asks for today gets the job's date, as from the
    /// `typst` command with a fixed timestamp, or an error where the job has none.
    fn today(&self, offset: Option<Duration>) -> Option<Datetime> {
        let date = self.date?;
        let date = offset.map_or(date, |offset| date + offset);
        Datetime::from_ymd(date.year()?, date.month()?, date.day()?)
    }
}
