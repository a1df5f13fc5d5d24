//! The state of some files at a moment.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use walkdir::{DirEntry, WalkDir};

/// What is watched: folders with all that is in them, and single files. They need not exist.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Places {
    folders: BTreeSet<PathBuf>,
    files: BTreeSet<PathBuf>,
}

/// Which files there are, and in which state each is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Snapshot {
    /// By the folder or file that is watched, since what is watched may change as well.
    places: BTreeMap<PathBuf, BTreeMap<PathBuf, State>>,
}

/// A file's state. Replacing a file by one as long and as old is rare, but restoring a backup
/// does it: the system's own mark of the change is part of the state where there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
struct State {
    bytes: u64,
    modified: Option<SystemTime>,
    changed: Option<(u64, i64, i64)>,
}

impl Places {
    /// Adds a folder, watched with everything below it.
    #[must_use]
    pub fn folder(mut self, path: PathBuf) -> Self {
        self.folders.insert(path);
        self
    }

    /// Adds a single file.
    #[must_use]
    pub fn file(mut self, path: PathBuf) -> Self {
        self.files.insert(path);
        self
    }

    /// The state of all of them now.
    pub fn snapshot(&self) -> Snapshot {
        self.snapshot_keeping(&Snapshot::default())
    }

    /// A snapshot that keeps the states in `before` for the places known there and reads the others
    /// now: the baseline for comparison after the watched places have changed.
    pub fn snapshot_keeping(&self, before: &Snapshot) -> Snapshot {
        let known = |path: &PathBuf, look: fn(&Path) -> BTreeMap<PathBuf, State>| {
            let states = before.places.get(path).cloned().unwrap_or_else(|| look(path));
            (path.clone(), states)
        };
        let folders = self.folders.iter().map(|path| known(path, folder));
        let files = self.files.iter().map(|path| known(path, file));
        Snapshot { places: folders.chain(files).collect() }
    }

    pub(super) fn folders(&self) -> impl Iterator<Item = &Path> {
        self.folders.iter().map(PathBuf::as_path)
    }

    /// The folders that all of these stand in, each once.
    pub(super) fn parents(&self) -> BTreeSet<&Path> {
        self.folders.iter().chain(&self.files).filter_map(|path| path.parent()).collect()
    }
}

fn folder(path: &Path) -> BTreeMap<PathBuf, State> {
    WalkDir::new(path)
        .follow_links(true)
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || !is_temporary(entry))
        .flatten()
        .filter(|entry| entry.file_type().is_file())
        .filter_map(|entry| {
            let state = State::of(&entry.metadata().ok()?);
            Some((entry.into_path(), state))
        })
        .collect()
}

fn file(path: &Path) -> BTreeMap<PathBuf, State> {
    let state = std::fs::metadata(path).ok().map(|data| State::of(&data));
    state.into_iter().map(|state| (path.to_path_buf(), state)).collect()
}

/// Files that editors, office programs and cloud drives keep beside a file while they write it.
fn is_temporary(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    name.starts_with(['.', '~']) || name.ends_with('~') || name.ends_with(".tmp")
}

impl State {
    fn of(data: &Metadata) -> Self {
        Self { bytes: data.len(), modified: data.modified().ok(), changed: changed(data) }
    }
}

#[cfg(unix)]
fn changed(data: &Metadata) -> Option<(u64, i64, i64)> {
    use std::os::unix::fs::MetadataExt as _;
    Some((data.ino(), data.ctime(), data.ctime_nsec()))
}

#[cfg(not(unix))]
fn changed(_: &Metadata) -> Option<(u64, i64, i64)> {
    None
}
