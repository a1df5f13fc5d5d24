//! What was made, what was kept and what goes, and the manifest that says so.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{fs, io};

use crate::typeset;
use base::diag::Diagnostics;
use base::disk::sha256;
use records::manifest::{self, ArtifactEntry, Manifest, PartEntry};

use super::Job;
use super::commit::{Change, commit};
use super::outputs::Outputs;
use super::part::Part;
use super::plan::{Artifact, Plan, is_withdrawn};
use super::reason::{OnDisk, reasons};
use super::staging::Staging;
use super::summary::{Summary, write_failed};
use records::content::schema::formats::Format;

/// What the files were made with, for the manifest.
pub(super) struct Origin {
    pub(super) engine: Option<String>,
    /// The engine with its settings, which the manifest does not name.
    pub(super) identity: Option<String>,
    pub(super) templates: BTreeMap<String, String>,
    pub(super) fonts: BTreeMap<String, String>,
}

impl Origin {
    /// SHA-256 over all of it and the records.
    fn sha256(&self, records: &BTreeMap<String, String>) -> String {
        let all = (PROGRAM, &self.identity, &self.templates, &self.fonts, records);
        sha256(format!("{all:?}").as_bytes())
    }
}

/// The program, as manifests name it.
const PROGRAM: &str = concat!("yinfa ", env!("CARGO_PKG_VERSION"));

/// What stands in the place of each file of a plan; `jobs` threads look.
pub(super) fn on_disk(
    folder: &Path,
    plan: &Plan,
    old: &Manifest,
    jobs: NonZeroUsize,
) -> BTreeMap<String, OnDisk> {
    let _timed = typeset::timed("compare");
    let state = |path: &String| {
        let entry = old.artifacts.get(path);
        match (fs::read(folder.join(path)), entry) {
            (Ok(bytes), Some(entry)) if sha256(&bytes) == entry.sha256 => OnDisk::Same,
            (Ok(_), _) => OnDisk::Changed,
            (Err(_), _) => OnDisk::Missing,
        }
    };
    let paths: Vec<&String> = plan.artifacts.iter().flat_map(|one| &one.paths).collect();
    let next = AtomicUsize::new(0);
    let look = || {
        let mut seen = Vec::new();
        while let Some(path) = paths.get(next.fetch_add(1, Ordering::Relaxed)) {
            seen.push(((*path).clone(), state(path)));
        }
        seen
    };
    std::thread::scope(|scope| {
        let others: Vec<_> = (1..jobs.get()).map(|_| scope.spawn(look)).collect();
        let own = look();
        // The files of a thread that ended abruptly count as missing.
        own.into_iter()
            .chain(others.into_iter().flat_map(|one| one.join().unwrap_or_default()))
            .collect()
    })
}

/// What storing needs to know beside what was made.
pub(super) struct Storing<'a> {
    pub(super) job: Job<'a>,
    pub(super) plan: &'a Plan,
    pub(super) origin: &'a Origin,
    pub(super) old: Manifest,
    /// Files to be removed besides those that `old` and the plan name: files in the manifest of all
    /// parts that may no longer be published.
    pub(super) withdrawn: BTreeSet<String>,
    pub(super) on_disk: &'a BTreeMap<String, OnDisk>,
    /// The part that this is, where it is one, and what it was made from.
    pub(super) part: Option<Part>,
    /// Everything was to be made again.
    pub(super) force: bool,
    /// The staging folder of the files that were made.
    pub(super) staging: Staging,
}

