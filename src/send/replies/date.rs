//! The day that the date of a mail names, however its program wrote it.

use jiff::civil::Date;

use super::header::without_comments;
use base::zh::{digits_at, half_width, is_numeral, number};

/// The day that a date names in its own time zone. Beside the standard's spelling (RFC 5322) those
/// of JavaScript, of C, of ISO 8601 and the Chinese ones are read.
pub(super) fn day(value: &str) -> Option<Date> {
    if let Ok(zoned) = jiff::fmt::rfc2822::parse(value.trim()) {
        return Some(zoned.date());
    }
    let text: String = without_comments(value).chars().map(half_width).collect();
    by_numbers(&text)
        .or_else(|| by_month_name(&text))
        .or_else(|| in_characters(&text))
        .or_else(|| year_last(&text))
}

/// `二〇二五年三月二十一日`.
fn in_characters(text: &str) -> Option<Date> {
    let (before, rest) = text.split_once('年')?;
    let from = before
        .rfind(|c| !is_numeral(c))
        .map_or(0, |at| at + before[at..].chars().next().map_or(0, char::len_utf8));
    let (year, _) = digits_at(&before[from..])?;
    let (month, rest) = rest.split_once('月')?;
    let (day, _) = rest.split_once(['日', '号'])?;
    date(
        i16::try_from(year).ok()?,
        i8::try_from(number(month.trim())?).ok()?,
        i8::try_from(number(day.trim())?).ok()?,
    )
}

/// `3/21/2025` and `21/3/2025`, where only one of the two can be the month.
fn year_last(text: &str) -> Option<Date> {
    let piece = text.split([' ', ',', '，']).find(|piece| piece.matches('/').count() == 2)?;
    let mut numbers = piece.split('/').map(|number| number.parse::<i16>().ok());
    let (one, other, year) = (numbers.next()??, numbers.next()??, numbers.next()??);
    let (month, day) = match (one, other) {
        (month @ 1..=12, day) if day > 12 || day == month => (month, day),
        (day, month @ 1..=12) if day > 12 => (month, day),
        _ => return None,
    };
    if year < 1970 {
        return None;
    }
    date(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
}

/// `2025-03-21T09:00`, `2025/3/21`, `2025年3月21日`: year, month and day in this order.
fn by_numbers(text: &str) -> Option<Date> {
    let digits = |c: char| c.is_ascii_digit();
    let start = text.char_indices().map(|(at, _)| at).find(|&at| {
        let year = text[at..].chars().take_while(|c| digits(*c)).count();
        let is_begin = !text[..at].ends_with(digits);
        is_begin && year == 4 && text[at + 4..].trim_start().starts_with(['-', '/', '.', '年'])
    })?;
    let mut numbers = text[start..].split(|c: char| !digits(c)).filter(|piece| !piece.is_empty());
    date(
        numbers.next()?.parse().ok()?,
        numbers.next()?.parse().ok()?,
        numbers.next()?.parse().ok()?,
    )
}

/// `Fri Mar 21 2025 09:00:00 GMT+0800`, `21 March 2025`, `21 三月 2025`: a name of a month, a day
/// beside it, a year.
fn by_month_name(text: &str) -> Option<Date> {
    let pieces: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '，'))
        .filter(|piece| !piece.is_empty() && !piece.contains(':') && !piece.contains('+'))
        .collect();
    let (place, month) =
        pieces.iter().enumerate().find_map(|(place, piece)| Some((place, month(piece)?)))?;
    let number = |at: usize| pieces.get(at).and_then(|piece| piece.parse::<i16>().ok());
    let is_day = |day: &i16| (1..=31).contains(day);
    let before = place.checked_sub(1).and_then(number).filter(is_day);
    let day = before.or_else(|| number(place + 1).filter(is_day))?;
    let year = pieces.iter().filter_map(|piece| piece.parse::<i16>().ok()).find(|n| *n >= 1970)?;
    date(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
}

fn date(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).ok()
}

const ENGLISH: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

const CHINESE: [&str; 12] =
    ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"];

fn month(piece: &str) -> Option<usize> {
    let place = match piece.strip_suffix('月') {
        Some(name) => match name.parse::<usize>() {
            Ok(number) => return (1..=12).contains(&number).then_some(number),
            Err(_) => CHINESE.iter().position(|month| *month == name),
        },
        None => {
            let name = piece.to_ascii_lowercase();
            let is_word = name.bytes().all(|b| b.is_ascii_alphabetic() || b == b'.');
            ENGLISH.iter().position(|month| is_word && name.starts_with(month))
        }
    };
    place.map(|place| place + 1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_day_in_many_spellings() {
        for text in [
            "Fri, 21 Mar 2025 23:30:00 +0800",
            "21 Mar 2025 23:30 GMT",
            "Fri, 21 Mar 2025 09:00:00 +08:00",
            "Fri Mar 21 2025 09:23:34 GMT+0800 (中国标准时间)",
            "Fri Mar 21 09:23:34 2025",
            "Friday, March 21, 2025 9:00",
            "21 March 2025 9:00 AM",
            "2025-03-21T09:00:00+08:00",
            "2025-3-21 09:00",
            "2025/03/21",
            "2025.3.21 9:00",
            "2025年3月21日 9:00",
            "2025年3月21日(星期五) 上午9:00",
            "2025 年 3 月 21 日 星期五 09:00:00",
            "星期五, 21 三月 2025 09:00:00 +0800",
            "周五, 21 3月 2025 09:00:00 +0800",
            "Fri Mar 21 09:23:34 CST 2025",
            "3/21/2025, 9:23:34 AM",
            "21/03/2025 09:23",
            "2025/3/21 上午9:23:34",
            "２０２５年３月２１日 9:00",
            "二〇二五年三月二十一日 上午九时",
            "发送时间 二〇二五年三月二十一日",
        ] {
            assert_eq!(day(text), Some(jiff::civil::date(2025, 3, 21)), "{text}");
        }
        for text in [
            "",
            "昨天",
            "21:00",
            "2025年13月1日",
            "Fri, 40 Mar 2025",
            "1742522400",
            "3/4/2025",
            "去年三月二十一日",
        ] {
            assert_eq!(day(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "[0-9年月日/:, .A-Za-z+-]{0,40}|[〇一二十年月日]{0,12}|.{0,40}") {
            day(&text);
        }
    }
}
