//! How work ended.

use base::diag::{Diagnostic, Diagnostics};

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Done.
    Done,
    /// The input has problems.
    Problems,
    /// The run could not take place: wrong arguments, no project, no engine.
    CannotRun,
}

/// Why a session cannot go on.
#[derive(Debug)]
pub(crate) struct Failure {
    /// How the run ends because of it: never [`Outcome::Done`].
    pub(crate) outcome: Outcome,
    /// What is to be reported.
    pub(crate) problems: Diagnostics,
}

impl Failure {
    /// The input is at fault.
    pub(crate) fn of_input(problems: impl Into<Diagnostics>) -> Self {
        Self { outcome: Outcome::Problems, problems: problems.into() }
    }

    /// The arguments or the machine are at fault.
    pub(crate) fn of_run(problems: impl Into<Diagnostics>) -> Self {
        Self { outcome: Outcome::CannotRun, problems: problems.into() }
    }
}

impl From<Diagnostic> for Failure {
    /// Most single problems are those of a run: a missing folder, a lock, a command.
    fn from(problem: Diagnostic) -> Self {
        Self::of_run(problem)
    }
}
