//! 任务分解总表 on landscape pages, and its table, which may be an attachment of the notice.

use super::super::{Failure, Properties};
use super::cells::{HEI, columns, lines, notice_line, text, width};
use super::package::Document;
use super::page::{Page, sheet_feet};
use super::paragraph::{Paragraph, Run};
use super::styles::{SHEET_CELL, SHEET_HEAD, SHEET_TEXT, SHEET_TITLE};
use super::table::{Align, Cell, Row, table};
use super::xml::Element;
use records::publication::Role;
use records::view::BreakdownView;

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
            let underlined = task.role_key == Role::Lead;
            let look = Run { underlined, ..Run::default() };
            tasks = tasks.text(if place > 0 { "、" } else { "" }).runs(look.text(&task.label));
        }
        cells.push(Cell::of(tasks, Left));
        Row::Cells(cells)
    });
    table(SHEET_HEAD, &columns, rows.collect())
}
