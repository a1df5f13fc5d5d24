//! word/document.xml to lines.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::numbering::Numbering;
use crate::input::grid::{self, Cell, Row};
use crate::input::lines::{Extract, Form, Place};
use crate::input::refusal::{damaged, too_deep};
use crate::input::xml::{attribute, resolve};
use crate::limits;
use base::diag::Diagnostic;

/// Reads a document.
pub(super) fn read(xml: &str, numbering: Numbering) -> Result<Extract, Diagnostic> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    let mut state = State { numbering, ..State::default() };
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                state.depth += 1;
                if state.depth > limits::NESTING {
                    return Err(too_deep());
                }
                state.start(&tag);
            }
            Ok(Event::Empty(tag)) => {
                let name = tag.local_name();
                state.start(&tag);
                state.end(name.as_ref())?;
            }
            Ok(Event::End(tag)) => {
                state.depth = state.depth.saturating_sub(1);
                state.end(tag.local_name().as_ref())?;
            }
            Ok(Event::Text(text)) => state.characters(&text),
            Ok(Event::CData(text)) => state.characters(&text),
            Ok(Event::GeneralRef(reference)) => {
                state.characters(&resolve(&reference));
            }
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(error) => return Err(damaged(&error.to_string())),
        }
    }
    if state.depth > 0 {
        return Err(damaged("document.xml"));
    }
    Ok(state.out)
}

/// A table that is open.
#[derive(Default)]
struct Table {
    rows: Vec<Row>,
    /// For each column the row in which the cell that reaches down began.
    begun: Vec<Option<(usize, usize)>>,
    cell: Vec<String>,
    across: usize,
    /// `vMerge` of the open cell: none, begins, goes on.
    merge: Merge,
    column: usize,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Merge {
    #[default]
    None,
    Begins,
    GoesOn,
}

#[derive(Default)]
struct State {
    out: Extract,
    numbering: Numbering,
    depth: usize,
    /// Inside what is not printed: deleted text, field codes, fallbacks.
    hidden: usize,
    in_text: bool,
    text: String,
    paragraphs: usize,
    style: Option<String>,
    number: Option<(String, usize)>,
    level: Option<String>,
    tables: Vec<Table>,
}

impl State {
    fn start(&mut self, tag: &BytesStart<'_>) {
        let name = tag.local_name();
        match name.as_ref() {
            "del" | "moveFrom" | "instrText" | "Fallback" | "delText" => self.hidden += 1,
            "p" => {
                // A text box stands inside a paragraph; its paragraphs come first.
                self.flush_text();
                self.style = None;
                self.number = None;
                self.level = None;
            }
            "t" => self.in_text = true,
            "pStyle" => self.style = attribute(tag, "val"),
            "ilvl" => self.level = attribute(tag, "val"),
            "numId" => {
                if let Some(id) = attribute(tag, "val") {
                    let level = self.level.as_deref().and_then(|l| l.parse().ok()).unwrap_or(0);
                    self.number = Some((id, level));
                }
            }
            "tab" | "ptab" if self.tables.len() < usize::MAX && self.depth > 0 => self.push(' '),
            "br" | "cr" => self.push('\n'),
            "noBreakHyphen" => self.push('-'),
            "tbl" => self.tables.push(Table::default()),
            "tr" => {
                let place = Place::Paragraph(self.paragraphs + 1);
                if let Some(table) = self.tables.last_mut() {
                    table.rows.push(Row { place, cells: Vec::new() });
                    table.column = 0;
                }
            }
            "tc" => {
                if let Some(table) = self.tables.last_mut() {
                    table.cell.clear();
                    table.across = 1;
                    table.merge = Merge::None;
                }
            }
            "gridSpan" => {
                let span = attribute(tag, "val").and_then(|v| v.parse().ok()).unwrap_or(1usize);
                if let Some(table) = self.tables.last_mut() {
                    table.across = span.clamp(1, limits::COLUMNS);
                }
            }
            "vMerge" => {
                let begins = attribute(tag, "val").is_some_and(|v| v == "restart");
                if let Some(table) = self.tables.last_mut() {
                    table.merge = if begins { Merge::Begins } else { Merge::GoesOn };
                }
            }
            _ => {}
        }
    }

    fn push(&mut self, c: char) {
        if self.hidden == 0 {
            self.text.push(c);
        }
    }

    fn characters(&mut self, text: &str) {
        if self.in_text && self.hidden == 0 {
            self.text.push_str(text);
        }
    }

    fn end(&mut self, name: &str) -> Result<(), Diagnostic> {
        match name {
            "del" | "moveFrom" | "instrText" | "Fallback" | "delText" => {
                self.hidden = self.hidden.saturating_sub(1);
            }
            "t" => self.in_text = false,
            "p" => return self.end_paragraph(),
            "tc" => self.end_cell(),
            "tbl" => return self.end_table(),
            _ => {}
        }
        Ok(())
    }

    /// Text before a text box keeps to its own paragraph.
    fn flush_text(&mut self) {
        if !self.text.trim().is_empty() {
            let text = std::mem::take(&mut self.text);
            let _ = self.put(&text);
        }
        self.text.clear();
    }

    fn end_paragraph(&mut self) -> Result<(), Diagnostic> {
        self.paragraphs += 1;
        let mut text = std::mem::take(&mut self.text);
        if !text.trim().is_empty() {
            let own = self.number.take();
            if let Some(label) = self.numbering.label(own, self.style.as_deref()) {
                text.insert_str(0, &label);
            }
        }
        self.put(&text)
    }

    fn put(&mut self, text: &str) -> Result<(), Diagnostic> {
        if let Some(table) = self.tables.last_mut() {
            table.cell.extend(text.split('\n').map(str::to_string));
            return Ok(());
        }
        let heading = self.style.as_deref().is_some_and(|s| self.numbering.is_heading(s));
        for line in text.split('\n') {
            let form = if heading && !line.trim().is_empty() { Form::Heading } else { Form::Text };
            self.out.push(line, Place::Paragraph(self.paragraphs.max(1)), form)?;
        }
        Ok(())
    }

    fn end_cell(&mut self) {
        let Some(table) = self.tables.last_mut() else { return };
        let text = table.cell.join("\n").trim().to_string();
        table.cell.clear();
        let column = table.column;
        table.column += table.across;
        if table.begun.len() <= column {
            table.begun.resize(column + 1, None);
        }
        let last = table.rows.len().saturating_sub(1);
        match (table.merge, table.begun[column]) {
            (Merge::GoesOn, Some((row, cell))) if text.is_empty() => {
                if let Some(cell) = table.rows.get_mut(row).and_then(|r| r.cells.get_mut(cell)) {
                    cell.down += 1;
                }
                return;
            }
            (Merge::Begins, _) => {
                let place = table.rows.last().map_or(0, |row| row.cells.len());
                table.begun[column] = Some((last, place));
            }
            _ => table.begun[column] = None,
        }
        let across = table.across;
        if let Some(row) = table.rows.last_mut() {
            row.cells.push(Cell { text, across, down: 1 });
        }
    }

    fn end_table(&mut self) -> Result<(), Diagnostic> {
        let Some(table) = self.tables.pop() else { return Ok(()) };
        match self.tables.last_mut() {
            // A table in a cell: its words are the cell's.
            Some(outer) => {
                let words = table
                    .rows
                    .iter()
                    .flat_map(|row| row.cells.iter().map(|cell| cell.text.clone()));
                outer.cell.extend(words);
                Ok(())
            }
            None => grid::push(&mut self.out, &table.rows),
        }
    }
}
