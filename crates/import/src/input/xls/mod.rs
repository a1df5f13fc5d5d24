//! Old workbooks (.xls, .et): records of cells in a compound file (\[MS-XLS\], BIFF8).
//!
//! Readers of libraries lay a sheet out from its first cell to its last, so that two cells at its
//! ends take gigabytes, and tell neither formats nor what is hidden.

mod record;
mod strings;
mod worksheet;

use std::collections::BTreeMap;

use super::compound::{Compound, WORKBOOK, u16_at, u32_at};
use super::format::{Format, format};
use super::lines::Extract;
use super::refusal::{damaged, too_large};
use crate::limits;
use base::diag::Diagnostic;
use base::text;
use record::{Record, records};
use strings::Strings;

/// What the records of a workbook say of all sheets.
#[derive(Default)]
struct Book {
    sheets: Vec<Listed>,
    strings: Strings,
    /// The number of the format of each style.
    styles: Vec<u16>,
    codes: BTreeMap<u16, String>,
    from_1904: bool,
}

/// A sheet in the list of sheets.
struct Listed {
    name: String,
    start: usize,
    is_hidden: bool,
}

/// Reads a workbook, sheet by sheet.
pub(super) fn extract(bytes: &[u8]) -> Result<Extract, Diagnostic> {
    let broken = || damaged("Workbook");
    let stream = Compound::open(bytes).and_then(|file| file.stream(&WORKBOOK));
    let stream = stream.ok_or_else(broken)?;
    let book = book(&stream)?;
    let formats: Vec<Format> = book
        .styles
        .iter()
        .map(|&id| format(u32::from(id), book.codes.get(&id).map(String::as_str), book.from_1904))
        .collect();
    let mut out = Extract::new(false);
    let mut left = limits::CELLS;
    for listed in &book.sheets {
        let records = records(stream.get(listed.start..).ok_or_else(broken)?);
        let sheet = worksheet::read(records, &book.strings, &formats)?;
        left =
            left.checked_sub(sheet.cells()).ok_or_else(|| too_large(text!("表格", "the table")))?;
        sheet.push(&mut out, &listed.name, listed.is_hidden)?;
    }
    Ok(out)
}

fn book(stream: &[u8]) -> Result<Book, Diagnostic> {
    let mut book = Book::default();
    let mut all = records(stream).peekable();
    let version = all.peek().filter(|first| first.kind == record::BEGIN);
    match version.and_then(|first| u16_at(first.data, 0)) {
        Some(0x0600) => {}
        Some(_) => return Err(damaged("BIFF5")),
        None => return Err(damaged("BOF")),
    }
    while let Some(Record { kind, data }) = all.next() {
        match kind {
            record::END => break,
            record::LOCKED => return Err(locked()),
            record::SHEET => book.sheets.extend(listed(data)),
            record::DAYS => book.from_1904 = u16_at(data, 0) == Some(1),
            record::STYLE => book.styles.push(u16_at(data, 2).unwrap_or(0)),
            record::FORMAT => {
                if let (Some(id), Some(code)) = (u16_at(data, 0), data.get(2..)) {
                    book.codes.insert(id, strings::long(code));
                }
            }
            record::STRINGS => {
                let mut parts = vec![data];
                while let Some(more) = all.next_if(|next| next.kind == record::MORE) {
                    parts.push(more.data);
                }
                book.strings = Strings::read(parts)?;
            }
            _ => {}
        }
    }
    Ok(book)
}

/// A sheet of cells; charts and macros are none.
fn listed(data: &[u8]) -> Option<Listed> {
    let start = usize::try_from(u32_at(data, 0)?).ok()?;
    let is_hidden = data.get(4)? & 3 != 0;
    let name = strings::short(data.get(6..)?);
    (*data.get(5)? == 0).then_some(Listed { name, start, is_hidden })
}

fn locked() -> Diagnostic {
    Diagnostic::error(
        "import-locked",
        text!("文件设了密码，读不出来", "the file cannot be read without its password"),
    )
    .help(text!("请先去掉密码再导入", "remove the password, then import it"))
}

