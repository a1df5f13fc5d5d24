//! The files of the output as they stand in a package: each once, in the order of the metadata.

use std::collections::BTreeMap;

use super::layout::{self, role};
use super::metadata::FileEntry;
use base::disk::folded_path;
use records::manifest::{ArtifactEntry, Manifest};

/// A file of the output in a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Placed<'a> {
    /// Its path in the build's manifest.
    pub(super) path: &'a str,
    /// What the manifest says of it.
    pub(super) entry: &'a ArtifactEntry,
    /// What it is.
    pub(super) role: &'static str,
    /// Its name below the document's folder.
    pub(super) name: String,
}

impl Placed<'_> {
    /// Its entry in the metadata, with what its bytes say of it.
    pub(super) fn described(self, format: String, pages: Option<u32>) -> FileEntry {
        FileEntry {
            role: self.role.into(),
            name: self.name,
            format,
            bytes: self.entry.bytes,
            pages,
            sha256: self.entry.sha256.clone(),
            program: Some(self.entry.program.clone()),
            output: Some(self.path.into()),
        }
    }
}

/// Where the files of a build stand in a package. One that stands in public/ and in internal/ is
/// there once.
pub(super) fn of_output(manifest: &Manifest) -> Vec<Placed<'_>> {
    let mut taken: BTreeMap<String, &str> = BTreeMap::new();
    let mut placed = Vec::new();
    for (path, entry) in &manifest.artifacts {
        let (role, name) = layout::place(&entry.kind, path);
        let mut name = layout::file_in_package(&name);
        match taken.get(&folded_path(&name)) {
            Some(sha256) if *sha256 == entry.sha256 => continue,
            Some(_) => name = format!("{}/{}", role::OTHER, layout::file_in_package(path)),
            None => {}
        }
        taken.insert(folded_path(&name), &entry.sha256);
        placed.push(Placed { path, entry, role, name });
    }
    let order =
        [role::NOTICE, role::EDITABLE, role::PAGE, role::PAGE_BODY, role::INDEX, role::SHEET];
    placed.sort_by_key(|placed| {
        let place = order.iter().position(|role| *role == placed.role);
        (place.unwrap_or(order.len()), placed.name.clone())
    });
    placed
}
