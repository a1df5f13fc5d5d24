//! A file of any kind to lines of text. The kind is told from the bytes; names are not believed.

mod compound;
mod decode;
mod docx;
mod format;
mod grid;
mod html;
mod lines;
mod markdown;
mod mhtml;
mod notes;
mod ods;
mod packed;
mod pdf;
mod place;
mod raised;
mod refusal;
mod separated;
mod sheet;
mod xls;
mod xlsx;
mod xml;

pub(crate) use lines::{Extract, Form, Place};
pub(crate) use refusal::too_large;

use crate::limits;
use base::diag::Diagnostic;
use base::text;
use packed::Packed;
use refusal::unsupported;

/// Reads a file; `name` is what messages call it.
pub(crate) fn extract(bytes: &[u8], name: &str) -> Result<Extract, Diagnostic> {
    if bytes.len() > limits::INPUT {
        return Err(too_large(text!("文件", "the file")));
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return extract_packed(bytes);
    }
    if is_pdf(bytes) {
        return pdf::extract(bytes, name);
    }
    match compound::kind(bytes) {
        Some(compound::Kind::Workbook) => return xls::extract(bytes),
        Some(compound::Kind::Document) => {
            return Err(unsupported(text!(
                "旧格式的 .doc 和 .wps 文件",
                "old .doc and .wps files"
            )));
        }
        Some(compound::Kind::Other) => {
            return Err(unsupported(text!("这种旧格式的文件", "old files of this kind")));
        }
        None => {}
    }
    if bytes.starts_with(RTF) {
        return Err(unsupported(text!(".rtf 文件", ".rtf files")));
    }
    extract_text(bytes)
}

/// What an .rtf file begins with.
const RTF: &[u8] = b"{\\rtf";

/// The usual extension of an old document, which another program must make a .docx of before it
/// can be read.
pub fn kind_to_convert(bytes: &[u8]) -> Option<&'static str> {
    if bytes.starts_with(RTF) {
        return Some("rtf");
    }
    if mimetype(bytes) == Some(b"application/vnd.oasis.opendocument.text") {
        return Some("odt");
    }
    (compound::kind(bytes) == Some(compound::Kind::Document)).then_some("doc")
}

/// What an OpenDocument file says of itself, in its first part, which is never packed.
fn mimetype(bytes: &[u8]) -> Option<&[u8]> {
    let head = &bytes[..bytes.len().min(128)];
    let sign = b"mimetype";
    let at = head.windows(sign.len()).position(|window| window == sign)? + sign.len();
    let rest = &head[at..];
    let end = rest.windows(2).position(|window| window == b"PK").unwrap_or(rest.len());
    Some(&rest[..end])
}

/// Whether a file is a PDF: its sign may stand behind a little noise.
fn is_pdf(bytes: &[u8]) -> bool {
    bytes[..bytes.len().min(1024)].windows(5).any(|window| window == b"%PDF-")
}

fn extract_packed(bytes: &[u8]) -> Result<Extract, Diagnostic> {
    let mut packed = Packed::open(bytes)?;
    if let Some(document) = docx::main_part(&mut packed)? {
        docx::extract(&mut packed, &document)
    } else if packed.has(xlsx::WORKBOOK) {
        xlsx::extract(&mut packed)
    } else if mimetype(bytes) == Some(ods::MIMETYPE) {
        ods::extract(&mut packed)
    } else {
        Err(unsupported(text!("这种压缩文件", "packed files of this kind")))
    }
}

/// Reads a file that is text, with markup or without.
fn extract_text(bytes: &[u8]) -> Result<Extract, Diagnostic> {
    if mhtml::looks_like(bytes) {
        return mhtml::extract(bytes);
    }
    let text = decode::decode_as(bytes, html::declared_charset(bytes).as_deref())?;
    if html::looks_like(&text) {
        html::extract(&text)
    } else if let Some(separator) = separated::separator(&text) {
        separated::extract(&text, separator)
    } else if markdown::looks_like(&text) {
        markdown::extract(&text)
    } else {
        Extract::of_text(&text)
    }
}
