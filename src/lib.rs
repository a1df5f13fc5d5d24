//! yinfa (印发, "print and issue"): work points kept as YAML records become the official notice
//! laid out by GB/T 9704-2012, and a task sheet for every unit.
//!
//! This is the program; the libraries below it are in crates/. ARCHITECTURE.md draws the modules
//! and the data flow; each module's own page says what it holds and what it must not do.

pub mod archive;
pub mod catalog;
mod cli;
pub mod send;
mod serve;
mod session;

pub use cli::main;
