//! What is remembered of font files from one run to the next, so that a run without anything to
//! typeset opens none of them.
//!
//! An entry counts while its file has the stamp it had.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use typst::text::FontInfo;

use super::sfnt::FaceHeader;
use super::stamp::Stamp;
use crate::state;

/// The format and the program: another one may see other things in the same file.
const VERSION: &str = concat!("1 yinfa ", env!("CARGO_PKG_VERSION"));

/// Entries of folders that no run searches any more are not kept for ever.
const MOST: usize = 4096;

/// What is known of font files, by path.
#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Cache {
    version: String,
    files: BTreeMap<PathBuf, Known>,
}

/// What is known of a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Known {
    pub(super) stamp: Stamp,
    pub(super) headers: Vec<FaceHeader>,
    /// Of the faces that were loaded, by number.
    pub(super) faces: BTreeMap<u32, Inside>,
    pub(super) sha256: Option<String>,
}

/// What loading a face shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Inside {
    /// What Typst says of it.
    pub(super) info: FontInfo,
    /// Marks of Chinese that it draws narrow.
    pub(super) narrow: Vec<char>,
}

impl Cache {
    /// Reads the cache; an empty one where there is none, or none of use.
    pub(super) fn read(path: Option<&Path>) -> Self {
        let cache: Option<Self> = path.and_then(state::read);
        cache.filter(|cache| cache.version == VERSION).unwrap_or_default()
    }

    /// What is known of a file that has this stamp.
    pub(super) fn get(&self, path: &Path, stamp: Option<&Stamp>) -> Option<&Known> {
        self.files.get(path).filter(|known| Some(&known.stamp) == stamp)
    }

    /// The cache with what a run saw, in place of what it says of the same files.
    pub(super) fn with(&self, seen: impl IntoIterator<Item = (PathBuf, Known)>) -> Self {
        let new: BTreeMap<PathBuf, Known> = seen
            .into_iter()
            .filter(|(path, known)| !known.stamp.is_young() && path.to_str().is_some())
            .collect();
        let mut files =
            if self.files.len() + new.len() > MOST { BTreeMap::new() } else { self.files.clone() };
        files.extend(new);
        Self { version: VERSION.into(), files }
    }
}
