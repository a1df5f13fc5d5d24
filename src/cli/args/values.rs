//! Values of options that are one of several words.

use clap::builder::{PossibleValuesParser, TypedValueParser};

/// Accepts some words, each of which stands for a value.
pub(super) fn one_of<T, const N: usize>(
    words: [(&'static str, T); N],
) -> impl TypedValueParser<Value = T>
where
    T: Clone + Send + Sync + 'static,
{
    let names = PossibleValuesParser::new(words.each_ref().map(|(name, _)| *name));
    names.try_map(move |word| {
        let value = words.iter().find(|(name, _)| *name == word).map(|(_, value)| value.clone());
        value.ok_or(UnknownWord)
    })
}

/// A word that was accepted and stands for nothing, which cannot be.
#[derive(Debug)]
struct UnknownWord;

impl std::fmt::Display for UnknownWord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("unknown word")
    }
}

impl std::error::Error for UnknownWord {}
