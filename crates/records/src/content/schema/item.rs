//! Item records: one or many per file.

use crate::content::fields::{Fields, first_line};
use crate::content::yaml::{Document, Node, NodeKind};
use base::diag::{Diagnostic, Diagnostics, Located, SourceText, Span};
use base::text;

use super::assignment::Assignment;
use super::values::{Deadline, Target, read_deadline, read_target};

/// A part of an item with its own units. An item without `parts` has exactly one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartRecord {
    /// Markdown.
    pub text: SourceText,
    /// Who is responsible for this part.
    pub assignment: Assignment,
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

/// Reads an item file: one item, a list of items, or `section` with `items`.
pub fn read_items(document: &Document, diags: &mut Diagnostics) -> Vec<ItemRecord> {
    let Some(root) = &document.root else {
        return Vec::new();
    };
    match &root.kind {
        NodeKind::List(nodes) => {
            nodes.iter().filter_map(|node| read_item(node, None, diags)).collect()
        }
        NodeKind::Map(entries) if entries.iter().any(|e| &*e.key == "items") => {
            let what = text!("section 和 items", "`section` and `items`");
            let Some(mut fields) = Fields::open(root, &what, diags) else {
                return Vec::new();
            };
            let section = fields.required_text("section");
            let items =
                fields.list("items", |node, diags| read_item(node, section.as_ref(), diags));
            fields.finish();
            items
        }
        _ => read_item(root, None, diags).into_iter().collect(),
    }
}

fn read_item(
    node: &Node,
    section_of_file: Option<&SourceText>,
    diags: &mut Diagnostics,
) -> Option<ItemRecord> {
    let mut fields = Fields::open(
        node,
        &text!("一条任务（section、text、units 等）", "an item (section, text, units, …)"),
        diags,
    )?;
    let section = match section_of_file {
        Some(section) => fields.text("section").or_else(|| Some(section.clone())),
        None => fields.required_text("section"),
    };
    let order = fields.integer("order");
    let parts = read_parts(&mut fields);
    let targets = fields.list("targets", read_target);
    let deadline = fields.one("deadline", read_deadline);
    let own = fields.list("own", read_own);
    fields.finish();
    // What is wrong with it was reported: it is kept, so that it can be listed.
    let span = node.span.clone();
    Some(ItemRecord { section, order, parts, targets, deadline, own, span })
}

fn read_parts(fields: &mut Fields<'_>) -> Vec<PartRecord> {
    if !fields.has("parts") {
        let text = fields.required_text("text");
        let assignment = Assignment::read(fields);
        fields.note_key("parts");
        let text =
            text.unwrap_or_else(|| SourceText::new(String::new(), fields.span().clone(), vec![]));
        return vec![PartRecord { text, assignment }];
    }
    let parts = fields.required_list("parts", |node, diags| {
        let mut fields =
            Fields::open(node, &text!("一部分（text、units）", "a part (text, units)"), diags)?;
        let text = fields.required_text("text");
        let assignment = Assignment::read(&mut fields);
        fields.finish();
        Some(PartRecord { text: text?, assignment })
    });
    let text = fields.text("text");
    let assignment = Assignment::read(fields);
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

fn read_own(node: &Node, diags: &mut Diagnostics) -> Option<OwnRecord> {
    let mut fields = Fields::open(
        node,
        &text!("某单位的任务（unit、task、targets）", "a unit's own task (unit, task, targets)"),
        diags,
    )?;
    let unit = fields.required_text("unit");
    let task = fields.text("task");
    let targets = fields.list("targets", read_target);
    fields.finish();
    Some(OwnRecord { unit: unit?, task, targets })
}
