//! Fixes made in a text. Everything around them stays byte for byte.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::content::yaml::{self, Node, NodeKind};
use base::diag::{Diagnostic, Edit, Source, Span};

/// One fix that was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change<'a> {
    /// The finding.
    pub diagnostic: &'a Diagnostic,
    /// The edits.
    pub edits: &'a [Edit],
}

/// The text of a source with the fixes of `diagnostics` that concern it, and what was done.
/// Fixes that overlap one already taken wait for the next run, and those that would change anything
/// else in the YAML are left out. `None` when none remains.
pub fn apply<'a>(
    source: &Arc<Source>,
    diagnostics: impl IntoIterator<Item = &'a Diagnostic>,
) -> Option<(String, Vec<Change<'a>>)> {
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
        if fix.edits.iter().any(|edit| copies.around(edit) >= fix.asked) {
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
    let (text, _) = changed(source, &kept)?;
    Some((text, kept))
}

/// How often the texts behind anchors are used.
#[derive(Debug, Default)]
struct Copies {
    /// By the byte where a text begins: where it ends, and how many aliases stand for it.
    texts: BTreeMap<usize, (usize, usize)>,
}

impl Copies {
    fn of(source: &Arc<Source>) -> Self {
        let mut copies = Self::default();
        // Most files have no alias, and need not be read once more.
        if source.text().contains('*') && source.text().contains('&') {
            let (document, _) = yaml::parse(source);
            document.root.iter().for_each(|root| copies.count(root));
        }
        copies
    }

    fn count(&mut self, node: &Node) {
        let mut add = |span: &Span| {
            if span.used().is_some() {
                let range = span.range();
                self.texts.entry(range.start).or_insert((range.end, 0)).1 += 1;
            }
        };
        match &node.kind {
            NodeKind::Blank => {}
            NodeKind::Text(text) => add(text.span()),
            NodeKind::List(items) => items.iter().for_each(|item| self.count(item)),
            NodeKind::Map(entries) => {
                entries.iter().for_each(|entry| add(entry.key.span()));
                entries.iter().for_each(|entry| self.count(&entry.value));
            }
        }
    }

    /// How many aliases stand for the text that an edit changes.
    fn around(&self, edit: &Edit) -> usize {
        let range = edit.span.range();
        let text = self.texts.range(..=range.start).next_back();
        text.filter(|&(_, &(end, _))| range.end <= end).map_or(0, |(_, &(_, count))| count)
    }
}

/// Adds to `kept` those changes that leave the rest of the YAML as it is. One that does not must
/// not keep the others from being made: then each half is tried by itself.
fn keep<'a>(source: &Arc<Source>, changes: &[Change<'a>], kept: &mut Vec<Change<'a>>) {
    if changes.is_empty() {
        return;
    }
    let before = kept.len();
    kept.extend_from_slice(changes);
    if changed(source, kept).is_some_and(|(text, edits)| same_but(source, &text, &edits)) {
        return;
    }
    kept.truncate(before);
    if changes.len() > 1 {
        let (first, second) = changes.split_at(changes.len() / 2);
        keep(source, first, kept);
        keep(source, second, kept);
    }
}

/// The text of a source with some changes, and where in the source they stand.
fn changed(source: &Source, changes: &[Change<'_>]) -> Option<(String, Vec<(usize, usize)>)> {
    let mut edits: Vec<&Edit> = changes.iter().flat_map(|change| change.edits).collect();
    edits.sort_by_key(|edit| (edit.span.range().start, edit.span.range().end));
    let mut text = String::with_capacity(source.text().len() + edits.len() * 3);
    let mut copied = 0;
    for edit in &edits {
        let range = edit.span.range();
        text.push_str(source.text().get(copied..range.start)?);
        text.push_str(&edit.replacement);
        copied = range.end;
    }
    text.push_str(source.text().get(copied..)?);
    let places = edits.iter().map(|edit| (edit.span.range().start, edit.span.range().end));
    Some((text, places.collect()))
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

#[cfg(test)]
mod tests {
    use super::*;
    use base::diag::Fix;
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
        let (text, changes) = apply(&source, &diagnostics).expect("three changes");
        assert_eq!(text, "a: 甲壹\nb: 1.*二\nc: 丙叁\nd: 丁肆\n");
        assert_eq!(changes.len(), 3);
        assert_eq!(apply(&source, &diagnostics[1..2]), None);
    }
}
