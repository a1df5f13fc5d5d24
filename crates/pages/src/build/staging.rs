//! Files on their way into a publication's folder. They are written beside it as soon as they are
//! made, by the threads that make them, and synced while others are still made; `commit` has only
//! to rename them.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread::{Builder, JoinHandle};

use tempfile::TempDir;

use super::part::Part;
use base::disk::sha256;

/// How the names of staging folders begin.
const STAGING: &str = ".staging-";

/// So many files are synced together, and as many wait meanwhile, all of them open: systems allow
/// some hundreds. One by one, each would have the file system write its journal.
const BATCH: usize = 32;

/// So many threads sync a batch: a disk that is asked for many things in a row is faster with all
/// of them at hand.
const AT_ONCE: usize = 8;

/// A staging folder, made when the first file needs it. Unless it was committed, nothing of it
/// stays.
pub(super) struct Staging {
    folder: PathBuf,
    prefix: String,
    /// Other parts of the publication may be at work in the same folder.
    is_shared: bool,
    opened: Mutex<Option<Opened>>,
    next: AtomicUsize,
}

struct Opened {
    // Ends before the folder goes: it holds files in there open.
    syncing: Syncing,
    dir: TempDir,
    /// Folders that were not there before, the innermost first.
    made: Vec<PathBuf>,
}

/// A file that was put into a staging folder.
#[derive(Debug)]
pub(super) struct Put {
    pub(super) sha256: String,
    /// Its length in bytes.
    pub(super) length: u64,
    /// For each of its places, the path and where it waits; nowhere, where the same bytes stand in
    /// that place already.
    pub(super) places: Vec<(String, Option<PathBuf>)>,
}

impl Staging {
    /// For a publication's folder, or a part of it. What killed runs left goes: the lock says that
    /// none is at work.
    pub(super) fn new(folder: &Path, part: Option<Part>) -> Self {
        let prefix = match part {
            Some(part) => format!("{STAGING}{part}-"),
            None => STAGING.to_string(),
        };
        let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
        for entry in entries.filter(|e| e.file_name().to_string_lossy().starts_with(&prefix)) {
            // One that cannot be removed harms nobody.
            let _ = fs::remove_dir_all(entry.path());
        }
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

    /// Puts a file for each of these places below the folder, where it does not stand already.
    pub(super) fn put(&self, paths: &[String], bytes: &[u8]) -> io::Result<Put> {
        let mut places = Vec::with_capacity(paths.len());
        for path in paths {
            let is_there = fs::read(self.folder.join(path)).is_ok_and(|old| old == bytes);
            let from = if is_there { None } else { Some(self.write(bytes)?) };
            places.push((path.clone(), from));
        }
        Ok(Put { sha256: sha256(bytes), length: bytes.len() as u64, places })
    }

    /// Writes a file; it is on the disk after [`sync`](Self::sync).
    pub(super) fn write(&self, bytes: &[u8]) -> io::Result<PathBuf> {
        let name = self.next.fetch_add(1, Ordering::Relaxed).to_string();
        // The lock is let go then: others write at the same time.
        let path = {
            let mut opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
            let opened = match &mut *opened {
                Some(opened) => opened,
                none => none.insert(Opened::new(&self.folder, &self.prefix)?),
            };
            opened.dir.path().join(name)
        };
        let mut file = File::create(&path)?;
        file.write_all(bytes)?;
        match &mut *self.opened.lock().unwrap_or_else(PoisonError::into_inner) {
            Some(opened) => opened.syncing.add(file)?,
            None => file.sync_all()?,
        }
        Ok(path)
    }

    /// Has all files that were written on the disk.
    pub(super) fn sync(&self) -> io::Result<()> {
        match &mut *self.opened.lock().unwrap_or_else(PoisonError::into_inner) {
            Some(opened) => opened.syncing.end(),
            None => Ok(()),
        }
    }

    /// Its files have their places.
    pub(super) fn committed(self) {
        if let Some(opened) = &mut *self.opened.lock().unwrap_or_else(PoisonError::into_inner) {
            opened.made.clear();
        }
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        let opened = self.opened.get_mut().unwrap_or_else(PoisonError::into_inner).take();
        let Some(Opened { syncing, dir, made }) = opened else { return };
        drop(syncing);
        drop(dir);
        for folder in made.iter().filter(|_| !self.is_shared) {
            // One in which something stands by now refuses to go.
            let _ = fs::remove_dir(folder);
        }
    }
}

impl Opened {
    fn new(folder: &Path, prefix: &str) -> io::Result<Self> {
        let made = folder.ancestors().take_while(|above| !above.exists());
        let made = made.map(Path::to_path_buf).collect();
        fs::create_dir_all(folder)?;
        let dir = tempfile::Builder::new().prefix(prefix).tempdir_in(folder)?;
        Ok(Self { syncing: Syncing::default(), dir, made })
    }
}

/// Files that are to be on the disk.
#[derive(Default)]
struct Syncing {
    waiting: Vec<File>,
    /// A batch that is being synced while others are written.
    running: Option<JoinHandle<io::Result<()>>>,
}

impl Syncing {
    fn add(&mut self, file: File) -> io::Result<()> {
        self.waiting.push(file);
        if self.waiting.len() < BATCH {
            return Ok(());
        }
        // A disk that is slower than what writes is waited for.
        self.end_running()?;
        let batch = std::mem::take(&mut self.waiting);
        self.running = Some(Builder::new().spawn(move || sync(&batch))?);
        Ok(())
    }

