//! A unit's workbook: the tasks of its sheet, with columns to report in. Nothing is locked: what was
//! changed by mistake shows when the workbook comes back.

use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, FormatAlign, FormatBorder, Worksheet,
};

use super::super::{Failure, Properties, text};
use super::table::{self, Cell, Column, Ground};
use super::{HEI, carriers, fit, lines, page, text_format, title_format, workbook};
use crate::tables;
use records::view::{CarriedGoal, ColumnKey, SheetRow, SheetView, TaskColumn};

/// The columns that a unit fills in, with their widths in em of the cells' type.
const PROGRESS: [(&str, f64); 7] = [
    (BEFORE, 8.0),
    (ACTUAL, 6.0),
    (MEASURE, 4.0),
    ("本期进展", 11.0),
    (STATE, 5.0),
    ("存在问题", 7.0),
    ("下一步措施", 7.0),
];
/// What the unit reported last time: nothing to fill in.
const BEFORE: &str = "上期进展";
/// What was reached of the targets.
const ACTUAL: &str = "目标实际值";
/// What it is counted in.
const MEASURE: &str = "计量单位";
/// How a task goes.
const STATE: &str = "状态";

/// Who answers for what is filled in.
const SIGNED: [&str; 5] =
    ["填表人、电话", "审核人（分管负责人）", "主要负责人（签字）", "单位（盖章）", "日期"];

/// Rows above the table's head: title, notice and count.
const HEAD: u32 = 2;

/// The workbook of a unit's sheet.
///
/// # Errors
/// When a text is longer than a cell can hold.
pub fn sheet(view: &SheetView, properties: &Properties) -> Result<Vec<u8>, Failure> {
    let mut workbook = workbook(properties)?;
    let worksheet = workbook.add_worksheet();
    worksheet.set_name("任务单")?;
    page(worksheet, &format!("{}　{}", view.unit, view.about.subject));

    let keys = keys(view);
    let mut columns = columns(view, &keys);
    let lines: Vec<Line<'_>> = view.rows.iter().flat_map(Line::of).collect();
    let rows: Vec<Vec<Cell>> = lines.iter().map(|line| cells(&keys, &columns, line)).collect();
    table::widen(&mut columns, &rows);
    table::set_widths(worksheet, &columns)?;
    let place = Place::of(&columns);
    above(worksheet, view, &place)?;
    let below = if rows.is_empty() {
        without_task(worksheet, &place)?
    } else {
        let bands: Vec<Option<&str>> = lines.iter().map(Line::section).collect();
        let (below, places) = table::write_in_sections(worksheet, HEAD, &columns, &rows, &bands)?;
        let state = columns.iter().position(|column| column.title == STATE).unwrap_or_default();
        offer_states(worksheet, view, u16::try_from(state).unwrap_or_default(), &places)?;
        let keys = lines.iter().map(Line::key);
        carriers::column(worksheet, place.last + 1, HEAD, places.iter().copied().zip(keys))?;
        worksheet.set_freeze_panes(HEAD + 1, 0)?;
        worksheet.set_repeat_rows(HEAD, HEAD)?;
        signed(worksheet, below, &columns)?
    };
    let last = notes(worksheet, view, below, &place)?;
    worksheet.set_print_area(0, 0, last - 1, place.last)?;
    let carried = lines.iter().map(|line| (line.key().into(), line.row.carried.digest.clone()));
    carriers::sheet(&mut workbook, properties, carried.collect())?;
    Ok(workbook.save_to_buffer()?)
}

/// A line of the table: a task, with one of its targets where it has some.
pub(super) struct Line<'a> {
    pub(super) row: &'a SheetRow,
    /// Its place among the lines of the task.
    at: usize,
    goal: Option<&'a CarriedGoal>,
}

impl<'a> Line<'a> {
    fn of(row: &'a SheetRow) -> Vec<Self> {
        let goals = &row.carried.goals;
        if goals.is_empty() {
            return vec![Self { row, at: 0, goal: None }];
        }
        let goals = goals.iter().enumerate();
        goals.map(|(at, goal)| Self { row, at, goal: Some(goal) }).collect()
    }

