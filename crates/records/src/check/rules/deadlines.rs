//! Deadlines, of records and in texts, against the document's own dates.

use std::ops::Range;

use jiff::civil::Date;

use super::dates::years;
use crate::check::context::Context;
use crate::check::example::Example;
use crate::check::finding::{Finding, Findings};
use crate::check::prose::Prose;
use crate::check::rule::{Family, Origin, Rule};
use crate::content::schema::values::When;
use base::diag::{Severity, Words};
use base::text;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "deadline-past",
        severity: Severity::Warning,
        on: true,
        family: Family::Dates,
        finds: Words::new("时限早于成文日期", "A deadline before the date of writing."),
        why: Words::new(
            "文件印发时已经过期。多半是套用了上一年的日期。正文里看“2月底前”“2024年6月30日前”这样的时限，没写年份的按所印发文本标题的年份；“每年3月底前”“次年”“已”和“……前登记的”这类不看。",
            "It is over when the notice comes out; mostly last year's date. In a text, 2月底前 and 2024年6月30日前 count, without a year those of the year in the issued text's title; not what recurs (每年), lies in the next year, is done (已), or says which things are meant (前登记的).",
        ),
        source: "",
        bad: Example::Items(
            "- {section: 加快发展, text: 2月底前开工重大项目一批。, units: [区发改局, 东山镇], deadline: 2025-06}",
        ),
        good: Example::Items(
            "- {section: 加快发展, text: 6月底前开工重大项目一批。, units: [区发改局, 东山镇], deadline: 2025-06}",
        ),
        origin: Origin::Publication(deadline_past),
    },
    Rule {
        id: "deadline-year",
        severity: Severity::Hint,
        on: true,
        family: Family::Dates,
        finds: Words::new(
            "时限在文件所管的年份之外",
            "A deadline outside the year that the text is for.",
        ),
        why: Words::new(
            "年度要点里出现了以后年份的时限。年份取自所印发文本的标题，标题没有年份时不看。",
            "A deadline of a later year in the points of one year. The issued text's title says the year; without one nothing is looked at.",
        ),
        source: "",
        bad: Example::Items(
            "- {section: 加快发展, text: 开工重大项目一批。, units: [区发改局, 东山镇], deadline: 2026-06}",
        ),
        good: Example::Items(
            "- {section: 加快发展, text: 开工重大项目一批。, units: [区发改局, 东山镇], deadline: 2025-12}",
        ),
        origin: Origin::Publication(deadline_year),
    },
];

/// The last day of a deadline.
fn last_day(when: When) -> Option<Date> {
    let end = |year: i16, month: i8| Date::new(year, month, 1).ok().map(|d| d.last_of_month());
    match when {
        When::Day(date) => Some(date),
        When::Month(year, month) => end(year, month),
        When::Quarter(year, quarter) => end(year, quarter * 3),
        When::Year(year) => end(year, 12),
        When::Always => None,
    }
}

fn deadline_past(context: &Context<'_>, found: &mut Findings) {
    let Some(date) = &context.publication.record.date else { return };
    for deadline in context.items.iter().filter_map(|checked| checked.record.deadline.as_ref()) {
        if last_day(deadline.value.when).is_some_and(|day| day < date.value) {
            found.push(
                Finding::new(text!(
                    "时限“{deadline}”早于成文日期",
                    "the deadline {deadline} is before the date of writing",
                    deadline = deadline.value.when.print()
                ))
                .at(&deadline.span)
                .note(text!("成文日期", "the date of writing"), &date.span),
            );
        }
    }
    let years = years(&context.publication.record.issued.title);
    let year = match &years[..] {
        [(year, _)] => Some(*year),
        _ => None,
    };
    let texts = context.items.iter().flat_map(|checked| {
        let own = checked.record.own.iter().filter_map(|own| own.task.as_ref());
        checked.record.parts.iter().map(|part| &part.text).chain(own)
    });
    for text in texts {
        let prose = Prose::new(text, true);
        for (range, day) in stated(&prose, year) {
            if day < date.value {
                let words = prose.slice(range.clone());
                found.push(
                    Finding::new(text!(
                        "“{words}”早于成文日期",
                        "{words} is before the date of writing"
                    ))
                    .within(text, prose.bytes(range))
                    .note(text!("成文日期", "the date of writing"), &date.span),
                );
            }
        }
    }
}

