//! The records: what the YAML files of a project may hold. docs/records.md is their reference;
//! a test holds the two together.

pub mod archive;
pub mod assignment;
pub mod attachment;
pub mod formats;
pub mod item;
pub mod json;
pub mod lexicon;
pub mod mail;
pub mod notice;
pub mod progress;
pub mod project;
pub mod section;
pub mod stage;
#[cfg(test)]
mod tables;
pub mod units;
pub mod values;
