//! The numbers that paragraphs begin with.

use crate::chars::is_blank;
use crate::limits::ENTRIES;
use base::zh;
use records::content::schema::section::NumberStyle;

/// A number in front of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Label {
    /// How it is written.
    pub(crate) style: NumberStyle,
    /// The number.
    pub(crate) number: u32,
    /// Its bytes, with blanks behind it.
    pub(crate) len: usize,
}

/// Numbers beyond this are years and amounts, unless they go on with a series.
const MAX: u32 = 300;

/// No series goes further than there may be items.
const LAST: u32 = ENTRIES as u32;

impl Label {
    /// Whether it is 一、, which headings have.
    pub(crate) fn is_han(self) -> bool {
        self.style == NumberStyle::Han
    }

    /// Whether a paragraph can begin here although the line before does not end a sentence.
    pub(crate) fn plausible_after(self, before: &str) -> bool {
        match self.style {
            NumberStyle::Dot | NumberStyle::Comma => {
                before.ends_with(['）', ')', '。', '；', '：', '”'])
            }
            _ => true,
        }
    }
}

/// How deep a style stands where all of them are used.
pub(crate) fn rank(style: NumberStyle) -> u8 {
    match style {
        NumberStyle::Han => 0,
        NumberStyle::HanBracket => 1,
        NumberStyle::Dot | NumberStyle::Comma => 2,
        NumberStyle::Bracket | NumberStyle::None => 3,
    }
}

/// The label in front of a text.
pub(crate) fn label(text: &str) -> Option<Label> {
    numbered(text).filter(|label| (1..=MAX).contains(&label.number))
}

/// A number in front of a text that is a label only where it stands in a series: 301 behind 300,
/// 0 before 1, 1000 before 1001.
pub(crate) fn in_series(text: &str) -> Option<Label> {
    numbered(text).filter(|label| label.number == 0 || (MAX + 1..=LAST).contains(&label.number))
}

/// The labels of paragraphs in their order.
pub(crate) fn labels<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<Option<Label>> {
    let texts: Vec<&str> = texts.collect();
    let mut found: Vec<Option<Label>> = texts.iter().map(|text| label(text)).collect();
    // The numbers met last, by the rank of their style. First what stands before the next number …
    let mut met = [None; 4];
    for (text, found) in texts.iter().zip(&mut found).rev() {
        let Some(one) = found.or_else(|| in_series(text)) else { continue };
        let next = met[usize::from(rank(one.style))].replace(one.number);
        if next == Some(one.number + 1) {
            *found = Some(one);
        }
    }
    // … then what goes on behind the last one.
    let mut met = [None; 4];
    for (text, found) in texts.iter().zip(&mut found) {
        let Some(one) = found.or_else(|| in_series(text)) else { continue };
        let last = &mut met[usize::from(rank(one.style))];
        if found.is_some() || last.is_some_and(|last: u32| last + 1 == one.number) {
            *found = Some(one);
            *last = Some(one.number);
        }
    }
    found
}

fn numbered(text: &str) -> Option<Label> {
    let lead = text.len() - text.trim_start_matches(is_blank).len();
    let rest = head(&text[lead..]);
    let found = bracketed(rest)
        .or_else(|| han(rest))
        .or_else(|| arabic(rest))
        .or_else(|| enclosed(rest))?;
    let behind = &text[lead + found.len..];
    let blanks = behind.len() - behind.trim_start_matches(is_blank).len();
    let len = lead + found.len + blanks;
    // A number alone labels nothing.
    (len < text.len()).then_some(Label { len, ..found })
}

