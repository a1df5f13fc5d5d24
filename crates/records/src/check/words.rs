//! Where the words of a text begin and end, for rules whose signs may meet by chance (工程|续建).

use std::ops::Range;

use super::prose::Prose;
use base::title::dictionary_words;
use base::zh::is_han;

/// How many characters on either side of a match tell where words end.
const AROUND: usize = 12;

/// The words around a range, each with its characters and whether the dictionary has it.
fn words_around(prose: &Prose<'_>, range: &Range<usize>) -> Vec<(Range<usize>, bool)> {
    let before = (0..range.start).rev().take(AROUND).take_while(|&at| is_han(prose.at(at)));
    let start = before.last().unwrap_or(range.start);
    let behind = prose.run(range.end, is_han).min(AROUND);
    let text = prose.slice(start..range.end + behind);
    let mut at = start;
    let words = dictionary_words(&text).into_iter().map(|(word, known)| {
        let from = at;
        at += word.chars().count();
        (from..at, known)
    });
    words.collect()
}

/// Whether a word goes on across a place: 到期 across the end of 涉及到 in 涉及到期债务.
pub(super) fn crosses(prose: &Prose<'_>, place: usize) -> bool {
    if place == 0 || !is_han(prose.before(place)) || !is_han(prose.at(place)) {
        return false;
    }
    let words = words_around(prose, &(place - 1..place + 1));
    words.iter().any(|(word, known)| *known && word.start < place && place < word.end)
}

/// Whether a word of two or more characters begins at a place, whatever stands before it.
pub(super) fn begins_word(prose: &Prose<'_>, place: usize) -> bool {
    let text = prose.slice(place..place + prose.run(place, is_han).min(AROUND));
    let first = dictionary_words(&text).into_iter().next();
    first.is_some_and(|(word, known)| known && word.chars().nth(1).is_some())
}

/// Second characters of typos that are no words by themselves: where one is left over between words,
/// no two words meet.
const BOUND: &str = "帐份暑枝肓岐喧朔奕肴翰糜缅菅淅谛茸";

/// Whether two characters belong to two words that meet between them (工程|续建). A single
/// character on one side is enough of a word where the other side is a longer one (未|尾随).
pub(super) fn is_across_words(prose: &Prose<'_>, range: &Range<usize>) -> bool {
    let middle = range.start + 1;
    let words = words_around(prose, range);
    let left = words.iter().find(|(word, _)| word.end == middle);
    let right = words.iter().find(|(word, _)| word.start == middle);
    let (Some((left, left_known)), Some((right, known))) = (left, right) else { return false };
    // What is left of a word: 出台|帐.
    if right.end == range.end && BOUND.contains(prose.at(right.start)) {
        return false;
    }
    let longer = left.start < range.start || right.end > range.end;
    longer && *known && *left_known
}
