//! Which files a publication consists of.

use std::collections::{BTreeMap, BTreeSet};

use base::diag::{Diagnostic, Diagnostics};
use base::disk::{file_name_folded, file_name_with};
use base::text;
use records::content::schema::formats::{Format, Formats};
use records::manifest::{ArtifactEntry, Manifest};
use records::publication::{Publication, UnitId};
use records::view::{self, SheetFormats};

use super::content::{Content, Contents};
use super::part::Part;

/// A half of a publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Only {
    /// The notice.
    Notice,
    /// The sheets with their index and the breakdown.
    Sheets,
}

/// What to build of a publication.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// The formats that the project makes.
    pub usual: Formats,
    /// Only these formats; the usual ones when `None`.
    pub formats: Option<BTreeSet<Format>>,
    /// Only this half; both when `None`.
    pub only: Option<Only>,
    /// Only the sheets of these units (and no notice); everything when empty.
    pub units: Vec<String>,
    /// Only this part of it, for one of several machines.
    pub part: Option<Part>,
}

impl Selection {
    /// Everything in these formats.
    pub fn of_formats(formats: impl IntoIterator<Item = Format>) -> Self {
        Self { formats: Some(formats.into_iter().collect()), ..Self::default() }
    }

    fn formats(&self) -> Formats {
        self.formats.clone().map_or_else(|| self.usual.clone(), Formats::same)
    }

    /// Whether nothing is left out: then the files of other formats that an earlier build made are
    /// made anew as well.
    pub fn is_whole(&self) -> bool {
        let has_all = self.formats().is_superset(&self.usual);
        has_all && self.only.is_none() && self.units.is_empty()
    }

    fn has_notice(&self) -> bool {
        self.only != Some(Only::Sheets) && self.units.is_empty()
    }

    fn has_sheets(&self) -> bool {
        self.only != Some(Only::Notice)
    }

    /// Whether pages are set.
    pub fn sets_pages(&self) -> bool {
        let Formats { notice, sheets } = self.formats();
        self.has_notice() && notice.contains(&Format::Pdf)
            || self.has_sheets() && sheets.contains(&Format::Pdf)
    }
}

/// A file to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Artifact {
    pub(super) content: Content,
    pub(super) format: Format,
    /// Its paths below the publication's folder: a public notice stands in public/ and internal/.
    pub(super) paths: Vec<String>,
    /// The unit whose sheet it is.
    pub(super) unit: Option<String>,
}

/// All files to be made, and what they have in common.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) artifacts: Vec<Artifact>,
    pub(super) tasks: BTreeMap<UnitId, Vec<records::publication::Task>>,
    pub(super) sheets: Vec<UnitId>,
    /// Everything the publication consists of is made: what the manifest knows besides is gone.
    pub(super) whole: bool,
    /// Everything the publication consists of is selected, by this part or by others.
    pub(super) selected_whole: bool,
    /// The formats that are made: files of these that are not planned are gone.
    pub(super) formats: BTreeSet<Format>,
    /// All files of what is selected, those of other parts too, in order.
    pub(super) files: Vec<String>,
    /// Formats the sheets are there in, once the plan is carried out: the index links to them.
    pub(super) sheet_formats: BTreeSet<Format>,
}

impl Plan {
    /// What its files are made from.
    pub(super) fn contents<'a>(&'a self, publication: &'a Publication) -> Contents<'a> {
        let has = |format| self.sheet_formats.contains(&format);
        let formats = SheetFormats {
            html: has(Format::Html),
            pdf: has(Format::Pdf),
            xlsx: has(Format::Xlsx),
            docx: has(Format::Docx),
        };
        Contents { publication, tasks: &self.tasks, sheets: &self.sheets, formats }
    }

    /// Whether the pages of the notice are among it.
    pub(super) fn has_notice_pages(&self) -> bool {
        let is = |a: &Artifact| a.content == Content::Notice && a.format == Format::Pdf;
        self.artifacts.iter().any(is)
    }

    /// About how long the artifact at a place takes, in no unit: a notice is laid out several
    /// times, a table is long, a sheet takes as long as it has tasks, and a page takes nearly nothing.
    pub(super) fn weight(&self, place: usize) -> usize {
        let artifact = &self.artifacts[place];
        match artifact.format {
            Format::Html => return 1,
            Format::Xlsx | Format::Docx => return 5,
            Format::Pdf => {}
        }
        match artifact.content {
            Content::Sheet(unit) => 20 + self.tasks.get(&unit).map_or(0, Vec::len),
            Content::Notice | Content::NoticeBody | Content::Apart(_) => 400,
            Content::Form | Content::Distribution | Content::Index(_) | Content::Breakdown => 100,
        }
    }
}

