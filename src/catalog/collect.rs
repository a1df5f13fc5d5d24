//! An archive to the publications that the catalogue shows.
//!
//! What a package says is held against its manifests before it is believed: the records, the metadata
//! and every file that is copied. A package that cannot be read, or is not what it was, is reported and
//! left out, and with it earlier versions of the same document: an outdated text shown as the current
//! one would be worse than none.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::audience::Audience;
use super::document::Document;
use super::extract::{address, document};
use super::integrity::{Integrity, damaged as damaged_bag};
use super::problems::{outdated, perhaps_outdated, records, twice, unlisted};
use crate::archive::{Bag, bags, layout};
use base::diag::{Diagnostic, Diagnostics, Severity};
use records::content::schema::notice::Access;
use records::publication::Prepared;
use records::publication::Publication;

/// What an archive gives.
#[derive(Debug, Clone, Default)]
pub struct Collected {
    /// The publications, the newest first.
    pub documents: Vec<Document>,
    /// How many packages were looked at.
    pub bags: usize,
    /// How many publications are not for this audience.
    pub withheld: usize,
    /// What is wrong.
    pub diags: Diagnostics,
}

/// A package with its records.
struct Read {
    bag: Bag,
    integrity: Integrity,
    prepared: Prepared,
}

/// Reads the packages of an archive. `each` is called with how many are done of how many.
///
/// # Errors
/// When the folder cannot be listed.
pub fn collect(
    archive: &Path,
    audience: Audience,
    each: &mut dyn FnMut(usize, usize),
) -> Result<Collected, Diagnostic> {
    let folders = bags(archive).map_err(|error| unlisted(archive, &error.to_string()))?;
    let mut collected = Collected { bags: folders.len(), ..Collected::default() };
    let mut opened = Vec::new();
    // The latest version that is damaged, by document.
    let mut damaged: BTreeMap<String, u32> = BTreeMap::new();
    for folder in &folders {
        match Bag::open(folder) {
            Ok(bag) => opened.push(bag),
            Err(problem) => {
                let name = folder.file_name().unwrap_or_default().to_string_lossy();
                let (document, version) = versioned(&name);
                let latest = damaged.entry(document.into()).or_insert(version);
                *latest = version.max(*latest);
                collected.diags.push(problem);
            }
        }
    }
    // A package with a code may replace one that was prepared for the archive under another name. That
    // stands in the package alone, so while one cannot be read any of those may be outdated.
    let mut unread = !damaged.is_empty();
    let newest = newest(opened, &damaged, &mut collected.diags);
    let all = newest.len();
    let (prepared, coded): (Vec<_>, Vec<_>) =
        newest.into_iter().partition(|(bag, _)| is_pre_archived(bag));
    let mut taken: BTreeMap<String, String> = BTreeMap::new();
    for (done, (bag, before)) in coded.into_iter().chain(prepared).enumerate() {
        each(done, all);
        let pre_archived = is_pre_archived(&bag);
        if unread && pre_archived {
            collected.diags.push(perhaps_outdated(&bag.name));
            continue;
        }
        let read = match read(bag) {
            Ok(read) => read,
            Err(problem) => {
                unread |= !pre_archived;
                collected.diags.push(problem);
                continue;
            }
        };
        let Some(publication) = &read.prepared.publication else { continue };
        if audience.is_public() && !is_public(&read.bag, publication) {
            collected.withheld += 1;
            continue;
        }
        let files = match read.integrity.files(&read.bag, audience) {
            Ok(files) => files,
            Err(problem) => {
                collected.diags.push(problem);
                continue;
            }
        };
        if let Some(other) = taken.insert(address(&read.bag), read.bag.name.clone()) {
            collected.diags.push(twice(&other, &read.bag.name));
            taken.insert(address(&read.bag), other);
            continue;
        }
        let mut document = document(&read.bag, publication, files, audience);
        document.replaces = before;
        if audience.is_public() {
            // Such a name is the number or the id that the project had for it.
            document.replaces.retain(|name| !name.starts_with(layout::PRE_ARCHIVED));
        }
        collected.documents.push(document);
    }
    each(all, all);
    collected.documents.sort_by(|a, b| b.date.cmp(&a.date).then_with(|| a.slug.cmp(&b.slug)));
    Ok(collected)
}

