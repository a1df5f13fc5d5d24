//! Whole runs of the program: projects on disk in, exit codes, messages and files out.
//!
//! One test binary with a module for each theme, since linking costs more than running.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "the functions that the tests share are tests too"
)]

mod aliases;
mod archive;
mod bad_input;
mod browser;
mod build;
mod catalog;
mod check;
mod check_corpus;
mod cli;
mod commands;
mod determinism;
mod docs;
mod documents;
mod edit;
mod engine;
mod formats;
mod gallery;
mod http;
mod import;
mod import_converted;
mod import_corpus;
mod import_hostile;
mod import_kinds;
mod import_pdf;
mod import_round_trip;
mod incremental;
mod init;
mod killed;
mod kinds;
mod layout;
mod links;
mod list;
mod markdown;
mod measure;
mod mutants;
mod mutations;
mod preview;
mod printing;
mod progress;
mod publishing;
mod refusals;
mod sample;
mod seed;
mod send;
mod serve;
mod shards;
mod sheets;
mod special_characters;
mod support;
mod text_tables;
mod watch;
mod workbooks;
