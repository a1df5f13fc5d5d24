//! Finding the files of a project, reading them into located YAML, and from there into records.

mod fields;
pub mod schema;
pub mod yaml;
