//! Where the runs write, and whether the disk is waited for.

use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use super::Fallible;

/// A folder for projects, with or without syncing.
pub(super) struct Place {
    /// Whether files are on the disk when a run ends.
    pub(super) synced: bool,
    /// How the two differ, for the results.
    pub(super) how: String,
    pub(super) folder: PathBuf,
    /// A library that makes nothing of syncing.
    preload: Option<PathBuf>,
    /// Removed with the place.
    _kept: Option<TempDir>,
}

impl Place {
    /// One with syncing in `folder`, and one without, where this system can do that: beside it
    /// with libeatmydata, else in memory.
    pub(super) fn all(folder: &Path) -> Fallible<Vec<Self>> {
        let synced = folder.join("synced");
        std::fs::create_dir_all(&synced)?;
        let how = "files are synced before they take their places, as always".to_string();
        let mut places =
            vec![Self { synced: true, how, folder: synced, preload: None, _kept: None }];
        let memory = Path::new("/dev/shm");
        if let Some(preload) = eat_my_data() {
            let folder = folder.join("unsynced");
            std::fs::create_dir_all(&folder)?;
            let how = "the same disk, with libeatmydata preloaded: fsync does nothing".to_string();
            let preload = Some(preload);
            places.push(Self { synced: false, how, folder, preload, _kept: None });
        } else if memory.is_dir() {
            let kept = tempfile::Builder::new().prefix("yinfa-bench-").tempdir_in(memory)?;
            let how = "files in memory (tmpfs), as libeatmydata is not installed".to_string();
            let folder = kept.path().to_owned();
            places.push(Self { synced: false, how, folder, preload: None, _kept: Some(kept) });
        }
        Ok(places)
    }

    /// A command that runs here.
    pub(super) fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        if let Some(preload) = &self.preload {
            command.env("LD_PRELOAD", preload);
        }
        command
    }

    pub(super) fn name(&self) -> &'static str {
        if self.synced { "synced" } else { "not synced" }
    }
}

/// Debian keeps libraries in a folder named after the architecture.
fn eat_my_data() -> Option<PathBuf> {
    let folders = ["/usr/lib", "/usr/lib64", "/usr/local/lib"];
    let inner = folders.iter().filter_map(|folder| std::fs::read_dir(folder).ok()).flatten();
    let inner = inner.filter_map(|entry| entry.ok().map(|entry| entry.path()));
    let mut all = folders.iter().map(PathBuf::from).chain(inner);
    all.find_map(|folder| {
        let file = folder.join("libeatmydata.so");
        file.is_file().then_some(file)
    })
}
