//! Days that no calendar has, weekdays that do not fit, years of five-year plans.

use jiff::civil::Date;

use super::dates::years;
use crate::check::context::Context;
use crate::check::example::Example;
use crate::check::finding::{Finding, Findings};
use crate::check::prose::Prose;
use crate::check::rule::{Family, Origin, Rule};
use crate::check::texts::Piece;
use base::diag::{Severity, Words};
use base::text;
use base::zh::{is_numeral, number};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "day-impossible",
        severity: Severity::Warning,
        on: true,
        family: Family::Dates,
        finds: Words::new("日历上没有的日子", "A day that no calendar has."),
        why: Words::new(
            "6月31日、13月、没有写年份的2月30日。没写年份的2月29日不算。",
            "June 31, month 13. February 29 without a year is left alone.",
        ),
        source: "",
        bad: Example::Text("11月31日前完成建设任务。"),
        good: Example::Text("11月30日前完成建设任务，2024年2月29日为基准日。"),
        origin: Origin::Text(impossible),
    },
    Rule {
        id: "weekday-wrong",
        severity: Severity::Warning,
        on: true,
        family: Family::Dates,
        finds: Words::new("日期和星期对不上", "A weekday that is not that of the date."),
        why: Words::new(
            "“3月6日（星期五）”而那天是星期四，收文单位会走错日子。没写年份的按成文日期的年份。",
            "Whoever comes to the meeting comes on the wrong day. Without a year that of the date of writing counts.",
        ),
        source: "",
        bad: Example::Text("定于2025年6月3日（星期三）召开会议。"),
        good: Example::Text("定于2025年6月3日（星期二）召开会议。"),
        origin: Origin::Text(weekday),
    },
    Rule {
        id: "plan-year",
        severity: Severity::Warning,
        on: true,
        family: Family::Dates,
        finds: Words::new(
            "五年规划的开局、收官之年不对",
            "The first or last year of a five-year plan that is another year.",
        ),
        why: Words::new(
            "“十四五”规划是 2021—2025 年：2025 年收官，2026 年是“十五五”开局之年。",
            "The 14th plan is that of 2021 to 2025.",
        ),
        source: "“十四五”规划和2035年远景目标纲要",
        bad: Example::Text("2025年是“十五五”规划收官之年。"),
        good: Example::Text("2025年是“十四五”规划收官之年，2026年是“十五五”规划开局之年。"),
        origin: Origin::Text(plan_year),
    },
];

/// A number in digits or characters at a place, and where it ends.
pub(super) fn figure(prose: &Prose<'_>, at: usize) -> Option<(i16, usize)> {
    let digits = prose.run(at, |c| c.is_ascii_digit());
    if digits > 0 {
        return Some((prose.slice(at..at + digits).parse().ok()?, at + digits));
    }
    let han = prose.run(at, is_numeral);
    let value = number(&prose.slice(at..at + han))?;
    Some((i16::try_from(value).ok()?, at + han))
}

/// A day that a text names: where it begins and ends, its year where it has one, month and day.
pub(super) struct Named {
    pub(super) start: usize,
    pub(super) end: usize,
    year: Option<i16>,
    month: i16,
    day: i16,
}

/// The days that a text names.
fn days(prose: &Prose<'_>) -> Vec<Named> {
    let mut days = Vec::new();
    for at in prose.places(|c| c == '月') {
        let start = (0..at)
            .rev()
            .take_while(|&p| prose.at(p).is_ascii_digit() || is_numeral(prose.at(p)))
            .last();
        let Some(start) = start else { continue };
        let Some((month, end)) = figure(prose, start).filter(|&(_, end)| end == at) else {
            continue;
        };
        let _ = end;
        let Some((day, end)) = figure(prose, at + 1) else { continue };
        if !matches!(prose.at(end), '日' | '号') {
            continue;
        }
        let year = (prose.before(start) == '年').then(|| {
            let end = start - 1;
            let from = end.checked_sub(4)?;
            prose.slice(from..end).parse::<i16>().ok()
        });
        days.push(Named { start, end: end + 1, year: year.flatten(), month, day });
    }
    days
}

