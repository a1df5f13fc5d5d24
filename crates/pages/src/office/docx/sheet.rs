//! Task sheets and 任务分解总表: wide tables on landscape pages, as in print.

use super::super::{Failure, Properties};
use super::faces::Face;
use super::lengths::{points, twips};
use super::package::Document;
use super::page::{Page, sheet_feet};
use super::paragraph::{Paragraph, Run, line_break};
use super::rich::{self, Place};
use super::styles::{SHEET_CELL, SHEET_HEAD, SHEET_TEXT, SHEET_TITLE};
use super::table::{Align, Cell, Column, Row, plain_grid, table};
use super::xml::{Element, val};
use crate::geometry;
use base::rich::Rich;
use records::view::{AboutNotice, BreakdownView, SheetRow, SheetView};

/// Text of a cell.
const IN_CELL: Place = Place { style: SHEET_CELL, on_grid: false };

const HEI: Run = Run { style: None, face: Some(Face::Hei), size: None, underlined: false };

/// How wide a sheet's table is.
fn width() -> i32 {
    twips(geometry::PAGE_HEIGHT) - 2 * twips(geometry::SHEET_MARGIN)
}

/// Columns by their width in em of the table's type; those of 0 share what is left.
fn columns(of: &[(f64, &str, Align)], all: i32) -> Vec<Column> {
    let size = geometry::SHEET_TABLE_SIZE.pt();
    let fixed: i32 = of.iter().map(|(em, ..)| points(em * size)).sum();
    let sharing = of.iter().filter(|(em, ..)| *em <= 0.0).count().max(1);
    let share = (all - fixed) / i32::try_from(sharing).unwrap_or(1);
    let width = |em: f64| if em <= 0.0 { share } else { points(em * size) };
    of.iter()
        .map(|&(em, title, align)| Column { title: title.into(), width: width(em), align })
        .collect()
}

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

/// What a sheet belongs to, below its title.
fn notice_line(
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

fn lines(words: &[String]) -> Vec<Paragraph> {
    words.iter().map(|line| Paragraph::new(SHEET_CELL).text(line)).collect()
}

fn text(rich: &Rich, document: &mut Document) -> Vec<Paragraph> {
    let paragraphs = rich::paragraphs(rich, IN_CELL, document);
    if paragraphs.is_empty() { vec![Paragraph::new(SHEET_CELL)] } else { paragraphs }
}

/// 任务分解总表 with all units.
///
/// # Errors
/// When it cannot be packed.
pub fn breakdown(view: &BreakdownView, about: &Properties) -> Result<Vec<u8>, Failure> {
    let name = format!("任务分解总表　{}", view.about.subject);
    let mut document = Document::new(Page::Sheet, sheet_feet(&name));
    document.push(Paragraph::new(SHEET_TITLE).text("任务分解总表"));
    notice_line(None, "", &view.about, true, &mut document);
    let words = format!("共 {} 项，涉及 {} 个单位。", view.items.len(), view.units.len());
    document.push(Paragraph::new(SHEET_TEXT).text(&words));
    let table = breakdown_table(view, width(), &mut document);
    document.extend([table]);
    document.push(Paragraph::new(SHEET_TITLE).on_new_page().text("各单位任务一览"));
    notice_line(None, "", &view.about, false, &mut document);
    document.extend([units(view)]);
    document.push(Paragraph::new(SHEET_TEXT));
    document.pack(about)
}

/// The table of all items, under the headings of their sections.
pub(super) fn breakdown_table(
    view: &BreakdownView,
    width: i32,
    document: &mut Document,
) -> Element {
    use Align::{Centre, Left};
    let all = [
        (true, (3.2, "序号", Centre)),
        (true, (0.0, "工作任务", Left)),
        (view.has_targets, (9.5, "目标", Left)),
        (view.has_leads, (7.0, "牵头单位", Centre)),
        (true, (12.0, view.label.as_str(), Left)),
        (view.has_cooperating, (8.0, "配合单位", Left)),
        (view.has_deadlines, (6.5, "完成时限", Centre)),
    ];
    let shown: Vec<_> = all.iter().filter(|(shown, _)| *shown).map(|(_, column)| *column).collect();
    let columns = columns(&shown, width);
    let mut rows = Vec::new();
    for item in &view.items {
        if item.first_of_section && !item.section.is_empty() {
            let heading = Paragraph::new(SHEET_CELL).runs(HEI.text(&item.section));
            rows.push(Row::Section(heading));
        }
        let one = |words: &str| vec![Paragraph::new(SHEET_CELL).text(words)];
        let cells = [
            one(&item.label),
            text(&item.task, document),
            if item.targets.is_empty() { one("") } else { lines(&item.targets) },
            one(&item.leads.join("、")),
            one(&item.responsible.join("、")),
            one(&item.cooperating.join("、")),
            one(item.deadline.as_deref().unwrap_or_default()),
        ];
        let cells = cells.into_iter().zip(&all).filter(|(_, (shown, _))| *shown);
        let cells = cells.map(|(paragraphs, (_, (.., align)))| Cell { paragraphs, align: *align });
        rows.push(Row::Cells(cells.collect()));
    }
    table(SHEET_HEAD, &columns, rows)
}

/// All units with how much they have to do, and what.
fn units(view: &BreakdownView) -> Element {
    use Align::{Centre, Left};
    let columns = columns(
        &[
            (3.2, "序号", Centre),
            (13.0, "单位", Left),
            (8.0, "类别", Centre),
            (3.5, "牵头", Centre),
            (3.5, "责任", Centre),
            (3.5, "配合", Centre),
            (3.5, "合计", Centre),
            (0.0, "任务序号（牵头的加下划线）", Left),
        ],
        width(),
    );
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
            let underlined = task.role_key == "lead";
            let look = Run { underlined, ..Run::default() };
            tasks = tasks.text(if place > 0 { "、" } else { "" }).runs(look.text(&task.label));
        }
        cells.push(Cell::of(tasks, Left));
        Row::Cells(cells)
    });
    table(SHEET_HEAD, &columns, rows.collect())
}
