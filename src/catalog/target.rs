//! Where a catalogue may be put: nothing of anybody else's is ever replaced.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::audience::Audience;
use super::write::{LIST, List, failed};
use base::diag::{Diagnostic, Text};
use base::disk::sha256;
use base::text;

/// Whether a catalogue may be put at `target`: only where there is nothing, an empty folder, or a
/// catalogue of ours for the same audience in which nobody has put or changed anything.
///
/// # Errors
/// What stands there.
pub fn may_write(target: &Path, archive: &Path, audience: Audience) -> Result<(), Diagnostic> {
    let (real, of_archive) = (real(target), real(archive));
    if real.starts_with(&of_archive) || of_archive.starts_with(&real) {
        return Err(refused(text!(
            "“{target}”和归档文件夹在一起，归档文件夹里只放归档包",
            "“{target}” and the archive lie in one another: an archive holds packages only",
            target = target.display()
        )));
    }
    let about = match target.symlink_metadata() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(failed(target, &error)),
        Ok(about) => about,
    };
    if !about.is_dir() {
        return Err(refused(text!(
            "“{target}”不是普通文件夹",
            "“{target}” is no plain folder",
            target = target.display()
        )));
    }
    let mut entries = fs::read_dir(target).map_err(|error| failed(target, &error))?;
    if entries.next().is_none() {
        return Ok(());
    }
    let Some(list) = list(target) else {
        return Err(refused(text!(
            "“{target}”里有别的文件，不是本程序编的目录",
            "“{target}” has other files in it and is no catalogue of ours",
            target = target.display()
        )));
    };
    if list.audience != audience.name() {
        return Err(refused(text!(
            "“{target}”里是另一种目录（{had}），不会换成 {audience}",
            "“{target}” holds a catalogue for another audience ({had}): it is not replaced by one that is {audience}",
            target = target.display(),
            had = list.audience
        )));
    }
    untouched(target, &list)
}

/// Refuses where somebody has added or changed a file.
fn untouched(target: &Path, list: &List) -> Result<(), Diagnostic> {
    let mut others = Vec::new();
    for entry in WalkDir::new(target).min_depth(1).sort_by_file_name() {
        let entry = entry.map_err(|error| failed(target, &error.into()))?;
        if entry.file_type().is_dir() {
            continue;
        }
        let path = records::content::display(target, entry.path());
        if path == LIST {
            continue;
        }
        let ours = entry.file_type().is_file()
            && list.files.get(&path).is_some_and(|digest| {
                fs::read(entry.path()).is_ok_and(|bytes| sha256(&bytes) == *digest)
            });
        if !ours {
            others.push(path);
        }
    }
    if others.is_empty() {
        return Ok(());
    }
    let count = others.len();
    others.truncate(5);
    let names = others.join(", ");
    Err(refused(text!(
        "“{target}”里有 {count} 个文件不是目录原来的：{names}",
        "in “{target}” {count} files are not as they were made: {names}",
        target = target.display()
    )))
}

fn list(target: &Path) -> Option<List> {
    serde_json::from_slice(&fs::read(target.join(LIST)).ok()?).ok()
}

/// A path without links, as far as it exists.
fn real(path: &Path) -> PathBuf {
    for ancestor in path.ancestors() {
        if let (Ok(real), Ok(rest)) = (ancestor.canonicalize(), path.strip_prefix(ancestor)) {
            return real.join(rest);
        }
    }
    path.to_path_buf()
}

fn refused(message: Text) -> Diagnostic {
    Diagnostic::error("catalog-target", message).help(text!(
        "请用 -o 另指一个空的或还没有的文件夹",
        "name an empty folder, or one that is not there yet, with `-o`"
    ))
}
