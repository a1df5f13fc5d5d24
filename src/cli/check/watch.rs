//! `yinfa check --watch`: checks again whenever a file of the project changes.
//!
//! Files are looked at twice a second rather than watched by the system: records often stand on
//! network drives and in synchronised folders, which report nothing.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use walkdir::WalkDir;

use super::super::Exit;
use super::super::report::Reporter;
use crate::content::{CONTENT, PROJECT_FILE};
use crate::text;

const INTERVAL: Duration = Duration::from_millis(500);

/// What files there are, and in which state: a deleted one is a change too.
type Snapshot = BTreeMap<PathBuf, (u64, Option<SystemTime>)>;

/// Runs `check` once, and again after each change, until the program is ended.
pub(super) fn watch(root: &Path, reporter: &Reporter, check: impl Fn() -> Exit) -> Exit {
    loop {
        let before = snapshot(root);
        check();
        reporter
            .message(&text!("等待改动，按 Ctrl+C 结束……", "waiting for changes, Ctrl+C ends it …"));
        let mut seen = before.clone();
        loop {
            std::thread::sleep(INTERVAL);
            let now = snapshot(root);
            // While an editor is writing, no two looks agree.
            if now != before && now == seen {
                break;
            }
            seen = now;
        }
    }
}

fn snapshot(root: &Path) -> Snapshot {
    let files = WalkDir::new(root.join(CONTENT)).follow_links(true).into_iter().flatten();
    let files = files.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path);
    files
        .chain([root.join(PROJECT_FILE)])
        .filter_map(|path| {
            let state = std::fs::metadata(&path).ok()?;
            Some((path, (state.len(), state.modified().ok())))
        })
        .collect()
}
