//! Values behind aliases: finding them, and writing them out.

use std::ops::Range;

use super::doc::{Doc, place};
use super::style::Styles;
use super::write::{Columns, Form, Writer};
use crate::content::yaml::{Node, NodeKind};
use crate::edit::patch::Patch;
use crate::edit::value::{Step, Value};
use base::diag::Span;

/// An alias of a file.
#[derive(Debug)]
pub(super) struct Alias<'a> {
    /// Where it stands.
    pub(super) span: Span,
    /// What it stands for.
    pub(super) node: &'a Node,
    pub(super) path: Vec<Step>,
}

/// All aliases that stand in the file itself, in its order.
pub(super) fn aliases<'a>(doc: &Doc<'a>) -> Vec<Alias<'a>> {
    let mut found = Vec::new();
    if let Some(root) = &doc.document.root {
        collect(root, &mut Vec::new(), &mut found);
    }
    found
}

fn collect<'a>(node: &'a Node, path: &mut Vec<Step>, found: &mut Vec<Alias<'a>>) {
    if let Some(used) = node.span.uses().last() {
        found.push(Alias { span: used.span.clone(), node, path: path.clone() });
        return;
    }
    match &node.kind {
        NodeKind::Blank | NodeKind::Text(_) => {}
        NodeKind::List(items) => {
            for (at, item) in items.iter().enumerate() {
                path.push(Step::At(at));
                collect(item, path, found);
                path.pop();
            }
        }
        NodeKind::Map(entries) => {
            for entry in entries {
                path.push(Step::Key(entry.key.to_string()));
                collect(&entry.value, path, found);
                path.pop();
            }
        }
    }
}

/// The aliases of values that patches touch.
pub(super) fn touched<'a>(doc: &Doc<'a>, patches: &[Patch]) -> Vec<Alias<'a>> {
    let touches = |value: &Range<usize>| {
        patches.iter().any(|p| p.range.start <= value.end && value.start <= p.range.end)
    };
    let mut found = aliases(doc);
    found.retain(|alias| touches(&alias.node.span.range()));
    found
}

/// Writes out values in the place of some of their aliases, the better way first: an anchor that
/// nothing uses any more goes.
pub(super) fn write_out(
    doc: &Doc<'_>,
    styles: &Styles<'_>,
    wanted: impl Fn(&Alias<'_>) -> bool,
) -> Vec<Vec<Patch>> {
    let (chosen, rest): (Vec<_>, Vec<_>) = aliases(doc).into_iter().partition(wanted);
    let patches = written_out(doc, styles, &chosen);
    let start = |alias: &Alias<'_>| alias.node.span.range().start;
    let mut starts: Vec<usize> = chosen.iter().map(start).collect();
    starts.sort_unstable();
    starts.dedup();
    starts.retain(|at| !rest.iter().any(|alias| start(alias) == *at));
    let mut all = patches.clone();
    all.extend(starts.into_iter().filter_map(|at| anchor_before(doc, at)));
    all.sort_by_key(|patch| patch.range.start);
    vec![all, patches]
}

/// Takes away the anchor right before a value.
fn anchor_before(doc: &Doc<'_>, at: usize) -> Option<Patch> {
    let line = doc.line_start(at);
    let before = doc.text[line..at].trim_end_matches([' ', '\t']);
    let start = before.rfind('&')?;
    let is_anchor = !before[start..].contains([' ', '\t', ',', '[', '{']);
    is_anchor.then(|| Patch::new(line + start..at, ""))
}

fn written_out(doc: &Doc<'_>, styles: &Styles<'_>, aliases: &[Alias<'_>]) -> Vec<Patch> {
    let mut patches: Vec<Patch> = aliases
        .iter()
        .map(|alias| {
            let value = Value::of(alias.node);
            let token = place(alias.node);
            let writer =
                Writer { doc, styles, near: alias.node.span.range().start, careful: false };
            let column = doc.column(token.start);
            let flow = Columns { group: column, list: column, flow: true };
            let key = super::ways::style_key(&alias.path);
            let (Form::Inline(text) | Form::Lines(text)) = writer.value(&value, &key, flow);
            Patch::new(token, text)
        })
        .collect();
    patches.sort_by_key(|patch| patch.range.start);
    patches
}