/// The beginning of a text, in which a label ends if there is one.
fn head(text: &str) -> &str {
    let mut end = text.len().min(48);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// （一）, (一), （1）, (1), 1）.
fn bracketed(text: &str) -> Option<Label> {
    let open = text.starts_with(['（', '(']);
    let inner = if open { &text[text.chars().next()?.len_utf8()..] } else { text };
    let close = inner.find(['）', ')'])?;
    let digits = inner[..close].trim_matches(is_blank);
    let end = close + inner[close..].chars().next()?.len_utf8();
    let mut len = text.len() - inner.len() + end;
    // （一）、 is a label with a mark too many.
    if text[len..].starts_with('、') {
        len += '、'.len_utf8();
    }
    if let (Some(number), true) = (zh::number(digits), open) {
        return Some(Label { style: NumberStyle::HanBracket, number, len });
    }
    let number = arabic_number(digits)?;
    Some(Label { style: NumberStyle::Bracket, number, len })
}

/// 一、, 一. and 一．
fn han(text: &str) -> Option<Label> {
    let end = text.find(['、', '.', '．', '，'])?;
    let number = zh::number(&text[..end])?;
    let sign = text[end..].chars().next()?;
    // 一，… is a sentence unless it is a label of a careless hand: only 、 and dots count.
    (sign != '，').then_some(Label { style: NumberStyle::Han, number, len: end + sign.len_utf8() })
}

/// 1., 1．, 1、 with no decimal behind.
fn arabic(text: &str) -> Option<Label> {
    let end = text.find(|c: char| !c.is_ascii_digit())?;
    let number = arabic_number(&text[..end])?;
    let blanks = text[end..].len() - text[end..].trim_start_matches(is_blank).len();
    if blanks > 0 && lost_its_mark(&text[end + blanks..]) {
        return Some(Label { style: NumberStyle::Dot, number, len: end + blanks });
    }
    let end = end + blanks;
    let sign = text[end..].chars().next()?;
    let style = match sign {
        '.' | '．' => NumberStyle::Dot,
        '、' => NumberStyle::Comma,
        _ => return None,
    };
    let len = end + sign.len_utf8();
    let behind = &text[len..];
    let decimal = behind.starts_with(|c: char| c.is_ascii_digit()) && !begins_anew(behind);
    (!(decimal && style == NumberStyle::Dot && sign == '.')).then_some(Label { style, number, len })
}

/// Whether a text behind a number and a blank goes on like one whose number lost its mark: `1 推行…`.
/// What counts (3 家企业) does not.
pub(crate) fn lost_its_mark(text: &str) -> bool {
    let counted = ["多", "余", "至", "到", "倍", "岁", "月", "日", "年", "万", "亿", "千", "百"];
    text.starts_with(zh::is_han)
        && zh::measure_at(text).is_none()
        && !counted.iter().any(|word| text.starts_with(word))
}

/// ⒈, ①, ⑴ and ㈠: numbers that are one character.
fn enclosed(text: &str) -> Option<Label> {
    let sign = text.chars().next()?;
    let ranges = [
        ('⒈', '⒛', NumberStyle::Dot),
        ('①', '⑳', NumberStyle::Bracket),
        ('⑴', '⒇', NumberStyle::Bracket),
        ('㈠', '㈩', NumberStyle::HanBracket),
    ];
    let (first, _, style) = ranges.into_iter().find(|(a, z, _)| (*a..=*z).contains(&sign))?;
    let number = u32::from(sign) - u32::from(first) + 1;
    Some(Label { style, number, len: sign.len_utf8() })
}

/// Whether digits behind a label's dot are no decimals: a year, a month, 5G and 4A, or a decimal
/// of their own: `3.2020年底前…`, `1.5G网络…`, `2.3.5万人…`.
fn begins_anew(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &text[digits..];
    let decimal =
        rest.strip_prefix('.').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    decimal
        || (digits == 4 && rest.starts_with('年'))
        || (digits <= 2
            && (rest.starts_with('月') || rest.starts_with(|c: char| c.is_ascii_alphabetic())))
}

/// The label of a text that begins like a decimal, where it is the number that comes next:
/// `5.5G网络…` behind 4.
pub(crate) fn expected(text: &str, next: u32) -> Option<Label> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let number = arabic_number(&text[..digits]).filter(|&n| n == next)?;
    let rest = text[digits..].strip_prefix('.')?;
    let amount =
        rest.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(['万', '亿', '倍', '%']);
    let fits = !rest.is_empty() && !amount;
    fits.then_some(Label { style: NumberStyle::Dot, number, len: digits + 1 })
}

fn arabic_number(digits: &str) -> Option<u32> {
    (!digits.is_empty() && digits.len() <= 5 && digits.bytes().all(|b| b.is_ascii_digit()))
        .then(|| digits.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Option<(NumberStyle, u32, &str)> {
        label(text).map(|l| (l.style, l.number, &text[l.len..]))
    }

    #[test]
    fn every_style() {
        use NumberStyle::{Bracket, Comma, Dot, Han, HanBracket};
        assert_eq!(of("一、总体要求"), Some((Han, 1, "总体要求")));
        assert_eq!(of("二十一、对落实"), Some((Han, 21, "对落实")));
        assert_eq!(of("一.总体要求"), Some((Han, 1, "总体要求")));
        assert_eq!(of("（十二）完善"), Some((HanBracket, 12, "完善")));
        assert_eq!(of("(一) 完善"), Some((HanBracket, 1, "完善")));
        assert_eq!(of("1.借势"), Some((Dot, 1, "借势")));
        assert_eq!(of("1．借势"), Some((Dot, 1, "借势")));
        assert_eq!(of("12、借势"), Some((Comma, 12, "借势")));
        assert_eq!(of("（1）借势"), Some((Bracket, 1, "借势")));
        assert_eq!(of("2）借势"), Some((Bracket, 2, "借势")));
        assert_eq!(of("3．2020年底前"), Some((Dot, 3, "2020年底前")));
        assert_eq!(of("24.6月底前"), Some((Dot, 24, "6月底前")));
        assert_eq!(of("1.5G网络"), Some((Dot, 1, "5G网络")));
        assert_eq!(of("2.3.5万人"), Some((Dot, 2, "3.5万人")));
        assert_eq!(expected("5.5G网络", 5).map(|l| l.len), Some(2));
        assert_eq!(expected("5.5G网络", 6), None);
        assert_eq!(of("3.2020年底前"), Some((Dot, 3, "2020年底前")));
    }

    #[test]
    fn large_numbers_and_nought_are_labels_in_a_series() {
        let numbers = |texts: &[&str]| -> Vec<Option<u32>> {
            let found = labels(texts.iter().copied());
            found.into_iter().map(|label| label.map(|l| l.number)).collect()
        };
        let (some, none) = (Some::<u32>, None::<u32>);
        assert_eq!(numbers(&["0、甲", "1、乙"]), [some(0), some(1)]);
        assert_eq!(numbers(&["0、甲", "2、乙"]), [none, some(2)]);
        assert_eq!(
            numbers(&["1000、甲", "二、乙", "1001、丙", "900、丁", "1002、戊"]),
            [some(1000), some(2), some(1001), none, some(1002)]
        );
        assert_eq!(numbers(&["300.甲", "301.乙", "2025、丙"]), [some(300), some(301), none]);
    }

    #[test]
    fn what_is_no_label() {
        for text in [
            "3.5亿元以上",
            "2024年工作要点",
            "一是加强",
            "（上海周）活动",
            "一，",
            "1.",
            "（区、市）",
            "12月底前完成",
            "十四五规划、建设",
            "一九四九、",
            "900、大数",
        ] {
            assert_eq!(of(text), None, "{text}");
        }
    }
}
