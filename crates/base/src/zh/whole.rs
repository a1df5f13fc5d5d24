//! What a line should not divide: numbers with their measure words, dates, document numbers and
//! persons' names.

use std::ops::Range;

use super::{is_han, is_numeral, measure_at};

/// Words that persons' names stand behind.
const LABELS: [&str; 10] = [
    "联系人：",
    "联系人及电话：",
    "负责人：",
    "召集人：",
    "副组长：",
    "组长：",
    "副主任：",
    "主任：",
    "成员：",
    "签发人：",
];

/// The longest document number that is looked for, in characters before its 〔.
const LONGEST_CODE: usize = 8;

/// The parts of a text that a line should not divide, as byte ranges from left to right that do not
/// overlap. A number in digits or letters is never divided and stands here only with the word behind it.
pub fn whole(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let end = document_number(text, at).or_else(|| amount(text, at));
        if let Some(end) = end {
            found.push(at..end);
            at = end;
            continue;
        }
        if let Some(label) = LABELS.iter().find(|label| text[at..].starts_with(**label)) {
            at += label.len();
            for name in persons(&text[at..]) {
                found.push(at + name.start..at + name.end);
            }
            at = found.last().map_or(at, |last| last.end.max(at));
            continue;
        }
        at += c.len_utf8();
    }
    found
}

/// 国办发〔2025〕3号, where its code begins behind a mark or the beginning.
fn document_number(text: &str, at: usize) -> Option<usize> {
    if text[..at].chars().next_back().is_some_and(|c| is_han(c) || c.is_ascii_alphanumeric()) {
        return None;
    }
    let rest = &text[at..];
    let code: usize = rest.chars().take_while(|c| is_han(*c)).map(char::len_utf8).sum();
    let short = (1..=LONGEST_CODE).contains(&rest[..code].chars().count());
    let year = rest[code..].strip_prefix('〔').filter(|_| short)?;
    let inner = year.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = inner.strip_prefix('〕').filter(|_| year.len() - inner.len() == 4)?;
    let number = number.strip_prefix('第').unwrap_or(number);
    let last = number.trim_start_matches(|c: char| c.is_ascii_digit());
    let end = last.strip_prefix('号').filter(|_| last.len() < number.len())?;
    Some(text.len() - end.len())
}

/// 12个, 5月, 三年, 第二批.
fn amount(text: &str, at: usize) -> Option<usize> {
    let before = text[..at].chars().next_back();
    let rest = &text[at..];
    let number = rest.strip_prefix('第').unwrap_or(rest);
    let digits = number.trim_start_matches(|c: char| c.is_ascii_digit());
    let behind = if digits.len() < number.len() {
        let inside = |c: char| c.is_ascii_graphic() || is_numeral(c);
        if before.is_some_and(inside) || digits.starts_with(|c: char| c.is_ascii_graphic()) {
            return None;
        }
        digits
    } else {
        if before.is_some_and(is_numeral) {
            return None;
        }
        let behind = number.trim_start_matches(is_numeral);
        if behind.len() == number.len() {
            return None;
        }
        behind
    };
    let word = measure_at(behind).filter(|word| word.starts_with(is_han))?;
    Some(text.len() - behind.len() + word.len())
}

/// Names of two to four characters with 、 between them.
fn persons(text: &str) -> Vec<Range<usize>> {
    let mut names = Vec::new();
    let mut at = 0;
    loop {
        let name: usize = text[at..].chars().take_while(|c| is_han(*c)).map(char::len_utf8).sum();
        if !(2..=4).contains(&text[at..at + name].chars().count()) {
            return names;
        }
        names.push(at..at + name);
        at += name;
        if !text[at..].starts_with('、') {
            return names;
        }
        at += '、'.len_utf8();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_words_and_persons_their_names() {
        for (text, parts) in [
            ("新建学校12所，改造第三批", &["12所", "第三批"][..]),
            ("2025年5月12日前", &["2025年", "5月", "12日"]),
            ("增长6.5%以上、5G基站1200个", &["1200个"]),
            ("按照《规定》（国办发〔2025〕3号）执行", &["国办发〔2025〕3号"]),
            ("（联系人：江伯言、沈知行，电话：010）", &["江伯言", "沈知行"]),
            ("实施三年行动", &["三年"]),
            ("一百二十万元", &["一百二十万元"]),
            ("统一部署，一体推进", &[]),
            ("联系人：区发改局办公室", &[]),
        ] {
            let found: Vec<&str> = whole(text).into_iter().map(|part| &text[part]).collect();
            assert_eq!(found, parts, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn parts_are_in_order(text in "[第三12年月、。〔〕号国联系人：江五A.%]{0,20}") {
            let mut last = 0;
            for part in whole(&text) {
                proptest::prop_assert!(last <= part.start && part.start < part.end);
                proptest::prop_assert!(text.get(part.clone()).is_some());
                last = part.end;
            }
        }
    }
}
