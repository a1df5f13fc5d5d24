//! A session with a project: what every face of the program does with it, in one place.
//!
//! The command line and the preview read a project, resolve its publications, check them, get
//! fonts and engines ready and build, all through this module. It prints nothing, reads neither
//! the environment nor the clock, and knows no command line: a face passes plain [options](BuildOptions)
//! and what it knows of the [`Machine`], is told [events](Event) while work goes on, and gets
//! results or a [`Failure`].

mod build;
mod check;
mod convert;
mod edit;
mod engines;
mod event;
mod failure;
mod findings;
mod fix;
mod fonts;
mod import;
mod init;
mod machine;
mod names;
mod project;
mod rounds;
mod send;
#[cfg(test)]
mod tests;

pub(crate) use build::{BuildOptions, Builder, Built};
pub(crate) use check::{CheckOptions, check};
pub(crate) use edit::{Beside, EditOptions, Edited, Typed, Wish, edit};
pub(crate) use engines::{EngineOptions, Engines};
pub(crate) use event::{Event, Tell};
pub(crate) use failure::{Failure, Outcome};
pub(crate) use findings::findings;
pub(crate) use fix::{Fixes, Replacement, fix};
pub(crate) use fonts::{FontOptions, find_fonts, font_settings, load_fonts};
pub(crate) use import::{ImportOptions, import_file};
pub(crate) use init::{write_document, write_example, write_templates};
pub(crate) use machine::Machine;
pub(crate) use names::{clean_id, known_units, unknown_publication};
pub(crate) use project::{Session, find_root, load_templates};
pub(crate) use rounds::{Round, repeat};
pub(crate) use send::build_for_sending;
