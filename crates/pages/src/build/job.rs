//! Typst jobs: a document's source with the modules that it imports.

use std::sync::Arc;

use crate::geometry;
use crate::render::{Templates, escape};
use crate::typeset::{self, EmbeddedEngine, Fonts, Role};
use base::diag::{Diagnostic, Diagnostics};
use records::content::schema::notice::Grid;
use records::publication::{Publication, UnitId};
use records::view::{self, SheetFormats};

use super::content::{Content, Contents, Rendered};
use super::fit;
use crate::tables;
use records::content::schema::formats::Format;

/// The modules beside a document's own source that its template may import.
const LIBRARY: [&str; 4] =
    ["typst/characters.typ", "typst/tables.typ", "typst/layout.typ", "typst/forms.typ"];

/// The job of a publication's notice, as a build sets it, for whoever wants its pages.
///
/// # Errors
/// What is wrong with the templates, or with the layout of the sign-off.
pub fn notice_job(
    publication: &Publication,
    templates: &Templates,
    fonts: &Fonts,
    layout: &EmbeddedEngine,
) -> Result<typeset::Job, Diagnostics> {
    let job = document_job(Document::Notice, publication, templates, fonts, layout)?;
    Ok(fit::fit(job, layout, publication)?.0)
}

/// A document of a publication that has pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Document {
    /// The notice.
    Notice,
    /// An attachment that is not bound with it, by its place.
    Apart(usize),
    /// 发文稿纸.
    Form,
    /// 分发清单.
    Distribution,
    /// A unit's task sheet.
    Sheet(UnitId),
    /// 任务分解总表.
    Breakdown,
}

impl From<Document> for Content {
    fn from(document: Document) -> Self {
        match document {
            Document::Notice => Self::Notice,
            Document::Apart(place) => Self::Apart(place),
            Document::Form => Self::Form,
            Document::Distribution => Self::Distribution,
            Document::Sheet(unit) => Self::Sheet(unit),
            Document::Breakdown => Self::Breakdown,
        }
    }
}

/// The job of a document, of a notice before it is fitted.
///
/// # Errors
/// What is wrong with the templates.
pub fn document_job(
    document: Document,
    publication: &Publication,
    templates: &Templates,
    fonts: &Fonts,
    layout: &EmbeddedEngine,
) -> Result<typeset::Job, Diagnostic> {
    let tasks = publication.tasks();
    let contents =
        Contents { publication, tasks: &tasks, sheets: &[], formats: SheetFormats::default() };
    let source = contents.source(document.into(), Format::Pdf, templates)?;
    let srgb = layout.keeps_standards(has_date(publication));
    let files = library(publication, templates, Some(fonts), srgb);
    Ok(job(source, files, publication.id.clone(), publication))
}

/// Lays out the job of a document as a build does, a notice fitted.
///
/// # Errors
/// What is wrong with the layout.
pub fn lay_out(
    document: Document,
    job: typeset::Job,
    publication: &Publication,
    layout: &EmbeddedEngine,
) -> Result<typeset::Laid, Diagnostics> {
    match document {
        Document::Notice => layout.lay_out(&fit::fit(job, layout, publication)?.0),
        Document::Apart(_) | Document::Form | Document::Distribution => layout.lay_out(&job),
        Document::Sheet(_) | Document::Breakdown => {
            let tasks = publication.tasks();
            let formats = SheetFormats::default();
            let contents = Contents { publication, tasks: &tasks, sheets: &[], formats };
            match contents.paper(document.into()) {
                Some(paper) => Ok(paper.fit(job, layout)?.1),
                None => layout.lay_out(&job),
            }
        }
    }
}

pub(super) fn has_date(publication: &Publication) -> bool {
    publication.record.date.is_some()
}

/// A job of a publication.
pub(super) fn job(
    rendered: Rendered,
    mut files: Vec<(String, Arc<str>)>,
    label: String,
    publication: &Publication,
) -> typeset::Job {
    let date = publication.record.date.as_ref().map(|date| date.value);
    let date = date.map(|d| (d.year().into(), d.month().unsigned_abs(), d.day().unsigned_abs()));
    files.push((tables::PATH.into(), rendered.columns.into()));
    typeset::Job { main: rendered.text, files, label, date }
}

/// The modules that Typst templates import: geometry and fonts of the run, and the layout.
pub(super) fn library(
    publication: &Publication,
    templates: &Templates,
    fonts: Option<&Fonts>,
    srgb: bool,
) -> Vec<(String, Arc<str>)> {
    let filled = publication.record.common.layout.grid == Some(Grid::Filled);
    let choices = geometry::Choices { filled, srgb };
    let mut files: Vec<(String, Arc<str>)> = vec![
        ("/geometry.typ".into(), geometry::typst(choices).into()),
        (fit::PATH.into(), fit::Fit::of(publication).typst().into()),
    ];
    if let Some(fonts) = fonts {
        files.push(("/fonts.typ".into(), fonts_module(publication, fonts).into()));
    }
    for name in LIBRARY {
        if let (Some(text), Some(file)) = (templates.text(name), name.strip_prefix("typst")) {
            files.push((file.into(), text.into()));
        }
    }
    files
}

/// The top and the bottom of a text's ink above the baseline, in em; the em box where no font
/// says.
fn ink(fonts: &Fonts, role: Role, text: &str) -> (f64, f64) {
    let of = |c: char| fonts.covers(role, c).and_then(|face| face.ink(c));
    text.chars()
        .filter_map(of)
        .reduce(|(top, bottom), (t, b)| (top.max(t), bottom.min(b)))
        .unwrap_or((0.88, -0.12))
}

/// `#let body = (font: (…), weight: 400)` for each role, and what Typst itself cannot tell: where
/// the ink of the page number's dashes and of the words of the mark is.
fn fonts_module(publication: &Publication, fonts: &Fonts) -> String {
    let (top, bottom) = ink(fonts, Role::Song, "—");
    let dash = format!("#let dash-middle = {}em\n", (top + bottom) / 2.0);
    let head = view::notice(publication).head;
    let marks: String = (head.mark.iter().chain(&head.joint))
        .map(|words| {
            let (top, bottom) = ink(fonts, Role::Title, words);
            let words = escape::typst_string(words);
            format!("  ({words}): (top: {top}, bottom: {bottom}),\n")
        })
        .collect();
    let marks = if marks.is_empty() { ":".into() } else { format!("\n{marks}") };
    let marks = format!(
        "// Ink of the mark's words in em: its top and bottom above the baseline.\n\
         #let mark-ink = ({marks})\n"
    );
    let roles: String = Role::ALL
        .iter()
        .map(|&role| {
            let (key, list, weight) = (role.key(), fonts.typst_font_list(role), fonts.weight(role));
            format!("#let {key} = (font: {list}, weight: {weight}, fallback: false)\n")
        })
        .collect();
    roles + &dash + &marks
}
