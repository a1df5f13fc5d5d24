//! Changes of YAML files that people wrote, as patches of bytes. Knows nothing of notices.
//!
//! `ways` says how a change can be made, in the style of what stands around it (`style`, `write`,
//! `scalar`), in blocks of lines (`block`) and in brackets (`flow`); `plan` makes the first of these
//! ways after which the file, read again, says exactly what was asked for, with every comment still
//! there. Nothing has to be proved of the ways: one that does something else is not taken.

mod alias;
mod block;
mod doc;
mod flow;
mod plan;
mod refuse;
mod same;
mod scalar;
mod style;
#[cfg(test)]
mod tests;
mod ways;
mod write;

#[cfg(test)]
pub(super) use plan::shown;
pub use plan::{Options, Planned, plan};
pub(crate) use same::splices;
