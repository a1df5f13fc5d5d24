//! The pieces of a cell's text that no line break divides: numbers with what they measure, dates,
//! short names, words of other scripts. All other characters are pieces of their own, with the marks
//! that cling to them.

use unicode_width::UnicodeWidthChar;

use crate::zh::{closes, measure_at, opens};

/// Names of up to so many characters are not broken.
const NAME: usize = 6;
/// What stands behind a number and its measure and belongs to them.
const BEHIND: [&str; 10] =
    ["及以上", "以上", "以下", "以内", "左右", "底前", "末前", "底", "末", "前"];

/// The pieces of a text. `names` says that it is a list of names.
pub fn pieces(text: &str, names: bool) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (name, behind) = rest.split_at(if names { name_at(rest) } else { rest.len() });
        rest = behind;
        if names && letters(name) <= NAME {
            pieces.push(name);
            continue;
        }
        let mut long = name;
        while !long.is_empty() {
            let (piece, behind) = long.split_at(piece_at(long));
            pieces.push(piece);
            long = behind;
        }
    }
    pieces
}

/// How wide a text is, in em: a half-width character takes half of one, and in some faces more.
pub fn width(text: &str) -> f64 {
    text.chars().map(advance).sum()
}

fn advance(c: char) -> f64 {
    // Marks that Chinese faces draw in a full width, whatever Unicode says.
    if "“”‘’—…·".contains(c) {
        return 1.0;
    }
    match c.width() {
        None | Some(0) => 0.0,
        Some(1) => 0.57,
        Some(_) => 1.0,
    }
}

/// A name with the marks around it: up to the next mark or before the next bracket.
fn name_at(text: &str) -> usize {
    let start = text.find(|c| !opens(c)).unwrap_or(text.len());
    let mark = text[start..].find(|c: char| opens(c) || closes(c));
    with_marks(text, mark.map_or(text.len(), |at| start + at))
}

/// How many characters a name has without marks.
fn letters(name: &str) -> usize {
    name.chars().filter(|&c| !opens(c) && !closes(c)).count()
}

/// The piece that a text begins with.
fn piece_at(text: &str) -> usize {
    let mut end = text.find(|c| !opens(c)).unwrap_or(text.len());
    end += match text[end..].chars().next() {
        Some(c) if c.is_ascii_digit() => number_at(&text[end..]),
        Some(c) if is_latin(c) => text[end..].find(|c| !is_latin(c)).unwrap_or(text.len() - end),
        Some(c) => c.len_utf8(),
        None => 0,
    };
    with_marks(text, end)
}

/// A number with its measure, a date: `2025年6月30日前`, `500P以上`, `12万平方米`.
fn number_at(text: &str) -> usize {
    let mut end = 0;
    // Year, month and day are three numbers.
    for _ in 0..3 {
        let rest = &text[end..];
        if !rest.starts_with(|c: char| c.is_ascii_digit()) {
            break;
        }
        end += rest.find(|c| !is_latin(c)).unwrap_or(rest.len());
        end += measure_at(&text[end..]).map_or(0, str::len);
    }
    let behind = BEHIND.iter().find(|word| text[end..].starts_with(**word));
    end + behind.map_or(0, |word| word.len())
}

/// Letters, digits and what stands between those of one word.
fn is_latin(c: char) -> bool {
    c.is_ascii_alphanumeric() || ".,-+/%‰@_—–～~".contains(c)
}

/// The end with the closing marks behind it.
fn with_marks(text: &str, end: usize) -> usize {
    let marks = text[end..].find(|c| !closes(c));
    marks.map_or(text.len(), |at| end + at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_stays_whole() {
        let whole = |text: &str, names: bool| {
            let pieces = pieces(text, names);
            let long = pieces.into_iter().filter(|piece| piece.chars().count() > 1);
            long.map(str::to_string).collect::<Vec<_>>()
        };
        assert_eq!(whole("2025年6月30日前完成", false), ["2025年6月30日前"]);
        assert_eq!(whole("规模500P以上，", false), ["500P以上，"]);
        assert_eq!(whole("厂房12万平方米", false), ["12万平方米"]);
        assert_eq!(whole("（用地盘活6月底前）", false), ["（用", "6月底前）"]);
        assert_eq!(
            whole("区发改局、县市场监管局、青溪经济开发区", true),
            ["区发改局、", "县市场监管局、"]
        );
        assert_eq!(
            whole("区科技局（配合：区财政局）", true),
            ["区科技局", "（配合：", "区财政局）"]
        );
        assert_eq!(whole("三季度末", true), ["三季度末"]);
        assert_eq!(whole("“高效办成一件事”", false), ["“高", "事”"]);
    }

    proptest! {
        #[test]
        fn nothing_is_lost(text in any::<String>(), names in any::<bool>()) {
            prop_assert_eq!(pieces(&text, names).concat(), text);
        }
    }
}
