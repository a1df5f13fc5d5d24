//! yinfa (印发, "print and issue"): work points kept as YAML records become the official notice
//! laid out by GB/T 9704-2012, and a task sheet for every unit.
//!
//! ARCHITECTURE.md draws the modules and the data flow; each module's own page says what it
//! holds and what it must not do.

pub mod archive;
pub mod build;
pub mod catalog;
pub mod check;
pub mod cli;
pub mod content;
pub mod diag;
pub mod geometry;
pub mod import;
pub mod measure;
pub mod office;
pub mod publication;
pub mod render;
pub mod send;
pub mod serve;
pub mod state;
pub mod text;
pub mod typeset;
pub mod view;
pub mod watch;
