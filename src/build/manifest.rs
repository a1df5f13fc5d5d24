//! manifest.json: what a publication's folder holds and what it was made from. No clock.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The manifest of a publication.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The version of this format.
    pub manifest: u32,
    /// The publication's id.
    pub publication: String,
    /// The notice's title.
    pub title: String,
    /// 发文字号.
    pub doc_number: Option<String>,
    /// Its files, by path below the publication's folder.
    pub artifacts: BTreeMap<String, ArtifactEntry>,
}

/// One file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArtifactEntry {
    /// `notice`, `notice-body`, `sheet`, `index` or `breakdown`.
    pub kind: String,
    /// The unit whose sheet it is.
    pub unit: Option<String>,
    /// SHA-256 of the file.
    pub sha256: String,
    /// Its length in bytes.
    pub bytes: u64,
    /// `yinfa` and its version.
    pub program: String,
    /// The engine and its version; null for web pages.
    pub engine: Option<String>,
    /// Records and templates it was made from, by path, with their SHA-256.
    pub inputs: BTreeMap<String, String>,
    /// Font files it could use, by file name, with their SHA-256; empty for web pages.
    pub fonts: BTreeMap<String, String>,
}

/// The version of the format.
pub(super) const VERSION: u32 = 1;
