//! Typst source to pages and PDF. All calls to Typst stand here.
//!
//! [`Fonts`] finds and loads the faces of a run. An [`Engine`] sets a [`Job`], which is Typst
//! source in memory, with them: [`EmbeddedEngine`] by the library, [`CommandEngine`] by the
//! `typst` command of the same version; both give the same bytes. What a job can reach are its
//! own files and the fonts: no other file, no package, no network, no clock.
//!
//! Nothing here knows what the text is about.

mod command;
mod embedded;
mod engine;
mod fonts;
mod frames;
mod glyphs;
mod messages;
mod modules;
mod outline;
mod pool;
mod program;
mod source;
mod standards;
mod stderr;
mod svg;
mod timing;
mod world;

pub use command::CommandEngine;
pub use embedded::{EmbeddedEngine, Laid, Place, evict};
pub use engine::{Engine, Job, Pdf, typst_version};
pub use fonts::{
    Candidate, Face, FaceHeader, FaceReport, FontFile, FontSettings, Fonts, MarksReport, Role,
    RoleReport, Standing, font_files, system_font_dirs,
};
pub use pool::alone;
pub use program::find_program;
pub use standards::Standards;
pub use svg::SvgPage;
pub use timing::{Timed, record_timings, timed, write_timings};

#[cfg(test)]
mod tests;
