//! One build of a project at a time: two would stage and rename the same files.

use std::fs::{self, File, TryLockError};
use std::path::Path;

use crate::diag::Diagnostic;
use crate::text;

/// Held while a project is built; let go when it is dropped, also by a killed program.
#[derive(Debug)]
pub struct Lock {
    _file: Option<File>,
}

impl Lock {
    /// Takes the lock of a project. A project that cannot be written to is built without one.
    ///
    /// # Errors
    /// When another build holds it.
    pub fn take(root: &Path) -> Result<Self, Box<Diagnostic>> {
        let folder = root.join(".yinfa");
        let open = || {
            fs::create_dir_all(&folder)?;
            File::options().create(true).append(true).open(folder.join("lock"))
        };
        let Ok(file) = open() else { return Ok(Self { _file: None }) };
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: Some(file) }),
            Err(TryLockError::WouldBlock) => Err(Box::new(
                Diagnostic::error(
                    "build-running",
                    text!("这个项目正在生成", "this project is being built"),
                )
                .help(text!(
                    "请等另一个 yinfa 运行结束后再试",
                    "wait until the other run of yinfa has ended"
                )),
            )),
            // Some network file systems know no locks.
            Err(TryLockError::Error(_)) => Ok(Self { _file: None }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_at_a_time() {
        let root = tempfile::tempdir().unwrap();
        let first = Lock::take(root.path()).unwrap();
        assert_eq!(Lock::take(root.path()).unwrap_err().code, "build-running");
        drop(first);
        assert!(Lock::take(root.path()).is_ok());
    }
}
