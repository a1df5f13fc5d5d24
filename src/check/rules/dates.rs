//! Years and dates against each other.

use jiff::civil::Date;

use super::words;
use crate::check::context::Context;
use crate::check::example::Example;
use crate::check::finding::{Finding, Findings};
use crate::check::rule::{Family, Origin, Rule};
use crate::content::schema::values::When;
use crate::diag::{Severity, SourceText};
use crate::text;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "number-year",
        severity: Severity::Warning,
        on: true,
        family: Family::Dates,
        finds: words(
            "发文字号的年份和成文日期不是同一年",
            "The year of the document number is not that of the date.",
        ),
        why: words(
            "发文字号用发文当年的年份，年初最容易沿用上一年的。",
            "The number has the year of issue; in January last year's survives.",
        ),
        source: "GB/T 9704-2012 7.2.5",
        bad: Example::Notice("number: {code: 云发改, year: 2024, serial: 1}"),
        good: Example::Notice("number: {code: 云发改, year: 2025, serial: 1}"),
        origin: Origin::Publication(number_year),
    },
    Rule {
        id: "title-year",
        severity: Severity::Hint,
        on: true,
        family: Family::Dates,
        finds: words("标题里的年份不是成文日期的年份", "The title's year is not that of the date."),
        why: words(
            "可能是套用上一年的文件没有改，也可能本来就是明年的要点。标题里有几个年份时，有一个相同就不提示。",
            "Last year's document may have been copied; or next year's points are meant. One equal year is enough.",
        ),
        source: "",
        bad: Example::Notice("date: 2024-12-30\nnumber: {code: 云发改, year: 2024, serial: 1}"),
        good: Example::Notice("date: 2025-03-06"),
        origin: Origin::Publication(title_year),
    },
    Rule {
        id: "date-order",
        severity: Severity::Error,
        on: true,
        family: Family::Dates,
        finds: words("发布、印发日期早于成文日期", "Published or printed before it was written."),
        why: words("日期自相矛盾。", "The dates contradict each other."),
        source: "",
        bad: Example::Notice("published: 2025-03-05"),
        good: Example::Notice("published: 2025-03-07"),
        origin: Origin::Publication(date_order),
    },
    Rule {
        id: "deadline-past",
        severity: Severity::Warning,
        on: true,
        family: Family::Dates,
        finds: words("时限早于成文日期", "A deadline before the date of writing."),
        why: words(
            "文件印发时已经过期。多半是套用了上一年的日期。",
            "It is over when the notice comes out; mostly last year's date.",
        ),
        source: "",
        bad: Example::Items(
            "- {section: 加快发展, text: 开工重大项目一批。, units: [区发改局, 东山镇], deadline: 2024-06}",
        ),
        good: Example::Items(
            "- {section: 加快发展, text: 开工重大项目一批。, units: [区发改局, 东山镇], deadline: 2025-06}",
        ),
        origin: Origin::Publication(deadline_past),
    },
    Rule {
        id: "deadline-year",
        severity: Severity::Hint,
        on: true,
        family: Family::Dates,
        finds: words(
            "时限在文件所管的年份之外",
            "A deadline outside the year that the text is for.",
        ),
        why: words(
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

/// The years that a title names, with the bytes of each.
fn years(title: &SourceText) -> Vec<(i16, std::ops::Range<usize>)> {
    let bytes = title.as_bytes();
    let mut years = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let run = bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count();
        let year = title.get(at..at + run).and_then(|digits| digits.parse::<i16>().ok());
        match year {
            Some(year) if run == 4 && (1949..2100).contains(&year) => {
                years.push((year, at..at + 4))
            }
            _ => {}
        }
        at += run.max(1);
    }
    years
}

fn number_year(context: &Context<'_>, found: &mut Findings) {
    let record = &context.publication.record;
    let (Some(number), Some(date)) = (&record.number, &record.date) else { return };
    if number.year != u32::from(date.value.year().unsigned_abs()) {
        let (year, other) = (number.year, date.value.year());
        found.push(
            Finding::new(text!(
                "发文字号是 {year} 年的，成文日期是 {other} 年的",
                "the number is of {year}, the date of {other}"
            ))
            .at(&number.span)
            .note(text!("成文日期", "the date"), &date.span),
        );
    }
}

fn title_year(context: &Context<'_>, found: &mut Findings) {
    let record = &context.publication.record;
    let Some(date) = &record.date else { return };
    let title = &record.issued.title;
    let years = years(title);
    let written = date.value.year();
    // A plan of several years spans them.
    let (first, last) = (years.iter().map(|y| y.0).min(), years.iter().map(|y| y.0).max());
    if let (Some(first), Some(last), Some((year, range))) = (first, last, years.first().cloned())
        && !(first..=last).contains(&written)
    {
        found.push(
            Finding::new(text!(
                "标题是 {year} 年的，成文日期是 {written} 年的",
                "the title is of {year}, the date of {written}"
            ))
            .within(title, range)
            .note(text!("成文日期", "the date"), &date.span),
        );
    }
}

fn date_order(context: &Context<'_>, found: &mut Findings) {
    let record = &context.publication.record;
    let Some(date) = &record.date else { return };
    let written = date.value;
    if let Some(printed) = record.printed.as_ref().filter(|printed| printed.value < written) {
        found.push(
            Finding::new(text!(
                "印发日期 {printed} 早于成文日期 {written}",
                "printed on {printed}, before the date of writing {written}",
                printed = printed.value
            ))
            .at(&printed.span)
            .note(text!("成文日期", "the date of writing"), &date.span),
        );
    }
    if let Some((published, _)) = record.published.filter(|(day, _)| *day < written) {
        found.push(
            Finding::new(text!(
                "发布日期 {published} 早于成文日期 {written}",
                "published on {published}, before the date of writing {written}"
            ))
            .at(&date.span),
        );
    }
}

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
