//! Disclosure: who may read the document, and what the head of its web page says.

use crate::check::context::Context;
use crate::check::example::Example;
use crate::check::finding::{Finding, Findings};
use crate::check::rule::{Family, Origin, Rule};
use crate::content::first_line;
use crate::content::schema::notice::Access;
use base::diag::{Severity, Text, Words};
use base::text;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "note-against-access",
        severity: Severity::Error,
        on: true,
        family: Family::Process,
        finds: Words::new("附注和公开方式矛盾", "The note contradicts the way of access."),
        why: Words::new(
            "附注印“此件公开发布”，公开方式却是依申请公开或不予公开（或者反过来），或者文件有密级，不该公开的会公开出去。",
            "The note prints 此件公开发布 and access is not 主动公开, or the other way round, or the document is secret.",
        ),
        source: "GB/T 9704-2012 7.3.6",
        bad: Example::Notice("note: 此件公开发布\ndisclosure: {access: 依申请公开, index: A1}"),
        good: Example::Notice("note: 此件公开发布\ndisclosure: {access: 主动公开, index: A1}"),
        origin: Origin::Publication(note),
    },
    Rule {
        id: "secrecy-public",
        severity: Severity::Warning,
        on: true,
        family: Family::Process,
        finds: Words::new("有密级又主动公开", "Secrecy and 主动公开."),
        why: Words::new(
            "涉密文件不能公开。程序不会把它放进 public 文件夹，所以只是警告。",
            "What is secret is not published. The program keeps it out of public/, hence a warning.",
        ),
        source: "",
        bad: Example::Notice("secrecy: {level: 秘密}\ndisclosure: {access: 主动公开, index: A1}"),
        good: Example::Notice("secrecy: {level: 秘密}\ndisclosure: {access: 不予公开}"),
        origin: Origin::Publication(secrecy),
    },
    Rule {
        id: "disclosure-missing",
        severity: Severity::Hint,
        on: true,
        family: Family::Process,
        finds: Words::new(
            "主动公开的文件缺少公开要素",
            "A publication for the public lacks fields of its head.",
        ),
        why: Words::new(
            "网页开头的索引号、文号、成文日期、发布机构没有写，就没有那一行。",
            "Index, number, date or publisher are not given, and the web page has no such line.",
        ),
        source: "",
        bad: Example::Notice("disclosure: {access: 主动公开}"),
        good: Example::Notice("disclosure: {access: 主动公开, index: 330502/2025-00001}"),
        origin: Origin::Publication(missing),
    },
    Rule {
        id: "index-year",
        severity: Severity::Hint,
        on: true,
        family: Family::Process,
        finds: Words::new(
            "索引号里的年份不是成文日期的年份",
            "The year in the index number is not that of the date.",
        ),
        why: Words::new(
            "索引号多半带公开那一年的年份，套用上一年的容易漏改；跨年公开的也可能本来不同。只看夹在“/”“-”中间的四位年份，发布日期同年的不提示。",
            "It mostly has the year of publication, and last year's survives; across the turn of a year it may differ. Only four digits between / and - count, and the date of publication counts as well.",
        ),
        source: "",
        bad: Example::Notice("disclosure: {access: 主动公开, index: 330502/2024-00001}"),
        good: Example::Notice("disclosure: {access: 主动公开, index: 330502/2025-00001}"),
        origin: Origin::Publication(index_year),
    },
];

fn note(context: &Context<'_>, found: &mut Findings) {
    let record = &context.publication.record;
    let Some(note) = &record.note else { return };
    // Of parts of the document a note may say something else.
    let words = note.trim().trim_matches(['（', '）', '(', ')']);
    let said = match words.strip_prefix("此件") {
        Some("公开发布" | "主动公开" | "公开") => Access::Public,
        Some("依申请公开") => Access::OnRequest,
        Some("不公开" | "不予公开") => Access::Withheld,
        _ => return,
    };
    if let (Access::Public, Some(secrecy)) = (said, &record.secrecy) {
        found.push(
            Finding::new(text!(
                "附注是“{note}”，密级是{level}",
                "the note says {note}, the level is {level}",
                note = note.trim(),
                level = secrecy.level
            ))
            .within(note, 0..note.len()),
        );
    }
    if let Some(access) = context.publication.access().filter(|&access| access != said) {
        found.push(
            Finding::new(text!(
                "附注是“{note}”，公开方式是{access}",
                "the note says {note}, access is {access}",
                note = note.trim(),
                access = access.name()
            ))
            .within(note, 0..note.len()),
        );
    }
}

fn secrecy(context: &Context<'_>, found: &mut Findings) {
    let record = &context.publication.record;
    let (Some(secrecy), Some(Access::Public)) = (&record.secrecy, context.publication.access())
    else {
        return;
    };
    found.push(
        Finding::new(text!(
            "密级是{level}，公开方式却是主动公开",
            "the level is {level}, and access is 主动公开",
            level = secrecy.level
        ))
        .at(&first_line(&record.span)),
    );
}

fn missing(context: &Context<'_>, found: &mut Findings) {
    let publication = context.publication;
    if !publication.is_public() || !context.complete {
        return;
    }
    let record = &publication.record;
    let disclosure = record.common.disclosure.as_ref();
    let given = [
        (text!("索引号", "index"), disclosure.is_some_and(|d| d.index.is_some())),
        (text!("发文字号", "number"), record.number.is_some()),
        (text!("成文日期", "date"), record.date.is_some()),
        (
            text!("发布机构", "publisher"),
            record.common.publisher.is_some() || !publication.organs.is_empty(),
        ),
    ];
    let lacking: Vec<Text> =
        given.into_iter().filter(|(_, given)| !given).map(|(name, _)| name).collect();
    if lacking.is_empty() {
        return;
    }
    let all = Text::join(&lacking, Words::new("、", ", "));
    found.push(
        Finding::new(
            text!("主动公开，还没有：{all}", "it is for the public and lacks: {all}"; all),
        )
        .at(&first_line(&record.span)),
    );
}

fn index_year(context: &Context<'_>, found: &mut Findings) {
    let record = &context.publication.record;
    let disclosure = record.common.disclosure.as_ref();
    let (Some(index), Some(date)) = (disclosure.and_then(|d| d.index.as_ref()), &record.date)
    else {
        return;
    };
    let mut at = 0;
    for part in index.split(['/', '-']) {
        let start = at;
        at += part.len() + 1;
        let bounded = start > 0 && at <= index.len();
        let year = part.parse().ok().filter(|year| part.len() == 4 && (1990..2100).contains(year));
        let Some(year) = year.filter(|_| bounded) else { continue };
        let published = record.published.map(|(day, _)| day.year());
        if year != date.value.year() && Some(year) != published {
            let written = date.value.year();
            found.push(
                Finding::new(text!(
                    "索引号是 {year} 年的，成文日期是 {written} 年的",
                    "the index number is of {year}, the date of {written}"
                ))
                .within(index, start..start + part.len())
                .note(text!("成文日期", "the date"), &date.span),
            );
        }
    }
}
