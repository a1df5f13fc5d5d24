//! A change as patches: the ways to make it, the one that a person would choose first. Whether one
//! of them does what was asked is seen when the result is read again.

use std::ops::Range;

use super::block::{block, lines_at};
use super::doc::{Doc, Reached, key_place, place};
use super::flow;
use super::scalar::{Manner, Style};
use super::style::Styles;
use super::write::{Columns, Form, Writer};
use crate::content::yaml::NodeKind;
use crate::edit::patch::{Patch, common_prefix, common_suffix};
use crate::edit::value::{Change, Step, Value};
use base::diag::SourceText;

type Ways = Vec<Vec<Patch>>;

/// The place of a new key among those that are there.
pub(super) type KeyPlace<'a> = &'a dyn Fn(&[(String, Value)], &str) -> usize;

/// All of what the ways of a change need to know.
pub(super) struct Maker<'a> {
    pub(super) doc: &'a Doc<'a>,
    pub(super) styles: &'a Styles<'a>,
    pub(super) careful: bool,
    pub(super) key_place: KeyPlace<'a>,
}

/// Where a value stands.
struct Slot<'a> {
    reached: Reached<'a>,
    /// Behind the colon or the dash.
    from: usize,
    /// The value, or the alias in its place.
    place: Range<usize>,
    columns: Columns,
    /// The key whose style counts.
    key: String,
    /// The lines of the entry begin here, if it begins one.
    head: Option<usize>,
    /// The whole value of the file.
    is_root: bool,
}

impl<'a> Maker<'a> {
    pub(super) fn ways(&self, change: &Change) -> Option<Ways> {
        match change {
            Change::Set { path, value } => self.set(path, value),
            Change::Texts(texts) => self.texts(texts),
            Change::Remove { path } => self.remove(path),
            Change::Insert { list, at, value } => self.insert(list, *at, value),
            Change::Move { list, from, to } => {
                let node = self.doc.reach(list)?.node;
                match block(self.doc, node) {
                    Some(block) => block.moved(self.doc, *from, *to),
                    None if self.doc.is_flow(node) => flow::moved(self.doc, node, *from, *to),
                    None => None,
                }
            }
        }
    }

