//! The words: how probable each is, and which may be proposed.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

use super::sounds::{Sounds, key_of};
use crate::zh::DICTIONARY;

/// Words of the news that may be proposed, with where they come from.
const NEWS: &str = include_str!("news.txt");
/// Words of official documents.
const OFFICE: &str = include_str!("office.txt");
/// Groups of characters that look alike.
const SHAPES: &str = include_str!("shapes.txt");

/// Probabilities are logarithms in thousandths: sums of integers are the same on every machine.
pub(super) type Weight = i64;

/// The least and the most characters of a word that may be proposed.
pub(super) const PROPOSED: std::ops::RangeInclusive<usize> = 2..=4;
/// The most characters of a word that texts are cut into.
pub(super) const LONGEST: usize = 7;

/// What an office's word counts for that the dictionary lacks or holds rare.
const OFFICE_COUNT: u32 = 1000;
/// From which count on an office's word of two characters may be proposed.
const USUAL: u32 = 100;

/// A quick hasher for packed words: they are looked up a dozen times for each character of a text.
#[derive(Default)]
pub(super) struct Packed(u64);

impl Hasher for Packed {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&byte| self.write_u64(u64::from(byte)));
    }
    fn write_u64(&mut self, word: u64) {
        let mixed = (self.0.rotate_left(5) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = mixed ^ (mixed >> 29);
    }
    fn write_u128(&mut self, word: u128) {
        self.write_u64(word as u64);
        self.write_u64((word >> 64) as u64);
    }
}

type Table<K, V> = HashMap<K, V, BuildHasherDefault<Packed>>;

/// A word as one number; `None` where it is too long or has a character beyond the first plane.
pub(super) fn pack(word: &[char]) -> Option<u128> {
    if word.len() > LONGEST {
        return None;
    }
    word.iter().try_fold(0u128, |packed, &c| {
        let code = u32::from(c);
        (code < 0xe000).then_some(packed << 16 | u128::from(code))
    })
}

/// A word with a sound in the place of one of its characters.
pub(super) fn pack_with_sound(word: &[char], place: usize, sound: u16) -> Option<u128> {
    let slot = |(at, &c): (usize, &char)| {
        if at == place { Some(u128::from(key_of(sound))) } else { pack(&[c]) }
    };
    word.iter().enumerate().map(slot).try_fold(0u128, |packed, slot| Some(packed << 16 | slot?))
}

/// The first two characters of a packed word; `None` for a single one.
fn beginning(word: u128) -> Option<u128> {
    let chars = (128 - word.leading_zeros()).div_ceil(16);
    (chars >= 2).then(|| word >> (16 * (chars - 2)))
}

/// What is known of words.
pub(super) struct Lexicon {
    counts: Table<u128, u32>,
    weights: Table<u128, Weight>,
    /// The first two characters of all words: where none begins so, no longer one need be looked up.
    beginnings: Table<u128, ()>,
    /// What a single character weighs that is no word.
    pub(super) floor: Weight,
    /// Words that may be proposed, by their characters with a sound in place of one.
    by_sound: Table<u128, Vec<[char; 4]>>,
    proposed: Table<u128, ()>,
    characters: Table<u128, ()>,
    pub(super) sounds: Sounds,
    shapes: HashMap<char, Vec<char>, BuildHasherDefault<Packed>>,
}

/// The lines of a list without its comments.
fn lines(list: &str) -> impl Iterator<Item = &str> {
    list.lines().filter(|line| !line.starts_with('#'))
}

/// All words; read once, when the first text is looked at.
pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::read);

