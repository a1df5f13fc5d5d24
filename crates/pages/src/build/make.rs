//! Making artifacts: views through templates to HTML, and through Typst to PDF, on all cores.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use crate::render::Templates;
use crate::typeset::{self, EmbeddedEngine, Engine, Fonts};
use base::diag::{Diagnostic, Diagnostics};
use base::text;
use records::publication::Publication;

use super::content::{Content, Rendered};
use super::eviction::Schedule;
use super::job::{has_date, job, library};
use super::outputs::{Output, Outputs};
use super::plan::{Artifact, Plan};
use super::staging::Staging;
use super::{failure, fit, layout, outputs};
use records::content::schema::formats::Format;

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
    /// Everything is made again, whatever is remembered of it.
    pub force: bool,
    /// The folder that remembers builds; nothing is remembered without one.
    pub state: Option<&'a Path>,
    /// What tells this program from another that may make other bytes.
    pub program: &'a str,
    /// How many threads.
    pub jobs: NonZeroUsize,
    /// Called after each artifact with how many are made, of how many.
    pub progress: &'a (dyn Fn(usize, usize) + Sync),
}

/// Runs the templates: the HTML or the Typst source of each artifact, in the order of the plan.
pub(super) fn render(
    plan: &Plan,
    publication: &Publication,
    tools: &Tools<'_>,
) -> Result<Vec<Rendered>, Diagnostics> {
    let _timed = typeset::timed("render");
    let mut problems = Diagnostics::new();
    let mut sources = Vec::with_capacity(plan.artifacts.len());
    let contents = plan.contents(publication);
    for artifact in &plan.artifacts {
        match contents.source(artifact.content, artifact.format, tools.templates) {
            Ok(source) => sources.push(source),
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() { Ok(sources) } else { Err(problems.sorted()) }
}

/// A file to make: its place in the plan, and the source it is made from.
#[derive(Debug)]
pub(super) struct Work {
    pub(super) place: usize,
    pub(super) source: Source,
}

/// What a file is made from.
#[derive(Debug)]
pub(super) enum Source {
    /// A web page, which is the file.
    Page(String),
    /// A document to be set.
    Document(typeset::Job),
    /// The view itself, which no template is between.
    Office,
}

/// Turns sources into files that wait in a staging folder: web pages as they are, documents
/// through the engine, on all cores, what takes longest first. What comes out does not depend on
/// the order.
pub(super) fn make(
    plan: &Plan,
    work: Vec<Work>,
    publication: &Publication,
    tools: &Tools<'_>,
    staging: &Staging,
) -> Result<Outputs, Diagnostics> {
    let _timed = typeset::timed("make");
    let mut order: Vec<&Work> = work.iter().collect();
    order.sort_by_key(|work| std::cmp::Reverse(plan.weight(work.place)));
    let lengths = work.iter().filter_map(|work| match &work.source {
        Source::Document(job) => Some(job.main.len()),
        Source::Page(_) | Source::Office => None,
    });
    let evictions = Schedule::new(lengths, tools.jobs.get());
    let next = AtomicUsize::new(0);
    let done = AtomicUsize::new(0);
    let results = Mutex::new(BTreeMap::new());
    let run = || {
        while let Some(work) = order.get(next.fetch_add(1, Ordering::Relaxed)) {
            let artifact = &plan.artifacts[work.place];
            let result = make_one(artifact, &work.source, plan, publication, tools);
            let result = result.and_then(|output| output.stage(artifact, staging));
            results.lock().unwrap_or_else(PoisonError::into_inner).insert(work.place, result);
            let done = done.fetch_add(1, Ordering::Relaxed) + 1;
            (tools.progress)(done, order.len());
            if evictions.is_due_after(done) {
                typeset::evict(1);
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..tools.jobs.get().min(order.len()) {
            scope.spawn(|| typeset::alone(run));
        }
        // The manifest names the fonts with their digests: they are worked out meanwhile.
        for file in tools.fonts.filter(|_| evictions.documents() > 0).iter().flat_map(|f| f.files())
        {
            scope.spawn(|| file.sha256().len());
        }
        typeset::alone(run);
    });
    outputs::collect(plan, results.into_inner().unwrap_or_else(PoisonError::into_inner))
}

/// The jobs of a publication's documents.
pub(super) struct Jobs {
    /// The modules that all of them import.
    pub(super) library: Vec<(String, Arc<str>)>,
}

impl Jobs {
    pub(super) fn new(publication: &Publication, tools: &Tools<'_>) -> Self {
        let dated = has_date(publication);
        let archival = tools.layout.is_some_and(|layout| layout.keeps_standards(dated));
        Self { library: library(publication, tools.templates, tools.fonts, archival) }
    }

    /// What an artifact with this source is made from.
    pub(super) fn source(
        &self,
        artifact: &Artifact,
        source: Rendered,
        publication: &Publication,
    ) -> Source {
        match artifact.format {
            Format::Html => Source::Page(source.text),
            Format::Xlsx | Format::Docx => Source::Office,
            Format::Pdf => {
                let label = artifact.paths.join(", ");
                Source::Document(job(source, self.library.clone(), label, publication))
            }
        }
    }
}

fn make_one(
    artifact: &Artifact,
    source: &Source,
    plan: &Plan,
    publication: &Publication,
    tools: &Tools<'_>,
) -> Result<Output, Diagnostics> {
    let (job, engine) = match (source, tools.engine) {
        (Source::Document(job), Some(engine)) => (job, engine),
        (Source::Page(page), _) => {
            return Ok(Output::plain(page.as_bytes().to_vec()));
        }
        // Whoever asks for PDFs has an engine.
        (Source::Document(job), None) => {
            let label = &job.label;
            let wrong = text!("没有排版引擎，排不了“{label}”", "no engine to set “{label}” with");
            return Err(Diagnostic::error("engine-missing", wrong).into());
        }
        (Source::Office, _) => {
            let file = artifact.paths.join(", ");
            let contents = plan.contents(publication);
            return Ok(Output::plain(contents.office(artifact.content, artifact.format, &file)?));
        }
    };
    let name = artifact.content.template(artifact.format).unwrap_or_default();
    let located = |diags: Diagnostics| failure::locate(diags, name, &job.main, tools.templates);
    let mut layout = None;
    let mut fitted = None;
    if let (Some(ruler), Some(paper)) =
        (tools.layout, plan.contents(publication).paper(artifact.content))
    {
        let _timed = typeset::timed("fit sheet");
        fitted = Some(paper.fit(job.clone(), ruler).map_err(located)?.0);
    }
    if let (Content::Notice, Some(ruler)) = (artifact.content, tools.layout) {
        let _timed = typeset::timed("fit and measure");
        let (job, report) = fit::fit(job.clone(), ruler, publication).map_err(located)?;
        if tools.strict && !report.passes() {
            return Err(report.problems());
        }
        fitted = Some(job);
        layout = Some(layout::entry(&report));
    }
    let _timed = typeset::timed("typeset");
    let pdf = engine.pdf(fitted.as_ref().unwrap_or(job)).map_err(located)?;
    Ok(Output { file: pdf.bytes, layout, warnings: located(pdf.warnings) })
}
