//! Texts that stand in one place and count in several, behind aliases.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::content::yaml::{self, Node, NodeKind};
use base::diag::{Source, Span};

/// How often the texts behind anchors are used.
#[derive(Debug, Default)]
pub(crate) struct Copies {
    /// By the byte where a text begins: where it ends, and how many aliases stand for it.
    texts: BTreeMap<usize, (usize, usize)>,
}

impl Copies {
    pub(crate) fn of(source: &Arc<Source>) -> Self {
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

    /// How many aliases stand for the text that some bytes lie in.
    pub(crate) fn around(&self, range: Range<usize>) -> usize {
        let text = self.texts.range(..=range.start).next_back();
        text.filter(|&(_, &(end, _))| range.end <= end).map_or(0, |(_, &(_, count))| count)
    }
}
