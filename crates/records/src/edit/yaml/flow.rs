//! Lists and groups in brackets.

use std::ops::Range;

use super::doc::{Doc, key_place, place};
use crate::content::yaml::{Node, NodeKind};
use crate::edit::patch::Patch;

/// Where each entry stands, from the key or the entry to its end.
fn entries(doc: &Doc<'_>, node: &Node) -> Option<Vec<Range<usize>>> {
    match &node.kind {
        NodeKind::List(items) => Some(items.iter().map(place).collect()),
        NodeKind::Map(entries) => entries
            .iter()
            .map(|entry| {
                let start = key_place(&entry.key).start;
                Some(start..place(&entry.value).end.max(doc.after_colon(entry)?))
            })
            .collect(),
        _ => None,
    }
}

/// An entry put in at a place.
pub(super) fn insert(doc: &Doc<'_>, node: &Node, at: usize, new: &str) -> Option<Vec<Vec<Patch>>> {
    let entries = entries(doc, node)?;
    let range = node.span.range();
    // What stands between its neighbours stands between it and them: a line break, say.
    let mut usual = entries.windows(2).map(|pair| doc.text.get(pair[0].end..pair[1].start));
    let usual = usual
        .next_back()
        .flatten()
        .filter(|between| !between.contains('#') && between.trim() == ",");
    let between = usual.unwrap_or(", ");
    let mut ways = Vec::new();
    match at.checked_sub(1).and_then(|at| entries.get(at)) {
        Some(before) => {
            ways.push(vec![Patch::new(before.end..before.end, format!("{between}{new}"))]);
        }
        None if entries.is_empty() => {
            // Behind a comment, if one stands in there.
            let end = range.end - 1;
            let start = doc.comments(range.clone()).last().map_or(range.start + 1, |_| end);
            ways.push(vec![Patch::new(start..end, new)]);
        }
        None => {}
    }
    if let Some(next) = entries.get(at) {
        ways.push(vec![Patch::new(next.start..next.start, format!("{new}{between}"))]);
    }
    Some(ways)
}

/// An entry taken away; its comments stay.
pub(super) fn remove(doc: &Doc<'_>, node: &Node, at: usize) -> Option<Vec<Vec<Patch>>> {
    let entries = entries(doc, node)?;
    let entry = entries.get(at)?.clone();
    let range = match (at.checked_sub(1).and_then(|at| entries.get(at)), entries.get(at + 1)) {
        (Some(before), _) => before.end..entry.end,
        (None, Some(next)) => entry.start..next.start,
        // With the comma behind the only one.
        (None, None) => {
            let end = node.span.range().end - 1;
            let rest = doc.text.get(entry.end..end)?;
            let comma = rest.find(',').filter(|at| rest[..*at].trim().is_empty());
            entry.start..entry.end + comma.map_or(0, |at| at + 1)
        }
    };
    let indent = " ".repeat(doc.column(entry.start));
    let comments = doc.comments(range.clone()).map(|comment| {
        let newline = doc.newline;
        format!(" {}{newline}{indent}", doc.written(comment))
    });
    Some(vec![vec![Patch::new(range.clone(), comments.collect::<String>())]])
}

/// An entry of a list moved: the entries change their places, what stands between stays.
pub(super) fn moved(doc: &Doc<'_>, node: &Node, from: usize, to: usize) -> Option<Vec<Vec<Patch>>> {
    let entries = entries(doc, node)?;
    let mut order: Vec<usize> = (0..entries.len()).collect();
    if from >= order.len() || to >= order.len() {
        return None;
    }
    let moved = order.remove(from);
    order.insert(to, moved);
    let patches = order.iter().enumerate().filter(|(place, from)| place != *from);
    let patches = patches
        .map(|(place, &from)| Patch::new(entries[place].clone(), &doc.text[entries[from].clone()]));
    Some(vec![patches.collect()])
}
