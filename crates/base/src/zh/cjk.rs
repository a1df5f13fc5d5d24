//! Which characters belong to Chinese running text.

/// Whether a character belongs to Chinese running text: ideographs, kana, full-width forms, and
/// the punctuation between them. Latin letters, digits and their punctuation do not; quotation
/// marks, dashes and the ellipsis, which both scripts share, count as Chinese here.
pub fn is_cjk(c: char) -> bool {
    matches!(c,
        '\u{2e80}'..='\u{312f}' // radicals, CJK punctuation, kana, bopomofo
        | '\u{31a0}'..='\u{4dbf}' // strokes, enclosed and compatibility forms, extension A
        | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe10}'..='\u{fe1f}' | '\u{fe30}'..='\u{fe4f}' // vertical forms
        | '\u{ff00}'..='\u{ffef}'
        | '\u{20000}'..='\u{3ffff}'
        | '\u{2460}'..='\u{24ff}' // ① and its like
        | '\u{2014}' | '\u{2015}' | '\u{2018}'..='\u{201d}' | '\u{2026}' | '\u{2030}'
        | '\u{b7}' | '\u{2022}' | '\u{2027}' | '\u{203b}' | '\u{2500}')
}

/// Whether a character opens a bracket or a quotation, so that nothing can end right behind it.
pub(crate) fn opens(c: char) -> bool {
    "“‘（《〈「『【〔〖［｛｟〝([{".contains(c)
}

/// Whether a character closes a bracket, a quotation or a part of a sentence, so that nothing
/// can begin right before it.
pub(crate) fn closes(c: char) -> bool {
    "”’）》〉」』】〕〗］｝｠〞，。、；：？！％)]},.;:?!%".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_text_and_its_punctuation() {
        for c in "区〇㈠①（）“”‘’，。、；：？！《》〔〕—…·　Ａ％𠮷".chars()
        {
            assert!(is_cjk(c), "{c}");
        }
        for c in "aZ09 \t,.()\"'-–é한×".chars() {
            assert!(!is_cjk(c), "{c}");
        }
    }
}
