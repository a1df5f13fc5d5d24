//! What every kind of file is read into: lines, each with its place in the file.

use std::ops::Range;

use super::notes::{Note, Notes};
pub(crate) use super::place::Place;
use super::refusal::too_large;
use crate::limits;
use base::diag::Diagnostic;
use base::text;
use base::zh::meant;

/// What the file says about a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Form {
    /// Nothing.
    Text,
    /// It is a heading.
    Heading,
    /// A row of a table: which table of the file, and its cells. A line break in a cell is kept.
    Row { table: usize, cells: Vec<Range<usize>> },
    /// It belongs to the site, not to the text: menus, headers, footers.
    Site,
}

/// A line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    /// Its bytes in the extract's text, without the line break.
    pub(crate) range: Range<usize>,
    /// Where it stands in the file.
    pub(crate) place: Place,
    /// What the file says about it.
    pub(crate) form: Form,
}

/// The text of a cell, or that of one above that reaches down.
pub(super) enum CellText<'a> {
    New(&'a str),
    Above(Range<usize>),
}

/// A file's text without its markup.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Extract {
    /// All lines, each with a line break behind.
    pub(crate) text: String,
    /// The lines.
    pub(crate) lines: Vec<Line>,
    /// Whether lines of the file are lines of the page and not paragraphs: plain text may be
    /// broken anywhere, markup says where paragraphs end.
    pub(crate) may_be_wrapped: bool,
    /// What is to be said of the file.
    pub(crate) notes: Notes,
    /// Whether it is the workbook of this program in which a unit reports on its tasks.
    pub(crate) is_unit_form: bool,
    /// How many cells there are, spanned ones included.
    cells: usize,
    /// How many tables there are.
    pub(super) tables: usize,
}

impl Extract {
    /// An empty one.
    pub(super) fn new(may_be_wrapped: bool) -> Self {
        Self { may_be_wrapped, ..Self::default() }
    }

    /// The lines of a plain text.
    pub(crate) fn of_text(text: &str) -> Result<Self, Diagnostic> {
        let mut extract = Self { may_be_wrapped: true, ..Self::default() };
        let text = text.replace("\r\n", "\n");
        // Word's line and page breaks, and lone carriage returns of old editors.
        for (n, line) in
            text.split(['\n', '\r', '\u{b}', '\u{c}', '\u{2028}', '\u{2029}', '\u{85}']).enumerate()
        {
            extract.push(line, Place::Line(n + 1), Form::Text)?;
        }
        Ok(extract)
    }

    /// Adds a line.
    pub(crate) fn push(&mut self, text: &str, place: Place, form: Form) -> Result<(), Diagnostic> {
        let range = self.add(text, &place)?;
        self.lines.push(Line { range, place, form });
        self.text.push('\n');
        Ok(())
    }

    /// Adds a row of a table; gives the place of every cell.
    pub(super) fn push_row(
        &mut self,
        cells: &[CellText<'_>],
        place: Place,
    ) -> Result<Vec<Range<usize>>, Diagnostic> {
        let start = self.text.len();
        self.cells += cells.len();
        if self.cells > limits::CELLS {
            return Err(too_large(text!("表格", "the table")));
        }
        let mut ranges = Vec::new();
        for (n, cell) in cells.iter().enumerate() {
            if n > 0 {
                self.text.push('\t');
            }
            match cell {
                CellText::New(words) => ranges.push(self.add(words, &place)?),
                CellText::Above(range) => ranges.push(range.clone()),
            }
        }
        self.lines.push(Line {
            range: start..self.text.len(),
            place,
            form: Form::Row { table: self.tables, cells: ranges.clone() },
        });
        self.text.push('\n');
        Ok(ranges)
    }

    /// Adds words, look-alikes of characters replaced by what they look like; gives their place.
    fn add(&mut self, words: &str, place: &Place) -> Result<Range<usize>, Diagnostic> {
        let start = self.text.len();
        let mut before = None;
        let mut rest = words.chars().peekable();
        while let Some(c) = rest.next() {
            let meant = meant(c, before, rest.peek().copied());
            if let Some(meant) = meant {
                self.notes.add(Note::LookAlike, place, &format!("{c}→{meant} "));
            }
            self.text.push(meant.unwrap_or(c));
            before = Some(c);
        }
        if self.text.len() >= limits::TEXT {
            return Err(too_large(text!("文件里的文字", "the text in the file")));
        }
        Ok(start..self.text.len())
    }

    /// Adds the lines of another file that stands at a place of this one.
    pub(super) fn append(&mut self, other: &Self, place: &Place) -> Result<(), Diagnostic> {
        let shift = self.text.len();
        self.cells += other.cells;
        if shift + other.text.len() >= limits::TEXT || self.cells > limits::CELLS {
            return Err(too_large(text!("文件里的文字", "the text in the file")));
        }
        let moved = |range: &Range<usize>| range.start + shift..range.end + shift;
        self.text.push_str(&other.text);
        self.lines.extend(other.lines.iter().map(|line| Line {
            range: moved(&line.range),
            place: place.clone(),
            form: match &line.form {
                Form::Row { table, cells } => Form::Row {
                    table: self.tables + table,
                    cells: cells.iter().map(moved).collect(),
                },
                form => form.clone(),
            },
        }));
        self.tables += other.tables;
        self.notes.append(&other.notes);
        Ok(())
    }

    /// The place of a byte of the text.
    pub(crate) fn place(&self, at: usize) -> Option<&Place> {
        let n = self.lines.partition_point(|line| line.range.start <= at);
        self.lines.get(n.checked_sub(1)?).map(|line| &line.place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn look_alikes_become_characters_and_are_said() {
        let mut extract = Extract::default();
        extract.push("做好⼈员转岗⼯作", Place::Line(1), Form::Text).unwrap();
        let row = [CellText::New("⽔利局"), CellText::New("“⽔”")];
        extract.push_row(&row, Place::Line(2)).unwrap();
        assert_eq!(extract.text, "做好人员转岗工作\n水利局\t“⽔”\n");
        let said = extract.notes.diagnostics();
        assert_eq!(said.iter().map(|d| d.code).collect::<Vec<_>>(), ["import-look-alike"]);
    }
}
