//! One problem, and a list of them.

use std::ops::{Deref, DerefMut};

use super::{Span, Text};

/// How much a problem matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The input cannot be used as it is.
    Error,
    /// It can, but somebody should look.
    Warning,
    /// Worth knowing.
    Hint,
}

/// A second place that explains the problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// What stands there.
    pub text: Text,
    /// Where.
    pub span: Span,
}

/// A change of a source: these bytes become that text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; an empty span inserts.
    pub span: Span,
    /// What stands there afterwards, as it is to be written in the file.
    pub replacement: String,
}

/// A change that certainly removes a problem. All of its edits are made, or none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// In ascending order, without overlaps, all in one source.
    pub edits: Vec<Edit>,
    /// In how many places of use it was asked for: a text behind an alias counts in several.
    pub asked: usize,
}

impl Fix {
    /// A change asked for in one place.
    pub fn new(edits: Vec<Edit>) -> Self {
        Self { edits, asked: 1 }
    }
}

/// One problem in the input or in what the program was asked to do.
///
/// Errors are returned as this type everywhere, so it is one pointer wide: what it says is
/// [`Content`], which it derefs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic(Box<Content>);

/// What a [`Diagnostic`] says.
///
/// The code is stable: scripts, documentation and settings refer to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// Stable identifier in kebab case, such as `unit-unknown`.
    pub code: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// One line that says what is wrong.
    pub message: Text,
    /// Where; `None` for problems that have no place in a file.
    pub span: Option<Span>,
    /// Further places.
    pub notes: Vec<Note>,
    /// What to do.
    pub help: Option<Text>,
    /// The words of a library underneath, quoted as they are.
    pub detail: Option<String>,
    /// The change that puts it right, where it is certain.
    pub fix: Option<Fix>,
}

impl From<Content> for Diagnostic {
    fn from(content: Content) -> Self {
        Self(Box::new(content))
    }
}

impl Deref for Diagnostic {
    type Target = Content;
    fn deref(&self) -> &Content {
        &self.0
    }
}

impl DerefMut for Diagnostic {
    fn deref_mut(&mut self) -> &mut Content {
        &mut self.0
    }
}

impl Diagnostic {
    fn new(severity: Severity, code: &'static str, message: Text) -> Self {
        Self(Box::new(Content {
            code,
            severity,
            message,
            span: None,
            notes: Vec::new(),
            help: None,
            detail: None,
            fix: None,
        }))
    }

    /// An error.
    pub fn error(code: &'static str, message: Text) -> Self {
        Self::new(Severity::Error, code, message)
    }

    /// A warning.
    pub fn warning(code: &'static str, message: Text) -> Self {
        Self::new(Severity::Warning, code, message)
    }

    /// A hint.
    pub fn hint(code: &'static str, message: Text) -> Self {
        Self::new(Severity::Hint, code, message)
    }

    /// With the place.
    #[must_use]
    pub fn at(mut self, span: &Span) -> Self {
        self.span = Some(span.clone());
        self
    }

    /// With what to do.
    #[must_use]
    pub fn help(mut self, help: Text) -> Self {
        self.help = Some(help);
        self
    }

    /// With a second place.
    #[must_use]
    pub fn note(mut self, text: Text, span: &Span) -> Self {
        self.notes.push(Note { text, span: span.clone() });
        self
    }

    /// With the change that puts it right.
    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fix = Some(fix);
        self
    }

    /// With the words of a library underneath.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }
}
