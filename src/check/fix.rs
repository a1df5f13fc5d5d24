//! Fixes made in a text. Everything around them stays byte for byte.

use std::sync::Arc;

use crate::content::yaml::{self, Node, NodeKind};
use crate::diag::{Diagnostic, Edit, Source};

/// One fix that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change<'a> {
    /// The finding.
    pub diagnostic: &'a Diagnostic,
    /// The edits.
    pub edits: &'a [Edit],
}

/// The text of a source with the fixes of `diagnostics` that concern it, and what was done.
/// Fixes that overlap one already taken wait for the next run. `None` when there is nothing to
/// do, or when the text would then say anything else than meant.
pub fn apply<'a>(
    source: &Arc<Source>,
    diagnostics: impl IntoIterator<Item = &'a Diagnostic>,
) -> Option<(String, Vec<Change<'a>>)> {
    let mut taken: Vec<(usize, usize, &Edit)> = Vec::new();
    let mut changes = Vec::new();
    for diagnostic in diagnostics {
        let Some(fix) = &diagnostic.fix else { continue };
        let here = |edit: &Edit| edit.span.source().path() == source.path();
        if fix.edits.is_empty() || !fix.edits.iter().all(here) {
            continue;
        }
        let free = fix.edits.iter().all(|edit| {
            let range = edit.span.range();
            // Neighbours wait too: what stands beside a change is what its rule looked at.
            taken.iter().all(|&(start, end, _)| range.end < start || end < range.start)
        });
        if free {
            for edit in &fix.edits {
                let range = edit.span.range();
                taken.push((range.start, range.end, edit));
            }
            changes.push(Change { diagnostic, edits: &fix.edits });
        }
    }
    if changes.is_empty() {
        return None;
    }
    taken.sort_by_key(|&(start, end, _)| (start, end));
    let mut text = String::with_capacity(source.text().len() + taken.len() * 3);
    let mut kept = 0;
    for &(start, end, edit) in &taken {
        text.push_str(source.text().get(kept..start)?);
        text.push_str(&edit.replacement);
        kept = end;
    }
    text.push_str(source.text().get(kept..)?);
    let edits: Vec<(usize, usize)> = taken.iter().map(|&(start, end, _)| (start, end)).collect();
    same_but(source, &text, &edits).then_some((text, changes))
}

/// Whether the new text is the same YAML: the same values at the same keys, except those that
/// were changed, and no problem that was not there.
fn same_but(old: &Arc<Source>, new: &str, edits: &[(usize, usize)]) -> bool {
    let (old_document, old_problems) = yaml::parse(old);
    let (new_document, new_problems) = yaml::parse(&Source::new(old.path(), new));
    let touched = |node: &Node| {
        let range = node.span.range();
        edits.iter().any(|&(start, end)| start <= range.end && range.start <= end)
    };
    new_problems.len() <= old_problems.len()
        && old_document.comments.len() == new_document.comments.len()
        && match (&old_document.root, &new_document.root) {
            (Some(old), Some(new)) => same(old, new, &touched),
            _ => false,
        }
        && old_document.complete == new_document.complete
}

fn same(old: &Node, new: &Node, touched: &impl Fn(&Node) -> bool) -> bool {
    match (&old.kind, &new.kind) {
        (NodeKind::Blank, NodeKind::Blank) => true,
        (NodeKind::Text(a), NodeKind::Text(b)) => a.as_str() == b.as_str() || touched(old),
        (NodeKind::List(a), NodeKind::List(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b, touched))
        }
        (NodeKind::Map(a), NodeKind::Map(b)) => {
            a.len() == b.len()
                && a.iter()
                    .zip(b)
                    .all(|(a, b)| *a.key == *b.key && same(&a.value, &b.value, touched))
        }
        _ => false,
    }
}
