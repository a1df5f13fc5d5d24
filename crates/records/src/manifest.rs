//! manifest.json: what a publication's folder holds and what it was made from. No clock.

use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};

use serde::{Deserialize, Serialize};

use crate::content::schema::notice::Kind;
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
    /// 文种; that of manifests of before is 通知.
    #[serde(default)]
    pub document: Kind,
    /// The document's title.
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

/// The version of the format.
pub const VERSION: u32 = 1;

/// The name of the file that holds the manifest of a whole publication.
pub const NAME: &str = "manifest.json";

impl Manifest {
    /// Reads the manifest of a publication's folder; an empty one where there is none.
    ///
    /// # Errors
    /// When it is there and cannot be read.
    pub fn read(folder: &Path) -> Result<Self, Diagnostics> {
        Ok(ManifestFile::read(folder, NAME)?.manifest)
    }

    /// Parses a manifest's file.
    ///
    /// # Errors
    /// When it is no manifest.
    pub fn parse(bytes: &[u8]) -> serde_json::Result<Self> {
        serde_json::from_slice(bytes)
    }

    /// The bytes of its file.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub fn to_json(&self) -> io::Result<Vec<u8>> {
        let mut bytes = serde_json::to_vec_pretty(self)?;
        bytes.push(b'\n');
        Ok(bytes)
    }
}

/// A manifest as it stands on the disk.
#[derive(Debug, Default)]
pub struct ManifestFile {
    /// The manifest; an empty one where there is no file.
    pub manifest: Manifest,
    /// SHA-256 of the file, where there is one.
    pub sha256: Option<String>,
}

impl ManifestFile {
    /// Reads the manifest with this file name in a publication's folder.
    ///
    /// # Errors
    /// When it is there and cannot be read: without it nobody knows which files in the folder a
    /// build made.
    pub fn read(folder: &Path, name: &str) -> Result<Self, Diagnostics> {
        let path = folder.join(name);
        match fs::read(&path) {
            Ok(bytes) => {
                let manifest =
                    Manifest::parse(&bytes).map_err(|error| damaged(&path, &error.to_string()))?;
                Ok(Self { manifest, sha256: Some(sha256(&bytes)) })
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(damaged(&path, &error.to_string())),
        }
    }
}

fn damaged(path: &Path, detail: &str) -> Diagnostics {
    let path = path.display();
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
    ))
    .into()
}
