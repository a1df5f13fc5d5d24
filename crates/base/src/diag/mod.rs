//! Diagnostics: the one type in which every problem is reported, from the first parser to the
//! last writer, and its renderers. Knows nothing of notices.

mod diagnostic;
mod lang;
mod list;
pub mod render;
mod repeats;
mod source;
mod source_text;
mod uses;

pub use diagnostic::{Content, Diagnostic, Edit, Fix, Note, Severity};
pub use lang::{Lang, Text, Words};
pub use list::Diagnostics;
pub use source::{LineCol, Located, Source, Span, Use};
pub use source_text::SourceText;