fn impossible(_: &Context<'_>, piece: &Piece<'_>, found: &mut Findings) {
    let prose = &piece.prose;
    for named in days(prose) {
        let words = prose.slice(named.start..named.end);
        let (year, month) = (named.year.unwrap_or(2024), named.month);
        let first = i8::try_from(month).ok().and_then(|month| Date::new(year, month, 1).ok());
        let days = first.map_or(0, |first| i16::from(first.days_in_month()));
        if days > 0 && (1..=days).contains(&named.day) {
            continue;
        }
        let message = match days {
            0 => text!("没有“{month}月”", "there is no month {month}"),
            _ => {
                text!("“{words}”：{month}月只有{days}天", "{words}: month {month} has {days} days")
            }
        };
        found.push(Finding::new(message).within(piece.text, prose.bytes(named.start..named.end)));
    }
}

const WEEK: &str = "一二三四五六日";

fn weekday(context: &Context<'_>, piece: &Piece<'_>, found: &mut Findings) {
    let prose = &piece.prose;
    if prose.places(|c| matches!(c, '星' | '周' | '礼')).next().is_none() {
        return;
    }
    let written = context.publication.record.date.as_ref().map(|date| date.value.year());
    for named in days(prose) {
        let mut at = named.end + usize::from("（(，".contains(prose.at(named.end)));
        at += ["星期", "周", "礼拜"]
            .iter()
            .find(|word| prose.has(at, word))
            .map_or(0, |word| word.chars().count());
        let said = match prose.at(at) {
            '天' => '日',
            c => c,
        };
        if at == named.end || !WEEK.contains(said) || "一二三四五六日".contains(prose.before(at))
        {
            continue;
        }
        if !"期周拜".contains(prose.before(at)) {
            continue;
        }
        let day = named.year.or(written).and_then(|year| {
            Date::new(year, i8::try_from(named.month).ok()?, i8::try_from(named.day).ok()?).ok()
        });
        let Some(day) = day else { continue };
        let offset = usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or_default();
        let Some(right) = WEEK.chars().nth(offset) else { continue };
        if right != said {
            let words = prose.slice(named.start..named.end);
            found.push(
                Finding::new(text!(
                    "{words}是星期{right}，不是星期{said}",
                    "{words} is 星期{right}, not 星期{said}"
                ))
                .within(piece.text, prose.bytes(named.start..at + 1)),
            );
        }
    }
}

fn plan_year(_: &Context<'_>, piece: &Piece<'_>, found: &mut Findings) {
    let prose = &piece.prose;
    let all = years(piece.text);
    if all.is_empty() {
        return;
    }
    for open in prose.places(|c| c == '“') {
        let len = prose.run(open + 1, is_numeral);
        if !(2..=4).contains(&len)
            || prose.at(open + 1 + len) != '”'
            || prose.at(open + len) != '五'
        {
            continue;
        }
        let Some(plan) = number(&prose.slice(open + 1..open + len)) else { continue };
        let rest = prose.slice(open + len + 2..open + len + 12);
        let rest = rest.strip_prefix("规划").or_else(|| rest.strip_prefix("时期")).unwrap_or(&rest);
        let first = 2021 + (i16::try_from(plan).unwrap_or(14) - 14) * 5;
        let rest = rest.trim_start_matches('的');
        let due = if rest.starts_with("收官") || rest.starts_with("最后一年") {
            first + 4
        } else if rest.starts_with("开局") || rest.starts_with("第一年") || rest.starts_with("起步")
        {
            first
        } else {
            continue;
        };
        // 2025年是“十四五”…: the year right before it.
        let before = prose.slice(open.saturating_sub(6)..open);
        let year = before
            .strip_suffix("年是")
            .or_else(|| before.strip_suffix("年为"))
            .and_then(|text| text.get(text.len().saturating_sub(4)..))
            .and_then(|year| year.parse::<i16>().ok());
        if let Some(year) = year.filter(|year| *year != due) {
            let words = prose.slice(open..open + len + 2);
            found.push(
                Finding::new(text!(
                    "{words}的这一年是 {due} 年，不是 {year} 年",
                    "for {words} this is {due}, not {year}"
                ))
                .within(piece.text, prose.bytes(open..open + len + 2)),
            );
        }
    }
}
