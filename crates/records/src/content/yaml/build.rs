//! The tree under construction: parts in the order of the parser's events.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::anchors::{Anchors, Id};
use super::node::{Entry, Node, NodeKind};
use base::diag::{Diagnostic, Diagnostics, Source, SourceText, Span};
use base::text;

/// A list or mapping that is not closed yet.
#[derive(Debug)]
struct Frame {
    start: usize,
    /// The end of what was added last.
    end: usize,
    /// Whether it stands in brackets.
    flow: bool,
    anchor: Id,
    children: Children,
}

#[derive(Debug)]
enum Children {
    List(Vec<Node>),
    Map { entries: Vec<Entry>, keys: HashMap<String, Span>, key: Key },
}

/// The key whose value comes next.
#[derive(Debug)]
enum Key {
    /// None: the next node is a key.
    Open,
    Given(SourceText),
    /// It cannot be used, and its value is left out.
    Refused,
}

/// Which kind of collection begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Collection {
    List,
    Map,
}

/// Builds the tree, and reports keys that no record can have.
#[derive(Debug)]
pub(super) struct Builder {
    source: Arc<Source>,
    stack: Vec<Frame>,
    root: Option<Node>,
    pub(super) anchors: Anchors,
    pub(super) diagnostics: Diagnostics,
    /// Whether everything that was added is in the tree.
    pub(super) complete: bool,
}

impl Builder {
    pub(super) fn new(source: Arc<Source>) -> Self {
        Self {
            source,
            stack: Vec::new(),
            root: None,
            anchors: Anchors::default(),
            diagnostics: Diagnostics::new(),
            complete: true,
        }
    }

    pub(super) fn depth(&self) -> usize {
        self.stack.len()
    }

    /// Whether the next node is the key of a mapping.
    pub(super) fn at_key(&self) -> bool {
        matches!(
            self.stack.last().map(|frame| &frame.children),
            Some(Children::Map { key: Key::Open, .. })
        )
    }

    /// The outermost bracket that is not closed yet.
    pub(super) fn open_bracket(&self) -> Option<usize> {
        let frame = self.stack.iter().find(|frame| frame.flow)?;
        Some(frame.start)
    }

    /// From the start of the root to the end of what it holds so far.
    pub(super) fn outermost(&self) -> Option<Range<usize>> {
        match (self.stack.first(), &self.root) {
            (Some(frame), _) => Some(frame.start..frame.end),
            (None, root) => root.as_ref().map(|root| root.span.range()),
        }
    }

    /// Begins a list or mapping.
    pub(super) fn open(&mut self, collection: Collection, flow: bool, start: usize, anchor: Id) {
        let children = match collection {
            Collection::List => Children::List(Vec::new()),
            Collection::Map => {
                Children::Map { entries: Vec::new(), keys: HashMap::new(), key: Key::Open }
            }
        };
        self.stack.push(Frame { start, end: start, flow, anchor, children });
    }

    /// Ends the innermost list or mapping; `end` counts only for one in brackets.
    pub(super) fn close(&mut self, end: usize) {
        let Some(frame) = self.stack.pop() else {
            return;
        };
        let end = if frame.flow { end } else { frame.end };
        let span = self.span(frame.start..end);
        let kind = frame.children.into_kind();
        self.add(Node { kind, span }, frame.anchor);
    }

    /// Where a blank value stands that the parser puts at `at`: behind the sign of its key.
    pub(super) fn blank_place(&self, at: usize) -> usize {
        let Some(Children::Map { key, .. }) = self.stack.last().map(|frame| &frame.children) else {
            return at;
        };
        let Key::Given(key) = key else { return at };
        // A key behind an alias is written elsewhere.
        let key = key.span().used().map_or(key.span(), |used| &used.span);
        let end = key.range().end;
        let rest = &self.source.text()[end..];
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        if rest[blanks..].starts_with(':') { end + blanks + 1 } else { at }
    }

    /// Adds a finished node: an item, a key or the value of one.
    pub(super) fn add(&mut self, node: Node, anchor: Id) {
        self.anchors.keep(anchor, &node);
        let end = node.span.range().end;
        self.add_at(node, end);
    }

