//! Reading the fields of a YAML mapping: every problem is reported, the first does not stop the
//! rest, and a key that nothing asked for is an error. Whoever asks for a key says what it means
//! ([`key`]), and the documentation of the records is made from that.

mod mapping;
mod problem;
mod reader;
mod shape;
mod synonyms;
mod value;

pub(crate) use mapping::{Mapping, mapping_shape};
pub use problem::first_line;
pub(crate) use problem::{day_help, empty_list, wrong_date, wrong_kind};
pub(crate) use reader::Fields;
pub(crate) use shape::{Field, Key, MappingShape, Shape, key};
pub(crate) use value::{Value, read_choice, read_text};