    fn writer(&self, near: usize) -> Writer<'a> {
        Writer { doc: self.doc, styles: self.styles, near, careful: self.careful }
    }

    fn set(&self, path: &[Step], value: &Value) -> Option<Ways> {
        if self.doc.reach(path).is_some() {
            return self.replace(path, value);
        }
        let (last, above) = path.split_last()?;
        let Step::Key(key) = last else { return None };
        let node = match self.doc.reach(above) {
            Some(reached) => reached.node,
            None if above.is_empty() => return Some(self.fill(path, value)),
            None => return None,
        };
        match &node.kind {
            NodeKind::Map(entries) if !entries.is_empty() => {
                let there: Vec<(String, Value)> =
                    entries.iter().map(|e| (e.key.to_string(), Value::Blank)).collect();
                let at = (self.key_place)(&there, key);
                let near = entries.get(at.saturating_sub(1)).map(|e| key_place(&e.key).start)?;
                let writer = self.writer(near);
                if let Some(block) = block(self.doc, node) {
                    let raw = writer.entry(key, value, block.column);
                    return Some(block.insert(self.doc, at, &raw));
                }
                let columns = Columns { flow: true, ..writer.below(self.doc.column(near)) };
                let (Form::Inline(text) | Form::Lines(text)) = writer.value(value, key, columns);
                flow::insert(self.doc, node, at, &format!("{}: {text}", writer.key(key, true)))
            }
            NodeKind::Blank if above.is_empty() => Some(self.fill(path, value)),
            NodeKind::Map(_) | NodeKind::Blank => {
                self.replace(above, &Value::Map(vec![(key.clone(), value.clone())]))
            }
            _ => None,
        }
    }

    /// The first value of a file without one.
    fn fill(&self, path: &[Step], value: &Value) -> Ways {
        let end = self.doc.text.len();
        let Some(value) = crate::edit::value::nested(path, value.clone()) else {
            return Vec::new();
        };
        let columns = Columns { group: 0, list: 0, flow: false };
        let (Form::Inline(text) | Form::Lines(text)) = self.writer(end).value(&value, "", columns);
        vec![vec![lines_at(self.doc, end, &text, "")]]
    }

    fn insert(&self, list: &[Step], at: usize, value: &Value) -> Option<Ways> {
        let whole = || Value::List(vec![value.clone()]);
        let node = match self.doc.reach(list) {
            Some(reached) => reached.node,
            None if list.is_empty() => return Some(self.fill(&[Step::At(0)], value)),
            None => return self.set(list, &whole()),
        };
        match &node.kind {
            NodeKind::List(items) if !items.is_empty() => {
                let near = items.get(at.saturating_sub(1)).map(|item| place(item).start)?;
                let writer = self.writer(near);
                let key = style_key(list);
                if let Some(block) = block(self.doc, node) {
                    let raw = writer.item(value, &key, block.column);
                    return Some(block.insert(self.doc, at, &raw));
                }
                let columns = Columns { flow: true, ..writer.below(self.doc.column(near)) };
                let (Form::Inline(text) | Form::Lines(text)) =
                    writer.value(value, &format!("{key}[]"), columns);
                flow::insert(self.doc, node, at, &text)
            }
            NodeKind::Blank if list.is_empty() => Some(self.fill(&[Step::At(0)], value)),
            NodeKind::List(_) | NodeKind::Blank => self.replace(list, &whole()),
            _ => None,
        }
    }

    fn remove(&self, path: &[Step]) -> Option<Ways> {
        let (last, above) = path.split_last()?;
        let node = self.doc.reach(above)?.node;
        let (count, at) = match (&node.kind, last) {
            (NodeKind::Map(entries), Step::Key(key)) => {
                (entries.len(), entries.iter().position(|entry| &*entry.key == key)?)
            }
            (NodeKind::List(items), Step::At(at)) => (items.len(), *at),
            _ => return None,
        };
        if self.doc.is_flow(node) {
            return flow::remove(self.doc, node, at);
        }
        if count > 1 {
            return block(self.doc, node)?.remove(self.doc, at);
        }
        let empty = match node.kind {
            NodeKind::Map(_) => Value::Map(Vec::new()),
            _ => Value::List(Vec::new()),
        };
        self.replace(above, &empty)
    }

    fn slot(&self, path: &[Step]) -> Option<Slot<'a>> {
        let reached = self.doc.reach(path)?;
        let own = place(reached.node);
        let key = style_key(path);
        let Some((last, above)) = path.split_last() else {
            let columns = Columns { group: 0, list: 0, flow: false };
            return Some(Slot {
                from: own.start,
                place: own,
                reached,
                columns,
                key,
                head: None,
                is_root: true,
            });
        };
        let parent = self.doc.reach(above)?.node;
        let writer = self.writer(own.start);
        let flow = self.doc.is_flow(parent);
        let block = if flow { None } else { Some(block(self.doc, parent)?) };
        let (from, columns, head) = match (&parent.kind, last) {
            (NodeKind::Map(entries), Step::Key(key)) => {
                let at = entries.iter().position(|entry| &*entry.key == key)?;
                let from = self.doc.after_colon(&entries[at])?;
                let place = block.as_ref().map(|block| (block.entries[at], block.column));
                let columns = place.map(|(_, column)| writer.below(column));
                (from, columns, place.filter(|(entry, _)| !entry.compact).map(|(e, _)| e.head))
            }
            (NodeKind::List(_), Step::At(at)) => {
                let place = block.as_ref().and_then(|b| Some((*b.entries.get(*at)?, b.column)));
                let from = place.and_then(|(entry, _)| entry.behind_dash).unwrap_or(own.start);
                let columns = place.map(|(_, column)| writer.behind_dash(column));
                (from, columns, place.filter(|(entry, _)| !entry.compact).map(|(e, _)| e.head))
            }
            _ => return None,
        };
        let inner = self.doc.column(own.start).max(1);
        let columns = columns.unwrap_or(Columns { group: inner, list: inner, flow: true });
        // Where the parser puts a blank entry is not behind its dash.
        let own = if reached.node.is_blank() && own.is_empty() && !flow { from..from } else { own };
        let in_order = from <= own.start && own.start <= own.end;
        in_order.then_some(Slot { reached, from, place: own, columns, key, head, is_root: false })
    }

    /// Another value in the place of one that is there.
    fn replace(&self, path: &[Step], value: &Value) -> Option<Ways> {
        let slot = self.slot(path)?;
        let writer = self.writer(slot.place.start);
        let mut ways = Vec::new();
        let is_alias = slot.reached.alias.is_some();
        if let (false, NodeKind::Text(old), Some(new)) =
            (is_alias, &slot.reached.node.kind, value.text())
        {
            let new = match value {
                Value::Prose(new) => ended_like(new, old),
                _ => new.to_owned(),
            };
            if !self.careful {
                ways.extend(splice(self.doc, old, &new).map(|patch| vec![patch]));
            }
            let written = &self.doc.text[slot.place.clone()];
            let mut manner = Manner::of(written);
            // A text that grows more than one line is not broken, unless it was.
            if manner.style == Style::Plain && new.contains('\n') && !slot.columns.flow {
                manner = Manner { style: Style::Literal, width: None, clips: true };
            }
            let columns = Columns { group: body_column(self.doc, &slot, &manner), ..slot.columns };
            let text = writer.text_in(&new, matches!(value, Value::Prose(_)), &manner, columns);
            ways.extend(self.placed(&slot, &Form::Inline(text), value));
            return Some(ways);
        }
        let form = writer.value(value, &slot.key, slot.columns);
        ways.extend(self.placed(&slot, &form, value));
        if is_alias || !matches!(form, Form::Lines(_)) {
            return Some(ways);
        }
        // Where lines do not fit, brackets may.
        let flow = Columns { flow: true, ..slot.columns };
        let form = writer.value(value, &slot.key, flow);
        ways.extend(self.placed(&slot, &form, value));
        Some(ways)
    }

    /// A written value put into its place.
    fn placed(&self, slot: &Slot<'_>, form: &Form, value: &Value) -> Ways {
        let doc = self.doc;
        let Slot { from, place, .. } = slot;
        let between = &doc.text[*from..place.start];
        let is_lower = between.contains(['\n', '\r']);
        let comments = |range: Range<usize>| -> Vec<&str> {
            doc.comments(range).map(|comment| doc.written(comment)).collect()
        };
        let inside = comments(place.clone());
        match form {
            Form::Inline(text) if !is_lower => {
                let mut text = text.clone();
                let mut ways = Vec::new();
                if let [comment] = inside[..] {
                    // The comment behind the sign of a block, with the blanks before it.
                    let header = &doc.text[place.start..doc.line_end(place.start)];
                    let header = &header[..header.find(comment).unwrap_or(header.len())];
                    let blanks = &header[header.trim_end().len()..];
                    let blanks = if blanks.is_empty() { " " } else { blanks };
                    text = match text.find(['\n', '\r']) {
                        Some(end) => format!("{}{blanks}{comment}{}", &text[..end], &text[end..]),
                        None => format!("{text}{blanks}{comment}"),
                    };
                } else if !inside.is_empty() {
                    return self.with_lines_above(slot, Patch::new(place.clone(), text), &inside);
                }
                let blank = if between.is_empty() && place.start == *from && !text.is_empty() {
                    " "
                } else {
                    ""
                };
                let glued = blank == " " && !doc.text[..place.start].ends_with([':', '-']);
                let blank = if glued { "" } else { blank };
                ways.push(vec![Patch::new(place.clone(), format!("{blank}{text}"))]);
                ways
            }
            Form::Inline(text) => {
                let blank = if text.is_empty() { "" } else { " " };
                let mut all = comments(*from..place.start);
                all.extend(inside);
                let mut ways = vec![self.moved_up(slot, text)];
                let patch = Patch::new(*from..place.end, format!("{blank}{text}"));
                if all.is_empty() {
                    ways.push(vec![patch]);
                } else {
                    ways.extend(self.with_lines_above(slot, patch, &all));
                }
                ways
            }
            Form::Lines(lines) => {
                let is_list = matches!(value, Value::List(_));
                let column = if is_list { slot.columns.list } else { slot.columns.group };
                let indent = " ".repeat(column);
                let newline = doc.newline;
                let kept: String = inside.iter().map(|c| format!("{c}{newline}{indent}")).collect();
                let below_dash = doc.text[..*from].ends_with('-');
                if is_lower || slot.is_root {
                    return vec![vec![Patch::new(place.clone(), format!("{kept}{lines}"))]];
                }
                if below_dash {
                    let blank = if place.start == *from { " " } else { "" };
                    return vec![vec![Patch::new(place.clone(), format!("{blank}{kept}{lines}"))]];
                }
                let held = between.trim_end();
                let gone = Patch::new(*from + held.len()..place.end, "");
                let after = doc.line_after(place.end);
                let new = lines_at(doc, after, &format!("{indent}{kept}{lines}"), "");
                vec![vec![gone, new]]
            }
        }
    }

    /// A value on the line of its key, in the place of lines below it, whose comments stay there.
    fn moved_up(&self, slot: &Slot<'_>, text: &str) -> Vec<Patch> {
        let doc = self.doc;
        let line_end = doc.line_end(slot.from);
        let comment = doc.comments(slot.from..line_end).next();
        let end = comment.map_or(line_end, |comment| comment.span.range().start);
        // Behind an anchor.
        let at = slot.from + doc.text[slot.from..end].trim_end().len();
        let (first, rest) = text.split_once(doc.newline).unwrap_or((text, ""));
        let blank = if first.is_empty() { "" } else { " " };
        let below = doc.line_after(slot.from)..doc.line_after(slot.place.end);
        let mut lines =
            if rest.is_empty() { String::new() } else { format!("{rest}{}", doc.newline) };
        let indent = " ".repeat(slot.columns.group);
        for comment in doc.comments(below.clone()) {
            lines.push_str(&format!("{indent}{}{}", doc.written(comment), doc.newline));
        }
        vec![Patch::new(at..at, format!("{blank}{first}")), Patch::new(below, lines)]
    }

    /// Comments that stood where a value goes: on lines of their own above it, or below.
    fn with_lines_above(&self, slot: &Slot<'_>, patch: Patch, comments: &[&str]) -> Ways {
        let doc = self.doc;
        let mut ways = Vec::new();
        if let Some(head) = slot.head {
            let indent = &doc.text[head..head + doc.text[head..].len()
                - doc.text[head..].trim_start_matches(' ').len()];
            let lines: String = comments
                .iter()
                .map(|comment| format!("{indent}{comment}{}", doc.newline))
                .collect();
            ways.push(vec![Patch::new(head..head, lines), patch.clone()]);
        }
        let indent = " ".repeat(slot.columns.group);
        let lines: Vec<String> =
            comments.iter().map(|comment| format!("{indent}{comment}")).collect();
        let below = lines_at(doc, doc.line_after(slot.place.end), &lines.join(doc.newline), "");
        ways.push(vec![patch, below]);
        ways
    }

    /// Several texts at once. One behind an alias is changed where it is written.
    fn texts(&self, texts: &[(Vec<Step>, String)]) -> Option<Ways> {
        let mut patches: Vec<Patch> = Vec::new();
        for (path, new) in texts {
            let node = self.doc.reach(path)?.node;
            let NodeKind::Text(old) = &node.kind else { return None };
            let patch = if self.careful { None } else { splice(self.doc, old, new) };
            let patch = patch.or_else(|| {
                let range = node.span.range();
                let manner = Manner::of(&self.doc.text[range.clone()]);
                let column = self.doc.column(range.start);
                let columns = Columns { group: column, list: column, flow: true };
                let text = self.writer(range.start).text_in(new, false, &manner, columns);
                Some(Patch::new(range, text))
            })?;
            if !patches.contains(&patch) {
                patches.push(patch);
            }
        }
        patches.sort_by_key(|patch| (patch.range.start, patch.range.end));
        let apart = patches.windows(2).all(|pair| pair[0].range.end <= pair[1].range.start);
        apart.then(|| vec![patches])
    }
}

