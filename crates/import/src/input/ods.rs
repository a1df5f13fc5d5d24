//! OpenDocument workbooks (.ods). They keep the text of each cell as it is shown.

use std::collections::BTreeSet;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::decode;
use super::lines::Extract;
use super::packed::Packed;
use super::refusal::{damaged, too_deep, too_large};
use super::sheet::Sheet;
use super::xml::{attribute, resolve};
use crate::limits;
use base::diag::Diagnostic;
use base::text;

/// What such a file says it is.
pub(super) const MIMETYPE: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";

/// Reads a workbook, sheet by sheet.
pub(super) fn extract(packed: &mut Packed<'_>) -> Result<Extract, Diagnostic> {
    let content = packed.read("content.xml")?.ok_or_else(|| damaged("content.xml"))?;
    read(&decode::decode(&content)?)
}

fn read(xml: &str) -> Result<Extract, Diagnostic> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    let mut state = State::default();
    loop {
        match reader.read_event().map_err(|error| damaged(&error.to_string()))? {
            Event::Start(tag) => {
                if state.depth >= limits::NESTING {
                    return Err(too_deep());
                }
                state.depth += 1;
                state.start(&tag);
            }
            Event::Empty(tag) => {
                state.start(&tag);
                state.end(tag.local_name().as_ref())?;
            }
            Event::End(tag) => {
                state.depth = state.depth.saturating_sub(1);
                state.end(tag.local_name().as_ref())?;
            }
            Event::Text(words) => state.characters(&words),
            Event::CData(words) => state.characters(&words),
            Event::GeneralRef(reference) => state.characters(&resolve(&reference)),
            Event::Eof => break,
            _ => {}
        }
    }
    Ok(state.out)
}

/// A cell that is open or has just ended.
#[derive(Default)]
struct Cell {
    lines: Vec<String>,
    across: u32,
    below: u32,
    has_formula: bool,
}

#[derive(Default)]
struct State {
    out: Extract,
    depth: usize,
    /// The style in hand, and the styles of tables that are hidden.
    style: String,
    hidden_styles: BTreeSet<String>,
    name: String,
    is_hidden: bool,
    sheet: Sheet,
    cells: usize,
    row: u32,
    column: u32,
    /// The row in hand: how often it stands there, whether it is hidden, its cells.
    times: u32,
    row_hidden: bool,
    in_row: Vec<(u32, Cell)>,
    cell: Option<Cell>,
    in_text: usize,
    /// Remarks at a cell are not its text.
    in_remark: usize,
}

impl State {
    fn start(&mut self, tag: &BytesStart<'_>) {
        let name = tag.local_name();
        let count = |key: &str| attribute(tag, key).and_then(|n| n.parse::<u32>().ok());
        let collapsed =
            || attribute(tag, "visibility").is_some_and(|v| v == "collapse" || v == "filter");
        match name.as_ref() {
            "style" => self.style = attribute(tag, "name").unwrap_or_default(),
            "table-properties"
                if attribute(tag, "display").is_some_and(|display| display == "false") =>
            {
                self.hidden_styles.insert(self.style.clone());
            }
            "table" => {
                let style = attribute(tag, "style-name").unwrap_or_default();
                self.name = attribute(tag, "name").unwrap_or_default();
                self.is_hidden = self.hidden_styles.contains(&style);
                self.sheet = Sheet::default();
                (self.row, self.column) = (0, 0);
            }
            "table-column" => {
                let next =
                    self.column.saturating_add(count("number-columns-repeated").unwrap_or(1));
                if collapsed() && next > self.column {
                    self.sheet.hide_columns(self.column, next - 1);
                }
                self.column = next;
            }
            "table-row" => {
                self.column = 0;
                self.times = count("number-rows-repeated").unwrap_or(1);
                self.row_hidden = collapsed();
                self.in_row.clear();
            }
            "table-cell" | "covered-table-cell" => {
                self.cell = Some(Cell {
                    lines: Vec::new(),
                    across: count("number-columns-repeated").unwrap_or(1),
                    below: count("number-rows-spanned").unwrap_or(1).saturating_sub(1),
                    has_formula: attribute(tag, "formula").is_some(),
                });
            }
            "annotation" => self.in_remark += 1,
            "p" if self.in_remark == 0 => {
                self.in_text += 1;
                if let Some(cell) = &mut self.cell {
                    cell.lines.push(String::new());
                }
            }
            "s" => {
                let blanks = count("c").unwrap_or(1).min(100);
                (0..blanks).for_each(|_| self.characters(" "));
            }
            "tab" => self.characters(" "),
            "line-break" => self.characters("\n"),
            _ => {}
        }
    }

