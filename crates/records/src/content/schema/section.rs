//! The sections of a text.

use crate::content::fields::{Fields, Key, Mapping, Shape, Value, first_line, key, wrong_kind};
use crate::content::yaml::{Node, NodeKind};
use base::diag::{Diagnostic, Diagnostics, SourceText, Span, Words};
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
    /// （1）
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
        ("（1）", Self::Bracket),
        ("(1)", Self::Bracket),
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

/// Sections of an issued text nest this deep (GB/T 9704 7.3.3 has four levels, the fourth is the
/// items').
pub(crate) const DEPTH_OF_ISSUED: usize = 3;

/// Sections of a document's own text nest this deep.
pub(crate) const DEPTH_OF_BODY: usize = 4;

/// The highest number that a numbering may start at.
const HIGHEST: u32 = 10_000;

const STYLE: Key = key(
    "style",
    "编号的形式",
    "how the numbers are written; by level `一、`, `（一）`, `1.`, `（1）` when left out",
);
const START: Key = key(
    "start",
    "编号从几开始；continue 接续，restart 重新编号",
    "a number, `continue` (from the last one of this level under another heading) or `restart`; else 1",
);

impl Mapping for SectionRecord {
    const NAME: &'static str = "section";
    const WHAT: Words = Words::new("一个部分（id、heading 等）", "a section (id, heading, …)");

    fn read_fields(fields: &mut Fields<'_>) -> Option<Self> {
        let section = Self {
            id: fields.text(key(
                "id",
                "任务用来指明所在部分的名称；不写就用标题",
                "what items refer to; else its heading",
            )),
            heading: fields.text(key(
                "heading",
                "标题，不写编号",
                "the heading without its number",
            )),
            style: fields.choice(STYLE, &NumberStyle::ALL).map(|s| s.value),
            start: fields.one(START),
            // The units are for all items below that name none, and printed with the heading.
            assignment: Assignment::read(fields),
            before: fields.text(key(
                "before",
                "任务前面的文字（Markdown）",
                "prose before its items (Markdown)",
            )),
            after: fields.text(key(
                "after",
                "任务后面的文字（Markdown）",
                "prose after its items (Markdown)",
            )),
            items: fields
                .one(key("items", "任务的编号", "the numbers of this section's items"))
                .unwrap_or_default(),
            sections: fields.list(key(
                "sections",
                "下一级的部分",
                "sections inside, to three levels in all; in a `body` to four",
            )),
            span: fields.span().clone(),
        };
        if section.id.is_none() && section.heading.is_none() {
            let at = first_line(fields.span());
            fields.diags().push(
                Diagnostic::error(
                    "section-unnamed",
                    text!(
                        "这一部分既没有 id 也没有 heading",
                        "a section needs an `id` or a `heading`"
                    ),
                )
                .help(text!(
                    "写 heading（标题）；没有标题的部分写 id",
                    "write a `heading`, or an `id` for a section without one"
                ))
                .at(&at),
            );
        }
        Some(section)
    }
}

/// Reports sections that stand more than `levels` deep.
pub(super) fn check_depth(sections: &[SectionRecord], levels: usize, diags: &mut Diagnostics) {
    for section in sections {
        match section.sections.first() {
            Some(inner) if levels <= 1 => diags.push(
                Diagnostic::error(
                    "sections-too-deep",
                    text!(
                        "标题最多{DEPTH_OF_ISSUED}层，body 里最多{DEPTH_OF_BODY}层",
                        "sections nest to {DEPTH_OF_ISSUED} levels at the most, in a `body` to {DEPTH_OF_BODY}"
                    ),
                )
                .help(text!(
                    "把更深一层的内容并入上一层，或写成任务",
                    "join the level that is too deep with the one above, or make items of it"
                ))
                .at(&first_line(&inner.span)),
            ),
            _ => check_depth(&section.sections, levels.saturating_sub(1), diags),
        }
    }
}

/// A number, `continue` or `restart` (which is the number 1).
impl Value for Start {
    fn shape() -> Shape {
        Shape::Either(vec![Shape::Integer, Shape::Choice(vec!["continue", "restart"])])
    }

    fn read(node: &Node, diags: &mut Diagnostics) -> Option<Self> {
        let NodeKind::Text(value) = &node.kind else {
            let what = Words::new("一个数或 continue", "a number or `continue`");
            diags.push(wrong_kind(node, what));
            return None;
        };
        let start = match value.trim() {
            "continue" => Some(Self::Continue),
            "restart" => Some(Self::At(1)),
            number => {
                number.parse().ok().filter(|number| (0..=HIGHEST).contains(number)).map(Self::At)
            }
        };
        if start.is_none() {
            diags.push(
                Diagnostic::error(
                    "start-wrong",
                    text!(
                        "“{value}”应为 0 到 {HIGHEST} 的整数、continue（接续）或 restart（重新编号）",
                        "“{value}” is not a number from 0 to {HIGHEST}, `continue` or `restart`",
                        value = &**value
                    ),
                )
                .help(text!("例如 start: 5", "for example `start: 5`"))
                .at(value.span()),
            );
        }
        start
    }
}

impl Mapping for ItemNumbering {
    const NAME: &'static str = "item-numbering";
    const WHAT: Words =
        Words::new("任务的编号（style、start）", "the items' numbering (style, start)");

    fn read_fields(fields: &mut Fields<'_>) -> Option<Self> {
        Some(Self {
            style: fields.choice(STYLE, &NumberStyle::ALL).map(|s| s.value),
            start: fields.one(START),
        })
    }
}
