//! The entries of a list or group that is written line by line, and lines put in and taken out.

use std::ops::Range;

use super::doc::{Doc, key_place, place};
use crate::content::yaml::{Node, NodeKind};
use crate::edit::patch::Patch;

/// Where the entries of a block stand.
#[derive(Debug)]
pub(super) struct Block {
    /// The column of its dashes or keys.
    pub(super) column: usize,
    pub(super) entries: Vec<EntryPlace>,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct EntryPlace {
    /// The dash or the key.
    pub(super) start: usize,
    /// Where its lines begin; its dash or key where something stands before that.
    pub(super) head: usize,
    /// The end of its last line, with the comments that are indented deeper.
    pub(super) tail: usize,
    /// Whether something else stands before it on its line.
    pub(super) compact: bool,
    /// Behind its dash.
    pub(super) behind_dash: Option<usize>,
}

/// The places of the entries; `None` where the block is written in a way that is not known.
pub(super) fn block(doc: &Doc<'_>, node: &Node) -> Option<Block> {
    if doc.is_flow(node) {
        return None;
    }
    let places: Vec<(usize, usize, Option<usize>)> = match &node.kind {
        NodeKind::Map(entries) => entries
            .iter()
            .map(|entry| {
                let key = key_place(&entry.key);
                let end = place(&entry.value).end.max(doc.after_colon(entry)?);
                Some((key.start, end, None))
            })
            .collect::<Option<_>>()?,
        NodeKind::List(items) => {
            let dashes = dashes(doc, node, items)?;
            let ends = items.iter().zip(&dashes);
            // Where the parser puts a blank entry is not behind its dash.
            let end = |item: &Node| {
                if item.is_blank() && item.span.range().is_empty() { 0 } else { place(item).end }
            };
            ends.map(|(item, &dash)| (dash, end(item).max(dash + 1), Some(dash + 1))).collect()
        }
        _ => return None,
    };
    let column = doc.column(places.first()?.0);
    let mut entries = Vec::with_capacity(places.len());
    for (index, &(start, end, behind_dash)) in places.iter().enumerate() {
        let heads = doc.heads_line(start);
        if (index > 0 && !heads) || doc.column(start) != column {
            return None;
        }
        let head = if heads { doc.line_start(start) } else { start };
        let limit = places.get(index + 1).map_or(doc.text.len(), |next| next.0);
        entries.push(EntryPlace {
            start,
            head,
            tail: tail(doc, end, column, limit),
            compact: !heads,
            behind_dash,
        });
    }
    Some(Block { column, entries })
}

/// Where the lines of an entry end: comments that are indented deeper than it are its own.
fn tail(doc: &Doc<'_>, end: usize, column: usize, limit: usize) -> usize {
    let mut tail = doc.line_after(end);
    let mut at = tail;
    while at < limit {
        if doc.is_blank_line(at) {
            at = doc.line_after(at);
            continue;
        }
        match doc.comment_line(at) {
            Some(comment) if doc.column(comment.span.range().start) > column => {
                at = doc.line_after(at);
                tail = at;
            }
            _ => break,
        }
    }
    tail
}

/// The dashes of a list, each before its item.
fn dashes(doc: &Doc<'_>, list: &Node, items: &[Node]) -> Option<Vec<usize>> {
    let range = list.span.range();
    let first = first_dash(doc, range.start)?;
    let column = doc.column(first);
    let mut scalars = Vec::new();
    items.iter().for_each(|item| leaves(item, &mut scalars));
    let mut dashes = vec![first];
    let mut line = doc.line_after(first);
    while line < range.end || (line < doc.text.len() && dashes.len() < items.len()) {
        let at = line + column;
        let is_dash =
            doc.text.get(line..at).is_some_and(|blanks| blanks.bytes().all(|b| b == b' '))
                && doc.text[at..].starts_with('-')
                && doc.text[at + 1..]
                    .chars()
                    .next()
                    .is_none_or(|c| matches!(c, ' ' | '\t' | '\n' | '\r'));
        if is_dash
            && !scalars.iter().any(|scalar: &Range<usize>| scalar.start < at && at < scalar.end)
        {
            dashes.push(at);
        }
        line = doc.line_after(line);
    }
    (dashes.len() == items.len()).then_some(dashes)
}

/// The dash of a list whose span begins at `start`: there, or before its first entry.
fn first_dash(doc: &Doc<'_>, start: usize) -> Option<usize> {
    let is_dash = |at: usize| {
        let rest = &doc.text[at..];
        rest.starts_with('-') && rest[1..].chars().next().is_none_or(char::is_whitespace)
    };
    if is_dash(start) {
        return Some(start);
    }
    let mut line = doc.line_start(start);
    let mut end = start;
    loop {
        let dash =
            doc.text[line..end].char_indices().map(|(at, _)| line + at).filter(|&at| is_dash(at));
        // Nothing but a comment or an anchor stands between a dash and the line of its entry.
        let mut dash = dash.filter(|&at| {
            let before = doc.text[line..at].trim_end_matches(' ');
            before.is_empty() || before.ends_with('-')
        });
        if let Some(dash) = dash.next_back() {
            return Some(dash);
        }
        if line == 0
            || doc.text[line..end].trim_start().starts_with(|c: char| !matches!(c, '#' | '&'))
        {
            return None;
        }
        end = line - break_before(doc, line);
        line = doc.line_start(end);
    }
}

fn leaves(node: &Node, found: &mut Vec<Range<usize>>) {
    match &node.kind {
        _ if node.span.used().is_some() => {}
        NodeKind::Blank => {}
        NodeKind::Text(_) => found.push(node.span.range()),
        NodeKind::List(items) => items.iter().for_each(|item| leaves(item, found)),
        NodeKind::Map(entries) => entries.iter().for_each(|entry| {
            found.push(key_place(&entry.key));
            leaves(&entry.value, found);
        }),
    }
}

impl Block {
    fn indent(&self) -> String {
        " ".repeat(self.column)
    }

