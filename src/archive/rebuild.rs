//! Making the archived files again from the archived records and templates, and comparing them
//! byte for byte.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::layout::role;
use super::read::Bag;
use super::verify::{Check, Outcome, rebuild_check};
use base::diag::{Diagnostics, Text};
use base::disk::Digests;
use base::text;
use pages::build::{self, Job, Selection, Tools};
use pages::typeset::{EmbeddedEngine, FontSettings, Fonts, Standards, font_files, typst_version};
use records::content::schema::formats::{Format, Formats};
use records::manifest::{self, Manifest};

/// The result for a package that is damaged: what was archived is not known any more.
pub(crate) fn not_sound() -> Check {
    let mut check = rebuild_check();
    check.note(
        Outcome::NotProven,
        None,
        text!("归档包已损坏，没有重新生成", "the package is damaged, nothing was rebuilt"),
    );
    check
}

/// The result where no process could be started.
pub(crate) fn not_started(error: &io::Error) -> Check {
    let mut check = rebuild_check();
    check.note(Outcome::NotProven, None, system(error));
    check
}

/// Builds the archived publication again in a temporary folder, with the fonts that `settings`
/// find, and compares every file with what the package's manifest says of it.
///
/// Passed: all bytes are the same. Not proven: they are not, and program or fonts are not those of
/// then; which, stands in the findings. Failed: they are not, although program and fonts are the
/// same.
///
/// All that is written stands below `work`.
pub(crate) fn rebuild(
    bag: &Bag,
    settings: &FontSettings,
    jobs: NonZeroUsize,
    work: &Path,
) -> Check {
    let mut check = rebuild_check();
    let mut differs = program_differs(bag);
    match try_rebuild(bag, settings, jobs, work, &mut differs) {
        Ok(different) if different.is_empty() => return check,
        Ok(different) => {
            let outcome = if differs.is_empty() { Outcome::Failed } else { Outcome::NotProven };
            for (path, why) in &different {
                check.note(outcome, Some(path), why.clone());
            }
        }
        Err(why) => {
            let outcome = if differs.is_empty() { Outcome::Failed } else { Outcome::NotProven };
            check.note(outcome, None, why);
        }
    }
    for why in differs.into_iter().rev() {
        check.findings.insert(0, super::verify::Finding { path: None, message: why });
    }
    check
}

/// In what this program is not the one of then.
fn program_differs(bag: &Bag) -> Vec<Text> {
    let production = &bag.metadata.production;
    let mut differs = Vec::new();
    let now = concat!("yinfa ", env!("CARGO_PKG_VERSION"));
    if production.program != now {
        let then = &production.program;
        differs.push(text!(
            "程序版本不同：当时 {then}，现在 {now}",
            "the program's version differs: {then} then, {now} now"
        ));
    }
    let typst = format!("typst {}", typst_version());
    if let Some(then) = production.engine.as_deref().filter(|engine| !engine.starts_with(&typst)) {
        differs.push(text!(
            "排版引擎不同：当时 {then}，现在 {typst}",
            "the engine differs: {then} then, {typst} now"
        ));
    }
    differs
}

/// The files that are not the same, by their path in the build's manifest.
fn try_rebuild(
    bag: &Bag,
    settings: &FontSettings,
    jobs: NonZeroUsize,
    work: &Path,
    differs: &mut Vec<Text>,
) -> Result<Vec<(String, Text)>, Text> {
    let manifest = bag.build_manifest().map_err(|problem| problem.message.clone())?;
    let prepared = bag.prepared().map_err(|problem| problem.message.clone())?;
    let publication = match &prepared.publication {
        Some(publication) if !prepared.diags.has_errors() => publication,
        _ => return Err(first(&prepared.diags)),
    };
    let templates = bag.templates().map_err(|diags| first(&diags))?;
    let (fonts, _links) = fonts(bag, settings, work, differs).map_err(|error| system(&error))?;
    let standards = standards(bag).map_err(|diags| first(&diags))?;
    let engine = EmbeddedEngine::new(fonts.clone(), standards);
    let output = tempfile::tempdir_in(work).map_err(|error| system(&error))?;
    let tools = Tools {
        templates: &templates,
        engine: Some(&engine),
        fonts: Some(&fonts),
        layout: Some(&engine),
        strict: false,
        force: false,
        state: None,
        program: "",
        jobs,
        progress: &|_, _| {},
    };
    let job = Job { publication, sources: &prepared.sources };
    build::build(job, &selection(&manifest), &tools, output.path())
        .map_err(|diags| first(&diags))?;
    let folder = output.path().join(&prepared.id);
    let bytes = fs::read(folder.join(manifest::NAME)).map_err(|error| system(&error))?;
    let again = Manifest::parse(&bytes).map_err(|e| system(&e.into()))?;
    compare(bag, &manifest, &again, &folder).map_err(|error| system(&error))
}

/// Everything, in the formats that were archived.
fn selection(manifest: &Manifest) -> Selection {
    let of = |is_half: fn(&str) -> bool| {
        let half = manifest.artifacts.iter().filter(|(_, entry)| is_half(&entry.kind));
        half.filter_map(|(path, _)| Format::of(path)).collect()
    };
    let usual = Formats {
        notice: of(|kind| kind.starts_with("notice")),
        sheets: of(|kind| !kind.starts_with("notice")),
    };
    Selection { usual, ..Selection::default() }
}

