//! Item records: one or many per file.

use crate::content::fields::{Fields, Key, Mapping, Shape, Value, first_line, key, mapping_shape};
use crate::content::yaml::{Document, NodeKind};
use base::diag::{Diagnostic, Diagnostics, Located, SourceText, Span, Words};
use base::text;

use super::assignment::Assignment;
use super::values::{Deadline, Target};

/// A part of an item with its own units. An item without `parts` has exactly one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartRecord {
    /// Markdown.
    pub text: SourceText,
    /// Who is responsible for this part.
    pub assignment: Assignment,
    /// Targets of this part alone.
    pub targets: Vec<Target>,
    /// The deadline of this part alone.
    pub deadline: Option<Located<Deadline>>,
}

/// What one unit has to do in an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnRecord {
    /// The unit.
    pub unit: SourceText,
    /// 本单位具体任务, Markdown.
    pub task: Option<SourceText>,
    /// 本单位指标.
    pub targets: Vec<Target>,
}

/// One item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemRecord {
    /// What it is known by, unique in the publication.
    pub id: Option<SourceText>,
    /// Its section, by id or heading; `None` where the record is wrong.
    pub section: Option<SourceText>,
    /// Its place in the section, where given.
    pub order: Option<Located<u32>>,
    /// Its parts, at least one.
    pub parts: Vec<PartRecord>,
    /// Targets.
    pub targets: Vec<Target>,
    /// Deadline.
    pub deadline: Option<Located<Deadline>>,
    /// Own tasks and shares of single units.
    pub own: Vec<OwnRecord>,
    /// The whole record.
    pub span: Span,
}

impl ItemRecord {
    /// The targets of the item and of its parts.
    pub fn all_targets(&self) -> impl Iterator<Item = &Target> {
        self.targets.iter().chain(self.parts.iter().flat_map(|part| &part.targets))
    }

    /// The deadlines of the item and of its parts.
    pub fn all_deadlines(&self) -> impl Iterator<Item = &Located<Deadline>> {
        self.deadline.iter().chain(self.parts.iter().filter_map(|part| part.deadline.as_ref()))
    }
}

/// Reads an item file: one item, a list of items, or `section` with `items`.
pub fn read_items(document: &Document, diags: &mut Diagnostics) -> Vec<ItemRecord> {
    let Some(root) = &document.root else {
        return Vec::new();
    };
    let read = |node, diags: &mut Diagnostics| Placed::read(node, diags).map(|item| item.0);
    match &root.kind {
        NodeKind::List(nodes) => nodes.iter().filter_map(|node| read(node, diags)).collect(),
        NodeKind::Map(_) if root.get("items").is_some() => {
            ItemsOfSection::read(root, diags).map(|file| file.0).unwrap_or_default()
        }
        _ => read(root, diags).into_iter().collect(),
    }
}

/// The shape of an item file.
pub(super) fn items_shape() -> Shape {
    let placed = Shape::Mapping(mapping_shape::<ItemRecord>().requiring(&["section"]));
    Shape::Either(vec![
        Shape::Mapping(mapping_shape::<ItemsOfSection>().requiring(&["items"])),
        placed.clone(),
        Shape::List(Box::new(placed)),
    ])
}

/// A file of items that all stand in one section.
struct ItemsOfSection(Vec<ItemRecord>);

impl Mapping for ItemsOfSection {
    const NAME: &'static str = "items-of-section";
    const WHAT: Words = Words::new("section 和 items", "`section` and `items`");

    fn read_fields(fields: &mut Fields<'_>) -> Option<Self> {
        let section = fields.required_text(key(
            "section",
            "这些任务所在的部分：id 或标题",
            "the section of all items that name none: its `id` or heading",
        ));
        let mut items: Vec<ItemRecord> =
            fields.list(key("items", "任务", "the items of that section"));
        for item in &mut items {
            item.section = item.section.take().or_else(|| section.clone());
        }
        Some(Self(items))
    }
}

/// An item that says itself where it stands.
struct Placed(ItemRecord);

impl Mapping for Placed {
    const NAME: &'static str = ItemRecord::NAME;
    const WHAT: Words = ItemRecord::WHAT;

    fn read_fields(fields: &mut Fields<'_>) -> Option<Self> {
        fields.demand(SECTION);
        ItemRecord::read_fields(fields).map(Self)
    }
}

