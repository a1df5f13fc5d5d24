//! Sections with their numbers, and the numbers of the items in them.

use crate::content::first_line;
use crate::content::schema::assignment as record;
use crate::content::schema::notice::{Common, TextRecord};
use crate::content::schema::section::{NumberStyle, SectionRecord, Start};
use base::diag::{Diagnostic, Diagnostics, SourceText, Span, Text};
use base::nearest::closest;
use base::rich::Rich;
use base::text;

use super::assignment::Assignment;

/// A section by its place in the order of the text.
pub type SectionId = usize;

/// A section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Depth from 1.
    pub depth: usize,
    /// Its number.
    pub number: u32,
    /// The number as printed; empty without one.
    pub label: String,
    /// The heading without the number.
    pub heading: Option<String>,
    /// Headings from the outermost to this one as printed, joined by ` / `.
    pub path: String,
    /// Prose before its items.
    pub before: Rich,
    /// Prose after its items.
    pub after: Rich,
    /// Who is responsible for all items below that name nobody; printed with the heading.
    pub assignment: Assignment,
    /// Its items, by their place in the publication.
    pub items: Vec<usize>,
    /// The sections inside, in order.
    pub sections: Vec<SectionId>,
    /// What items refer to it by, where it is not the heading.
    pub id: Option<String>,
    /// The section it stands in.
    pub parent: Option<SectionId>,
    /// The record.
    pub span: Span,
}

impl Section {
    /// Where items are kept whose section is wrong.
    pub fn nowhere(items: Vec<usize>, span: Span) -> Self {
        Self {
            depth: 1,
            number: 0,
            label: String::new(),
            heading: None,
            id: None,
            path: String::new(),
            before: Rich::default(),
            after: Rich::default(),
            assignment: Assignment::default(),
            items,
            sections: Vec::new(),
            parent: None,
            span,
        }
    }
}

/// The sections of a text as one list in the order of the text, and what is needed to place items.
pub(crate) struct Outline<'a> {
    /// The records, in the same order as the sections will have.
    pub entries: Vec<OutlineEntry<'a>>,
    /// The outermost sections.
    pub roots: Vec<SectionId>,
    text: &'a TextRecord,
}

/// A section record with its place and number.
pub(crate) struct OutlineEntry<'a> {
    pub record: &'a SectionRecord,
    pub depth: usize,
    pub parent: Option<SectionId>,
    pub number: u32,
    pub label: String,
    pub path: String,
    pub children: Vec<SectionId>,
}

impl<'a> Outline<'a> {
    /// Numbers all sections.
    pub(crate) fn new(text: &'a TextRecord) -> Self {
        let mut outline = Self { entries: Vec::new(), roots: Vec::new(), text };
        // The last number used at each depth, which `continue` goes on from.
        let mut last = [0; 8];
        outline.roots = outline.add(text.sections(), 1, None, &mut last);
        outline
    }

    fn add(
        &mut self,
        records: &'a [SectionRecord],
        depth: usize,
        parent: Option<SectionId>,
        last: &mut [u32; 8],
    ) -> Vec<SectionId> {
        let slot = depth.min(last.len() - 1);
        let before = last[slot];
        let mut next = 1;
        let mut any = false;
        let mut ids = Vec::new();
        for record in records {
            let style = record.style.unwrap_or(NumberStyle::of_level(depth));
            let number = match record.start {
                Some(Start::At(number)) => number,
                Some(Start::Continue) if !any => before + 1,
                Some(Start::Continue) | None => next,
            };
            // A section without heading or number is not counted.
            let counted = record.heading.is_some() && style != NumberStyle::None;
            let label = if counted { style.label(number) } else { String::new() };
            if counted {
                next = number + 1;
                any = true;
                last[slot] = number;
            }
            let printed = format!("{label}{}", record.heading.as_deref().unwrap_or_default());
            let path = match parent.map(|parent| &self.entries[parent].path) {
                Some(outer) if !outer.is_empty() && !printed.is_empty() => {
                    format!("{outer} / {printed}")
                }
                Some(outer) if printed.is_empty() => outer.clone(),
                _ => printed,
            };
            let id = self.entries.len();
            ids.push(id);
            let children = Vec::new();
            self.entries.push(OutlineEntry {
                record,
                depth,
                parent,
                number,
                label,
                path,
                children,
            });
            self.entries[id].children = self.add(&record.sections, depth + 1, Some(id), last);
        }
        ids
    }

