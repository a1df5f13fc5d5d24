//! A table of a worksheet: its head, its rows, widths and heights.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, IgnoreError, Worksheet};

use super::super::{Failure, text};
use super::{HEI, fit, text_format};

/// The ground of cells that whoever has the sheet writes in.
pub(super) const OPEN: Color = Color::RGB(0x00FF_FBE6);
/// The ground of cells that are not for whoever has the sheet.
const SHUT: Color = Color::RGB(0x00EE_EEEE);

/// A column.
pub(super) struct Column {
    pub(super) title: String,
    /// In units of column width; a wide character takes about two.
    pub(super) width: f64,
    pub(super) centred: bool,
    /// What it is to whoever has the sheet.
    pub(super) ground: Ground,
}

/// The ground of a cell: what it is to whoever has the sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ground {
    /// Said by the office.
    Plain,
    /// Written in by whoever has the sheet.
    Open,
    /// Nothing is to be written here.
    Shut,
}

impl Column {
    /// A column of short words in the middle, its width in em of the cells' type.
    pub(super) fn short(title: &str, em: f64) -> Self {
        /// A full-width character in units of column width.
        const EM: f64 = 2.1;
        Self { title: title.into(), width: em * EM, centred: true, ground: Ground::Plain }
    }

    /// A column of text.
    pub(super) fn long(title: &str, em: f64) -> Self {
        Self { centred: false, ..Self::short(title, em) }
    }
}

/// What stands in a cell.
pub(super) enum Cell {
    Text(String),
    Number(f64),
    Blank,
    /// The cell above it reaches down here.
    Above,
    /// Nothing stands here, and nothing is to be written.
    Shut,
}

impl Cell {
    pub(super) fn count(count: usize) -> Self {
        Self::Number(count as f64)
    }

    /// A number as a notice prints it: one that is only digits can be sorted.
    pub(super) fn label(label: &str) -> Self {
        match label.parse::<u32>() {
            Ok(number) => Self::Number(number.into()),
            Err(_) => Self::Text(label.into()),
        }
    }
}

/// How wide a table is, in em of the cells' type: a little more than A4 landscape, to which it is
/// scaled down in print.
pub(super) const WIDTH: f64 = 78.0;

/// Writes a table whose head stands in row `top` (from 0). Text is always written as text: what
/// begins with `=` is no formula. Gives the row below it.
pub(super) fn write(
    worksheet: &mut Worksheet,
    top: u32,
    columns: &[Column],
    rows: &[Vec<Cell>],
) -> Result<u32, Failure> {
    Ok(write_in_sections(worksheet, top, columns, rows, &[])?.0)
}

/// The same with a line over all columns above those rows that begin a section. Gives the row below,
/// and where the rows stand.
pub(super) fn write_in_sections(
    worksheet: &mut Worksheet,
    top: u32,
    columns: &[Column],
    rows: &[Vec<Cell>],
    sections: &[Option<&str>],
) -> Result<(u32, Vec<u32>), Failure> {
    let head = cell_format(true).set_font_name(HEI).set_background_color(Color::RGB(0x00F2_F2F2));
    let last = u16::try_from(columns.len()).unwrap_or(u16::MAX).saturating_sub(1);
    let mut lines = 1;
    for (place, column) in (0..).zip(columns) {
        worksheet.write_string_with_format(top, place, &column.title, &head)?;
        lines = lines.max(fit::lines(&column.title, column.width));
    }
    worksheet.set_row_height(top, fit::height(lines) + 4.0)?;
    let formats: Vec<Format> = columns.iter().map(format_of).collect();
    let shut = cell_format(false).set_background_color(SHUT);
    let mut at = top;
    let mut places = Vec::new();
    let heights = heights(columns, rows);
    for (place, row) in rows.iter().enumerate() {
        at += 1;
        if let Some(section) = sections.get(place).copied().flatten() {
            let words = text::clean(section);
            let band = cell_format(false).set_font_name(HEI);
            worksheet.merge_range(at, 0, at, last, &words, &band)?;
            let width = columns.iter().map(|column| column.width).sum();
            worksheet.set_row_height(at, fit::height(fit::lines(&words, width)))?;
            at += 1;
        }
        places.push(at);
        for ((column, cell), format) in (0..).zip(row).zip(&formats) {
            let format = if matches!(cell, Cell::Shut) { &shut } else { format };
            let below = at + reach(rows, place, usize::from(column));
            if below > at && !matches!(cell, Cell::Above) {
                worksheet.merge_range(at, column, below, column, "", format)?;
            }
            match cell {
                Cell::Text(words) => {
                    let words = text::clean(words);
                    worksheet.write_string_with_format(at, column, &words, format)?;
                }
                Cell::Number(number) => {
                    worksheet.write_number_with_format(at, column, *number, format)?;
                }
                Cell::Blank | Cell::Shut => {
                    worksheet.write_blank(at, column, format)?;
                }
                Cell::Above => {}
            }
        }
        worksheet.set_row_height(at, heights[place])?;
    }
    if at > top {
        // 所属部分 and the like may be digits alone, and are text nevertheless.
        worksheet.ignore_error_range(top + 1, 0, at, last, IgnoreError::NumberStoredAsText)?;
    }
    Ok((at + 1, places))
}

