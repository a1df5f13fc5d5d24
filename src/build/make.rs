//! Making artifacts: views through templates to HTML, and through Typst to PDF, on all cores.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use crate::diag::{Diagnostic, Diagnostics};
use crate::measure::Report;
use crate::publication::Publication;
use crate::render::Templates;
use crate::text;
use crate::typeset::{EmbeddedEngine, Engine, Fonts};
use crate::view;

use super::job::{has_date, job, library};
use super::plan::{Artifact, Content, Format, Plan};
use super::{failure, fit, office};

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
    /// A notice whose pages do not meet the standard is an error.
    pub strict: bool,
    /// How many threads.
    pub jobs: NonZeroUsize,
    /// Called after each artifact with how many are made.
    pub progress: &'a (dyn Fn(usize, usize) + Sync),
}

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

/// What was made of a plan.
#[derive(Debug, Default)]
pub(super) struct Made {
    /// The files, in the order of the plan.
    pub(super) files: Vec<Vec<u8>>,
    /// How the notice's pages meet the standard, where they were made.
    pub(super) layout: Option<Report>,
    /// What somebody should look at.
    pub(super) warnings: Diagnostics,
}

/// Turns sources into files: web pages as they are, Typst sources through the engine, on all
/// cores. The results are in the order of the plan, whatever order they were made in.
pub(super) fn make(
    plan: &Plan,
    sources: Vec<String>,
    publication: &Publication,
    tools: &Tools<'_>,
) -> Result<Made, Diagnostics> {
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
        let result = make_one(artifact, source, plan, publication, tools, &library);
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
fn collect(plan: &Plan, results: BTreeMap<usize, OneMade>) -> Result<Made, Diagnostics> {
    let mut made = Made::default();
    let mut warnings: Vec<Diagnostic> = Vec::new();
    let mut errors: BTreeMap<&str, Diagnostics> = BTreeMap::new();
    let mut others = 0;
    for (place, result) in results {
        let template = template_name(plan.artifacts[place].content);
        match result {
            Ok(mut one) => {
                made.files.append(&mut one.files);
                made.layout = made.layout.or(one.layout);
                for warning in one.warnings {
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
    if errors.is_empty() {
        made.warnings.extend(warnings);
        return Ok(made);
    }
    let mut all = Diagnostics::new();
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

type OneMade = Result<Made, Diagnostics>;

fn make_one(
    artifact: &Artifact,
    source: &str,
    plan: &Plan,
    publication: &Publication,
    tools: &Tools<'_>,
    library: &[(String, Arc<str>)],
) -> OneMade {
    if artifact.format.is_office() {
        let file = office::file(artifact, plan, publication).map_err(|problem| *problem)?;
        return Ok(Made { files: vec![file], ..Made::default() });
    }
    let Some(engine) = tools.engine.filter(|_| artifact.format == Format::Pdf) else {
        return Ok(Made { files: vec![source.as_bytes().to_vec()], ..Made::default() });
    };
    let label = artifact.paths.join(", ");
    let mut job = job(source.to_string(), library.to_vec(), label, publication);
    let name = template_name(artifact.content);
    let located = |diags: Diagnostics| failure::locate(diags, name, source, tools.templates);
    let mut layout = None;
    let mut remarks = Diagnostics::new();
    if let (Content::Notice, Some(ruler)) = (artifact.content, tools.layout) {
        let (fitted, report) = fit::fit(job, ruler, publication).map_err(located)?;
        job = fitted;
        if tools.strict && !report.passes() {
            return Err(report.problems());
        }
        if !report.passes() {
            remarks.push(not_met(&report));
        }
        layout = Some(report);
    }
    let pdf = engine.pdf(&job).map_err(located)?;
    remarks.append(located(pdf.warnings));
    Ok(Made { files: vec![pdf.bytes], layout, warnings: remarks })
}

/// Which clauses the pages do not meet: those who would rather have no notice than such a one
/// ask for `--strict-layout`.
fn not_met(report: &Report) -> Diagnostic {
    let clauses: Vec<String> =
        report.failures().map(|failed| format!("{} {}", failed.number, failed.name)).collect();
    let clauses = clauses.join("、");
    Diagnostic::warning(
        "layout-not-met",
        text!(
            "通知的版面不合 GB/T 9704-2012：{clauses}",
            "the notice's pages do not meet GB/T 9704-2012: {clauses}"
        ),
    )
    .help(text!("用 yinfa measure 逐条查看", "`yinfa measure` shows each with what was measured"))
}

/// The Typst template that an artifact is made from.
fn template_name(content: Content) -> &'static str {
    match content {
        Content::Notice | Content::NoticeBody => "typst/notice.typ",
        Content::Sheet(_) => "typst/sheet.typ",
        Content::Index | Content::Breakdown => "typst/breakdown.typ",
    }
}

fn source(
    artifact: &Artifact,
    plan: &Plan,
    publication: &Publication,
    templates: &Templates,
) -> Result<String, Box<Diagnostic>> {
    // Made from the view alone, without a template.
    if artifact.format.is_office() {
        return Ok(String::new());
    }
    /// The HTML or the Typst template of a name.
    macro_rules! render {
        ($name:literal, $view:expr) => {
            match artifact.format {
                Format::Html => templates.html(concat!("html/", $name, ".html"), $view),
                _ => templates.typst(concat!("typst/", $name, ".typ"), $view),
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
            let there = view::SheetFormats {
                html: has(Format::Html),
                pdf: has(Format::Pdf),
                xlsx: has(Format::Xlsx),
                docx: has(Format::Docx),
            };
            let view = view::index(publication, &plan.sheets, there);
            templates.html("html/index.html", &view)
        }
        Content::Breakdown => render!("breakdown", &view::breakdown(publication)),
    }
}
