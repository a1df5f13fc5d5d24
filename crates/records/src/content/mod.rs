//! Finding the files of a project, reading them into located YAML, and from there into records.

pub mod dates;
pub(crate) mod fields;
mod files;
mod load;
pub mod schema;
mod strays;
pub mod yaml;

pub use fields::first_line;
pub use files::{FoundPublication, PROGRESS, display, find, read};
pub use files::{unreadable_entry, unreadable_file};
pub use load::{
    CONTENT, LoadedPublication, LoadedRegistry, PROJECT_FILE, Project, find_root, load,
    load_changed,
};
