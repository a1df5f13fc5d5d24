//! What task sheets and 任务分解总表 share: the line below their title, columns and cells.

use super::faces::Face;
use super::lengths::twips;
use super::package::Document;
use super::paragraph::{Paragraph, Run};
use super::rich::{self, Place};
use super::styles::{SHEET_CELL, SHEET_TEXT};
use super::table::{Align, Column};
use super::xml::{el, val};
use crate::geometry::Length;
use crate::tables::sheet_width;
use base::rich::Rich;
use records::view::{AboutNotice, ColumnKey, TaskColumn};

/// Text of a cell.
const IN_CELL: Place = Place { style: SHEET_CELL, on_grid: false, listed: false };

pub(super) const HEI: Run =
    Run { style: None, face: Some(Face::Hei), size: None, wide: None, underlined: false };

/// Columns of tasks with widths in millimetres.
pub(super) fn columns(of: &[TaskColumn], widths: &[f64]) -> Vec<Column> {
    let column = |(column, width): (&TaskColumn, &f64)| Column {
        title: column.title.clone(),
        width: twips(Length::Mm(*width)),
        align: align(column.key),
    };
    of.iter().zip(widths).map(column).collect()
}

/// What a sheet belongs to, at the left below its title, and how much it is, at the right.
pub(super) fn about_line(about: &AboutNotice, counted: &str, document: &mut Document) {
    if let Some(draft) = &about.draft {
        let line = Paragraph::new(SHEET_TEXT).set(val("w:jc", "center"));
        document.push(line.runs(HEI.text(&format!("（{draft}）"))));
    }
    let left: Vec<&str> = [&about.organ, &about.doc_number, &about.date]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    let stop = el("w:tab").attr("w:val", "right").attr("w:pos", twips(Length::Mm(sheet_width())));
    document.push(
        Paragraph::new(SHEET_TEXT)
            .set(el("w:tabs").with(stop))
            .text(&left.join("　"))
            .tab()
            .text(counted),
    );
}

pub(super) fn lines(words: &[String]) -> Vec<Paragraph> {
    words.iter().map(|line| Paragraph::new(SHEET_CELL).text(line)).collect()
}

pub(super) fn text(rich: &Rich, document: &mut Document) -> Vec<Paragraph> {
    let paragraphs = rich::paragraphs(rich, IN_CELL, document);
    if paragraphs.is_empty() { vec![Paragraph::new(SHEET_CELL)] } else { paragraphs }
}

/// Where the text of a column stands.
fn align(key: ColumnKey) -> Align {
    match key {
        ColumnKey::Task | ColumnKey::Targets | ColumnKey::Units | ColumnKey::Others => Align::Left,
        ColumnKey::Number | ColumnKey::Deadline | ColumnKey::Duty | ColumnKey::Leads => {
            Align::Centre
        }
    }
}
