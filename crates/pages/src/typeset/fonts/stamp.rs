//! Whether a file is still the one that was looked at, without reading it.

use std::fs::Metadata;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

/// What changes when a file does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stamp {
    bytes: u64,
    /// Nanoseconds since 1970.
    modified: u64,
    /// Where the system has them: its number, and when anything about it last changed, which
    /// nobody can set back.
    inode: u64,
    changed: u64,
}

impl Stamp {
    /// The stamp of a file, links followed; `None` where the system does not say.
    pub(super) fn of(path: &Path) -> Option<Self> {
        Self::new(&path.metadata().ok()?)
    }

    fn new(metadata: &Metadata) -> Option<Self> {
        let since = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
        let modified = u64::try_from(since.as_nanos()).ok()?;
        let (inode, changed) = inode(metadata);
        Some(Self { bytes: metadata.len(), modified, inode, changed })
    }

    /// Whether the file may be changed once more without its stamp showing it: clocks of file
    /// systems are coarse.
    pub(super) fn is_young(&self) -> bool {
        const COARSE: Duration = Duration::from_secs(3);
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let latest = Duration::from_nanos(self.modified.max(self.changed));
        latest + COARSE > now
    }
}

#[cfg(unix)]
fn inode(metadata: &Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt as _;
    let nanos = u64::try_from(metadata.ctime_nsec()).unwrap_or(0);
    let seconds = u64::try_from(metadata.ctime()).unwrap_or(0);
    (metadata.ino(), seconds.saturating_mul(1_000_000_000).saturating_add(nanos))
}

#[cfg(not(unix))]
fn inode(_: &Metadata) -> (u64, u64) {
    (0, 0)
}
