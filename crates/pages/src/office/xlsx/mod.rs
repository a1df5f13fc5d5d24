//! Workbooks: a unit's task sheet, to be filled in, and 任务分解总表. Their type is that of heads on
//! paper.

mod breakdown;
mod carriers;
mod fit;
mod sheet;
mod table;

pub use breakdown::breakdown;
pub use sheet::sheet;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet};

use super::{Failure, Properties};
use crate::geometry;

/// 宋体, which every office has.
const SONG: &str = "宋体";
/// 黑体.
const HEI: &str = "黑体";
/// A4, as Excel counts papers.
const A4: u8 = 9;

/// A new workbook that says what it is.
fn workbook(properties: &Properties) -> Result<Workbook, Failure> {
    let [year, month, day] = properties.created();
    let date = ExcelDateTime::from_ymd(
        u16::try_from(year).unwrap_or(2000),
        u8::try_from(month).unwrap_or(1),
        u8::try_from(day).unwrap_or(1),
    )?;
    let mut about = DocProperties::new()
        .set_title(super::text::clean(&properties.title))
        .set_author(super::text::clean(properties.organ.as_deref().unwrap_or_default()))
        .set_creation_datetime(&date);
    for (name, value) in properties.custom() {
        about = about.set_custom_property(name, super::text::clean(value));
    }
    let mut workbook = Workbook::new();
    workbook.set_properties(&about);
    Ok(workbook)
}

/// The page of a sheet: A4 landscape, as wide as the page, numbered, its name at the left.
fn page(worksheet: &mut Worksheet, name: &str) {
    /// Excel takes 255 characters for the whole footer.
    const LONGEST: usize = 100;
    let inches = geometry::SHEET_MARGIN.mm() / 25.4;
    // Header and footer stand half-way in the margin.
    worksheet
        .set_paper_size(A4)
        .set_landscape()
        .set_print_fit_to_pages(1, 0)
        .set_print_center_horizontally(true)
        .set_margins(inches, inches, inches, inches, inches / 2.0, inches / 2.0);
    let name: String = super::text::clean(name).chars().take(LONGEST).collect();
    let name = name.replace('\n', " ").replace('&', "&&");
    worksheet.set_footer(format!("&L{name}&R第 &P 页，共 &N 页"));
}

/// Text of a cell: wrapped, in the middle of its height.
fn text_format() -> Format {
    Format::new()
        .set_font_name(SONG)
        .set_font_size(geometry::SHEET_HEAD_SIZE.pt())
        .set_align(FormatAlign::VerticalCenter)
        .set_text_wrap()
}

fn title_format() -> Format {
    text_format()
        .set_font_name(HEI)
        .set_font_size(geometry::SHEET_TITLE_SIZE.pt())
        .set_align(FormatAlign::Center)
}

/// Texts, each on a line of its own.
fn lines(texts: &[String]) -> String {
    texts.join("\n")
}
