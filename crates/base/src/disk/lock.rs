//! Locks that end with the program that holds them, also when it is killed.

use std::fs::{self, File, TryLockError};
use std::io::{self, Write as _};
use std::path::Path;

/// A lock that is held until it is dropped.
#[derive(Debug)]
pub struct FileLock {
    file: File,
}

/// Why a lock is not held.
#[derive(Debug)]
pub enum LockError {
    /// Another program holds it.
    Held,
    /// The file system knows no locks, as some network drives.
    Unsupported(io::Error),
    /// The file that is locked cannot be made.
    Failed(io::Error),
}

impl FileLock {
    /// Locks a file for this program alone; file and folder are made where they are missing.
    ///
    /// # Errors
    /// Why it is not held.
    pub fn take(path: &Path) -> Result<Self, LockError> {
        Self::of(path, File::try_lock)
    }

    /// Locks a file together with others that share it, and against [`FileLock::take`].
    ///
    /// # Errors
    /// Why it is not held.
    pub fn share(path: &Path) -> Result<Self, LockError> {
        Self::of(path, File::try_lock_shared)
    }

    /// Whether nothing was ever written into the file that is locked.
    pub fn is_empty(&self) -> bool {
        self.file.metadata().is_ok_and(|file| file.len() == 0)
    }

    /// Writes into the file that is locked, behind what is there.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, bytes: &[u8]) -> io::Result<()> {
        (&self.file).write_all(bytes)?;
        self.file.sync_all()
    }

    fn of(
        path: &Path,
        lock: impl FnOnce(&File) -> Result<(), TryLockError>,
    ) -> Result<Self, LockError> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(LockError::Failed)?;
        }
        let file = File::options().create(true).append(true).open(path);
        let file = file.map_err(LockError::Failed)?;
        match lock(&file) {
            Ok(()) => Ok(Self { file }),
            Err(TryLockError::WouldBlock) => Err(LockError::Held),
            Err(TryLockError::Error(error)) => Err(LockError::Unsupported(error)),
        }
    }
}

/// Whether some program holds a lock on a file. Nothing is written: a file that is not there is not
/// locked, and where that cannot be told it counts as locked.
pub fn is_locked(path: &Path) -> bool {
    match File::open(path) {
        Ok(file) => file.try_lock_shared().is_err(),
        Err(error) => error.kind() != io::ErrorKind::NotFound,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn held_shared_and_let_go() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("state/lock");
        assert!(!is_locked(&path) && !path.exists());
        let held = FileLock::take(&path).unwrap();
        assert!(is_locked(&path));
        assert!(matches!(FileLock::take(&path), Err(LockError::Held)));
        assert!(matches!(FileLock::share(&path), Err(LockError::Held)));
        drop(held);
        assert!(!is_locked(&path));
        let shared = (FileLock::share(&path).unwrap(), FileLock::share(&path).unwrap());
        assert!(matches!(FileLock::take(&path), Err(LockError::Held)));
        drop(shared);
        FileLock::take(&path).unwrap();
    }

    #[test]
    fn where_no_file_can_be_made() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("file"), "").unwrap();
        let lock = FileLock::take(&dir.path().join("file/lock"));
        assert!(matches!(lock, Err(LockError::Failed(_))));
    }
}
