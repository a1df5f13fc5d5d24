//! Text: Markdown in, format-neutral rich text out, and what texts are compared with.

mod nearest;
mod rich;

pub(crate) use nearest::closest;
pub use rich::{Block, Inline, Rich};
