//! One publication, from what the last build left to new files in their places.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::content::Content;
use super::content::Rendered;
use super::font_preload::FontPreload;
use super::key::{self, Keys};
use super::make::{self, Jobs, Source, Tools, Work};
use super::memory::{MadeUnder, Memory};
use super::plan::{self, Plan, Selection};
use super::reason::OnDisk;
use super::staging::Staging;
use super::store::{self, Origin, Storing};
use super::summary::Summary;
use super::{Job, fit, glyphs, layout, part};
use crate::typeset;
use base::diag::Diagnostics;
use base::disk::sha256;
use records::manifest::{self, ArtifactEntry, Manifest, ManifestFile};

/// What is known before anything is made.
pub(super) struct Before<'a> {
    job: Job<'a>,
    tools: &'a Tools<'a>,
    selection: &'a Selection,
    /// The publication's folder.
    pub(super) folder: PathBuf,
    pub(super) plan: Plan,
    remarks: Diagnostics,
    /// What the last build left.
    pub(super) old: ManifestFile,
    /// What parts left that nobody joined.
    parts: Vec<(String, Manifest)>,
    /// Files that the manifest of all parts has and that may no longer be published.
    withdrawn: BTreeSet<String>,
    memory: Memory,
    key: Option<String>,
    staging: Staging,
    /// The last build was of the same, and had nothing to remark.
    pub(super) is_built: bool,
}

impl<'a> Before<'a> {
    pub(super) fn of(
        job: Job<'a>,
        selection: &'a Selection,
        tools: &'a Tools<'a>,
        output: &Path,
    ) -> Result<Self, Diagnostics> {
        let folder = output.join(&job.publication.id);
        let mut old = ManifestFile::read(&folder, manifest::NAME)?;
        let mut parts = Vec::new();
        if selection.part.is_none() && selection.is_whole() {
            // What parts left that nobody joined is made again, in one piece.
            parts = part::manifests(&folder)?;
            for artifacts in parts.iter().map(|(_, manifest)| &manifest.artifacts) {
                for (path, entry) in artifacts {
                    old.manifest.artifacts.entry(path.clone()).or_insert_with(|| entry.clone());
                }
            }
        }
        let (plan, remarks) = plan::plan(job.publication, selection, &old.manifest)?;
        let mut withdrawn = BTreeSet::new();
        if let Some(part) = selection.part {
            let all = old.manifest.artifacts.iter();
            let is_withdrawn = |(path, entry): &(&String, &ArtifactEntry)| {
                plan::is_withdrawn(job.publication, path, &entry.kind)
            };
            withdrawn.extend(all.filter(is_withdrawn).map(|(path, _)| path.clone()));
            old = ManifestFile::read(&folder, &part.manifest())?;
        }
        let memory = Memory::read(tools.state, &folder, selection.part);
        let key = key::of_publication(job, selection, tools);
        let staging = Staging::new(&folder, selection.part);
        let is_built = !tools.force
            && parts.is_empty()
            && memory.is_built(key.as_ref(), old.sha256.as_deref());
        Ok(Self {
            job,
            tools,
            selection,
            folder,
            plan,
            remarks,
            old,
            parts,
            withdrawn,
            memory,
            key,
            staging,
            is_built,
        })
    }

    /// Of a build that finds everything as it should be.
    pub(super) fn unchanged(mut self) -> (Summary, Diagnostics) {
        let layout = self.old.manifest.layout.as_ref().filter(|_| self.plan.has_notice_pages());
        self.remarks.extend(layout.and_then(layout::not_met));
        let unchanged = self.plan.artifacts.iter().map(|artifact| artifact.paths.len()).sum();
        (Summary { unchanged, ..Summary::default() }, self.remarks)
    }

