//! A file of any kind to lines of text. The kind is told from the bytes; names are not believed.

mod decode;
mod docx;
mod grid;
mod html;
mod lines;
mod markdown;
mod mhtml;
mod notes;
mod packed;
mod place;
mod raised;
mod refusal;
mod separated;
mod xlsx;
mod xml;

pub(crate) use lines::{Extract, Form, Place};
pub(crate) use refusal::too_large;

use crate::limits;
use base::diag::Diagnostic;
use base::text;
use packed::Packed;
use refusal::unsupported;

/// Reads a file.
pub(crate) fn extract(bytes: &[u8]) -> Result<Extract, Diagnostic> {
    if bytes.len() > limits::INPUT {
        return Err(too_large(text!("文件", "the file")));
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return extract_packed(bytes);
    }
    let foreign = [
        (
            &b"\xd0\xcf\x11\xe0"[..],
            text!("旧格式的 .doc、.xls 和 .wps 文件", "old .doc, .xls and .wps files"),
        ),
        (&b"%PDF"[..], text!("PDF 文件", "PDF files")),
        (&b"{\\rtf"[..], text!(".rtf 文件", ".rtf files")),
    ];
    for (sign, what) in foreign {
        if bytes.starts_with(sign) {
            return Err(unsupported(what));
        }
    }
    extract_text(bytes)
}

fn extract_packed(bytes: &[u8]) -> Result<Extract, Diagnostic> {
    let mut packed = Packed::open(bytes)?;
    if let Some(document) = docx::main_part(&mut packed)? {
        docx::extract(&mut packed, &document)
    } else if packed.has(xlsx::WORKBOOK) {
        xlsx::extract(&mut packed)
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
