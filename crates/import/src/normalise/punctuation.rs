//! Half-width punctuation in Chinese text to the full-width marks it is written with. Numbers,
//! times, addresses and everything between Latin letters stay as they are.

use crate::traced::Traced;
use base::zh::{half_width, is_cjk, is_han, is_numeral};

/// The text with full-width marks.
pub(crate) fn full_width(text: &Traced) -> Traced {
    let chars: Vec<(char, usize)> = text.chars().collect();
    let kept = addresses(&chars);
    let brackets = bracket_pairs(&chars);
    let quotes = straight_quotes(&chars);
    let mut out = Traced::default();
    let mut opening = true;
    for (n, &(c, at)) in chars.iter().enumerate() {
        let new = if kept[n] {
            c
        } else {
            match c {
                '(' if brackets[n] => '（',
                ')' if brackets[n] => '）',
                '"' if quotes => {
                    opening = !opening;
                    if opening { '”' } else { '“' }
                }
                _ => mark(&chars, n),
            }
        };
        out.push(new, at);
    }
    out
}

fn mark(chars: &[(char, usize)], n: usize) -> char {
    let c = chars[n].0;
    let before = n.checked_sub(1).map(|n| chars[n].0);
    let after = chars.get(n + 1).map(|&(c, _)| c);
    let beside_chinese = before.is_some_and(is_cjk) || after.is_some_and(is_cjk);
    let between_digits = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let number = between_digits(before) && between_digits(after);
    match c {
        ',' if beside_chinese && !number => '，',
        ':' if beside_chinese && !number => '：',
        ';' if beside_chinese => '；',
        '?' if beside_chinese => '？',
        '!' if beside_chinese => '！',
        '.' if before.is_some_and(is_han) && ends_sentence(chars, n) => '。',
        '｡' => '。',
        '､' => '、',
        // Full-width digits and letters are a slip of the keyboard; labels and dates are told by digits.
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => half_width(c),
        c => c,
    }
}

/// Whether a full stop behind a Han character is one: not the one of a label such as 一. and
/// not one before a number or a Latin letter.
fn ends_sentence(chars: &[(char, usize)], n: usize) -> bool {
    let label = n <= 4 && chars[..n].iter().all(|&(c, _)| is_numeral(c));
    let after = chars.get(n + 1).map(|&(c, _)| c);
    !label && after.is_none_or(|c| is_cjk(c) || matches!(c, '(' | ')' | '"' | ' '))
}

/// Which characters belong to an address or a path.
fn addresses(chars: &[(char, usize)]) -> Vec<bool> {
    let mut kept = vec![false; chars.len()];
    let mut n = 0;
    while n < chars.len() {
        let here = |word: &str| {
            word.chars()
                .enumerate()
                .all(|(k, w)| chars.get(n + k).is_some_and(|&(c, _)| c.eq_ignore_ascii_case(&w)))
        };
        if ["http://", "https://", "www.", "mailto:"].iter().any(|word| here(word)) {
            while n < chars.len()
                && chars[n].0.is_ascii_graphic()
                && !matches!(chars[n].0, '<' | '>' | '"')
            {
                kept[n] = true;
                n += 1;
            }
            // A mark behind an address that Chinese follows belongs to the sentence.
            if let Some(last) = n.checked_sub(1)
                && matches!(chars[last].0, ',' | ';' | ')' | '.' | '?' | '!')
                && chars.get(n).is_none_or(|&(c, _)| is_cjk(c))
            {
                kept[last] = false;
            }
        } else {
            n += 1;
        }
    }
    kept
}

/// Which round brackets are Chinese: there is Chinese inside or right outside. Numbers in
/// brackets that begin a line keep their form.
fn bracket_pairs(chars: &[(char, usize)]) -> Vec<bool> {
    let mut full = vec![false; chars.len()];
    let mut open: Vec<(usize, bool)> = Vec::new();
    let neighbour =
        |n: Option<usize>| n.and_then(|n| chars.get(n)).is_some_and(|&(c, _)| is_cjk(c));
    for (n, &(c, _)) in chars.iter().enumerate() {
        match c {
            '(' => open.push((n, false)),
            ')' => {
                if let Some((start, inside)) = open.pop() {
                    let digits = chars[start + 1..n].iter().all(|&(c, _)| c.is_ascii_digit());
                    let outside = neighbour(start.checked_sub(1)) || neighbour(Some(n + 1));
                    let chinese = inside || (outside && !digits);
                    (full[start], full[n]) = (chinese, chinese);
                    if let (true, Some((_, outer))) = (inside, open.last_mut()) {
                        *outer = true;
                    }
                } else {
                    full[n] = neighbour(n.checked_sub(1));
                }
            }
            c if is_cjk(c) => {
                if let Some((_, inside)) = open.last_mut() {
                    *inside = true;
                }
            }
            _ => {}
        }
    }
    for (start, inside) in open {
        full[start] = inside || neighbour(start.checked_sub(1));
    }
    full
}

/// Whether the straight quotation marks come in pairs around Chinese.
fn straight_quotes(chars: &[(char, usize)]) -> bool {
    let count = chars.iter().filter(|(c, _)| *c == '"').count();
    count > 0 && count % 2 == 0 && chars.iter().any(|&(c, _)| is_cjk(c))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn full(text: &str) -> String {
        full_width(&Traced::new(text, 0)).as_str().to_string()
    }

    #[test]
    fn marks_in_chinese_become_full_width() {
        assert_eq!(full("现将要点印发给你们,请认真落实。"), "现将要点印发给你们，请认真落实。");
        assert_eq!(full("(责任单位:区科技局、妙西镇)"), "（责任单位：区科技局、妙西镇）");
        assert_eq!(full("长宁(吴兴)数字产业园"), "长宁（吴兴）数字产业园");
        assert_eq!(full("应用程序(APP)"), "应用程序（APP）");
        assert_eq!(full("研究提出;落实."), "研究提出；落实。");
        assert_eq!(full("深化\"放管服\"改革"), "深化“放管服”改革");
        assert_eq!(full("区商务局(驻沪办(吴兴))"), "区商务局（驻沪办（吴兴））");
        assert_eq!(full("１２家Ａ级"), "12家A级");
    }

    #[test]
    fn numbers_times_addresses_and_latin_stay() {
        for text in [
            "国家4A级景区、“2+8”平台、80%、2.0版、1,000万元",
            "2024-09-20 17:16:20",
            "比例为1:2",
            "https://a.gov.cn/x?a=1,2;b:3",
            "G60,TOD; (see a)",
            "(1)抓好落实",
            "3.5亿元",
            "一.总体要求",
        ] {
            assert_eq!(full(text), text);
        }
        assert_eq!(full("见https://a.cn/x?y,并上报"), "见https://a.cn/x?y，并上报");
    }

    proptest! {
        /// Nothing is added and nothing lost: one character for one.
        #[test]
        fn one_for_one(text in "[区局（）(),.:;?!\"0-9a-z /<>，。：一二]{0,60}") {
            let traced = Traced::new(&text, 0);
            let full = full_width(&traced);
            prop_assert_eq!(full.as_str().chars().count(), text.chars().count());
            let places: Vec<_> = full.chars().map(|(_, at)| at).collect();
            prop_assert_eq!(places, traced.chars().map(|(_, at)| at).collect::<Vec<_>>());
        }
    }
}
