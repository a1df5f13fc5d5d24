//! Text: Markdown in, format-neutral rich text out, and what texts are compared with.

mod file_name;
mod nearest;
mod rich;

pub use file_name::{file_name, file_name_folded};
pub(crate) use nearest::closest;
pub use rich::{Block, Inline, Rich};
