//! Fixes made in a text. Everything around them stays byte for byte.

use std::sync::Arc;

use crate::edit::yaml::splices;
use crate::edit::{Copies, FileEdit, Patch};
use base::diag::{Diagnostic, Edit, Source};

/// One fix that was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change<'a> {
    /// The finding.
    pub diagnostic: &'a Diagnostic,
    /// The edits.
    pub edits: &'a [Edit],
}

/// The change of a source by the fixes of `diagnostics` that concern it, and what is done by it.
/// Fixes that overlap one already taken wait for the next run, and those that would change anything
/// else in the YAML are left out. `None` when none remains.
pub fn apply<'a>(
    source: &Arc<Source>,
    diagnostics: impl IntoIterator<Item = &'a Diagnostic>,
) -> Option<(FileEdit, Vec<Change<'a>>)> {
    let copies = Copies::of(source);
    let mut taken: Vec<(usize, usize)> = Vec::new();
    let mut changes = Vec::new();
    for diagnostic in diagnostics {
        let Some(fix) = &diagnostic.fix else { continue };
        let here = |edit: &Edit| edit.span.source().path() == source.path();
        if fix.edits.is_empty() || !fix.edits.iter().all(here) {
            continue;
        }
        // What is right where a text stands may be wrong where an alias uses it.
        if fix.edits.iter().any(|edit| copies.around(edit.span.range()) >= fix.asked) {
            continue;
        }
        let free = fix.edits.iter().all(|edit| {
            let range = edit.span.range();
            // Neighbours wait too: what stands beside a change is what its rule looked at.
            taken.iter().all(|&(start, end)| range.end < start || end < range.start)
        });
        if free {
            for edit in &fix.edits {
                let range = edit.span.range();
                taken.push((range.start, range.end));
            }
            changes.push(Change { diagnostic, edits: &fix.edits });
        }
    }
    let mut kept = Vec::new();
    keep(source, &changes, &mut kept);
    if kept.is_empty() {
        return None;
    }
    Some((FileEdit::new(source.path(), source.text(), patches(&kept))?, kept))
}

/// Adds to `kept` those changes that leave the rest of the YAML as it is. One that does not must
/// not keep the others from being made: then each half is tried by itself.
fn keep<'a>(source: &Arc<Source>, changes: &[Change<'a>], kept: &mut Vec<Change<'a>>) {
    if changes.is_empty() {
        return;
    }
    let before = kept.len();
    kept.extend_from_slice(changes);
    if splices(source, &patches(kept)).is_some() {
        return;
    }
    kept.truncate(before);
    if changes.len() > 1 {
        let (first, second) = changes.split_at(changes.len() / 2);
        keep(source, first, kept);
        keep(source, second, kept);
    }
}

/// The patches of changes, in order.
fn patches(changes: &[Change<'_>]) -> Vec<Patch> {
    let edits = changes.iter().flat_map(|change| change.edits);
    let mut patches: Vec<Patch> = edits
        .map(|edit| Patch { range: edit.span.range(), text: edit.replacement.clone() })
        .collect();
    patches.sort_by_key(|patch| (patch.range.start, patch.range.end));
    patches
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::diag::{Fix, Span};
    use base::text;

    /// A fix that puts other words in place of the first `old`.
    fn fix(source: &Arc<Source>, old: &str, new: &str) -> Diagnostic {
        let at = source.text().find(old).expect("the words");
        let span = Span::new(source.clone(), at..at + old.len());
        let mut diagnostic = Diagnostic::warning("typo", text!("甲", "a")).at(&span);
        diagnostic.fix = Some(Fix::new(vec![Edit { span, replacement: new.into() }]));
        diagnostic
    }

    #[test]
    fn one_change_that_is_not_safe_does_not_stop_the_others() {
        let source = Source::new("a.yaml", "a: 甲一\nb: 1.*二\nc: 丙三\nd: 丁四\n");
        let diagnostics = [
            fix(&source, "一", "壹"),
            fix(&source, "1.", ""),
            fix(&source, "三", "叁"),
            fix(&source, "四", "肆"),
        ];
        let (file, changes) = apply(&source, &diagnostics).expect("three changes");
        assert_eq!(file.after.as_deref().unwrap(), "a: 甲壹\nb: 1.*二\nc: 丙叁\nd: 丁肆\n");
        assert_eq!(changes.len(), 3);
        assert_eq!(apply(&source, &diagnostics[1..2]), None);
    }
}
