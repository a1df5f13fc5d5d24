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
use super::make::Made;
use super::manifest::{ArtifactEntry, LayoutEntry, Manifest, VERSION};
use super::plan::{Artifact, Content, Format, Plan, is_withdrawn};

/// The name of the manifest.
const MANIFEST: &str = "manifest.json";

/// The code of the problem that output could not be written: then something of it may have been.
pub const OUTPUT_FAILED: &str = "output-failed";

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
    made: Made,
    origin: &Origin,
    old: Manifest,
    folder: &Path,
) -> Result<Summary, Diagnostics> {
    let failed = |error: io::Error| Diagnostics::from(write_failed(folder, &error));

    let mut files = BTreeMap::new();
    let mut entries = BTreeMap::new();
    let records: BTreeMap<String, String> =
        job.sources.iter().map(|s| (s.path().to_string(), sha256(s.text().as_bytes()))).collect();
    for (artifact, bytes) in plan.artifacts.iter().zip(made.files) {
        let entry = entry(artifact, &bytes, &records, origin);
        for path in &artifact.paths {
            entries.insert(path.clone(), entry.clone());
            files.insert(path.clone(), bytes.clone());
        }
    }
    let mut kept = BTreeMap::new();
    let mut gone = BTreeSet::new();
    for (path, entry) in old.artifacts.clone() {
        if entries.contains_key(&path) {
            continue;
        }
        if plan.whole || is_withdrawn(job.publication, &path, &entry.kind) {
            gone.insert(path);
        } else {
            kept.insert(path, entry);
        }
    }
    entries.extend(kept);
    let manifest = Manifest {
        manifest: VERSION,
        publication: job.publication.id.clone(),
        title: job.publication.title(),
        doc_number: job.publication.doc_number(),
        layout: made.layout.as_ref().map(LayoutEntry::new).or(old.layout),
        artifacts: entries,
    };
    // While files change, the manifest names all that may be there: a killed run leaves nothing
    // that no manifest knows.
    let mut meanwhile = manifest.clone();
    for (path, entry) in old.artifacts {
        meanwhile.artifacts.entry(path).or_insert(entry);
    }
    let manifests = [json(&meanwhile).map_err(failed)?, json(&manifest).map_err(failed)?];
    commit(folder, files, &gone, &manifests).map_err(failed)
}

fn json(manifest: &Manifest) -> io::Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec_pretty(manifest)?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn entry(
    artifact: &Artifact,
    bytes: &[u8],
    records: &BTreeMap<String, String>,
    origin: &Origin,
) -> ArtifactEntry {
    let is_pdf = artifact.format == Format::Pdf;
    let folder = if is_pdf { "typst/" } else { "html/" };
    let mut inputs = records.clone();
    let templates = origin.templates.iter().filter(|(path, _)| {
        let name = path.trim_start_matches("templates/").trim_start_matches("yinfa/");
        name.starts_with(folder)
    });
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

/// The manifest of the last build, an empty one where there is none.
///
/// # Errors
/// When it is there and cannot be read: without it nobody knows what in the folder is ours.
pub fn read_manifest(folder: &Path) -> Result<Manifest, Diagnostics> {
    let path = folder.join(MANIFEST);
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
        Ok(bytes) => serde_json::from_slice(&bytes).map_err(|error| damaged(error.to_string())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Manifest::default()),
        Err(error) => Err(damaged(error.to_string())),
    }
}

/// Writes all files into a staging folder on the same file system, then renames each into place:
/// the manifest of the time between first, the final one last.
fn commit(
    folder: &Path,
    files: BTreeMap<String, Vec<u8>>,
    gone: &BTreeSet<String>,
    manifests: &[Vec<u8>; 2],
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
    let [meanwhile, last] = manifests;
    let target = folder.join(MANIFEST);
    let same = fs::read(&target).is_ok_and(|old| old == *last);
    let changes = !staged.is_empty() || !gone.is_empty();
    let before = if changes { Some(stage(&staging, staged.len(), meanwhile)?) } else { None };
    let after =
        if changes || !same { Some(stage(&staging, staged.len() + 1, last)?) } else { None };

    // Whatever may refuse a rename is found before the first one.
    for (_, to) in &staged {
        if let Some(parent) = to.parent() {
            fs::create_dir_all(parent)?;
        }
        if to.is_dir() {
            let name = to.display();
            return Err(io::Error::other(format!("a folder stands in the place of {name}")));
        }
    }
    if let Some(before) = before {
        fs::rename(before, &target)?;
    }
    for (from, to) in &staged {
        fs::rename(from, to)?;
    }
    summary.removed = remove(folder, gone)?;
    if let Some(after) = after {
        fs::rename(after, &target)?;
    }
    Ok(summary)
}

/// Removes files that the publication no longer has, and folders that are empty then.
fn remove(folder: &Path, gone: &BTreeSet<String>) -> io::Result<usize> {
    let mut removed = 0;
    for path in gone {
        // The manifest is a file like any other: it must not lead outside.
        if !Path::new(path).components().all(|part| matches!(part, Component::Normal(_))) {
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
        OUTPUT_FAILED,
        text!("写不进输出文件夹“{folder}”", "cannot write into the output folder “{folder}”"),
    )
    .detail(error.to_string())
    .help(text!(
        "请检查磁盘空间和写入权限；其中的文件若正被别的程序打开，请先关闭",
        "check free space and permissions, and close programs that have its files open"
    ))
}
