//! Anchors and aliases: `&name` marks a value, `*name` stands for it further below.
//!
//! What stands behind an alias is copied, so that readers need not know of it. Its places stay
//! those of the words, and each knows where it is used (`diag::Use`).

use std::collections::HashMap;
use std::sync::Arc;

use super::node::{Entry, Node, NodeKind};
use super::refuse;
use base::diag::{Diagnostic, SourceText, Span, Use};

/// The number that the parser gives to an anchor; 0 is none.
pub(super) type Id = usize;

/// The anchors of a file.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    marks: Vec<Mark>,
    /// Those whose values are read.
    values: HashMap<Id, Value>,
}

/// `&name`.
#[derive(Debug)]
struct Mark {
    id: Id,
    name: String,
    span: Span,
    used: bool,
}

#[derive(Debug)]
struct Value {
    node: Node,
    size: Size,
}

/// What a value adds to a file that it is copied into.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Size {
    /// Itself and all values in it.
    pub(super) nodes: usize,
    /// Lists and groups within each other.
    pub(super) depth: usize,
    /// Bytes of text.
    pub(super) bytes: usize,
}

impl Anchors {
    /// A mark was read; a name that was given before is a problem.
    pub(super) fn mark(&mut self, id: Id, name: &str, span: Span) -> Option<Diagnostic> {
        let first = self.marks.iter_mut().find(|mark| mark.name == name);
        let problem = first.map(|first| {
            // Which of both an alias means is the problem, not that one of them has none.
            first.used = true;
            refuse::anchor_twice(name, &span, &first.span)
        });
        let used = problem.is_some();
        self.marks.push(Mark { id, name: name.to_owned(), span, used });
        problem
    }

    /// The value behind a mark is read.
    pub(super) fn keep(&mut self, id: Id, node: &Node) {
        if id != 0 {
            self.values.insert(id, Value { node: node.clone(), size: size(node) });
        }
    }

    /// What an alias adds; `None` inside the value it refers to, which is not read yet.
    pub(super) fn size(&self, id: Id) -> Option<Size> {
        self.values.get(&id).map(|value| value.size)
    }

    /// The value that the alias at `span` stands for.
    pub(super) fn copy(&mut self, id: Id, span: &Span) -> Option<Node> {
        for mark in self.marks.iter_mut().filter(|mark| mark.id == id) {
            mark.used = true;
        }
        let value = self.values.get(&id)?;
        let name = span.source().text()[span.range()].to_owned();
        let used = Arc::new(Use { name, span: span.clone() });
        Some(Copying { used, seen: HashMap::new() }.node(&value.node))
    }

    /// The names that can be referred to.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.marks.iter().map(|mark| mark.name.as_str())
    }

    /// Marks that nothing refers to: mostly text that begins with `&`.
    pub(super) fn unused(&self) -> impl Iterator<Item = Diagnostic> {
        let unused = self.marks.iter().filter(|mark| !mark.used);
        unused.map(|mark| refuse::anchor_unused(&mark.name, &mark.span))
    }
}

fn size(node: &Node) -> Size {
    let text = |text: &SourceText| Size { nodes: 1, depth: 0, bytes: text.len() };
    let within = |sizes: &mut dyn Iterator<Item = Size>| {
        sizes.fold(Size { nodes: 1, depth: 1, bytes: 0 }, |all, one| Size {
            nodes: all.nodes + one.nodes,
            depth: all.depth.max(one.depth + 1),
            bytes: all.bytes + one.bytes,
        })
    };
    match &node.kind {
        NodeKind::Blank => Size { nodes: 1, ..Size::default() },
        NodeKind::Text(value) => text(value),
        NodeKind::List(items) => within(&mut items.iter().map(size)),
        NodeKind::Map(entries) => {
            within(&mut entries.iter().flat_map(|entry| [text(&entry.key), size(&entry.value)]))
        }
    }
}

/// Copies a value to where it is used.
struct Copying {
    used: Arc<Use>,
    /// Uses inside the value, by their address, as they are in the copy: one for all that stands
    /// behind an alias.
    seen: HashMap<usize, Arc<Use>>,
}

impl Copying {
    fn node(&mut self, node: &Node) -> Node {
        let kind = match &node.kind {
            NodeKind::Blank => NodeKind::Blank,
            NodeKind::Text(text) => NodeKind::Text(self.text(text)),
            NodeKind::List(items) => NodeKind::List(items.iter().map(|n| self.node(n)).collect()),
            NodeKind::Map(entries) => {
                let mut copy =
                    |e: &Entry| Entry { key: self.text(&e.key), value: self.node(&e.value) };
                NodeKind::Map(entries.iter().map(&mut copy).collect())
            }
        };
        let used = self.way(node.span.used());
        Node { kind, span: node.span.used_at(Some(used)) }
    }

    fn text(&mut self, text: &SourceText) -> SourceText {
        let used = self.way(text.span().used());
        text.used_at(Some(used))
    }

    /// The way from a place inside the value to this use.
    fn way(&mut self, inner: Option<&Arc<Use>>) -> Arc<Use> {
        let Some(inner) = inner else { return self.used.clone() };
        let address = Arc::as_ptr(inner).addr();
        if let Some(seen) = self.seen.get(&address) {
            return seen.clone();
        }
        let outer = self.way(inner.span.used());
        let way = Use { name: inner.name.clone(), span: inner.span.used_at(Some(outer)) };
        let way = Arc::new(way);
        self.seen.insert(address, way.clone());
        way
    }
}
