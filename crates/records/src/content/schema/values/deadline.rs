//! When something is due.

use jiff::civil::Date;

use crate::content::dates::{number, parse_date, print_date};
use crate::content::fields::{Fields, Mapping, Shape, Value, day_help, key, mapping_shape};
use crate::content::yaml::{Node, NodeKind};
use base::diag::{Diagnostic, Diagnostics, Located, SourceText, Text, Words};
use base::text;

/// When something is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// By a day.
    Day(Date),
    /// By the end of a month: year, month.
    Month(i16, i8),
    /// By the end of a quarter: year, quarter 1–4.
    Quarter(i16, i8),
    /// By the end of a year.
    Year(i16),
    /// 长期: all the time.
    Always,
}

impl When {
    /// Reads `2025-06-30`, `2025-06`, `2025-Q2`, `2025`, `长期` and their Chinese forms
    /// (`2025年6月30日`, `2025年6月`, `2025年6月底`, `2025年第二季度`, `2025年二季度`, `2025年`, `2025年底`).
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text == "长期" {
            return Some(Self::Always);
        }
        if let Some(date) = parse_date(text) {
            return Some(Self::Day(date));
        }
        let (year, rest) = text.split_at_checked(4)?;
        let year: i16 = number(year)?;
        let rest = match rest.strip_prefix(['-', '年']) {
            None => return rest.is_empty().then_some(Self::Year(year)),
            Some(rest) => rest,
        };
        if text.as_bytes().get(4) == Some(&b'-') {
            return match rest.strip_prefix(['Q', 'q']) {
                Some(quarter) => quarter_of(number(quarter)?).map(|q| Self::Quarter(year, q)),
                None => month_of(number(rest)?).map(|m| Self::Month(year, m)),
            };
        }
        if rest.is_empty() || rest == "底" {
            return Some(Self::Year(year));
        }
        if let Some(month) = rest.strip_suffix("月底").or_else(|| rest.strip_suffix('月')) {
            return month_of(number(month)?).map(|m| Self::Month(year, m));
        }
        let quarter = rest.strip_suffix("季度")?;
        let quarter = match quarter.strip_prefix('第').unwrap_or(quarter) {
            "一" | "1" => 1,
            "二" | "2" => 2,
            "三" | "3" => 3,
            "四" | "4" => 4,
            _ => return None,
        };
        Some(Self::Quarter(year, quarter))
    }

    /// The kind's stable name: `date`, `month`, `quarter`, `year` or `long-term`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Day(_) => "date",
            Self::Month(..) => "month",
            Self::Quarter(..) => "quarter",
            Self::Year(_) => "year",
            Self::Always => "long-term",
        }
    }

    /// The value in ASCII, sortable within a kind: `2025-06-30`, `2025-06`, `2025-Q2`, `2025`,
    /// `long-term`.
    pub fn value(&self) -> String {
        match self {
            Self::Day(date) => date.to_string(),
            Self::Month(year, month) => format!("{year:04}-{month:02}"),
            Self::Quarter(year, quarter) => format!("{year:04}-Q{quarter}"),
            Self::Year(year) => format!("{year:04}"),
            Self::Always => "long-term".into(),
        }
    }

    /// How it is printed: `2025年6月30日`, `2025年6月`, `2025年第二季度`, `2025年`, `长期`.
    pub fn print(&self) -> String {
        match self {
            Self::Day(date) => print_date(*date),
            Self::Month(year, month) => format!("{year}年{month}月"),
            Self::Quarter(year, quarter) => {
                let words = ["一", "二", "三", "四"];
                format!("{year}年第{}季度", words[(*quarter as usize - 1) % 4])
            }
            Self::Year(year) => format!("{year}年"),
            Self::Always => "长期".into(),
        }
    }
}

impl When {
    /// The year it falls in.
    fn year(&self) -> Option<i16> {
        match self {
            Self::Day(date) => Some(date.year()),
            Self::Month(year, _) | Self::Quarter(year, _) | Self::Year(year) => Some(*year),
            Self::Always => None,
        }
    }

