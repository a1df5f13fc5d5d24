//! The main part of a Word file to lines: elements in their order.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::fields::Fields;
use super::numbering::Numbering;
use super::paragraph::{Paragraph, Run};
use super::styles::{Styles, is_on};
use super::symbols::symbol;
use super::table::Table;
use crate::input::grid;
use crate::input::lines::{Extract, Form, Place};
use crate::input::notes::Note;
use crate::input::raised::raised;
use crate::input::refusal::{damaged, too_deep};
use crate::input::xml::{attribute, resolve};
use crate::limits;
use base::diag::Diagnostic;

/// What the main part refers to.
#[derive(Default)]
pub(super) struct Parts {
    pub(super) numbering: Numbering,
    pub(super) styles: Styles,
    /// Files of other kinds that the text is continued in, by their ids; `None` for one that is
    /// not read.
    pub(super) chunks: BTreeMap<String, Option<Extract>>,
}

/// Reads a document.
pub(super) fn read(xml: &str, parts: Parts) -> Result<Extract, Diagnostic> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    let mut state = State { parts, ..State::default() };
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                if state.path.len() >= limits::NESTING {
                    return Err(too_deep());
                }
                state.start(&tag)?;
            }
            Ok(Event::Empty(tag)) => {
                state.start(&tag)?;
                state.end()?;
            }
            Ok(Event::End(_)) => state.end()?,
            Ok(Event::Text(text)) => state.characters(&text),
            Ok(Event::CData(text)) => state.characters(&text),
            Ok(Event::GeneralRef(reference)) => state.characters(&resolve(&reference)),
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(error) => return Err(damaged(&error.to_string())),
        }
    }
    if !state.path.is_empty() {
        return Err(damaged("document.xml"));
    }
    state.end_pending()?;
    Ok(state.out)
}

#[derive(Default)]
struct State {
    out: Extract,
    parts: Parts,
    /// The elements that are open.
    path: Vec<String>,
    /// Inside what says nothing of the text: how many elements are open there.
    skipped: usize,
    /// How many elements are open whose text was deleted or moved away.
    deleted: usize,
    /// How many readings of characters are open.
    readings: usize,
    /// For each structured tag that is open whether it is a table of contents.
    tags: Vec<bool>,
    fields: Fields,
    paragraphs: Vec<Paragraph>,
    /// A paragraph whose mark was deleted: the next one goes on with it.
    pending: Option<Paragraph>,
    count: usize,
    tables: Vec<Table>,
}

impl State {
    fn place(&self) -> Place {
        Place::Paragraph(self.count + 1)
    }

    fn parent(&self, above: usize) -> &str {
        self.path.iter().rev().nth(above).map_or("", String::as_str)
    }

    fn start(&mut self, tag: &BytesStart<'_>) -> Result<(), Diagnostic> {
        let name = tag.local_name();
        let name = name.as_ref();
        if self.skipped > 0 || is_skipped(name) {
            self.skipped += 1;
        } else {
            self.open(tag, name)?;
        }
        self.path.push(name.to_string());
        Ok(())
    }

