//! The sections of the issued text.

use crate::content::fields::{Fields, wrong_kind};
use crate::content::yaml::{Node, NodeKind};
use base::diag::{Diagnostic, Diagnostics, Located, SourceText, Span};
use base::text;

use super::assignment::Assignment;

/// How numbers of sections and items are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberStyle {
    /// 一、
    Han,
    /// （一）
    HanBracket,
    /// 1.
    Dot,
    /// 1、
    Comma,
    /// (1)
    Bracket,
    /// No number.
    None,
}

impl NumberStyle {
    /// The styles as they are written in records.
    pub const ALL: [(&'static str, Self); 8] = [
        ("一、", Self::Han),
        ("（一）", Self::HanBracket),
        ("(一)", Self::HanBracket),
        ("1.", Self::Dot),
        ("1、", Self::Comma),
        ("(1)", Self::Bracket),
        ("（1）", Self::Bracket),
        ("none", Self::None),
    ];
}

/// Where a numbering begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// At a number.
    At(u32),
    /// After the last one of the same kind, wherever that stands.
    Continue,
}

/// How the items of a section, or of the whole text, are numbered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ItemNumbering {
    /// The style.
    pub style: Option<NumberStyle>,
    /// Where the section's items begin.
    pub start: Option<Start>,
}

/// A section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionRecord {
    /// What items refer to; else the heading.
    pub id: Option<SourceText>,
    /// The heading without its number.
    pub heading: Option<SourceText>,
    /// Its number's style.
    pub style: Option<NumberStyle>,
    /// Its number, where it is not the next one.
    pub start: Option<Start>,
    /// Who is responsible for all items below that name nobody.
    pub assignment: Assignment,
    /// Prose before its items, Markdown.
    pub before: Option<SourceText>,
    /// Prose after its items, Markdown.
    pub after: Option<SourceText>,
    /// How its items are numbered.
    pub items: ItemNumbering,
    /// Sections inside.
    pub sections: Vec<SectionRecord>,
    /// The whole record.
    pub span: Span,
}

/// Sections nest this deep (GB/T 9704 7.3.3 has four levels, the fourth is the items').
pub(crate) const MAX_DEPTH: usize = 3;

/// The highest number that a numbering may start at.
const HIGHEST: u32 = 999;

/// Reads a section and those inside.
pub(crate) fn read_section(
    node: &Node,
    depth: usize,
    diags: &mut Diagnostics,
) -> Option<SectionRecord> {
    let mut fields = Fields::open(
        node,
        &text!("一个部分（id、heading 等）", "a section (id, heading, …)"),
        diags,
    )?;
    let section = SectionRecord {
        id: fields.text("id"),
        heading: fields.text("heading"),
        style: fields.choice("style", &NumberStyle::ALL).map(|s| s.value),
        start: fields.one("start", read_start).map(|s| s.value),
        assignment: Assignment::read(&mut fields),
        before: fields.text("before"),
        after: fields.text("after"),
        items: fields.one("items", read_item_numbering).unwrap_or_default(),
        sections: fields.list("sections", |node, diags| read_section(node, depth + 1, diags)),
        span: node.span.clone(),
    };
    if section.id.is_none() && section.heading.is_none() {
        let at = crate::content::fields::first_line(fields.span());
        fields.diags().push(
            Diagnostic::error(
                "section-unnamed",
                text!("这一部分既没有 id 也没有 heading", "a section needs an `id` or a `heading`"),
            )
            .help(text!(
                "写 heading（标题）；没有标题的部分写 id",
                "write a `heading`, or an `id` for a section without one"
            ))
            .at(&at),
        );
    }
    if let (true, Some(inner)) = (depth >= MAX_DEPTH, section.sections.first()) {
        fields.diags().push(
            Diagnostic::error(
                "sections-too-deep",
                text!("标题最多三层", "sections nest to three levels at the most"),
            )
            .help(text!(
                "把第四层的内容并入上一层，或写成任务",
                "join the fourth level with the one above, or make items of it"
            ))
            .at(&crate::content::fields::first_line(&inner.span)),
        );
    }
    fields.finish();
    Some(section)
}

/// Reads a start: a number or `continue` (`restart` is the number 1).
fn read_start(node: &Node, diags: &mut Diagnostics) -> Option<Located<Start>> {
    let NodeKind::Text(value) = &node.kind else {
        diags.push(wrong_kind(node, &text!("一个数或 continue", "a number or `continue`")));
        return None;
    };
    let start = match value.trim() {
        "continue" => Some(Start::Continue),
        "restart" => Some(Start::At(1)),
        number => {
            number.parse().ok().filter(|number| (1..=HIGHEST).contains(number)).map(Start::At)
        }
    };
    if start.is_none() {
        diags.push(
            Diagnostic::error(
                "start-wrong",
                text!(
                    "“{value}”应为 1 到 {HIGHEST} 的整数、continue（接续）或 restart（重新编号）",
                    "“{value}” is not a number from 1 to {HIGHEST}, `continue` or `restart`",
                    value = &**value
                ),
            )
            .help(text!("例如 start: 5", "for example `start: 5`"))
            .at(value.span()),
        );
    }
    start.map(|start| Located::new(start, value.span().clone()))
}

/// Reads `items` of a section.
fn read_item_numbering(node: &Node, diags: &mut Diagnostics) -> Option<ItemNumbering> {
    let mut fields = Fields::open(
        node,
        &text!("任务的编号（style、start）", "the items' numbering (style, start)"),
        diags,
    )?;
    let numbering = ItemNumbering {
        style: fields.choice("style", &NumberStyle::ALL).map(|s| s.value),
        start: fields.one("start", read_start).map(|s| s.value),
    };
    fields.finish();
    Some(numbering)
}