const SECTION: Key = key(
    "section",
    "所在的部分：id 或标题",
    "a section's `id` or heading; may be left out below an `items` that has it",
);
const TEXT: Key = key("text", "任务（Markdown）", "Markdown, one or more paragraphs");
const TARGETS: Key = key("targets", "指标", "the numbers to be reached");
const DEADLINE: Key = key(
    "deadline",
    "时限",
    "`2025-06-30`, `2025-06`, `2025-Q2`, `2025`, `长期`; also `2025年6月30日`, `2025年6月`, `2025年第二季度`, `2025年`; or a mapping",
);
const PARTS: Key = key(
    "parts",
    "几部分由不同单位负责时，代替 text 和各类单位",
    "instead of `text` and units: a list of parts with units of their own",
);

impl Mapping for ItemRecord {
    const NAME: &'static str = "item";
    const WHAT: Words =
        Words::new("一条任务（section、text、units 等）", "an item (section, text, units, …)");

    fn read_fields(fields: &mut Fields<'_>) -> Option<Self> {
        // What is wrong with it is reported: it is kept, so that it can be listed.
        Some(Self {
            id: fields.text(key(
                "id",
                "这条任务的固定代号，在一份通知里不重复",
                "what the item is known by whatever becomes of its number, unique in the publication; `yinfa edit give-ids` gives one to each",
            )),
            section: fields.text(SECTION),
            order: fields.integer(key(
                "order",
                "在这一部分里的先后",
                "its place in the section: an integer, unique there. Items without one follow in the order of their files (numbers in names count as numbers) and of their places in a file",
            )),
            parts: read_parts(fields),
            targets: fields.list(TARGETS),
            deadline: fields.one(DEADLINE),
            own: fields.list(key(
                "own",
                "各单位自己的任务和指标",
                "what single units have to do",
            )),
            span: fields.span().clone(),
        })
    }
}

fn read_parts(fields: &mut Fields<'_>) -> Vec<PartRecord> {
    let in_parts = fields.has(PARTS);
    if !in_parts {
        fields.demand(TEXT);
    }
    let text = fields.text(TEXT);
    let assignment = Assignment::read(fields);
    let parts = fields.filled_list(PARTS);
    if !in_parts {
        let text =
            text.unwrap_or_else(|| SourceText::new(String::new(), fields.span().clone(), vec![]));
        return vec![PartRecord { text, assignment, targets: Vec::new(), deadline: None }];
    }
    if text.is_some() || !assignment.is_empty() {
        let at = first_line(fields.span());
        fields.diags().push(
            Diagnostic::error(
                "parts-and-text",
                text!(
                    "写了 parts，就不能再写 text 和各类单位",
                    "`text` and units stand inside the parts where there are `parts`"
                ),
            )
            .at(&at)
            .help(text!("把文字和单位移到各部分里", "move the text and the units into the parts")),
        );
    }
    parts
}

impl Mapping for PartRecord {
    const NAME: &'static str = "part";
    const WHAT: Words =
        Words::new("一部分（text、units、targets 等）", "a part (text, units, targets, …)");

    fn read_fields(fields: &mut Fields<'_>) -> Option<Self> {
        let text = fields.required_text(key("text", "这一部分的文字（Markdown）", "Markdown"));
        let assignment = Assignment::read(fields);
        let targets = fields.list(key(
            "targets",
            "只属于这一部分的指标",
            "the numbers that this part alone has to reach",
        ));
        let deadline = fields.one(key(
            "deadline",
            "这一部分自己的时限",
            "the deadline of this part, where it is not the item's",
        ));
        Some(Self { text: text?, assignment, targets, deadline })
    }
}

impl Mapping for OwnRecord {
    const NAME: &'static str = "own";
    const WHAT: Words = Words::new(
        "某单位的任务（unit、task、targets）",
        "a unit's own task (unit, task, targets)",
    );

    fn read_fields(fields: &mut Fields<'_>) -> Option<Self> {
        let unit = fields.required_text(key("unit", "单位", "the unit"));
        let task =
            fields.text(key("task", "本单位具体任务（Markdown）", "本单位具体任务, Markdown"));
        let targets = fields.list(key("targets", "本单位指标", "本单位指标"));
        Some(Self { unit: unit?, task, targets })
    }
}