#[cfg(test)]
mod tests {
    use super::super::compound::tests::compound;
    use super::*;
    use base::diag::Lang;

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let mut out = kind.to_le_bytes().to_vec();
        out.extend(u16::try_from(data.len()).unwrap().to_le_bytes());
        out.extend(data);
        out
    }

    fn wide(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    /// A string with a count of two bytes.
    fn long(text: &str) -> Vec<u8> {
        let count = u16::try_from(text.encode_utf16().count()).unwrap();
        [&count.to_le_bytes()[..], &[1], &wide(text)].concat()
    }

    fn cell(row: u16, column: u16, style: u16, rest: &[u8]) -> Vec<u8> {
        let head = [row, column, style].map(u16::to_le_bytes).concat();
        [head, rest.to_vec()].concat()
    }

    /// A workbook with the strings of a table and the records of one sheet.
    fn workbook(strings: &[Vec<u8>], sheet: &[Vec<u8>]) -> Vec<u8> {
        let begin = record(record::BEGIN, &[0, 6, 5, 0, 0, 0, 0, 0]);
        let end = record(record::END, &[]);
        let globals = [
            begin.clone(),
            record(record::FORMAT, &[&[200, 0][..], &long("yyyy\"年\"m\"月\"")].concat()),
            record(record::STYLE, &[0; 20]),
            record(record::STYLE, &[&[0, 0, 9, 0][..], &[0; 16]].concat()),
            record(record::STYLE, &[&[0, 0, 200, 0][..], &[0; 16]].concat()),
            strings.concat(),
        ]
        .concat();
        let name = [&[1u8, 1][..], &wide("表")].concat();
        let listed = |start: usize| {
            let start = u32::try_from(start).unwrap().to_le_bytes();
            record(record::SHEET, &[&start[..], &[0, 0], &name].concat())
        };
        let start = globals.len() + listed(0).len() + end.len();
        let sheet = [begin, sheet.concat(), end.clone()].concat();
        compound("Workbook", &[globals, listed(start), end, sheet].concat())
    }

    fn lines(extract: &Extract) -> Vec<&str> {
        extract.lines.iter().map(|line| &extract.text[line.range.clone()]).collect()
    }

    #[test]
    fn cells_of_every_kind() {
        // The second string is cut between its characters: the rest begins with a new sign of
        // its width.
        let first = [&[2, 0, 0, 0, 2, 0, 0, 0][..], &long("甲"), &[2, 0, 1], &wide("乙")].concat();
        let strings = [record(record::STRINGS, &first), record(record::MORE, b"\0Z")];
        let mut merged = 1u16.to_le_bytes().to_vec();
        merged.extend([0u16, 1, 0, 0].map(u16::to_le_bytes).concat());
        let sheet = [
            record(record::COLUMNS, &[3, 0, 3, 0, 0, 0, 0, 0, 1, 0]),
            record(record::ROW, &[&[1u8, 0][..], &[0; 10], &[0x20, 0, 0, 0]].concat()),
            record(record::SHARED, &cell(0, 0, 0, &[0, 0, 0, 0])),
            record(record::SHARED, &cell(0, 1, 0, &[1, 0, 0, 0])),
            record(record::NUMBER, &cell(0, 2, 1, &0.85f64.to_le_bytes())),
            record(record::LABEL, &cell(0, 3, 0, &long("藏"))),
            record(record::SMALL, &cell(1, 1, 2, &(45823u32 << 2 | 2).to_le_bytes())),
            record(record::FORMULA, &cell(1, 2, 0, &[0, 0, 0, 0, 0, 0, 0xff, 0xff])),
            record(record::STRING, &long("算出的字")),
            record(record::BOOLEAN, &cell(1, 4, 0, &[1, 0])),
            record(record::MERGED, &merged),
        ];
        let read = extract(&workbook(&strings, &sheet)).unwrap();
        assert_eq!(lines(&read), ["甲\t乙Z\t85%\t藏", "\t2025年6月\t算出的字\t\t是"]);
        let said: Vec<String> =
            read.notes.diagnostics().iter().map(|d| d.message.get(Lang::Zh).to_string()).collect();
        assert_eq!(said, ["“表”第 1 行等 2 处：表里隐藏的行、列或工作表也读了进来：藏"]);
    }

    #[test]
    fn cells_at_the_far_end_cost_nothing_and_lies_end() {
        let far = [
            record(record::LABEL, &cell(0, 0, 0, &long("甲"))),
            record(record::LABEL, &cell(u16::MAX, u16::MAX, 0, &long("乙"))),
            // It says that it has two columns of numbers, and has none.
            record(record::SMALLS, &cell(1, 1, 9, &[])),
        ];
        let read = extract(&workbook(&[], &far)).unwrap();
        assert_eq!(read.text.matches(['甲', '乙']).count(), 2);
        let many = record(record::STRINGS, &[0xff; 16]);
        assert!(extract(&workbook(&[many], &[])).is_ok());
        let locked = extract(&workbook(&[record(record::LOCKED, &[0; 4])], &[])).unwrap_err();
        assert_eq!(locked.code, "import-locked");
        assert_eq!(extract(&compound("Book", b"no")).unwrap_err().code, "import-damaged");
    }
}
