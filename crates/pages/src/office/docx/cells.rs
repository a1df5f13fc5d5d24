//! What task sheets and 任务分解总表 share: the line below their title, columns and cells.

use super::faces::Face;
use super::lengths::{points, twips};
use super::package::Document;
use super::paragraph::{Paragraph, Run, line_break};
use super::rich::{self, Place};
use super::styles::{SHEET_CELL, SHEET_TEXT};
use super::table::{Align, Column};
use super::xml::val;
use crate::geometry;
use base::rich::Rich;
use records::view::AboutNotice;

/// Text of a cell.
const IN_CELL: Place = Place { style: SHEET_CELL, on_grid: false };

pub(super) const HEI: Run =
    Run { style: None, face: Some(Face::Hei), size: None, underlined: false };

/// How wide a sheet's table is.
pub(super) fn width() -> i32 {
    twips(geometry::PAGE_HEIGHT) - 2 * twips(geometry::SHEET_MARGIN)
}

/// Columns by their width in em of the table's type; those of 0 share what is left.
pub(super) fn columns(of: &[(f64, &str, Align)], all: i32) -> Vec<Column> {
    let size = geometry::SHEET_TABLE_SIZE.pt();
    let fixed: i32 = of.iter().map(|(em, ..)| points(em * size)).sum();
    let sharing = of.iter().filter(|(em, ..)| *em <= 0.0).count().max(1);
    let share = (all - fixed) / i32::try_from(sharing).unwrap_or(1);
    let width = |em: f64| if em <= 0.0 { share } else { points(em * size) };
    of.iter()
        .map(|&(em, title, align)| Column { title: title.into(), width: width(em), align })
        .collect()
}

/// What a sheet belongs to, below its title.
pub(super) fn notice_line(
    full_name: Option<&str>,
    organ: &str,
    about: &AboutNotice,
    dated: bool,
    document: &mut Document,
) {
    let mut line = Paragraph::new(SHEET_TEXT).set(val("w:jc", "center"));
    if let Some(name) = full_name {
        line = line.text(name).runs([line_break()]);
    }
    let date = about.date.as_ref().filter(|_| dated);
    let number: Vec<&str> = about.doc_number.iter().chain(date).map(String::as_str).collect();
    line = line.text(organ).text(&about.notice_title);
    if !number.is_empty() {
        line = line.text(&format!("（{}）", number.join("，")));
    }
    if let Some(draft) = &about.draft {
        line = line.text("　").runs(HEI.text(draft));
    }
    document.push(line);
}

pub(super) fn lines(words: &[String]) -> Vec<Paragraph> {
    words.iter().map(|line| Paragraph::new(SHEET_CELL).text(line)).collect()
}

pub(super) fn text(rich: &Rich, document: &mut Document) -> Vec<Paragraph> {
    let paragraphs = rich::paragraphs(rich, IN_CELL, document);
    if paragraphs.is_empty() { vec![Paragraph::new(SHEET_CELL)] } else { paragraphs }
}
