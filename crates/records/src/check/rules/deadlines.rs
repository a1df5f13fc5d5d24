//! Deadlines, of records and in texts, against the document's own dates.

use std::ops::Range;

use jiff::civil::Date;

use super::calendar::figure;
use super::dates::years;
use crate::check::context::Context;
use crate::check::example::Example;
use crate::check::finding::{Finding, Findings};
use crate::check::prose::Prose;
use crate::check::rule::{Family, Origin, Rule};
use crate::content::schema::values::When;
use base::diag::{Severity, Words};
use base::text;
use base::zh::is_numeral;

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
            "- {section: 加快发展, text: 2月底前开工重大项目一批。, units: [区发改局, 东山镇], deadline: 2025-02}",
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
    Rule {
        id: "deadline-not-in-text",
        severity: Severity::Warning,
        on: true,
        family: Family::Dates,
        finds: Words::new(
            "记录的时限和正文写的时限对不上",
            "A deadline of the record that is none of those in the text.",
        ),
        why: Words::new(
            "正文写“10月底前”，deadline 是 9月30日：任务单和通知不一致。正文有“……前”的时限，而没有一个和 deadline 相同时报告；deadline 是全年、年底、长期的不看。",
            "Sheet and notice differ. Reported where the text states deadlines (…前) and none is that of the record; a whole year, its end, and 长期 are left alone.",
        ),
        source: "",
        bad: Example::Items(
            "- {section: 加快发展, text: 10月底前开工重大项目一批。, units: [区发改局, 东山镇], deadline: 2025-09-30}",
        ),
        good: Example::Items(
            "- {section: 加快发展, text: 5月底前完成设计，10月底前开工重大项目一批。, units: [区发改局, 东山镇], deadline: 2025-10}",
        ),
        origin: Origin::Publication(not_in_text),
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
    for deadline in context.items.iter().flat_map(|checked| checked.record.all_deadlines()) {
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
    let years = years(context.publication.text_title());
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

/// Every month, quarter and half-year that a text names, with its last day, and whether it is a
/// deadline (…前).
fn mentioned(prose: &Prose<'_>, year: i16) -> Vec<(Range<usize>, Date, bool)> {
    let mut found = Vec::new();
    let end = |month: i16| {
        Date::new(year, i8::try_from(month).ok()?, 1).ok().map(|date| date.last_of_month())
    };
    for place in prose.places(|c| matches!(c, '月' | '季' | '年')) {
        let start = (0..place)
            .rev()
            .take_while(|&p| prose.at(p).is_ascii_digit() || is_numeral(prose.at(p)))
            .last();
        let (day, mut at) = match prose.at(place) {
            '月' => {
                let Some((month, _)) = start.and_then(|s| figure(prose, s)) else { continue };
                let Some(last) = end(month) else { continue };
                match figure(prose, place + 1).filter(|&(_, e)| "日号".contains(prose.at(e))) {
                    Some((day, e)) => {
                        let day = i8::try_from(day).ok();
                        let Some(day) = day.and_then(|day| Date::new(year, last.month(), day).ok())
                        else {
                            continue;
                        };
                        (day, e + 1)
                    }
                    None => (last, place + 1),
                }
            }
            '季' if prose.at(place + 1) == '度' => {
                let Some((quarter, _)) = start.and_then(|s| figure(prose, s)) else { continue };
                let Some(last) = end(quarter * 3) else { continue };
                (last, place + 2)
            }
            '年' if "底内末".contains(prose.at(place + 1)) => {
                let Some(last) = end(12) else { continue };
                (last, place + 1)
            }
            '年' if prose.before(place) == '半'
                && prose.before(place.saturating_sub(1)) == '上' =>
            {
                let Some(last) = end(6) else { continue };
                (last, place + 1)
            }
            _ => continue,
        };
        let part =
            ["底", "末", "内", "上旬", "中旬", "下旬"].into_iter().find(|part| prose.has(at, part));
        at += part.map_or(0, |part| part.chars().count());
        at += usize::from("之以".contains(prose.at(at)));
        let strict = prose.at(at) == '前' && prose.at(at + 1) != '后';
        let from = start.unwrap_or(place);
        let clause = |c: &char| !"，。；！？,;\n".contains(*c);
        let before: Vec<char> = (0..from).rev().map(|at| prose.at(at)).take_while(clause).collect();
        let before: String = before.into_iter().rev().collect();
        let behind = prose.slice(at + 1..at + 1 + prose.run(at + 1, |c| clause(&c)));
        let other = OTHER_YEAR.iter().any(|words| before.ends_with(words))
            || before.contains('已')
            || before.ends_with('年')
            || behind.contains("的")
            || behind.contains("报送")
            || behind.contains("已");
        found.push((from..at + 1, day, strict && !other));
    }
    found
}

fn not_in_text(context: &Context<'_>, found: &mut Findings) {
    for checked in &context.items {
        let record = checked.record;
        let Some(deadline) = &record.deadline else { continue };
        let Some(due) = last_day(deadline.value.when) else { continue };
        if matches!(deadline.value.when, When::Year(_)) || (due.month() == 12 && due.day() == 31) {
            continue;
        }
        let own = record.own.iter().filter_map(|own| own.task.as_ref());
        let wording = deadline.value.wording.iter();
        let texts: Vec<_> =
            record.parts.iter().map(|part| &part.text).chain(own).chain(wording).collect();
        let mut first = None;
        let mut agrees = false;
        for text in texts {
            let prose = Prose::new(text, true);
            for (range, day, strict) in mentioned(&prose, due.year()) {
                agrees |= day == due;
                if strict {
                    first = first.or(Some((text, prose.bytes(range.clone()), prose.slice(range))));
                }
            }
        }
        if let (false, Some((text, bytes, words))) = (agrees, first) {
            found.push(
                Finding::new(text!(
                    "正文写“{words}”，deadline 是 {due}",
                    "the text says {words}, the deadline is {due}",
                    due = deadline.value.when.value()
                ))
                .at(&deadline.span)
                .note(text!("正文", "the text"), &text.span_of(bytes))
                .help(text!("核对正文和 deadline，改成一致", "make text and deadline agree")),
            );
        }
    }
}

fn deadline_year(context: &Context<'_>, found: &mut Findings) {
    let Some(issued) = context.publication.record.text.issued() else { return };
    let title = &issued.title;
    let years = years(title);
    let Some(last) = years.iter().map(|year| year.0).max() else { return };
    for deadline in context.items.iter().flat_map(|checked| checked.record.all_deadlines()) {
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
