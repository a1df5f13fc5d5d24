//! Numbers as a sheet shows them: dates, months, percentages, decimals.

use jiff::ToSpan as _;
use jiff::civil::{Date, date};

use super::xml::{attribute, each_tag};

/// How a number is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Format {
    /// As it is, without the noise of its binary form.
    General,
    /// A day, with the parts that are shown.
    Day { year: bool, month: bool, day: bool, from_1904: bool },
    /// A time of day.
    Time,
    /// With so many decimals, times a hundred, in groups of three digits, and with words around it.
    Number { decimals: usize, percent: bool, grouped: bool, before: String, after: String },
}

/// The formats of cells by their style.
pub(super) fn formats(styles: &str, from_1904: bool) -> Vec<Format> {
    let mut codes: Vec<(u32, String)> = Vec::new();
    let mut formats = Vec::new();
    let mut of_cells = false;
    each_tag(styles, |tag| match tag.local_name().as_ref() {
        "numFmt" => {
            let id = attribute(tag, "numFmtId").and_then(|id| id.parse().ok());
            if let (Some(id), Some(code)) = (id, attribute(tag, "formatCode")) {
                codes.push((id, code));
            }
        }
        "cellXfs" => of_cells = true,
        "cellStyleXfs" | "cellStyles" | "dxfs" => of_cells = false,
        "xf" if of_cells => {
            let id = attribute(tag, "numFmtId").and_then(|id| id.parse().ok()).unwrap_or(0);
            let code = codes.iter().find(|(known, _)| *known == id).map(|(_, code)| code.as_str());
            formats.push(format(id, code, from_1904));
        }
        _ => {}
    });
    formats
}

/// The format of a number that files know it by, and of its code where the file spells it out.
pub(super) fn format(id: u32, code: Option<&str>, from_1904: bool) -> Format {
    code.or_else(|| built_in(id)).map_or(Format::General, |code| of_code(code, from_1904))
}

/// How a sheet shows what is true or not.
pub(super) fn yes_or_no(yes: bool) -> &'static str {
    if yes { "是" } else { "否" }
}

/// The codes of formats that files do not spell out, as Chinese offices see them.
fn built_in(id: u32) -> Option<&'static str> {
    Some(match id {
        1 => "0",
        2 => "0.00",
        3 => "#,##0",
        4 => "#,##0.00",
        9 => "0%",
        10 => "0.00%",
        14 | 15 | 22 | 30 | 31 => "yyyy-m-d",
        16 | 28 | 29 | 51 | 53 | 54 | 58 => "m-d",
        17 | 27 | 36 | 50 | 52 | 57 => "yyyy-m",
        18..=21 | 32..=35 | 45..=47 | 55 | 56 => "h:mm",
        37 | 38 => "#,##0",
        39 | 40 => "#,##0.00",
        _ => return None,
    })
}

/// Reads the first section of a code.
fn of_code(code: &str, from_1904: bool) -> Format {
    let (mut before, mut after, mut signs) = (String::new(), String::new(), String::new());
    let mut chars = code.chars();
    while let Some(c) = chars.next() {
        let words: String = match c {
            '"' => chars.by_ref().take_while(|&c| c != '"').collect(),
            '\\' => chars.next().into_iter().collect(),
            // Colours, languages, conditions; blanks as wide as a sign.
            '[' => {
                let inner: String = chars.by_ref().take_while(|&c| c != ']').collect();
                if ["h", "hh", "m", "mm", "s", "ss"].contains(&inner.as_str()) {
                    signs.push('h');
                }
                continue;
            }
            '_' | '*' => {
                chars.next();
                continue;
            }
            ';' => break,
            c if c.is_ascii() => {
                signs.extend(c.to_lowercase());
                continue;
            }
            c => c.into(),
        };
        if signs.contains(['0', '#']) { after.push_str(&words) } else { before.push_str(&words) }
    }
    if signs.contains("general") || signs.contains('@') {
        return Format::General;
    }
    let (year, day) = (signs.contains('y') || signs.contains('e'), signs.contains('d'));
    if !signs.contains(['0', '#']) && signs.contains(['y', 'm', 'd', 'h', 's']) {
        let timed = signs.contains(['h', 's']);
        if timed && !year && !day {
            return Format::Time;
        }
        return Format::Day { year, month: signs.contains('m'), day, from_1904 };
    }
    if !signs.contains('0') && !signs.contains('#') || signs.contains(['e', '?', '/']) {
        return Format::General;
    }
    let decimals = signs.split_once('.').map_or("", |(_, rest)| rest);
    Format::Number {
        decimals: decimals.chars().take_while(|c| matches!(c, '0' | '#')).count(),
        percent: signs.contains('%'),
        grouped: signs.contains(",#") || signs.contains(",0"),
        before,
        after,
    }
}

