//! "Did you mean": the nearest of some words.

use pinyin::ToPinyin;
use strsim::osa_distance;

/// The word nearest to `word`: equal in pronunciation (the usual slip of a pinyin keyboard), one
/// edit away, or, for words of four and more characters, two. `None` where nothing is near.
///
/// Jaro–Winkler and like measures find everything near everything among words of two characters.
pub fn closest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.trim();
    let sound = pronounce(word);
    let long = word.chars().count() >= 4;
    candidates
        .into_iter()
        .filter(|candidate| *candidate != word)
        .filter_map(|candidate| {
            let edits = osa_distance(word, candidate);
            let same_sound = sound.is_some() && sound == pronounce(candidate);
            let near = same_sound || edits <= 1 || (long && edits == 2);
            near.then_some(((!same_sound, edits), candidate))
        })
        .min_by_key(|&(key, _)| key)
        .map(|(_, candidate)| candidate)
}

/// Whether a word is another one with a slip in it: one edit, or equal in pronunciation.
pub fn is_slip(word: &str, meant: &str) -> bool {
    let sound = pronounce(word.trim());
    let same_sound = sound.is_some() && sound == pronounce(meant);
    word.trim() != meant && (same_sound || osa_distance(word.trim(), meant) <= 1)
}

/// The syllables of a word without tones; `None` when it has no Han character.
fn pronounce(word: &str) -> Option<String> {
    let mut any = false;
    let sound = word
        .chars()
        .map(|c| match c.to_pinyin() {
            Some(syllable) => {
                any = true;
                syllable.plain().to_string()
            }
            None => c.to_string(),
        })
        .collect();
    any.then_some(sound)
}

#[cfg(test)]
mod tests {
    use super::closest;

    const UNITS: [&str; 6] = ["区教育局", "区经信局", "区卫健局", "织里镇", "区交通局", "区住建局"];

    #[test]
    fn same_sound_wins() {
        assert_eq!(closest("区卫建局", UNITS), Some("区卫健局"));
        assert_eq!(closest("只里镇", UNITS), Some("织里镇"));
    }

    #[test]
    fn one_edit() {
        assert_eq!(closest("教育局", UNITS), Some("区教育局"));
        assert_eq!(closest("区教育局局", UNITS), Some("区教育局"));
    }

    #[test]
    fn nothing_near() {
        assert_eq!(closest("道场乡", UNITS), None);
        assert_eq!(closest("title", ["subject", "organ"]), None);
    }
}
