//! A unit's workbook: the rows of its sheet, with columns to report in. All else is protected.

use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, ExcelDateTime, Format,
    FormatAlign, FormatBorder, ProtectionOptions, Worksheet,
};

use super::super::{Failure, Properties, text};
use super::table::{self, Cell, Column};
use super::{HEI, fit, lines, page, text_format, title_format, workbook};
use records::view::{SheetRow, SheetView};

/// The columns that a unit fills in, with their widths.
pub const PROGRESS: [(&str, f64); 6] = [
    ("进展情况", 24.0),
    ("完成情况", 10.5),
    ("存在问题", 15.0),
    ("下一步措施", 15.0),
    ("填报人", 9.0),
    ("日期", 11.5),
];

/// Rows above the table's head: title, notice, blanks, summary.
const HEAD: u32 = 4;

/// The workbook of a unit's sheet.
///
/// # Errors
/// When a text is longer than a cell can hold.
pub fn sheet(view: &SheetView, properties: &Properties) -> Result<Vec<u8>, Failure> {
    let mut workbook = workbook(properties)?;
    let worksheet = workbook.add_worksheet();
    worksheet.set_name("任务单")?;
    page(worksheet, &format!("{}　{}", view.unit, view.about.subject));

    let mut columns = columns(view);
    let rows: Vec<Vec<Cell>> = view.rows.iter().map(|row| cells(view, row)).collect();
    table::widen(&mut columns, &rows);
    table::set_widths(worksheet, &columns)?;
    let place = Place::of(&columns);
    above(worksheet, view, &place)?;
    let below = if rows.is_empty() {
        without_task(worksheet, &place)?
    } else {
        let below = table::write(worksheet, HEAD, &columns, &rows)?;
        validate(worksheet, view, &place, below - 1)?;
        worksheet.set_freeze_panes(HEAD + 1, 0)?;
        worksheet.set_repeat_rows(HEAD, HEAD)?;
        below
    };
    let mut last = below;
    if !view.reporting.is_empty() {
        let words = format!("报送要求：{}", view.reporting.concat());
        merged(worksheet, last, &place, &words, &text_format())?;
        last += 1;
    }
    worksheet.set_print_area(0, 0, last - 1, place.last)?;
    worksheet.protect_with_options(&ProtectionOptions {
        format_columns: true,
        format_rows: true,
        ..ProtectionOptions::new()
    });
    Ok(workbook.save_to_buffer()?)
}

/// Where columns stand.
struct Place {
    /// The first of those to fill in.
    progress: u16,
    last: u16,
    /// All widths together.
    width: f64,
}

impl Place {
    fn of(columns: &[Column]) -> Self {
        let count = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
        Self {
            progress: count(columns.len() - PROGRESS.len()),
            last: count(columns.len() - 1),
            width: columns.iter().map(|column| column.width).sum(),
        }
    }
}

/// The columns of the sheet, as its page and its print have them.
fn columns(view: &SheetView) -> Vec<Column> {
    let mut columns = vec![
        Column::short("序号", 6.0),
        Column::short("所属部分", 11.0),
        Column::long("工作任务", 38.0),
    ];
    if view.has_targets {
        columns.push(Column::long("目标", 17.0));
    }
    if view.has_own || view.has_own_targets {
        columns.push(Column::long("本单位具体任务、指标", 21.0));
    }
    columns.push(Column::short("角色", 12.0));
    columns.push(Column::short("牵头单位及联系人", 15.0));
    columns.push(Column::long("其他单位", 17.0));
    if view.has_deadlines {
        columns.push(Column::short("完成时限", 13.0));
    }
    columns.extend(PROGRESS.map(|(title, width)| Column {
        open: true,
        centred: matches!(title, "完成情况" | "填报人" | "日期"),
        ..Column::long(title, width)
    }));
    columns
}

fn cells(view: &SheetView, row: &SheetRow) -> Vec<Cell> {
    let number = if row.label.is_empty() { row.number.to_string() } else { row.label.clone() };
    let mut cells =
        vec![Cell::label(&number), Cell::Text(row.section.clone()), Cell::Text(row.task.plain())];
    if view.has_targets {
        cells.push(Cell::Text(lines(&row.targets)));
    }
    if view.has_own || view.has_own_targets {
        let own = (!row.own.is_empty()).then(|| row.own.plain());
        let own: Vec<String> = own.into_iter().chain(row.own_targets.iter().cloned()).collect();
        cells.push(Cell::Text(lines(&own)));
    }
    let mut role = vec![row.role.clone()];
    role.extend(row.qualifiers.iter().chain(&row.via).map(|words| format!("（{words}）")));
    cells.push(Cell::Text(lines(&role)));
    let leads = (!row.leads.is_empty()).then(|| row.leads.join("、"));
    let leads: Vec<String> = leads.into_iter().chain(row.lead_contacts.iter().cloned()).collect();
    cells.push(Cell::Text(lines(&leads)));
    cells.push(Cell::Text(row.others.join("、")));
    if view.has_deadlines {
        cells.push(Cell::Text(row.deadline.clone().unwrap_or_default()));
    }
    cells.extend(PROGRESS.map(|_| Cell::Blank));
    cells
}