/// Words before a date that put it into another year, or many.
const OTHER_YEAR: [&str; 11] =
    ["每年", "每", "次年", "翌年", "明年", "来年", "下年", "下一年", "去年", "上年", "上一年"];

/// The deadlines that a text states (`6月底前`), each with its last day. Of those without a year
/// `year` is taken.
fn stated(prose: &Prose<'_>, year: Option<i16>) -> Vec<(Range<usize>, Date)> {
    let starts = prose.places(|c| c.is_ascii_digit());
    let starts = starts.filter(|&at| {
        let before = prose.before(at);
        // The month of a year is read with its year.
        !before.is_ascii_digit() && !"年.月-—～~至".contains(before)
    });
    starts.filter_map(|start| deadline_at(prose, start, year)).collect()
}

fn deadline_at(prose: &Prose<'_>, start: usize, year: Option<i16>) -> Option<(Range<usize>, Date)> {
    let clause = |c: &char| !"，。；！？,;\n".contains(*c);
    let number = |at: usize| {
        let run = prose.run(at, |c| c.is_ascii_digit());
        Some((prose.slice(at..at + run).parse::<i16>().ok()?, at + run))
    };
    let (first, at) = number(start)?;
    let (year, month, mut at) = match prose.at(at) {
        '年' if (1949..2100).contains(&first) && prose.has(at + 1, "底") => (first, 12, at + 1),
        '年' if (1949..2100).contains(&first) => {
            let (month, at) = number(at + 1)?;
            (first, month, (prose.at(at) == '月').then_some(at + 1)?)
        }
        '月' => (year?, first, at + 1),
        _ => return None,
    };
    let last = Date::new(year, i8::try_from(month).ok()?, 1).ok()?.last_of_month();
    let mut day = last;
    if let Some((number, end)) = number(at).filter(|&(_, end)| "日号".contains(prose.at(end))) {
        day = Date::new(year, last.month(), i8::try_from(number).ok()?).ok()?;
        at = end + 1;
    } else {
        // 上旬 and the like: the month's end is late enough.
        let part =
            ["底", "末", "上旬", "中旬", "下旬"].into_iter().find(|part| prose.has(at, part));
        at += part.map_or(0, |part| part.chars().count());
    }
    at += usize::from("之以".contains(prose.at(at)));
    if prose.at(at) != '前' || prose.at(at + 1) == '后' {
        return None;
    }
    let end = at + 1;
    let before: Vec<char> = (0..start).rev().map(|at| prose.at(at)).take_while(clause).collect();
    let before: String = before.into_iter().rev().collect();
    let behind = prose.slice(end..end + prose.run(end, |c| clause(&c)));
    let other = OTHER_YEAR.iter().any(|words| before.ends_with(words))
        || before.contains('已')
        // 前登记的企业, 前已建成: which things, not by when.
        || behind.contains(['的', '已']);
    (!other).then_some((start..end, day))
}

fn deadline_year(context: &Context<'_>, found: &mut Findings) {
    let title = &context.publication.record.issued.title;
    let years = years(title);
    let Some(last) = years.iter().map(|year| year.0).max() else { return };
    for deadline in context.items.iter().filter_map(|checked| checked.record.deadline.as_ref()) {
        if last_day(deadline.value.when).is_some_and(|day| day.year() > last) {
            found.push(
                Finding::new(text!(
                    "时限“{deadline}”在 {last} 年之后，文件管的是 {last} 年",
                    "the deadline {deadline} is after {last}, the year of the text",
                    deadline = deadline.value.when.print()
                ))
                .at(&deadline.span)
                .note(text!("文件的年份", "the year of the text"), title.span()),
            );
        }
    }
}
