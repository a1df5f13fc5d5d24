//! Calendar dates as records write and print them.

use jiff::civil::{Date, DateTime, Time};

/// Reads `2025-03-06` or `2025年3月6日`; the day must exist.
pub fn parse_date(text: &str) -> Option<Date> {
    let (year, month, day) = parts_of_date(text)?;
    Date::new(year, month, day).ok()
}

/// What a date that is written as one has wrong: a month that no year has, or a day that its month
/// has not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoSuchDay {
    /// There is no such month.
    Month(i8),
    /// Year, month, and how many days it has.
    Day(i16, i8, i8),
}

/// Why a text in the form of a date is none; `None` where it is a date or has another form.
pub fn no_such_day(text: &str) -> Option<NoSuchDay> {
    let (year, month, day) = parts_of_date(text)?;
    match Date::new(year, month, 1) {
        Err(_) => Some(NoSuchDay::Month(month)),
        Ok(first) => {
            let days = first.days_in_month();
            (!(1..=days).contains(&day)).then_some(NoSuchDay::Day(year, month, days))
        }
    }
}

/// Year, month and day of a text in the form of a date.
fn parts_of_date(text: &str) -> Option<(i16, i8, i8)> {
    let text = text.trim();
    let parts: Vec<&str> = match text.strip_suffix('日') {
        Some(rest) => rest.split(['年', '月']).collect(),
        None => text.split('-').collect(),
    };
    let [year, month, day] = parts[..] else {
        return None;
    };
    if year.len() != 4 {
        return None;
    }
    Some((number(year)?, number(month)?, number(day)?))
}

/// Reads a date with an optional time of day, `2025-03-07 17:16:20`.
pub fn parse_date_time(text: &str) -> Option<(Date, Option<Time>)> {
    let text = text.trim();
    match text.split_once([' ', 'T']) {
        None => Some((parse_date(text)?, None)),
        Some((date, time)) => {
            let date = parse_date(date)?;
            let time = time.trim();
            let full = if time.len() == 5 { format!("{time}:00") } else { time.to_string() };
            let at: DateTime = format!("{date}T{full}").parse().ok()?;
            Some((date, Some(at.time())))
        }
    }
}

/// A number of ASCII digits alone.
pub(crate) fn number<T: std::str::FromStr>(text: &str) -> Option<T> {
    // `parse` alone would take a sign.
    (!text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}

/// GB/T 9704 7.3.5.4: Arabic digits, month and day without leading zeros.
pub fn print_date(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates() {
        let day = Some(jiff::civil::date(2025, 3, 6));
        assert_eq!(parse_date("2025-03-06"), day);
        assert_eq!(parse_date("2025年3月6日"), day);
        for wrong in
            ["2025-02-30", "2025-13-01", "25-03-06", "2025/03/06", "2025-03", "+025-03-06", ""]
        {
            assert_eq!(parse_date(wrong), None, "{wrong}");
        }
        assert_eq!(no_such_day("2026-06-31"), Some(NoSuchDay::Day(2026, 6, 30)));
        assert_eq!(no_such_day("2026年2月29日"), Some(NoSuchDay::Day(2026, 2, 28)));
        assert_eq!(no_such_day("2026-13-01"), Some(NoSuchDay::Month(13)));
        assert_eq!(no_such_day("2026-06-30"), None);
        assert_eq!(
            parse_date_time("2025-03-07 17:16"),
            Some((jiff::civil::date(2025, 3, 7), Some(jiff::civil::time(17, 16, 0, 0))))
        );
        assert_eq!(parse_date_time("2025-03-07 27:16"), None);
    }
}
