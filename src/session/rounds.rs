//! Doing something again after each change of files.

use std::time::Duration;

use base::diag::Diagnostics;
use base::watch::{Places, WakeReason, Watcher};

use super::{Event, Outcome, Tell};

/// How soon a round is repeated that was kept from its work by another run of the program.
const AGAIN: Duration = Duration::from_secs(1);

/// What a round of work leaves for the next one.
pub(crate) struct Round {
    /// The files and folders that it depended on.
    pub(crate) places: Places,
    /// How it ended.
    pub(crate) outcome: Outcome,
    /// Another build was running, so this round did nothing.
    pub(crate) was_locked_out: bool,
}

/// Whether another build kept this one from its work.
pub(super) fn is_locked_out(problems: &Diagnostics) -> bool {
    problems.iter().any(|problem| problem.code == "build-running")
}

/// Does `act` now and again after each change of the places it names, until waiting is ended.
/// `start` is what the first round depends on. A first round that could not run ends it: no
/// change of a file corrects the arguments or the machine.
pub(crate) fn repeat(
    watcher: &Watcher,
    start: Places,
    tell: Tell<'_>,
    mut act: impl FnMut() -> Round,
) -> Outcome {
    let mut before = start.snapshot();
    let mut is_first = true;
    loop {
        let Round { places, outcome, was_locked_out } = act();
        tell(Event::RoundEnded);
        if std::mem::take(&mut is_first) && outcome == Outcome::CannotRun && !was_locked_out {
            return Outcome::CannotRun;
        }
        if !was_locked_out {
            tell(Event::Waiting);
        }
        before = places.snapshot_keeping(&before);
        if watcher.wait(&places, &before, was_locked_out.then_some(AGAIN)) == WakeReason::Ended {
            return Outcome::Done;
        }
        before = places.snapshot();
    }
}
