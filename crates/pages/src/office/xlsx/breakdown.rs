//! 任务分解总表 as a workbook for the office: all items, all units with their items, figures.

use rust_xlsxwriter::{Workbook, Worksheet};

use super::super::{Failure, Properties, text};
use super::table::{self, Cell, Column};
use super::{page, text_format, title_format, workbook};
use records::view::BreakdownView;

/// The workbook of the whole breakdown.
///
/// # Errors
/// When a text is longer than a cell can hold.
pub fn breakdown(view: &BreakdownView, properties: &Properties) -> Result<Vec<u8>, Failure> {
    let mut workbook = workbook(properties)?;
    let (columns, rows) = items(view);
    add(&mut workbook, view, "总表", "任务分解总表", columns, &rows)?;
    let (columns, rows) = tasks(view);
    add(&mut workbook, view, "按单位", "各单位任务清单", columns, &rows)?;
    figures(&mut workbook, view)?;
    Ok(workbook.save_to_buffer()?)
}

/// Adds a worksheet with a title and one table that can be filtered.
fn add(
    workbook: &mut Workbook,
    view: &BreakdownView,
    name: &str,
    title: &str,
    mut columns: Vec<Column>,
    rows: &[Vec<Cell>],
) -> Result<(), Failure> {
    const HEAD: u32 = 2;
    let worksheet = workbook.add_worksheet();
    worksheet.set_name(name)?;
    table::widen(&mut columns, rows);
    table::set_widths(worksheet, &columns)?;
    let last = u16::try_from(columns.len() - 1).unwrap_or(u16::MAX);
    above(worksheet, view, title, last)?;
    let below = table::write(worksheet, HEAD, &columns, rows)?;
    worksheet.set_freeze_panes(HEAD + 1, 0)?;
    worksheet.set_repeat_rows(HEAD, HEAD)?;
    worksheet.autofilter(HEAD, 0, (below - 1).max(HEAD + 1), last)?;
    Ok(())
}

/// Title and notice above a table, and the page.
fn above(
    worksheet: &mut Worksheet,
    view: &BreakdownView,
    title: &str,
    last: u16,
) -> Result<(), Failure> {
    page(worksheet, &format!("{title}　{}", view.about.subject));
    worksheet.merge_range(0, 0, 0, last, title, &title_format())?;
    worksheet.set_row_height(0, 36)?;
    let about = &view.about;
    let mut words = about.notice_title.clone();
    if let Some(number) = &about.doc_number {
        words.push_str(&format!("（{number}）"));
    }
    if let Some(draft) = &about.draft {
        words.push_str(&format!("　{draft}"));
    }
    let centred = text_format().set_align(rust_xlsxwriter::FormatAlign::Center);
    worksheet.merge_range(1, 0, 1, last, &text::clean(&words), &centred)?;
    worksheet.set_row_height(1, 22)?;
    Ok(())
}

/// 总表: all items.
fn items(view: &BreakdownView) -> (Vec<Column>, Vec<Vec<Cell>>) {
    let mut columns = vec![
        Column::short("序号", 7.0),
        Column::long("所属部分", 16.0),
        Column::long("工作任务", 56.0),
    ];
    let optional = [
        (view.has_targets, Column::long("目标", 20.0)),
        (view.has_leads, Column::long("牵头单位", 16.0)),
        (true, Column::long(&view.label, 28.0)),
        (view.has_cooperating, Column::long("配合单位", 20.0)),
        (view.has_deadlines, Column::short("完成时限", 14.0)),
    ];
    let shown: Vec<bool> = optional.iter().map(|(shown, _)| *shown).collect();
    columns.extend(optional.into_iter().filter(|(shown, _)| *shown).map(|(_, column)| column));
    let rows = view.items.iter().map(|item| {
        let cells = [
            super::lines(&item.targets),
            item.leads.join("、"),
            item.responsible.join("、"),
            item.cooperating.join("、"),
            item.deadline.clone().unwrap_or_default(),
        ];
        let optional = cells.into_iter().zip(&shown).filter(|(_, shown)| **shown);
        [Cell::label(&item.label), Cell::Text(item.section.clone()), Cell::Text(item.task.plain())]
            .into_iter()
            .chain(optional.map(|(words, _)| Cell::Text(words)))
            .collect()
    });
    (columns, rows.collect())
}

