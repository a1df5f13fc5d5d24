//! `yinfa watch`, and doing something again after each change.

use std::time::Duration;

use clap::ArgMatches;

use super::build::{Builder, selection};
use super::environment::Environment;
use super::report::Reporter;
use super::{Exit, ending, open};
use base::diag::Diagnostics;
use base::text;
use base::watch::{Places, Watcher, Woken};

/// How soon to try again what another run of the program was in the way of.
const AGAIN: Duration = Duration::from_secs(1);

/// What was done, to go on from.
pub(super) struct Round {
    /// What it depended on.
    pub(super) places: Places,
    /// Nothing came of it, since another build was running.
    pub(super) again: bool,
    /// No change of a file will make it better.
    pub(super) hopeless: bool,
}

pub(super) fn run(matches: &ArgMatches, environment: &Environment, reporter: &Reporter) -> Exit {
    let root = match open::root(matches, environment, reporter) {
        Ok(root) => root,
        Err(exit) => return exit,
    };
    let mut builder = Builder::new(matches, environment, selection(matches));
    let watcher = Watcher::new(matches.get_flag("poll"));
    let ender = watcher.ender();
    ending::at_ctrl_c(move || ender.end());
    let start = builder.places(&root);
    let mut first = true;
    repeat(&watcher, start, || {
        let built = builder.build(reporter);
        let again = is_in_the_way(&reporter.take());
        let hopeless = std::mem::take(&mut first) && built.exit == Exit::CannotRun && !again;
        if !again && !hopeless {
            waiting(reporter);
        }
        Round { places: builder.places(&root), again, hopeless }
    })
}

/// Whether another build kept this one from its work.
pub(super) fn is_in_the_way(problems: &Diagnostics) -> bool {
    problems.iter().any(|problem| problem.code == "build-running")
}

/// Says that changes are waited for.
pub(super) fn waiting(reporter: &Reporter) {
    reporter.message(&text!("等待改动，按 Ctrl+C 结束……", "waiting for changes, Ctrl+C ends it …"));
}

/// Does `act` now and again after each change of the places it names, until waiting is ended.
/// `start` is what the first round depends on.
pub(super) fn repeat(watcher: &Watcher, start: Places, mut act: impl FnMut() -> Round) -> Exit {
    let mut before = start.look();
    loop {
        let Round { places, again, hopeless } = act();
        if hopeless {
            return Exit::CannotRun;
        }
        before = places.look_after(&before);
        if watcher.wait(&places, &before, again.then_some(AGAIN)) == Woken::Ended {
            return Exit::Fine;
        }
        before = places.look();
    }
}
