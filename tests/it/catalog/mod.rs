//! The catalogue of an archive.

mod archive;
mod generated;
mod pages;
mod server;
mod whole;