/// How many rows below a row a cell of it reaches.
fn reach(rows: &[Vec<Cell>], place: usize, column: usize) -> u32 {
    let below = rows[place + 1..].iter();
    let reached = below.take_while(|row| matches!(row.get(column), Some(Cell::Above)));
    u32::try_from(reached.count()).unwrap_or_default()
}

/// How high each row is. What a cell that reaches down needs is shared among its rows.
fn heights(columns: &[Column], rows: &[Vec<Cell>]) -> Vec<f64> {
    let lines = |cell: &Cell, column: &Column| match cell {
        Cell::Text(words) => fit::lines(&text::clean(words), column.width),
        _ => 1,
    };
    let reaches = |place: usize, column: usize| reach(rows, place, column) as usize;
    let mut heights: Vec<f64> = Vec::new();
    for (place, row) in rows.iter().enumerate() {
        let cells = row.iter().zip(columns).enumerate();
        let alone = cells.filter(|(column, _)| reaches(place, *column) == 0);
        let most = alone.map(|(_, (cell, column))| lines(cell, column)).max();
        heights.push(fit::height(most.unwrap_or(1)));
    }
    for (place, row) in rows.iter().enumerate() {
        for (at, (cell, column)) in row.iter().zip(columns).enumerate() {
            let count = reaches(place, at) + 1;
            if count > 1 {
                let needed = fit::tall(lines(cell, column));
                let shared = needed / count as f64;
                let rows = &mut heights[place..place + count];
                if rows.iter().sum::<f64>() < needed {
                    rows.iter_mut()
                        .for_each(|height| *height = height.max(shared).min(fit::HIGHEST));
                }
            }
        }
    }
    heights
}

/// So many stretches of neighbouring columns of about the same width, as first and last column.
pub(super) fn spans(columns: &[Column], count: usize) -> Vec<(u16, u16)> {
    let all: f64 = columns.iter().map(|column| column.width).sum();
    let mut spans = Vec::new();
    let (mut from, mut used) = (0, 0.0);
    for (at, column) in columns.iter().enumerate() {
        used += column.width;
        let (left, open) = (columns.len() - at - 1, count - spans.len());
        let full = used >= all * (spans.len() + 1) as f64 / count as f64;
        if (open > 1 && (full || left < open)) || left == 0 {
            let place = |at: usize| u16::try_from(at).unwrap_or(u16::MAX);
            spans.push((place(from), place(at)));
            from = at + 1;
        }
    }
    spans
}

/// Gives the worksheet the widths of columns.
pub(super) fn set_widths(worksheet: &mut Worksheet, columns: &[Column]) -> Result<(), Failure> {
    for (place, column) in (0..).zip(columns) {
        worksheet.set_column_width(place, column.width)?;
    }
    Ok(())
}

/// Widens the column that makes a row higher than rows can be.
pub(super) fn widen(columns: &mut [Column], rows: &[Vec<Cell>]) {
    /// Beyond it a line is no longer read with ease, and what is hidden shows on entering the cell.
    const WIDEST: f64 = 120.0;
    for row in rows {
        for (cell, column) in row.iter().zip(&mut *columns) {
            let Cell::Text(words) = cell else { continue };
            while column.width < WIDEST
                && fit::height(fit::lines(words, column.width)) >= fit::HIGHEST
            {
                column.width *= 1.25;
            }
        }
    }
}

fn format_of(column: &Column) -> Format {
    let format = cell_format(column.centred);
    match column.ground {
        Ground::Plain => format,
        Ground::Open => format.set_background_color(OPEN),
        Ground::Shut => format.set_background_color(SHUT),
    }
}

fn cell_format(centred: bool) -> Format {
    let format = text_format().set_border(FormatBorder::Thin);
    if centred { format.set_align(FormatAlign::Center) } else { format }
}