    /// The same for a node that is written elsewhere; `end` is where it ends here.
    pub(super) fn add_at(&mut self, node: Node, end: usize) {
        let Some(frame) = self.stack.last_mut() else {
            self.root.get_or_insert(node);
            return;
        };
        frame.end = frame.end.max(end);
        match &mut frame.children {
            Children::List(items) => items.push(node),
            Children::Map { entries, keys, key } => match std::mem::replace(key, Key::Open) {
                Key::Given(given) => entries.push(Entry { key: given, value: node }),
                Key::Refused => self.complete = false,
                Key::Open => {
                    *key = match admit(node, keys) {
                        Ok(given) => Key::Given(given),
                        Err(problem) => {
                            self.diagnostics.push(problem);
                            Key::Refused
                        }
                    }
                }
            },
        }
    }

    /// Leaves out a value that ends at `end`, or a key together with its value.
    pub(super) fn omit(&mut self, end: usize) {
        self.complete = false;
        let Some(frame) = self.stack.last_mut() else { return };
        frame.end = frame.end.max(end);
        if let Children::Map { key, .. } = &mut frame.children {
            *key = if matches!(key, Key::Open) { Key::Refused } else { Key::Open };
        }
    }

    /// Takes back the key that was just added: its value will be left out.
    pub(super) fn refuse_key(&mut self) {
        if let Some(Children::Map { key, .. }) = self.stack.last_mut().map(|f| &mut f.children) {
            *key = Key::Refused;
        }
    }

    /// Ends at an error: what is open below the root is dropped, and with `drop_last` the last
    /// finished entry of the root as well.
    pub(super) fn abandon(&mut self, drop_last: bool) {
        self.complete = false;
        let unfinished = self.stack.len() > 1;
        self.stack.truncate(1);
        let Some(frame) = self.stack.last_mut() else {
            if drop_last {
                self.root = None;
            }
            return;
        };
        if drop_last && !unfinished {
            match &mut frame.children {
                Children::List(items) => drop(items.pop()),
                // A key without its value is dropped with the frame.
                Children::Map { key: Key::Open, entries, .. } => drop(entries.pop()),
                Children::Map { .. } => {}
            }
        }
        let end = frame.end;
        self.close(end);
    }

    /// The root, when all is closed.
    pub(super) fn finish(mut self) -> (Option<Node>, Diagnostics, bool) {
        if self.complete {
            self.diagnostics.extend(self.anchors.unused());
        }
        (self.root, self.diagnostics, self.complete)
    }

    pub(super) fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.source.clone(), range)
    }
}

impl Children {
    fn into_kind(self) -> NodeKind {
        match self {
            Self::List(items) => NodeKind::List(items),
            Self::Map { entries, .. } => NodeKind::Map(entries),
        }
    }
}

/// A key that is a text and new in its mapping; else what is wrong with it.
fn admit(node: Node, keys: &mut HashMap<String, Span>) -> Result<SourceText, Diagnostic> {
    let key = match node.kind {
        NodeKind::Text(key) if !key.trim().is_empty() => key,
        NodeKind::Blank | NodeKind::Text(_) => {
            return Err(Diagnostic::error(
                    "yaml-key-missing",
                    text!("冒号前面没有名称", "nothing stands before the colon"),
                )
                .at(&node.span)
                .help(text!(
                    "在冒号前面写上这一项的名称；如果整行都是文字，请用引号括起来",
                    "write the name of the field before the colon; if the line is all text, put it in quotes",
                )));
        }
        NodeKind::List(_) | NodeKind::Map(_) => {
            return Err(Diagnostic::error(
                "yaml-key-shape",
                text!(
                    "方括号、花括号里的内容不能当作名称",
                    "what stands in brackets cannot be the name of a field",
                ),
            )
            .at(&node.span)
            .help(text!(
                "如果这是一段文字，请用引号把它整个括起来",
                "if this is text, put all of it in quotes",
            )));
        }
    };
    if let Some(first) = keys.get(key.as_str()) {
        let name = key.as_str();
        return Err(Diagnostic::error(
            "yaml-duplicate-key",
            text!("“{name}”写了两次", "“{name}” is given twice"),
        )
        .at(key.span())
        .note(text!("第一次写在这里", "the first one is here"), first)
        .help(text!(
            "同一组里每个名称只能出现一次：删去一个，或者合并成一个",
            "within a group each name may stand once: delete one, or make one of both",
        )));
    }
    keys.insert(key.as_str().to_owned(), key.span().clone());
    Ok(key)
}
