//! Writing a publication's files: staged whole, then each renamed into place, the manifest last.
//! Whatever stops the program, a file is the old one or the new one, never half of one.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write as _};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest, Sha256};
use tempfile::TempDir;

use crate::diag::{Diagnostic, Diagnostics};
use crate::text;
use crate::typeset;

use super::Job;
use super::make::Made;
use super::manifest::{ArtifactEntry, Manifest, VERSION};
use super::plan::{Artifact, Content, Format, Plan, is_withdrawn};
use super::reason::{OnDisk, Reason, reasons};

/// The name of the manifest.
const MANIFEST: &str = "manifest.json";

/// The code of the problem that output could not be written: then something of it may have been.
pub const OUTPUT_FAILED: &str = "output-failed";

/// How the names of staging folders begin.
const STAGING: &str = ".staging-";

/// What storing did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files written.
    pub written: usize,
    /// Files that were there already with the same bytes.
    pub unchanged: usize,
    /// Files removed because the publication no longer has them.
    pub removed: usize,
    /// Why files were made again, by path; those that came out as they were have an entry too.
    pub reasons: BTreeMap<String, Vec<Reason>>,
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

/// A manifest with the hash of its file, where there is one.
#[derive(Debug, Default)]
pub(super) struct Old {
    pub(super) manifest: Manifest,
    pub(super) sha256: Option<String>,
}

/// What stands in the place of each file of a plan.
pub(super) fn on_disk(folder: &Path, plan: &Plan, old: &Manifest) -> BTreeMap<String, OnDisk> {
    let _timed = typeset::timed("compare");
    let state = |path: &String| {
        let entry = old.artifacts.get(path);
        match (fs::read(folder.join(path)), entry) {
            (Ok(bytes), Some(entry)) if sha256(&bytes) == entry.sha256 => OnDisk::Same,
            (Ok(_), _) => OnDisk::Changed,
            (Err(_), _) => OnDisk::Missing,
        }
    };
    let paths = plan.artifacts.iter().flat_map(|artifact| &artifact.paths);
    paths.map(|path| (path.clone(), state(path))).collect()
}

/// What storing needs to know beside what was made.
pub(super) struct Storing<'a> {
    pub(super) job: Job<'a>,
    pub(super) plan: &'a Plan,
    pub(super) origin: &'a Origin,
    pub(super) old: Manifest,
    pub(super) on_disk: &'a BTreeMap<String, OnDisk>,
    /// Everything was to be made again.
    pub(super) force: bool,
    pub(super) folder: &'a Path,
}

