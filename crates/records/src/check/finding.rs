//! What a rule found, before it has a severity.

use std::ops::Range;

use base::diag::{Content, Diagnostic, Fix, Note, Severity, SourceText, Span, Text};

/// A finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Finding {
    message: Text,
    pub(super) span: Option<Span>,
    /// The whole value it stands in: where a comment can switch it off.
    pub(super) home: Option<Span>,
    notes: Vec<Note>,
    help: Option<Text>,
    fix: Option<Fix>,
}

impl Finding {
    /// A finding without a place.
    pub(super) fn new(message: Text) -> Self {
        Self { message, span: None, home: None, notes: Vec::new(), help: None, fix: None }
    }

    /// At a place.
    pub(super) fn at(mut self, span: &Span) -> Self {
        self.span = Some(span.clone());
        self
    }

    /// At some bytes of a text.
    pub(super) fn within(mut self, text: &SourceText, range: Range<usize>) -> Self {
        self.span = Some(text.span_of(range));
        self.home = Some(text.span().clone());
        self
    }

    /// With a second place.
    pub(super) fn note(mut self, text: Text, span: &Span) -> Self {
        self.notes.push(Note { text, span: span.clone() });
        self
    }

    /// With what to do.
    pub(super) fn help(mut self, help: Text) -> Self {
        self.help = Some(help);
        self
    }

    /// With a fix, where there is one.
    pub(super) fn fix(mut self, fix: Option<Fix>) -> Self {
        self.fix = fix;
        self
    }

    /// The diagnostic of a rule.
    pub(super) fn diagnostic(self, code: &'static str, severity: Severity) -> Diagnostic {
        let Self { message, span, notes, help, fix, .. } = self;
        Content { code, severity, message, span, notes, help, detail: None, fix }.into()
    }
}

/// The findings of one rule.
#[derive(Debug, Default)]
pub(super) struct Findings {
    pub(super) list: Vec<Finding>,
}

impl Findings {
    /// Adds one.
    pub(super) fn push(&mut self, finding: Finding) {
        self.list.push(finding);
    }
}
