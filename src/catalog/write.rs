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

use super::audience::Audience;
use super::site::{Content, Site};
use base::diag::Diagnostic;
use base::disk::sha256;
use base::text;

/// The list of a catalogue's files, which also says that a folder is one of ours.
pub const LIST: &str = "yinfa-catalog.json";
// The new catalogue, the old one, and the file that is locked, in a staging folder.
const NEW: &str = "new";
const OLD: &str = "old";
const LOCK: &str = "lock";

/// The list of files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct List {
    /// The version of this form.
    catalog: u32,
    /// `public` or `internal`.
    pub(super) audience: String,
    /// SHA-256 by path.
    pub(super) files: BTreeMap<String, String>,
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

/// Puts right what a run that was killed left beside `target`.
pub fn recover(target: &Path) {
    let Some((parent, prefix)) = beside(target) else { return };
    let entries = fs::read_dir(parent).into_iter().flatten().filter_map(Result::ok);
    for entry in entries.filter(|e| e.file_name().to_string_lossy().starts_with(&prefix)) {
        let staging = entry.path();
        // Whoever still works on it holds its lock.
        let lock = File::options().append(true).open(staging.join(LOCK));
        // One that is just being made has no lock yet, nor anything else.
        let is_empty = || fs::read_dir(&staging).is_ok_and(|mut entries| entries.next().is_none());
        if lock.is_err() && is_empty() {
            continue;
        }
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

/// Writes a catalogue. [`may_write`](super::may_write) must have allowed it.
///
/// # Errors
/// When it cannot be written, or a file of the archive has changed; what stood there stays.
pub fn write(site: &Site, target: &Path, audience: Audience) -> Result<Written, Diagnostic> {
    let failed = |error: io::Error| failed(target, &error);
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

pub(super) fn failed(target: &Path, error: &io::Error) -> Diagnostic {
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
