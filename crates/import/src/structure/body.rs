//! The tree of a text to sections and items: what is a heading and what an item is decided for
//! the document as a whole.

use super::assemble::{Block, assemble};
use super::outline::{Kind, Node};
use super::unnumbered::ends_here;
use crate::draft::{Draft, Item, Part, Section};
use crate::ledger::{Fate, Ledger};
use crate::traced::Traced;
use crate::units::deadline;
use crate::units::{Assigned, brackets};
use records::content::schema::section::NumberStyle;

/// A heading is at most this long; a longer text is cut behind its first sentence.
const HEADING: usize = 50;

/// Reads the entries of a text.
pub(crate) struct Body<'a> {
    pub(crate) bare: bool,
    pub(crate) year: Option<i16>,
    pub(crate) ledger: &'a mut Ledger,
    /// The styles whose entries name units.
    item_styles: Vec<NumberStyle>,
    /// Whether anything names units.
    any_units: bool,
    /// Whether numbered paragraphs are items although nobody is named anywhere.
    numbers_are_items: bool,
}

impl<'a> Body<'a> {
    /// Looks at the whole text first.
    pub(crate) fn new(nodes: &[Node], bare: bool, draft: &Draft, ledger: &'a mut Ledger) -> Self {
        let mut item_styles = Vec::new();
        for node in nodes {
            styles_of_items(node, bare, &mut item_styles);
        }
        let any_units = nodes.iter().any(|node| node.any_units(bare));
        let numbers_are_items = !any_units && !draft.direct;
        Self { bare, year: draft.year, ledger, item_styles, any_units, numbers_are_items }
    }

    /// The sections of the text, and prose that stands before the first of them.
    pub(crate) fn sections(&mut self, nodes: &[Node]) -> (Vec<String>, Vec<Section>) {
        let mut blocks = self.blocks(nodes, false);
        if let Some(last) = nodes.last() {
            self.closing(last, &mut blocks);
        }
        let (root, overflow) = assemble(Section::default(), blocks, 0);
        let mut sections = Vec::new();
        if !root.items.is_empty() {
            sections.push(Section { items: root.items, ..Section::default() });
        }
        sections.extend(root.sections);
        sections.extend(overflow);
        match sections.last_mut() {
            Some(last) => last.after.extend(root.after),
            None if !root.after.is_empty() => {
                sections.push(Section { before: root.after, ..Section::default() });
            }
            None => {}
        }
        (root.before, sections)
    }

    /// Prose that follows the last bracket on the same line closes the text, not the last item.
    fn closing(&mut self, last: &Node, blocks: &mut Vec<Block>) {
        let mut node = last;
        while let Some(child) = node.children.last() {
            node = child;
        }
        if node.kind != Kind::Entry {
            return;
        }
        let Some(item) = last_item(blocks) else { return };
        let [.., before, tail] = &item.parts[..] else { return };
        let long = tail.text.iter().map(|t| t.chars().count()).sum::<usize>() > 30;
        if tail.assigned.is_none() && before.assigned.is_some() && long {
            let text = item.parts.pop().map(|part| part.text).unwrap_or_default();
            blocks.extend(text.into_iter().map(Block::Prose));
        }
    }

    fn blocks(&mut self, nodes: &[Node], inherited: bool) -> Vec<Block> {
        let mut blocks = Vec::new();
        for node in nodes {
            match node.kind {
                Kind::Prose => {
                    blocks.extend(node.paras.iter().map(|p| Block::Prose(self.ledger.record(p))));
                }
                Kind::Heading | Kind::Opener => blocks.push(self.section(node, inherited)),
                Kind::Entry => self.entry(node, inherited, &mut blocks),
            }
        }
        blocks
    }

