//! What a face is told while a session works.

use std::path::Path;

use base::diag::Diagnostics;
use pages::build::Summary;

/// Something that a face may want to show.
#[derive(Debug)]
pub(crate) enum Event<'a> {
    /// Problems; the same one may be told several times.
    Problems(&'a Diagnostics),
    /// Remarks that deserve one line each.
    Remarks(&'a Diagnostics),
    /// How many files of a publication are made.
    Progress { name: &'a str, done: usize, all: usize },
    /// A publication was built into its folder below `output`.
    Built { id: &'a str, summary: &'a Summary, output: &'a Path },
    /// A publication was not built; its files are as they were.
    Failed { id: &'a str, problems: &'a Diagnostics },
    /// A round of a run that repeats has ended: the next one reports everything anew.
    RoundEnded,
    /// Changes are waited for.
    Waiting,
    /// The run was asked to end and waits for the build at work.
    Finishing,
}

/// The face, as a session sees it.
pub(crate) type Tell<'a> = &'a (dyn Fn(Event<'_>) + Sync);
