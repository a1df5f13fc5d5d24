//! Slips of input methods: words that are written with a character of the same or a near sound, or
//! of a near shape (峻工 for 竣工, 没施 for 设施).
//!
//! A text is cut into the words of the dictionary that make it most probable. Where that leaves
//! single characters or rare words, and a usual word that differs in one character makes the clause
//! far more probable, the word is proposed. docs/spelling.md has the figures.

mod lexicon;
mod sounds;
#[cfg(test)]
mod tests;
mod text;

pub use text::{Names, Slip, alike, is_usual, slips};