/// Title, notice, blanks and summary.
fn above(worksheet: &mut Worksheet, view: &SheetView, place: &Place) -> Result<(), Failure> {
    merged(worksheet, 0, place, &format!("{}任务单", view.unit), &title_format())?;
    worksheet.set_row_height(0, 36)?;
    let centred = text_format().set_align(FormatAlign::Center);
    merged(worksheet, 1, place, &about(view), &centred)?;
    blanks(worksheet, place)?;
    let summary = if view.count > 0 {
        format!("共 {} 项任务：{}。", view.count, view.summary)
    } else {
        String::new()
    };
    merged(worksheet, 3, place, &summary, &text_format())
}

/// What the sheet belongs to, in words.
fn about(view: &SheetView) -> String {
    let about = &view.about;
    let full = view.unit_full.as_ref().filter(|full| **full != view.unit);
    let mut words = full.map(|full| format!("{full}\n")).unwrap_or_default();
    words.push_str(about.organ.as_deref().unwrap_or_default());
    words.push_str(&about.notice_title);
    let number: Vec<&str> =
        about.doc_number.iter().chain(&about.date).map(String::as_str).collect();
    if !number.is_empty() {
        words.push_str(&format!("（{}）", number.join("，")));
    }
    if let Some(draft) = &about.draft {
        words.push_str(&format!("　{draft}"));
    }
    words
}

/// Who is in charge of the sheet, to be written in.
fn blanks(worksheet: &mut Worksheet, place: &Place) -> Result<(), Failure> {
    const ROW: u32 = 2;
    let label = text_format().set_align(FormatAlign::Right);
    let open = text_format().set_border_bottom(FormatBorder::Thin).set_unlocked();
    let mut put = |words: &str, (from, to): (u16, u16), format: &Format| {
        if from == to {
            worksheet.write_string_with_format(ROW, from, words, format)?;
        } else {
            worksheet.merge_range(ROW, from, ROW, to, words, format)?;
        }
        Ok::<(), Failure>(())
    };
    let p = place.progress;
    put("分管领导", (0, 1), &label)?;
    put("", (2, 2), &open)?;
    put("责任科室", (3, 3), &label)?;
    put("", (4, p - 1), &open)?;
    put("联系人及电话", (p, p), &label)?;
    put("", (p + 1, p + 3), &open)?;
    worksheet.set_row_height(ROW, 24)?;
    Ok(())
}

/// What stands in the place of the table for a unit without a task. Gives the row below.
fn without_task(worksheet: &mut Worksheet, place: &Place) -> Result<u32, Failure> {
    let centred = text_format().set_align(FormatAlign::Center);
    merged(worksheet, HEAD, place, "本单位无单列任务", &centred.clone().set_font_name(HEI))?;
    let words = "请按通知要求，结合职责配合做好有关工作。";
    merged(worksheet, HEAD + 1, place, words, &centred)?;
    Ok(HEAD + 2)
}

/// A text over the whole width, its row as high as it needs.
fn merged(
    worksheet: &mut Worksheet,
    row: u32,
    place: &Place,
    words: &str,
    format: &Format,
) -> Result<(), Failure> {
    let words = text::clean(words);
    worksheet.merge_range(row, 0, row, place.last, &words, format)?;
    worksheet.set_row_height(row, fit::height(fit::lines(&words, place.width)))?;
    Ok(())
}

/// What may be entered: one of the states, and a day.
fn validate(
    worksheet: &mut Worksheet,
    view: &SheetView,
    place: &Place,
    last: u32,
) -> Result<(), Failure> {
    let column = |title: &str| {
        let at = PROGRESS.iter().position(|(name, _)| *name == title).unwrap_or_default();
        place.progress + u16::try_from(at).unwrap_or_default()
    };
    let states: Vec<String> = view.states.iter().map(|state| text::clean(state)).collect();
    let state = DataValidation::new()
        .allow_list_strings(&states)?
        .set_error_style(DataValidationErrorStyle::Stop)
        .set_error_title("完成情况")?
        .set_error_message("请从下拉列表中选择。")?;
    let at = column("完成情况");
    worksheet.add_data_validation(HEAD + 1, at, last, at, &state)?;
    let first_day = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let last_day = ExcelDateTime::from_ymd(2099, 12, 31)?;
    let date = DataValidation::new()
        .allow_date(DataValidationRule::Between(first_day, last_day))
        .set_error_style(DataValidationErrorStyle::Stop)
        .set_error_title("日期")?
        .set_error_message("请填写日期，如 2025-6-30。")?;
    let at = column("日期");
    let format = text_format()
        .set_border(FormatBorder::Thin)
        .set_align(FormatAlign::Center)
        .set_unlocked()
        .set_background_color(table::OPEN)
        .set_num_format("yyyy-mm-dd");
    for row in HEAD + 1..=last {
        worksheet.write_blank(row, at, &format)?;
    }
    worksheet.add_data_validation(HEAD + 1, at, last, at, &date)?;
    Ok(())
}
