//! Joining what several machines built: the files of all parts of a publication in one folder,
//! under one manifest.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use walkdir::WalkDir;

use super::commit::{Change, commit};
use super::manifest::{self, Manifest};
use super::part::Part;
use super::store::{Summary, sha256, write_failed};
use crate::content::display;
use crate::diag::{Diagnostic, Diagnostics};
use crate::text;

/// A part of a publication, and where it lies.
struct Found {
    part: Part,
    /// The output folder it was found in.
    root: PathBuf,
    manifest: Manifest,
}

/// Joins the parts of every publication that lie in these output folders, into `output`. Returns
/// what was done for each publication.
///
/// # Errors
/// Of a publication whose parts do not all lie there, or do not belong together; the others are
/// joined all the same.
pub fn merge(folders: &[PathBuf], output: &Path) -> (BTreeMap<String, Summary>, Diagnostics) {
    let mut diags = Diagnostics::new();
    let mut done = BTreeMap::new();
    for (publication, found) in find(folders, &mut diags) {
        match join(&publication, &found, output) {
            Ok(summary) => drop(done.insert(publication, summary)),
            Err(problems) => diags.append(problems),
        }
    }
    (done, diags)
}

/// All manifests of parts, by publication.
fn find(folders: &[PathBuf], diags: &mut Diagnostics) -> BTreeMap<String, Vec<Found>> {
    let mut found: BTreeMap<String, Vec<Found>> = BTreeMap::new();
    for root in folders {
        let files = WalkDir::new(root).min_depth(2).sort_by_file_name();
        for entry in files.into_iter().filter_map(Result::ok) {
            let name = entry.file_name().to_string_lossy().into_owned();
            let (Some(part), Some(folder)) = (Part::of_manifest(&name), entry.path().parent())
            else {
                continue;
            };
            match manifest::read(folder, &name) {
                Ok(old) => found.entry(display(root, folder)).or_default().push(Found {
                    part,
                    root: root.clone(),
                    manifest: old.manifest,
                }),
                Err(problems) => diags.append(problems),
            }
        }
    }
    found
}

fn refused(publication: &str, wrong: &crate::diag::Text) -> Diagnostic {
    use crate::diag::Lang::{En, Zh};
    let (zh, en) = (wrong.get(Zh), wrong.get(En));
    Diagnostic::error(
        "parts-not-joined",
        text!("“{publication}”各部分没有合并：{zh}", "the parts of “{publication}” were not joined: {en}"),
    )
    .help(text!(
        "请用同样的记录、模板、程序和字体把缺的部分再生成一次，然后合并",
        "build what is missing once more, with the same records, templates, program and fonts, then merge"
    ))
}

/// The parts, each once, in their order, and that they belong together.
fn together<'a>(publication: &str, found: &'a [Found]) -> Result<Vec<&'a Found>, Diagnostics> {
    let refuse = |wrong| Err(Diagnostics::from(refused(publication, &wrong)));
    let Some(first) = found.first() else { return Ok(Vec::new()) };
    let of = first.part.of();
    if found.iter().any(|other| other.part.of() != of) {
        return refuse(text!("有的分成了不同的份数", "they are parts of different numbers"));
    }
    let mut parts: BTreeMap<Part, &Found> = BTreeMap::new();
    for one in found {
        if parts.insert(one.part, one).is_some_and(|other| other.manifest != one.manifest) {
            let part = one.part.part();
            return refuse(text!(
                "第 {part} 份有两个，内容不同",
                "part {part} lies there twice, and they differ"
            ));
        }
    }
    let missing: Vec<String> = (1..=of)
        .filter(|&part| !Part::new(part, of).is_some_and(|part| parts.contains_key(&part)))
        .map(|part| part.to_string())
        .collect();
    if !missing.is_empty() {
        let list = missing.join("、");
        return refuse(text!("缺第 {list} 份（共 {of} 份）", "part {list} of {of} is missing"));
    }
    let common = |one: &&Found| one.manifest.part.clone().map(|part| (part.inputs, part.files));
    let all: Vec<&Found> = parts.into_values().collect();
    let shared = all.first().and_then(common);
    if shared.is_none() || all.iter().any(|one| common(one) != shared) {
        return refuse(text!(
            "它们不是由同样的记录、模板、程序和字体生成的",
            "they were not made from the same records, templates, program and fonts"
        ));
    }
    Ok(all)
}

fn join(publication: &str, found: &[Found], output: &Path) -> Result<Summary, Diagnostics> {
    let parts = together(publication, found)?;
    let Some(first) = parts.first() else { return Ok(Summary::default()) };
    let folder = output.join(publication);
    let old = manifest::read(&folder, manifest::NAME)?.manifest;
    let mut files: BTreeMap<String, Arc<[u8]>> = BTreeMap::new();
    let mut artifacts = BTreeMap::new();
    for one in &parts {
        for (path, entry) in &one.manifest.artifacts {
            let source = one.root.join(publication).join(path);
            let bytes = fs::read(&source).ok().filter(|bytes| sha256(bytes) == entry.sha256);
            let Some(bytes) = bytes else {
                let source = source.display();
                let wrong =
                    text!("“{source}”不见了，或被改动过", "“{source}” is gone or was changed");
                return Err(refused(publication, &wrong).into());
            };
            files.insert(path.clone(), bytes.into());
            artifacts.insert(path.clone(), entry.clone());
        }
    }
    let planned =
        first.manifest.part.as_ref().map(|part| part.files.as_slice()).unwrap_or_default();
    if !artifacts.keys().eq(planned) {
        let wrong = text!("合起来不是全部文件", "together they are not all files");
        return Err(refused(publication, &wrong).into());
    }
    let gone: BTreeSet<String> =
        old.artifacts.keys().filter(|path| !artifacts.contains_key(*path)).cloned().collect();
    let layout = parts.iter().find_map(|one| one.manifest.layout.clone());
    let joined = Manifest { layout, artifacts, part: None, ..first.manifest.clone() };
    let mut meanwhile = joined.clone();
    for (path, entry) in old.artifacts {
        meanwhile.artifacts.entry(path).or_insert(entry);
    }

    let failed = |error| Diagnostics::from(write_failed(&folder, &error));
    let manifests =
        [manifest::json(&meanwhile).map_err(failed)?, manifest::json(&joined).map_err(failed)?];
    let mut summary = Summary::default();
    let change = Change {
        folder: &folder,
        part: None,
        manifest: manifest::NAME,
        files,
        gone: &gone,
        manifests: &manifests,
    };
    commit(change, &mut summary).map_err(failed)?;
    // What they said stands in the manifest now.
    for one in parts.iter().filter(|one| one.root == output) {
        fs::remove_file(folder.join(one.part.manifest())).map_err(failed)?;
    }
    Ok(summary)
}