    fn entry(&mut self, node: &Node, inherited: bool, blocks: &mut Vec<Block>) {
        let own = node.names_units(self.bare);
        let below = node.children.iter().any(|child| child.any_units(self.bare));
        let is_item_style = node.label.is_some_and(|l| self.item_styles.contains(&l.style));
        let first = node.paras.first().map(Traced::as_str).unwrap_or_default();
        let is_heading = is_heading(&without_brackets(first, self.bare));
        if node.children.is_empty() {
            let counts = is_item_style || inherited || self.numbers_are_items;
            // 一、总体要求 with prose below is a section wherever it stands.
            let titled =
                is_heading && (node.paras.len() > 1 || node.label.is_some_and(|l| l.is_han()));
            if own {
                blocks.push(Block::Item(self.item(node, false)));
            } else if node.label.is_some_and(|l| l.is_han() || !is_item_style) && titled {
                blocks.push(self.section(node, inherited));
            } else if node.label.is_some() && counts {
                blocks.push(Block::Item(self.item(node, false)));
            } else {
                blocks.extend(self.prose(node));
            }
            return;
        }
        let children_own = node.children.iter().filter(|child| child.any_units(self.bare)).count();
        let last_only = children_own == 1
            && node
                .children
                .last()
                .is_some_and(|c| c.names_units(self.bare) && c.children.is_empty());
        if own {
            // A sentence with units above others with units is an item of its own; a heading
            // ends in no mark.
            let sentence = without_brackets(first, self.bare).trim().ends_with('。');
            if is_heading && !(below && sentence) {
                blocks.push(self.section(node, inherited));
            } else if below {
                blocks.push(Block::Item(self.item(node, false)));
                blocks.extend(self.blocks(&node.children, inherited));
            } else {
                blocks.push(Block::Item(self.item(node, true)));
            }
        } else if below && is_item_style && last_only && node.children.len() > 1 {
            // The bracket behind the last of several sub-points is the item's.
            blocks.push(Block::Item(self.item(node, true)));
        } else if below || (!self.any_units && is_heading) || (inherited && is_heading) {
            blocks.push(self.section(node, inherited));
        } else if is_item_style || inherited || self.numbers_are_items {
            blocks.push(Block::Item(self.item(node, true)));
        } else if is_heading {
            blocks.push(self.section(node, inherited));
        } else {
            blocks.extend(self.prose(node));
        }
    }

    /// A numbered paragraph that is no item: prose, with its number.
    fn prose(&mut self, node: &Node) -> Vec<Block> {
        self.paragraphs(node).iter().map(|p| Block::Prose(self.ledger.record(p))).collect()
    }

    /// All paragraphs of a node and below, numbers included.
    fn paragraphs(&self, node: &Node) -> Vec<Traced> {
        let mut all = Vec::new();
        for (n, para) in node.paras.iter().enumerate() {
            let mut text = if n == 0 { node.sign.clone() } else { Traced::default() };
            text.append(para);
            all.push(text);
        }
        all.extend(node.children.iter().flat_map(|child| self.paragraphs(child)));
        all
    }

    fn section(&mut self, node: &Node, inherited: bool) -> Block {
        let mut section =
            Section { number: node.label.map(|l| (l.style, l.number)), ..Section::default() };
        self.ledger.mark(&node.sign, Fate::Record);
        let mut before = Vec::new();
        let mut paras = node.paras.iter();
        if let Some(first) = paras.next() {
            let mut heading = first.clone();
            let found = brackets(first.as_str(), self.bare);
            if let Some(one) = found.last().filter(|f| ends_here(&first.as_str()[f.range.end..])) {
                self.ledger.mark(first, Fate::Record);
                heading = first.slice(0..one.range.start).trim();
                section.assigned = Some(one.assigned.clone());
            }
            let cut = cut_heading(heading.as_str());
            let words = self.ledger.record(&heading.slice(0..cut).trim());
            if words.is_empty() {
                // A number with nothing but a bracket behind it heads nothing.
                section.number = None;
            } else {
                section.heading = Some(words);
            }
            let rest = heading.slice(cut..heading.len()).trim();
            if !rest.is_empty() {
                before.push(self.ledger.record(&rest));
            }
        }
        before.extend(paras.map(|p| self.ledger.record(p)));
        for (line, assigned) in &node.lines {
            self.ledger.mark(line, Fate::Record);
            section.assigned.get_or_insert_default().merge(assigned.clone());
        }
        let inherited = inherited || section.assigned.as_ref().is_some_and(|a| !a.is_empty());
        let mut blocks: Vec<Block> = before.into_iter().map(Block::Prose).collect();
        blocks.extend(self.blocks(&node.children, inherited));
        Block::Section(Box::new(section), blocks)
    }

    /// An item; with `deep` what stands below it is text of it.
    fn item(&mut self, node: &Node, deep: bool) -> Item {
        let mut item = Item {
            number: node.label.map(|l| (l.style, l.number)),
            at: node.paras.first().map_or(0, Traced::start),
            ..Item::default()
        };
        self.ledger.mark(&node.sign, Fate::Record);
        let mut paras: Vec<Traced> = node.paras.clone();
        if deep {
            paras.extend(node.children.iter().flat_map(|child| self.paragraphs(child)));
        }
        let mut open = Part::default();
        for para in &paras {
            self.paragraph(para, &mut open, &mut item.parts);
        }
        if !open.text.is_empty() {
            item.parts.push(open);
        }
        let mut lines: Vec<&(Traced, Assigned)> = node.lines.iter().collect();
        if deep {
            collect_lines(&node.children, &mut lines);
        }
        for (line, assigned) in lines {
            self.ledger.mark(line, Fate::Record);
            match item.parts.last_mut() {
                Some(part) => part.assigned.get_or_insert_default().merge(assigned.clone()),
                None => {
                    item.parts.push(Part { assigned: Some(assigned.clone()), ..Part::default() })
                }
            }
        }
        finish(&mut item, self.year);
        item
    }