/// Commits what was made of a plan. Returns what was done, and the manifest's hash.
pub(super) fn store(
    storing: Storing<'_>,
    outputs: Outputs,
) -> Result<(Summary, Stored), Diagnostics> {
    let _timed = typeset::timed("store");
    let Storing { job, plan, origin, old, withdrawn, on_disk, part, force, staging } = storing;
    let folder = staging.folder().to_owned();
    let failed = |error: io::Error| Diagnostics::from(write_failed(&folder, &error));

    let mut summary = Summary::default();
    let mut entries = BTreeMap::new();
    let records: BTreeMap<String, String> =
        job.sources.iter().map(|s| (s.path().to_string(), sha256(s.text().as_bytes()))).collect();
    for (place, artifact) in plan.artifacts.iter().enumerate() {
        let made = outputs.files.get(&place);
        for path in &artifact.paths {
            let before = old.artifacts.get(path);
            let (hash, length) = match (made, before) {
                (Some(file), _) => (file.sha256.clone(), file.length),
                // Kept: it stands there as the manifest says.
                (None, Some(entry)) => (entry.sha256.clone(), entry.bytes),
                (None, None) => continue,
            };
            let entry = entry(artifact, hash, length, &records, origin);
            match made {
                Some(_) => {
                    let state = |path| on_disk.get(path).copied().unwrap_or(OnDisk::Missing);
                    let is_new = before.is_none_or(|before| before.sha256 != entry.sha256);
                    // A page costs nothing to make: it was made again only if it came out new.
                    // The same goes for a copy of a file that had to be made for its own sake.
                    let is_copy = artifact.paths.iter().any(|other| state(other) != OnDisk::Same);
                    let is_free = artifact.format != Format::Pdf || is_copy && !force;
                    if is_new || state(path) != OnDisk::Same || !is_free {
                        let why = reasons(before, &entry, state(path), force);
                        summary.reasons.insert(path.clone(), why);
                    }
                }
                None => summary.unchanged += 1,
            }
            entries.insert(path.clone(), entry);
        }
    }
    let mut gone = withdrawn;
    let mut planned = plan.files.clone();
    for (path, entry) in &old.artifacts {
        // A file that moved to another part is that part's affair.
        if entries.contains_key(path) || part.is_some() && plan.files.binary_search(path).is_ok() {
            continue;
        }
        let is_made = || Format::of(path).is_none_or(|format| plan.formats.contains(&format));
        if plan.selected_whole && is_made() || is_withdrawn(job.publication, path, &entry.kind) {
            gone.insert(path.clone());
        } else {
            entries.insert(path.clone(), entry.clone());
            planned.push(path.clone());
        }
    }
    planned.sort();
    planned.dedup();
    keep_renamed(&mut gone, &entries);
    let manifest = Manifest {
        manifest: manifest::VERSION,
        publication: job.publication.id.clone(),
        document: job.publication.kind(),
        title: job.publication.title(),
        doc_number: job.publication.doc_number(),
        layout: outputs.layout.or(old.layout).filter(|_| part.is_none() || plan.has_notice_pages()),
        part: part.map(|part| PartEntry {
            part: part.part(),
            of: part.of(),
            inputs: origin.sha256(&records),
            whole: plan.selected_whole,
            formats: plan.formats.iter().map(|format| format.name().to_string()).collect(),
            files: planned,
        }),
        artifacts: entries,
    };
    let name = part.map_or_else(|| manifest::NAME.into(), Part::manifest);
    let files = outputs.files.into_values().flat_map(|file| file.places).collect();
    let change = Change { manifest: &name, files, gone: &gone, new: &manifest, old: old.artifacts };
    let sha256 = commit(staging, change, &mut summary).map_err(failed)?;
    Ok((summary, Stored { sha256, manifest }))
}

/// Keeps files whose names differ from new ones by capitals alone from being removed: on many disks
/// both names are one file.
pub(super) fn keep_renamed<T>(gone: &mut BTreeSet<String>, entries: &BTreeMap<String, T>) {
    let names: BTreeSet<String> = entries.keys().map(|path| path.to_lowercase()).collect();
    gone.retain(|path| !names.contains(&path.to_lowercase()));
}

/// The manifest that a build left.
pub(super) struct Stored {
    pub(super) manifest: Manifest,
    pub(super) sha256: String,
}

fn entry(
    artifact: &Artifact,
    sha256: String,
    bytes: u64,
    records: &BTreeMap<String, String>,
    origin: &Origin,
) -> ArtifactEntry {
    let is_pdf = artifact.format == Format::Pdf;
    // Every template of the same folder counts: they include and import each other.
    let template = artifact.content.template(artifact.format);
    let folder = template.and_then(|name| name.split_once('/')).map(|(folder, _)| folder);
    let mut inputs = records.clone();
    let templates = origin.templates.iter().filter(|(path, _)| {
        let name = path.trim_start_matches("templates/").trim_start_matches("yinfa/");
        folder.is_some() && name.split_once('/').map(|(folder, _)| folder) == folder
    });
    inputs.extend(templates.map(|(path, hash)| (path.clone(), hash.clone())));
    ArtifactEntry {
        kind: artifact.content.kind().into(),
        unit: artifact.unit.clone(),
        sha256,
        bytes,
        program: PROGRAM.into(),
        engine: origin.engine.clone().filter(|_| is_pdf),
        inputs,
        fonts: if is_pdf { origin.fonts.clone() } else { BTreeMap::new() },
    }
}
