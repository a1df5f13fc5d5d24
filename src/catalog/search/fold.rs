//! The form in which texts are searched. assets/catalog/search.js has the same rules a second time,
//! for queries; a test in a browser holds the two together.
//!
//! Full-width forms become half-width ones, capital letters small ones (NFKC and lower case,
//! character by character). Blanks and punctuation fall out, but for the point of a decimal number.

use unicode_normalization::UnicodeNormalization as _;

/// A character of the searched form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Folded {
    /// The character.
    pub sign: char,
    /// Whether a word of ASCII letters and digits begins here.
    pub begins: bool,
    /// Whether a blank or punctuation stood before it.
    pub gap: bool,
}

/// The searched form of a text.
pub fn fold(text: &str) -> Vec<Folded> {
    let signs: Vec<char> =
        text.chars().flat_map(|c| c.nfkc().flat_map(char::to_lowercase)).collect();
    let mut folded = Vec::with_capacity(signs.len());
    let (mut inside, mut gap) = (false, false);
    for (place, &sign) in signs.iter().enumerate() {
        let digit =
            |at: Option<usize>| at.and_then(|at| signs.get(at)).is_some_and(char::is_ascii_digit);
        let between = digit(place.checked_sub(1)) && digit(Some(place + 1));
        if sign == ',' && between {
            // 1,000 is 1000.
            continue;
        }
        if !(sign.is_alphanumeric() || sign == '.' && between) {
            (inside, gap) = (false, true);
            continue;
        }
        let ascii = sign.is_ascii();
        folded.push(Folded { sign, begins: ascii && !inside, gap });
        (inside, gap) = (ascii, false);
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> String {
        fold(text).into_iter().map(|f| f.sign).collect()
    }

    #[test]
    fn forms_that_are_one() {
        assert_eq!(plain("“１２３４５”热线"), "12345热线");
        assert_eq!(plain("ＡＩ+5Ｇ"), "ai5g");
        assert_eq!(plain("加快 发展，\n改善民生。"), "加快发展改善民生");
        assert_eq!(plain("增长5．2％"), "增长5.2");
        assert_eq!(plain("1,000个。2025.3"), "1000个2025.3");
        assert_eq!(plain("第3.节"), "第3节");
        assert_eq!(plain("㎡"), "m2");
    }

    #[test]
    fn words_begin() {
        let begins: String =
            fold("建5G网 AI-2.0版").into_iter().filter(|f| f.begins).map(|f| f.sign).collect();
        assert_eq!(begins, "5a2");
    }
}
