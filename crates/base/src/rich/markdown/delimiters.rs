//! Characters that CommonMark would read in a way no author of a Chinese notice means.
//!
//! * `**“重点”**的` is not strong in CommonMark, because a run of asterisks between punctuation
//!   and a letter counts as part of a word. Between Chinese characters there are no words to be
//!   part of, so next to them a run may begin before anything that can begin, and end after
//!   anything that can end (the rule of the "CJK-friendly" amendment to CommonMark, without
//!   beginnings before closing and endings behind opening punctuation).
//! * `2*3*4` is a product, not an emphasised 3, and `（*）` holds the sign itself.
//! * `<` begins nothing but an address in angle brackets: there is no raw HTML, so `<区人才办>`,
//!   `<b>` and `<!-- -->` all stay what they are, and Markdown around and inside them works.
//!
//! The parser is told so by [noncharacters](https://www.unicode.org/faq/private_use.html), which
//! Unicode sets aside for the inside of a program; [`restore`] takes them out of what it returns.

use std::ops::Range;

use super::draft::Edit;
use crate::zh::{closes, is_cjk, opens};

/// Stands between asterisks and punctuation, for nothing.
const JOINT: char = '\u{fdd0}';
/// Stands for a literal `*`.
const STAR: char = '\u{fdd1}';
/// Stands for a literal `<`.
const LESS: char = '\u{fdd2}';

/// The text that the parser's text stands for.
pub(super) fn restore(parsed: &str) -> String {
    parsed
        .chars()
        .filter_map(|c| match c {
            JOINT => None,
            STAR => Some('*'),
            LESS => Some('<'),
            c => Some(c),
        })
        .collect()
}

/// The changes that make the parser read `text` as described above.
pub(super) fn edits(text: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut before = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => {
                if let Some((_, escaped)) = chars.next_if(|(_, c)| c.is_ascii_punctuation()) {
                    before = Some(escaped);
                    continue;
                }
            }
            '*' => {
                let mut end = at + 1;
                while chars.next_if(|&(_, c)| c == '*').is_some() {
                    end += 1;
                }
                asterisks(at..end, before, chars.peek().map(|&(_, c)| c), &mut edits);
            }
            '<' if !begins_address(text, at) => edits.push(Edit::replace(at..at + 1, LESS)),
            JOINT | STAR | LESS => {
                edits.push(Edit::delete(at..at + c.len_utf8()));
                continue;
            }
            _ => {}
        }
        before = Some(c);
    }
    edits
}

fn asterisks(run: Range<usize>, before: Option<char>, after: Option<char>, edits: &mut Vec<Edit>) {
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let is_factor = run.len() == 1 && is_digit(before) && is_digit(after);
    if is_factor || (before.is_some_and(opens) && after.is_some_and(closes)) {
        edits.extend(run.map(|at| Edit::replace(at..at + 1, STAR)));
        return;
    }
    let before = before.filter(|c| !c.is_whitespace());
    let after = after.filter(|c| !c.is_whitespace());
    if !before.is_some_and(is_cjk) && !after.is_some_and(is_cjk) {
        return;
    }
    // Punctuation on one side is what keeps the run from ending or beginning there; a joint in
    // front of it hides it from the parser.
    if before.is_some_and(|c| !opens(c)) {
        edits.push(Edit::insert(run.start, JOINT));
    }
    if after.is_some_and(|c| !closes(c)) {
        edits.push(Edit::insert(run.end, JOINT));
    }
}

/// Whether the `<` at byte `at` begins an address: `<https://…>`, `<someone@…>`, or the target
/// of `[…](<…>)`. What only looks like one is settled by the parser.
fn begins_address(text: &str, at: usize) -> bool {
    if text[..at].ends_with("](") {
        return true;
    }
    let rest = &text[at + 1..];
    let end = rest.find(|c: char| "<>".contains(c) || c.is_whitespace() || c.is_control());
    let Some(inner) = end.filter(|&end| rest[end..].starts_with('>')) else {
        return false;
    };
    let inner = &rest[..inner];
    if !inner.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return false;
    }
    inner.contains('@')
        || inner.split_once(':').is_some_and(|(scheme, _)| {
            (2..=32).contains(&scheme.len())
                && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
                && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+.-".contains(c))
        })
}
