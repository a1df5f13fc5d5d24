//! What a workbook says of itself: a hidden column with a key for each row, and a sheet that is not
//! shown.

use rust_xlsxwriter::{Workbook, Worksheet};

use super::super::{Failure, Properties, text};
use records::carriers::{Carriers, KEY_HEAD, SHEET};

/// Writes the key of each row into a hidden column.
pub(super) fn column<'a>(
    worksheet: &mut Worksheet,
    column: u16,
    head: u32,
    rows: impl Iterator<Item = (u32, &'a str)>,
) -> Result<(), Failure> {
    worksheet.write_string(head, column, KEY_HEAD)?;
    for (row, key) in rows {
        worksheet.write_string(row, column, text::clean(key))?;
    }
    worksheet.set_column_hidden(column)?;
    Ok(())
}

/// Adds the sheet that is not shown, with the key and the digest of each row.
pub(super) fn sheet(
    workbook: &mut Workbook,
    properties: &Properties,
    rows: Vec<(String, String)>,
) -> Result<(), Failure> {
    let carriers = Carriers {
        publication: properties.publication.clone(),
        unit: properties.unit.clone().unwrap_or_default(),
        version: properties.version.clone(),
        period: String::new(),
        rows,
    };
    let worksheet = workbook.add_worksheet();
    worksheet.set_name(SHEET)?;
    for (row, cells) in (0..).zip(carriers.write()) {
        for (column, cell) in (0..).zip(cells) {
            worksheet.write_string(row, column, text::clean(&cell))?;
        }
    }
    worksheet.set_very_hidden(true);
    Ok(())
}
