//! A paragraph of a Word file while it is read.

use super::numbering::Own;

/// How the words of a run look, as far as it changes what they say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) hidden: bool,
    pub(super) struck: bool,
    pub(super) raised: bool,
    pub(super) font: String,
}

/// A paragraph that is open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Paragraph {
    pub(super) text: String,
    pub(super) style: Option<String>,
    /// The list that it says it stands in.
    pub(super) own: Own,
    pub(super) run: Run,
    /// Its mark was deleted or is hidden.
    pub(super) goes_on: bool,
    /// It is a line of a table of contents.
    pub(super) contents: bool,
}

impl Paragraph {
    /// Puts one before it whose mark is gone: the mark that is left says what both are, but for
    /// what it does not say.
    pub(super) fn follow(&mut self, before: Self) {
        let words = !before.text.trim().is_empty();
        self.text.insert_str(0, &before.text);
        if words && self.style.is_none() && self.own == Own::default() {
            self.style = before.style;
            self.own = before.own;
        }
    }
}
