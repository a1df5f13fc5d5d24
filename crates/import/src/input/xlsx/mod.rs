//! Workbooks: .xlsx. Cells are read as the sheet shows them.

mod parts;
mod sheet;

use super::format;
use super::lines::Extract;
use super::notes::Note;
use super::packed::Packed;
use super::place::Place;
use super::refusal::{damaged, too_large};
use crate::limits;
use base::diag::Diagnostic;
use base::text;
use parts::{Sheet, Strings};

/// The part that makes a zip archive a workbook.
pub(super) const WORKBOOK: &str = "xl/workbook.xml";

/// Reads a workbook, sheet by sheet.
pub(super) fn extract(packed: &mut Packed<'_>) -> Result<Extract, Diagnostic> {
    let workbook = part(packed, WORKBOOK)?.ok_or_else(|| damaged(WORKBOOK))?;
    let relations = part(packed, "xl/_rels/workbook.xml.rels")?.unwrap_or_default();
    let strings = part(packed, "xl/sharedStrings.xml")?.unwrap_or_default();
    let styles = part(packed, "xl/styles.xml")?.unwrap_or_default();
    let book = parts::workbook(&workbook, &relations);
    let strings = Strings::read(&strings)?;
    let formats = format::formats(&styles, book.from_1904);
    let mut out = Extract::new(false);
    let own = parts::own(&part(packed, "docProps/custom.xml")?.unwrap_or_default());
    out.is_unit_form = own.is_units;
    let mut left = limits::CELLS;
    for (n, Sheet { name, path, hidden }) in book.sheets.iter().enumerate() {
        // In a workbook of ours the sheets behind the first say the same tasks in another order.
        if n > 0 && own.is_own {
            out.notes.add(Note::SaidAgain, &Place::Row(name.clone(), 1), name);
            continue;
        }
        let Some(xml) = part(packed, path)? else { continue };
        let sheet = sheet::read(&xml, &strings, &formats, left)?;
        left =
            left.checked_sub(sheet.cells()).ok_or_else(|| too_large(text!("表格", "the table")))?;
        sheet.push(&mut out, name, *hidden)?;
    }
    Ok(out)
}

fn part(packed: &mut Packed<'_>, name: &str) -> Result<Option<String>, Diagnostic> {
    match packed.read(name)? {
        Some(bytes) => super::decode::decode(&bytes).map(Some),
        None => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write as _};

    use super::*;
    use base::diag::Lang;

    /// A workbook with one sheet of these rows, and styles.
    fn book(sheet: &str, styles: &str, strings: &str) -> Extract {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let parts = [
            (WORKBOOK, "<workbook><sheets><sheet name=\"表\" r:id=\"a\"/></sheets></workbook>"),
            (
                "xl/_rels/workbook.xml.rels",
                "<R><Relationship Id=\"a\" Target=\"/xl/one.xml\"/></R>",
            ),
            ("xl/one.xml", sheet),
            ("xl/styles.xml", styles),
            ("xl/sharedStrings.xml", strings),
        ];
        for (name, text) in parts {
            zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        let bytes = zip.finish().unwrap().into_inner();
        extract(&mut Packed::open(&bytes).unwrap()).unwrap()
    }

    fn lines(extract: &Extract) -> Vec<&str> {
        extract.lines.iter().map(|line| &extract.text[line.range.clone()]).collect()
    }

    #[test]
    fn cells_of_every_kind_where_they_stand() {
        let read = book(
            "<sheetData><row r=\"2\"><c r=\"B2\" t=\"s\"><v>1</v></c><c t=\"b\"><v>1</v></c>\
             <c r=\"E2\" t=\"str\"><f>A1&amp;\"x\"</f><v>甲&amp;乙</v></c></row>\
             <row><c r=\"B3\"><v>12.600000000000001</v></c><c r=\"C3\" t=\"e\"><v>#N/A</v></c>\
             <c r=\"D3\" t=\"inlineStr\"><is><r><t>一</t></r><r><t>行\n二行</t></r></is></c></row></sheetData>",
            "",
            "<sst><si><t>无</t></si><si><r><t>推</t></r><r><t>进</t></r><rPh><t>tuijin</t></rPh></si></sst>",
        );
        assert_eq!(lines(&read), ["推进\t是\t\t甲&乙", "12.6\t\t一行\n二行"]);
    }

    #[test]
    fn what_is_hidden_or_has_no_value_is_said() {
        let read = book(
            "<cols><col min=\"2\" max=\"2\" hidden=\"1\"/></cols><sheetData>\
             <row r=\"1\"><c r=\"A1\" t=\"str\"><v>甲</v></c><c r=\"B1\" t=\"str\"><v>乙</v></c></row>\
             <row r=\"2\" hidden=\"1\"><c r=\"A2\" t=\"str\"><v>丙</v></c><c r=\"B2\"><f>1+1</f></c></row></sheetData>",
            "",
            "",
        );
        assert_eq!(lines(&read), ["甲\t乙", "丙"]);
        let said: Vec<String> =
            read.notes.diagnostics().iter().map(|d| d.message.get(Lang::Zh).to_string()).collect();
        assert_eq!(
            said,
            [
                "“表”第 1 行等 2 处：表里隐藏的行、列或工作表也读了进来：乙",
                "“表”第 2 行：公式没有算出的值，单元格当作空的：B2"
            ]
        );
    }
}
