//! Files on disk: digests, and names that every file system takes.

mod digest;
mod name;

pub use digest::{hex, sha256};
pub use name::{file_name, file_name_folded, file_name_with};