/// Plans a publication, whose folder holds what `old` says.
pub(super) fn plan(
    publication: &Publication,
    selection: &Selection,
    old: &Manifest,
) -> Result<(Plan, Diagnostics), Diagnostics> {
    let tasks = publication.tasks();
    let sheets = publication.sheet_units(&tasks);
    let mut diags = collisions(publication, &sheets);
    let wanted = wanted_units(publication, &sheets, selection, &mut diags);
    if diags.has_errors() {
        return Err(diags);
    }
    let whole = selection.is_whole();
    let mut formats = selection.formats();
    if whole {
        for (path, entry) in &old.artifacts {
            let is_notice = entry.kind.starts_with("notice");
            let half = if is_notice { &mut formats.notice } else { &mut formats.sheets };
            // Without pages, which need fonts and an engine, PDFs of an earlier build go.
            half.extend(Format::of(path).filter(|f| *f != Format::Pdf || selection.sets_pages()));
        }
    }
    let mut artifacts = Vec::new();
    let suffix = publication.tasks_suffix();
    let with_sheets = selection.has_sheets() && !publication.items.is_empty();
    let overviews = with_sheets && selection.units.is_empty();
    for format in Format::ALL {
        if selection.has_notice() && formats.notice.contains(&format) {
            artifacts.extend(notice_files(publication, format));
            let apart = view::apart_places(publication).into_iter();
            artifacts.extend(apart.filter_map(|place| apart_file(publication, place, format)));
            artifacts.extend(forms(publication, format));
        }
        if !formats.sheets.contains(&format) {
            continue;
        }
        if with_sheets {
            artifacts.extend(wanted.iter().map(|&unit| sheet(publication, unit, format)));
        }
        if overviews {
            artifacts.push(internal(Content::Breakdown, format, &format!("任务分解总表{suffix}")));
        }
    }
    let sheet_formats = Format::ALL
        .into_iter()
        .filter(|format| {
            let selected = with_sheets && formats.sheets.contains(format);
            let there = |(path, a): (&String, &ArtifactEntry)| {
                a.kind == "sheet" && Format::of(path) == Some(*format)
            };
            selected || old.artifacts.iter().any(there)
        })
        .collect();
    // The index links to the sheets of all formats: it is made anew with any, once it is there.
    let index: Vec<Artifact> =
        (0..view::index_pages(publication)).map(|page| index_page(publication, page)).collect();
    let mut paths = index.iter().flat_map(|page| &page.paths);
    let has_index = paths.any(|path| old.artifacts.contains_key(path));
    if overviews && (formats.sheets.contains(&Format::Html) || has_index) {
        artifacts.extend(index);
    }
    let mut files: Vec<String> = artifacts.iter().flat_map(|a| a.paths.clone()).collect();
    files.sort();
    let selected_whole = whole;
    let mut formats = formats.all();
    if whole {
        formats.insert(Format::Pdf);
    }
    let mut plan =
        Plan { artifacts, tasks, sheets, whole, selected_whole, formats, files, sheet_formats };
    if let Some(part) = selection.part {
        let weights: Vec<usize> =
            (0..plan.artifacts.len()).map(|place| plan.weight(place)).collect();
        let mut takes = part.takes(&weights, &publication.id).into_iter();
        plan.artifacts.retain(|_| takes.next() == Some(true));
        plan.whole = false;
    }
    Ok((plan, diags))
}

/// Whether a file of an earlier build must not stay, whatever part of the publication is built:
/// what may no longer be published.
pub(super) fn is_withdrawn(publication: &Publication, path: &str, kind: &str) -> bool {
    let is_page = kind.starts_with("notice") && path.ends_with(".html");
    (path.starts_with("public/") && !publication.is_public())
        || (is_page && !publication.has_web_page())
}

fn notice_files(publication: &Publication, format: Format) -> Vec<Artifact> {
    let name = view::document_file(publication);
    match format {
        Format::Pdf => {
            let mut artifact = internal(Content::Notice, format, &name);
            if publication.is_public() {
                artifact.paths.insert(0, format!("public/{name}.pdf"));
            }
            vec![artifact]
        }
        // What can be edited is nothing to publish.
        Format::Docx => vec![internal(Content::Notice, format, &name)],
        Format::Xlsx => Vec::new(),
        Format::Html if !publication.has_web_page() => Vec::new(),
        Format::Html => {
            let folder = if publication.is_public() { "public" } else { "internal" };
            [(Content::Notice, ""), (Content::NoticeBody, ".body")]
                .map(|(content, suffix)| Artifact {
                    content,
                    format,
                    paths: vec![format!("{folder}/{name}{suffix}.html")],
                    unit: None,
                })
                .into()
        }
    }
}

