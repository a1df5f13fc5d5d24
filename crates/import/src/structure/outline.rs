//! Numbered paragraphs to a tree: what stands under what.

use super::unnumbered::{ends_here, opens_item};
use crate::label::{Label, expected, labels, rank};
use crate::para::{Para, ParaForm};
use crate::traced::Traced;
use crate::units::{Assigned, Style, brackets, opens_unit_line, parse};
use records::content::schema::section::NumberStyle;

/// A paragraph with what belongs to it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Node {
    pub(crate) kind: Kind,
    pub(crate) label: Option<Label>,
    /// The label's own characters.
    pub(crate) sign: Traced,
    /// Its paragraphs, the first without the label.
    pub(crate) paras: Vec<Traced>,
    /// Lines of their own that say who is responsible.
    pub(crate) lines: Vec<(Traced, Assigned)>,
    pub(crate) children: Vec<Node>,
}

/// What a node is before it is looked at closely.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A numbered paragraph, or one that names units.
    #[default]
    Entry,
    /// A heading without a number.
    Heading,
    /// 具体措施：
    Opener,
    /// Prose between entries.
    Prose,
}

/// What tells the level of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Key {
    Style(NumberStyle),
    Heading,
    Opener,
}

impl Node {
    /// The brackets of its paragraphs.
    pub(crate) fn names_units(&self, bare: bool) -> bool {
        !self.lines.is_empty() || self.paras.iter().any(|p| !brackets(p.as_str(), bare).is_empty())
    }

    /// Whether it or anything below names units.
    pub(crate) fn any_units(&self, bare: bool) -> bool {
        self.names_units(bare) || self.children.iter().any(|child| child.any_units(bare))
    }

    /// Whether what it says is complete: it ends in a bracket that names units.
    fn is_closed(&self, bare: bool) -> bool {
        !self.lines.is_empty()
            || self.paras.last().is_some_and(|para| {
                brackets(para.as_str(), bare)
                    .last()
                    .is_some_and(|last| ends_here(&para.as_str()[last.range.end..]))
            })
    }
}

/// Whether lists of names alone count as brackets: where hardly anything else names units.
pub(crate) fn uses_bare_lists(paras: &[Para]) -> bool {
    let (mut bare, mut marked) = (0usize, 0usize);
    for para in paras {
        for found in brackets(para.str(), true) {
            match found.style {
                Style::Bare => bare += 1,
                Style::Marked => marked += 1,
            }
        }
        marked += usize::from(opens_unit_line(para.str()));
    }
    bare >= 3 && bare > marked * 3
}

/// The tree under construction.
struct Tree {
    bare: bool,
    root: Node,
    /// From the outermost: the key, and the place among its parent's children.
    open: Vec<(Key, usize)>,
    last_number: Vec<(Key, u32)>,
}

/// The prose before the first entry, and the entries.
pub(crate) fn outline(paras: &[Para], bare: bool) -> (Vec<Traced>, Vec<Node>) {
    let mut tree = Tree { bare, root: Node::default(), open: Vec::new(), last_number: Vec::new() };
    let labels = labels(paras.iter().map(Para::str));
    let unnumbered = super::unnumbered::items(paras, &labels, bare);
    for (n, para) in paras.iter().enumerate() {
        match unnumbered.iter().find(|(at, _)| *at == n) {
            Some((_, label)) => tree.unnumbered(para, *label),
            None => tree.add(para, labels[n], labels.get(n + 1).copied().flatten()),
        }
    }
    (tree.root.paras, tree.root.children)
}

