//! Text: Markdown in, format-neutral rich text out.

mod cjk;
mod markdown;
mod rich;

pub use markdown::{Allow, markdown};
pub use rich::{Block, Inline, Rich, plain_text};
