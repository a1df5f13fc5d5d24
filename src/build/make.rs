//! Making artifacts: views through templates to HTML, and through Typst to PDF, on all cores.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use crate::content::schema::notice::Grid;
use crate::diag::{Diagnostic, Diagnostics};
use crate::geometry;
use crate::publication::Publication;
use crate::render::Templates;
use crate::text;
use crate::typeset::{self, EmbeddedEngine, Engine, Fonts, Role};
use crate::view;

use super::plan::{Artifact, Content, Format, Plan};
use super::{failure, fit};

/// What artifacts are made with.
pub struct Tools<'a> {
    /// Templates.
    pub templates: &'a Templates,
    /// The engine; `None` where no PDF is asked for.
    pub engine: Option<&'a dyn Engine>,
    /// Its fonts.
    pub fonts: Option<&'a Fonts>,
    /// What looks at pages before they are set for good; the engine itself may not be able to.
    pub layout: Option<&'a EmbeddedEngine>,
    /// How many threads.
    pub jobs: NonZeroUsize,
    /// Called after each artifact with how many are made.
    pub progress: &'a (dyn Fn(usize, usize) + Sync),
}

/// The modules beside a document's own source that its template may import.
const LIBRARY: [&str; 1] = ["typst/layout.typ"];

/// Runs the templates: the HTML or the Typst source of each artifact, in the order of the plan.
pub(super) fn render(
    plan: &Plan,
    publication: &Publication,
    tools: &Tools<'_>,
) -> Result<Vec<String>, Diagnostics> {
    let mut problems = Diagnostics::new();
    let mut sources = Vec::with_capacity(plan.artifacts.len());
    for artifact in &plan.artifacts {
        match source(artifact, plan, publication, tools.templates) {
            Ok(source) => sources.push(source),
            Err(problem) => problems.push(*problem),
        }
    }
    if problems.is_empty() { Ok(sources) } else { Err(problems.sorted()) }
}

/// Turns sources into files: web pages as they are, Typst sources through the engine, on all
/// cores. The results are in the order of the plan, whatever order they were made in.
pub(super) fn make(
    plan: &Plan,
    sources: Vec<String>,
    publication: &Publication,
    tools: &Tools<'_>,
) -> Result<(Vec<Vec<u8>>, Diagnostics), Diagnostics> {
    let archival = tools.layout.is_some_and(|layout| layout.keeps_standards(has_date(publication)));
    let library = library(publication, tools.templates, tools.fonts, archival);
    let next = AtomicUsize::new(0);
    let done = AtomicUsize::new(0);
    let results = Mutex::new(BTreeMap::new());
    let work = || loop {
        let place = next.fetch_add(1, Ordering::Relaxed);
        let (Some(artifact), Some(source)) = (plan.artifacts.get(place), sources.get(place)) else {
            break;
        };
        let result = make_one(artifact, source, publication, tools, &library);
        results.lock().unwrap_or_else(PoisonError::into_inner).insert(place, result);
        (tools.progress)(done.fetch_add(1, Ordering::Relaxed) + 1, plan.artifacts.len());
    };
    std::thread::scope(|scope| {
        for _ in 1..tools.jobs.get().min(plan.artifacts.len()) {
            scope.spawn(work);
        }
        work();
    });

    collect(plan, results.into_inner().unwrap_or_else(PoisonError::into_inner))
}

/// All files, or what went wrong. A mistake in a template comes up in every document made from
/// it: the errors of the first one of each template are enough, and a warning is said once.
fn collect(
    plan: &Plan,
    results: BTreeMap<usize, Made>,
) -> Result<(Vec<Vec<u8>>, Diagnostics), Diagnostics> {
    let mut made = Vec::with_capacity(results.len());
    let mut warnings: Vec<Diagnostic> = Vec::new();
    let mut errors: BTreeMap<&str, Diagnostics> = BTreeMap::new();
    let mut others = 0;
    for (place, result) in results {
        let template = template_name(plan.artifacts[place].content);
        match result {
            Ok((bytes, new)) => {
                made.push(bytes);
                for warning in new {
                    let same =
                        |w: &Diagnostic| w.code == warning.code && w.detail == warning.detail;
                    if !warnings.iter().any(same) {
                        warnings.push(warning);
                    }
                }
            }
            Err(diags) if !errors.contains_key(template) => {
                errors.insert(template, diags);
            }
            Err(_) => others += 1,
        }
    }
    let mut all = Diagnostics::new();
    if errors.is_empty() {
        all.extend(warnings);
        return Ok((made, all));
    }
    for diags in errors.into_values() {
        all.append(diags);
    }
    if others > 0 {
        all.push(Diagnostic::hint(
            "more-failed",
            text!("另有 {others} 个文件也没有排成", "{others} more documents failed as well"),
        ));
    }
    Err(all)
}

type Made = Result<(Vec<u8>, Diagnostics), Diagnostics>;