    fn characters(&mut self, words: &str) {
        if self.in_text > 0
            && self.in_remark == 0
            && let Some(line) = self.cell.as_mut().and_then(|cell| cell.lines.last_mut())
        {
            line.push_str(words);
        }
    }

    fn end(&mut self, name: &str) -> Result<(), Diagnostic> {
        match name {
            "annotation" => self.in_remark = self.in_remark.saturating_sub(1),
            "p" if self.in_remark == 0 => self.in_text = self.in_text.saturating_sub(1),
            "table-cell" | "covered-table-cell" => {
                if let Some(cell) = self.cell.take() {
                    let at = self.column;
                    self.column = at.saturating_add(cell.across);
                    if cell.below > 0
                        || cell.has_formula
                        || cell.lines.iter().any(|line| !line.trim().is_empty())
                    {
                        self.in_row.push((at, cell));
                    }
                }
            }
            "table-row" => return self.end_row(),
            "table" => {
                self.cells += self.sheet.cells();
                if self.cells > limits::CELLS {
                    return Err(too_large(text!("表格", "the table")));
                }
                std::mem::take(&mut self.sheet).push(&mut self.out, &self.name, self.is_hidden)?;
            }
            _ => {}
        }
        Ok(())
    }

    /// Cells and rows that stand there several times are put so often; the sheet's limits hold.
    fn end_row(&mut self) -> Result<(), Diagnostic> {
        let first = self.row;
        self.row = first.saturating_add(self.times);
        for (column, cell) in std::mem::take(&mut self.in_row) {
            let words = cell.lines.join("\n");
            let is_blank = words.trim().is_empty();
            // What holds nothing is looked at once.
            let (rows, columns) = if is_blank { (1, 1) } else { (self.times, cell.across) };
            for row in first..first.saturating_add(rows) {
                for column in column..column.saturating_add(columns) {
                    if is_blank && cell.has_formula {
                        self.sheet.no_value((row, column));
                    }
                    self.sheet.span((row, column), cell.below);
                    self.sheet.put((row, column), &words, self.row_hidden)?;
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::diag::Lang;

    #[test]
    fn cells_as_they_are_shown() {
        let read = read(
            "<office:document-content><style:style style:name=\"t2\"><style:table-properties table:display=\"false\"/></style:style>\
             <table:table table:name=\"表\"><table:table-column/><table:table-column table:visibility=\"collapse\"/>\
             <table:table-row><table:table-cell table:number-rows-spanned=\"2\"><text:p>类</text:p></table:table-cell>\
             <table:table-cell office:value=\"0.85\"><office:annotation><text:p>批注</text:p></office:annotation><text:p>85%</text:p></table:table-cell>\
             <table:table-cell><text:p>甲<text:s text:c=\"2\"/>乙</text:p><text:p>丙</text:p></table:table-cell></table:table-row>\
             <table:table-row table:number-rows-repeated=\"2\"><table:covered-table-cell/><table:table-cell table:number-columns-repeated=\"2\"><text:p>丁</text:p></table:table-cell>\
             <table:table-cell table:formula=\"of:=A1\"/></table:table-row>\
             <table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell table:number-columns-repeated=\"1024\"/></table:table-row></table:table>\
             <table:table table:name=\"藏\" table:style-name=\"t2\"><table:table-row><table:table-cell><text:p>戊</text:p></table:table-cell></table:table-row></table:table></office:document-content>",
        )
        .unwrap();
        let words: Vec<String> = read
            .lines
            .iter()
            .map(|line| read.text[line.range.clone()].replace('\n', "/"))
            .collect();
        assert_eq!(words, ["类\t85%\t甲  乙/丙", "\t丁\t丁", "\t丁\t丁", "戊"]);
        let said: Vec<String> =
            read.notes.diagnostics().iter().map(|d| d.message.get(Lang::Zh).to_string()).collect();
        assert!(said[0].contains("“表”第 1 行等 4 处"), "{said:?}");
        assert!(said[1].contains("D2"), "{said:?}");
    }

    #[test]
    fn repeats_that_claim_the_world_are_refused() {
        let page = "<t><table:table><table:table-row table:number-rows-repeated=\"4000000000\"><table:table-cell table:number-columns-repeated=\"4000000000\"><text:p>甲</text:p></table:table-cell></table:table-row></table:table></t>";
        assert_eq!(read(page).unwrap_err().code, "import-too-large");
    }
}
