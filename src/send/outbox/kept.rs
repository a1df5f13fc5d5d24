//! What people put into a packet's folder, or changed in it: it moves on into the next packet.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use base::disk::{Staging, sha256};

use super::SUMS;

/// What a name that the new packet needs is kept under.
const KEPT: &str = "保留-";

/// Copies what is not ours from an old packet into a new one that is being made: subfolders, files
/// that the old list of checksums does not know, and those of it that were changed since. A name
/// that the new packet has itself gets [`KEPT`] before it.
pub(super) fn keep(old: &Path, new: &Path, staging: &Staging) -> io::Result<()> {
    let text = match fs::read_to_string(old.join(SUMS)) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(error),
    };
    let sums = listed(&text);
    let mut entries = fs::read_dir(old)?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let (path, name) = (entry.path(), entry.file_name());
        let shown = name.to_string_lossy();
        if shown == SUMS && !sums.is_empty() {
            continue;
        }
        if path.is_dir() {
            copy_folder(&path, &new.join(free(new, &shown)), staging)?;
            continue;
        }
        let bytes = fs::read(&path)?;
        let is_ours = sums.get(&*shown).is_some_and(|sum| *sum == sha256(&bytes));
        let is_same = || fs::read(new.join(&name)).is_ok_and(|there| there == bytes);
        if is_ours || is_same() {
            continue;
        }
        let listed = sums.contains_key(&*shown);
        let target = if listed { free(new, &format!("{KEPT}{shown}")) } else { free(new, &shown) };
        staging.write(new.join(target), &bytes)?;
    }
    Ok(())
}

/// The names of a list of checksums, with the sums.
fn listed(text: &str) -> BTreeMap<&str, &str> {
    text.lines().filter_map(|line| line.split_once("  ")).map(|(sum, name)| (name, sum)).collect()
}

/// A name that is not taken in a folder.
fn free(folder: &Path, name: &str) -> String {
    let mut name = name.to_string();
    while folder.join(&name).exists() {
        name = format!("{KEPT}{name}");
    }
    name
}

fn copy_folder(from: &Path, to: &Path, staging: &Staging) -> io::Result<()> {
    // A link to a folder could lead anywhere, and back to itself.
    if fs::symlink_metadata(from)?.is_symlink() {
        let words = format!("{} is a link to a folder", from.display());
        return Err(io::Error::new(io::ErrorKind::InvalidInput, words));
    }
    staging.make_folder(to)?;
    for entry in fs::read_dir(from)? {
        let (path, target) = {
            let entry = entry?;
            (entry.path(), to.join(entry.file_name()))
        };
        if path.is_dir() {
            copy_folder(&path, &target, staging)?;
        } else {
            staging.write(&target, &fs::read(&path)?)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_taken_again_and_again_is_kept_each_time() {
        let root = tempfile::tempdir().unwrap();
        let staging = Staging::create(root.path(), ".staging-").unwrap();
        let (old, new) = (root.path().join("old"), staging.make_folder("new").unwrap());
        fs::create_dir(&old).unwrap();
        let sums = format!("{}  a.txt\n{}  b.txt\n", sha256(b"1"), sha256(b"2"));
        for (name, text) in
            [(SUMS, sums.as_str()), ("a.txt", "by hand"), ("b.txt", "2"), ("保留-a.txt", "before")]
        {
            fs::write(old.join(name), text).unwrap();
        }
        fs::write(new.join("a.txt"), "3").unwrap();
        keep(&old, &new, &staging).unwrap();
        let read = |name: &str| fs::read_to_string(new.join(name)).unwrap();
        assert_eq!((read("a.txt"), read("保留-a.txt")), ("3".into(), "by hand".into()));
        assert_eq!(read("保留-保留-a.txt"), "before");
        assert_eq!(fs::read_dir(&new).unwrap().count(), 3, "ours and unchanged is not kept");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_a_folder_is_refused() {
        let root = tempfile::tempdir().unwrap();
        let staging = Staging::create(root.path(), ".staging-").unwrap();
        let (old, new) = (root.path().join("old"), staging.make_folder("new").unwrap());
        fs::create_dir(&old).unwrap();
        std::os::unix::fs::symlink(root.path(), old.join("loop")).unwrap();
        let error = keep(&old, &new, &staging).unwrap_err();
        assert!(error.to_string().ends_with("loop is a link to a folder"), "{error}");
        assert_eq!(fs::read_dir(&new).unwrap().count(), 0);
    }
}
