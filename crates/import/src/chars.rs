//! Which characters are blanks, and traditional characters read as simplified
//! ones where words are looked for.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::OnceLock;

use base::zh::is_han;

/// Whether nothing is printed for it: blanks of any width, controls, marks without a width, marks of
/// writing direction, code points that are no characters.
pub(crate) fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control() || is_mark(c) || u32::from(c) & 0xfffe == 0xfffe
}

fn is_mark(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{fdd0}'..='\u{fdef}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

/// The characters of the words that structure is known by, traditional and simplified. All take
/// three bytes, so that places stay true.
const FOLD: &str = "責责單单牽牵頭头負负關关於于發发縣县鄉乡鎮镇辦办處处區区會会員员團团銀银業业務务時时間间號号開开機机構构稱称標标題题據据導导組组織织協协聯联絡络總总際际國国門门們们請请貫贯徹彻實实體体當当將将現现給给結结附附件件檢检監监管管廳厅學学醫医園园廠厂軍军黨党紀纪衛卫環环農农態态設设規规劃划財财稅税質质電电氣气運运輸输營营計计測测檔档圖图書书館馆視视臺台報报資资產产險险證证個个項项萬万億亿達达點点類类內内順顺爲为為为見见決决細细則则舉举綱纲議议條条賬账復复進进優优專专庫库場场應应護护網网創创廣广節节試试參参與与備备註注範范圍围領领層层級级屬属";

/// The text with the traditional characters of known words replaced, byte for byte as long.
pub(crate) fn fold(text: &str) -> Cow<'_, str> {
    static PAIRS: OnceLock<BTreeMap<char, char>> = OnceLock::new();
    let pairs = PAIRS.get_or_init(|| FOLD.chars().zip(FOLD.chars().skip(1)).step_by(2).collect());
    let simplified = |c: char| if is_han(c) { pairs.get(&c).copied().unwrap_or(c) } else { c };
    if text.chars().any(|c| simplified(c) != c) {
        Cow::Owned(text.chars().map(simplified).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// The letters, digits and Han characters alone, traditional ones folded: what texts are compared by.
pub(crate) fn bare(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_keeps_places() {
        assert_eq!(fold("責任單位：區發改局"), "责任单位：区发改局");
        assert!(FOLD.chars().all(|c| c.len_utf8() == 3));
        assert_eq!(FOLD.chars().count() % 2, 0);
    }

    #[test]
    fn blanks_of_every_kind() {
        assert!(" \t\u{a0}\u{3000}\u{feff}\u{200b}".chars().all(is_blank));
        assert!(!"甲、aA0.（".chars().any(is_blank));
        assert_eq!(bare("（一） 甲、乙。"), "一甲乙");
    }
}
