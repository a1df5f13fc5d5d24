//! Lines to paragraphs in the form a notice is written in: joined where they were broken, with
//! full-width punctuation, without blanks inside Chinese.

mod blanks;
mod join;
mod punctuation;
mod split;

pub(crate) use punctuation::full_width;
pub(crate) use split::split;

use blanks::tighten;

use crate::input::{Extract, Form};
use crate::para::{Para, ParaForm};
use crate::traced::Traced;

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
