//! What is written, and what decides how.

use crate::registry::Proposal;

/// A file of a publication: its path in the publication's folder, and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// The path, with `/`.
    pub path: String,
    /// The text.
    pub text: String,
}

/// What decides how records are written besides the draft.
pub(crate) struct Setting<'a> {
    /// The name of the file that was read.
    pub(crate) source: &'a str,
    /// The registry that goes with it; `None` where one exists already.
    pub(crate) proposal: Option<&'a Proposal>,
    /// Recipients that the registry has a wording for.
    pub(crate) known_recipients: &'a [String],
    /// Brackets that will be printed in other words than the source's: for each part in order.
    pub(crate) rewordings: &'a [Option<String>],
}