/// The office's own forms, where the record asks for them: to be printed, so as PDF alone.
fn forms(publication: &Publication, format: Format) -> Vec<Artifact> {
    if format != Format::Pdf || publication.record.common.forms != Some(true) {
        return Vec::new();
    }
    let suffix = publication.file_suffix();
    [(Content::Form, "发文稿纸"), (Content::Distribution, "分发清单")]
        .map(|(content, name)| internal(content, format, &format!("{name}{suffix}")))
        .into()
}

/// The file of an attachment that is not bound with the notice; none where there is none of the format.
fn apart_file(publication: &Publication, place: usize, format: Format) -> Option<Artifact> {
    let name = view::apart_file(publication, place);
    let mut artifact = internal(Content::Apart(place), format, &name);
    let is_page = format == Format::Html;
    if is_page && !publication.has_web_page() || format == Format::Xlsx {
        return None;
    }
    let public = format!("public/{name}.{}", format.name());
    match format {
        Format::Html if publication.is_public() => artifact.paths = vec![public],
        Format::Pdf if publication.is_public() => artifact.paths.insert(0, public),
        _ => {}
    }
    Some(artifact)
}

fn sheet(publication: &Publication, unit: UnitId, format: Format) -> Artifact {
    let name = &publication.registry.unit(unit).name;
    let file = file_name_with(name, publication.tasks_suffix());
    let mut artifact = internal(Content::Sheet(unit), format, &format!("tasks/{file}"));
    artifact.unit = Some(name.clone());
    artifact
}

fn index_page(publication: &Publication, page: usize) -> Artifact {
    let name = view::index_file(publication, page);
    internal(Content::Index(page), Format::Html, &format!("tasks/{name}"))
}

fn internal(content: Content, format: Format, name: &str) -> Artifact {
    let paths = vec![format!("internal/{name}.{}", format.name())];
    Artifact { content, format, paths, unit: None }
}

/// The units whose sheets are asked for. A name that this registry does not know stands for
/// nobody here; one without a sheet is worth a warning.
fn wanted_units(
    publication: &Publication,
    sheets: &[UnitId],
    selection: &Selection,
    diags: &mut Diagnostics,
) -> Vec<UnitId> {
    if selection.units.is_empty() {
        return sheets.to_vec();
    }
    let registry = &publication.registry;
    let mut wanted = BTreeSet::new();
    for name in &selection.units {
        let units = registry.look_up(name).map(|named| registry.units_of(named));
        let with_sheet: Vec<_> =
            units.into_iter().flatten().filter(|unit| sheets.contains(unit)).collect();
        if with_sheet.is_empty() {
            diags.push(Diagnostic::warning(
                "unit-without-sheet",
                text!(
                    "“{name}”在“{publication}”里没有任务单",
                    "“{name}” has no sheet in “{publication}”",
                    publication = &publication.id
                ),
            )
.help(text!("没有任务、又不在 sheets.without_task 所列类别里的单位没有任务单", "units without a task have none, unless their kind stands in `sheets: without_task`")));
        }
        wanted.extend(with_sheet);
    }
    wanted.into_iter().collect()
}

/// Two units whose sheets would overwrite each other.
fn collisions(publication: &Publication, sheets: &[UnitId]) -> Diagnostics {
    let mut diags = Diagnostics::new();
    // The index stands beside the sheets.
    let pages = (0..view::index_pages(publication)).map(|page| view::index_file(publication, page));
    let mut taken: BTreeMap<String, Option<UnitId>> = pages.map(|name| (name, None)).collect();
    for &unit in sheets {
        let unit = publication.registry.unit(unit);
        let name = file_name_folded(&unit.name);
        if let Some(other) = taken.insert(name, Some(unit.id)) {
            let diagnostic = Diagnostic::error(
                "file-name-twice",
                text!(
                    "“{unit}”的任务单会与另一个文件同名",
                    "the sheet of “{unit}” would have the same file name as another",
                    unit = &unit.name
                ),
            )
            .at(&unit.span)
            .help(text!("请改用有区别的规范简称", "give the units names that differ"));
            diags.push(match other {
                Some(other) => diagnostic.note(
                    text!("另一个单位", "the other unit"),
                    &publication.registry.unit(other).span,
                ),
                None => diagnostic,
            });
        }
    }
    diags
}
