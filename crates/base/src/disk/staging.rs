//! Staging folders: files are written beside the place that they are for, on the same file system,
//! and renamed into it when all of them are there and on the disk.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use tempfile::TempDir;

use super::sync::{Syncing, sync_folder};

/// A staging folder. Dropping it deletes it with its remaining files.
#[derive(Debug)]
pub struct Staging {
    // Dropped before the folder, whose files it holds open.
    syncing: Mutex<Syncing>,
    dir: TempDir,
    /// Folders inside it that are to be synced.
    folders: Mutex<BTreeSet<PathBuf>>,
    /// Folders above it that were not there before, the innermost first.
    new_parents: Vec<PathBuf>,
}

impl Staging {
    /// A new staging folder inside `parent`, with a name that begins with `prefix`.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn create(parent: &Path, prefix: &str) -> io::Result<Self> {
        let missing = parent
            .ancestors()
            .take_while(|above| !above.as_os_str().is_empty() && above.symlink_metadata().is_err());
        let new_parents = missing.map(Path::to_path_buf).collect();
        fs::create_dir_all(parent)?;
        let dir = tempfile::Builder::new().prefix(prefix).tempdir_in(parent)?;
        Ok(Self { syncing: Mutex::default(), dir, folders: Mutex::default(), new_parents })
    }

    /// Keeps newly created parent folders on drop, even empty ones: other programs may be about to
    /// write there.
    pub fn keep_parents(&mut self) {
        self.new_parents.clear();
    }

    /// The folder. Only its owner may read it; what others are to read stands in a folder inside.
    pub fn path(&self) -> &Path {
        self.dir.path()
    }

    /// Writes a file at a path below the folder. It is on the disk after [`sync`](Self::sync).
    ///
    /// # Errors
    /// When it is there already, or cannot be written.
    pub fn write(&self, path: impl AsRef<Path>, bytes: &[u8]) -> io::Result<PathBuf> {
        self.write_with(path, |file| file.write_all(bytes))
    }

    /// The same with a function that fills the file.
    ///
    /// # Errors
    /// When the file is there already or cannot be written, and what the function returns.
    pub fn write_with(
        &self,
        path: impl AsRef<Path>,
        fill: impl FnOnce(&mut File) -> io::Result<()>,
    ) -> io::Result<PathBuf> {
        let target = self.path().join(path);
        if let Some(folder) = target.parent() {
            self.make_folder(folder)?;
        }
        let mut file = File::create_new(&target)?;
        fill(&mut file)?;
        self.syncing.lock().unwrap_or_else(PoisonError::into_inner).add(file)?;
        Ok(target)
    }

    /// Makes a folder at a path below the folder, unless it is there.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn make_folder(&self, path: impl AsRef<Path>) -> io::Result<PathBuf> {
        let folder = self.path().join(path);
        let mut folders = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        if folder != self.path() && !folders.contains(&folder) {
            fs::create_dir_all(&folder)?;
            let inside = folder.ancestors().take_while(|above| *above != self.path());
            folders.extend(inside.map(Path::to_path_buf));
        }
        Ok(folder)
    }

    /// Waits until all files, and the names of all files, are on the disk.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn sync(&self) -> io::Result<()> {
        self.syncing.lock().unwrap_or_else(PoisonError::into_inner).end()?;
        let folders =
            std::mem::take(&mut *self.folders.lock().unwrap_or_else(PoisonError::into_inner));
        folders.iter().try_for_each(|folder| sync_folder(folder))?;
        sync_folder(self.path())
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        *self.syncing.get_mut().unwrap_or_else(PoisonError::into_inner) = Syncing::default();
        // Before the folders above it, and so not left to the folder's own end.
        let _ = fs::remove_dir_all(self.path());
        for folder in &self.new_parents {
            // A folder that holds something by now is not removed.
            let _ = fs::remove_dir(folder);
        }
    }
}

/// The staging folders, and other entries with this prefix, that are in a folder.
pub fn leftovers(parent: &Path, prefix: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(parent).into_iter().flatten().filter_map(Result::ok);
    let ours = entries.filter(|e| e.file_name().to_string_lossy().starts_with(prefix));
    ours.map(|entry| entry.path()).collect()
}

/// Removes what killed runs left in a folder. A lock must say that no other run is at work there.
pub fn remove_leftovers(parent: &Path, prefix: &str) {
    for path in leftovers(parent, prefix) {
        // What cannot be removed harms nobody.
        let is_folder = path.symlink_metadata().is_ok_and(|about| about.is_dir());
        let _ = if is_folder { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    }
}

#[cfg(test)]
mod tests {
    use super::super::sync::BATCH;
    use super::*;

    #[test]
    fn what_is_not_renamed_out_of_it_goes() {
        let dir = tempfile::tempdir().unwrap();
        let parent = dir.path().join("output/p");
        let staging = Staging::create(&parent, ".staging-").unwrap();
        staging.write("a", b"1").unwrap();
        assert_eq!(fs::read(staging.write("b/c/d", b"2").unwrap()).unwrap(), b"2");
        assert!(staging.write("a", b"3").is_err(), "never written twice");
        staging.sync().unwrap();
        drop(staging);
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0, "folders above it go as well");

        let staging = Staging::create(&parent, ".staging-").unwrap();
        let file = staging.write("a", b"1").unwrap();
        staging.sync().unwrap();
        fs::rename(file, parent.join("a")).unwrap();
        drop(staging);
        assert_eq!(fs::read_dir(&parent).unwrap().count(), 1);
    }

    #[test]
    fn more_files_than_may_be_open() {
        let dir = tempfile::tempdir().unwrap();
        let staging = Staging::create(dir.path(), ".staging-").unwrap();
        for n in 0..BATCH * 10 {
            staging.write(n.to_string(), b"x").unwrap();
        }
        staging.sync().unwrap();
    }

    #[test]
    fn a_failed_file_does_not_count() {
        let dir = tempfile::tempdir().unwrap();
        let staging = Staging::create(dir.path(), ".staging-").unwrap();
        let failed = staging.write_with("a", |_| Err(io::Error::other("changed")));
        assert_eq!(failed.unwrap_err().to_string(), "changed");
        staging.sync().unwrap();
    }

    #[test]
    fn what_killed_runs_left() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join(".staging-1-x")).unwrap();
        fs::write(dir.path().join(".staging-1-y"), "").unwrap();
        fs::create_dir(dir.path().join(".staging-2-x")).unwrap();
        fs::write(dir.path().join("a"), "").unwrap();
        remove_leftovers(dir.path(), ".staging-1-");
        assert_eq!(leftovers(dir.path(), ".staging-").len(), 1);
        assert!(dir.path().join("a").exists());
    }
}
