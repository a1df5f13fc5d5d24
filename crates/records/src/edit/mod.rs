//! Changes of records: every one is a patch of the files that people wrote, which leaves all else
//! in them byte for byte.
//!
//! `operation` has what people do to records, as changes of values; `yaml` makes patches of these
//! and knows nothing of notices; `journal` writes them, all of a change or nothing.

mod copies;
mod diff;
mod journal;
mod operation;
mod patch;
mod refuse;
mod value;
pub mod yaml;

pub(crate) use copies::Copies;
pub use diff::{Hunk, diff};
pub use journal::{FileEdit, Recovered, apply, last, recover};
pub use operation::{Editing, NewItem, Place, Position, Renamed, find, find_item, value_of};
pub use patch::{Patch, inverse, patched};
pub use value::{Change, Step, Value};