    /// The key of the line.
    pub(super) fn key(&self) -> &'a str {
        self.goal.map_or(&self.row.carried.item, |goal| &goal.key)
    }

    /// The headings above it, where it is the first below them.
    fn section(&self) -> Option<&'a str> {
        let is_first = self.at == 0 && self.row.first_of_section;
        Some(self.row.section.as_str()).filter(|section| is_first && !section.is_empty())
    }
}

/// How wide the table is.
struct Place {
    last: u16,
    /// All widths together.
    width: f64,
}

impl Place {
    fn of(columns: &[Column]) -> Self {
        Self {
            last: u16::try_from(columns.len() - 1).unwrap_or(u16::MAX),
            width: columns.iter().map(|column| column.width).sum(),
        }
    }
}

/// What of the sheet stands in the workbook: who else is in a task is on the sheet itself.
fn keys(view: &SheetView) -> Vec<TaskColumn> {
    let keeps = |column: &&TaskColumn| {
        !matches!(column.key, ColumnKey::Duty | ColumnKey::Leads | ColumnKey::Others)
    };
    view.columns.iter().filter(keeps).cloned().collect()
}

/// Those, and the ones to fill in.
fn columns(view: &SheetView, keys: &[TaskColumn]) -> Vec<Column> {
    let of_targets = |title: &str| title == ACTUAL || title == MEASURE;
    let open = PROGRESS.iter().filter(|(title, _)| view.has_targets || !of_targets(title));
    let open: Vec<_> = open.collect();
    let room = table::WIDTH - open.iter().map(|(_, width)| width).sum::<f64>();
    let cells = |row: &SheetRow| keys.iter().map(|column| row.cell(column.key)).collect();
    let widths = tables::widths(keys, view.rows.iter().map(cells).collect(), room);
    let given = keys.iter().zip(widths).map(|(column, width)| Column {
        centred: matches!(column.key, ColumnKey::Number | ColumnKey::Deadline),
        ..Column::long(&column.title, width)
    });
    let open = open.into_iter().map(|(title, width)| Column {
        ground: match *title {
            BEFORE => Ground::Shut,
            MEASURE => Ground::Plain,
            _ => Ground::Open,
        },
        centred: [STATE, ACTUAL, MEASURE].contains(title),
        ..Column::long(title, *width)
    });
    given.chain(open).collect()
}

fn cells(keys: &[TaskColumn], columns: &[Column], line: &Line<'_>) -> Vec<Cell> {
    let row = line.row;
    let cell = |column: &TaskColumn| match column.key {
        ColumnKey::Targets => line.goal.map_or(Cell::Blank, |goal| Cell::Text(goal.text.clone())),
        _ if line.at > 0 => Cell::Above,
        ColumnKey::Number if row.label.is_empty() => Cell::label(&row.number.to_string()),
        ColumnKey::Number => Cell::label(&row.label),
        key => Cell::Text(lines(&row.cell(key))),
    };
    let open =
        columns[keys.len()..].iter().map(|column| match (column.title.as_str(), line.goal) {
            (MEASURE, Some(goal)) => Cell::Text(goal.measure.clone()),
            (ACTUAL, None) => Cell::Shut,
            (ACTUAL | MEASURE, _) if !row.carried.asked => Cell::Shut,
            (ACTUAL | MEASURE, _) => Cell::Blank,
            _ if line.at > 0 => Cell::Above,
            _ if !row.carried.asked => Cell::Shut,
            _ => Cell::Blank,
        });
    keys.iter().map(cell).chain(open).collect()
}

/// Title, and what the sheet belongs to.
fn above(worksheet: &mut Worksheet, view: &SheetView, place: &Place) -> Result<(), Failure> {
    merged(
        worksheet,
        0,
        place,
        &view.title.replace("任务交办单", "任务进展填报表"),
        &title_format(),
    )?;
    let title = fit::lines(&view.title, place.width / 2.1);
    worksheet.set_row_height(0, 36.0 * title as f64)?;
    let about = &view.about;
    let draft = about.draft.as_ref().map(|draft| format!("（{draft}）"));
    let words: Vec<&str> = [&about.organ, &about.doc_number, &about.date, &draft]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .chain([view.counted.as_str()].into_iter().filter(|counted| !counted.is_empty()))
        .collect();
    merged(worksheet, 1, place, &words.join("　"), &text_format())
}

