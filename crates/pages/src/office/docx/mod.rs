//! Word documents: the notice, the sheets and the breakdown, to be edited in WPS and Word. Levels
//! and parts of a notice are named styles, numbers are text, measures are the standard's.
//!
//! A small writer of our own: of the format only what a notice needs, each part a tree of
//! elements (`xml`), packed without any clock (`package`).

mod attachments;
mod body;
mod breakdown;
mod cells;
mod ending;
mod faces;
mod head;
mod lengths;
mod notice;
mod package;
mod page;
mod paragraph;
mod rich;
mod rules;
mod sheet;
mod styles;
mod table;
mod xml;

pub use breakdown::breakdown;
pub use notice::{apart, notice};
pub use sheet::sheet;
