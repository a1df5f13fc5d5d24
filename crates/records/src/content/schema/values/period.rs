//! The time that a report is about: a month, a quarter, a half-year or a year.

use std::fmt;

use jiff::civil::Date;

use crate::content::dates::number;
use crate::content::fields::{Shape, Value, read_text};
use crate::content::yaml::Node;
use base::diag::{Diagnostic, Diagnostics, Located};
use base::text;

/// The time that a report is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period {
    year: i16,
    /// Its first month and its last one.
    months: (i8, i8),
}

impl Period {
    /// Reads `2025-06`, `2025-Q2`, `2025-H1`, `2025` and what people write and say for them
    /// (`2025年6月`, `2025年第二季度`, `2025年二季度`, `2025年上半年`, `2025年`, `2025年度`).
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (year, rest) = text.split_at_checked(4)?;
        let year: i16 = number(year)?;
        if !(1900..=2999).contains(&year) {
            return None;
        }
        let months = match rest.strip_prefix('-') {
            Some(rest) => Self::months_of_code(rest)?,
            None if rest.is_empty() => (1, 12),
            None => Self::months_of_words(rest.strip_prefix('年')?)?,
        };
        Some(Self { year, months })
    }

    fn months_of_code(rest: &str) -> Option<(i8, i8)> {
        if let Some(quarter) = rest.strip_prefix(['Q', 'q']) {
            return quarter_of(number(quarter)?);
        }
        if let Some(half) = rest.strip_prefix(['H', 'h']) {
            return half_of(number(half)?);
        }
        month_of(number(rest)?)
    }

    fn months_of_words(rest: &str) -> Option<(i8, i8)> {
        match rest {
            "" | "度" | "全年" => return Some((1, 12)),
            "上半年" => return half_of(1),
            "下半年" => return half_of(2),
            _ => {}
        }
        if let Some(month) = rest.strip_suffix("月份").or_else(|| rest.strip_suffix('月')) {
            return month_of(number(month)?);
        }
        let quarter = rest.strip_suffix("季度")?;
        quarter_of(match quarter.strip_prefix('第').unwrap_or(quarter) {
            "一" | "1" => 1,
            "二" | "2" => 2,
            "三" | "3" => 3,
            "四" | "4" => 4,
            _ => return None,
        })
    }

    /// The first period that a text names: 2025年6月 in a title.
    pub fn found_in(text: &str) -> Option<Self> {
        let numbers = text.char_indices().filter(|(_, c)| c.is_ascii_digit());
        let mut whole_year = None;
        for (at, _) in numbers {
            if text[..at].ends_with(|c: char| c.is_ascii_digit()) {
                continue;
            }
            let rest = &text[at..];
            let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8());
            let longest = ends.take(14).filter_map(|end| Self::parse(&rest[..end])).last();
            match longest {
                Some(Self { months: (1, 12), .. }) => whole_year = whole_year.or(longest),
                Some(period) => return Some(period),
                None => {}
            }
        }
        whole_year
    }

    /// Its first day.
    pub fn first_day(self) -> Option<Date> {
        Date::new(self.year, self.months.0, 1).ok()
    }

    /// Its last day.
    pub fn last_day(self) -> Option<Date> {
        Date::new(self.year, self.months.1, 1).ok().map(Date::last_of_month)
    }

    /// Whether another period lies in it.
    pub fn covers(self, other: Self) -> bool {
        self.year == other.year
            && self.months.0 <= other.months.0
            && other.months.1 <= self.months.1
    }

    /// How it is printed: `2025年6月`, `2025年第二季度`, `2025年上半年`, `2025年`.
    pub fn print(self) -> String {
        let year = self.year;
        match self.months {
            (1, 12) => format!("{year}年"),
            (1, 6) => format!("{year}年上半年"),
            (7, 12) => format!("{year}年下半年"),
            (from, to) if from == to => format!("{year}年{from}月"),
            (_, to) => {
                format!("{year}年第{}季度", base::zh::numeral(u32::from(to.unsigned_abs() / 3)))
            }
        }
    }
}

