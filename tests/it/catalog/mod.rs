//! The catalogue of an archive.

mod archive;
mod whole;
