//! manifest.json: what a publication's folder holds and what it was made from. No clock.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::measure::{Report, Verdict};

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
    /// How the notice's pages meet GB/T 9704-2012; null where they were not made yet.
    #[serde(default)]
    pub layout: Option<LayoutEntry>,
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
    /// The engine and its version; null for any other format than PDF.
    pub engine: Option<String>,
    /// Records and templates it was made from, by path, with their SHA-256.
    pub inputs: BTreeMap<String, String>,
    /// Font files it could use, by file name, with their SHA-256; empty for any other format than PDF.
    pub fonts: BTreeMap<String, String>,
}

/// What measuring the notice's pages gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LayoutEntry {
    /// How many pages.
    pub pages: usize,
    /// Whether no clause failed.
    pub passes: bool,
    /// The clauses that apply, by number and name; `yinfa measure` has the figures.
    pub clauses: Vec<ClauseEntry>,
}

/// One clause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClauseEntry {
    /// `7.2.4 mark-top`.
    pub clause: String,
    /// Whether every page meets it.
    pub passes: bool,
}

impl LayoutEntry {
    /// The entry of a report.
    pub(super) fn new(report: &Report) -> Self {
        let applies = report.clauses.iter().filter(|c| c.verdict() != Verdict::NotApplicable);
        let clauses = applies
            .map(|c| ClauseEntry { clause: c.id(), passes: c.verdict() == Verdict::Pass })
            .collect();
        Self { pages: report.pages, passes: report.passes(), clauses }
    }
}

/// The version of the format.
pub(super) const VERSION: u32 = 1;
