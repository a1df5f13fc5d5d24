//! Writing a catalogue: whole in a folder beside its place, then exchanged with what stood there.
//!
//! Between the two renames of the exchange there is no catalogue at its place for a moment; a program
//! that is killed just then leaves the old one in the staging folder, and the next run puts it back.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::Mutex;

use serde::{Deserialize, Serialize};

use super::audience::Audience;
use super::site::{Content, Site};
use base::diag::Diagnostic;
use base::disk::{FileLock, Staging, exchange, is_locked, leftovers, put_back, sha256};
use base::text;

/// The list of a catalogue's files, which also says that a folder is one of ours.
pub const LIST: &str = "yinfa-catalog.json";
// The new catalogue, the old one, and the file that is locked, in a staging folder.
const NEW: &str = "new";
const OLD: &str = "old";
const LOCK: &str = "lock";

/// So many threads write files.
const THREADS: usize = 4;

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

/// Restores what a run that was killed left beside `target`, and removes its staging folder.
pub fn recover(target: &Path) {
    let Some((parent, prefix)) = beside(target) else { return };
    for staging in leftovers(parent, &prefix) {
        // A run that is still at work holds the lock in its staging folder; one that has just begun
        // has not put it there yet, nor anything else.
        let is_empty = || fs::read_dir(&staging).is_ok_and(|mut entries| entries.next().is_none());
        if is_locked(&staging.join(LOCK)) || is_empty() {
            continue;
        }
        if put_back(&staging.join(OLD), target).is_ok() {
            let _ = fs::remove_dir_all(staging);
        }
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
    let staging = Staging::create(parent, &prefix).map_err(failed)?;
    // Some network drives know no locks; there a catalogue is written without one.
    let _lock = FileLock::take(&staging.path().join(LOCK));
    let new = staging.make_folder(NEW).map_err(failed)?;
    written.bytes = stage(site, &staging).map_err(failed)?;
    // Last: without it a folder is no catalogue.
    staging.write(new.join(LIST), &text).map_err(failed)?;
    staging.sync().map_err(failed)?;
    exchange(&new, target, &staging.path().join(OLD)).map_err(failed)?;
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

/// Writes all files into the folder of the new catalogue, on several threads.
fn stage(site: &Site, staging: &Staging) -> io::Result<u64> {
    let queue = Mutex::new(site.files.iter());
    let work = || -> io::Result<u64> {
        let mut written = 0;
        loop {
            let next = queue.lock().map_err(|_| io::Error::other("another thread failed"))?.next();
            let Some((path, content)) = next else { return Ok(written) };
            let bytes = match content {
                Content::Here(bytes) => Cow::Borrowed(bytes),
                Content::Copy { bag, path, sha256: digest } => {
                    let name = bag.join(path);
                    let bytes = fs::read(&name)?;
                    if sha256(&bytes) != *digest {
                        return Err(io::Error::other(format!("{} has changed", name.display())));
                    }
                    Cow::Owned(bytes)
                }
            };
            staging.write(Path::new(NEW).join(path), &bytes)?;
            written += bytes.len() as u64;
        }
    };
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS).map(|_| scope.spawn(work)).collect();
        let done = threads.into_iter().map(|thread| {
            thread.join().unwrap_or_else(|_| Err(io::Error::other("a thread failed")))
        });
        done.collect::<Vec<_>>().into_iter().sum()
    })
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
