//! What kind of character one is.

/// Whether a character is an ideograph, 〇 included. Marks, kana and full-width letters are not.
pub fn is_han(c: char) -> bool {
    matches!(c,
        '\u{3400}'..='\u{4dbf}' // extension A
        | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' // compatibility ideographs
        | '\u{20000}'..='\u{3ffff}' // extensions B and later
        | '〇')
}

/// A full-width digit, letter or mark as its ASCII twin; any other character as it is.
pub fn half_width(c: char) -> char {
    match c {
        '！'..='～' => {
            char::from_u32(u32::from(c) - u32::from('！') + u32::from('!')).unwrap_or(c)
        }
        c => c,
    }
}

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
    fn ideographs_of_every_block() {
        for c in "区〇一龥鿿㐀䶿豈𠮷𰻞".chars() {
            assert!(is_han(c) && is_cjk(c), "{c}");
        }
        for c in "㈠①（“，。　Ａ％かカ한aZ0○·\0".chars() {
            assert!(!is_han(c), "{c}");
        }
    }

    #[test]
    fn full_width_characters_have_a_twin() {
        assert_eq!("１２．５％，Ａ区".chars().map(half_width).collect::<String>(), "12.5%,A区");
    }

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