/// The packages that no other one replaces, each with those that it replaces, the latest first.
fn newest(
    opened: Vec<Bag>,
    damaged: &BTreeMap<String, u32>,
    diags: &mut Diagnostics,
) -> Vec<(Bag, Vec<String>)> {
    let before: BTreeMap<String, String> = opened
        .iter()
        .filter_map(|bag| {
            Some((bag.name.clone(), bag.metadata.version.replaces.as_ref()?.bag.clone()))
        })
        .collect();
    let replaced: BTreeSet<&String> = before.values().collect();
    let mut by_document: BTreeMap<String, u32> = BTreeMap::new();
    for bag in &opened {
        let newest = by_document.entry(bag.document.clone()).or_insert(0);
        *newest = (*newest).max(bag.metadata.version.number);
    }
    let documents: BTreeMap<String, String> =
        opened.iter().map(|bag| (bag.name.clone(), bag.document.clone())).collect();
    let mut missing: BTreeMap<String, String> =
        documents.iter().map(|(bag, document)| (document.clone(), bag.clone())).collect();
    let mut newest = Vec::new();
    for bag in opened {
        if replaced.contains(&bag.name) || bag.metadata.version.number < by_document[&bag.document]
        {
            continue;
        }
        missing.remove(&bag.document);
        if damaged.get(versioned(&bag.name).0) > Some(&bag.metadata.version.number) {
            diags.push(outdated(&bag.name));
            continue;
        }
        let mut chain = Vec::new();
        let mut at = &bag.name;
        while let Some(earlier) = before.get(at) {
            if chain.contains(earlier) || *earlier == bag.name {
                break;
            }
            chain.push(earlier.clone());
            at = earlier;
        }
        for earlier in chain.iter().filter_map(|earlier| documents.get(earlier)) {
            missing.remove(earlier);
        }
        newest.push((bag, chain));
    }
    // Each of them is replaced by another one of them.
    for bag in missing.values() {
        let detail = format!("{}: no version is the newest", layout::XML);
        diags.push(damaged_bag(bag, "", &detail));
    }
    newest
}

/// Whether a package has no archival code yet.
fn is_pre_archived(bag: &Bag) -> bool {
    bag.metadata.code.is_none() || bag.name.starts_with(layout::PRE_ARCHIVED)
}

/// The name of a package's document, and its version.
fn versioned(name: &str) -> (&str, u32) {
    let parts = name.rsplit_once("_v");
    let parts = parts.and_then(|(document, version)| Some((document, version.parse().ok()?)));
    parts.unwrap_or((name, 1))
}

fn read(bag: Bag) -> Result<Read, Diagnostic> {
    let integrity = Integrity::of(&bag)?;
    let prepared = bag.prepared()?;
    if prepared.publication.is_none() || prepared.diags.has_errors() {
        let first = prepared.diags.iter().find(|problem| problem.severity == Severity::Error);
        let detail = first.map(|problem| problem.code).unwrap_or("records");
        return Err(records(&bag.name, detail));
    }
    Ok(Read { bag, integrity, prepared })
}

/// The document of one package, with all that its records say.
///
/// # Errors
/// When it cannot be read, or is not what was archived.
pub fn document_of_bag(folder: &Path) -> Result<Document, Diagnostic> {
    let read = read(Bag::open(folder)?)?;
    match &read.prepared.publication {
        Some(publication) => Ok(document(&read.bag, publication, Vec::new(), Audience::Internal)),
        None => Err(records(&read.bag.name, "records")),
    }
}

/// Whether it may be shown to anybody: the metadata and the records must both say so.
fn is_public(bag: &Bag, publication: &Publication) -> bool {
    let content = &bag.metadata.content;
    let says_so = content.access.as_deref() == Some(Access::Public.name());
    says_so && content.secrecy == "非密" && publication.is_public()
}
