//! What a build remembers for the next one, in the project's state folder: under which keys its
//! files were made. Without it, or where it is damaged, everything is made again, with the same
//! bytes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::part::Part;
use crate::state;
use base::disk::sha256;

/// The version of the format.
const VERSION: u32 = 2;

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
    /// PDFs that were made without remarks, by path.
    files: BTreeMap<String, MadeUnder>,
}

/// What was made of a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct MadeUnder {
    pub(super) key: String,
    /// SHA-256 of the file. A build that was killed may have put another one in its place without
    /// being remembered.
    pub(super) sha256: String,
}

impl Memory {
    /// Reads what is remembered of the publication in `folder`, in the state folder of builds.
    pub(super) fn read(state: Option<&Path>, folder: &Path, part: Option<Part>) -> Self {
        // The same publication may be built into several folders.
        let folder = settled(folder);
        let part = part.map(|part| part.to_string()).unwrap_or_default();
        let name = sha256(format!("{}\n{part}", folder.display()).as_bytes());
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

    /// Whether a file with this hash is what the key makes.
    pub(super) fn is_made_under(&self, path: &str, key: &str, sha256: &str) -> bool {
        self.kept.files.get(path).is_some_and(|made| made.key == key && made.sha256 == sha256)
    }

    /// Remembers a build that left this manifest. What it says of files that this build had
    /// nothing to do with stays.
    pub(super) fn write(
        &self,
        publication: Option<String>,
        manifest: Option<String>,
        mut files: BTreeMap<String, MadeUnder>,
        others: impl Fn(&str) -> bool,
    ) {
        let Some(file) = &self.file else { return };
        let of_others = self.kept.files.iter().filter(|(path, _)| others(path));
        files.extend(of_others.map(|(path, made)| (path.clone(), made.clone())));
        let kept = Kept { version: VERSION, publication, manifest, files };
        if kept == self.kept {
            return;
        }
        state::write(file, &kept);
    }
}

/// The one path of a folder that may not exist yet: links and `..` of what exists are resolved.
fn settled(folder: &Path) -> PathBuf {
    let mut above = folder.ancestors();
    let found = above.find_map(|above| Some((above, above.canonicalize().ok()?)));
    match found {
        // Component by component: joining nothing would add a slash.
        Some((above, mut real)) => {
            real.extend(folder.strip_prefix(above).into_iter().flat_map(Path::components));
            real
        }
        None => folder.to_owned(),
    }
}
