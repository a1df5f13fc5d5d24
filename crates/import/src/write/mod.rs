//! A draft to YAML as a person would write it.

mod items;
mod names;
mod notice;
mod prose;
mod sections;
mod units;
mod yaml;

use super::draft::Draft;
use super::registry::Proposal;
use names::Names;

/// A file of a publication: its path in the publication's folder, and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// The path, with `/`.
    pub path: String,
    /// The text.
    pub text: String,
}

/// What decides how records are written besides the draft.
pub(crate) struct Setting<'a> {
    /// The name of the file that was read.
    pub(crate) source: &'a str,
    /// The registry that goes with it; `None` where one exists already.
    pub(crate) proposal: Option<&'a Proposal>,
    /// Recipients that the registry has a wording for.
    pub(crate) known_recipients: &'a [String],
    /// Brackets that will be printed in other words than the source's: for each part in order.
    pub(crate) rewordings: &'a [Option<String>],
}

/// Writes all files.
pub(crate) fn files(draft: &Draft, setting: &Setting<'_>) -> Vec<File> {
    let names = Names::new(draft);
    let mut files =
        vec![File { path: "notice.yaml".into(), text: notice::write(draft, &names, setting) }];
    if let Some(proposal) = setting.proposal {
        files
            .push(File { path: "units.yaml".into(), text: units::write(proposal, setting.source) });
    }
    files.extend(items::write(draft, &names, setting.rewordings));
    files
}

/// A file, left alone by the reader, with what an existing registry lacks.
pub(crate) fn units_to_add(missing: &Proposal, source: &str) -> File {
    File { path: "_units-to-add.yaml".into(), text: units::write(missing, source) }
}
