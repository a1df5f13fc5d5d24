//! Lines to paragraphs in the form a notice is written in: joined where they were broken, with
//! full-width punctuation, without blanks inside Chinese.

mod blanks;
mod join;
mod punctuation;
mod split;

pub(crate) use punctuation::full_width;
pub(crate) use split::split;

use blanks::tighten;

use super::input::{Extract, Form};
use super::traced::Traced;

/// What is known of a paragraph besides its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ParaForm {
    /// Nothing.
    Text,
    /// The file says it is a heading.
    Heading,
    /// It belongs to the site.
    Site,
}

/// A paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Para {
    /// Its text.
    pub(crate) text: Traced,
    /// Its cells, where it is a row of a table.
    pub(crate) cells: Vec<Traced>,
    /// What else is known.
    pub(crate) form: ParaForm,
    /// Whether a blank line stands before it.
    pub(crate) gap: bool,
}

impl Para {
    /// A paragraph of plain text.
    #[cfg(test)]
    pub(crate) fn new(text: Traced) -> Self {
        Self { text, cells: Vec::new(), form: ParaForm::Text, gap: false }
    }

    /// Its characters.
    pub(crate) fn str(&self) -> &str {
        self.text.as_str()
    }
}

/// The paragraphs of a file.
pub(crate) fn paragraphs(extract: &Extract) -> Vec<Para> {
    join::join(extract)
        .into_iter()
        .map(|joined| {
            let tidy = |text: &Traced| tighten(&full_width(&tighten(&text.trim())));
            Para {
                text: tidy(&joined.text),
                cells: joined.cells.iter().map(tidy).collect(),
                form: match joined.form {
                    Form::Heading => ParaForm::Heading,
                    Form::Site => ParaForm::Site,
                    Form::Text | Form::Row(_) => ParaForm::Text,
                },
                gap: joined.gap,
            }
        })
        .filter(|para| !para.text.is_empty())
        .collect()
}