fn compare(
    bag: &Bag,
    then: &Manifest,
    again: &Manifest,
    folder: &Path,
) -> io::Result<Vec<(String, Text)>> {
    let mut different = Vec::new();
    for (path, entry) in &then.artifacts {
        if !again.artifacts.contains_key(path) {
            let why = text!("没有重新生成出来", "was not made again");
            different.push((path.clone(), why));
        } else if Digests::of_file(&folder.join(path))?.sha256 != entry.sha256 {
            different.push((path.clone(), text!("字节不同", "has other bytes")));
        } else if entry.kind == "notice" && path.ends_with(".pdf") {
            // Not by digests alone: the very bytes that stand in the package.
            let name = bag.metadata.file(role::NOTICE).map(|file| bag.path_of(&file.name));
            let held = bag.bytes(&name.unwrap_or_default())?;
            if held != fs::read(folder.join(path))? {
                different.push((path.clone(), text!("字节不同", "has other bytes")));
            }
        }
    }
    Ok(different)
}

/// The fonts of then, if this machine has them: those that a build would choose, or else those of
/// the recorded names and digests, in a folder of their own. What is not there is said.
fn fonts(
    bag: &Bag,
    settings: &FontSettings,
    work: &Path,
    differs: &mut Vec<Text>,
) -> io::Result<(Arc<Fonts>, Option<tempfile::TempDir>)> {
    let recorded: BTreeMap<&str, &str> = bag
        .metadata
        .production
        .fonts
        .iter()
        .map(|font| (font.sha256.as_str(), font.name.as_str()))
        .collect();
    let (chosen, _) = Fonts::find(settings);
    let same = |fonts: &Fonts| {
        let now: Vec<&str> = fonts.files().iter().map(|file| file.sha256()).collect();
        now.len() == recorded.len() && now.iter().all(|hash| recorded.contains_key(hash))
    };
    if same(&chosen) {
        return Ok((Arc::new(chosen), None));
    }
    let (found, other) = look_for(&recorded, settings)?;
    for (hash, name) in &recorded {
        if found.contains_key(*hash) {
            continue;
        }
        differs.push(if other.contains(&(*name).to_string()) {
            text!("字体 {name} 不同", "font {name} differs")
        } else {
            text!("没有字体 {name}", "font {name} is missing")
        });
    }
    if found.len() < recorded.len() {
        return Ok((Arc::new(chosen), None));
    }
    let links = tempfile::tempdir_in(work)?;
    let mut folders = Vec::new();
    for (place, (hash, path)) in found.iter().enumerate() {
        let folder = links.path().join(format!("{place:04}"));
        fs::create_dir(&folder)?;
        link(path, &folder.join(font_name(recorded[hash.as_str()])))?;
        folders.push(folder);
    }
    let settings = FontSettings {
        dirs: vec![links.path().to_path_buf()],
        system_dirs: Vec::new(),
        families: settings.families.clone(),
        cache: None,
    };
    let (fonts, _) = Fonts::find(&settings);
    if !same(&fonts) {
        differs.push(text!(
            "有当时的字体，但本机选用的不同",
            "the fonts of then are here, but others are chosen"
        ));
    }
    Ok((Arc::new(fonts), Some(links)))
}

/// The file name of a recorded font: two files of one name have the beginning of a digest behind it.
fn font_name(recorded: &str) -> &str {
    recorded.split(" (").next().unwrap_or(recorded)
}

/// Files of the recorded names by their digest, and names of which there are others only.
fn look_for(
    recorded: &BTreeMap<&str, &str>,
    settings: &FontSettings,
) -> io::Result<(BTreeMap<String, PathBuf>, Vec<String>)> {
    let mut paths = font_files(settings);
    paths.sort();
    paths.dedup();
    let mut found = BTreeMap::new();
    let mut other = Vec::new();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let Some(wanted) = recorded.values().find(|wanted| font_name(wanted) == name) else {
            continue;
        };
        let hash = Digests::of_file(&path)?.sha256;
        if recorded.get(hash.as_str()) != Some(wanted) {
            other.push((*wanted).to_string());
        }
        if recorded.contains_key(hash.as_str()) {
            found.insert(hash, path);
        }
    }
    Ok((found, other))
}

#[cfg(unix)]
fn link(from: &Path, to: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(from, to)
}

#[cfg(not(unix))]
fn link(from: &Path, to: &Path) -> io::Result<()> {
    fs::copy(from, to).map(|_| ())
}

/// The standards that the archived notice says it keeps.
fn standards(bag: &Bag) -> Result<Standards, Diagnostics> {
    let name = bag.metadata.file(role::NOTICE).map(|file| bag.path_of(&file.name));
    let bytes = bag.bytes(&name.unwrap_or_default()).unwrap_or_default();
    let names = pdf::facts(bytes).map(|facts| facts.standards()).unwrap_or_default();
    Standards::new(&names)
}

/// The first error, or else the first problem.
fn first(diags: &Diagnostics) -> Text {
    let error = diags.iter().find(|d| d.severity == base::diag::Severity::Error);
    match error.or_else(|| diags.iter().next()) {
        Some(problem) => {
            text!("没有重新生成：{why}", "not rebuilt: {why}"; why = problem.message)
        }
        None => text!("没有重新生成", "not rebuilt"),
    }
}

fn system(error: &io::Error) -> Text {
    let detail = error.to_string();
    text!("没有重新生成：{detail}", "not rebuilt: {detail}")
}