    /// The words that offices have for it, the usual ones first: `6月30日前`, `6月底前`, `三季度末`,
    /// `12月底前`, `长期坚持`.
    fn words(&self) -> Vec<String> {
        match self {
            Self::Day(date) => vec![format!("{}月{}日前", date.month(), date.day())],
            Self::Month(_, month) => vec![format!("{month}月底前"), format!("{month}月底")],
            Self::Quarter(_, quarter) => {
                let quarter = ["一", "二", "三", "四"][(*quarter as usize - 1) % 4];
                vec![format!("{quarter}季度末"), format!("{quarter}季度末前")]
            }
            Self::Year(_) => vec!["12月底前".into(), "年底前".into()],
            Self::Always => vec!["长期坚持".into()],
        }
    }
}

fn month_of(month: i8) -> Option<i8> {
    (1..=12).contains(&month).then_some(month)
}

fn quarter_of(quarter: i8) -> Option<i8> {
    (1..=4).contains(&quarter).then_some(quarter)
}

/// A deadline: when, and the wording that is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// When.
    pub when: When,
    /// The author's wording, where there is one.
    pub wording: Option<SourceText>,
}

impl Deadline {
    /// What is printed.
    pub fn print(&self) -> String {
        match &self.wording {
            Some(text) => text.trim().to_string(),
            None => self.when.print(),
        }
    }

    /// What a paper of the office prints: the author's wording; the words that the task itself has
    /// for it; else the usual ones. The year of the notice goes without saying.
    pub fn print_in(&self, year: Option<i16>, text: &str) -> String {
        if self.wording.is_some() {
            return self.print();
        }
        let words = self.when.words();
        // The longest: 三季度末前 has 三季度末 in it.
        let stated = words.iter().filter(|words| text.contains(*words)).max_by_key(|w| w.len());
        let usual = stated.or(words.first()).cloned().unwrap_or_default();
        match self.when.year() {
            Some(due) if year != Some(due) => match &self.when {
                When::Year(_) => format!("{due}年底前"),
                _ => format!("{due}年{}", words.first().cloned().unwrap_or_default()),
            },
            _ => usual,
        }
    }
}

/// The keys of a deadline whose wording is given apart.
struct Worded {
    when: SourceText,
    text: Option<SourceText>,
}

impl Mapping for Worded {
    const NAME: &'static str = "deadline";
    const WHAT: Words = Words::new("一个时限", "a deadline");

    fn read_fields(fields: &mut Fields<'_>) -> Option<Self> {
        let when = fields.required_text(key(
            "when",
            "2025-06-30、2025-06、2025-Q2、2025 或 长期",
            "the deadline in one of the forms above",
        ));
        let text = fields.required_text(key("text", "印出来的写法", "the wording to print"));
        Some(Self { when: when?, text })
    }
}

/// A text, or `when` and `text`.
impl Value for Located<Deadline> {
    fn shape() -> Shape {
        Shape::Either(vec![Shape::Text, Shape::Mapping(mapping_shape::<Worded>())])
    }

    fn read(node: &Node, diags: &mut Diagnostics) -> Option<Self> {
        let (when, wording) = match &node.kind {
            NodeKind::Map(_) => Worded::read(node, diags).map(|worded| (worded.when, worded.text)),
            _ => SourceText::read(node, diags).map(|when| (when, None)),
        }?;
        let Some(parsed) = When::parse(&when) else {
            diags.push(
                Diagnostic::error(
                    "deadline-wrong",
                    text!("“{when}”不是能识别的时限", "“{when}” is not a deadline", when = &*when),
                )
                .at(when.span())
                .help(remedy(&when)),
            );
            return None;
        };
        // `2025年底` is printed as it was written, `2025-12` in the usual form.
        let is_wording = !when.is_ascii() && when.trim() != parsed.print();
        let wording = wording.or_else(|| is_wording.then(|| when.clone()));
        Some(Located::new(Deadline { when: parsed, wording }, when.span().clone()))
    }
}

/// What to write in place of what is no deadline. A wording (6月底前) has its day, month or quarter
/// beside it, so that tasks can be sorted by it.
fn remedy(written: &str) -> Text {
    if let Some(help) = day_help(written) {
        return help;
    }
    let Some(when) = meant(written.trim()) else {
        return text!(
            "写成 2025-06-30、2025-06、2025-Q2、2025 或 长期",
            "write 2025-06-30, 2025-06, 2025-Q2, 2025 or 长期"
        );
    };
    let text = written.trim();
    text!(
        "要印成“{text}”，写 deadline: {{when: {when}, text: {text}}}（when 是排序用的日期，请核对年份）",
        "to print “{text}” write `deadline: {{when: {when}, text: {text}}}` (`when` is what it is sorted by; mind the year)"
    )
}

