//! `yinfa check --fix`: the fixes that are certain, made in the files.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;
use std::sync::Arc;

use super::super::Exit;
use super::super::report::Reporter;
use base::diag::{Diagnostic, Diagnostics, Source};
use base::text;
use records::check::{Change, apply};
use records::content::{self, Project};

/// Fixes that wait for others come in the next round; more than a few never do.
const ROUNDS: usize = 10;

/// Makes all fixes and checks again after each round; what remains is returned.
pub(super) fn fix(
    mut project: Project,
    mut diags: Diagnostics,
    look: impl Fn(&Project) -> Result<Diagnostics, Exit>,
    reporter: &Reporter,
) -> Result<(Project, Diagnostics), Exit> {
    let mut made = 0;
    for _ in 0..ROUNDS {
        let round = one_round(&project, &diags, reporter)?;
        if round == 0 {
            break;
        }
        made += round;
        project = content::load(&project.root).map_err(|problem| {
            reporter.problem(problem);
            Exit::Problems
        })?;
        diags = look(&project)?;
    }
    let left = diags.iter().filter(|diagnostic| diagnostic.fix.is_some()).count();
    if made > 0 || left == 0 {
        reporter.message(&match made {
            0 => text!("没有可以自动改正的问题", "nothing to fix"),
            1 => text!("改正了 1 个问题", "1 problem fixed"),
            _ => text!("改正了 {made} 个问题", "{made} problems fixed"),
        });
    }
    if left > 0 {
        reporter.message(&match left {
            1 => text!(
                "有 1 个问题不能自动改正，请照提示手工改",
                "1 problem could not be fixed safely: change it by hand"
            ),
            _ => text!(
                "有 {left} 个问题不能自动改正，请照提示手工改",
                "{left} problems could not be fixed safely: change them by hand"
            ),
        });
    }
    Ok((project, diags))
}

fn one_round(project: &Project, diags: &Diagnostics, reporter: &Reporter) -> Result<usize, Exit> {
    let mut made = 0;
    for source in sources(diags) {
        let Some((text, changes)) = apply(&source, diags.iter()) else { continue };
        let path = project.root.join(source.path());
        if let Err(error) = replace(&path, source.text(), &text) {
            let name = source.path();
            reporter.problem(
                Diagnostic::error("fix-failed", text!("改不了“{name}”", "cannot change “{name}”"))
                    .detail(error.to_string())
                    .help(text!(
                        "检查文件是否只读、是否正被别的程序改动",
                        "check whether it is read-only or being changed by another program"
                    )),
            );
            return Err(Exit::CannotRun);
        }
        made += changes.len();
        for change in changes {
            say(&change, reporter);
        }
    }
    Ok(made)
}

/// The files that some fix concerns, in the order of their paths.
fn sources(diags: &Diagnostics) -> Vec<Arc<Source>> {
    let edits = diags.iter().filter_map(|d| d.fix.as_ref()).flat_map(|fix| &fix.edits);
    let mut sources: Vec<Arc<Source>> = edits.map(|edit| edit.span.source().clone()).collect();
    sources.sort_by(|a, b| a.path().cmp(b.path()));
    sources.dedup_by(|a, b| a.path() == b.path());
    sources
}

/// Says what a change did: `content/a.yaml:3:8 typo：“工做方案” → “工作方案”`.
fn say(change: &Change<'_>, reporter: &Reporter) {
    for edit in change.edits {
        let source = edit.span.source();
        let at = edit.span.start();
        let (path, line, column) = (source.path(), at.line, at.column);
        let (old, new) = (&source.text()[edit.span.range()], &edit.replacement);
        let rule = change.diagnostic.code;
        reporter.message(&text!(
            "{path}:{line}:{column} {rule}：“{old}” → “{new}”",
            "{path}:{line}:{column} {rule}: “{old}” → “{new}”"
        ));
    }
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
