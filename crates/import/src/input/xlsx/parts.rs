//! The parts of a workbook besides its sheets: which sheets there are, and the texts they share.

use quick_xml::Reader;
use quick_xml::events::Event;

use super::super::refusal::{damaged, too_large};
use super::super::xml::{attribute, each_tag, resolve};
use crate::limits;
use base::diag::Diagnostic;
use base::text;

/// What a workbook says of itself.
#[derive(Debug, Default)]
pub(super) struct Book {
    pub(super) sheets: Vec<Sheet>,
    /// Whether days are counted from 1904.
    pub(super) from_1904: bool,
}

/// A sheet.
#[derive(Debug)]
pub(super) struct Sheet {
    pub(super) name: String,
    pub(super) path: String,
    pub(super) hidden: bool,
}

/// Reads the workbook and where its sheets stand.
pub(super) fn workbook(xml: &str, relations: &str) -> Book {
    let mut paths: Vec<(String, String)> = Vec::new();
    each_tag(relations, |tag| {
        if let (Some(id), Some(target)) = (attribute(tag, "Id"), attribute(tag, "Target")) {
            let path = match target.strip_prefix('/') {
                Some(path) => path.to_string(),
                None => format!("xl/{target}"),
            };
            paths.push((id, path));
        }
    });
    let mut book = Book::default();
    each_tag(xml, |tag| {
        let name = tag.local_name();
        if name.as_ref() == "workbookPr" {
            book.from_1904 = attribute(tag, "date1904").is_some_and(|v| v == "1" || v == "true");
        } else if name.as_ref() == "sheet" {
            let id = attribute(tag, "id");
            let path = paths.iter().find(|(known, _)| Some(known) == id.as_ref());
            let number = book.sheets.len() + 1;
            book.sheets.push(Sheet {
                name: attribute(tag, "name").unwrap_or_default(),
                path: path
                    .map_or_else(|| format!("xl/worksheets/sheet{number}.xml"), |(_, p)| p.clone()),
                hidden: attribute(tag, "state").is_some_and(|state| state.contains("idden")),
            });
        }
    });
    book
}

/// What the properties of a workbook say that this program made; all false for others.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Own {
    /// This program made it.
    pub(super) is_own: bool,
    /// It is one unit's.
    pub(super) is_units: bool,
}

/// Reads the properties that this program gives to its workbooks.
pub(super) fn own(properties: &str) -> Own {
    let mut names: Vec<String> = Vec::new();
    each_tag(properties, |tag| {
        if tag.local_name().as_ref() == "property" {
            names.extend(attribute(tag, "name"));
        }
    });
    let has = |name: &str| names.iter().any(|found| found == name);
    let is_own = has("publication") && has("version");
    Own { is_own, is_units: is_own && has("unit") }
}

/// The texts that cells share.
#[derive(Debug, Default)]
pub(super) struct Strings(Vec<String>);

impl Strings {
    /// Reads them, without the phonetic runs.
    pub(super) fn read(xml: &str) -> Result<Self, Diagnostic> {
        let mut all = Vec::new();
        let mut reader = Reader::from_str(xml);
        reader.config_mut().check_end_names = false;
        let mut open = Text::default();
        let mut size = 0;
        loop {
            match reader.read_event() {
                Ok(Event::Start(tag)) => open.start(tag.local_name().as_ref()),
                Ok(Event::End(tag)) => {
                    let name = tag.local_name();
                    open.end(name.as_ref());
                    if name.as_ref() == "si" {
                        let text = open.take();
                        size += text.len();
                        if size > limits::TEXT {
                            return Err(too_large(text!("文件里的文字", "the text in the file")));
                        }
                        all.push(text);
                    }
                }
                Ok(Event::Empty(tag)) if tag.local_name().as_ref() == "si" => {
                    all.push(String::new())
                }
                Ok(Event::Text(words)) => open.add(&words),
                Ok(Event::CData(words)) => open.add(&words),
                Ok(Event::GeneralRef(reference)) => open.add(&resolve(&reference)),
                Ok(Event::Eof) => return Ok(Self(all)),
                Ok(_) => {}
                Err(error) => return Err(damaged(&error.to_string())),
            }
        }
    }

    pub(super) fn get(&self, n: usize) -> &str {
        self.0.get(n).map_or("", String::as_str)
    }
}

/// A text of runs as it is read.
#[derive(Debug, Default)]
pub(super) struct Text {
    words: String,
    inside: bool,
    phonetic: bool,
}

impl Text {
    pub(super) fn start(&mut self, name: &str) {
        match name {
            "t" => self.inside = !self.phonetic,
            "rPh" => self.phonetic = true,
            _ => {}
        }
    }

    pub(super) fn end(&mut self, name: &str) {
        match name {
            "t" => self.inside = false,
            "rPh" => self.phonetic = false,
            _ => {}
        }
    }

    pub(super) fn add(&mut self, words: &str) {
        if self.inside {
            self.words.push_str(words);
        }
    }

    /// The text, with the carriage returns that the format writes as `_x000D_`.
    pub(super) fn take(&mut self) -> String {
        std::mem::take(&mut self.words).replace("_x000D_", "").replace("_x000A_", "\n")
    }
}
