//! Attachments of the letter or of the issued text.

use crate::content::fields::{
    Fields, Key, Mapping, Shape, Value, first_line, key, mapping_shape, wrong_kind,
};
use crate::content::schema::stage::Stage;
use crate::content::yaml::{Node, NodeKind};
use base::columns::ColumnAlign;
use base::diag::{Diagnostic, Diagnostics, Located, SourceText, Span, Words};
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
        /// How each of them looks, where the record says so.
        looks: Vec<ColumnLook>,
        /// Rows; a cell may be blank.
        rows: Vec<Vec<Option<SourceText>>>,
        /// On a page turned by 90°, or upright; by its contents where nothing is said.
        wide: Option<bool>,
    },
    /// 单位名单 out of the registry.
    UnitList {
        /// Units and groups; all units that are not `outside` when empty.
        units: Vec<SourceText>,
    },
    /// 任务分解表: the breakdown of all items.
    TaskTable,
}

/// How a column of a table looks, where that does not follow from its cells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ColumnLook {
    /// How many characters wide.
    pub width: Option<u32>,
    /// Where its cells stand.
    pub align: Option<ColumnAlign>,
    /// The heading that it shares with its neighbours.
    pub group: Option<SourceText>,
}

const ALIGNS: [(&str, ColumnAlign); 3] =
    [("left", ColumnAlign::Left), ("center", ColumnAlign::Center), ("right", ColumnAlign::Right)];

/// A column of a table: its heading, or a mapping.
struct ColumnRecord {
    title: SourceText,
    look: ColumnLook,
}

/// A column that says more than its heading.
struct DetailedColumn(ColumnRecord);

impl Mapping for DetailedColumn {
    const NAME: &'static str = "table-column";
    const WHAT: Words = Words::new("一栏（title、width 等）", "a column (title, width, …)");

    fn read_fields(fields: &mut Fields<'_>) -> Option<Self> {
        let title = fields.required_text(key("title", "表头", "its heading"));
        let width = fields.integer(key(
            "width",
            "宽几个字；不写就按内容",
            "how many characters wide; by its contents when left out",
        ));
        let align = fields.choice(
            key(
                "align",
                "对齐：left、center、right；不写就按内容",
                "`left`, `center` or `right`; long cells left and numbers right when left out",
            ),
            &ALIGNS,
        );
        let group = fields.text(key(
            "group",
            "与相邻各栏共用的上一层表头",
            "the heading that it shares with neighbours of the same group, in a row above",
        ));
        let look = ColumnLook {
            width: width.map(|width| width.value),
            align: align.map(|align| align.value),
            group,
        };
        Some(Self(ColumnRecord { title: title?, look }))
    }
}

impl Value for ColumnRecord {
    fn shape() -> Shape {
        Shape::Either(vec![Shape::Text, Shape::Mapping(mapping_shape::<DetailedColumn>())])
    }

    fn read(node: &Node, diags: &mut Diagnostics) -> Option<Self> {
        if matches!(node.kind, NodeKind::Map(_)) {
            return DetailedColumn::read(node, diags).map(|column| column.0);
        }
        let title = SourceText::read(node, diags)?;
        Some(Self { title, look: ColumnLook::default() })
    }
}

/// An attachment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachmentRecord {
    /// Its title.
    pub title: SourceText,
    /// What it belongs to, where the record says so.
    pub of: Option<Located<AttachedTo>>,
    /// How far it has come, where that is another thing than of the document.
    pub stage: Stage,
    /// Whether it is not bound with the document.
    pub apart: bool,
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
const COLUMNS: Key = key(
    "columns",
    "表头：文字，或 title、width 等",
    "for `table`: the headings; each a text, or a mapping",
);
const ROWS: Key = key("rows", "各行", "for `table`: rows of as many cells as there are headings");
const WIDE: Key = key(
    "wide",
    "true：放在横向的页上；false：竖排；不写就按内容",
    "for `table`: `true` puts it on a page turned by 90°, `false` keeps it upright; when left out it is turned where it does not fit",
);
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
            "附在所印发文本后，还是通知后；有 body 的公文不写",
            "`issued` (default: noted after the issued text) or `letter` (noted before the sign-off); a document with a `body` has no choice",
        );
        let of = fields.choice(of, &OF);
        let stage = fields.choice(
            key(
                "stage",
                "附件还是征求意见稿、送审稿的",
                "how far it has come, where the document itself is final",
            ),
            &Stage::ALL,
        );
        let stage = stage.map(|stage| stage.value).unwrap_or_default();
        let apart = fields.flag(key(
            "apart",
            "true：不和正文一起装订，单独成一份文件，第一页左上角印发文字号和附件序号",
            "`true`: not bound with the document but a file of its own, whose first page has the document's number before 附件 (7.3.7)",
        ));
        let kind = fields.required_choice(
            key("kind", "形式：文字、表格、单位名单、任务分解表", "what it shows"),
            &KINDS,
        );
        let text = fields.text(TEXT);
        let columns: Vec<ColumnRecord> = fields.filled_list(COLUMNS);
        let rows = fields.filled_list(ROWS);
        let wide = fields.flag(WIDE);
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
                let (columns, looks) =
                    columns.into_iter().map(|column| (column.title, column.look)).unzip();
                AttachmentKind::Table { columns, looks, rows, wide }
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
        let apart = apart.unwrap_or_default();
        Some(Self { title: title?, of, stage, apart, kind, text, span: fields.span().clone() })
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
