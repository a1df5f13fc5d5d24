//! Writing so that a machine that loses power has the old file or the new one.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;
use std::thread::{Builder, JoinHandle};

/// So many files are synced together, and as many wait meanwhile, all of them open: systems allow
/// some hundreds. One by one, each would have the file system write its journal.
pub(super) const BATCH: usize = 32;

/// So many threads sync a batch: a disk that is asked for many things in a row is faster with all
/// of them at hand.
const AT_ONCE: usize = 8;

/// Syncs a folder: the names in it, new and renamed, are on the disk then. Windows takes care of
/// that itself, and some network drives refuse it.
///
/// # Errors
/// When the folder cannot be opened or the disk fails.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    use io::ErrorKind::{InvalidInput, Unsupported};
    if !cfg!(unix) {
        return Ok(());
    }
    match File::open(folder).and_then(|folder| folder.sync_all()) {
        Err(error) if matches!(error.kind(), InvalidInput | Unsupported) => Ok(()),
        synced => synced,
    }
}

/// Writes and syncs a file that is not there yet.
///
/// # Errors
/// When it is there already, or cannot be written.
pub fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create_new(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Replaces a file, whole or not at all; its folder is made where it is missing.
///
/// # Errors
/// When it cannot be written: the old one stays.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    sync_folder(folder)
}

/// Replaces a file that people write, or makes it: whole or not at all, through a file beside it
/// whose name begins with `prefix`. A link stays a link, and permissions stay; a new file may be
/// read by everybody.
///
/// # Errors
/// When it cannot be written: the old one stays.
pub fn rewrite(path: &Path, bytes: &[u8], prefix: &str) -> io::Result<()> {
    let old = fs::metadata(path).ok();
    let path = if old.is_some() { path.canonicalize()? } else { path.to_path_buf() };
    let folder = path.parent().ok_or(io::ErrorKind::NotFound)?;
    fs::create_dir_all(folder)?;
    let mut file = tempfile::Builder::new().prefix(prefix).tempfile_in(folder)?;
    file.write_all(bytes)?;
    match old {
        Some(old) => fs::set_permissions(file.path(), old.permissions())?,
        None => readable(file.path())?,
    }
    file.as_file().sync_all()?;
    file.persist(&path)?;
    sync_folder(folder)
}

#[cfg(unix)]
fn readable(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable(_path: &Path) -> io::Result<()> {
    Ok(())
}

/// Files that are synced in batches on threads of their own while others are still written.
#[derive(Debug, Default)]
pub(super) struct Syncing {
    waiting: Vec<File>,
    /// The batch that is being synced.
    running: Option<JoinHandle<io::Result<()>>>,
}

impl Syncing {
    pub(super) fn add(&mut self, file: File) -> io::Result<()> {
        self.waiting.push(file);
        if self.waiting.len() < BATCH {
            return Ok(());
        }
        // Where the disk is slower than the writers, they wait here for the batch before.
        self.end_running()?;
        let batch = std::mem::take(&mut self.waiting);
        self.running = Some(Builder::new().spawn(move || sync_all(&batch))?);
        Ok(())
    }

    /// Waits until all files are on the disk.
    pub(super) fn end(&mut self) -> io::Result<()> {
        let rest = sync_all(&std::mem::take(&mut self.waiting));
        self.end_running().and(rest)
    }

    fn end_running(&mut self) -> io::Result<()> {
        self.running.take().map_or(Ok(()), |thread| thread.join().unwrap_or_else(|_| Err(ended())))
    }
}

impl Drop for Syncing {
    fn drop(&mut self) {
        let _ = self.end_running();
    }
}

fn sync_all(files: &[File]) -> io::Result<()> {
    let share = files.len().div_ceil(AT_ONCE).max(1);
    let sync = |files: &[File]| files.iter().try_for_each(File::sync_all);
    std::thread::scope(|scope| {
        let threads: Vec<_> =
            files.chunks(share).map(|files| scope.spawn(move || sync(files))).collect();
        threads.into_iter().try_for_each(|thread| thread.join().unwrap_or_else(|_| Err(ended())))
    })
}

fn ended() -> io::Error {
    io::Error::other("syncing ended abruptly")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("new/a.json");
        replace(&path, b"1").unwrap();
        replace(&path, b"22").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"22");
        assert!(write_new(&path, b"3").is_err());
        // A folder in its place is left alone, and so is everything beside it.
        fs::create_dir(dir.path().join("new/folder")).unwrap();
        assert!(replace(&dir.path().join("new/folder"), b"3").is_err());
        assert_eq!(fs::read_dir(dir.path().join("new")).unwrap().count(), 2);
    }

    #[test]
    fn a_folder_that_is_missing_cannot_be_synced() {
        let dir = tempfile::tempdir().unwrap();
        sync_folder(dir.path()).unwrap();
        assert_eq!(sync_folder(&dir.path().join("none")).is_err(), cfg!(unix));
    }
}
