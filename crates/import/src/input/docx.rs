//! Word files: paragraphs with the numbers that Word makes, and tables.

mod document;
mod numbering;

use crate::input::lines::Extract;
use crate::input::packed::Packed;
use crate::input::refusal::damaged;
use base::diag::Diagnostic;
use numbering::Numbering;

/// The part that makes a zip archive a Word file.
pub(super) const DOCUMENT: &str = "word/document.xml";

/// Reads a Word file.
pub(super) fn extract(packed: &mut Packed<'_>) -> Result<Extract, Diagnostic> {
    let document = part(packed, DOCUMENT)?.ok_or_else(|| damaged(DOCUMENT))?;
    let numbers = part(packed, "word/numbering.xml")?.unwrap_or_default();
    let styles = part(packed, "word/styles.xml")?.unwrap_or_default();
    let numbering = Numbering::read(&numbers, &styles);
    document::read(&document, numbering)
}

fn part(packed: &mut Packed<'_>, name: &str) -> Result<Option<String>, Diagnostic> {
    match packed.read(name)? {
        Some(bytes) => crate::input::decode::decode(&bytes).map(Some),
        None => Ok(None),
    }
}