    /// Whether empty lines stand between the entries.
    fn is_spaced(&self, doc: &Doc<'_>) -> bool {
        let gaps = self.entries.windows(2).map(|pair| (pair[0].tail, pair[1].start));
        let blank = gaps.filter(|&(from, to)| has_blank_line(doc, from, to)).count();
        blank * 2 > self.entries.len().saturating_sub(1)
    }

    /// Lines put before the entry at a place, or behind the last one: `raw` begins at the column
    /// of the block and ends without a line break. The ways to do it, the best one first.
    pub(super) fn insert(&self, doc: &Doc<'_>, at: usize, raw: &str) -> Vec<Vec<Patch>> {
        let newline = doc.newline;
        let indent = self.indent();
        let gap = if self.is_spaced(doc) { newline } else { "" };
        let mut ways = Vec::new();
        if let Some(before) = at.checked_sub(1).and_then(|at| self.entries.get(at)) {
            ways.push(vec![lines_at(doc, before.tail, &format!("{indent}{raw}"), gap)]);
        }
        if let Some(next) = self.entries.get(at) {
            let text = if next.compact {
                format!("{raw}{newline}{gap}{indent}")
            } else {
                format!("{indent}{raw}{newline}{gap}")
            };
            ways.push(vec![Patch::new(next.head..next.head, text)]);
        }
        ways
    }

    /// An entry taken away; its comments stay. Not for the only entry of a block.
    pub(super) fn remove(&self, doc: &Doc<'_>, at: usize) -> Option<Vec<Vec<Patch>>> {
        let entry = self.entries.get(at)?;
        let range = entry.head..entry.tail;
        let comments: Vec<&str> = doc.comments(range.clone()).map(|c| doc.written(c)).collect();
        let indent = self.indent();
        let newline = doc.newline;
        if entry.compact {
            let next = self.entries.get(at + 1)?;
            let comments = doc.comments(entry.start..next.start).map(|c| doc.written(c));
            let text: String = comments.map(|c| format!("{c}{newline}{indent}")).collect();
            return Some(vec![vec![Patch::new(entry.start..next.start, text)]]);
        }
        let text: String = comments.iter().map(|c| format!("{indent}{c}{newline}")).collect();
        let mut ways = Vec::new();
        if comments.is_empty() {
            ways.push(vec![Patch::new(self.without_gap(doc, at, range.clone()), "")]);
        }
        ways.push(vec![Patch::new(range, text)]);
        Some(ways)
    }

