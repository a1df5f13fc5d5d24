//! Targets: what is counted, and how much of it is wanted.

use crate::content::fields::{Fields, Key, Mapping, first_line, key};
use base::diag::{Diagnostic, SourceText, Words};
use base::text;
use base::zh::Comparison::{self, Eq, Ge, Gt, Le, Lt};
use base::zh::{compared_before, compared_behind, compares};

/// Every comparison with the key that says it.
const COMPARISONS: [(Key, Comparison); 5] = [
    (key(Eq.key(), "等于", "exactly this number"), Eq),
    (key(Ge.key(), "不少于", "不少于: at least"), Ge),
    (key(Gt.key(), "超过", "超过: more than"), Gt),
    (key(Le.key(), "不超过", "不超过: at most"), Le),
    (key(Lt.key(), "低于", "低于: less than"), Lt),
];

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

    /// The same as a text that states it says it: `公共算力规模500P以上` where the text has
    /// 公共算力规模达到500P以上. A text that does not state it leaves the usual words.
    pub fn print_as(&self, text: &str) -> String {
        match self.stated(text) {
            Some(number) => format!("{}{number}", self.name.trim()),
            None => self.print(),
        }
    }

    /// Whether a text has the number with its measure.
    pub(crate) fn stands_in(&self, text: &str) -> bool {
        self.places_in(text).next().is_some()
    }

    /// The number as a text compares it: the words behind it, or else those before it.
    fn stated(&self, text: &str) -> Option<String> {
        self.places_in(text).find_map(|(before, number, behind)| {
            let compared = compares(before, behind).unwrap_or(Eq);
            if compared != self.comparison {
                return None;
            }
            Some(match compared_behind(behind) {
                Some((_, len)) => format!("{number}{}", &behind[..len]),
                None => {
                    let len = compared_before(before).map_or(0, |(_, len)| len);
                    format!("{}{number}", &before[before.len() - len..])
                }
            })
        })
    }

    /// Where a text has the number with its measure: what is before it, it, and what is behind.
    fn places_in<'t>(
        &self,
        text: &'t str,
    ) -> impl Iterator<Item = (&'t str, &'t str, &'t str)> + use<'t> {
        let measure = self.measure.as_deref().map(str::trim).unwrap_or_default();
        let value = self.value.trim().to_string();
        let bare = measure.is_empty();
        let mut written = vec![format!("{value}{measure}")];
        if measure.contains('%') {
            written.push(format!("{value}{}", measure.replace('%', "％")));
        }
        written.into_iter().flat_map(move |number| {
            let places: Vec<_> = text.match_indices(&number).collect();
            places.into_iter().filter_map(move |(at, number)| {
                let (before, behind) = (&text[..at], &text[at + number.len()..]);
                let digit = |c: char| c.is_ascii_digit() || c == '.';
                let part_of_another =
                    before.ends_with(digit) || (bare && behind.starts_with(digit));
                (!part_of_another).then_some((before, number, behind))
            })
        })
    }

    /// `不少于3个`.
    pub(crate) fn print_number(&self) -> String {
        let measure = self.measure.as_deref().unwrap_or_default();
        format!("{}{}{measure}", self.comparison.print(), &*self.value)
    }
}

impl Mapping for Target {
    const NAME: &'static str = "target";
    const WHAT: Words = Words::new("一个目标（name、ge 等）", "a target (name, ge, …)");

    fn read_fields(fields: &mut Fields<'_>) -> Option<Self> {
        let name = fields.required_text(key("name", "指标名称", "what is counted"));
        let mut values = Vec::new();
        for (key, comparison) in COMPARISONS {
            if let Some(value) = fields.text(key) {
                values.push((comparison, value));
            }
        }
        let given = COMPARISONS.iter().any(|&(key, _)| fields.has(key));
        let measure = fields.text(key("measure", "量词或计量单位", "量词 or unit of measure"));
        let span = fields.span();
        if !given || values.len() > 1 {
            let at = first_line(span);
            fields.diags().push(not_one_number().at(&at));
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
        let value = value.filter(|v| is_decimal(v))?;
        Some(Self { name: name?, comparison: comparison?, value, measure })
    }
}

fn not_one_number() -> Diagnostic {
    Diagnostic::error(
        "target-number",
        text!(
            "目标应有且只有一个数：eq（等于）、ge（不少于）、gt（超过）、le（不超过）、lt（低于）",
            "a target has exactly one number: eq, ge, gt, le or lt"
        ),
    )
    .help(text!(
        "例如 {{ name: 新建项目, ge: 3, measure: 个 }}",
        "for example {{ name: 新建项目, ge: 3, measure: 个 }}"
    ))
}

fn is_decimal(text: &str) -> bool {
    let text = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    [whole, fraction]
        .iter()
        .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_the_text_has_it() {
        use base::diag::{Source, Span};
        let text = |text: &str| {
            SourceText::new(text.into(), Span::file(Source::new("t.yaml", "")), Vec::new())
        };
        let print = |comparison, value: &str, measure: &str, stated: &str| {
            let (name, value) = (text("规模"), text(value));
            let measure = (!measure.is_empty()).then(|| text(measure));
            Target { name, comparison, value, measure }.print_as(stated)
        };
        for (comparison, value, measure, stated, expected) in [
            (Ge, "500", "P", "公共算力规模达到500P以上。", "规模500P以上"),
            (Ge, "98", "%", "满足率达到98％。", "规模达到98％"),
            (Le, "45", "天", "周期控制在45天以内", "规模45天以内"),
            (Gt, "4", "%", "比重超过4%。", "规模超过4%"),
            (Gt, "8", "亿元", "网络零售额突破8亿元", "规模突破8亿元"),
            (Eq, "12", "个", "建成112个、新增12个", "规模12个"),
            (Eq, "12", "个", "建成约12个", "规模约12个"),
            (Ge, "15", "%", "增长15%以上", "规模15%以上"),
            // Compared otherwise, or not there: the usual words.
            (Ge, "12", "个", "新增12个", "规模不少于12个"),
            (Le, "30", "", "共300处", "规模不超过30"),
        ] {
            assert_eq!(print(comparison, value, measure, stated), expected, "{stated}");
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