    pub(super) fn build(
        self,
        on_disk: &BTreeMap<String, OnDisk>,
        preload: &FontPreload<'_>,
    ) -> Result<(Summary, Diagnostics), Diagnostics> {
        // What a publication leaves in Typst's caches is of little use to the next one, and goes after
        // two evictions; the same one, built again, uses most of it once more.
        typeset::evict(1);
        let sources = make::render(&self.plan, self.job.publication, self.tools)?;
        let glyphs = glyphs::check(&self.plan, &sources, self.job, self.tools.fonts)?;
        let (work, mut made_under) = self.work(sources, on_disk);
        let Self { job, tools, selection, folder, plan, parts, memory, mut remarks, .. } = self;
        if !work.iter().any(|work| matches!(work.source, Source::Document(_))) {
            preload.stop();
        }
        let mut outputs = make::make(&plan, work, job.publication, tools, &self.staging)?;
        made_under.retain(|place, _| !outputs.remarked.contains(place));
        let has_remarks = !glyphs.is_empty() || !outputs.warnings.is_empty();
        remarks.append(glyphs);
        remarks.append(std::mem::take(&mut outputs.warnings));
        let layout = outputs.layout.as_ref().or(self.old.manifest.layout.as_ref());
        remarks.extend(layout.filter(|_| plan.has_notice_pages()).and_then(layout::not_met));

        let origin = origin(tools);
        let storing = Storing {
            job,
            plan: &plan,
            origin: &origin,
            old: self.old.manifest,
            withdrawn: self.withdrawn,
            on_disk,
            part: selection.part,
            force: tools.force,
            staging: self.staging,
        };
        let (summary, stored) = store::store(storing, outputs)?;
        for (name, _) in &parts {
            // Where it cannot be removed now, the next build does it.
            let _ = std::fs::remove_file(folder.join(name));
        }
        let entries = &stored.manifest.artifacts;
        let files = made_under.into_iter().flat_map(|(place, key)| {
            let paths = plan.artifacts[place].paths.iter();
            paths.filter_map(move |path| {
                let sha256 = entries.get(path)?.sha256.clone();
                Some((path.clone(), MadeUnder { key: key.clone(), sha256 }))
            })
        });
        let others = |path: &str| !on_disk.contains_key(path) && entries.contains_key(path);
        let key = self.key.filter(|_| !has_remarks);
        memory.write(key, Some(stored.sha256), files.collect(), others);
        Ok((summary, remarks))
    }

    /// What has to be made of these sources, and the keys of all documents, by place.
    fn work(
        &self,
        sources: Vec<Rendered>,
        on_disk: &BTreeMap<String, OnDisk>,
    ) -> (Vec<Work>, BTreeMap<usize, String>) {
        let Self { job, tools, plan, old, memory, .. } = self;
        let jobs = Jobs::new(job.publication, tools);
        let keys = Keys::new(tools, &jobs.library);
        let measured = fit::measured_by(job.publication);
        let is_layout_met = old.manifest.layout.as_ref().is_none_or(|layout| layout.passes);
        let mut made_under = BTreeMap::new();
        let mut work = Vec::new();
        for (place, (artifact, text)) in plan.artifacts.iter().zip(sources).enumerate() {
            let source = jobs.source(artifact, text, job.publication);
            let is_notice = artifact.content == Content::Notice;
            let key = match &source {
                Source::Document(document) => {
                    keys.of(artifact, document, Some(measured.as_str()).filter(|_| is_notice))
                }
                Source::Page(_) | Source::Office => None,
            };
            let is_made = |path: &String| {
                let there = on_disk.get(path) == Some(&OnDisk::Same);
                let entry = old.manifest.artifacts.get(path).filter(|_| there);
                matches!((&key, entry), (Some(key), Some(entry)) if memory.is_made_under(path, key, &entry.sha256))
            };
            let is_refused = tools.strict && is_notice && !is_layout_met;
            if tools.force || is_refused || !artifact.paths.iter().all(is_made) {
                work.push(Work { place, source });
            }
            made_under.extend(key.map(|key| (place, key)));
        }
        (work, made_under)
    }
}

/// What the files are made with, as the manifest records it.
fn origin(tools: &Tools<'_>) -> Origin {
    let engine =
        tools.engine.map(|engine| format!("typst {} ({})", engine.version(), engine.name()));
    // A built-in template counts beside the one that overrides it: that may build on it.
    let counts =
        |name: &str| name.strip_prefix("yinfa/").is_none_or(|n| tools.templates.is_changed(n));
    let used = tools.templates.sources().filter(|(name, _)| counts(name));
    let templates = used
        .map(|(name, source)| (format!("templates/{name}"), sha256(source.text().as_bytes())))
        .collect();
    let files = tools.fonts.iter().flat_map(|fonts| fonts.files());
    let mut fonts = BTreeMap::new();
    for file in files {
        // The name alone: the folder is another on every machine.
        let name = file.path().file_name().map(|n| n.to_string_lossy().into_owned());
        let (mut name, hash) = (name.unwrap_or_default(), file.sha256());
        if fonts.get(&name).is_some_and(|other| other != hash) {
            name = format!("{name} ({})", hash.get(..8).unwrap_or(hash));
        }
        fonts.insert(name, hash.to_string());
    }
    let identity = tools.engine.map(|engine| engine.identity());
    Origin { engine, identity, templates, fonts }
}
