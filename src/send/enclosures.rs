//! Files that are added to every packet with `--with`: the sealed notice.

use std::collections::BTreeSet;
use std::path::PathBuf;

use base::diag::{Diagnostic, Diagnostics};
use base::disk::file_name;
use base::text;

use super::sheets::SheetFile;

/// What a packet has beside the files: their names are taken.
const TAKEN: [&str; 3] = ["message.txt", "SHA256SUMS", "封面说明.html"];

/// The files added to every packet that have the name of one of a unit's own files.
pub(super) fn clashes(with: &[SheetFile], own: &[SheetFile]) -> Vec<Diagnostic> {
    let is_own = |file: &&SheetFile| {
        let name = file.entry.name.to_lowercase();
        own.iter().any(|own| own.entry.name.to_lowercase() == name)
    };
    with.iter().filter(is_own).map(|file| twice(&file.path.display().to_string())).collect()
}

fn twice(shown: &str) -> Diagnostic {
    Diagnostic::error(
        "with-twice",
        text!(
            "“{shown}”与发给各单位的另一个文件同名",
            "“{shown}” has the name of another file that is sent"
        ),
    )
    .help(text!("请给它换个名称", "give it another name"))
}

/// Reads the files that are added to every packet.
///
/// # Errors
/// Those that cannot be read or whose names are taken.
pub fn enclosures(paths: &[PathBuf]) -> Result<Vec<SheetFile>, Diagnostics> {
    let mut diags = Diagnostics::new();
    let mut files = Vec::new();
    let mut names: BTreeSet<String> = TAKEN.iter().map(|name| name.to_lowercase()).collect();
    for path in paths {
        let shown = path.display();
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let (stem, extension) = name.rsplit_once('.').unwrap_or((&name, ""));
        let mut name = file_name(stem);
        if !extension.is_empty() {
            name = format!("{name}.{}", file_name(extension));
        }
        if !names.insert(name.to_lowercase()) {
            diags.push(twice(&shown.to_string()));
            continue;
        }
        match SheetFile::open(path, name) {
            Ok(file) => files.push(file),
            Err(error) => diags.push(
                Diagnostic::error(
                    "with-unreadable",
                    text!("读不出“{shown}”", "“{shown}” cannot be read"),
                )
                .detail(error.to_string())
                .help(text!("请核对 --with 后面的文件名", "check the name behind `--with`")),
            ),
        }
    }
    if diags.is_empty() { Ok(files) } else { Err(diags) }
}
