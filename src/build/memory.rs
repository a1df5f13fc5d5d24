//! What a build remembers for the next one, in the project's state folder: under which keys its
//! files were made. Without it, or where it is damaged, everything is made again, with the same
//! bytes.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::key::KeysByPath;
use super::store::sha256;
use crate::state;

/// The version of the format.
const VERSION: u32 = 1;

/// What is remembered of a publication in one output folder.
#[derive(Debug, Default)]
pub(super) struct Memory {
    file: Option<PathBuf>,
    kept: Kept,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
struct Kept {
    version: u32,
    /// The key of the publication, where the last build had nothing to remark.
    publication: Option<String>,
    /// SHA-256 of the manifest that the build left.
    manifest: Option<String>,
    /// Keys of PDFs that were made without remarks.
    keys: KeysByPath,
}

impl Memory {
    /// Reads what is remembered of the publication in `folder`, in the state folder of builds.
    pub(super) fn read(state: Option<&Path>, folder: &Path) -> Self {
        // The same publication may be built into several folders.
        let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        let name = sha256(folder.to_string_lossy().as_bytes());
        let file = state.map(|state| state.join(format!("{}.json", &name[..32])));
        let kept: Option<Kept> = file.as_deref().and_then(state::read);
        let kept = kept.filter(|kept| kept.version == VERSION).unwrap_or_default();
        Self { file, kept }
    }

    /// Whether the publication was built under this key, and left this manifest.
    pub(super) fn is_built(&self, key: Option<&String>, manifest: Option<&str>) -> bool {
        key.is_some()
            && self.kept.publication.as_ref() == key
            && manifest.is_some()
            && self.kept.manifest.as_deref() == manifest
    }

    /// The key that a file was made under.
    pub(super) fn key(&self, path: &str) -> Option<&String> {
        self.kept.keys.get(path)
    }

    /// Remembers a build that left this manifest. What it says of files that this build had
    /// nothing to do with stays.
    pub(super) fn write(
        &self,
        publication: Option<String>,
        manifest: Option<String>,
        mut keys: KeysByPath,
        others: impl Fn(&str) -> bool,
    ) {
        let Some(file) = &self.file else { return };
        let of_others = self.kept.keys.iter().filter(|(path, _)| others(path));
        keys.extend(of_others.map(|(path, key)| (path.clone(), key.clone())));
        let kept = Kept { version: VERSION, publication, manifest, keys };
        if kept == self.kept {
            return;
        }
        state::write(file, &kept);
    }
}
