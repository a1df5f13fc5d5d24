//! Finding the files of a project, reading them into located YAML, and from there into records.

pub mod yaml;
