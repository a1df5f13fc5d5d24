//! Folders of publications that are no longer there.

use std::path::Path;

use walkdir::WalkDir;

use base::diag::{Diagnostic, Diagnostics};
use base::text;
use records::content::display;

/// A hint for each folder below `output` that holds a manifest but belongs to no publication:
/// nothing of it is removed, since it may be what is left of something that was issued.
pub fn leftovers(output: &Path, ids: &[&str]) -> Diagnostics {
    let mut diags = Diagnostics::new();
    let files = WalkDir::new(output).min_depth(2).max_depth(6).sort_by_file_name();
    for entry in files.into_iter().filter_map(Result::ok) {
        let Some(folder) = entry.path().parent().filter(|_| entry.file_name() == "manifest.json")
        else {
            continue;
        };
        let id = display(output, folder);
        if !ids.contains(&id.as_str()) {
            diags.push(
                Diagnostic::hint(
                    "output-leftover",
                    text!(
                        "输出文件夹里的“{id}”已没有对应的通知",
                        "the output folder holds “{id}”, which is no publication any more"
                    ),
                )
                .help(text!("不再需要时请自行删去", "delete it if it is no longer needed")),
            );
        }
    }
    diags
}
