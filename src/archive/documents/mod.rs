//! What can be said of a file by looking into it: its format, and the text and build of PDFs and
//! web pages. Nothing here knows what a package is.

mod format;
mod page;
mod pdf;

pub use format::{FileFormat, recognise, recognise_bytes};
pub use page::page_text;
pub use pdf::{PdfFacts, facts, printed_text};