/// 按单位: a row for each unit and item.
fn tasks(view: &BreakdownView) -> (Vec<Column>, Vec<Vec<Cell>>) {
    let mut columns = vec![
        Column::long("单位", 20.0),
        Column::short("类别", 14.0),
        Column::short("序号", 7.0),
        Column::short("角色", 8.0),
        Column::long("所属部分", 16.0),
        Column::long("工作任务", 56.0),
    ];
    if view.has_targets {
        columns.push(Column::long("目标", 20.0));
    }
    if view.has_leads {
        columns.push(Column::long("牵头单位", 16.0));
    }
    if view.has_deadlines {
        columns.push(Column::short("完成时限", 14.0));
    }
    let mut rows = Vec::new();
    for unit in &view.units {
        for task in &unit.tasks {
            let Some(item) = view.items.get(task.place - 1) else { continue };
            let mut row = vec![
                Cell::Text(unit.name.clone()),
                Cell::Text(unit.kind.clone()),
                Cell::label(&task.label),
                Cell::Text(task.role.into()),
                Cell::Text(item.section.clone()),
                Cell::Text(item.task.plain()),
            ];
            if view.has_targets {
                row.push(Cell::Text(super::lines(&item.targets)));
            }
            if view.has_leads {
                row.push(Cell::Text(item.leads.join("、")));
            }
            if view.has_deadlines {
                row.push(Cell::Text(item.deadline.clone().unwrap_or_default()));
            }
            rows.push(row);
        }
    }
    (columns, rows)
}

/// Leading, responsible, cooperating, all.
type Counts = [usize; 4];

/// 统计: how much there is of everything.
fn figures(workbook: &mut Workbook, view: &BreakdownView) -> Result<(), Failure> {
    let worksheet = workbook.add_worksheet();
    worksheet.set_name("统计")?;
    let counted = |first: &str, second: &str| {
        let mut columns = vec![Column::long(first, 30.0), Column::short(second, 18.0)];
        columns.extend(["牵头", "责任", "配合", "合计"].map(|title| Column::short(title, 10.0)));
        columns
    };
    let row = |first: String, second: Cell, counts: Counts| {
        let mut row = vec![Cell::Text(first), second];
        row.extend(counts.map(Cell::count));
        row
    };
    let columns = counted("单位", "类别");
    table::set_widths(worksheet, &columns)?;
    above(worksheet, view, "任务统计", 5)?;
    let summary = format!(
        "共 {} 项任务，涉及 {} 个单位，按单位累计 {} 项。",
        view.items.len(),
        view.units.len(),
        view.tasks
    );
    worksheet.merge_range(2, 0, 2, 5, &summary, &text_format())?;
    worksheet.set_row_height(2, 22)?;

    let mut total: Counts = [0; 4];
    let mut kinds: Vec<(String, usize, Counts)> = Vec::new();
    let mut rows = Vec::new();
    for unit in &view.units {
        let counts = [unit.leading, unit.responsible, unit.cooperating, unit.total];
        add_to(&mut total, counts);
        match kinds.iter_mut().find(|(kind, ..)| *kind == unit.kind) {
            Some((_, units, sum)) => {
                *units += 1;
                add_to(sum, counts);
            }
            None => kinds.push((unit.kind.clone(), 1, counts)),
        }
        rows.push(row(unit.name.clone(), Cell::Text(unit.kind.clone()), counts));
    }
    rows.push(row("合计".into(), Cell::Blank, total));
    let next = table::write(worksheet, 3, &columns, &rows)? + 1;

    let rows: Vec<Vec<Cell>> = kinds
        .into_iter()
        .map(|(kind, units, counts)| row(kind, Cell::count(units), counts))
        .collect();
    let next = table::write(worksheet, next, &counted("类别", "单位数"), &rows)? + 1;

    let columns = [Column::long("所属部分", 30.0), Column::short("任务数", 18.0)];
    let mut sections: Vec<(&str, usize)> = Vec::new();
    for item in &view.items {
        match sections.iter_mut().find(|(section, _)| *section == item.section) {
            Some((_, count)) => *count += 1,
            None => sections.push((&item.section, 1)),
        }
    }
    let rows: Vec<Vec<Cell>> = sections
        .into_iter()
        .map(|(section, count)| vec![Cell::Text(section.into()), Cell::count(count)])
        .collect();
    table::write(worksheet, next, &columns, &rows)?;
    worksheet.set_freeze_panes(4, 0)?;
    worksheet.set_repeat_rows(3, 3)?;
    Ok(())
}

fn add_to(sum: &mut Counts, more: Counts) {
    for (sum, more) in sum.iter_mut().zip(more) {
        *sum += more;
    }
}
