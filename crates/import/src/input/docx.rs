//! Word files: paragraphs with the numbers that Word makes, and tables.

mod definitions;
mod document;
mod fields;
mod formats;
mod numbering;
mod paragraph;
mod rels;
mod styles;
mod symbols;
mod table;

use std::collections::BTreeMap;

use crate::input::lines::Extract;
use crate::input::packed::Packed;
use crate::input::refusal::damaged;
use crate::input::{decode, extract_text};
use base::diag::Diagnostic;
use document::Parts;
use numbering::Numbering;
use styles::Styles;

/// The main part of an archive, where it is a Word file: its name is free, a relationship tells.
pub(super) fn main_part(packed: &mut Packed<'_>) -> Result<Option<String>, Diagnostic> {
    let usual = String::from("word/document.xml");
    let named = rels::of(packed, "")?.into_iter().find(|rel| rel.kind == "officeDocument");
    let name = match named {
        Some(rel) if packed.has(&rel.part) => rel.part,
        _ => usual,
    };
    let Some(bytes) = packed.read(&name)? else { return Ok(None) };
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]).into_owned();
    let root = head
        .split('<')
        .skip(1)
        .find(|tag| tag.starts_with(|c: char| c.is_ascii_alphabetic()))
        .and_then(|tag| tag.split([' ', '>', '/', '\n', '\r', '\t']).next())
        .and_then(|tag| tag.rsplit(':').next());
    Ok((root == Some("document")).then_some(name))
}

/// Reads a Word file.
pub(super) fn extract(packed: &mut Packed<'_>, document: &str) -> Result<Extract, Diagnostic> {
    let rels = rels::of(packed, document)?;
    let xml = part(packed, document)?.ok_or_else(|| damaged(document))?;
    let mut beside = |kind: &str, usual: &str| -> Result<String, Diagnostic> {
        let named = rels.iter().find(|rel| rel.kind == kind).map(|rel| rel.part.as_str());
        Ok(part(packed, named.unwrap_or(usual))?.unwrap_or_default())
    };
    let numbering = Numbering::read(&beside("numbering", "word/numbering.xml")?);
    let styles = Styles::read(&beside("styles", "word/styles.xml")?);
    let mut chunks = BTreeMap::new();
    for rel in rels.iter().filter(|rel| rel.kind == "aFChunk") {
        chunks.insert(rel.id.clone(), chunk(packed, &rel.part)?);
    }
    document::read(&xml, Parts { numbering, styles, chunks })
}

/// The text of a file in the file: a page, a saved page or plain text.
fn chunk(packed: &mut Packed<'_>, name: &str) -> Result<Option<Extract>, Diagnostic> {
    let Some(bytes) = packed.read(name)? else { return Ok(None) };
    let is_text = [&b"PK\x03\x04"[..], b"\xd0\xcf\x11\xe0", b"{\\rtf", b"%PDF"]
        .iter()
        .all(|sign| !bytes.starts_with(sign));
    Ok(if is_text { extract_text(&bytes).ok() } else { None })
}

fn part(packed: &mut Packed<'_>, name: &str) -> Result<Option<String>, Diagnostic> {
    match packed.read(name)? {
        Some(bytes) => decode::decode(&bytes).map(Some),
        None => Ok(None),
    }
}
