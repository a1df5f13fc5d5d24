//! Deadlines as notices word them.

use crate::chars::is_blank;
use base::zh;
use records::content::schema::values::When;

/// A deadline: when, and the wording where it says more than the date does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Due {
    /// When.
    pub(crate) when: When,
    /// The author's words.
    pub(crate) wording: String,
}

/// Reads a wording such as 6月底前, 2024年二季度, 年底, 长期坚持. `year` is the one meant where
/// none is named.
pub(crate) fn read(text: &str, year: Option<i16>) -> Option<Due> {
    let wording = wording(text)?;
    let when = when(&wording, year)?;
    Some(Due { when, wording })
}

/// Whether a clause is a deadline: nothing but a time, and 完成 or the like.
pub(crate) fn is_deadline(text: &str) -> bool {
    // Any year will do: only the form counts.
    wording(text).is_some_and(|words| when(&words, Some(2000)).is_some())
}

/// The time without the words around it.
fn wording(text: &str) -> Option<String> {
    let mut text: String = text.chars().filter(|c| !is_blank(*c)).collect();
    for prefix in ["完成时限", "时限", "力争", "确保", "务必", "截至", "：", ":", "于", "在", "到"]
    {
        if let Some(rest) = text.strip_prefix(prefix) {
            text = rest.to_string();
        }
    }
    for suffix in
        ["基本完成", "全面完成", "完成", "办结", "落实到位", "落实", "建成", "启动", "实现"]
    {
        if let Some(rest) = text.strip_suffix(suffix) {
            text = rest.to_string();
            break;
        }
    }
    (!text.is_empty() && text.chars().count() <= 16).then_some(text)
}

fn when(words: &str, year: Option<i16>) -> Option<When> {
    if let Some(when) = When::parse(words) {
        return Some(when);
    }
    if ["长期", "长期坚持", "长期推进", "持续推进", "持续", "常态化推进", "常态化", "常年"]
        .contains(&words)
    {
        return Some(When::Always);
    }
    let core =
        ["之前", "以前", "前"].iter().find_map(|end| words.strip_suffix(end)).unwrap_or(words);
    let core = core.replace("今年", "").replace("本年", "").replace(['.', '/'], "-");
    let (year, rest) = match core.split_once('年') {
        Some((digits, rest)) if digits.len() == 4 => (Some(digits.parse().ok()?), rest.to_string()),
        // 年底, 年内, and 半年 of 上半年.
        Some(("", rest)) => (year, format!("年{rest}")),
        _ => (year, core.clone()),
    };
    if let Some(when) = When::parse(&core.replace(['-'], "-")) {
        return Some(when);
    }
    let year = year?;
    match rest.as_str() {
        "" | "底" | "年底" | "年末" | "年内" | "全年" | "内" | "末" => {
            return Some(When::Year(year));
        }
        "上半年" | "年上半年" | "年中" => return Some(When::Month(year, 6)),
        "下半年" => return Some(When::Month(year, 12)),
        _ => {}
    }
    if let Some((quarter, tail)) = rest.split_once("季度") {
        let quarter = quarter.trim_start_matches('第');
        let number = zh::number(quarter).or_else(|| quarter.parse().ok())?;
        let fits = (1..=4).contains(&number) && ["", "末", "底", "内"].contains(&tail);
        return fits.then_some(When::Quarter(year, i8::try_from(number).ok()?));
    }
    let (month, tail) = rest.split_once('月')?;
    let month: i8 = month.parse().ok().or_else(|| i8::try_from(zh::number(month)?).ok())?;
    if !(1..=12).contains(&month) {
        return None;
    }
    match tail {
        "" | "底" | "末" | "份" | "上旬" | "中旬" | "下旬" | "内" | "份底" => {
            Some(When::Month(year, month))
        }
        _ => {
            let day: i8 = tail.strip_suffix(['日', '号'])?.parse().ok()?;
            jiff::civil::Date::new(year, month, day).ok().map(When::Day)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Option<(String, String)> {
        read(text, Some(2024)).map(|due| (due.when.value(), due.wording))
    }

    #[test]
    fn usual_wordings() {
        for (text, value, words) in [
            ("6月底完成", "2024-06", "6月底"),
            ("6月底前完成", "2024-06", "6月底前"),
            ("2024年6月30日前", "2024-06-30", "2024年6月30日前"),
            ("年底前", "2024", "年底前"),
            ("2025年底前完成", "2025", "2025年底前"),
            ("二季度末前", "2024-Q2", "二季度末前"),
            ("长期坚持", "long-term", "长期坚持"),
            ("完成时限：11月", "2024-11", "11月"),
            ("2024.12", "2024-12", "2024.12"),
            ("上半年", "2024-06", "上半年"),
        ] {
            assert_eq!(of(text), Some((value.into(), words.into())), "{text}");
        }
    }

    #[test]
    fn what_is_no_deadline() {
        for text in ["区发改局", "13月底", "按职责分工负责", "2024", "", "月底", "每月"]
        {
            assert!(text == "2024" || !is_deadline(text), "{text}");
        }
    }
}
