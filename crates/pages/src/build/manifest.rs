//! manifest.json: what a publication's folder holds and what it was made from. No clock.

use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};

use serde::{Deserialize, Serialize};

use crate::measure::{Report, Verdict};
use base::diag::{Diagnostic, Diagnostics};
use base::disk::sha256;
use base::text;

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
    /// Which part of the publication it is the manifest of; left out where it is all of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<PartEntry>,
    /// Its files, by path below the publication's folder.
    pub artifacts: BTreeMap<String, ArtifactEntry>,
}

/// A part of a publication that one of several machines built.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartEntry {
    /// Which, from 1.
    pub part: u32,
    /// Of how many.
    pub of: u32,
    /// SHA-256 over what all parts must have in common: records, templates, program, engine and
    /// fonts.
    pub inputs: String,
    /// Whether nothing of the publication is left out of its parts.
    pub whole: bool,
    /// The formats that the parts are made in, as `build --format` names them.
    pub formats: Vec<String>,
    /// All files of the parts together.
    pub files: Vec<String>,
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

/// The name of a manifest's file.
pub const NAME: &str = "manifest.json";

/// A manifest with the hash of its file, where there is one.
#[derive(Debug, Default)]
pub(super) struct Old {
    pub(super) manifest: Manifest,
    pub(super) sha256: Option<String>,
}

/// A manifest as its file has it.
pub(super) fn json(manifest: &Manifest) -> io::Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec_pretty(manifest)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// The manifest of a publication's folder, an empty one where there is none.
///
/// # Errors
/// When it is there and cannot be read.
pub fn read_manifest(folder: &Path) -> Result<Manifest, Diagnostics> {
    Ok(read(folder, NAME)?.manifest)
}

/// The manifest of the last build, an empty one where there is none.
///
/// # Errors
/// When it is there and cannot be read: without it nobody knows what in the folder is ours.
pub(super) fn read(folder: &Path, name: &str) -> Result<Old, Diagnostics> {
    let path = folder.join(name);
    let damaged = |detail: String| {
        let path = path.display();
        Diagnostics::from(
            Diagnostic::error(
                "manifest-damaged",
                text!(
                    "“{path}”已损坏，不知道哪些文件是以前生成的",
                    "“{path}” is damaged: it is not known which files an earlier build made"
                ),
            )
            .detail(detail)
            .help(text!(
                "请删去（或移走）它所在的文件夹，再重新生成",
                "delete the folder it stands in, or move it away, and build again"
            )),
        )
    };
    match fs::read(&path) {
        Ok(bytes) => {
            let manifest =
                serde_json::from_slice(&bytes).map_err(|error| damaged(error.to_string()))?;
            Ok(Old { manifest, sha256: Some(sha256(&bytes)) })
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Old::default()),
        Err(error) => Err(damaged(error.to_string())),
    }
}
