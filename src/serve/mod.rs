//! The preview: what the last build made, in a browser on this machine.
//!
//! [`Preview`] holds what is shown and tells those who look when it changes; whoever builds hands
//! it an [`Update`] after each build. [`run`] serves it: a page of its own (assets/preview), what
//! it asks for as JSON, the files of output/, and pages as SVG. Only this machine is answered,
//! and only its own page: `guard`.
//!
//! Web pages are files of output/. Laid-out pages are set when somebody looks at them, from the
//! last build of their publication that went well. Source lines are those that the build read;
//! no file but those of output/ is opened.

mod assets;
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

pub use pages::Good;
pub use port::{DEFAULT_PORT, listen};
pub use preview::{Preview, PublicationUpdate, Update};
pub use server::{Stop, run};

#[cfg(test)]
mod tests;
