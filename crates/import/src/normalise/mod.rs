//! Lines to paragraphs in the form a notice is written in: joined where they were broken, with
//! full-width punctuation, without blanks inside Chinese.

mod blanks;
mod dumped;
mod join;
mod piece;
mod punctuation;
mod split;

pub(crate) use dumped::{ends_name, glue};
pub(crate) use punctuation::full_width;
pub(crate) use split::split;

use blanks::tighten;

use crate::chars::is_blank;
use crate::input::{Extract, Form};
use crate::para::{Para, ParaForm};
use crate::traced::Traced;
use crate::units::looks_like_unit;

/// The paragraphs of a file.
pub(crate) fn paragraphs(extract: &Extract) -> Vec<Para> {
    join::join(extract)
        .into_iter()
        .map(|joined| {
            let cells: Vec<Traced> = joined.cells.iter().map(tidy_cell).collect();
            let (form, table) = match joined.form {
                Form::Heading => (ParaForm::Heading, None),
                Form::Site => (ParaForm::Site, None),
                Form::Text => (ParaForm::Text, None),
                Form::Row { table, .. } => (ParaForm::Text, Some(table)),
            };
            let text = if table.is_some() { row_text(&cells) } else { tidy(&joined.text) };
            Para { text, cells, form, table, gap: joined.gap }
        })
        .filter(|para| !para.text.is_empty())
        .collect()
}

fn tidy(text: &Traced) -> Traced {
    tighten(&full_width(&tighten(&text.trim())))
}

/// The words of a row on one line, a blank between cells.
fn row_text(cells: &[Traced]) -> Traced {
    let mut out = Traced::default();
    for cell in cells.iter().filter(|cell| !cell.is_empty()) {
        if !out.is_empty() {
            out.push(' ', cell.start());
        }
        for (c, at) in cell.chars().filter(|(c, _)| *c != '\n') {
            out.push(c, at);
        }
    }
    out
}

/// A cell keeps its line breaks; blanks stay where they part names.
fn tidy_cell(cell: &Traced) -> Traced {
    let mut out = Traced::default();
    let mut start = 0;
    let ends = cell.as_str().match_indices(['\n', '\r']).map(|(at, _)| at);
    for end in ends.chain([cell.len()]) {
        let line = cell.slice(start..end).trim();
        let line =
            if lists_units(line.as_str()) { full_width(&one_blank(&line)) } else { tidy(&line) };
        if !line.is_empty() {
            if !out.is_empty() {
                out.push('\n', line.start());
            }
            out.append(&line);
        }
        start = (end + 1).min(cell.len());
    }
    out
}

/// A line in which every run of blanks is one.
fn one_blank(line: &Traced) -> Traced {
    let mut out = Traced::default();
    for (c, at) in line.chars() {
        match is_blank(c) {
            true if out.as_str().ends_with(' ') => {}
            true => out.push(' ', at),
            false => out.push(c, at),
        }
    }
    out
}

/// Whether blanks part nothing but names of units.
fn lists_units(line: &str) -> bool {
    let words: Vec<&str> = line
        .split(|c: char| is_blank(c) || "、，,；;".contains(c))
        .filter(|w| !w.is_empty())
        .collect();
    words.len() > 1 && line.contains(is_blank) && words.iter().all(|word| looks_like_unit(word))
}
