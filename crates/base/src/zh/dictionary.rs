//! The dictionary: words and how often each occurs (assets/titles/dictionary.LICENSE).

/// One word a line with its count behind a blank. docs/titles.md says how it was made.
pub(crate) const DICTIONARY: &str = include_str!("../../../../assets/titles/dictionary.txt");
