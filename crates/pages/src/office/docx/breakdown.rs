//! 任务分解总表 on landscape pages, and its table, which may be an attachment of the notice.

use super::super::{Failure, Properties};
use super::cells::{HEI, about_line, columns, lines, text};
use super::lengths::twips;
use super::package::Document;
use super::page::{Page, sheet_feet};
use super::paragraph::{Paragraph, Run};
use super::styles::{ATTACHMENT, SHEET_CELL, SHEET_HEAD, SHEET_TEXT, SHEET_TITLE};
use super::table::{Align, Cell, Column, Row, table};
use super::xml::Element;
use crate::geometry::Length;
use crate::tables;
use records::publication::Role;
use records::view::{BreakdownView, ColumnKey};

/// How the columns of the table of units are aligned.
const UNIT_ALIGNS: [Align; 8] = {
    use Align::{Centre, Left};
    [Centre, Left, Centre, Centre, Centre, Centre, Centre, Left]
};

/// 任务分解总表 with all units.
///
/// # Errors
/// When it cannot be packed.
pub fn breakdown(view: &BreakdownView, about: &Properties) -> Result<Vec<u8>, Failure> {
    let mut document = Document::new(Page::Sheet, sheet_feet(&view.title));
    if let Some(attachment) = &view.attachment {
        document.push(Paragraph::new(ATTACHMENT).text(attachment));
    }
    document.push(Paragraph::new(SHEET_TITLE).text(&view.title));
    let counted = format!("共{}项，涉及{}个单位", view.items.len(), view.units.len());
    about_line(&view.about, &counted, &mut document);
    let table = breakdown_table(view, &tables::of_items_on_paper(view), &mut document);
    document.extend([table]);
    document.push(Paragraph::new(SHEET_TITLE).on_new_page().text("各单位任务一览"));
    document.extend([units(view)]);
    document.push(Paragraph::new(SHEET_TEXT));
    document.pack(about)
}

/// The table of all items, under the headings of their sections.
pub(super) fn breakdown_table(
    view: &BreakdownView,
    widths: &[f64],
    document: &mut Document,
) -> Element {
    let columns = columns(&view.columns, widths);
    let mut rows = Vec::new();
    for item in &view.items {
        if item.first_of_section && !item.section.is_empty() {
            let heading = Paragraph::new(SHEET_CELL).runs(HEI.text(&item.section));
            rows.push(Row::Section(heading));
        }
        let cells = view.columns.iter().zip(&columns).map(|(column, look)| {
            let paragraphs = match column.key {
                ColumnKey::Task => text(&item.task, document),
                key => lines(&item.cell(key)),
            };
            // A cell is never without a paragraph.
            let empty = paragraphs.is_empty();
            let paragraphs = if empty { vec![Paragraph::new(SHEET_CELL)] } else { paragraphs };
            Cell { paragraphs, align: look.align }
        });
        rows.push(Row::Cells(cells.collect()));
    }
    table(SHEET_HEAD, &columns, rows)
}

/// All units with how much they have to do, and what.
fn units(view: &BreakdownView) -> Element {
    let widths = tables::of_units_on_paper(view);
    let titles = tables::UNIT_COLUMNS.map(|title| title.replace("加框", "加下划线"));
    let columns: Vec<Column> = titles
        .into_iter()
        .zip(widths)
        .zip(UNIT_ALIGNS)
        .map(|((title, width), align)| Column { title, width: twips(Length::Mm(width)), align })
        .collect();
    let count = |count: usize| if count == 0 { String::new() } else { count.to_string() };
    let rows = view.units.iter().zip(1_usize..).map(|(unit, number)| {
        let texts = [
            number.to_string(),
            unit.name.clone(),
            unit.kind.clone(),
            count(unit.leading),
            count(unit.responsible),
            count(unit.cooperating),
            unit.total.to_string(),
        ];
        let mut cells: Vec<Cell> = texts
            .iter()
            .zip(&columns)
            .map(|(words, column)| Cell::of(Paragraph::new(SHEET_CELL).text(words), column.align))
            .collect();
        let mut tasks = Paragraph::new(SHEET_CELL);
        for (place, task) in unit.tasks.iter().enumerate() {
            let underlined = task.role_key == Role::Lead;
            let look = Run { underlined, ..Run::default() };
            tasks = tasks.text(if place > 0 { "、" } else { "" }).runs(look.text(&task.label));
        }
        if let Some(by) = &unit.served_by {
            tasks = tasks.text(&format!("（由{by}承办）"));
        }
        cells.push(Cell::of(tasks, Align::Left));
        Row::Cells(cells)
    });
    table(SHEET_HEAD, &columns, rows.collect())
}
