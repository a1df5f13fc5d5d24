//! Task sheets: wide tables on landscape pages, as in print.

use super::super::{Failure, Properties};
use super::cells::{HEI, columns, lines, notice_line, text, width};
use super::package::Document;
use super::page::{Page, sheet_feet};
use super::paragraph::{Paragraph, Run};
use super::styles::{SHEET_CELL, SHEET_HEAD, SHEET_TEXT, SHEET_TITLE};
use super::table::{Align, Cell, Row, plain_grid, table};
use super::xml::{Element, val};
use records::view::{SheetRow, SheetView};

/// The sheet of a unit.
///
/// # Errors
/// When it cannot be packed.
pub fn sheet(view: &SheetView, about: &Properties) -> Result<Vec<u8>, Failure> {
    let name = format!("{}　{}", view.unit, view.about.subject);
    let mut document = Document::new(Page::Sheet, sheet_feet(&name));
    document.push(Paragraph::new(SHEET_TITLE).text(&format!("{}任务单", view.unit)));
    let full = view.unit_full.as_ref().filter(|full| **full != view.unit);
    let organ = view.about.organ.as_deref().unwrap_or_default();
    notice_line(full.map(String::as_str), organ, &view.about, true, &mut document);
    document.extend([blanks()]);
    if view.count > 0 {
        let words = format!("共 {} 项任务：{}。", view.count, view.summary);
        document.push(Paragraph::new(SHEET_TEXT).text(&words));
        let table = tasks(view, &mut document);
        document.extend([table]);
    } else {
        let centred = || Paragraph::new(SHEET_TEXT).set(val("w:jc", "center"));
        document.push(Paragraph::new(SHEET_TEXT));
        document.push(centred().runs(HEI.text("本单位无单列任务")));
        document.push(centred().text("请按通知要求，结合职责配合做好有关工作。"));
    }
    let reporting = Paragraph::new(SHEET_TEXT);
    document.push(if view.reporting.is_empty() {
        reporting
    } else {
        reporting.runs(HEI.text("报送要求：")).text(&view.reporting.concat())
    });
    document.pack(about)
}

/// Blanks for who is in charge.
fn blanks() -> Element {
    let line = Run { underlined: true, ..Run::default() };
    let cell = |label: &str, blank: usize, align: &str| {
        let paragraph = Paragraph::new(SHEET_TEXT)
            .text(&format!("{label}："))
            .runs(line.text(&"　".repeat(blank)))
            .set(val("w:jc", align));
        Cell::of(paragraph, Align::Centre)
    };
    let third = width() / 3;
    let cells = vec![
        cell("分管领导", 9, "left"),
        cell("责任科室", 9, "left"),
        cell("联系人及电话", 11, "left"),
    ];
    plain_grid(&[third; 3], vec![cells])
}

fn tasks(view: &SheetView, document: &mut Document) -> Element {
    use Align::{Centre, Left};
    let targets = if view.has_own_targets { "指标（含本单位）" } else { "指标" };
    let all = [
        (true, (3.2, "序号", Centre)),
        (true, (5.2, "所属部分", Centre)),
        (true, (0.0, "工作任务", Left)),
        (view.has_targets, (9.6, targets, Left)),
        (true, (4.2, "角色", Centre)),
        (true, (7.4, "牵头单位及联系人", Centre)),
        (true, (8.6, "其他单位", Left)),
        (view.has_deadlines, (6.0, "完成时限", Centre)),
        (true, (7.0, "进展情况", Centre)),
    ];
    let shown: Vec<_> = all.iter().filter(|(shown, _)| *shown).map(|(_, column)| *column).collect();
    let columns = columns(&shown, width());
    let rows = view.rows.iter().map(|row| {
        let cells = all.iter().filter(|(shown, _)| *shown).map(|(_, (_, title, align))| Cell {
            paragraphs: cell(title, row, document),
            align: *align,
        });
        Row::Cells(cells.collect())
    });
    table(SHEET_HEAD, &columns, rows.collect())
}

/// The paragraphs of a task's cell in a column.
fn cell(title: &str, row: &SheetRow, document: &mut Document) -> Vec<Paragraph> {
    let one = |words: &str| vec![Paragraph::new(SHEET_CELL).text(words)];
    match title {
        "序号" => one(&row.label),
        "所属部分" => one(&row.section),
        "工作任务" => {
            let mut cell = text(&row.task, document);
            if let Some(via) = &row.via {
                cell.extend(one(&format!("（本单位{via}）")));
            }
            if !row.own.is_empty() {
                cell.push(Paragraph::new(SHEET_CELL).runs(HEI.text("本单位任务：")));
                cell.extend(text(&row.own, document));
            }
            cell
        }
        "指标" | "指标（含本单位）" => {
            let mut cell = lines(&row.targets);
            if !row.own_targets.is_empty() {
                cell.push(Paragraph::new(SHEET_CELL).runs(HEI.text("本单位：")));
                cell.extend(lines(&row.own_targets));
            }
            // A cell is never without a paragraph.
            if cell.is_empty() { one("") } else { cell }
        }
        "角色" => {
            let mut cell = one(&row.role);
            cell.extend(row.qualifiers.iter().flat_map(|part| one(&format!("（{part}）"))));
            cell
        }
        "牵头单位及联系人" => {
            let mut cell = one(&row.leads.join("、"));
            cell.extend(lines(&row.lead_contacts));
            cell
        }
        "其他单位" => one(&row.others.join("、")),
        "完成时限" => one(row.deadline.as_deref().unwrap_or_default()),
        _ => one(""),
    }
}