    fn end_running(&mut self) -> io::Result<()> {
        let ended = |_| Err(io::Error::other("syncing ended abruptly"));
        self.running.take().map_or(Ok(()), |thread| thread.join().unwrap_or_else(ended))
    }

    /// Waits until all are.
    fn end(&mut self) -> io::Result<()> {
        let rest = sync(&std::mem::take(&mut self.waiting));
        self.end_running().and(rest)
    }
}

impl Drop for Syncing {
    fn drop(&mut self) {
        let _ = self.end_running();
    }
}

/// Has files on the disk.
fn sync(files: &[File]) -> io::Result<()> {
    let share = files.len().div_ceil(AT_ONCE).max(1);
    let sync_all = |files: &[File]| files.iter().try_for_each(File::sync_all);
    std::thread::scope(|scope| {
        let threads: Vec<_> =
            files.chunks(share).map(|files| scope.spawn(move || sync_all(files))).collect();
        let ended = |_| Err(io::Error::other("syncing ended abruptly"));
        threads.into_iter().try_for_each(|thread| thread.join().unwrap_or_else(ended))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_committed_leaves_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("output/p");
        let staging = Staging::new(&folder, None);
        let put = staging.put(&["a".into(), "b/c".into()], b"text").unwrap();
        assert_eq!(put.length, 4);
        let waiting: Vec<_> = put.places.iter().map(|(_, from)| from.clone().unwrap()).collect();
        assert!(waiting.iter().all(|from| fs::read(from).unwrap() == b"text"));
        assert_ne!(waiting[0], waiting[1]);
        drop(staging);
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
    }

    #[test]
    fn the_same_bytes_are_not_written_again() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("a"), "text").unwrap();
        let staging = Staging::new(dir.path(), None);
        let put = staging.put(&["a".into()], b"text").unwrap();
        assert!(put.places[0].1.is_none());
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1, "no folder is needed");
        let put = staging.put(&["a".into()], b"other").unwrap();
        assert!(put.places[0].1.is_some());
    }

    #[test]
    fn more_files_than_may_be_open() {
        let dir = tempfile::tempdir().unwrap();
        let staging = Staging::new(dir.path(), None);
        for n in 0..BATCH * 10 {
            staging.write(n.to_string().as_bytes()).unwrap();
        }
        staging.sync().unwrap();
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
