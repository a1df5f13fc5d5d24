//! A catalogue of archived publications: a static site that opens from a folder as well as from any
//! web server, with a search over all items and the history of a task through the years. docs/catalog.md
//! says what is in it.
//!
//! ```text
//! archive ──collect──▶ documents ──┬─ history ─▶ links, pairs ─┐
//!   (bags)   integrity, extract    └─ search ──▶ index files ──┴─ site ─▶ files ─▶ write
//! ```

mod audience;
mod collect;
pub mod diff;
mod document;
mod extract;
pub mod history;
mod integrity;
mod problems;
pub mod search;
mod site;
mod slug;
mod target;
mod write;

pub use audience::Audience;
pub use collect::{Collected, collect, document_of_bag};
pub use document::{CopiedFile, Document, Item, RoleNames, Section};
pub use extract::of_publication;
pub use site::{Content, Options, Site, site};
pub use target::may_write;
pub use write::{LIST, Written, recover, write};
