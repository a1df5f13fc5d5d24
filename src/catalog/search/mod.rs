//! The index that is searched in the browser: where each pair of characters stands, cut into files
//! that are loaded when a query needs them. docs/catalog.md describes the form.

mod entry;
pub mod fold;
mod postings;
#[cfg(test)]
mod query;
mod shards;
#[cfg(test)]
mod tests;

pub use entry::Entry;
pub use shards::{Shard, files, shards};
