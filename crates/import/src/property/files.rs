//! Tables written as files of every kind.

use std::io::{Cursor, Write as _};

use super::table::{Cell, Table};

/// Text between tags.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn packed(parts: &[(&str, String)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn column_name(n: usize) -> char {
    char::from(b'A' + u8::try_from(n).unwrap())
}

/// A cell that a workbook holds as a number or a day: its style and value.
fn typed(text: &str) -> Option<String> {
    if text.len() < 4
        && !text.starts_with('0')
        && text.bytes().all(|b| b.is_ascii_digit())
        && !text.is_empty()
    {
        return Some(format!("><v>{text}</v>"));
    }
    let day: jiff::civil::Date = text.parse().ok()?;
    let first = jiff::civil::date(1899, 12, 30);
    Some(format!(" s=\"1\"><v>{}</v>", (day - first).get_days()))
}

/// A workbook with texts, numbers and days in the cells, as offices type them.
pub(super) fn xlsx(table: &Table) -> Vec<u8> {
    let mut rows = String::new();
    let mut merged = Vec::new();
    for (r, cells) in table.cells().iter().enumerate() {
        let mut row = String::new();
        for (c, cell) in cells.iter().enumerate() {
            let at = format!("{}{}", column_name(c), r + 1);
            if cell.down > 1 || cell.across > 1 {
                let end = format!("{}{}", column_name(c + cell.across - 1), r + cell.down);
                merged.push(format!("<mergeCell ref=\"{at}:{end}\"/>"));
            }
            if let Some(value) = typed(&cell.text).filter(|_| !cell.covered) {
                row += &format!("<c r=\"{at}\"{value}</c>");
            } else if !cell.text.is_empty() && !cell.covered {
                let text = escaped(&cell.text);
                row += &format!(
                    "<c r=\"{at}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>"
                );
            }
        }
        rows += &format!("<row r=\"{}\">{row}</row>", r + 1);
    }
    let main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let merged = match merged.len() {
        0 => String::new(),
        n => format!("<mergeCells count=\"{n}\">{}</mergeCells>", merged.concat()),
    };
    let package = "http://schemas.openxmlformats.org/package/2006";
    packed(&[
        ("[Content_Types].xml", format!("<Types xmlns=\"{package}/content-types\"/>")),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"r\" Type=\"{relations}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook {main} xmlns:r=\"{relations}\"><sheets><sheet name=\"任务\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"rId1\" Type=\"{relations}/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"{relations}/styles\" Target=\"styles.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/styles.xml",
            format!(
                "<styleSheet {main}><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>"
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!("<worksheet {main}><sheetData>{rows}</sheetData>{merged}</worksheet>"),
        ),
    ])
}

/// A Word file with one table.
pub(super) fn docx(table: &Table) -> Vec<u8> {
    let cell = |cell: &Cell| {
        let merge = match (cell.covered, cell.down > 1) {
            (true, _) => "<w:vMerge/>",
            (false, true) => "<w:vMerge w:val=\"restart\"/>",
            _ => "",
        };
        let text = if cell.covered { "" } else { &cell.text };
        let paragraphs: String = text
            .split('\n')
            .map(|line| {
                format!("<w:p><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>", escaped(line))
            })
            .collect();
        let across = cell.across;
        format!("<w:tc><w:tcPr><w:gridSpan w:val=\"{across}\"/>{merge}</w:tcPr>{paragraphs}</w:tc>")
    };
    let row =
        |cells: &Vec<Cell>| format!("<w:tr>{}</w:tr>", cells.iter().map(cell).collect::<String>());
    let rows: String = table.cells().iter().map(row).collect();
    let main = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    packed(&[(
        "word/document.xml",
        format!("<w:document {main}><w:body><w:tbl>{rows}</w:tbl></w:body></w:document>"),
    )])
}

/// A page.
pub(super) fn html(table: &Table) -> Vec<u8> {
    let cell = |cell: &Cell| {
        let text = escaped(&cell.text).replace('\n', "<br>");
        let (down, across) = (cell.down, cell.across);
        format!("<td rowspan=\"{down}\" colspan=\"{across}\">{text}</td>")
    };
    let row = |cells: &Vec<Cell>| {
        let cells: String = cells.iter().filter(|cell| !cell.covered).map(cell).collect();
        format!("<tr>{cells}</tr>\n")
    };
    let rows: String = table.cells().iter().map(row).collect();
    format!("<!DOCTYPE html><html><body><table>{rows}</table></body></html>").into_bytes()
}

/// Comma-separated values: there are no merged cells in them.
pub(super) fn csv(table: &Table) -> Vec<u8> {
    let width = table.columns.len();
    let mut out = String::new();
    for cells in table.cells() {
        let mut words: Vec<String> =
            cells.iter().map(|cell| format!("\"{}\"", cell.text.replace('"', "\"\""))).collect();
        words.resize(width, String::new());
        out += &(words.join(",") + "\n");
    }
    out.into_bytes()
}