fn make_one(
    artifact: &Artifact,
    source: &str,
    publication: &Publication,
    tools: &Tools<'_>,
    library: &[(String, Arc<str>)],
) -> Made {
    let Some(engine) = tools.engine.filter(|_| artifact.format == Format::Pdf) else {
        return Ok((source.as_bytes().to_vec(), Diagnostics::new()));
    };
    let label = artifact.paths.join(", ");
    let mut job = job(source.to_string(), library.to_vec(), label, publication);
    let name = template_name(artifact.content);
    let located = |diags: Diagnostics| failure::locate(diags, name, source, tools.templates);
    if let (Content::Notice, Some(layout)) = (artifact.content, tools.layout) {
        job = fit::fit(job, layout, publication).map_err(located)?;
    }
    let pdf = engine.pdf(&job).map_err(located)?;
    Ok((pdf.bytes, located(pdf.warnings)))
}

/// The Typst template that an artifact is made from.
fn template_name(content: Content) -> &'static str {
    match content {
        Content::Notice | Content::NoticeBody => "typst/notice.typ",
        Content::Sheet(_) => "typst/sheet.typ",
        Content::Index | Content::Breakdown => "typst/breakdown.typ",
    }
}

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
    let source = templates.typst("typst/notice.typ", &view::notice(publication))?;
    let srgb = layout.keeps_standards(has_date(publication));
    let files = library(publication, templates, Some(fonts), srgb);
    fit::fit(job(source, files, publication.id.clone(), publication), layout, publication)
}

fn has_date(publication: &Publication) -> bool {
    publication.record.date.is_some()
}

fn job(
    main: String,
    files: Vec<(String, Arc<str>)>,
    label: String,
    publication: &Publication,
) -> typeset::Job {
    let date = publication.record.date.as_ref().map(|date| date.value);
    let date = date.map(|d| (d.year().into(), d.month().unsigned_abs(), d.day().unsigned_abs()));
    typeset::Job { main, files, label, date }
}

fn source(
    artifact: &Artifact,
    plan: &Plan,
    publication: &Publication,
    templates: &Templates,
) -> Result<String, Box<Diagnostic>> {
    /// The HTML or the Typst template of a name.
    macro_rules! render {
        ($name:literal, $view:expr) => {
            match artifact.format {
                Format::Html => templates.html(concat!("html/", $name, ".html"), $view),
                Format::Pdf => templates.typst(concat!("typst/", $name, ".typ"), $view),
            }
        };
    }
    match artifact.content {
        Content::Notice => render!("notice", &view::notice(publication)),
        Content::NoticeBody => templates.html("html/notice.body.html", &view::notice(publication)),
        Content::Sheet(unit) => {
            let tasks = plan.tasks.get(&unit).map(Vec::as_slice).unwrap_or_default();
            render!("sheet", &view::sheet(publication, unit, tasks))
        }
        Content::Index => {
            let has = |format| plan.sheet_formats.contains(&format);
            let (html, pdf) = (has(Format::Html), has(Format::Pdf));
            let view = view::index(publication, &plan.sheets, html, pdf);
            templates.html("html/index.html", &view)
        }
        Content::Breakdown => render!("breakdown", &view::breakdown(publication)),
    }
}

/// The modules that Typst templates import: geometry and fonts of the run, and the layout.
fn library(
    publication: &Publication,
    templates: &Templates,
    fonts: Option<&Fonts>,
    srgb: bool,
) -> Vec<(String, Arc<str>)> {
    let filled = publication.record.common.layout.grid == Some(Grid::Filled);
    let choices = geometry::Choices { filled, srgb };
    let mut files: Vec<(String, Arc<str>)> = vec![
        ("/geometry.typ".into(), geometry::typst(choices).into()),
        (fit::PATH.into(), fit::Fit::default().typst().into()),
    ];
    if let Some(fonts) = fonts {
        files.push(("/fonts.typ".into(), fonts_module(fonts).into()));
    }
    for name in LIBRARY {
        if let (Some(text), Some(file)) = (templates.text(name), name.strip_prefix("typst")) {
            files.push((file.into(), text.into()));
        }
    }
    files
}

/// `#let body = (font: (…), weight: 400)` for each role, and where the ink of the page number's
/// dashes is above the baseline, which Typst itself cannot tell.
fn fonts_module(fonts: &Fonts) -> String {
    const DASH: char = '—';
    let middle = fonts.covers(Role::Song, DASH).and_then(|face| face.ink_middle(DASH));
    // The middle of the em box, where a font does not say.
    let dash = format!("#let dash-middle = {}em\n", middle.unwrap_or(0.38));
    let roles: String = Role::ALL
        .iter()
        .map(|&role| {
            let (key, list, weight) = (role.key(), fonts.typst_font_list(role), fonts.weight(role));
            format!("#let {key} = (font: {list}, weight: {weight}, fallback: false)\n")
        })
        .collect();
    roles + &dash
}
