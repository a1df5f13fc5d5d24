//! A project's files to records.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::files::{self, FoundPublication};
use super::schema::item::{ItemRecord, read_items};
use super::schema::notice::NoticeRecord;
use super::schema::progress::ProgressRecord;
use super::schema::project::ProjectRecord;
use super::schema::units::UnitsRecord;
use super::yaml::{self, Comment, Document};
use base::diag::{Diagnostic, Diagnostics, Source, Span};
use base::text;

/// The name of the file that marks a project's root.
pub const PROJECT_FILE: &str = "yinfa.yaml";
/// The folder of the records.
pub const CONTENT: &str = "content";

/// A project as it was read.
#[derive(Debug)]
pub struct Project {
    /// Its root.
    pub root: PathBuf,
    /// Its settings.
    pub record: ProjectRecord,
    /// yinfa.yaml.
    pub source: Arc<Source>,
    /// The registries that publications use, each read once.
    pub registries: Vec<LoadedRegistry>,
    /// Its publications, ordered by id.
    pub publications: Vec<LoadedPublication>,
    /// The comments of yinfa.yaml.
    pub comments: Vec<Comment>,
    /// Problems of yinfa.yaml: they concern every publication.
    pub settings: Diagnostics,
    /// Problems of files that belong to no publication.
    pub files: Diagnostics,
}

/// A registry as it was read.
#[derive(Debug)]
pub struct LoadedRegistry {
    /// The record, unless the file could not be read.
    pub record: Option<UnitsRecord>,
    /// units.yaml.
    pub source: Option<Arc<Source>>,
    /// Its comments.
    pub comments: Vec<Comment>,
    /// Whether all of the file was read. Where it was not, names may seem to be unknown.
    pub complete: bool,
    /// Its problems.
    pub diags: Diagnostics,
}

/// A publication as it was read.
#[derive(Debug)]
pub struct LoadedPublication {
    /// Its folder's path below content/.
    pub id: String,
    /// The notice, unless its file could not be read.
    pub notice: Option<NoticeRecord>,
    /// Whether all of the notice's file was read.
    pub complete: bool,
    /// Its registry, by its place in the project's.
    pub registry: Option<usize>,
    /// All items in the order of their files.
    pub items: Vec<ItemRecord>,
    /// What units reported, in the order of periods and units by name of file.
    pub progress: Vec<ProgressRecord>,
    /// The files it was read from, without the registry and without what units reported.
    pub sources: Vec<Arc<Source>>,
    /// The files of what units reported. No text that is issued depends on them.
    pub progress_sources: Vec<Arc<Source>>,
    /// The comments of these files.
    pub comments: Vec<Comment>,
    /// Its problems.
    pub diags: Diagnostics,
}

/// Finds the project's root: the nearest folder from `start` upwards that holds yinfa.yaml.
pub fn find_root(start: &Path) -> Option<PathBuf> {
    start.ancestors().find(|folder| folder.join(PROJECT_FILE).is_file()).map(Path::to_path_buf)
}

/// Reads a project. Every file that can be read is, whatever is wrong with others.
///
/// # Errors
/// When yinfa.yaml itself cannot be read.
pub fn load(root: &Path) -> Result<Project, Diagnostic> {
    load_changed(root, &BTreeMap::new())
}

/// Reads a project as it would be with other texts in the place of some of its files, or beside
/// them: they are named by their paths from the root, with `/`.
///
/// # Errors
/// When yinfa.yaml itself cannot be read.
pub fn load_changed(
    root: &Path,
    changed: &BTreeMap<String, String>,
) -> Result<Project, Diagnostic> {
    let disk = Disk { root, changed };
    let source = disk.read(&root.join(PROJECT_FILE))?;
    let mut diags = Diagnostics::new();
    let (document, problems) = yaml::parse(&source);
    diags.append(problems);
    let record = ProjectRecord::from_document(&document, &mut diags);
    let settings = sound(diags, &document);

    let mut diags = Diagnostics::new();
    let content = root.join(CONTENT);
    let more: Vec<PathBuf> = changed.keys().map(|path| root.join(path)).collect();
    let found =
        if content.is_dir() { files::find(root, &content, &more, &mut diags) } else { Vec::new() };
    if found.is_empty() && !diags.has_errors() {
        diags.push(
            Diagnostic::error(
                "no-publication",
                text!("content 文件夹里没有通知", "there is no publication below content/"),
            )
            .help(text!(
                "每份通知一个文件夹，其中放 notice.yaml；可用 yinfa init 生成一个样例",
                "a publication is a folder with a notice.yaml; `yinfa init` writes an example"
            )),
        );
    }
    let mut registries = Vec::new();
    let mut places: BTreeMap<PathBuf, usize> = BTreeMap::new();
    let publications = found
        .into_iter()
        .map(|found| {
            let registry = found.units.clone().map(|path| {
                *places.entry(path).or_insert_with_key(|path| {
                    registries.push(load_registry(disk, path));
                    registries.len() - 1
                })
            });
            load_publication(disk, found, registry)
        })
        .collect();
    let comments = document.comments;
    let (root, files) = (root.to_path_buf(), diags);
    Ok(Project { root, record, source, registries, publications, comments, settings, files })
}