/// Later ones behind, of those that end at the same time the longer one.
impl Ord for Period {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let key = |period: &Self| (period.year, period.months.1, -period.months.0);
        key(self).cmp(&key(other))
    }
}

impl PartialOrd for Period {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// As it is written in records: `2025-06`, `2025-Q2`, `2025-H1`, `2025`.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let year = self.year;
        match self.months {
            (1, 12) => write!(f, "{year:04}"),
            (1, 6) => write!(f, "{year:04}-H1"),
            (7, 12) => write!(f, "{year:04}-H2"),
            (from, to) if from == to => write!(f, "{year:04}-{from:02}"),
            (_, to) => write!(f, "{year:04}-Q{}", to / 3),
        }
    }
}

fn month_of(month: i8) -> Option<(i8, i8)> {
    (1..=12).contains(&month).then_some((month, month))
}

fn quarter_of(quarter: i8) -> Option<(i8, i8)> {
    (1..=4).contains(&quarter).then_some((quarter * 3 - 2, quarter * 3))
}

fn half_of(half: i8) -> Option<(i8, i8)> {
    (1..=2).contains(&half).then_some((half * 6 - 5, half * 6))
}

impl Value for Located<Period> {
    fn shape() -> Shape {
        Shape::Text
    }

    fn read(node: &Node, diags: &mut Diagnostics) -> Option<Self> {
        let text = read_text(node, diags)?;
        let period = Period::parse(&text);
        if period.is_none() {
            diags.push(
                Diagnostic::error(
                    "period-wrong",
                    text!("“{text}”不是报送期", "“{text}” is no period", text = &*text),
                )
                .at(text.span())
                .help(text!(
                    "写成 2025-06（月）、2025-Q2（季度）、2025-H1（半年）或 2025（全年）",
                    "write a month, quarter, half-year or year: `2025-06`, `2025-Q2`, `2025-H1`, `2025`"
                )),
            );
        }
        period.map(|period| Located::new(period, text.span().clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_read_and_written() {
        for (text, code, printed) in [
            ("2025-06", "2025-06", "2025年6月"),
            ("2025年12月", "2025-12", "2025年12月"),
            ("2025-Q2", "2025-Q2", "2025年第二季度"),
            ("2025年四季度", "2025-Q4", "2025年第四季度"),
            ("2025-h1", "2025-H1", "2025年上半年"),
            ("2025年下半年", "2025-H2", "2025年下半年"),
            ("2025", "2025", "2025年"),
            ("2025年度", "2025", "2025年"),
        ] {
            let period = Period::parse(text).expect(text);
            assert_eq!((period.to_string().as_str(), period.print().as_str()), (code, printed));
            assert_eq!(Period::parse(code), Some(period));
        }
        for wrong in ["", "25-06", "2025-13", "2025-Q5", "2025-H3", "2025-6-1", "六月", "20251"] {
            assert_eq!(Period::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn order_and_cover() {
        let period = |text| Period::parse(text).unwrap();
        let mut all = ["2025", "2025-07", "2025-H1", "2025-06", "2025-Q2", "2024-12"].map(period);
        all.sort();
        let all = all.map(|period| period.to_string());
        assert_eq!(all, ["2024-12", "2025-06", "2025-Q2", "2025-H1", "2025-07", "2025"]);
        assert!(period("2025-Q2").covers(period("2025-05")));
        assert!(!period("2025-Q2").covers(period("2025-07")));
        assert_eq!(period("2025-02").last_day().unwrap().to_string(), "2025-02-28");
    }

    #[test]
    fn in_a_title() {
        let found = |text| Period::found_in(text).map(|period| period.to_string());
        let title = "《2025年工作要点》任务进展填报表（区科技局　2025年6月）";
        assert_eq!(found(title).as_deref(), Some("2025-06"));
        assert_eq!(found("2025年第三季度任务进展").as_deref(), Some("2025-Q3"));
        assert_eq!(found("《2025年工作要点》任务进展").as_deref(), Some("2025"));
        assert_eq!(found("任务进展 12025"), None);
    }
}
