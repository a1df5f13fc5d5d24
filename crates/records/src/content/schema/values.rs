//! Values that several records share: dates, deadlines, targets.

use jiff::civil::{Date, DateTime, Time};

use crate::content::fields::{Fields, read_text, wrong_kind};
use crate::content::yaml::{Node, NodeKind};
use base::diag::{Diagnostic, Diagnostics, Located, SourceText};
use base::text;

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

fn number<T: std::str::FromStr>(text: &str) -> Option<T> {
    // `parse` alone would take a sign.
    (!text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}

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

/// GB/T 9704 7.3.5.4: Arabic digits, month and day without leading zeros.
pub fn print_date(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
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
}

/// Reads a deadline: a text, or `when` and `text`.
pub(crate) fn read_deadline(node: &Node, diags: &mut Diagnostics) -> Option<Located<Deadline>> {
    let (when, wording) = match &node.kind {
        NodeKind::Map(_) => {
            let mut fields = Fields::open(node, &text!("一个时限", "a deadline"), diags)?;
            let when = fields.required_text("when");
            let wording = fields.required_text("text");
            fields.finish();
            (when?, wording)
        }
        _ => (read_text(node, diags)?, None),
    };
    match When::parse(&when) {
        Some(parsed) => {
            // `2025年底` is printed as it was written, `2025-12` in the usual form.
            let is_wording = !when.is_ascii() && when.trim() != parsed.print();
            let wording = wording.or_else(|| is_wording.then(|| when.clone()));
            Some(Located::new(Deadline { when: parsed, wording }, when.span().clone()))
        }
        None => {
            diags.push(
                Diagnostic::error(
                    "deadline-wrong",
                    text!("“{when}”不是能识别的时限", "“{when}” is not a deadline", when = &*when),
                )
                .at(when.span())
                .help(text!(
                    "写成 2025-06-30、2025-06、2025-Q2、2025 或 长期",
                    "write 2025-06-30, 2025-06, 2025-Q2, 2025 or 长期"
                )),
            );
            None
        }
    }
}

/// How a target's number is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// Exactly.
    Eq,
    /// 不少于, 以上: at least.
    Ge,
    /// 超过: more than.
    Gt,
    /// 不超过, 以内: at most.
    Le,
    /// 低于: less than.
    Lt,
}

impl Comparison {
    const KEYS: [(&'static str, Self); 5] =
        [("eq", Self::Eq), ("ge", Self::Ge), ("gt", Self::Gt), ("le", Self::Le), ("lt", Self::Lt)];

    /// The key in a record and the word in JSON: `eq`, `ge`, `gt`, `le`, `lt`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Eq => "eq",
            Self::Ge => "ge",
            Self::Gt => "gt",
            Self::Le => "le",
            Self::Lt => "lt",
        }
    }

    /// The words before the number in print.
    pub fn print(self) -> &'static str {
        match self {
            Self::Eq => "",
            Self::Ge => "不少于",
            Self::Gt => "超过",
            Self::Le => "不超过",
            Self::Lt => "低于",
        }
    }
}

/// A number that is to be reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// What is counted.
    pub name: SourceText,
    /// How the number is meant.
    pub comparison: Comparison,
    /// The number as a decimal string, as it was written.
    pub value: SourceText,
    /// Measure word or unit of measure; none for a bare number.
    pub measure: Option<SourceText>,
}

impl Target {
    /// `新招引项目不少于3个`, the number with its comparison and measure.
    pub fn print(&self) -> String {
        format!("{}{}", &*self.name, self.print_number())
    }

    /// `不少于3个`.
    pub(crate) fn print_number(&self) -> String {
        let measure = self.measure.as_deref().unwrap_or_default();
        format!("{}{}{measure}", self.comparison.print(), &*self.value)
    }
}

/// Reads one target.
pub(crate) fn read_target(node: &Node, diags: &mut Diagnostics) -> Option<Target> {
    let what = text!("一个目标（name、ge 等）", "a target (name, ge, …)");
    let mut fields = Fields::open(node, &what, diags)?;
    let name = fields.required_text("name");
    let mut values = Vec::new();
    for (key, comparison) in Comparison::KEYS {
        if let Some(value) = fields.text(key) {
            values.push((comparison, value));
        }
    }
    let given = Comparison::KEYS.iter().any(|(key, _)| fields.has(key));
    let measure = fields.text("measure");
    let span = fields.span();
    if !given || values.len() > 1 {
        fields.diags().push(
            Diagnostic::error(
                "target-number",
                text!(
                    "目标应有且只有一个数：eq（等于）、ge（不少于）、gt（超过）、le（不超过）、lt（低于）",
                    "a target has exactly one number: eq, ge, gt, le or lt"
                ),
            )
.help(text!("例如 {{ name: 新建项目, ge: 3, measure: 个 }}", "for example {{ name: 新建项目, ge: 3, measure: 个 }}"))
            .at(&crate::content::fields::first_line(span)),
        );
    }
    let (comparison, value) = values.into_iter().next().unzip();
    if let Some(value) = value.as_ref().filter(|v: &&SourceText| !is_decimal(v)) {
        fields.diags().push(
            Diagnostic::error(
                "not-a-number",
                text!("“{value}”不是数", "“{value}” is not a number", value = &**value),
            )
            .at(value.span())
            .help(text!(
                "只写数字，如 3、80、2.5；量词写在 measure 里",
                "digits only, such as 3, 80 or 2.5; the measure word goes into `measure`"
            )),
        );
    }
    fields.finish();
    let value = value.filter(|v| is_decimal(v))?;
    Some(Target { name: name?, comparison: comparison?, value, measure })
}

fn is_decimal(text: &str) -> bool {
    let text = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    [whole, fraction]
        .iter()
        .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
}

/// A person to be reached.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contact {
    /// Name.
    pub person: Option<SourceText>,
    /// Telephone.
    pub phone: Option<SourceText>,
    /// E-mail addresses: one message goes to each.
    pub email: Vec<SourceText>,
    /// Postal address.
    pub address: Option<SourceText>,
}

/// Reads a contact.
pub(crate) fn read_contact(node: &Node, diags: &mut Diagnostics) -> Option<Contact> {
    if !matches!(node.kind, NodeKind::Map(_)) {
        diags.push(wrong_kind(
            node,
            &text!("联系人（person、phone 等）", "a contact (person, phone, …)"),
        ));
        return None;
    }
    let mut fields = Fields::open(node, &text!("联系人", "a contact"), diags)?;
    let contact = Contact {
        person: fields.text("person"),
        phone: fields.text("phone"),
        email: fields.texts("email"),
        address: fields.text("address"),
    };
    fields.finish();
    Some(contact)
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

    #[test]
    fn decimals() {
        for good in ["3", "80", "2.5", "0.10", "-1"] {
            assert!(is_decimal(good), "{good}");
        }
        for wrong in ["", "3个", "1.", ".5", "1.2.3", "一", "1e3", "--1"] {
            assert!(!is_decimal(wrong), "{wrong}");
        }
    }
}
