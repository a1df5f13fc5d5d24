//! A file as it is before a change: its text by lines, and where the parts of its tree stand.

use std::ops::Range;
use std::sync::Arc;

use crate::content::yaml::{Comment, Document, Entry, Node, NodeKind};
use crate::edit::value::Step;
use base::diag::{Source, SourceText};

/// A file that is being changed.
#[derive(Debug)]
pub(super) struct Doc<'a> {
    pub(super) source: &'a Arc<Source>,
    pub(super) text: &'a str,
    pub(super) document: &'a Document,
    /// How its lines end.
    pub(super) newline: &'static str,
}

/// A node in the tree, and the alias it stands behind.
#[derive(Debug, Clone)]
pub(super) struct Reached<'a> {
    pub(super) node: &'a Node,
    /// The alias, and how many steps of the path lead to it.
    pub(super) alias: Option<(Range<usize>, usize)>,
}

impl<'a> Doc<'a> {
    pub(super) fn new(source: &'a Arc<Source>, document: &'a Document) -> Self {
        let text = source.text();
        let newline = match text.find(['\n', '\r']) {
            Some(at) if text[at..].starts_with("\r\n") => "\r\n",
            Some(at) if text[at..].starts_with('\r') => "\r",
            _ => "\n",
        };
        Self { source, text, document, newline }
    }

    /// The node at a path.
    pub(super) fn reach(&self, path: &[Step]) -> Option<Reached<'a>> {
        let mut node = self.document.root.as_ref()?;
        let mut alias = None;
        for (depth, step) in path.iter().enumerate() {
            node = child(node, step)?;
            if alias.is_none() && node.span.used().is_some() {
                alias = Some((place(node), depth + 1));
            }
        }
        Some(Reached { node, alias })
    }

    /// Where the line of a byte begins, behind a byte order mark.
    pub(super) fn line_start(&self, at: usize) -> usize {
        let start = self.text[..at].rfind(['\n', '\r']).map_or(0, |end| end + 1);
        if start == 0 && self.text.starts_with('\u{feff}') {
            '\u{feff}'.len_utf8().min(at)
        } else {
            start
        }
    }

    /// Where the line of a byte ends, before its line break.
    pub(super) fn line_end(&self, at: usize) -> usize {
        self.text[at..].find(['\n', '\r']).map_or(self.text.len(), |found| at + found)
    }

    /// Where the next line begins.
    pub(super) fn line_after(&self, at: usize) -> usize {
        let end = self.line_end(at);
        end + break_len(&self.text[end..])
    }

    /// How many characters stand before a byte on its line.
    pub(super) fn column(&self, at: usize) -> usize {
        self.text[self.line_start(at)..at].chars().count()
    }

    /// Whether only blanks stand before a byte on its line.
    pub(super) fn heads_line(&self, at: usize) -> bool {
        self.text[self.line_start(at)..at].bytes().all(|b| b == b' ')
    }

    /// Whether the line at a byte that begins one is empty.
    pub(super) fn is_blank_line(&self, at: usize) -> bool {
        at < self.text.len() && self.text[at..self.line_end(at)].trim().is_empty()
    }

    /// The comments that stand in some bytes.
    pub(super) fn comments(&self, range: Range<usize>) -> impl Iterator<Item = &'a Comment> {
        let within = move |comment: &&Comment| {
            let place = comment.span.range();
            range.start <= place.start && place.end <= range.end
        };
        self.document.comments.iter().filter(within)
    }

    /// A comment as it is written, without blanks at its end.
    pub(super) fn written(&self, comment: &Comment) -> &'a str {
        self.text[comment.span.range()].trim_end()
    }

    /// The comment that is alone on the line that begins at `at`.
    pub(super) fn comment_line(&self, at: usize) -> Option<&'a Comment> {
        let end = self.line_end(at);
        let comment = self.comments(at..end).next()?;
        self.heads_line(comment.span.range().start).then_some(comment)
    }

    /// Whether a list or group stands in brackets.
    pub(super) fn is_flow(&self, node: &Node) -> bool {
        // Of a list that is not indented, the parser tells the start of its first entry.
        let first = match &node.kind {
            NodeKind::List(items) => items.first().map(|item| place(item).start),
            NodeKind::Map(entries) => entries.first().map(|entry| key_place(&entry.key).start),
            _ => return false,
        };
        self.text[node.span.range()].starts_with(['[', '{'])
            && first.is_none_or(|first| first > node.span.range().start)
    }

    /// Where the value of a key may begin: behind its colon.
    pub(super) fn after_colon(&self, entry: &Entry) -> Option<usize> {
        let end = key_place(&entry.key).end;
        let rest = &self.text[end..];
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        rest[blanks..].starts_with(':').then_some(end + blanks + 1)
    }
}

/// The length of the line break at the start of a text.
pub(super) fn break_len(text: &str) -> usize {
    match text.as_bytes() {
        [b'\r', b'\n', ..] => 2,
        [b'\r' | b'\n', ..] => 1,
        _ => 0,
    }
}

/// The child of a node.
pub(super) fn child<'a>(node: &'a Node, step: &Step) -> Option<&'a Node> {
    match (&node.kind, step) {
        (NodeKind::Map(_), Step::Key(key)) => node.get(key).map(|entry| &entry.value),
        (NodeKind::List(items), Step::At(at)) => items.get(*at),
        _ => None,
    }
}

/// Where a node stands in what holds it: of one behind an alias, the alias.
pub(super) fn place(node: &Node) -> Range<usize> {
    node.span.uses().last().map_or_else(|| node.span.range(), |used| used.span.range())
}

/// The same of a key.
pub(super) fn key_place(key: &SourceText) -> Range<usize> {
    key.span().uses().last().map_or_else(|| key.span().range(), |used| used.span.range())
}
