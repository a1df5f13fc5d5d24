//! One build of a project at a time: two would stage and rename the same files.

use std::fs::{self, File, TryLockError};
use std::path::Path;

use super::part::Part;
use crate::state;
use base::diag::Diagnostic;
use base::text;

/// Held while a project is built; let go when it is dropped, also by a killed program.
#[derive(Debug)]
pub struct Lock {
    _files: Vec<File>,
}

impl Lock {
    /// Takes the lock of a project. A project that cannot be written to is built without one.
    /// Parts of a build may be made at once, each by one program.
    ///
    /// # Errors
    /// When another build holds it.
    pub fn take(root: &Path, part: Option<Part>) -> Result<Self, Diagnostic> {
        let folder = root.join(state::FOLDER);
        let open = |name: &str| {
            fs::create_dir_all(&folder)?;
            File::options().create(true).append(true).open(folder.join(name))
        };
        let mut files = Vec::new();
        let mut hold = |name: &str, shared: bool| {
            let Ok(file) = open(name) else { return Ok(()) };
            match if shared { file.try_lock_shared() } else { file.try_lock() } {
                Ok(()) => {
                    files.push(file);
                    Ok(())
                }
                Err(TryLockError::WouldBlock) => Err(running()),
                // Some network file systems know no locks.
                Err(TryLockError::Error(_)) => Ok(()),
            }
        };
        hold("lock", part.is_some())?;
        if let Some(part) = part {
            hold(&format!("lock.{part}"), false)?;
        }
        Ok(Self { _files: files })
    }
}

fn running() -> Diagnostic {
    Diagnostic::error("build-running", text!("这个项目正在生成", "this project is being built"))
        .help(text!(
            "请等另一个 yinfa 运行结束后再试",
            "wait until the other run of yinfa has ended"
        ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_at_a_time() {
        let root = tempfile::tempdir().unwrap();
        let first = Lock::take(root.path(), None).unwrap();
        assert_eq!(Lock::take(root.path(), None).unwrap_err().code, "build-running");
        let parts: Vec<_> = (1..=2).map(|part| Part::new(part, 2)).collect();
        assert!(Lock::take(root.path(), parts[0]).is_err());
        drop(first);
        let held = [0, 1].map(|part| Lock::take(root.path(), parts[part]).unwrap());
        assert!(Lock::take(root.path(), parts[0]).is_err(), "each part once");
        assert!(Lock::take(root.path(), None).is_err(), "not while parts are built");
        drop(held);
        assert!(Lock::take(root.path(), None).is_ok());
    }
}
