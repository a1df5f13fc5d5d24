//! A page as it is read, token by token.

use std::cell::RefCell;

use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult};

use super::Piece;
use super::elements::{Meaning, ends_before, is_block, is_look, is_void, shields};
use super::lists::{List, is_numbered};
use super::tables::Table;
use crate::chars::is_blank;
use crate::input::lines::{Extract, Form, Place};
use crate::input::notes::{Note, Notes};
use crate::input::raised::raised;
use crate::limits;
use base::diag::Diagnostic;

/// An element that is open.
struct Open {
    name: String,
    meaning: Meaning,
}

/// The page as it is read.
#[derive(Default)]
pub(super) struct Flat {
    out: Vec<Piece>,
    tables: Vec<Table>,
    lists: Vec<List>,
    open: Vec<Open>,
    /// The characters of each outermost form.
    forms: Vec<usize>,
    /// The characters of the page.
    characters: usize,
    text: String,
    line: usize,
    /// How many characters of the line stand in links.
    linked: usize,
    /// The number of the list item that begins.
    number: Option<String>,
    breaks: usize,
    paragraphs: usize,
    notes: Notes,
    pub(super) too_deep: bool,
}

#[derive(Default)]
pub(super) struct Sink(pub(super) RefCell<Flat>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        let mut flat = self.0.borrow_mut();
        // It is refused already: nothing more is kept.
        if flat.too_deep {
            return TokenSinkResult::Continue;
        }
        let line = usize::try_from(line).unwrap_or(usize::MAX);
        match token {
            Token::CharacterTokens(text) => flat.characters(&text, line),
            Token::TagToken(tag) => return flat.tag(&tag, line),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl Flat {
    /// The lines of the page.
    pub(super) fn extract(mut self) -> Result<Extract, Diagnostic> {
        self.flush();
        while !self.tables.is_empty() {
            self.end_table();
        }
        let mut out = Extract::new(self.breaks > self.paragraphs);
        // Some systems put one form around the whole page.
        let site: Vec<bool> = self.forms.iter().map(|n| n * 4 < self.characters).collect();
        for piece in self.out {
            piece.push(&mut out, &site)?;
        }
        out.notes = self.notes;
        Ok(out)
    }

    fn is_in(&self, what: impl Fn(&Meaning) -> bool) -> bool {
        self.open.iter().any(|open| what(&open.meaning))
    }

    fn characters(&mut self, text: &str, line: usize) {
        if self.is_in(|m| m.code) {
            return;
        }
        let line = line.saturating_sub(text.matches('\n').count());
        for (left_out, note) in
            [(self.is_in(|m| m.hidden), Note::Hidden), (self.is_in(|m| m.struck), Note::StruckOut)]
        {
            if left_out {
                self.notes.add(note, &Place::Line(line), text);
                return;
            }
        }
        if self.text.trim().is_empty() {
            self.line = line;
        }
        let preformatted = self.is_in(|m| m.preformatted);
        let linked = self.is_in(|m| m.link);
        let raised = self.is_in(|m| m.raised).then(|| raised(text)).flatten();
        for c in raised.as_deref().unwrap_or(text).chars() {
            self.text.push(if c == '\n' && !preformatted { ' ' } else { c });
            self.linked += usize::from(linked && !c.is_whitespace());
        }
    }

    fn tag(&mut self, tag: &Tag, line: usize) -> TokenSinkResult<()> {
        let name = &*tag.name;
        if is_block(name) {
            self.flush();
        }
        match (tag.kind, name) {
            (_, "br") => {
                self.breaks += 1;
                self.flush();
            }
            (TagKind::StartTag, "table") => {
                if let Some(outer) = self.tables.last_mut() {
                    outer.nest();
                }
                if self.tables.len() < limits::NESTING {
                    self.tables.push(Table::default());
                }
            }
            (TagKind::EndTag, "table") => self.end_table(),
            (TagKind::StartTag, "tr") => {
                if let Some(table) = self.tables.last_mut() {
                    table.start_row(line);
                }
            }
            (TagKind::StartTag, "td" | "th") => {
                if let Some(table) = self.tables.last_mut() {
                    table.start_cell(tag, line);
                }
            }
            (TagKind::EndTag, "td" | "th" | "tr") => {
                if let Some(table) = self.tables.last_mut() {
                    table.end_cell();
                }
            }
            (TagKind::StartTag, "p") => self.paragraphs += 1,
            (TagKind::StartTag, "ol" | "ul") if self.lists.len() < limits::NESTING => {
                self.lists.push(List::begin(tag));
            }
            (TagKind::EndTag, "ol" | "ul") => {
                self.lists.pop();
                self.number = None;
            }
            (TagKind::StartTag, "li") => {
                self.number = self.lists.last_mut().and_then(|list| list.item(tag));
            }
            _ => {}
        }
        match tag.kind {
            TagKind::StartTag => self.start(tag, name),
            TagKind::EndTag => {
                self.end(name);
                TokenSinkResult::Continue
            }
        }
    }

    fn start(&mut self, tag: &Tag, name: &str) -> TokenSinkResult<()> {
        if is_void(name) || (tag.self_closing && !is_block(name)) {
            return TokenSinkResult::Continue;
        }
        self.end_implied(name);
        let meaning = Meaning::of(tag);
        // An element that only says how words look counts where it, or one of its name that is
        // open, says something else too: its end must be told from the other's.
        let counts = !is_look(name)
            || meaning != Meaning::default()
            || self.open.iter().any(|open| open.name == name);
        if counts {
            if meaning.form && !self.is_in(|m| m.form) {
                self.forms.push(0);
            }
            self.open.push(Open { name: name.to_string(), meaning });
        }
        self.too_deep |= self.open.len() > limits::NESTING;
        match name {
            "script" => TokenSinkResult::RawData(RawKind::ScriptData),
            "style" | "xmp" | "iframe" | "noembed" | "noframes" => {
                TokenSinkResult::RawData(RawKind::Rawtext)
            }
            "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
            _ => TokenSinkResult::Continue,
        }
    }

    /// Ends the elements that end where `name` begins.
    fn end_implied(&mut self, name: &str) {
        let from = self.open.iter().rposition(|open| shields(&open.name, name));
        let from = from.map_or(0, |n| n + 1);
        if let Some(n) = self.open[from..].iter().position(|open| ends_before(&open.name, name)) {
            self.open.truncate(from + n);
        }
    }

    fn end(&mut self, name: &str) {
        if let Some(at) = self.open.iter().rposition(|open| open.name == name) {
            self.open.truncate(at);
        }
    }

    /// Ends the line.
    fn flush(&mut self) {
        let mut text = std::mem::take(&mut self.text);
        let linked = std::mem::take(&mut self.linked);
        if text.chars().all(is_blank) {
            return;
        }
        let form = self.form(&text, linked);
        let count = text.chars().filter(|c| !c.is_whitespace()).count();
        self.characters += count;
        let asked_in = self.is_in(|m| m.form).then(|| self.forms.len().saturating_sub(1));
        if let Some(n) = asked_in.and_then(|n| self.forms.get_mut(n)) {
            *n += count;
        }
        if form != Form::Site
            && let Some(number) = self.number.take().filter(|_| !is_numbered(&text))
        {
            text.replace_range(..text.len() - text.trim_start().len(), &number);
        }
        let piece = Piece::Line { form, text, line: self.line, asked_in };
        match self.tables.last_mut() {
            Some(table) => table.push(piece),
            None => self.out.push(piece),
        }
    }

    fn form(&self, text: &str, linked: usize) -> Form {
        let count = text.chars().filter(|c| !c.is_whitespace()).count();
        // A line that is one short link leads elsewhere.
        let leads_away = linked > 0
            && linked == count
            && count <= 12
            && !text.contains("附件")
            && !text.contains("通知");
        if self.is_in(|m| m.site) || leads_away {
            Form::Site
        } else if self.is_in(|m| m.heading) {
            Form::Heading
        } else {
            Form::Text
        }
    }

    fn end_table(&mut self) {
        let Some(table) = self.tables.pop() else { return };
        let pieces = table.end();
        match self.tables.last_mut() {
            Some(outer) => pieces.into_iter().for_each(|piece| outer.push(piece)),
            None => self.out.extend(pieces),
        }
    }
}