/// The key whose values are written alike: the last one of a path, with `[]` for each list.
pub(super) fn style_key(path: &[Step]) -> String {
    let mut key = String::new();
    for step in path {
        match step {
            Step::Key(name) => key.clone_from(name),
            Step::At(_) => key.push_str("[]"),
        }
    }
    key
}

/// Prose with the line breaks at its end that the old one has.
fn ended_like(new: &str, old: &str) -> String {
    let end = &old[old.trim_end_matches('\n').len()..];
    format!("{}{end}", new.trim_end_matches(['\n', '\r']))
}

/// The column of the further lines of a text: that of the old block, else the usual one.
fn body_column(doc: &Doc<'_>, slot: &Slot<'_>, manner: &Manner) -> usize {
    let written = &doc.text[slot.place.clone()];
    let is_block = matches!(manner.style, Style::Literal | Style::Folded);
    let body = written.find(['\n', '\r']).map(|at| &written[at..]).unwrap_or_default();
    let body = body.trim_start_matches(['\n', '\r']);
    let first = body.lines().find(|line| !line.trim().is_empty());
    match first {
        Some(line) if is_block || manner.width.is_some() => {
            line.len() - line.trim_start_matches(' ').len()
        }
        _ => slot.columns.group,
    }
}

/// The words that differ put in place of the old ones, inside the text as it is written.
fn splice(doc: &Doc<'_>, old: &SourceText, new: &str) -> Option<Patch> {
    let before = common_prefix(old, new);
    let after = common_suffix(&old[before..], &new[before..]);
    let gone = before..old.len() - after;
    let text = &new[before..new.len() - after];
    let written = &doc.text[old.span().range()];
    let special: &[char] = match written.as_bytes().first() {
        Some(b'\'') => &['\n', '\r', '\t', '\''],
        Some(b'"') => &['\n', '\r', '\t', '"', '\\'],
        _ => &['\n', '\r', '\t'],
    };
    // A text that has little of the old one is written anew.
    let little = before + after < old.len().min(new.len()) / 3;
    if little
        || text.contains(special)
        || old[gone.clone()].contains(['\n', '\r'])
        || text.chars().any(char::is_control)
    {
        return None;
    }
    let range = if gone.is_empty() {
        let at = old.source_offset(gone.start);
        at..at
    } else {
        old.span_of(gone).range()
    };
    let is_broken = written.contains(['\n', '\r']) && !written.starts_with('|');
    if is_broken {
        let width = Manner::of(written).width.unwrap_or(usize::MAX);
        let line = doc.text[doc.line_start(range.start)..doc.line_end(range.end)].trim();
        let removed = doc.text[range.clone()].chars().count();
        if line.chars().count() + text.chars().count() > width.saturating_add(removed + 8) {
            return None;
        }
    }
    Some(Patch::new(range, text))
}