fn load_registry(disk: Disk<'_>, path: &Path) -> LoadedRegistry {
    let mut diags = Diagnostics::new();
    let Some((source, document)) = disk.yaml(path, &mut diags) else {
        let comments = Vec::new();
        return LoadedRegistry { record: None, source: None, comments, complete: false, diags };
    };
    let record = UnitsRecord::from_document(&document, &mut diags);
    let mut diags = sound(diags, &document);
    if record.is_none() && !diags.has_errors() {
        diags.push(empty_file(&source));
    }
    let Document { comments, complete, .. } = document;
    LoadedRegistry { record, source: Some(source), comments, complete, diags }
}

fn load_publication(
    disk: Disk<'_>,
    found: FoundPublication,
    registry: Option<usize>,
) -> LoadedPublication {
    let mut diags = found.diags;
    let mut sources = Vec::new();
    let mut comments = Vec::new();
    let mut complete = false;
    let notice = disk.yaml(&found.notice, &mut diags).and_then(|(source, document)| {
        complete = document.complete;
        let mut problems = Diagnostics::new();
        let notice = NoticeRecord::from_document(&document, &mut problems);
        diags.append(sound(problems, &document));
        if notice.is_none() && !diags.has_errors() {
            diags.push(empty_file(&source));
        }
        sources.push(source);
        comments.extend(document.comments);
        notice
    });
    if registry.is_none() {
        let path = files::display(disk.root, &found.notice);
        let place = sources.first().map(|source| Span::file(source.clone()));
        diags.extend(place.into_iter().map(|place| {
            Diagnostic::error(
                "registry-missing",
                text!(
                    "“{path}”没有可用的单位名录 units.yaml",
                    "“{path}” has no registry of units (units.yaml)"
                ),
            )
            .help(text!(
                "在 content 文件夹或这份通知的文件夹里放一个 units.yaml",
                "put a units.yaml into content/ or into the publication's folder"
            ))
            .at(&place)
        }));
    }
    let mut items = Vec::new();
    for path in &found.items {
        if let Some((source, document)) = disk.yaml(path, &mut diags) {
            let mut problems = Diagnostics::new();
            items.extend(read_items(&document, &mut problems));
            diags.append(sound(problems, &document));
            sources.push(source);
            comments.extend(document.comments);
        }
    }
    let mut progress = Vec::new();
    let mut progress_sources = Vec::new();
    for path in &found.progress {
        if let Some((source, document)) = disk.yaml(path, &mut diags) {
            let mut problems = Diagnostics::new();
            progress.extend(ProgressRecord::from_document(&document, &mut problems));
            diags.append(sound(problems, &document));
            progress_sources.push(source);
            comments.extend(document.comments);
        }
    }
    let id = found.id;
    LoadedPublication {
        id,
        notice,
        complete,
        registry,
        items,
        progress,
        sources,
        progress_sources,
        comments,
        diags,
    }
}

/// The problems without those that only follow from a file that broke off: what seems to be
/// missing may stand behind the break.
fn sound(problems: Diagnostics, document: &Document) -> Diagnostics {
    let mut kept = Diagnostics::new();
    kept.extend(problems.into_iter().filter(|p| document.complete || p.code != "key-missing"));
    kept
}

/// Where files are read from.
#[derive(Debug, Clone, Copy)]
struct Disk<'a> {
    root: &'a Path,
    /// Texts that stand in the place of those on the disk.
    changed: &'a BTreeMap<String, String>,
}

impl Disk<'_> {
    fn read(self, path: &Path) -> Result<Arc<Source>, Diagnostic> {
        let name = files::display(self.root, path);
        match self.changed.get(&name) {
            Some(text) => Ok(Source::new(name, text.as_str())),
            None => files::read(self.root, path),
        }
    }

    fn yaml(self, path: &Path, diags: &mut Diagnostics) -> Option<(Arc<Source>, Document)> {
        match self.read(path) {
            Ok(source) => {
                let (document, problems) = yaml::parse(&source);
                diags.append(problems);
                Some((source, document))
            }
            Err(problem) => {
                diags.push(problem);
                None
            }
        }
    }
}

fn empty_file(source: &Arc<Source>) -> Diagnostic {
    Diagnostic::error(
        "file-empty",
        text!("“{path}”是空的", "“{path}” is empty", path = source.path()),
    )
    .help(text!(
        "写上内容；不用的文件请删去，或在名称前加“_”",
        "write something; delete a file that is not used, or put `_` before its name"
    ))
    .at(&Span::file(source.clone()))
}