    fn open(&mut self, tag: &BytesStart<'_>, name: &str) -> Result<(), Diagnostic> {
        let value = attribute(tag, "val");
        let on = is_on(value.as_deref());
        match name {
            "p" => {
                let contents = self.in_contents();
                self.paragraphs.push(Paragraph { contents, ..Paragraph::default() });
            }
            "r" => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.run = Run::default();
                }
            }
            "del" | "moveFrom" => match (self.parent(0), self.parent(1)) {
                ("rPr", "pPr") => self.mark_goes(),
                ("trPr", _) => self.table(Table::delete_row),
                ("rPr" | "pPr", _) => {}
                _ => self.deleted += 1,
            },
            "rt" => self.readings += 1,
            "sdt" => self.tags.push(false),
            "docPartGallery" if value.as_deref() == Some("Table of Contents") => {
                if let Some(is_contents) = self.tags.last_mut() {
                    *is_contents = true;
                }
            }
            "fldChar" => self.fields.mark(&attribute(tag, "fldCharType").unwrap_or_default()),
            "fldSimple" => {
                self.fields.simple(&attribute(tag, "instr").unwrap_or_default());
            }
            "altChunk" => return self.chunk(&attribute(tag, "id").unwrap_or_default()),
            "subDoc" => self.note(Note::Embedded, "subDoc"),
            "tbl" => {
                self.end_pending()?;
                self.tables.push(Table::default());
            }
            "tr" => {
                let place = self.place();
                self.table(|table| table.start_row(place));
            }
            "tc" => self.table(Table::start_cell),
            "gridBefore" | "gridSpan" | "vMerge" => {
                let n = value.as_ref().and_then(|v| v.parse().ok());
                match name {
                    "gridBefore" => self.table(|table| table.skip(n.unwrap_or(0))),
                    "gridSpan" => self.table(|table| table.span(n.unwrap_or(1))),
                    _ => self.table(|table| table.merge(value.as_deref() == Some("restart"))),
                }
            }
            _ => self.open_inline(tag, name, value, on),
        }
        Ok(())
    }

    /// What stands in a paragraph.
    fn open_inline(&mut self, tag: &BytesStart<'_>, name: &str, value: Option<String>, on: bool) {
        let parent = self.parent(0).to_string();
        let of_mark = parent == "rPr" && self.parent(1) == "pPr";
        if of_mark {
            if matches!(name, "vanish" | "specVanish") && on {
                self.mark_goes();
            }
            return;
        }
        match (parent.as_str(), name) {
            ("r", "tab" | "ptab") => self.characters_of_run("\t"),
            ("r", "br" | "cr") => self.characters_of_run("\n"),
            ("r", "noBreakHyphen") => self.characters_of_run("-"),
            ("r", "sym") => {
                let font = attribute(tag, "font").unwrap_or_default();
                let code = attribute(tag, "char").unwrap_or_default();
                match symbol(&font, &code) {
                    Some(sign) => self.characters_of_run(sign.encode_utf8(&mut [0; 4])),
                    None => self.note(Note::Symbol, &format!("{font} {code}")),
                }
            }
            _ => {
                let hidden = value.as_deref().is_some_and(|id| self.parts.styles.is_hidden(id));
                let Some(paragraph) = self.paragraphs.last_mut() else { return };
                match (parent.as_str(), name) {
                    ("pPr", "pStyle") => paragraph.style = value,
                    ("numPr", "ilvl") => {
                        paragraph.own.level = value.and_then(|level| level.parse().ok());
                    }
                    ("numPr", "numId") => paragraph.own.list = value,
                    ("rPr", "vanish" | "specVanish") => paragraph.run.hidden = on,
                    ("rPr", "strike" | "dstrike") => paragraph.run.struck = on,
                    ("rPr", "rStyle") => paragraph.run.hidden |= hidden,
                    ("rPr", "vertAlign") => {
                        paragraph.run.raised = value.as_deref() == Some("superscript");
                    }
                    ("rPr", "rFonts") => {
                        let font = attribute(tag, "ascii").or(attribute(tag, "hAnsi"));
                        paragraph.run.font = font.unwrap_or_default();
                    }
                    _ => {}
                }
            }
        }
    }

    fn end(&mut self) -> Result<(), Diagnostic> {
        let Some(name) = self.path.pop() else { return Ok(()) };
        if self.skipped > 0 {
            self.skipped -= 1;
            return Ok(());
        }
        match name.as_str() {
            "del" | "moveFrom" if !matches!(self.parent(0), "rPr" | "trPr" | "pPr") => {
                self.deleted = self.deleted.saturating_sub(1);
            }
            "rt" => self.readings = self.readings.saturating_sub(1),
            "sdt" => drop(self.tags.pop()),
            "fldSimple" => self.fields.mark("end"),
            "p" => return self.end_paragraph(),
            "tc" => {
                self.end_pending()?;
                self.table(Table::end_cell);
            }
            "tr" => {
                if let Some(words) = self.tables.last_mut().and_then(Table::end_row) {
                    self.note(Note::StruckOut, &words);
                }
            }
            "tbl" => return self.end_table(),
            _ => {}
        }
        Ok(())
    }

    fn table(&mut self, what: impl FnOnce(&mut Table)) {
        if let Some(table) = self.tables.last_mut() {
            what(table);
        }
    }

    fn note(&mut self, note: Note, words: &str) {
        let place = self.place();
        self.out.notes.add(note, &place, words);
    }

    /// The mark that ends the paragraph is not there: the next paragraph goes on with it.
    fn mark_goes(&mut self) {
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.goes_on = true;
        }
    }

    fn in_contents(&self) -> bool {
        self.tags.contains(&true) || self.fields.in_contents()
    }

    fn characters(&mut self, text: &str) {
        if self.skipped > 0 {
            let is_code = matches!(self.parent(0), "instrText");
            if is_code {
                self.fields.instruct(text);
            }
            return;
        }
        match self.parent(0) {
            "t" => self.characters_of_run(text),
            "delText" => self.note(Note::StruckOut, text),
            _ => {}
        }
    }

    fn characters_of_run(&mut self, text: &str) {
        let run = self.paragraphs.last().map(|paragraph| paragraph.run.clone()).unwrap_or_default();
        if self.deleted > 0 || run.struck {
            self.note(Note::StruckOut, text);
        } else if run.hidden {
            self.note(Note::Hidden, text);
        } else if self.readings > 0 {
            self.note(Note::Reading, text);
        } else if let Some(paragraph) = self.paragraphs.last_mut() {
            let up = run.raised.then(|| raised(text)).flatten();
            for c in up.as_deref().unwrap_or(text).chars() {
                // Signs that are typed with a symbol font.
                let private = ('\u{f000}'..='\u{f0ff}').contains(&c);
                let sign = || symbol(&run.font, &format!("{:x}", u32::from(c)));
                paragraph.text.push(if private { sign().unwrap_or(c) } else { c });
            }
        }
    }

    fn end_paragraph(&mut self) -> Result<(), Diagnostic> {
        let Some(mut paragraph) = self.paragraphs.pop() else { return Ok(()) };
        self.count += 1;
        paragraph.contents |= self.in_contents();
        if let Some(before) = self.pending.take() {
            paragraph.follow(before);
        }
        // Paragraphs of a text box stand inside one that is still open.
        if paragraph.goes_on && self.paragraphs.is_empty() {
            self.pending = Some(paragraph);
            return Ok(());
        }
        self.put(paragraph)
    }

    /// Ends a paragraph that nothing goes on with.
    fn end_pending(&mut self) -> Result<(), Diagnostic> {
        match self.pending.take() {
            Some(paragraph) if !paragraph.text.trim().is_empty() => self.put(paragraph),
            _ => Ok(()),
        }
    }

    fn put(&mut self, mut paragraph: Paragraph) -> Result<(), Diagnostic> {
        let style = paragraph.style.as_deref();
        let styles = &self.parts.styles;
        let contents = paragraph.contents || style.is_some_and(|id| styles.is_contents(id));
        let heading = style.is_some_and(|id| styles.is_heading(id));
        if !contents {
            let label = self.parts.numbering.label(&paragraph.own, style, styles, &paragraph.text);
            if let Some(label) = label.filter(|_| !paragraph.text.trim().is_empty()) {
                let blank = paragraph.text.len() - paragraph.text.trim_start().len();
                paragraph.text.replace_range(..blank, &label);
            }
        }
        if let Some(table) = self.tables.last_mut() {
            table.add(&paragraph.text);
            return Ok(());
        }
        for line in paragraph.text.split('\n') {
            let form = match (contents, heading && !line.trim().is_empty()) {
                (true, _) => Form::Site,
                (false, true) => Form::Heading,
                (false, false) => Form::Text,
            };
            self.out.push(line, Place::Paragraph(self.count.max(1)), form)?;
        }
        Ok(())
    }

    fn end_table(&mut self) -> Result<(), Diagnostic> {
        let Some(table) = self.tables.pop() else { return Ok(()) };
        match self.tables.last_mut() {
            // A table in a cell: its words are the cell's.
            Some(outer) => {
                table.words().for_each(|words| outer.add(&words));
                Ok(())
            }
            None => grid::push(&mut self.out, &table.rows()),
        }
    }

    /// The text of another file that stands here.
    fn chunk(&mut self, id: &str) -> Result<(), Diagnostic> {
        self.end_pending()?;
        match self.parts.chunks.remove(id).flatten() {
            Some(chunk) => {
                let place = self.place();
                self.out.append(&chunk, &place)
            }
            None => {
                self.note(Note::Embedded, id);
                Ok(())
            }
        }
    }
}

/// Elements of which nothing belongs to the text: properties before a change, codes of fields,
/// what older programs show instead.
fn is_skipped(name: &str) -> bool {
    name.ends_with("PrChange")
        || matches!(
            name,
            "instrText" | "delInstrText" | "Fallback" | "rubyPr" | "sectPr" | "numberingChange"
        )
}
