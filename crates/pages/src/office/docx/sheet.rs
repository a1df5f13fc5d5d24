//! Task sheets: wide tables on landscape pages, as in print.

use super::super::{Failure, Properties};
use super::cells::{HEI, about_line, columns, lines, text};
use super::package::Document;
use super::page::{Page, sheet_feet};
use super::paragraph::{Paragraph, Run};
use super::styles::{SHEET_CELL, SHEET_HEAD, SHEET_TEXT, SHEET_TITLE};
use super::table::{Cell, Row, table};
use super::xml::{Element, val};
use crate::tables;
use records::view::{ColumnKey, OWN_TARGETS, OWN_TASK, SheetRow, SheetView, listed};

/// The sheet of a unit.
///
/// # Errors
/// When it cannot be packed.
pub fn sheet(view: &SheetView, about: &Properties) -> Result<Vec<u8>, Failure> {
    let name = format!("{}　{}", view.unit, view.about.subject);
    let mut document = Document::new(Page::Sheet, sheet_feet(&name));
    document.push(Paragraph::new(SHEET_TITLE).text(&view.title));
    about_line(&view.about, &view.counted, &mut document);
    if view.count > 0 {
        let table = tasks(view, &mut document);
        document.extend([table]);
    } else {
        let centred = || Paragraph::new(SHEET_TEXT).set(val("w:jc", "center"));
        document.push(Paragraph::new(SHEET_TEXT));
        document.push(centred().runs(HEI.text("本单位无单列任务")));
        document.push(centred().text("请按通知要求，结合职责配合做好有关工作。"));
    }
    if !view.contacts.is_empty() {
        let contacts = view.contacts.join("；");
        let line = Paragraph::new(SHEET_TEXT).runs(HEI.text("牵头单位联系人：")).text(&contacts);
        document.push(line.keep_with_next());
    }
    if !view.reporting.is_empty() {
        let sentences = view.reporting.concat();
        let line = Paragraph::new(SHEET_TEXT).runs(HEI.text("报送要求：")).text(&sentences);
        document.push(line.keep_with_next());
    }
    document.push(receipt());
    document.pack(about)
}

/// Blanks for whoever receives the sheet.
fn receipt() -> Paragraph {
    let line = Run { underlined: true, ..Run::default() };
    let blank = || line.text(&"　".repeat(8));
    Paragraph::new(SHEET_TEXT)
        .text("签收人：")
        .runs(blank())
        .text("　签收日期：")
        .runs(blank())
        .set(val("w:jc", "right"))
}

fn tasks(view: &SheetView, document: &mut Document) -> Element {
    let widths = tables::of_sheet_on_paper(view);
    let columns = columns(&view.columns, &widths);
    let mut rows = Vec::new();
    for row in &view.rows {
        if row.first_of_section && !row.section.is_empty() {
            rows.push(Row::Section(Paragraph::new(SHEET_CELL).runs(HEI.text(&row.section))));
        }
        let cells = view.columns.iter().zip(&columns).map(|(column, look)| Cell {
            paragraphs: cell(column.key, row, document),
            align: look.align,
        });
        rows.push(Row::Cells(cells.collect()));
    }
    table(SHEET_HEAD, &columns, rows)
}

/// The paragraphs of a task's cell in a column.
fn cell(key: ColumnKey, row: &SheetRow, document: &mut Document) -> Vec<Paragraph> {
    let one = |words: &str| vec![Paragraph::new(SHEET_CELL).text(words)];
    let label = |words: &str| Paragraph::new(SHEET_CELL).runs(HEI.text(words));
    match key {
        ColumnKey::Task => {
            let mut cell = text(&row.task, document);
            if let Some(via) = &row.via {
                cell.extend(one(&format!("（本单位{via}）")));
            }
            if !row.own.is_empty() {
                cell.push(label(OWN_TASK));
                cell.extend(text(&row.own, document));
            }
            cell
        }
        ColumnKey::Targets => {
            let mut cell = lines(&listed(&row.targets));
            if !row.own_targets.is_empty() {
                cell.push(label(OWN_TARGETS));
                cell.extend(lines(&listed(&row.own_targets)));
            }
            // A cell is never without a paragraph.
            if cell.is_empty() { one("") } else { cell }
        }
        key => {
            let cell = lines(&row.cell(key));
            if cell.is_empty() { one("") } else { cell }
        }
    }
}
