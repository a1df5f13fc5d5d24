//! Putting files into a publication's folder: staged whole, then each renamed into place, the
//! manifest last. Whatever stops the program, a file is the old one or the new one, never half of
//! one.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::staging::Staging;
use super::summary::Summary;
use base::disk::{sha256, stays_inside, sync_folder};
use records::manifest::{ArtifactEntry, Manifest};

/// What is to become of a folder.
pub(super) struct Change<'a> {
    /// The manifest's name.
    pub(super) manifest: &'a str,
    /// Files to be there, by path, and where they wait; nowhere, where they are there already.
    pub(super) files: BTreeMap<String, Option<PathBuf>>,
    /// Files not to be there.
    pub(super) gone: &'a BTreeSet<String>,
    /// What the manifest is to say.
    pub(super) new: &'a Manifest,
    /// What it said before.
    pub(super) old: BTreeMap<String, ArtifactEntry>,
}

impl Change<'_> {
    /// The manifest of the time between, and the final one. While files change, the manifest names
    /// all that may be there: a killed run leaves nothing that no manifest knows.
    fn manifests(&mut self) -> io::Result<[Vec<u8>; 2]> {
        let last = self.new.to_json()?;
        self.old.retain(|path, _| !self.new.artifacts.contains_key(path));
        if self.old.is_empty() {
            return Ok([last.clone(), last]);
        }
        let mut meanwhile = self.new.clone();
        meanwhile.artifacts.append(&mut self.old);
        Ok([meanwhile.to_json()?, last])
    }
}

/// Renames each file from the staging folder into place: the manifest of the time between first,
/// the final one last. Files are on the disk before the first is renamed, and their names when the
/// last one is: a machine that loses power has the old file or the new one, like a program that is
/// killed. Returns the manifest's SHA-256.
pub(super) fn commit(
    staging: Staging,
    mut change: Change<'_>,
    summary: &mut Summary,
) -> io::Result<String> {
    let [meanwhile, last] = change.manifests()?;
    let sha256 = sha256(&last);
    let Change { manifest, files, gone, .. } = change;
    let folder = staging.folder().to_owned();
    let mut staged: Vec<(PathBuf, PathBuf)> = Vec::new();
    for (path, from) in files {
        match from {
            Some(from) => staged.push((from, folder.join(path))),
            None => summary.unchanged += 1,
        }
    }
    summary.written += staged.len();
    let target = folder.join(manifest);
    let same = fs::read(&target).is_ok_and(|old| old == last);
    let changes = !staged.is_empty() || !gone.is_empty();
    if !changes && same {
        return Ok(sha256);
    }
    let before = staging.write(&meanwhile)?;
    let after = staging.write(&last)?;
    staging.sync()?;

    // Whatever may refuse a rename is found before the first one.
    let mut folders: BTreeSet<&Path> = [folder.as_path()].into();
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
    summary.removed = remove(&folder, gone)?;
    folders.iter().try_for_each(|folder| sync_folder(folder))?;
    fs::rename(after, &target)?;
    sync_folder(&folder)?;
    Ok(sha256)
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
