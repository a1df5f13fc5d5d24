//! Putting a folder into the place of another one.
//!
//! No system renames one folder over another that has files in it, so the old one is moved aside
//! first. A program that is killed between the two renames leaves nothing at the place and the old
//! folder beside it: [`put_back`] restores it.

use std::fs;
use std::io;
use std::path::Path;

use super::sync::sync_folder;

/// Renames `new` to `target`; what stood there, if anything, is at `old` then. All three must be on
/// one file system, and the files of `new` synced.
///
/// # Errors
/// When a rename fails: what stood at `target` stands there again.
pub fn exchange(new: &Path, target: &Path, old: &Path) -> io::Result<()> {
    let had = target.symlink_metadata().is_ok();
    if had {
        fs::rename(target, old)?;
    }
    if let Err(error) = fs::rename(new, target) {
        if had {
            let _ = fs::rename(old, target);
        }
        return Err(error);
    }
    match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => sync_folder(folder),
        _ => sync_folder(Path::new(".")),
    }
}

/// Moves `old` back to `target` where an exchange was cut short. What is at `old` afterwards is of
/// no use any more.
///
/// # Errors
/// When it cannot be moved back: then it must not be removed either.
pub fn put_back(old: &Path, target: &Path) -> io::Result<()> {
    if target.symlink_metadata().is_ok() || old.symlink_metadata().is_err() {
        return Ok(());
    }
    fs::rename(old, target)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_old_one_or_the_new_one() {
        let dir = tempfile::tempdir().unwrap();
        let at = |name: &str| dir.path().join(name);
        let make = |name: &str| {
            fs::create_dir(at(name)).unwrap();
            fs::write(at(name).join("file"), name).unwrap();
        };
        let there = || fs::read_to_string(at("target/file")).unwrap();
        make("first");
        exchange(&at("first"), &at("target"), &at("old")).unwrap();
        assert_eq!(there(), "first");
        make("second");
        exchange(&at("second"), &at("target"), &at("old")).unwrap();
        assert_eq!(there(), "second");
        assert_eq!(fs::read_to_string(at("old/file")).unwrap(), "first");
        fs::remove_dir_all(at("old")).unwrap();
        assert!(exchange(&at("none"), &at("target"), &at("old")).is_err());
        assert_eq!(there(), "second", "put back");
        // Killed between the two renames.
        fs::rename(at("target"), at("old")).unwrap();
        put_back(&at("old"), &at("target")).unwrap();
        assert_eq!(there(), "second");
        make("old");
        put_back(&at("old"), &at("target")).unwrap();
        assert_eq!(there(), "second", "nothing is missing");
    }
}
