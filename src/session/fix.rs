//! The fixes that are certain, made in the files.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;
use std::sync::Arc;

use base::diag::{Diagnostic, Diagnostics, Source, Span};
use base::text;
use records::check::apply;

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
    for source in sources(findings) {
        let Some((text, changes)) = apply(&source, findings.iter()) else { continue };
        let path = session.project.root.join(source.path());
        replace(&path, source.text(), &text).map_err(|error| {
            let name = source.path();
            Diagnostic::error("fix-failed", text!("改不了“{name}”", "cannot change “{name}”"))
                .detail(error.to_string())
                .help(text!(
                    "检查文件是否只读、是否正被别的程序改动",
                    "check whether it is read-only or being changed by another program"
                ))
        })?;
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

/// Replaces a file in one step, unless it has changed since it was read. A link stays a link.
fn replace(path: &Path, old: &str, new: &str) -> io::Result<()> {
    let path = path.canonicalize()?;
    if fs::read(&path)? != old.as_bytes() {
        return Err(io::Error::other("the file has changed"));
    }
    let permissions = fs::metadata(&path)?.permissions();
    if permissions.readonly() {
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    let folder = path.parent().ok_or(io::ErrorKind::NotFound)?;
    let mut file = tempfile::Builder::new().prefix(".yinfa-").tempfile_in(folder)?;
    file.write_all(new.as_bytes())?;
    file.as_file().sync_all()?;
    fs::set_permissions(file.path(), permissions)?;
    file.persist(&path)?;
    Ok(())
}
