//! Paragraphs in the form a notice is written in.

use crate::traced::Traced;

/// What is known of a paragraph besides its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ParaForm {
    /// Nothing.
    Text,
    /// The file says it is a heading.
    Heading,
    /// It belongs to the site.
    Site,
    /// The heading row of a table of tasks.
    Head,
    /// A row of a table of tasks, or a line between its rows.
    Row,
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
    /// Which of the file's tables it is a row of.
    pub(crate) table: Option<usize>,
}

impl Para {
    /// A paragraph of plain text.
    #[cfg(test)]
    pub(crate) fn new(text: Traced) -> Self {
        Self { text, cells: Vec::new(), form: ParaForm::Text, gap: false, table: None }
    }

    /// Whether it is part of a table of tasks: what is told by its words alone does not count.
    pub(crate) fn in_table(&self) -> bool {
        matches!(self.form, ParaForm::Head | ParaForm::Row)
    }

    /// Its characters.
    pub(crate) fn str(&self) -> &str {
        self.text.as_str()
    }
}
