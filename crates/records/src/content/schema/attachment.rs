//! Attachments of the letter or of the issued text.

use crate::content::fields::{Fields, Key, Mapping, Shape, Value, first_line, key, wrong_kind};
use crate::content::yaml::{Node, NodeKind};
use base::diag::{Diagnostic, Diagnostics, SourceText, Span, Words};
use base::text;

/// What an attachment belongs to, and so where it is noted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttachedTo {
    /// The letter: noted before its sign-off.
    Letter,
    /// The issued text: noted after it.
    Issued,
}

/// What an attachment shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AttachmentKind {
    /// A text (Markdown with headings).
    Text,
    /// A table.
    Table {
        /// Column headings.
        columns: Vec<SourceText>,
        /// Rows; a cell may be blank.
        rows: Vec<Vec<Option<SourceText>>>,
        /// On a page turned by 90°.
        wide: bool,
    },
    /// 单位名单 out of the registry.
    UnitList {
        /// Units and groups; all units that are not `outside` when empty.
        units: Vec<SourceText>,
    },
    /// 任务分解表: the breakdown of all items.
    TaskTable,
}

/// An attachment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachmentRecord {
    /// Its title.
    pub title: SourceText,
    /// What it belongs to.
    pub of: AttachedTo,
    /// What it shows.
    pub kind: AttachmentKind,
    /// Its text, or a sentence before a table or list.
    pub text: Option<SourceText>,
    /// The whole record.
    pub span: Span,
}

#[derive(Clone, Copy)]
enum Kind {
    Text,
    Table,
    UnitList,
    TaskTable,
}

const KINDS: [(&str, Kind); 4] = [
    ("text", Kind::Text),
    ("table", Kind::Table),
    ("unit-list", Kind::UnitList),
    ("task-table", Kind::TaskTable),
];
const OF: [(&str, AttachedTo); 2] =
    [("letter", AttachedTo::Letter), ("issued", AttachedTo::Issued)];

const TEXT: Key = key(
    "text",
    "文字；或表格、名单前面的一句话",
    "for `text`: Markdown, with headings. For `table` and lists: a sentence before it",
);
const COLUMNS: Key = key("columns", "表头", "for `table`: the headings");
const ROWS: Key = key("rows", "各行", "for `table`: rows of as many cells as there are headings");
const WIDE: Key =
    key("wide", "放在横向的页上", "for `table`: `true` puts it on a page turned by 90°");
const UNITS: Key = key(
    "units",
    "名单里的单位；不写就是全部单位",
    "for `unit-list`: units and groups in order; else every unit that is not `outside`",
);

impl Mapping for AttachmentRecord {
    const NAME: &'static str = "attachment";
    const WHAT: Words = Words::new("一个附件（title、kind 等）", "an attachment (title, kind, …)");

    fn read_fields(fields: &mut Fields<'_>) -> Option<Self> {
        let title = fields.required_text(key("title", "名称", "its title"));
        let of = key(
            "of",
            "附在所印发文本后，还是通知后",
            "`issued` (default: noted after the issued text) or `letter` (noted before the sign-off)",
        );
        let of = fields.choice(of, &OF).map_or(AttachedTo::Issued, |of| of.value);
        let kind = fields.required_choice(
            key("kind", "形式：文字、表格、单位名单、任务分解表", "what it shows"),
            &KINDS,
        );
        let text = fields.text(TEXT);
        let columns = fields.filled_list(COLUMNS);
        let rows = fields.filled_list(ROWS);
        let wide = fields.flag(WIDE).unwrap_or(false);
        let units = fields.texts(UNITS);
        let kind = match kind?.value {
            Kind::Text => {
                fields.demand(TEXT);
                fields.refuse(&[COLUMNS, ROWS, WIDE, UNITS]);
                AttachmentKind::Text
            }
            Kind::Table => {
                fields.demand(COLUMNS);
                fields.demand(ROWS);
                fields.refuse(&[UNITS]);
                let rows = fitting(rows, columns.len(), fields.diags());
                AttachmentKind::Table { columns, rows, wide }
            }
            Kind::UnitList => {
                fields.refuse(&[COLUMNS, ROWS, WIDE]);
                AttachmentKind::UnitList { units }
            }
            Kind::TaskTable => {
                fields.refuse(&[COLUMNS, ROWS, WIDE, UNITS]);
                AttachmentKind::TaskTable
            }
        };
        Some(Self { title: title?, of, kind, text, span: fields.span().clone() })
    }
}

/// A row of a table as it was read.
struct Row {
    cells: Vec<Option<SourceText>>,
    span: Span,
}

impl Value for Row {
    fn shape() -> Shape {
        Shape::List(Box::new(Shape::Text.or_blank()))
    }

    fn read(node: &Node, diags: &mut Diagnostics) -> Option<Self> {
        let NodeKind::List(cells) = &node.kind else {
            let what = Words::new("一行（各格的列表）", "a row (a list of cells)");
            diags.push(wrong_kind(node, what));
            return None;
        };
        let cells = cells.iter().map(|cell| read_cell(cell, diags)).collect::<Option<_>>()?;
        Some(Self { cells, span: node.span.clone() })
    }
}

/// A cell: `Some(None)` for an empty one.
fn read_cell(node: &Node, diags: &mut Diagnostics) -> Option<Option<SourceText>> {
    match &node.kind {
        NodeKind::Text(text) if text.trim().is_empty() => Some(None),
        NodeKind::Blank => Some(None),
        _ => SourceText::read(node, diags).map(Some),
    }
}

/// The rows that have a cell for each column; others are reported.
fn fitting(
    rows: Vec<Row>,
    columns: usize,
    diags: &mut Diagnostics,
) -> Vec<Vec<Option<SourceText>>> {
    let mut fitting = Vec::new();
    for row in rows {
        let found = row.cells.len();
        if found == columns {
            fitting.push(row.cells);
            continue;
        }
        diags.push(
            Diagnostic::error(
                "row-length",
                text!(
                    "这一行有 {found} 格，表头有 {columns} 栏",
                    "this row has {found} cells, the table {columns} columns"
                ),
            )
            .at(&first_line(&row.span))
            .help(text!("空格子写成 \"\"", "write \"\" for an empty cell")),
        );
    }
    fitting
}
