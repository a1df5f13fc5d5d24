//! Files on their way into a publication's folder. The threads that make them write them beside it
//! at once, and they are synced while others are still made; `commit` has only to rename them.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::{fs, io};

use super::part::Part;
use base::disk::{self, remove_leftovers, sha256};

/// How the names of staging folders begin.
const STAGING: &str = ".staging-";

/// The staging folder of a publication, or of a part of it. It is made when the first file needs
/// it.
pub(super) struct Staging {
    folder: PathBuf,
    prefix: String,
    /// Other parts of the publication may be written into the same folder meanwhile.
    is_shared: bool,
    opened: Mutex<Option<Arc<disk::Staging>>>,
    next: AtomicUsize,
}

/// A file that was staged.
#[derive(Debug)]
pub(super) struct StagedFile {
    pub(super) sha256: String,
    /// Its length in bytes.
    pub(super) length: u64,
    /// For each of its places, the path and the staged file to be renamed there; none where the
    /// same bytes stand there already.
    pub(super) places: Vec<(String, Option<PathBuf>)>,
}

impl Staging {
    /// For a publication's folder, or a part of it. Removes what killed runs left: the build's lock
    /// says that none is at work.
    pub(super) fn new(folder: &Path, part: Option<Part>) -> Self {
        let prefix = match part {
            Some(part) => format!("{STAGING}{part}-"),
            None => STAGING.to_string(),
        };
        remove_leftovers(folder, &prefix);
        Self {
            folder: folder.to_owned(),
            prefix,
            is_shared: part.is_some(),
            opened: Mutex::new(None),
            next: AtomicUsize::new(0),
        }
    }

    /// The folder that its files are for.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Stages a file for each of these places below the folder, unless the same bytes stand there.
    pub(super) fn stage(&self, paths: &[String], bytes: &[u8]) -> io::Result<StagedFile> {
        let mut places = Vec::with_capacity(paths.len());
        for path in paths {
            let is_there = fs::read(self.folder.join(path)).is_ok_and(|old| old == bytes);
            let from = if is_there { None } else { Some(self.write(bytes)?) };
            places.push((path.clone(), from));
        }
        Ok(StagedFile { sha256: sha256(bytes), length: bytes.len() as u64, places })
    }

    /// Writes a file; it is on the disk after [`sync`](Self::sync).
    pub(super) fn write(&self, bytes: &[u8]) -> io::Result<PathBuf> {
        let name = self.next.fetch_add(1, Ordering::Relaxed).to_string();
        self.open()?.write(name, bytes)
    }

    /// Waits until all files that were written are on the disk.
    pub(super) fn sync(&self) -> io::Result<()> {
        self.open()?.sync()
    }

    fn open(&self) -> io::Result<Arc<disk::Staging>> {
        let mut opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(staging) = &*opened {
            return Ok(staging.clone());
        }
        let mut staging = disk::Staging::create(&self.folder, &self.prefix)?;
        if self.is_shared {
            staging.keep_parents();
        }
        Ok(opened.insert(Arc::new(staging)).clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_for_each_place_and_nothing_without_a_commit() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("output/p");
        let staging = Staging::new(&folder, None);
        let staged = staging.stage(&["a".into(), "b/c".into()], b"text").unwrap();
        assert_eq!(staged.length, 4);
        let files: Vec<_> = staged.places.iter().map(|(_, from)| from.clone().unwrap()).collect();
        assert!(files.iter().all(|from| fs::read(from).unwrap() == b"text"));
        assert_ne!(files[0], files[1]);
        drop(staging);
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
    }

    #[test]
    fn the_same_bytes_are_not_written_again() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("a"), "text").unwrap();
        let staging = Staging::new(dir.path(), None);
        let staged = staging.stage(&["a".into()], b"text").unwrap();
        assert!(staged.places[0].1.is_none());
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1, "no folder is needed");
        let staged = staging.stage(&["a".into()], b"other").unwrap();
        assert!(staged.places[0].1.is_some());
    }

    #[test]
    fn what_a_killed_run_left_goes_but_not_of_another_part() {
        let dir = tempfile::tempdir().unwrap();
        let (part, other) = (Part::new(1, 2).unwrap(), Part::new(2, 2).unwrap());
        let (own, others) = (format!("{STAGING}{part}-x"), format!("{STAGING}{other}-x"));
        for name in [&own, &others] {
            fs::create_dir(dir.path().join(name)).unwrap();
        }
        Staging::new(dir.path(), Some(part));
        assert!(!dir.path().join(own).exists());
        assert!(dir.path().join(others).exists());
    }
}
