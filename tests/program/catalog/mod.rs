//! The catalogue of an archive.

mod archive;
mod diff;
mod faults;
mod generated;
mod pages;
mod server;
mod whole;
