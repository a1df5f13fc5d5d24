//! Markdown to rich text: the part of [CommonMark](https://spec.commonmark.org) that a notice
//! has a use for, and no surprises beyond it.
//!
//! Paragraphs, subscripts and superscripts (`CO~2~`, `m^2^`), `**strong**`, `*emphasis*`, links (http, https, mailto), bulleted and numbered
//! lists, tables of bars, line breaks by a backslash or two blanks at the end of a line, and headings where the
//! text may have them. Everything else is refused at its place rather than printed in some form
//! that the author did not mean; HTML is no markup and prints as it stands, code in backquotes
//! is plain text.
//!
//! The parser is pulldown-cmark. Where CommonMark does not fit Chinese text, the text is changed
//! before it is parsed: [`delimiters`] for characters, [`lines`] for blanks and line beginnings.
//! [`draft`] keeps the way back to the source, [`build`] and [`mod@line`] make the result, [`refuse`] says what
//! cannot be.

mod build;
mod delimiters;
mod draft;
mod line;
mod lines;
#[cfg(test)]
mod properties;
mod raised;
mod refuse;
mod table;

pub use table::is_caption;
#[cfg(test)]
mod tests;

use pulldown_cmark::{Options, Parser};

use super::Rich;
use crate::diag::{Diagnostics, SourceText};
use build::{Builder, Located};
use draft::Draft;
use refuse::{Construct, Refusals};

/// CommonMark and tables; above all no smart punctuation, which would change what was written.
const OPTIONS: Options = Options::ENABLE_TABLES;

/// What a text may hold beyond paragraphs and lists.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Allow {
    /// Headings (`#` to `####`), as in the texts of attachments.
    pub headings: bool,
}

/// Reads a text written in Markdown. What cannot be is reported at its place
/// (`markdown-unsupported`, `markdown-image`, `markdown-link-scheme`, `markdown-table`, `row-length`), and its words are kept.
pub fn markdown(source: &SourceText, allow: Allow) -> (Rich, Diagnostics) {
    let mut draft = Draft::new(source.as_str());
    draft.apply(raised::edits(draft.text()));
    draft.apply(delimiters::edits(draft.text()));
    draft.apply(lines::edits(draft.text()));
    lines::dedent(&mut draft);

    let mut refusals = Refusals::new(source, &draft);
    let parser = Parser::new_ext(draft.text(), OPTIONS);
    for (_, definition) in parser.reference_definitions().iter() {
        refusals.construct(Construct::Definition, definition.span.clone());
    }
    let events: Vec<Located<'_>> = parser.into_offset_iter().collect();
    let rich = Builder::new(draft.text(), allow, &mut refusals).build(&events);
    (rich, refusals.into_diagnostics())
}
