//! YAML text to a located tree. The only module that knows the YAML parser.
//!
//! `parse` turns the parser's events into calls of `build`, which makes the tree; `scalar` finds
//! for each character of a value where it was written, and `anchors` keeps what aliases stand for. What goes wrong is put into words by
//! `explain` (what the parser refuses), `refuse` (what YAML allows and a record does not) and
//! `suspect` (what YAML accepts and nobody means); `lines` looks at the source for them.
//! `folds` joins Chinese that was broken over lines.

mod anchors;
mod build;
mod explain;
mod folds;
mod lines;
mod node;
mod parse;
mod refuse;
mod scalar;
mod suspect;
#[cfg(test)]
mod tests;

pub use node::{Comment, Document, Entry, Node, NodeKind};
pub use parse::parse;
pub use suspect::mistaken_entry;
