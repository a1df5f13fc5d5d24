//! Laid-out pages as plain data, and the reader that makes them of PDFs that others wrote.

pub mod page;
mod read;

pub use read::{guarded, pages};
