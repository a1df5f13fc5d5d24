//! The pages of a PDF, whoever wrote it.
//!
//! hayro interprets the content streams: it knows fonts, encodings and nested forms, and hands
//! over each glyph with its transform, so that nothing of PDF has to be known here. (lopdf reads
//! objects alone: widths, encodings and text matrices would be our own work.)
//!
//! What a PDF does not tell: which face a name means where it was renamed, and colours in the
//! way they were asked for (they come as red, green and blue).

mod device;

use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};
use hayro_interpret::{
    Context, InterpreterCache, InterpreterSettings, TransformExt as _, interpret_page,
};
use kurbo::{Affine, Rect};

use self::device::Reader;
use crate::page::{PT_PER_MM, Page};
use base::diag::Diagnostic;
use base::text;

/// Glyphs that a file may have; a notice of a thousand pages has fewer.
const GLYPHS: usize = 2_000_000;

/// Reads the pages of a PDF file; `name` is what messages call it.
///
/// # Errors
/// The file is no PDF, is damaged or wants a password.
pub fn pages(bytes: Vec<u8>, name: &str) -> Result<Vec<Page>, Diagnostic> {
    pages_up_to(bytes, name, usize::MAX)
}

/// Reads the pages of a PDF file that has no more than `most` of them.
///
/// # Errors
/// As [`pages`], and where the file has more pages, or more text than fits on so many.
pub fn pages_up_to(bytes: Vec<u8>, name: &str, most: usize) -> Result<Vec<Page>, Diagnostic> {
    let read = guarded(|| interpret(bytes, most));
    read.unwrap_or(Err(Unread::Broken(LoadPdfError::Invalid)))
        .map_err(|error| unreadable(name, &error))
}

/// Why a file is not read.
enum Unread {
    Broken(LoadPdfError),
    /// It has so many pages, or more text than is read.
    TooLong(usize),
}

/// What a reader of PDFs gives; `None` where it panics, as libraries do over files that nobody
/// thought of: one such file must not end a run over a whole archive.
pub(crate) fn guarded<T>(read: impl FnOnce() -> T) -> Option<T> {
    // The reader is given up with all that it had.
    catch_unwind(AssertUnwindSafe(read)).ok()
}

fn interpret(bytes: Vec<u8>, most: usize) -> Result<Vec<Page>, Unread> {
    let pdf = Pdf::new(bytes).map_err(Unread::Broken)?;
    let count = pdf.pages().len();
    if count > most {
        return Err(Unread::TooLong(count));
    }
    let mut glyphs = 0;
    let cache = InterpreterCache::new();
    let mut pages = Vec::new();
    for page in pdf.pages().iter() {
        let (width, height) = page.render_dimensions();
        let (width, height) = (f64::from(width), f64::from(height));
        let to_mm = Affine::scale(1.0 / PT_PER_MM) * page.initial_transform(true).to_kurbo();
        let settings = InterpreterSettings { render_annotations: false, ..Default::default() };
        let area = Rect::new(0.0, 0.0, width, height);
        let mut context = Context::new(to_mm, area, &cache, pdf.xref(), settings);
        let mut reader = Reader::default();
        interpret_page(page, &mut context, &mut reader);
        let page = reader.page(width / PT_PER_MM, height / PT_PER_MM);
        glyphs += page.runs.iter().map(|run| run.glyphs.len()).sum::<usize>();
        if most < usize::MAX && glyphs > GLYPHS {
            return Err(Unread::TooLong(count));
        }
        pages.push(page);
    }
    Ok(pages)
}

fn unreadable(name: &str, error: &Unread) -> Diagnostic {
    match error {
        Unread::Broken(LoadPdfError::Decryption(_)) => Diagnostic::error(
            "pdf-locked",
            text!("“{name}”设了密码，读不出来", "“{name}” cannot be read without its password"),
        )
        .help(text!("请先去掉密码再试", "remove the password, then try again")),
        Unread::Broken(LoadPdfError::Invalid) => Diagnostic::error(
            "pdf-unreadable",
            text!("“{name}”不是 PDF 文件，或已损坏", "“{name}” is no PDF, or it is damaged"),
        )
        .help(text!(
            "请用 PDF 阅读器打开确认；Word、WPS 文件先另存为 PDF",
            "open it in a PDF reader to see; save files of Word or WPS as PDF first"
        )),
        Unread::TooLong(count) => Diagnostic::error(
            "pdf-too-long",
            text!("“{name}”有 {count} 页，太长", "“{name}” is too long: {count} pages"),
        )
        .help(text!(
            "请只留下需要的页，另存一份再试",
            "keep the pages that are wanted, save them as a new file and try that"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::diag::Lang;

    #[test]
    fn a_reader_that_panics_reads_nothing() {
        let broken = |bytes: &[u8]| -> Result<Vec<Page>, LoadPdfError> {
            assert!(bytes.len() > 3, "a file that nobody thought of");
            Ok(Vec::new())
        };
        assert!(guarded(|| broken(b"%P")).is_none());
        assert!(guarded(|| broken(b"%PDF")).is_some_and(|pages| pages.is_ok()));
    }

    #[test]
    fn what_is_no_pdf_is_refused() {
        let problem = pages(b"PK\x03\x04 not a pdf".to_vec(), "a.docx").unwrap_err();
        assert_eq!(problem.code, "pdf-unreadable");
        assert!(problem.message.get(Lang::Zh).contains("a.docx"));
    }
}
