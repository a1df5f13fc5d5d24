//! Attachments of the letter or of the issued text.

use crate::content::fields::{Fields, first_line, read_text, wrong_kind};
use crate::content::yaml::{Node, NodeKind};
use base::diag::{Diagnostic, Diagnostics, SourceText, Span};
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

/// Reads an attachment.
pub(crate) fn read_attachment(node: &Node, diags: &mut Diagnostics) -> Option<AttachmentRecord> {
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

    let mut fields = Fields::open(
        node,
        &text!("一个附件（title、kind 等）", "an attachment (title, kind, …)"),
        diags,
    )?;
    let title = fields.required_text("title");
    let of = fields.choice("of", &OF).map_or(AttachedTo::Issued, |of| of.value);
    let Some(kind) = fields.required_choice("kind", &KINDS) else {
        // Which keys may stand here depends on the kind.
        for key in ["text", "columns", "rows", "wide", "units"] {
            fields.note_key(key);
        }
        fields.finish();
        return None;
    };
    let (text, kind) = match kind.value {
        Kind::Text => (fields.required_text("text"), AttachmentKind::Text),
        Kind::Table => (fields.text("text"), read_table(&mut fields)),
        Kind::UnitList => {
            let units = fields.list("units", read_text);
            (fields.text("text"), AttachmentKind::UnitList { units })
        }
        Kind::TaskTable => (fields.text("text"), AttachmentKind::TaskTable),
    };
    fields.finish();
    Some(AttachmentRecord { title: title?, of, kind, text, span: node.span.clone() })
}

fn read_table(fields: &mut Fields<'_>) -> AttachmentKind {
    let columns = fields.required_list("columns", read_text);
    let rows = fields.required_list("rows", |node, diags| {
        let NodeKind::List(cells) = &node.kind else {
            diags.push(wrong_kind(node, &text!("一行（各格的列表）", "a row (a list of cells)")));
            return None;
        };
        if cells.len() != columns.len() {
            diags.push(
                Diagnostic::error(
                    "row-length",
                    text!(
                        "这一行有 {found} 格，表头有 {wanted} 栏",
                        "this row has {found} cells, the table {wanted} columns",
                        found = cells.len(),
                        wanted = columns.len()
                    ),
                )
                .at(&first_line(&node.span))
                .help(text!("空格子写成 \"\"", "write \"\" for an empty cell")),
            );
            return None;
        }
        cells.iter().map(|cell| read_cell(cell, diags)).collect()
    });
    let wide = fields.flag("wide").unwrap_or(false);
    AttachmentKind::Table { columns, rows, wide }
}

/// A cell: `Some(None)` for an empty one.
fn read_cell(node: &Node, diags: &mut Diagnostics) -> Option<Option<SourceText>> {
    match &node.kind {
        NodeKind::Text(text) if text.trim().is_empty() => Some(None),
        NodeKind::Blank => Some(None),
        _ => read_text(node, diags).map(Some),
    }
}
