//! One build of a project at a time: two would stage and rename the same files.

use std::path::Path;

use super::part::Part;
use crate::state;
use base::diag::Diagnostic;
use base::disk::{FileLock, LockError};
use base::text;

/// Held while a project is built.
#[derive(Debug)]
pub struct Lock {
    _held: Vec<FileLock>,
}

impl Lock {
    /// Takes the lock of a project. A project that cannot be written to, or lies on a drive that
    /// knows no locks, is built without one. Parts of a build may be made at the same time, each by
    /// one program.
    ///
    /// # Errors
    /// When another build holds it.
    pub fn take(root: &Path, part: Option<Part>) -> Result<Self, Diagnostic> {
        let folder = root.join(state::FOLDER);
        let all = folder.join("lock");
        let mut locks = Vec::new();
        match part {
            None => locks.push(FileLock::take(&all)),
            Some(part) => {
                locks.push(FileLock::share(&all));
                locks.push(FileLock::take(&folder.join(format!("lock.{part}"))));
            }
        }
        let mut held = Vec::new();
        for lock in locks {
            match lock {
                Ok(lock) => held.push(lock),
                Err(LockError::Held) => return Err(running()),
                Err(LockError::Unsupported(_) | LockError::Failed(_)) => {}
            }
        }
        Ok(Self { _held: held })
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
