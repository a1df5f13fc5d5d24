//! 任务分解总表 as a workbook for the office: all items, all units with their items, figures.

use rust_xlsxwriter::{Workbook, Worksheet};

use super::super::{Failure, Properties, text};
use super::table::{self, Cell, Column};
use super::{page, text_format, title_format, workbook};
use crate::tables;
use records::view::{BreakdownRow, BreakdownView, ColumnKey, TaskColumn};

/// The workbook of the whole breakdown.
///
/// # Errors
/// When a text is longer than a cell can hold.
pub fn breakdown(view: &BreakdownView, properties: &Properties) -> Result<Vec<u8>, Failure> {
    let mut workbook = workbook(properties)?;
    let (columns, rows) = items(view);
    add(&mut workbook, view, "总表", &view.title, columns, &rows)?;
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

/// A column of tasks, as it looks in a workbook.
fn column(column: &TaskColumn, em: f64) -> Column {
    let centred = matches!(column.key, ColumnKey::Number | ColumnKey::Deadline | ColumnKey::Leads);
    Column { centred, ..Column::long(&column.title, em) }
}

/// What stands in a cell of an item.
fn cell(item: &BreakdownRow, key: ColumnKey) -> Cell {
    match key {
        ColumnKey::Number => Cell::label(&item.label),
        key => Cell::Text(super::lines(&item.cell(key))),
    }
}

/// 总表: all items.
fn items(view: &BreakdownView) -> (Vec<Column>, Vec<Vec<Cell>>) {
    const SECTION: f64 = 8.0;
    let cells = |item: &BreakdownRow| -> Vec<Vec<String>> {
        view.columns.iter().map(|column| item.cell(column.key)).collect()
    };
    let room = table::WIDTH - SECTION;
    let widths = tables::widths(&view.columns, view.items.iter().map(cells).collect(), room);
    let mut columns: Vec<Column> =
        view.columns.iter().zip(widths).map(|(of, width)| column(of, width)).collect();
    // Rows are sorted and filtered: each says itself where it belongs.
    columns.insert(1, Column::long("所属部分", SECTION));
    let rows = view.items.iter().map(|item| {
        let mut row: Vec<Cell> = view.columns.iter().map(|of| cell(item, of.key)).collect();
        row.insert(1, Cell::Text(item.section.clone()));
        row
    });
    (columns, rows.collect())
}

/// 按单位: a row for each unit and item.
fn tasks(view: &BreakdownView) -> (Vec<Column>, Vec<Vec<Cell>>) {
    let of_item: Vec<&TaskColumn> = view
        .columns
        .iter()
        .filter(|column| !matches!(column.key, ColumnKey::Number | ColumnKey::Units))
        .collect();
    let mut columns = vec![
        Column::long("单位", 9.0),
        Column::short("类别", 7.0),
        Column::short("序号", 3.5),
        Column::short("职责", 4.0),
        Column::long("所属部分", 8.0),
    ];
    columns.extend(of_item.iter().map(|of| {
        column(
            of,
            match of.key {
                ColumnKey::Task => 27.0,
                ColumnKey::Targets => 10.0,
                _ => 7.5,
            },
        )
    }));
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
            ];
            row.extend(of_item.iter().map(|of| cell(item, of.key)));
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
        let mut columns = vec![Column::long(first, 15.0), Column::short(second, 9.0)];
        columns.extend(["牵头", "责任", "配合", "合计"].map(|title| Column::short(title, 5.0)));
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

    let columns = [Column::long("所属部分", 15.0), Column::short("任务数", 9.0)];
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