/// What a wording of a deadline stands for, in the form of `when`, with 2025 for a year that it does
/// not name: `6月底前`, `二季度末`, `年底前`, `2025年6月底前`.
fn meant(text: &str) -> Option<String> {
    let (year, rest) = match text.split_once('年') {
        Some((year, rest)) if number::<u16>(year).is_some() && year.len() == 4 => (year, rest),
        _ => ("2025", text),
    };
    let figure =
        |word: &str| -> Option<u32> { number::<u32>(word).or_else(|| base::zh::number(word)) };
    if let Some((month, day)) = rest.split_once('月').filter(|(month, _)| !month.is_empty()) {
        let month = figure(month).filter(|month| (1..=12).contains(month))?;
        let day = day.split_once(['日', '号']).and_then(|(day, _)| figure(day));
        return Some(match day {
            Some(day) => format!("{year}-{month:02}-{day:02}"),
            None => format!("{year}-{month:02}"),
        });
    }
    if let Some((quarter, _)) = rest.split_once("季度") {
        let quarter = figure(quarter.trim_start_matches('第')).filter(|q| (1..=4).contains(q))?;
        return Some(format!("{year}-Q{quarter}"));
    }
    if rest.starts_with("上半年") {
        return Some(format!("{year}-06"));
    }
    let whole = ["年底", "年末", "年内", "全年", "下半年", "底", "末", "内", "前", "以前"];
    whole.iter().any(|word| rest.starts_with(word)).then(|| year.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wordings_are_shown_with_their_when() {
        for (written, when) in [
            ("6月底前", "2025-06"),
            ("2026年6月底前", "2026-06"),
            ("十二月底", "2025-12"),
            ("9月30日前", "2025-09-30"),
            ("第二季度末", "2025-Q2"),
            ("年底前", "2025"),
            ("2026年底前", "2026"),
            ("上半年", "2025-06"),
        ] {
            assert_eq!(meant(written).as_deref(), Some(when), "{written}");
        }
        assert_eq!(meant("尽快"), None);
    }

    #[test]
    fn as_offices_write_them() {
        let print = |when: &str, text: &str| {
            let deadline = Deadline { when: When::parse(when).unwrap(), wording: None };
            deadline.print_in(Some(2025), text)
        };
        for (when, text, expected) in [
            ("2025-06-30", "", "6月30日前"),
            ("2025-06", "", "6月底前"),
            ("2025-06", "6月底完成", "6月底"),
            ("2025-Q3", "", "三季度末"),
            ("2025-Q3", "三季度末前全部接入", "三季度末前"),
            ("2025", "", "12月底前"),
            ("2025", "年底前完成", "年底前"),
            ("长期", "", "长期坚持"),
            ("2026-06", "6月底完成", "2026年6月底前"),
            ("2026-Q1", "", "2026年一季度末"),
            ("2027", "", "2027年底前"),
        ] {
            assert_eq!(print(when, text), expected, "{when} {text}");
        }
    }

    #[test]
    fn deadlines_in_both_forms() {
        for (ascii, chinese) in [
            ("2025-06-30", "2025年6月30日"),
            ("2025-06", "2025年6月"),
            ("2025-Q2", "2025年第二季度"),
            ("2025", "2025年"),
        ] {
            let when = When::parse(ascii).unwrap();
            assert_eq!(when.value(), ascii);
            assert_eq!(when.print(), chinese);
            assert_eq!(When::parse(chinese), Some(when));
        }
        assert_eq!(When::parse("长期"), Some(When::Always));
        assert_eq!(When::parse("2025年二季度"), Some(When::Quarter(2025, 2)));
        for wrong in ["2025-Q5", "2025-13", "六月", "2025-", "年底", "202五", "2025年第五季度"]
        {
            assert_eq!(When::parse(wrong), None, "{wrong}");
        }
    }
}
