//! Writing a publication's files: staged whole, then each renamed into place, the manifest last.
//! Whatever stops the program, a file is the old one or the new one, never half of one.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write as _};
use std::path::{Component, Path, PathBuf};

use sha2::{Digest, Sha256};
use tempfile::TempDir;

use crate::diag::{Diagnostic, Diagnostics};
use crate::text;

use super::Job;
use super::manifest::{ArtifactEntry, Manifest, VERSION};
use super::plan::{Artifact, Content, Format, Plan};

/// How the names of staging folders begin.
const STAGING: &str = ".staging-";

/// What storing did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files written.
    pub written: usize,
    /// Files that were there already with the same bytes.
    pub unchanged: usize,
    /// Files removed because the publication no longer has them.
    pub removed: usize,
}

/// SHA-256 as lower-case hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What the files were made with, for the manifest.
pub(super) struct Origin {
    pub(super) engine: Option<String>,
    pub(super) templates: BTreeMap<String, String>,
    pub(super) fonts: BTreeMap<String, String>,
}

/// Stores what was made of a plan below `output`.
pub(super) fn store(
    job: Job<'_>,
    plan: &Plan,
    made: Vec<Vec<u8>>,
    origin: &Origin,
    output: &Path,
) -> Result<Summary, Diagnostics> {
    let folder = output.join(&job.publication.id);
    let failed = |error: io::Error| Diagnostics::from(write_failed(&folder, &error));
    let old = read_manifest(&folder.join("manifest.json"));

    let mut files = BTreeMap::new();
    let mut entries = BTreeMap::new();
    let records: BTreeMap<String, String> =
        job.sources.iter().map(|s| (s.path().to_string(), sha256(s.text().as_bytes()))).collect();
    for (artifact, bytes) in plan.artifacts.iter().zip(made) {
        let entry = entry(artifact, &bytes, &records, origin);
        for path in &artifact.paths {
            entries.insert(path.clone(), entry.clone());
            files.insert(path.clone(), bytes.clone());
        }
    }
    let gone: BTreeSet<String> = match &old {
        Some(old) if plan.whole => {
            old.artifacts.keys().filter(|path| !entries.contains_key(*path)).cloned().collect()
        }
        _ => BTreeSet::new(),
    };
    if let Some(old) = old.filter(|_| !plan.whole) {
        for (path, entry) in old.artifacts {
            entries.entry(path).or_insert(entry);
        }
    }
    let manifest = Manifest {
        manifest: VERSION,
        publication: job.publication.id.clone(),
        title: job.publication.title(),
        doc_number: job.publication.doc_number(),
        artifacts: entries,
    };
    let mut manifest = serde_json::to_vec_pretty(&manifest).map_err(|e| failed(e.into()))?;
    manifest.push(b'\n');

    commit(&folder, files, &gone, &manifest).map_err(failed)
}

fn entry(
    artifact: &Artifact,
    bytes: &[u8],
    records: &BTreeMap<String, String>,
    origin: &Origin,
) -> ArtifactEntry {
    let is_pdf = artifact.format == Format::Pdf;
    let prefix = if is_pdf { "templates/typst/" } else { "templates/html/" };
    let mut inputs = records.clone();
    let templates = origin.templates.iter().filter(|(path, _)| path.starts_with(prefix));
    inputs.extend(templates.map(|(path, hash)| (path.clone(), hash.clone())));
    ArtifactEntry {
        kind: match artifact.content {
            Content::Notice => "notice",
            Content::NoticeBody => "notice-body",
            Content::Sheet(_) => "sheet",
            Content::Index => "index",
            Content::Breakdown => "breakdown",
        }
        .into(),
        unit: artifact.unit.clone(),
        sha256: sha256(bytes),
        bytes: bytes.len() as u64,
        program: concat!("yinfa ", env!("CARGO_PKG_VERSION")).into(),
        engine: origin.engine.clone().filter(|_| is_pdf),
        inputs,
        fonts: if is_pdf { origin.fonts.clone() } else { BTreeMap::new() },
    }
}

/// The manifest of the last build; an unreadable one counts as none, and then nothing is removed.
fn read_manifest(path: &Path) -> Option<Manifest> {
    serde_json::from_slice(&fs::read(path).ok()?).ok()
}

/// Writes all files into a staging folder on the same file system, then renames each into place.
fn commit(
    folder: &Path,
    files: BTreeMap<String, Vec<u8>>,
    gone: &BTreeSet<String>,
    manifest: &[u8],
) -> io::Result<Summary> {
    fs::create_dir_all(folder)?;
    remove_leftovers(folder);
    let staging = tempfile::Builder::new().prefix(STAGING).tempdir_in(folder)?;
    let mut summary = Summary::default();
    let mut staged: Vec<(PathBuf, PathBuf)> = Vec::new();
    for (path, bytes) in &files {
        let target = folder.join(path);
        if fs::read(&target).is_ok_and(|old| old == *bytes) {
            summary.unchanged += 1;
            continue;
        }
        staged.push((stage(&staging, staged.len(), bytes)?, target));
        summary.written += 1;
    }
    let target = folder.join("manifest.json");
    if !fs::read(&target).is_ok_and(|old| old == manifest) {
        staged.push((stage(&staging, staged.len(), manifest)?, target));
    }
    for (from, to) in &staged {
        if let Some(parent) = to.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::rename(from, to)?;
    }
    for path in gone {
        // The manifest is a file like any other: it must not lead outside.
        if !Path::new(path).components().all(|part| matches!(part, Component::Normal(_))) {
            continue;
        }
        match fs::remove_file(folder.join(path)) {
            Ok(()) => summary.removed += 1,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
        // Folders that are empty now go too; others refuse to.
        let mut parent = Path::new(path).parent();
        while let Some(inner) = parent.filter(|p| !p.as_os_str().is_empty()) {
            if fs::remove_dir(folder.join(inner)).is_err() {
                break;
            }
            parent = inner.parent();
        }
    }
    Ok(summary)
}

/// Staging folders of runs that were killed: the lock says that none is at work.
fn remove_leftovers(folder: &Path) {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    for entry in entries.filter(|e| e.file_name().to_string_lossy().starts_with(STAGING)) {
        // One that cannot be removed harms nobody.
        let _ = fs::remove_dir_all(entry.path());
    }
}

fn stage(staging: &TempDir, place: usize, bytes: &[u8]) -> io::Result<PathBuf> {
    let path = staging.path().join(place.to_string());
    let mut file = fs::File::create(&path)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    Ok(path)
}

fn write_failed(folder: &Path, error: &io::Error) -> Diagnostic {
    let folder = folder.display();
    Diagnostic::error(
        "output-failed",
        text!("写不进输出文件夹“{folder}”", "cannot write into the output folder “{folder}”"),
    )
    .detail(error.to_string())
    .help(text!(
        "请检查磁盘空间和写入权限；其中的文件若正被别的程序打开，请先关闭",
        "check free space and permissions, and close programs that have its files open"
    ))
}
