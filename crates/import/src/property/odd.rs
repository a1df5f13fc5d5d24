//! Characters that nobody typed on purpose change nothing but their own place.

use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::TestRunner;

use super::{cases, publication, site, table};

/// Controls, marks of direction and of width, variation selectors, tags, code points that are no
/// characters, and characters of private use.
fn odd() -> impl Strategy<Value = char> {
    let ranges = [
        ('\u{1}', '\u{1f}'),
        ('\u{7f}', '\u{a0}'),
        ('\u{ad}', '\u{ad}'),
        ('\u{34f}', '\u{34f}'),
        ('\u{61c}', '\u{61c}'),
        ('\u{115f}', '\u{1160}'),
        ('\u{180b}', '\u{180f}'),
        ('\u{2000}', '\u{200f}'),
        ('\u{2028}', '\u{202f}'),
        ('\u{2060}', '\u{206f}'),
        ('\u{3164}', '\u{3164}'),
        ('\u{e000}', '\u{e0ff}'),
        ('\u{f8ff}', '\u{f8ff}'),
        ('\u{fdd0}', '\u{fdef}'),
        ('\u{fe00}', '\u{fe0f}'),
        ('\u{feff}', '\u{feff}'),
        ('\u{fff0}', '\u{ffff}'),
        ('\u{1fffe}', '\u{1ffff}'),
        ('\u{e0000}', '\u{e007f}'),
        ('\u{e0100}', '\u{e01ef}'),
        ('\u{f0000}', '\u{f0010}'),
        ('\u{10fffd}', '\u{10ffff}'),
    ];
    select(ranges.to_vec()).prop_flat_map(|(first, last)| proptest::char::range(first, last))
}

/// A notice with odd characters at places of it.
fn strewn() -> impl Strategy<Value = String> {
    let text: Vec<char> = site::SMALL.chars().collect();
    let places = proptest::collection::vec((0..=text.len(), odd()), 1..6);
    places.prop_map(move |mut places| {
        let mut text = text.clone();
        places.sort();
        for (at, c) in places.into_iter().rev() {
            text.insert(at, c);
        }
        text.into_iter().collect()
    })
}

#[test]
fn what_was_strewn_in_is_read_back() {
    let config =
        ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases() * 5) };
    TestRunner::new(config)
        .run(&strewn(), |text| {
            let back = publication(text.as_bytes())?;
            prop_assert!(!table::read(&back).is_empty());
            Ok(())
        })
        .unwrap_or_else(|error| panic!("{error}"));
}
