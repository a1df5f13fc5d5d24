//! Joining what several machines built: the files of all parts of a publication in one folder,
//! under one manifest.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::commit::{Change, commit};
use super::part::Part;
use super::staging::Staging;
use super::store::keep_renamed;
use super::summary::{Summary, write_failed};
use base::diag::{Diagnostic, Diagnostics};
use base::disk::{sha256, stays_inside};
use base::text;
use records::content::display;
use records::content::schema::formats::Format;
use records::manifest::{self, Manifest, ManifestFile, PartEntry};

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
        // Folders with parts may lie in one another: each is looked through once.
        let is_other = |path: &Path| folders.iter().any(|other| other != root && other == path);
        let files = WalkDir::new(root).min_depth(1).sort_by_file_name().into_iter();
        let files = files.filter_entry(|entry| !is_other(entry.path()));
        for entry in files.filter_map(Result::ok).filter(|entry| entry.depth() > 1) {
            let name = entry.file_name().to_string_lossy().into_owned();
            let (Some(part), Some(folder)) = (Part::of_manifest(&name), entry.path().parent())
            else {
                continue;
            };
            match ManifestFile::read(folder, &name) {
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

fn refused(publication: &str, wrong: &base::diag::Text) -> Diagnostic {
    Diagnostic::error(
        "parts-not-joined",
        text!(
            "“{publication}”各部分没有合并：{wrong}",
            "the parts of “{publication}” were not joined: {wrong}";
            wrong
        ),
    )
    .help(text!(
        "请用同样的记录、模板、程序和字体把缺的部分再生成一次，然后合并",
        "build what is missing once more, with the same records, templates, program and fonts, then merge"
    ))
}

/// The parts, each once, in their order, and that they belong together. Parts of another number,
/// left by a build that was given up, do not matter where one number is complete.
fn together<'a>(publication: &str, found: &'a [Found]) -> Result<Vec<&'a Found>, Diagnostics> {
    let refuse = |wrong| Err(Diagnostics::from(refused(publication, &wrong)));
    let mut numbers: BTreeMap<u32, BTreeMap<Part, Vec<&Found>>> = BTreeMap::new();
    for one in found {
        numbers.entry(one.part.of()).or_default().entry(one.part).or_default().push(one);
    }
    let complete: Vec<u32> = numbers
        .iter()
        .filter(|(of, parts)| u32::try_from(parts.len()).is_ok_and(|count| count == **of))
        .map(|(of, _)| *of)
        .collect();
    let of = match (&complete[..], numbers.len()) {
        ([of], _) => *of,
        (_, 1) => found.first().map_or(1, |one| one.part.of()),
        _ => {
            let list: Vec<String> = numbers.keys().map(u32::to_string).collect();
            let list = list.join("、");
            return refuse(text!(
                "有的分成了不同的份数（{list}）；请删去不要的 manifest.*-of-*.json",
                "they are parts of different numbers ({list}): delete the manifest.*-of-*.json that are not wanted"
            ));
        }
    };
    let parts = numbers.remove(&of).unwrap_or_default();
    let missing: Vec<String> = (1..=of)
        .filter(|&part| !Part::new(part, of).is_some_and(|part| parts.contains_key(&part)))
        .map(|part| part.to_string())
        .collect();
    if !missing.is_empty() {
        let list = missing.join("、");
        return refuse(text!("缺第 {list} 份（共 {of} 份）", "part {list} of {of} is missing"));
    }
    let mut all: Vec<&Found> = Vec::new();
    for (part, ones) in parts {
        if ones.windows(2).any(|pair| pair[0].manifest != pair[1].manifest) {
            let part = part.part();
            return refuse(text!(
                "第 {part} 份有两个，内容不同",
                "part {part} lies there twice, and they differ"
            ));
        }
        all.extend(ones.first());
    }
    let entries: Option<Vec<&PartEntry>> =
        all.iter().map(|one| one.manifest.part.as_ref()).collect();
    let entries = entries.unwrap_or_default();
    if entries.iter().any(|entry| entry.files != entries[0].files) {
        return refuse(text!(
            "它们要生成的文件不同（--format、--only、--unit，或输出文件夹里原有的格式）",
            "they were to make other files each: `--format`, `--only`, `--unit`, or formats that one output folder had before"
        ));
    }
    if entries.is_empty() || entries.iter().any(|entry| entry.inputs != entries[0].inputs) {
        return refuse(text!(
            "它们不是由同样的记录、模板、程序、设置和字体生成的",
            "they were not made from the same records, templates, program, settings and fonts"
        ));
    }
    Ok(all)
}

fn join(publication: &str, found: &[Found], output: &Path) -> Result<Summary, Diagnostics> {
    let parts = together(publication, found)?;
    let Some(first) = parts.first() else { return Ok(Summary::default()) };
    let folder = output.join(publication);
    let old = Manifest::read(&folder)?;
    let staging = Staging::new(&folder, None);
    let failed = |error| Diagnostics::from(write_failed(&folder, &error));
    let mut files = BTreeMap::new();
    let mut artifacts = BTreeMap::new();
    for one in &parts {
        for (path, entry) in &one.manifest.artifacts {
            let source = one.root.join(publication).join(path);
            let bytes = fs::read(&source).ok().filter(|_| stays_inside(path));
            let bytes = bytes.filter(|bytes| sha256(bytes) == entry.sha256);
            let Some(bytes) = bytes else {
                let source = source.display();
                let wrong =
                    text!("“{source}”不见了，或被改动过", "“{source}” is gone or was changed");
                return Err(refused(publication, &wrong).into());
            };
            let staged = staging.stage(std::slice::from_ref(path), &bytes).map_err(failed)?;
            files.extend(staged.places);
            artifacts.insert(path.clone(), entry.clone());
        }
    }
    let Some(planned) = first.manifest.part.as_ref() else { return Ok(Summary::default()) };
    if !artifacts.keys().eq(&planned.files) {
        let wrong = text!("合起来不是全部文件", "together they are not all files");
        return Err(refused(publication, &wrong).into());
    }
    // Files that no part was to make are not the parts' affair.
    let is_made = |path: &str| {
        Format::of(path).is_none_or(|f| planned.formats.iter().any(|made| made == f.name()))
    };
    let mut gone = BTreeSet::new();
    for (path, entry) in &old.artifacts {
        if !planned.whole || !is_made(path) {
            artifacts.entry(path.clone()).or_insert_with(|| entry.clone());
        } else if !artifacts.contains_key(path) {
            gone.insert(path.clone());
        }
    }
    keep_renamed(&mut gone, &artifacts);
    let layout = parts.iter().find_map(|one| one.manifest.layout.clone()).or(old.layout);
    let joined = Manifest { layout, artifacts, part: None, ..first.manifest.clone() };
    let mut summary = Summary::default();
    let change =
        Change { manifest: manifest::NAME, files, gone: &gone, new: &joined, old: old.artifacts };
    commit(staging, change, &mut summary).map_err(failed)?;
    // What they said stands in the manifest now.
    for one in found.iter().filter(|one| one.root == output) {
        fs::remove_file(folder.join(one.part.manifest())).map_err(failed)?;
    }
    Ok(summary)
}
