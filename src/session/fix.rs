//! The fixes that are certain, made in the files.

use std::sync::Arc;

use base::diag::{Diagnostics, Source, Span};
use records::check::apply;
use records::edit;

use super::{Failure, Session};

/// Fixes that wait for others are made in the next round; chains are never longer than a few.
const ROUNDS: usize = 10;

/// What was changed, and what is left.
#[derive(Debug)]
pub(crate) struct Fixes {
    /// What a check finds in the project as it is now.
    pub(crate) findings: Diagnostics,
    /// How many problems were fixed.
    pub(crate) made: usize,
    /// How many have a fix that could not be made.
    pub(crate) left: usize,
}

/// One replacement in a file.
pub(crate) struct Replacement<'a> {
    pub(crate) rule: &'static str,
    pub(crate) place: &'a Span,
    pub(crate) new: &'a str,
}

/// Makes all fixes of `findings`, and checks again after each round. `told` hears of every
/// replacement.
pub(crate) fn fix(
    mut session: Session,
    mut findings: Diagnostics,
    check: impl Fn(&Session) -> Result<Diagnostics, Failure>,
    mut told: impl FnMut(Replacement<'_>),
) -> Result<Fixes, Failure> {
    let mut made = 0;
    for _ in 0..ROUNDS {
        let round = one_round(&session, &findings, &mut told)?;
        if round == 0 {
            break;
        }
        made += round;
        session = Session::open(&session.project.root)?;
        findings = check(&session)?;
    }
    let left = findings.iter().filter(|diagnostic| diagnostic.fix.is_some()).count();
    Ok(Fixes { findings, made, left })
}

fn one_round(
    session: &Session,
    findings: &Diagnostics,
    told: &mut impl FnMut(Replacement<'_>),
) -> Result<usize, Failure> {
    let mut made = 0;
    let sources = sources(findings);
    let fixed = sources.iter().filter_map(|source| apply(source, findings.iter()));
    let (files, changes): (Vec<_>, Vec<_>) = fixed.unzip();
    edit::apply(&session.project.root, &files).map_err(Failure::of_run)?;
    for changes in changes {
        made += changes.len();
        for change in changes {
            for edit in change.edits {
                let rule = change.diagnostic.code;
                told(Replacement { rule, place: &edit.span, new: &edit.replacement });
            }
        }
    }
    Ok(made)
}

/// The files that some fix concerns, in the order of their paths.
fn sources(findings: &Diagnostics) -> Vec<Arc<Source>> {
    let edits = findings.iter().filter_map(|d| d.fix.as_ref()).flat_map(|fix| &fix.edits);
    let mut sources: Vec<Arc<Source>> = edits.map(|edit| edit.span.source().clone()).collect();
    sources.sort_by(|a, b| a.path().cmp(b.path()));
    sources.dedup_by(|a, b| a.path() == b.path());
    sources
}