    /// The lines of an entry with the empty ones that set it apart.
    fn without_gap(&self, doc: &Doc<'_>, at: usize, range: Range<usize>) -> Range<usize> {
        let blank_before = range.start > 0 && {
            let line = doc.line_start(range.start - break_before(doc, range.start));
            line < range.start && doc.is_blank_line(line)
        };
        let mut end = range.end;
        while doc.is_blank_line(end) {
            end = doc.line_after(end);
        }
        if end > range.end && (blank_before || at == 0) && end < doc.text.len() {
            return range.start..end;
        }
        if range.end == doc.text.len() && blank_before {
            let mut start = range.start;
            while start > 0 {
                let line = doc.line_start(start - break_before(doc, start));
                if line >= start || !doc.is_blank_line(line) {
                    break;
                }
                start = line;
            }
            return start..range.end;
        }
        range
    }

    /// An entry moved to another place, with the comments right above it.
    pub(super) fn moved(&self, doc: &Doc<'_>, from: usize, to: usize) -> Option<Vec<Vec<Patch>>> {
        let entry = self.entries.get(from)?;
        if from == to {
            return Some(vec![Vec::new()]);
        }
        let lead = if from > 0 { self.lead(doc, from) } else { entry.head };
        let begin = if lead < entry.head { lead + self.column } else { entry.start };
        let raw = doc.text[begin..entry.tail].trim_end_matches(['\n', '\r']);
        let target = if to > from { to + 1 } else { to };
        let removals = if entry.compact {
            vec![Patch::new(entry.start..self.entries.get(from + 1)?.start, "")]
        } else {
            let range = lead..entry.tail;
            vec![Patch::new(self.without_gap(doc, from, range.clone()), ""), Patch::new(range, "")]
        };
        let mut ways = Vec::new();
        for removal in removals {
            for insertion in self.insert(doc, target, raw) {
                let mut way = insertion;
                way.push(removal.clone());
                way.sort_by_key(|patch| (patch.range.start, patch.range.end));
                ways.push(way);
            }
        }
        Some(ways)
    }

    /// Where the comments right above an entry begin that are about it: not those above an empty
    /// line, and not headings such as `# ---- 政府部门 ----`.
    fn lead(&self, doc: &Doc<'_>, at: usize) -> usize {
        let entry = &self.entries[at];
        let floor = at.checked_sub(1).map_or(0, |before| self.entries[before].tail);
        let mut lead = entry.head;
        while lead > floor {
            let line = doc.line_start(lead - break_before(doc, lead));
            let own = doc.comment_line(line).filter(|comment| {
                doc.column(comment.span.range().start) == self.column
                    && !["--", "==", "——", "##"]
                        .iter()
                        .any(|rule| doc.written(comment).contains(rule))
            });
            if line < floor || own.is_none() {
                break;
            }
            lead = line;
        }
        lead
    }
}

/// The length of the line break that ends right before a byte.
fn break_before(doc: &Doc<'_>, at: usize) -> usize {
    let before = &doc.text[..at];
    if before.ends_with("\r\n") { 2 } else { usize::from(before.ends_with(['\n', '\r'])) }
}

fn has_blank_line(doc: &Doc<'_>, from: usize, to: usize) -> bool {
    let mut at = from;
    while at < to {
        if doc.is_blank_line(at) {
            return true;
        }
        at = doc.line_after(at);
    }
    false
}

/// Lines put in where a line begins, or behind a last line that has no end.
pub(super) fn lines_at(doc: &Doc<'_>, at: usize, lines: &str, gap: &str) -> Patch {
    let newline = doc.newline;
    let before = &doc.text[..at];
    if before.is_empty() || before == "\u{feff}" || before.ends_with(['\n', '\r']) {
        Patch::new(at..at, format!("{gap}{lines}{newline}"))
    } else {
        Patch::new(at..at, format!("{newline}{gap}{lines}"))
    }
}
