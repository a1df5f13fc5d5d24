//! What can be said of a file by looking into it: its format, and the text of web pages. (What PDFs
//! say, the `pdf` crate reads.) Nothing here knows what a package is.

mod format;
mod page;

pub use format::{FileFormat, recognise, recognise_bytes};
pub use page::page_text;
