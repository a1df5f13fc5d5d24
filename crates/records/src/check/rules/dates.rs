//! Years and dates of the document against each other.

use crate::check::context::Context;
use crate::check::example::Example;
use crate::check::finding::{Finding, Findings};
use crate::check::rule::{Family, Origin, Rule};
use base::diag::{Severity, SourceText, Words};
use base::text;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "number-year",
        severity: Severity::Warning,
        on: true,
        family: Family::Dates,
        finds: Words::new(
            "发文字号的年份和成文日期不是同一年",
            "The year of the document number is not that of the date.",
        ),
        why: Words::new(
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
        finds: Words::new(
            "标题里的年份不是成文日期的年份",
            "The title's year is not that of the date.",
        ),
        why: Words::new(
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
        finds: Words::new(
            "发布、印发日期早于成文日期",
            "Published or printed before it was written.",
        ),
        why: Words::new("日期自相矛盾。", "The dates contradict each other."),
        source: "",
        bad: Example::Notice("published: 2025-03-05"),
        good: Example::Notice("published: 2025-03-07"),
        origin: Origin::Publication(date_order),
    },
];

/// The years that a title names, with the bytes of each.
pub(super) fn years(title: &SourceText) -> Vec<(i16, std::ops::Range<usize>)> {
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
    // What a document says of its own may well be about the year before.
    let (Some(date), Some(issued)) = (&record.date, record.text.issued()) else { return };
    let title = &issued.title;
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
