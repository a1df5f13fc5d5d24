//! For whom a catalogue is made.

use std::fmt;

/// For whom a catalogue is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Anybody: what is 主动公开, as far as its notice prints it. No sheets, records or contacts.
    Public,
    /// The office itself: everything that is archived.
    Internal,
}

impl Audience {
    /// The word on the command line and in the catalogue's list of files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Internal => "internal",
        }
    }

    /// Whether only what may be published is shown.
    pub(crate) fn is_public(self) -> bool {
        self == Self::Public
    }
}

impl fmt::Display for Audience {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