/// A number as its cell shows it.
pub(super) fn shown(number: f64, format: Option<&Format>) -> String {
    match format {
        None | Some(Format::General) => general(number),
        Some(Format::Time) => {
            let minutes = (number.fract() * 24.0 * 60.0).round();
            format!("{:02}:{:02}", (minutes / 60.0).floor() % 24.0, minutes % 60.0)
        }
        Some(Format::Day { year, month, day, from_1904 }) => match day_of(number, *from_1904) {
            None => general(number),
            Some(date) => match (year, month, day) {
                (true, true, false) => format!("{}年{}月", date.year(), date.month()),
                (false, true, true) => format!("{}月{}日", date.month(), date.day()),
                (true, false, false) => format!("{}年", date.year()),
                (false, true, false) => format!("{}月", date.month()),
                _ => date.to_string(),
            },
        },
        Some(Format::Number { decimals, percent, grouped, before, after }) => {
            let value = if *percent { number * 100.0 } else { number };
            let decimals = (*decimals).min(12);
            let mut digits = format!("{value:.decimals$}");
            if *grouped {
                digits = in_groups(&digits);
            }
            format!("{before}{digits}{}{after}", if *percent { "%" } else { "" })
        }
    }
}

/// A number with the fifteen digits that sheets have.
fn general(number: f64) -> String {
    let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    if rounded.fract() == 0.0 && rounded.abs() < 1e15 {
        format!("{rounded:.0}")
    } else {
        rounded.to_string()
    }
}

fn in_groups(digits: &str) -> String {
    let (whole, rest) = digits.split_once('.').map_or((digits, ""), |(a, b)| (a, b));
    let mut out = String::new();
    for (n, c) in whole.chars().enumerate() {
        let left = whole.len() - n;
        if n > 0 && left % 3 == 0 && !out.ends_with('-') {
            out.push(',');
        }
        out.push(c);
    }
    if rest.is_empty() { out } else { format!("{out}.{rest}") }
}

/// The day that a number stands for.
fn day_of(number: f64, from_1904: bool) -> Option<Date> {
    // Sheets count a day in February 1900 that never was.
    if !(61.0..2_958_466.0).contains(&number) {
        return None;
    }
    #[allow(clippy::cast_possible_truncation)]
    let days = number.floor() as i64;
    let epoch = if from_1904 { date(1904, 1, 1) } else { date(1899, 12, 30) };
    epoch.checked_add(days.days()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(number: f64, code: &str) -> String {
        shown(number, Some(&of_code(code, false)))
    }

    #[test]
    fn dates_show_the_parts_of_their_format() {
        for (code, expected) in [
            ("yyyy\"年\"m\"月\"", "2025年6月"),
            ("[$-804]yyyy年m月d日;@", "2025-06-15"),
            ("yyyy/mm/dd hh:mm", "2025-06-15"),
            ("m月d日", "6月15日"),
            ("m\"月\"", "6月"),
            ("yyyy", "2025年"),
            ("h:mm", "12:00"),
        ] {
            assert_eq!(of(45823.5, code), expected, "{code}");
        }
    }

    #[test]
    fn numbers_show_no_noise() {
        for (number, code, expected) in [
            (12.600000000000001, "General", "12.6"),
            (8.299999999999999, "General", "8.3"),
            (3.0, "General", "3"),
            (0.85, "0%", "85%"),
            (0.8549, "0.0%", "85.5%"),
            (1234567.5, "#,##0.00", "1,234,567.50"),
            (20.0, "0\"个\"", "20个"),
            (2.5, "0.0_ ;[Red]-0.0", "2.5"),
            (7.0, "@", "7"),
        ] {
            assert_eq!(of(number, code), expected, "{code}");
        }
    }
}