    /// The section an item names, by id or heading.
    pub(crate) fn find(&self, name: &SourceText, diags: &mut Diagnostics) -> Option<SectionId> {
        let wanted = name.trim();
        let named = |of: fn(&SectionRecord) -> Option<&SourceText>| -> Vec<SectionId> {
            let is_it = |id: &SectionId| {
                of(self.entries[*id].record).is_some_and(|text| text.trim() == wanted)
            };
            (0..self.entries.len()).filter(is_it).collect()
        };
        let mut found = named(|record| record.id.as_ref());
        if found.is_empty() {
            found = named(|record| record.heading.as_ref());
        }
        match found[..] {
            [id] => return Some(id),
            [] => diags.push(self.unknown(wanted, name)),
            [first, second, ..] => diags.push(
                Diagnostic::error(
                    "section-ambiguous",
                    text!("有几个部分都叫“{wanted}”", "several sections are called “{wanted}”"),
                )
                .at(name.span())
                .note(text!("一个在这里", "one"), &first_line(&self.entries[first].record.span))
                .note(
                    text!("另一个在这里", "another"),
                    &first_line(&self.entries[second].record.span),
                )
                .help(text!(
                    "给它们各写一个 id，用 id 来指",
                    "give each an `id` and refer to that"
                )),
            ),
        }
        None
    }

    fn unknown(&self, wanted: &str, name: &SourceText) -> Diagnostic {
        let names: Vec<&str> = self
            .entries
            .iter()
            .filter_map(|e| e.record.id.as_deref().or(e.record.heading.as_deref()))
            .collect();
        let all = Text::list(&names);
        let help = match closest(wanted, names.iter().copied()) {
            Some(near) => text!("是不是“{near}”？", "did you mean “{near}”?"),
            None if names.is_empty() => text!(
                "notice.yaml 的 {key} 里还没有 sections",
                "there are no `sections` under `{key}` in notice.yaml yet",
                key = self.text.key()
            ),
            None => text!("notice.yaml 里有：{all}", "notice.yaml has: {all}"; all),
        };
        Diagnostic::error(
            "section-unknown",
            text!("没有“{wanted}”这一部分", "there is no section “{wanted}”"),
        )
        .at(name.span())
        .help(help)
    }

    /// Reports ids that stand for two sections.
    pub(crate) fn check_ids(&self, diags: &mut Diagnostics) {
        for (place, entry) in self.entries.iter().enumerate() {
            let Some(id) = &entry.record.id else { continue };
            let earlier = self.entries[..place]
                .iter()
                .find_map(|e| e.record.id.as_ref().filter(|other| other.trim() == id.trim()));
            if let Some(first) = earlier {
                diags.push(
                    Diagnostic::error(
                        "section-id-twice",
                        text!(
                            "两个部分的 id 都是“{id}”",
                            "two sections have the id “{id}”",
                            id = &**id
                        ),
                    )
                    .at(id.span())
                    .note(text!("前一个在这里", "first here"), first.span())
                    .help(text!("改成不同的 id", "give them different ids")),
                );
            }
        }
    }

    /// The assignment that items of a section take over: its own, or that of the nearest section
    /// around it that names somebody.
    pub(crate) fn inherited(&self, section: SectionId) -> Option<&'a record::Assignment> {
        let mut at = Some(section);
        while let Some(id) = at {
            let entry = &self.entries[id];
            if !entry.record.assignment.is_empty() {
                return Some(&entry.record.assignment);
            }
            at = entry.parent;
        }
        None
    }
}

/// Gives items their numbers, section by section in the order of the text.
pub(crate) struct ItemNumbers {
    restart: bool,
    style: NumberStyle,
    last: u32,
}

impl ItemNumbers {
    pub(crate) fn new(common: &Common) -> Self {
        Self {
            restart: common.items_restart.unwrap_or(false),
            style: common.item_style.unwrap_or(NumberStyle::Dot),
            last: 0,
        }
    }

    /// Numbers and labels for `count` items of a section.
    pub(crate) fn of_section(
        &mut self,
        record: &SectionRecord,
        count: usize,
    ) -> Vec<(u32, String)> {
        let style = record.items.style.unwrap_or(self.style);
        let first = match record.items.start {
            Some(Start::At(number)) => number,
            Some(Start::Continue) => self.last + 1,
            None if self.restart => 1,
            None => self.last + 1,
        };
        let numbers: Vec<_> =
            (first..).take(count).map(|number| (number, style.label(number))).collect();
        if let Some(&(last, _)) = numbers.last() {
            self.last = last;
        }
        numbers
    }
}