impl Tree {
    /// Adds a paragraph with its label; `next` is the label of the one behind it.
    fn add(&mut self, para: &Para, label: Option<Label>, next: Option<Label>) {
        let text = para.str();
        if let Some(assigned) = unit_line(text, self.bare)
            && !self.root.children.is_empty()
        {
            self.last().lines.push((para.text.clone(), assigned));
        } else if let Some(cut) = opener(text).filter(|_| !self.open.is_empty()) {
            self.enter(
                Key::Opener,
                Node {
                    kind: Kind::Opener,
                    paras: vec![para.text.slice(0..cut)],
                    ..Node::default()
                },
            );
            if cut < text.len() {
                let rest = para.text.slice(cut..text.len());
                self.last().children.push(Node { paras: vec![rest], ..Node::default() });
            }
        } else if let Some(label) = label.or_else(|| self.expected(text)) {
            let key = self.key_of(label);
            self.last_number.retain(|(k, _)| *k != key);
            self.last_number.push((key, label.number));
            let node = Node {
                label: Some(label),
                sign: para.text.slice(0..label.len),
                paras: vec![para.text.slice(label.len..text.len()).trim()],
                ..Node::default()
            };
            self.enter(key, node);
        } else if para.form == ParaForm::Heading || self.is_plain_heading(text, next) {
            let node =
                Node { kind: Kind::Heading, paras: vec![para.text.clone()], ..Node::default() };
            self.enter(Key::Heading, node);
        } else {
            self.unlabelled(para);
        }
    }

    /// An item that has lost its number, or never had one.
    fn unnumbered(&mut self, para: &Para, label: Option<Label>) {
        if let Some(label) = label {
            let key = self.key_of(label);
            self.last_number.retain(|(k, _)| *k != key);
            self.last_number.push((key, label.number));
            self.enter(
                key,
                Node { label: Some(label), paras: vec![para.text.clone()], ..Node::default() },
            );
            return;
        }
        let bare = self.bare;
        let node = Node { paras: vec![para.text.clone()], ..Node::default() };
        let heads = self
            .current()
            .is_some_and(|current| !current.names_units(bare) && current.kind != Kind::Prose);
        if heads {
            self.last().children.push(node)
        } else {
            self.parent_of_current().children.push(node)
        }
    }

    /// A label that looks like a decimal and is the next of a series that is open.
    fn expected(&self, text: &str) -> Option<Label> {
        let dot = Key::Style(NumberStyle::Dot);
        self.open.iter().find(|(key, _)| *key == dot)?;
        let (_, last) = self.last_number.iter().find(|(key, _)| *key == dot)?;
        expected(text, last + 1)
    }

    /// A style that only a slip of the hand can explain counts as its neighbours': 1. 2. 3、 4.
    fn key_of(&self, label: Label) -> Key {
        use NumberStyle::{Comma, Dot};
        let key = Key::Style(label.style);
        let other = match label.style {
            Dot => Key::Style(Comma),
            Comma => Key::Style(Dot),
            _ => return key,
        };
        let last = |key: Key| self.last_number.iter().find(|(k, _)| *k == key).map(|(_, n)| *n);
        let open = |key: Key| self.open.iter().any(|(k, _)| *k == key);
        if label.number > 1 && !open(key) && open(other) && last(other) == Some(label.number - 1) {
            return other;
        }
        key
    }

    /// A short line without a number and a mark, with numbered paragraphs below and entries or
    /// nothing above.
    fn is_plain_heading(&self, text: &str, next: Option<Label>) -> bool {
        let count = text.chars().count();
        let ended =
            text.ends_with(['。', '；', '：', '，', '！', '？', '）', ')', '、', ':', ';', '.']);
        (2..=30).contains(&count)
            && !ended
            && !text.contains(['，', '。', '；'])
            && crate::date::date_in(text).is_none()
            && next.is_some_and(|next| next.style != NumberStyle::Han)
            && self
                .current()
                .is_none_or(|node| node.is_closed(self.bare) || node.kind == Kind::Prose)
    }

    fn unlabelled(&mut self, para: &Para) {
        let (bare, has_units) = (self.bare, !brackets(para.str(), self.bare).is_empty());
        let Some(current) = self.current() else {
            self.root.paras.push(para.text.clone());
            return;
        };
        let heads = current.label.is_some() && !current.names_units(bare);
        if has_units && heads && opens_item(para.str()) {
            self.last().children.push(Node { paras: vec![para.text.clone()], ..Node::default() });
        } else if has_units
            && current.kind == Kind::Entry
            && current.label.is_some()
            && !opens_item(para.str())
        {
            // A further part of a numbered item, with units of its own.
            self.last().paras.push(para.text.clone());
        } else if has_units && (current.is_closed(bare) || current.kind != Kind::Entry) {
            // An item without a number.
            let parent = self.parent_of_current();
            parent.children.push(Node { paras: vec![para.text.clone()], ..Node::default() });
        } else if current.is_closed(bare) || (current.kind == Kind::Prose && self.open.is_empty()) {
            let parent = self.parent_of_current();
            parent.children.push(Node {
                kind: Kind::Prose,
                paras: vec![para.text.clone()],
                ..Node::default()
            });
        } else {
            self.last().paras.push(para.text.clone());
        }
    }

