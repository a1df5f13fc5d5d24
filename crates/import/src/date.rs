//! Dates in texts, in digits or Chinese numerals.

use jiff::civil::Date;

use base::zh;

/// The first date in a text, with the bytes it takes.
pub(crate) fn date_in(text: &str) -> Option<(Date, std::ops::Range<usize>)> {
    text.char_indices().find_map(|(at, _)| {
        let (date, len) = date_at(&text[at..])?;
        Some((date, at..at + len))
    })
}

/// A date at the beginning of a text.
pub(crate) fn date_at(text: &str) -> Option<(Date, usize)> {
    let (year, len) = year(text)?;
    let rest = &text[len..];
    let sign = rest.chars().next()?;
    if !matches!(sign, '年' | '-' | '/' | '.') {
        return None;
    }
    let chinese = sign == '年';
    let mut at = len + sign.len_utf8();
    let (month, len) = number(&text[at..])?;
    at += len;
    let sign = text[at..].chars().next()?;
    if (chinese && sign != '月') || (!chinese && !matches!(sign, '-' | '/' | '.')) {
        return None;
    }
    at += sign.len_utf8();
    let (day, len) = number(&text[at..])?;
    at += len;
    if chinese {
        let sign = text[at..].chars().next().filter(|c| matches!(c, '日' | '号'))?;
        at += sign.len_utf8();
    } else if text[at..].starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let date =
        Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    Some((date.ok()?, at))
}

/// The first year of four digits followed by 年.
pub(crate) fn year_in(text: &str) -> Option<i16> {
    text.match_indices('年').find_map(|(at, _)| {
        let digits = text[..at].get(at.checked_sub(4)?..)?;
        let year: i16 = digits.parse().ok()?;
        (1949..2100).contains(&year).then_some(year)
    })
}

/// A number alone, as a column of numbers has it: 12, 12., （12）, 十二、.
pub(crate) fn number_of(text: &str) -> Option<u32> {
    let core = text.trim_matches(['.', '、', '．', '（', '）', '(', ')', ' ']);
    match core.parse() {
        Ok(number) if core.len() <= 4 => Some(number),
        _ => zh::number(core),
    }
}

fn year(text: &str) -> Option<(u32, usize)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 4 {
        return Some((text[..4].parse().ok()?, 4));
    }
    let four: usize = text.chars().take(4).map(char::len_utf8).sum();
    let (year, len) = zh::digits_at(&text[..four])?;
    let year = u32::try_from(year).ok().filter(|year| *year > 1000 && len == four)?;
    Some((year, len))
}

fn number(text: &str) -> Option<(u32, usize)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        return (digits <= 2).then(|| text[..digits].parse().ok().map(|n| (n, digits)))?;
    }
    let (number, len) = zh::number_at(text)?;
    Some((u32::try_from(number).ok()?, len))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_and_numerals() {
        let day = jiff::civil::date(2024, 9, 20);
        for text in [
            "2024-09-20",
            "2024年9月20日",
            "二〇二四年九月二十日",
            "二○二四年九月二十日",
            "2024/9/20",
            "2024.9.20",
        ] {
            assert_eq!(date_in(text).map(|(d, r)| (d, r.len())), Some((day, text.len())), "{text}");
        }
        for text in ["2024年9月", "2024年13月1日", "24-09-20", "10年", "1-2-3"] {
            assert_eq!(date_in(text), None, "{text}");
        }
        assert_eq!(year_in("关于印发2024年工作要点"), Some(2024));
    }
}
