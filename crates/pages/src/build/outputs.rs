//! The files that were made of a plan, with what was found wrong on the way.

use std::collections::{BTreeMap, BTreeSet};

use base::diag::{Diagnostic, Diagnostics};
use base::text;
use records::manifest::LayoutEntry;

use super::plan::{Artifact, Plan};
use super::staging::{StagedFile, Staging};
use super::summary::{OUTPUT_FAILED, write_failed};

/// The files that were made of a plan.
#[derive(Debug, Default)]
pub(super) struct Outputs {
    /// The files by their place in the plan; those that were kept are not among them.
    pub(super) files: BTreeMap<usize, StagedFile>,
    /// How the notice's pages meet the standard, where they were made.
    pub(super) layout: Option<LayoutEntry>,
    /// Places of files that somebody should look at.
    pub(super) remarked: BTreeSet<usize>,
    /// What somebody should look at.
    pub(super) warnings: Diagnostics,
}

/// One file that was made: its bytes, or where it is staged.
#[derive(Debug)]
pub(super) struct Output<File = Vec<u8>> {
    pub(super) file: File,
    pub(super) layout: Option<LayoutEntry>,
    pub(super) warnings: Diagnostics,
}

impl Output {
    /// A file with nothing to be said of it.
    pub(super) fn plain(file: Vec<u8>) -> Self {
        Self { file, layout: None, warnings: Diagnostics::new() }
    }

    /// Writes it into the staging folder.
    pub(super) fn stage(
        self,
        artifact: &Artifact,
        staging: &Staging,
    ) -> Result<Output<StagedFile>, Diagnostics> {
        let failed = |error| Diagnostics::from(write_failed(staging.folder(), &error));
        let file = staging.stage(&artifact.paths, &self.file).map_err(failed)?;
        Ok(Output { file, layout: self.layout, warnings: self.warnings })
    }
}

/// All files, or what went wrong. A mistake in a template comes up in every document made from
/// it: the errors of the first document of each kind are enough, and a warning is said once.
pub(super) fn collect(
    plan: &Plan,
    results: BTreeMap<usize, Result<Output<StagedFile>, Diagnostics>>,
) -> Result<Outputs, Diagnostics> {
    let mut outputs = Outputs::default();
    let mut warnings: Vec<Diagnostic> = Vec::new();
    let mut errors: BTreeMap<&str, Diagnostics> = BTreeMap::new();
    let mut others = 0;
    for (place, result) in results {
        let kind = plan.artifacts[place].content.kind();
        match result {
            Ok(output) => {
                outputs.files.insert(place, output.file);
                outputs.layout = outputs.layout.or(output.layout);
                if !output.warnings.is_empty() {
                    outputs.remarked.insert(place);
                }
                for warning in output.warnings {
                    let same =
                        |w: &Diagnostic| w.code == warning.code && w.detail == warning.detail;
                    if !warnings.iter().any(same) {
                        warnings.push(warning);
                    }
                }
            }
            // A disk that takes no more takes none of the others.
            Err(diags) if diags.iter().any(|d| d.code == OUTPUT_FAILED) => return Err(diags),
            Err(diags) if !errors.contains_key(kind) => {
                errors.insert(kind, diags);
            }
            Err(_) => others += 1,
        }
    }
    if errors.is_empty() {
        outputs.warnings.extend(warnings);
        return Ok(outputs);
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
