//! Putting files into a publication's folder: staged whole, then each renamed into place, the
//! manifest last. Whatever stops the program, a file is the old one or the new one, never half of
//! one.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write as _};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use tempfile::TempDir;

use super::part::Part;
use super::store::Summary;

/// How the names of staging folders begin.
const STAGING: &str = ".staging-";

/// So many files are open at once: systems allow some hundreds.
const MOST_OPEN: usize = 64;

/// What is to become of a folder.
pub(super) struct Change<'a> {
    pub(super) folder: &'a Path,
    /// The part of the publication that is built, where it is one: other parts may be at work in
    /// the same folder.
    pub(super) part: Option<Part>,
    /// The manifest's name.
    pub(super) manifest: &'a str,
    /// Files to be there, by path.
    pub(super) files: BTreeMap<String, Arc<[u8]>>,
    /// Files not to be there.
    pub(super) gone: &'a BTreeSet<String>,
    /// The manifest of the time between, and the final one.
    pub(super) manifests: &'a [Vec<u8>; 2],
}

/// Writes all files into a staging folder on the same file system, then renames each into place:
/// the manifest of the time between first, the final one last. Files are on the disk before the
/// first is renamed, and their names when the last one is: a machine that loses power has the old
/// file or the new one, like a program that is killed.
pub(super) fn commit(change: Change<'_>, summary: &mut Summary) -> io::Result<()> {
    let Change { folder, part, manifest, files, gone, manifests } = change;
    fs::create_dir_all(folder)?;
    let prefix = match part {
        Some(part) => format!("{STAGING}{part}-"),
        None => STAGING.to_string(),
    };
    remove_leftovers(folder, &prefix);
    let staging = tempfile::Builder::new().prefix(&prefix).tempdir_in(folder)?;
    let mut staged: Vec<(PathBuf, PathBuf)> = Vec::new();
    let mut open = Vec::new();
    for (path, bytes) in &files {
        let target = folder.join(path);
        if fs::read(&target).is_ok_and(|old| old[..] == bytes[..]) {
            summary.unchanged += 1;
            continue;
        }
        staged.push((stage(&staging, staged.len(), bytes, &mut open)?, target));
        summary.written += 1;
        if open.len() == MOST_OPEN {
            sync(&open)?;
            open.clear();
        }
    }
    let [meanwhile, last] = manifests;
    let target = folder.join(manifest);
    let same = fs::read(&target).is_ok_and(|old| old == *last);
    let changes = !staged.is_empty() || !gone.is_empty();
    if !changes && same {
        return Ok(());
    }
    let before = stage(&staging, staged.len(), meanwhile, &mut open)?;
    let after = stage(&staging, staged.len() + 1, last, &mut open)?;
    sync(&open)?;
    drop(open);

    // Whatever may refuse a rename is found before the first one.
    let mut folders: BTreeSet<&Path> = [folder].into();
    for (_, to) in &staged {
        if let Some(parent) = to.parent() {
            fs::create_dir_all(parent)?;
            folders.insert(parent);
        }
        if to.is_dir() {
            let name = to.display();
            return Err(io::Error::other(format!("a folder stands in the place of {name}")));
        }
    }
    if changes {
        fs::rename(before, &target)?;
    }
    for (from, to) in &staged {
        fs::rename(from, to)?;
    }
    summary.removed = remove(folder, gone)?;
    folders.iter().for_each(|folder| sync_folder(folder));
    fs::rename(after, &target)?;
    sync_folder(folder);
    Ok(())
}

/// Whether a path of a manifest stays in the folder that it is joined to.
pub(super) fn stays_inside(path: &str) -> bool {
    Path::new(path).components().all(|part| matches!(part, Component::Normal(_)))
}

/// Removes files that the publication no longer has, and folders that are empty then.
fn remove(folder: &Path, gone: &BTreeSet<String>) -> io::Result<usize> {
    let mut removed = 0;
    for path in gone {
        // The manifest is a file like any other: it must not lead outside.
        if !stays_inside(path) {
            continue;
        }
        match fs::remove_file(folder.join(path)) {
            Ok(()) => removed += 1,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
        let mut parent = Path::new(path).parent();
        while let Some(inner) = parent.filter(|p| !p.as_os_str().is_empty()) {
            // A folder that still holds something refuses to go.
            if fs::remove_dir(folder.join(inner)).is_err() {
                break;
            }
            parent = inner.parent();
        }
    }
    Ok(removed)
}

/// Staging folders of runs that were killed: the lock says that none is at work.
fn remove_leftovers(folder: &Path, prefix: &str) {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    for entry in entries.filter(|e| e.file_name().to_string_lossy().starts_with(prefix)) {
        // One that cannot be removed harms nobody.
        let _ = fs::remove_dir_all(entry.path());
    }
}

fn stage(
    staging: &TempDir,
    place: usize,
    bytes: &[u8],
    open: &mut Vec<fs::File>,
) -> io::Result<PathBuf> {
    let path = staging.path().join(place.to_string());
    let mut file = fs::File::create(&path)?;
    file.write_all(bytes)?;
    open.push(file);
    Ok(path)
}

/// Has files on the disk, several at once: a disk that is asked for many things in a row is
/// faster with all of them at hand.
fn sync(files: &[fs::File]) -> io::Result<()> {
    const AT_ONCE: usize = 8;
    let share = files.len().div_ceil(AT_ONCE).max(1);
    let sync_all = |files: &[fs::File]| files.iter().try_for_each(fs::File::sync_all);
    std::thread::scope(|scope| {
        let threads: Vec<_> =
            files.chunks(share).map(|files| scope.spawn(move || sync_all(files))).collect();
        let ended = |_| Err(io::Error::other("syncing ended abruptly"));
        threads.into_iter().try_for_each(|thread| thread.join().unwrap_or_else(ended))
    })
}

/// Has the names in a folder on the disk, where the system can do that.
fn sync_folder(folder: &Path) {
    if let Ok(folder) = fs::File::open(folder) {
        let _ = folder.sync_all();
    }
}
