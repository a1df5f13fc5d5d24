//! Characters that look like another one: radicals and compatibility forms, which PDFs and old
//! fonts leave in the place of the characters they look like.

use unicode_normalization::UnicodeNormalization as _;

use super::is_cjk;

/// Radicals of the supplement and the characters they are. Unicode gives those of the main block
/// and the compatibility forms a decomposition; these have none.
const SUPPLEMENT: &str = "⺁厂⺒巳⺓幺⺟母⺠民⺧牛⺩王⺬示⺶羊⺷羊⺹老⻁虎⻄西⻅见⻆角⻉贝⻋车⻑長⻒镸⻓长⻔门⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻟食⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻬齐⻮齿⻰龙⻳龟";

/// The character that a look-alike is taken for between its neighbours; `None` for any other
/// character, and for a look-alike that stands alone: a text may speak of the radical ⼈ itself.
pub fn meant(c: char, before: Option<char>, after: Option<char>) -> Option<char> {
    let found = unified(c)?;
    let is_text = |c: char| c.is_alphanumeric() && is_cjk(c) || unified(c).is_some();
    (before.is_some_and(is_text) || after.is_some_and(is_text)).then_some(found)
}

/// The character that another one looks like.
fn unified(c: char) -> Option<char> {
    let found = match c {
        '\u{2e80}'..='\u{2eff}' => {
            let radicals = SUPPLEMENT.chars().step_by(2);
            let mut pairs = radicals.zip(SUPPLEMENT.chars().skip(1).step_by(2));
            pairs.find(|(radical, _)| *radical == c)?.1
        }
        '\u{2f00}'..='\u{2fdf}' | '\u{f900}'..='\u{faff}' | '\u{2f800}'..='\u{2fa1f}' => {
            std::iter::once(c).nfkc().next()?
        }
        _ => return None,
    };
    (found != c).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> String {
        let chars: Vec<char> = text.chars().collect();
        let near = |n: Option<usize>| n.and_then(|n| chars.get(n)).copied();
        let meant = |n: usize, c| meant(c, near(n.checked_sub(1)), near(Some(n + 1))).unwrap_or(c);
        chars.iter().enumerate().map(|(n, &c)| meant(n, c)).collect()
    }

    #[test]
    fn radicals_in_a_text_are_characters() {
        assert_eq!(plain("深化⽹上办，做好⼈员转岗⼯作"), "深化网上办，做好人员转岗工作");
        assert_eq!(plain("⻋⻢⻓⻔、⻛险、⺠生"), "车马长门、风险、民生");
        assert_eq!(plain("金融機構\u{f9e9}、\u{f98e}度"), "金融機構里、年度");
        assert_eq!(plain("“⼈”字旁、①、㎡、℃、Ａ"), "“⼈”字旁、①、㎡、℃、Ａ");
    }

    #[test]
    fn the_supplement_is_made_of_pairs() {
        let all: Vec<char> = SUPPLEMENT.chars().collect();
        assert_eq!(all.len() % 2, 0);
        for pair in all.chunks(2) {
            assert!(('\u{2e80}'..='\u{2eff}').contains(&pair[0]), "{pair:?}");
            assert!(('\u{4e00}'..='\u{9fff}').contains(&pair[1]), "{pair:?}");
            assert_eq!(unified(pair[0]), Some(pair[1]));
        }
        // Ideographs that stand among the compatibility forms and are none.
        assert_eq!(unified('\u{fa0e}'), None);
    }
}
