//! Changes of records: every one is a patch of the files that people wrote, which leaves all else
//! in them byte for byte.
//!
//! `yaml` makes patches of changes of values and knows nothing of notices; `journal` writes them,
//! all of a change or nothing.

mod copies;
mod journal;
mod patch;
mod refuse;
mod value;
pub mod yaml;

pub(crate) use copies::Copies;
pub use journal::{FileEdit, Recovered, apply, last, recover};
pub use patch::{Patch, inverse, patched};
pub use value::{Change, Step, Value};
