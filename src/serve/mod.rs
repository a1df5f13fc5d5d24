//! The preview: what the last build made, in a browser on this machine.
//!
//! [`build_and_serve`] builds through the session after each change and shows what came of it: a
//! page of its own (assets/preview), what it asks for as JSON, the files of output/, and pages as
//! SVG. Only this machine is answered, and only its own page: `guard`.
//!
//! Web pages are files of output/. Laid-out pages are set when somebody looks at them, from the
//! last build of their publication that went well. Source lines are those that the build read;
//! no file but those of output/ is opened.

mod assets;
mod builds;
mod excerpt;
mod files;
mod guard;
mod pages;
mod port;
mod preview;
mod routes;
mod server;
mod shown;
mod words;

pub(crate) use builds::{build_and_serve, cannot_serve};
pub(crate) use port::listen;
pub(crate) use preview::Preview;
pub(crate) use server::Stop;
pub(crate) use shown::shown_formats;

#[cfg(test)]
mod tests;
