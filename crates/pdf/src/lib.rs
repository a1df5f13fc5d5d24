//! Laid-out pages as plain data, the reader that makes them of PDFs that others wrote, what stands
//! on them (lines and tables), and what such a file says of itself.

mod facts;
pub mod layout;
pub mod page;
mod read;

pub use facts::{PdfFacts, Unreadable, facts, printed_text};
pub use read::{pages, pages_up_to};
