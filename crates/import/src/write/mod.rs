//! A draft to YAML as a person would write it.

mod file;
mod items;
mod names;
mod notice;
mod prose;
mod sections;
mod units;
mod yaml;

use crate::draft::Draft;
use crate::registry::Proposal;
pub use file::File;
pub(crate) use file::Setting;
use names::Names;

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
