//! From a loaded project to files: the plan of artifacts, making them in parallel, writing them,
//! and the manifest. The only writer of output/.

mod failure;
mod fit;
mod glyphs;
mod job;
mod leftovers;
mod lock;
mod make;
mod manifest;
mod plan;
mod project;
mod store;

pub use job::{Document, document_job, lay_out, notice_job};
pub use leftovers::leftovers;
pub use lock::Lock;
pub use make::Tools;
pub use manifest::{ArtifactEntry, ClauseEntry, LayoutEntry, Manifest};
pub use plan::{Format, Only, Selection};
pub use project::{Prepared, prepare};
pub use store::{OUTPUT_FAILED, Summary, sha256};

use std::collections::BTreeMap;
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
    let folder = output.join(&job.publication.id);
    let old = store::read_manifest(&folder)?;
    let (plan, mut remarks) = plan::plan(job.publication, selection, &old)?;
    let sources = make::render(&plan, job.publication, tools)?;
    remarks.append(glyphs::check(&plan, &sources, job, tools.fonts)?);
    let mut made = make::make(&plan, sources, job.publication, tools)?;
    remarks.append(std::mem::take(&mut made.warnings));
    let summary = store::store(job, &plan, made, &origin(tools), old, &folder)?;
    // What Typst remembers of a publication is of little use to the next one.
    typeset::evict(1);
    Ok((summary, remarks))
}

/// What the files are made with, as the manifest records it.
fn origin(tools: &Tools<'_>) -> Origin {
    let engine =
        tools.engine.map(|engine| format!("typst {} ({})", engine.version(), engine.name()));
    // A built-in template counts beside the one that overrides it: that may build on it.
    let counts =
        |name: &str| name.strip_prefix("yinfa/").is_none_or(|n| tools.templates.is_changed(n));
    let used = tools.templates.sources().filter(|(name, _)| counts(name));
    let templates = used
        .map(|(name, source)| (format!("templates/{name}"), sha256(source.text().as_bytes())))
        .collect();
    let files = tools.fonts.iter().flat_map(|fonts| fonts.files());
    let mut fonts = BTreeMap::new();
    for file in files {
        // The name alone: the folder is another on every machine.
        let name = file.path().file_name().map(|n| n.to_string_lossy().into_owned());
        let (mut name, hash) = (name.unwrap_or_default(), file.sha256());
        if fonts.get(&name).is_some_and(|other| other != hash) {
            name = format!("{name} ({})", &hash[..8]);
        }
        fonts.insert(name, hash.to_string());
    }
    Origin { engine, templates, fonts }
}
