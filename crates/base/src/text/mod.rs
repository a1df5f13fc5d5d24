//! Text: Markdown in, format-neutral rich text out; names compared and made into file names;
//! titles broken over lines.

mod cjk;
mod file_name;
mod hex;
mod mail_address;
mod markdown;
mod nearest;
mod rich;
mod title;

pub use cjk::is_cjk;
pub use file_name::{file_name, file_name_folded, file_name_with};
pub use hex::hex;
pub use mail_address::{has_line_break, mail_address};
pub use markdown::{Allow, markdown};
pub use nearest::closest;
pub use rich::{Block, Inline, Rich, plain_text};
pub use title::dictionary_words;
pub use title::{Width, break_title, title_advance};
