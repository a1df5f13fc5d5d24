//! How the neighbours of a new value are written.

use std::collections::BTreeMap;

use super::block::block;
use super::doc::Doc;
use super::scalar::{Manner, Style};
use crate::content::yaml::{Node, NodeKind};

/// The values of a file by the key they stand behind: `targets` is a list, `targets[]` an entry
/// of it, `name` the name in that.
#[derive(Debug)]
pub(super) struct Styles<'a> {
    doc: &'a Doc<'a>,
    values: BTreeMap<String, Vec<&'a Node>>,
    /// How much further a group is indented than the key above it.
    pub(super) step: usize,
    /// The same of a list.
    pub(super) list_step: usize,
    /// How many blanks follow a dash.
    pub(super) dash_gap: usize,
}

/// A list or group, as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    Block,
    /// In brackets; with blanks inside of them.
    Flow {
        padded: bool,
    },
}

impl<'a> Styles<'a> {
    pub(super) fn of(doc: &'a Doc<'a>) -> Self {
        let mut styles = Self { doc, values: BTreeMap::new(), step: 2, list_step: 2, dash_gap: 1 };
        if let Some(root) = &doc.document.root {
            let (mut steps, mut list_steps, mut gaps) = (Vec::new(), Vec::new(), Vec::new());
            styles.collect(root, "", &mut (&mut steps, &mut list_steps, &mut gaps));
            styles.step = usual(&steps).unwrap_or(2).max(1);
            styles.list_step = usual(&list_steps).unwrap_or(styles.step);
            styles.dash_gap = usual(&gaps).unwrap_or(1).max(1);
        }
        styles
    }

    fn collect(
        &mut self,
        node: &'a Node,
        key: &str,
        found: &mut (&mut Vec<usize>, &mut Vec<usize>, &mut Vec<usize>),
    ) {
        if node.span.used().is_some() {
            return;
        }
        self.values.entry(key.to_owned()).or_default().push(node);
        let column = block(self.doc, node).map(|block| (block.column, block));
        match &node.kind {
            NodeKind::Map(entries) => {
                for entry in entries {
                    let inner = block(self.doc, &entry.value).filter(|_| column.is_some());
                    if let (Some((column, _)), Some(inner)) = (&column, inner) {
                        let apart = inner.column.saturating_sub(*column);
                        let is_list = matches!(entry.value.kind, NodeKind::List(_));
                        if is_list { found.1.push(apart) } else { found.0.push(apart) }
                    }
                    self.collect(&entry.value, &entry.key, found);
                }
            }
            NodeKind::List(items) => {
                if let Some((_, block)) = &column {
                    let gaps = block.entries.iter().zip(items).filter_map(|(entry, item)| {
                        let behind = entry.behind_dash?;
                        let between = self.doc.text.get(behind..item.span.range().start)?;
                        let blanks = !between.is_empty() && between.bytes().all(|b| b == b' ');
                        blanks.then_some(between.len())
                    });
                    found.2.extend(gaps);
                }
                let key = format!("{key}[]");
                items.iter().for_each(|item| self.collect(item, &key, found));
            }
            NodeKind::Blank | NodeKind::Text(_) => {}
        }
    }

    fn near(&self, key: &str, at: usize, fits: impl Fn(&Node) -> bool) -> Option<&'a Node> {
        let values = self.values.get(key)?.iter().filter(|node| fits(node));
        values.min_by_key(|node| node.span.range().start.abs_diff(at)).copied()
    }

    /// How texts behind a key are written near a place; else plain.
    pub(super) fn manner(&self, key: &str, at: usize) -> Option<Manner> {
        let node = self.near(key, at, |node| matches!(node.kind, NodeKind::Text(_)))?;
        Some(Manner::of(&self.doc.text[node.span.range()]))
    }

    /// The quotes that the file has most.
    pub(super) fn usual_quotes(&self) -> Style {
        let texts = self.values.values().flatten().filter(|n| matches!(n.kind, NodeKind::Text(_)));
        let (mut single, mut double) = (0, 0);
        for node in texts {
            match self.doc.text.as_bytes().get(node.span.range().start) {
                Some(b'\'') => single += 1,
                Some(b'"') => double += 1,
                _ => {}
            }
        }
        if single > double { Style::Single } else { Style::Double }
    }

    /// How lists or groups behind a key are written near a place.
    pub(super) fn layout(&self, key: &str, at: usize, list: bool) -> Option<Layout> {
        let node = self.near(key, at, |node| match &node.kind {
            NodeKind::List(items) => list && !items.is_empty(),
            NodeKind::Map(entries) => !list && !entries.is_empty(),
            _ => false,
        })?;
        let written = &self.doc.text[node.span.range()];
        let padded = || written[1..].starts_with(' ');
        Some(if self.doc.is_flow(node) { Layout::Flow { padded: padded() } } else { Layout::Block })
    }
}

/// The most frequent number; the smallest of several.
fn usual(numbers: &[usize]) -> Option<usize> {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for &number in numbers {
        *counts.entry(number).or_default() += 1;
    }
    counts.into_iter().max_by_key(|&(number, count)| (count, usize::MAX - number)).map(|(n, _)| n)
}