/// Stores what was made of a plan. Returns what was done, and the manifest's hash.
pub(super) fn store(storing: Storing<'_>, made: Made) -> Result<(Summary, Stored), Diagnostics> {
    let _timed = typeset::timed("store");
    let Storing { job, plan, origin, old, on_disk, force, folder } = storing;
    let failed = |error: io::Error| Diagnostics::from(write_failed(folder, &error));

    let mut summary = Summary::default();
    let mut files = BTreeMap::new();
    let mut entries = BTreeMap::new();
    let records: BTreeMap<String, String> =
        job.sources.iter().map(|s| (s.path().to_string(), sha256(s.text().as_bytes()))).collect();
    let mut bytes_of = made.files;
    for (place, artifact) in plan.artifacts.iter().enumerate() {
        let bytes: Option<Arc<[u8]>> = bytes_of.remove(&place).map(Arc::from);
        for path in &artifact.paths {
            let before = old.artifacts.get(path);
            let (hash, length) = match (&bytes, before) {
                (Some(bytes), _) => (sha256(bytes), bytes.len() as u64),
                // Kept: it stands there as the manifest says.
                (None, Some(entry)) => (entry.sha256.clone(), entry.bytes),
                (None, None) => continue,
            };
            let entry = entry(artifact, hash, length, &records, origin);
            match &bytes {
                Some(bytes) => {
                    let state = |path| on_disk.get(path).copied().unwrap_or(OnDisk::Missing);
                    let is_new = before.is_none_or(|before| before.sha256 != entry.sha256);
                    // A page costs nothing to make: it was made again only if it came out new.
                    // The same goes for a copy of a file that had to be made for its own sake.
                    let is_copy = artifact.paths.iter().any(|other| state(other) != OnDisk::Same);
                    let is_free = artifact.format == Format::Html || is_copy && !force;
                    if is_new || state(path) != OnDisk::Same || !is_free {
                        let why = reasons(before, &entry, state(path), force);
                        summary.reasons.insert(path.clone(), why);
                    }
                    files.insert(path.clone(), bytes.clone());
                }
                None => summary.unchanged += 1,
            }
            entries.insert(path.clone(), entry);
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
        layout: made.layout.or(old.layout),
        artifacts: entries,
    };
    // While files change, the manifest names all that may be there: a killed run leaves nothing
    // that no manifest knows.
    let mut meanwhile = manifest.clone();
    for (path, entry) in old.artifacts {
        meanwhile.artifacts.entry(path).or_insert(entry);
    }
    let manifests = [json(&meanwhile).map_err(failed)?, json(&manifest).map_err(failed)?];
    commit(folder, files, &gone, &manifests, &mut summary).map_err(failed)?;
    let [_, last] = manifests;
    Ok((summary, Stored { sha256: sha256(&last), manifest }))
}

/// The manifest that a build left.
pub(super) struct Stored {
    pub(super) manifest: Manifest,
    pub(super) sha256: String,
}

fn json(manifest: &Manifest) -> io::Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec_pretty(manifest)?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn entry(
    artifact: &Artifact,
    sha256: String,
    bytes: u64,
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
        sha256,
        bytes,
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
pub(super) fn read_manifest(folder: &Path) -> Result<Old, Diagnostics> {
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
        Ok(bytes) => {
            let manifest =
                serde_json::from_slice(&bytes).map_err(|error| damaged(error.to_string()))?;
            Ok(Old { manifest, sha256: Some(sha256(&bytes)) })
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Old::default()),
        Err(error) => Err(damaged(error.to_string())),
    }
}

/// Writes all files into a staging folder on the same file system, then renames each into place:
/// the manifest of the time between first, the final one last. Files are on the disk before the
/// first is renamed, and their names when the last one is: a machine that loses power has the old
/// file or the new one, like a program that is killed.
fn commit(
    folder: &Path,
    files: BTreeMap<String, Arc<[u8]>>,
    gone: &BTreeSet<String>,
    manifests: &[Vec<u8>; 2],
    summary: &mut Summary,
) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    remove_leftovers(folder);
    let staging = tempfile::Builder::new().prefix(STAGING).tempdir_in(folder)?;
    let mut staged: Vec<(PathBuf, PathBuf)> = Vec::new();
    let mut open = Vec::new();
    for (path, bytes) in &files {
        let target = folder.join(path);
        if fs::read(&target).is_ok_and(|old| old[..] == bytes[..]) {
            summary.unchanged += 1;
            continue;
        }
        staged.push((stage(&staging, staged.len(), bytes, &mut open)?, target));
        summary.written += 1;
    }
    let [meanwhile, last] = manifests;
    let target = folder.join(MANIFEST);
    let same = fs::read(&target).is_ok_and(|old| old == *last);
    let changes = !staged.is_empty() || !gone.is_empty();
    if !changes && same {
        return Ok(());
    }
    let before = stage(&staging, staged.len(), meanwhile, &mut open)?;
    let after = stage(&staging, staged.len() + 1, last, &mut open)?;
    sync(&open)?;
    drop(open);

    // Whatever may refuse a rename is found before the first one.
    let mut folders: BTreeSet<&Path> = [folder].into();
    for (_, to) in &staged {
        if let Some(parent) = to.parent() {
            fs::create_dir_all(parent)?;
            folders.insert(parent);
        }
        if to.is_dir() {
            let name = to.display();
            return Err(io::Error::other(format!("a folder stands in the place of {name}")));
        }
    }
    if changes {
        fs::rename(before, &target)?;
    }
    for (from, to) in &staged {
        fs::rename(from, to)?;
    }
    summary.removed = remove(folder, gone)?;
    folders.iter().for_each(|folder| sync_folder(folder));
    fs::rename(after, &target)?;
    sync_folder(folder);
    Ok(())
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

fn stage(
    staging: &TempDir,
    place: usize,
    bytes: &[u8],
    open: &mut Vec<fs::File>,
) -> io::Result<PathBuf> {
    let path = staging.path().join(place.to_string());
    let mut file = fs::File::create(&path)?;
    file.write_all(bytes)?;
    open.push(file);
    Ok(path)
}

/// Has files on the disk, several at once: a disk that is asked for many things in a row is
/// faster with all of them at hand.
fn sync(files: &[fs::File]) -> io::Result<()> {
    const AT_ONCE: usize = 8;
    let share = files.len().div_ceil(AT_ONCE).max(1);
    let sync_all = |files: &[fs::File]| files.iter().try_for_each(fs::File::sync_all);
    std::thread::scope(|scope| {
        let threads: Vec<_> =
            files.chunks(share).map(|files| scope.spawn(move || sync_all(files))).collect();
        let ended = |_| Err(io::Error::other("syncing ended abruptly"));
        threads.into_iter().try_for_each(|thread| thread.join().unwrap_or_else(ended))
    })
}

/// Has the names in a folder on the disk, where the system can do that.
fn sync_folder(folder: &Path) {
    if let Ok(folder) = fs::File::open(folder) {
        let _ = folder.sync_all();
    }
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
