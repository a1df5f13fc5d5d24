//! From a loaded project to files: the plan of artifacts, making them in parallel, writing them,
//! and the manifest. The only writer of output/.

mod commit;
mod content;
mod eviction;
mod failure;
mod fit;
mod font_preload;
mod glyphs;
mod job;
mod key;
mod layout;
mod leftovers;
mod lock;
mod make;
mod memory;
mod merge;
mod outputs;
mod part;
mod place;
mod plan;
mod reason;
mod run;
mod sheet_fit;
mod staging;
mod store;
mod summary;

pub use job::{Document, document_job, lay_out, notice_job};
pub use leftovers::leftovers;
pub use lock::Lock;
pub use make::Tools;
pub use merge::merge;
pub use part::Part;
pub use place::may_write;
pub use plan::{Only, Selection};
pub use reason::Reason;
pub use summary::{OUTPUT_FAILED, Summary};

use std::path::Path;

use self::font_preload::FontPreload;
use self::reason::OnDisk;
use self::run::Before;
use base::diag::Diagnostics;
use records::publication::Publication;

/// One publication to build.
#[derive(Debug, Clone, Copy)]
pub struct Job<'a> {
    /// What to build.
    pub publication: &'a Publication,
    /// The files it was made from: path and text.
    pub sources: &'a [std::sync::Arc<base::diag::Source>],
}

/// Builds one publication below `output`: makes what is selected and not there yet, and only when
/// all of it is made, writes it. With an error, what `output` holds stays as it is.
///
/// # Errors
/// Everything that went wrong.
pub fn build(
    job: Job<'_>,
    selection: &Selection,
    tools: &Tools<'_>,
    output: &Path,
) -> Result<(Summary, Diagnostics), Diagnostics> {
    let before = Before::of(job, selection, tools, output)?;
    let preload = FontPreload::new(tools);
    std::thread::scope(|scope| {
        if !before.is_built {
            preload.start(scope);
        }
        let on_disk =
            store::on_disk(&before.folder, &before.plan, &before.old.manifest, tools.jobs);
        if before.is_built && on_disk.values().all(|state| *state == OnDisk::Same) {
            return Ok(before.unchanged());
        }
        let built = before.build(&on_disk, &preload);
        preload.stop();
        built
    })
}