    /// Cuts a paragraph at its brackets.
    fn paragraph(&mut self, para: &Traced, open: &mut Part, parts: &mut Vec<Part>) {
        let text = para.as_str();
        let mut start = 0;
        for found in brackets(text, self.bare) {
            let piece = para.slice(start..found.range.start).trim();
            self.ledger.mark(&para.slice(found.range.clone()), Fate::Record);
            if !piece.is_empty() {
                open.text.push(self.ledger.record(&piece));
            }
            start = found.range.end;
            if open.text.is_empty()
                && let Some(last) = parts.last_mut()
            {
                // Two brackets side by side speak of the same text.
                last.assigned.get_or_insert_default().merge(found.assigned);
                continue;
            }
            open.assigned = Some(found.assigned);
            parts.push(std::mem::take(open));
        }
        let rest = para.slice(start..text.len());
        if start > 0 && ends_here(rest.as_str()) {
            self.ledger.mark(&rest, Fate::Record);
            // The full stop behind the bracket ends the sentence before it.
            if let Some(text) = parts.last_mut().and_then(|part| part.text.last_mut())
                && rest.as_str().starts_with('。')
                && !text.ends_with(['。', '；', '！', '？', '…', '：'])
            {
                text.push('。');
            }
            return;
        }
        let mut rest = rest.trim();
        if start > 0 && rest.as_str().starts_with(['。', '；', '，']) {
            let sign = rest.as_str().chars().next().unwrap_or('。');
            self.ledger.mark(&rest.slice(0..sign.len_utf8()), Fate::Record);
            if let Some(text) = parts.last_mut().and_then(|part| part.text.last_mut())
                && !text.ends_with(['。', '；', '！', '？'])
            {
                text.push(sign);
            }
            rest = rest.slice(sign.len_utf8()..rest.len()).trim();
        }
        if !rest.is_empty() {
            open.text.push(self.ledger.record(&rest));
        }
    }
}

/// Takes deadline and what has no field from the brackets of an item.
fn finish(item: &mut Item, year: Option<i16>) {
    for part in &mut item.parts {
        let Some(assigned) = &mut part.assigned else { continue };
        if let Some(words) = assigned.deadline.take() {
            match deadline::read(&words, year).filter(|_| item.due.is_none()) {
                Some(due) => item.due = Some(due),
                None => item.comments.push(format!("完成时限：{words}")),
            }
        }
        item.comments.append(&mut assigned.besides);
        if assigned.is_empty() {
            part.assigned = None;
        }
    }
    for part in &mut item.parts {
        // Units without a task are no task: their words are kept as a text.
        if part.text.iter().all(|text| text.trim().is_empty()) {
            let words = part.assigned.take().map(|assigned| assigned.printed);
            part.text = vec![words.filter(|w| !w.is_empty()).unwrap_or_else(|| "（空）".into())];
        }
    }
}

fn collect_lines<'n>(nodes: &'n [Node], lines: &mut Vec<&'n (Traced, Assigned)>) {
    for node in nodes {
        lines.extend(&node.lines);
        collect_lines(&node.children, lines);
    }
}

fn last_item(blocks: &mut [Block]) -> Option<&mut Item> {
    match blocks.last_mut()? {
        Block::Item(item) => Some(item),
        Block::Section(_, blocks) => last_item(blocks),
        Block::Prose(_) => None,
    }
}

fn styles_of_items(node: &Node, bare: bool, styles: &mut Vec<NumberStyle>) {
    if let (Kind::Entry, Some(label)) = (node.kind, node.label)
        && node.names_units(bare)
    {
        let first = node.paras.first().map(Traced::as_str).unwrap_or_default();
        let section = !node.children.is_empty() && is_heading(&without_brackets(first, bare));
        if !section && !styles.contains(&label.style) {
            styles.push(label.style);
        }
    }
    for child in &node.children {
        styles_of_items(child, bare, styles);
    }
}

/// The text without what names units.
fn without_brackets(text: &str, bare: bool) -> String {
    let mut out = String::new();
    let mut start = 0;
    for found in brackets(text, bare) {
        out.push_str(&text[start..found.range.start]);
        start = found.range.end;
    }
    out.push_str(&text[start..]);
    out
}

/// Whether a text can be a heading: one short sentence at most.
fn is_heading(text: &str) -> bool {
    let text = text.trim().trim_end_matches('。');
    text.chars().count() <= HEADING && !text.contains(['。', '；'])
}

/// Where a heading ends in a text that may go on behind it.
fn cut_heading(text: &str) -> usize {
    if is_heading(text) {
        return text.len();
    }
    match text.find('。') {
        Some(at) if text[..at].chars().count() <= HEADING => at + '。'.len_utf8(),
        _ => text.len(),
    }
}