    /// Opens an entry at the level of its key.
    fn enter(&mut self, key: Key, node: Node) {
        if let Some(depth) = self.open.iter().position(|(open, _)| *open == key) {
            self.open.truncate(depth);
        } else if let Some(depth) = self.level_above(key) {
            self.open.truncate(depth);
        } else if key == Key::Heading {
            // A heading stands above the numbers that follow it, and outside of what is complete.
            self.open.retain(|(open, _)| matches!(open, Key::Style(NumberStyle::Han)));
            let keep = self
                .open
                .iter()
                .take_while(|(k, _)| matches!(k, Key::Style(NumberStyle::Han)))
                .count();
            self.open.truncate(keep);
        }
        if self.open.len() >= 12 {
            self.open.truncate(11);
        }
        let parent = self.node_at(self.open.len());
        parent.children.push(node);
        let place = parent.children.len() - 1;
        self.open.push((key, place));
    }

    /// The depth of a style that is new and stands above one that is open: （七） behind 124. with its
    /// units heads what follows.
    fn level_above(&self, key: Key) -> Option<usize> {
        let Key::Style(style) = key else { return None };
        let closed = self.current().is_some_and(|node| node.is_closed(self.bare));
        let below = |(open, _): &(Key, usize)| matches!(open, Key::Style(open) if rank(*open) > rank(style));
        self.open.iter().position(below).filter(|_| closed)
    }

    /// The open node at a depth; 0 is the root.
    fn node_at(&mut self, depth: usize) -> &mut Node {
        let mut node = &mut self.root;
        for &(_, place) in &self.open[..depth] {
            node = &mut node.children[place];
        }
        node
    }

    /// The node that was added last.
    fn current(&self) -> Option<&Node> {
        let mut node = self.root.children.last()?;
        while let Some(child) = node.children.last() {
            node = child;
        }
        Some(node)
    }

    fn last(&mut self) -> &mut Node {
        let mut node = &mut self.root;
        while !node.children.is_empty() {
            let place = node.children.len() - 1;
            node = &mut node.children[place];
        }
        node
    }

    /// The node that holds the last one.
    fn parent_of_current(&mut self) -> &mut Node {
        let heading =
            self.current().is_some_and(|n| n.kind != Kind::Entry && n.kind != Kind::Prose);
        if heading {
            return self.last();
        }
        let mut depth = 0;
        let mut node = &self.root;
        while let Some(child) = node.children.last() {
            depth += 1;
            node = child;
        }
        let mut node = &mut self.root;
        for _ in 1..depth {
            let place = node.children.len() - 1;
            node = &mut node.children[place];
        }
        node
    }
}

/// The words of a paragraph that is nothing but a statement of who is responsible.
fn unit_line(text: &str, bare: bool) -> Option<Assigned> {
    if opens_unit_line(text) {
        let words = text.trim_matches(['▲', '●', '■', '*', '-', '—', ' ']);
        let words = words.strip_prefix(['（', '(', '【', '[', '〔']).map_or(words, |rest| {
            rest.trim_end_matches(['。', '；']).trim_end_matches(['）', ')', '】', ']', '〕'])
        });
        return parse(words.trim_end_matches(['。', '；']));
    }
    let found = brackets(text, bare);
    let [one] = &found[..] else { return None };
    (one.range.start == 0 && ends_here(&text[one.range.end..])).then(|| one.assigned.clone())
}

/// Where the words 具体措施： end that begin a list of measures.
fn opener(text: &str) -> Option<usize> {
    let at = text.find('：')?;
    let words = &text[..at];
    let count = words.chars().count();
    ((2..=8).contains(&count)
        && ["措施", "举措", "重点任务", "工作任务"].iter().any(|end| words.ends_with(end)))
    .then_some(at + '：'.len_utf8())
}
