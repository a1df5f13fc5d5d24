//! From a loaded project to files: the plan of artifacts, making them in parallel, writing them,
//! and the manifest. The only writer of output/.

mod glyphs;
mod lock;
mod make;
mod manifest;
mod plan;
mod project;
mod store;

pub use lock::Lock;
pub use make::{Tools, notice_job};
pub use manifest::{ArtifactEntry, Manifest};
pub use plan::{Format, Only, Selection};
pub use project::{Prepared, prepare};
pub use store::{Summary, sha256};

use std::path::Path;

use self::store::Origin;
use crate::diag::Diagnostics;
use crate::publication::Publication;
use crate::typeset;

/// One publication to build.
#[derive(Debug, Clone, Copy)]
pub struct Job<'a> {
    /// What to build.
    pub publication: &'a Publication,
    /// The files it was made from: path and text.
    pub sources: &'a [std::sync::Arc<crate::diag::Source>],
}

/// Builds one publication below `output`: makes everything that is selected, and only when all of
/// it is made, writes it. With an error, what `output` holds stays as it is.
///
/// # Errors
/// Everything that went wrong.
pub fn build(
    job: Job<'_>,
    selection: &Selection,
    tools: &Tools<'_>,
    output: &Path,
) -> Result<(Summary, Diagnostics), Diagnostics> {
    let (plan, mut remarks) = plan::plan(job.publication, selection)?;
    let sources = make::render(&plan, job.publication, tools)?;
    remarks.append(glyphs::check(&plan, &sources, job, tools.fonts)?);
    let (made, warnings) = make::make(&plan, sources, job.publication, tools)?;
    remarks.append(warnings);
    let summary = store::store(job, &plan, made, &origin(tools), output)?;
    // What Typst remembers of a publication is of little use to the next one.
    typeset::evict(1);
    Ok((summary, remarks))
}

/// What the files are made with, as the manifest records it.
fn origin(tools: &Tools<'_>) -> Origin {
    let engine =
        tools.engine.map(|engine| format!("typst {} ({})", engine.version(), engine.name()));
    let used = tools.templates.sources().filter(|(name, _)| !name.starts_with("yinfa/"));
    let templates = used
        .map(|(name, source)| (format!("templates/{name}"), sha256(source.text().as_bytes())))
        .collect();
    let files = tools.fonts.iter().flat_map(|fonts| fonts.files());
    let fonts = files
        .map(|file| {
            // The name alone: the folder is another on every machine.
            let name = file.path().file_name().map(|n| n.to_string_lossy().into_owned());
            (name.unwrap_or_default(), file.sha256().to_string())
        })
        .collect();
    Origin { engine, templates, fonts }
}
