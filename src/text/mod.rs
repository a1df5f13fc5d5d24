//! Text: Markdown in, format-neutral rich text out.

mod rich;

pub use rich::{Block, Inline, Rich};
