//! Numbers in Chinese characters: 十二, 一百零三, 两, 一亿二千万, and years digit by digit, 二〇二五.

const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// Whether a number may be written with this character: a digit, 零 and 两, 十 to 亿.
pub fn is_numeral(c: char) -> bool {
    digit(c).is_some() || unit(c).is_some()
}

fn digit(c: char) -> Option<u64> {
    match c {
        '零' => Some(0),
        '两' => Some(2),
        c => (0..).zip(DIGITS).find_map(|(value, d)| (d == c).then_some(value)),
    }
}

fn unit(c: char) -> Option<u64> {
    Some(match c {
        '十' => 10,
        '百' => 100,
        '千' => 1_000,
        '万' => 10_000,
        '亿' => 100_000_000,
        _ => return None,
    })
}

/// 一, 十二, 二十, 一百零三, 一千零五十: a number as headings write it. From a hundred million on in
/// Arabic digits.
pub fn numeral(number: u32) -> String {
    match number {
        0 => DIGITS[0].to_string(),
        1..10_000 => below_ten_thousand(number, true),
        10_000..100_000_000 => {
            let (high, low) = (number / 10_000, number % 10_000);
            let zero = if (1..1_000).contains(&low) { "零" } else { "" };
            let low = below_ten_thousand(low, false);
            format!("{}万{zero}{low}", below_ten_thousand(high, true))
        }
        _ => number.to_string(),
    }
}

/// Four places. At the beginning of a number 十二 stands for 一十二.
fn below_ten_thousand(number: u32, first: bool) -> String {
    let mut out = String::new();
    let mut skipped = false;
    for (by, sign) in [(1_000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = number / by % 10;
        if digit == 0 {
            skipped = !out.is_empty();
            continue;
        }
        if skipped {
            out.push('零');
            skipped = false;
        }
        if !(first && by == 10 && digit == 1 && out.is_empty()) {
            out.push(DIGITS[digit as usize]);
        }
        out.push_str(sign);
    }
    out
}

/// The number that a whole text writes: `None` where anything else is in it, and for digits in a
/// row (一九四九), which are a year or a telephone.
pub fn number(text: &str) -> Option<u32> {
    let (value, len) = counting(text)?;
    u32::try_from(value).ok().filter(|_| len == text.len())
}

/// The number that a text begins with, and its bytes. Digits in a row without 十 or 百 are read
/// one by one, as years are; 百 and 万 alone begin other words (百姓, 万一).
pub fn number_at(text: &str) -> Option<(u64, usize)> {
    match digits_at(text) {
        Some((value, len)) if len > '一'.len_utf8() && !text[len..].starts_with(is_unit) => {
            Some((value, len))
        }
        _ => counting(text),
    }
}

fn is_unit(c: char) -> bool {
    unit(c).is_some()
}

/// The digits that a text begins with, read one by one: 二〇二五 and 二零二五. The circle ○ and an
/// Arabic 0 or O stand for 〇 in many files.
pub fn digits_at(text: &str) -> Option<(u64, usize)> {
    let (mut value, mut len) = (0u64, 0);
    for c in text.chars() {
        let zero = len > 0 && matches!(c, '○' | 'O' | '0' | '０');
        let Some(digit) = (if zero { Some(0) } else { digit(c) }).filter(|_| c != '两') else {
            break;
        };
        value = value.checked_mul(10)?.checked_add(digit)?;
        len += c.len_utf8();
    }
    (len > 0).then_some((value, len))
}

/// A number by units. 一百五 and 三万五 are 150 and 35,000.
fn counting(text: &str) -> Option<(u64, usize)> {
    // What 万 and 亿 closed, what stands behind them, and the digit that no unit follows yet.
    let (mut total, mut part, mut last) = (0u64, 0u64, None::<u64>);
    // The unit before the last digit, as long as no 零 stands between.
    let mut before = 1u64;
    let mut smallest = u64::MAX;
    let mut len = 0;
    for c in text.chars() {
        if let Some(value) = digit(c) {
            if value == 0 && len > 0 && last.is_none() {
                before = 1;
            } else if last.is_some() {
                break;
            } else {
                last = Some(value);
            }
        } else if let Some(by) = unit(c) {
            if len == 0 && by != 10 || last == Some(0) {
                break;
            }
            if by >= 10_000 {
                let sum = part + last.take().unwrap_or(0);
                // 一万亿: 亿 counts what 万 has closed already.
                total = if sum == 0 {
                    total.checked_mul(by)?
                } else {
                    total.checked_add(sum.checked_mul(by)?)?
                };
                (part, smallest) = (0, u64::MAX);
            } else {
                if by >= smallest {
                    break;
                }
                part = part.checked_add(last.take().unwrap_or(1) * by)?;
                smallest = by;
            }
            before = by;
        } else {
            break;
        }
        len += c.len_utf8();
    }
    let scale = if before >= 100 { before / 10 } else { 1 };
    let value = total.checked_add(part)?.checked_add(last.unwrap_or(0).checked_mul(scale)?)?;
    (len > 0).then_some((value, len))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_as_headings_write_them() {
        for (value, expected) in [
            (0, "〇"),
            (1, "一"),
            (10, "十"),
            (11, "十一"),
            (20, "二十"),
            (28, "二十八"),
            (100, "一百"),
            (103, "一百零三"),
            (110, "一百一十"),
            (128, "一百二十八"),
            (1_000, "一千"),
            (1_005, "一千零五"),
            (1_050, "一千零五十"),
            (2_010, "二千零一十"),
            (10_000, "一万"),
            (100_001, "十万零一"),
            (101_000, "十万一千"),
            (120_304, "十二万零三百零四"),
        ] {
            assert_eq!(numeral(value), expected);
        }
    }

    #[test]
    fn reads_what_it_writes() {
        for value in (1..3_000).chain((0..9).flat_map(|n| {
            let power = 10u32.pow(n).min(90_000_000);
            [power - 1, power, power + 1, power + power / 10]
        })) {
            let text = numeral(value);
            assert_eq!(number(&text), Some(value), "{text}");
        }
    }

    #[test]
    fn the_number_at_the_beginning() {
        for (text, value, behind) in [
            ("两家", 2, "家"),
            ("十二所", 12, "所"),
            ("一百零三项", 103, "项"),
            ("一百五", 150, ""),
            ("三万五千", 35_000, ""),
            ("三万五", 35_000, ""),
            ("二十五亿元", 2_500_000_000, "元"),
            ("一亿二千万", 120_000_000, ""),
            ("一万亿", 1_000_000_000_000, ""),
            ("二〇二五年", 2025, "年"),
            ("二○二五年", 2025, "年"),
            ("十五五规划", 15, "五规划"),
            ("二三十个", 2, "三十个"),
        ] {
            let found = number_at(text).map(|(value, len)| (value, &text[len..]));
            assert_eq!(found, Some((value, behind)), "{text}");
        }
        for text in ["百姓", "万一", "群众", "", "亿元"] {
            assert_eq!(number_at(text), None, "{text}");
        }
    }

    #[test]
    fn a_whole_text_is_a_number_or_none() {
        for text in ["十二二", "一九四九", "二五", "百", "一十百", "十个", "零十", "一"]
        {
            assert_eq!(number(text).is_some(), text == "一", "{text}");
        }
        assert_eq!(number(&"九".repeat(30)), None);
        assert_eq!(number("九亿亿亿亿"), None);
        assert_eq!(digits_at(&"九".repeat(30)), None);
    }
}