impl Lexicon {
    fn read() -> Self {
        let mut counts: Table<u128, u32> = Table::default();
        let mut characters: Table<u128, ()> = Table::default();
        let mut total: u64 = 0;
        let mut idioms: Vec<Vec<char>> = Vec::new();
        for line in DICTIONARY.lines() {
            let Some((word, count)) = line.split_once(' ') else { continue };
            let Ok(count) = count.parse::<u32>() else { continue };
            let chars: Vec<char> = word.chars().collect();
            total += u64::from(count);
            characters.extend(chars.iter().filter_map(|&c| Some((pack(&[c])?, ()))));
            let Some(packed) = pack(&chars) else { continue };
            counts.insert(packed, count);
            if chars.len() == 4 {
                idioms.push(chars);
            }
        }
        let mut proposed: Vec<Vec<char>> = Vec::new();
        for word in lines(NEWS).flat_map(str::split_whitespace) {
            proposed.push(word.chars().collect());
        }
        for word in lines(OFFICE).flat_map(str::split_whitespace) {
            let chars: Vec<char> = word.chars().collect();
            let Some(packed) = pack(&chars) else { continue };
            characters.extend(chars.iter().filter_map(|&c| Some((pack(&[c])?, ()))));
            let count = counts.entry(packed).or_default();
            let usual = *count >= USUAL || chars.len() > 2;
            *count = (*count).max(OFFICE_COUNT);
            if usual && PROPOSED.contains(&chars.len()) {
                proposed.push(chars);
            }
        }
        proposed.extend(idioms);
        let log = |count: u64| ((count.max(1) as f64).ln() * 1000.0).round() as Weight;
        let floor = -log(total);
        let weights = counts.iter().map(|(&word, &count)| (word, log(count.into()) + floor));
        let weights = weights.collect();
        let beginnings = counts.keys().filter_map(|&word| Some((beginning(word)?, ()))).collect();
        let sounds = Sounds::default();
        let mut by_sound: Table<u128, Vec<[char; 4]>> = Table::default();
        let mut known: Table<u128, ()> = Table::default();
        for word in proposed {
            let Some(packed) = pack(&word).filter(|packed| counts.contains_key(packed)) else {
                continue;
            };
            if known.insert(packed, ()).is_some() {
                continue;
            }
            let mut padded = ['\0'; 4];
            padded.iter_mut().zip(&word).for_each(|(slot, c)| *slot = *c);
            for (place, &c) in word.iter().enumerate() {
                for sound in sounds.near(c) {
                    if let Some(key) = pack_with_sound(&word, place, sound) {
                        by_sound.entry(key).or_default().push(padded);
                    }
                }
            }
        }
        let mut shapes: HashMap<char, Vec<char>, BuildHasherDefault<Packed>> = HashMap::default();
        for group in lines(SHAPES) {
            for c in group.chars() {
                shapes.entry(c).or_default().extend(group.chars().filter(|&other| other != c));
            }
        }
        Self {
            counts,
            weights,
            beginnings,
            floor,
            by_sound,
            proposed: known,
            characters,
            sounds,
            shapes,
        }
    }

    /// How often a word occurs.
    pub(super) fn count(&self, word: &[char]) -> u32 {
        pack(word).and_then(|packed| self.counts.get(&packed)).copied().unwrap_or_default()
    }

    /// How probable a word is; single characters are always words.
    pub(super) fn weight(&self, word: &[char]) -> Option<Weight> {
        let known = pack(word).and_then(|packed| self.weights.get(&packed)).copied();
        known.or((word.len() == 1).then_some(self.floor))
    }

    /// Whether a word of two and more characters begins with these two.
    pub(super) fn begins(&self, a: char, b: char) -> bool {
        pack(&[a, b]).is_some_and(|pair| self.beginnings.contains_key(&pair))
    }

    /// Whether the dictionary has a character in some word: traditional forms and names are left alone.
    pub(super) fn knows(&self, c: char) -> bool {
        pack(&[c]).is_some_and(|packed| self.characters.contains_key(&packed))
    }

    /// The words that differ from one in the character at a place by sound.
    pub(super) fn of_sound(&self, word: &[char], place: usize, sound: u16) -> &[[char; 4]] {
        let found = pack_with_sound(word, place, sound).and_then(|key| self.by_sound.get(&key));
        found.map_or(&[], Vec::as_slice)
    }

    /// Whether a word may be proposed.
    pub(super) fn is_proposed(&self, word: &[char]) -> bool {
        pack(word).is_some_and(|packed| self.proposed.contains_key(&packed))
    }

    /// The characters that look like one.
    pub(super) fn alike(&self, c: char) -> &[char] {
        self.shapes.get(&c).map_or(&[], Vec::as_slice)
    }
}
