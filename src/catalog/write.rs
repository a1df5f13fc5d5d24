//! Writing a catalogue: whole in a folder beside its place, then exchanged with what stood there.
//!
//! Between the two renames of the exchange there is no catalogue at its place for a moment; a program
//! that is killed just then leaves the old one in the staging folder, and the next run puts it back.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use serde::{Deserialize, Serialize};
use walkdir::WalkDir;

use super::audience::Audience;
use super::site::{Content, Site};
use crate::build::sha256;
use crate::diag::{Diagnostic, Text};
use crate::text;

/// The list of a catalogue's files, which also says that a folder is one of ours.
pub const LIST: &str = "yinfa-catalog.json";
// The new catalogue, the old one, and the file that is locked, in a staging folder.
const NEW: &str = "new";
const OLD: &str = "old";
const LOCK: &str = "lock";

/// The list of files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct List {
    /// The version of this form.
    catalog: u32,
    /// `public` or `internal`.
    audience: String,
    /// SHA-256 by path.
    files: BTreeMap<String, String>,
}

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// How many files.
    pub files: usize,
    /// How many bytes they have.
    pub bytes: u64,
    /// Whether the same catalogue stood there already; nothing was written then.
    pub unchanged: bool,
}

/// Whether a catalogue may be put at `target`: only where there is nothing, an empty folder, or a
/// catalogue of ours for the same audience in which nobody has put or changed anything.
///
/// # Errors
/// What stands there.
pub fn may_write(target: &Path, archive: &Path, audience: Audience) -> Result<(), Box<Diagnostic>> {
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
        Err(error) => return Err(Box::new(failed(target, &error))),
        Ok(about) => about,
    };
    if !about.is_dir() {
        return Err(refused(text!(
            "“{target}”不是普通文件夹",
            "“{target}” is no plain folder",
            target = target.display()
        )));
    }
    let mut entries = fs::read_dir(target).map_err(|error| Box::new(failed(target, &error)))?;
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
fn untouched(target: &Path, list: &List) -> Result<(), Box<Diagnostic>> {
    let mut others = Vec::new();
    for entry in WalkDir::new(target).min_depth(1).sort_by_file_name() {
        let entry = entry.map_err(|error| Box::new(failed(target, &error.into())))?;
        if entry.file_type().is_dir() {
            continue;
        }
        let path = crate::content::display(target, entry.path());
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

/// Puts right what a run that was killed left beside `target`.
pub fn recover(target: &Path) {
    let Some((parent, prefix)) = beside(target) else { return };
    let entries = fs::read_dir(parent).into_iter().flatten().filter_map(Result::ok);
    for entry in entries.filter(|e| e.file_name().to_string_lossy().starts_with(&prefix)) {
        let staging = entry.path();
        // Whoever still works on it holds its lock.
        let lock = File::options().append(true).open(staging.join(LOCK));
        if lock.as_ref().is_ok_and(|lock| lock.try_lock().is_err()) {
            continue;
        }
        if target.symlink_metadata().is_err() {
            // What cannot be put back is not removed either.
            if staging.join(OLD).exists() && fs::rename(staging.join(OLD), target).is_err() {
                continue;
            }
        }
        let _ = fs::remove_dir_all(staging);
    }
}

/// The folder that a target stands in, and how names of its staging folders begin.
fn beside(target: &Path) -> Option<(&Path, String)> {
    let parent = match target.parent()? {
        parent if parent.as_os_str().is_empty() => Path::new("."),
        parent => parent,
    };
    Some((parent, format!(".{}.staging-", target.file_name()?.to_string_lossy())))
}

/// Writes a catalogue. [`may_write`] must have allowed it.
///
/// # Errors
/// When it cannot be written, or a file of the archive has changed; what stood there stays.
pub fn write(site: &Site, target: &Path, audience: Audience) -> Result<Written, Box<Diagnostic>> {
    let failed = |error: io::Error| Box::new(failed(target, &error));
    let Some((parent, prefix)) = beside(target) else {
        return Err(failed(io::Error::from(io::ErrorKind::InvalidInput)));
    };
    let text = list_of(site, audience);
    let mut written = Written { files: site.files.len() + 1, bytes: 0, unchanged: false };
    if fs::read(target.join(LIST)).is_ok_and(|held| held == text) {
        let all = site.files.keys().all(|path| target.join(path).is_file());
        if all {
            return Ok(Written { unchanged: true, ..written });
        }
    }
    fs::create_dir_all(parent).map_err(failed)?;
    let staging = tempfile::Builder::new().prefix(&prefix).tempdir_in(parent).map_err(failed)?;
    let lock = File::create_new(staging.path().join(LOCK)).map_err(failed)?;
    // Some network file systems know no locks.
    let _ = lock.try_lock();
    let (new, old) = (staging.path().join(NEW), staging.path().join(OLD));
    written.bytes = stage(site, &new).map_err(failed)?;
    // Last: without it a folder is no catalogue.
    write_file(&new.join(LIST), &text).map_err(failed)?;
    let had = target.symlink_metadata().is_ok();
    if had {
        fs::rename(target, &old).map_err(failed)?;
    }
    if let Err(error) = fs::rename(&new, target) {
        if had {
            let _ = fs::rename(&old, target);
        }
        return Err(failed(error));
    }
    Ok(written)
}

fn list_of(site: &Site, audience: Audience) -> Vec<u8> {
    let digest = |content: &Content| match content {
        Content::Here(bytes) => sha256(bytes),
        Content::Copy { sha256, .. } => sha256.clone(),
    };
    let files = site.files.iter().map(|(path, content)| (path.clone(), digest(content)));
    let list = List { catalog: 1, audience: audience.name().into(), files: files.collect() };
    let mut text = serde_json::to_vec_pretty(&list).unwrap_or_default();
    text.push(b'\n');
    text
}

/// Writes all files into a new folder, several at once since each is synced.
fn stage(site: &Site, folder: &Path) -> io::Result<u64> {
    fs::create_dir(folder)?;
    let mut folders: Vec<PathBuf> = site
        .files
        .keys()
        .filter_map(|path| folder.join(path).parent().map(Path::to_path_buf))
        .collect();
    folders.dedup();
    folders.iter().try_for_each(fs::create_dir_all)?;
    let queue = Mutex::new(site.files.iter());
    let work = || -> io::Result<u64> {
        let mut bytes = 0;
        loop {
            let next = queue.lock().map_err(|_| io::Error::other("another thread failed"))?.next();
            let Some((path, content)) = next else { return Ok(bytes) };
            let target = folder.join(path);
            bytes += match content {
                Content::Here(bytes) => write_file(&target, bytes)?,
                Content::Copy { bag, path, sha256: digest } => {
                    let read = fs::read(bag.join(path))?;
                    if sha256(&read) != *digest {
                        let name = bag.join(path);
                        return Err(io::Error::other(format!("{} has changed", name.display())));
                    }
                    write_file(&target, &read)?
                }
            };
        }
    };
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(work)).collect();
        let done = threads.into_iter().map(|thread| {
            thread.join().unwrap_or_else(|_| Err(io::Error::other("a thread failed")))
        });
        done.collect::<Vec<_>>().into_iter().sum()
    })
}

fn write_file(path: &Path, bytes: &[u8]) -> io::Result<u64> {
    let mut file = File::create_new(path)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    Ok(bytes.len() as u64)
}

fn refused(message: Text) -> Box<Diagnostic> {
    Box::new(Diagnostic::error("catalog-target", message).help(text!(
        "请用 -o 另指一个空的或还没有的文件夹",
        "name an empty folder, or one that is not there yet, with `-o`"
    )))
}

fn failed(target: &Path, error: &io::Error) -> Diagnostic {
    let target = target.display();
    Diagnostic::error(
        "catalog-failed",
        text!(
            "写不进“{target}”，原来的目录没有改动",
            "cannot write “{target}”: what was there is untouched"
        ),
    )
    .detail(error.to_string())
    .help(text!("请检查磁盘空间和写入权限", "check free space and permissions"))
}
