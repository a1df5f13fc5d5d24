//! Calendar dates as records write and print them.

use jiff::civil::{Date, DateTime, Time};

/// Reads `2025-03-06` or `2025年3月6日`; the day must exist.
pub fn parse_date(text: &str) -> Option<Date> {
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
    Date::new(number(year)?, number(month)?, number(day)?).ok()
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
        assert_eq!(
            parse_date_time("2025-03-07 17:16"),
            Some((jiff::civil::date(2025, 3, 7), Some(jiff::civil::time(17, 16, 0, 0))))
        );
        assert_eq!(parse_date_time("2025-03-07 27:16"), None);
    }
}
