//! The same task in several years: which item of one publication goes on in another, and what has
//! changed in it. docs/catalog.md explains the rules. Pure functions: the same publications give the
//! same pairs.

mod compare;
mod figures;
mod pairs;
mod series;
#[cfg(test)]
mod tests;
mod words;

pub use compare::{Change, Comparison, Figures, Pair, compare};
pub use pairs::{THRESHOLD, pairs};
pub use series::{Link, links};
