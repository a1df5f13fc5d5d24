//! `yinfa check --watch`: checks again whenever a file of the project changes.

use std::path::Path;

use super::super::report::Reporter;
use super::super::watch::{Round, repeat, waiting};
use super::super::{Exit, ending};
use base::watch::{Places, Watcher};
use records::content::{CONTENT, PROJECT_FILE};

/// Runs `check` once, and again after each change, until the program is ended.
pub(super) fn watch(
    root: &Path,
    poll: bool,
    reporter: &Reporter,
    check: impl Fn() -> Exit,
) -> Exit {
    let watcher = Watcher::new(poll);
    let ender = watcher.ender();
    ending::at_ctrl_c(move || ender.end());
    let places = Places::default().folder(root.join(CONTENT)).file(root.join(PROJECT_FILE));
    repeat(&watcher, places.clone(), || {
        check();
        reporter.take();
        waiting(reporter);
        Round { places: places.clone(), again: false, hopeless: false }
    })
}
