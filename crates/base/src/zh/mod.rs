//! What is known of Chinese text: its characters, numbers, measure words and the words that
//! compare a number. Whoever reads or writes Chinese takes them from here, so that a word means
//! the same on import, in a check and in print.

mod chars;
mod compare;
mod dictionary;
mod look_alikes;
mod measure;
mod number;
mod whole;

pub(crate) use chars::{closes, opens};
pub use chars::{half_width, is_cjk, is_han};
pub use compare::{Comparison, compared_before, compared_behind, compares};
pub(crate) use dictionary::DICTIONARY;
pub use look_alikes::meant;
pub use measure::{amount_at, measure_at};
pub use number::{digits_at, is_numeral, number, number_at, numeral};
pub use whole::whole;