/// What stands in the place of the table for a unit without a task. Gives the row below.
fn without_task(worksheet: &mut Worksheet, place: &Place) -> Result<u32, Failure> {
    let centred = text_format().set_align(FormatAlign::Center);
    merged(worksheet, HEAD, place, "本单位无单列任务", &centred.clone().set_font_name(HEI))?;
    let words = "请按通知要求，结合职责配合做好有关工作。";
    merged(worksheet, HEAD + 1, place, words, &centred)?;
    Ok(HEAD + 2)
}

/// Who answers for it: a line of labels, and one to write in. Gives the row below.
fn signed(worksheet: &mut Worksheet, top: u32, columns: &[Column]) -> Result<u32, Failure> {
    let boxed = text_format().set_border(FormatBorder::Thin).set_align(FormatAlign::Center);
    let label = boxed.clone().set_font_name(HEI);
    let open = boxed.set_background_color(table::OPEN);
    for ((from, to), words) in table::spans(columns, SIGNED.len()).into_iter().zip(SIGNED) {
        for (row, words, format) in [(top, words, &label), (top + 1, "", &open)] {
            if from == to {
                worksheet.write_string_with_format(row, from, words, format)?;
            } else {
                worksheet.merge_range(row, from, row, to, words, format)?;
            }
        }
    }
    worksheet.set_row_height(top, 20)?;
    worksheet.set_row_height(top + 1, 28)?;
    Ok(top + 2)
}

/// When to report, and how to fill in. Gives the row below.
fn notes(
    worksheet: &mut Worksheet,
    view: &SheetView,
    top: u32,
    place: &Place,
) -> Result<u32, Failure> {
    let mut all = Vec::new();
    if !view.reporting.is_empty() {
        all.push(format!("报送要求：{}", view.reporting.concat()));
    }
    if view.count > 0 {
        all.extend(how_to_fill_in(view));
    }
    // Something stands in the last row of the print area.
    if all.is_empty() {
        all.push(String::new());
    }
    let mut at = top;
    for words in all {
        merged(worksheet, at, place, &words, &text_format())?;
        at += 1;
    }
    Ok(at)
}

/// 填报说明.
fn how_to_fill_in(view: &SheetView) -> [String; 5] {
    let figures = if view.has_targets {
        "“目标实际值”与“年度目标”逐项对应，填年初以来的累计数；"
    } else {
        ""
    };
    [
        format!("填报说明：1.{figures}各项数据截至报送当期的最后一日，期末未到的截至填表之日。"),
        format!(
            "2.“状态”从下拉列表中选择（{}）；进度落后的，在“存在问题”“下一步措施”中写明原因和办法。",
            view.states.join("、")
        ),
        "3.“本期进展”只写本期的新情况；本期无变化的填“无新进展”，不留空格。".into(),
        "4.统计数据由数据的主管单位提供，牵头单位汇总填报；口径有变化的要注明。".into(),
        "5.不填写国家秘密、工作秘密和个人隐私；确需报送的，按保密规定另行报送。".into(),
    ]
}

/// A text over the whole width, its row as high as it needs.
fn merged(
    worksheet: &mut Worksheet,
    row: u32,
    place: &Place,
    words: &str,
    format: &rust_xlsxwriter::Format,
) -> Result<(), Failure> {
    let words = text::clean(words);
    worksheet.merge_range(row, 0, row, place.last, &words, format)?;
    worksheet.set_row_height(row, fit::height(fit::lines(&words, place.width)))?;
    Ok(())
}

/// The states to choose from.
fn offer_states(
    worksheet: &mut Worksheet,
    view: &SheetView,
    column: u16,
    rows: &[u32],
) -> Result<(), Failure> {
    let states: Vec<String> = view.states.iter().map(|state| text::clean(state)).collect();
    let state = DataValidation::new()
        .allow_list_strings(&states)?
        .set_error_style(DataValidationErrorStyle::Stop)
        .set_error_title(STATE)?
        .set_error_message("请从下拉列表中选择。")?;
    if let (Some(first), Some(last)) = (rows.first(), rows.last()) {
        worksheet.add_data_validation(*first, column, *last, column, &state)?;
    }
    Ok(())
}
