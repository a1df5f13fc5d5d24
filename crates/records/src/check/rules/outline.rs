//! Sections and their numbers.

use std::collections::BTreeMap;

use crate::check::context::Context;
use crate::check::example::Example;
use crate::check::finding::{Finding, Findings};
use crate::check::rule::{Family, Origin, Rule};
use crate::content::schema::section::{SectionRecord, Start};
use crate::publication::{Section, SectionId};
use base::diag::{Severity, Words};
use base::text;
use base::zh::is_numeral;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "section-empty",
        severity: Severity::Warning,
        on: true,
        family: Family::Structure,
        finds: Words::new("标题下面没有内容", "A heading with nothing below it."),
        why: Words::new(
            "标题照样会印出来。多半是任务写错了 section，或者删了任务没删标题。",
            "It is printed all the same. Its items name another section, or they were deleted without it.",
        ),
        source: "",
        bad: Example::Notice(
            "issued:\n  title: 2025年工作要点\n  sections:\n    - heading: 加快发展\n    - heading: 改善民生",
        ),
        good: Example::Notice(
            "issued:\n  title: 2025年工作要点\n  sections:\n    - heading: 加快发展\n    - heading: 改善民生\n      before: 办好民生实事。",
        ),
        origin: Origin::Publication(section_empty),
    },
    Rule {
        id: "number-gap",
        severity: Severity::Warning,
        on: true,
        family: Family::Structure,
        finds: Words::new("编号有跳号", "Numbers with a gap."),
        why: Words::new(
            "跳号会让人以为漏了一条。只看 start 写出来的号；一、后面是 1. 不算跳号，从 1 重新编号也不算。",
            "Readers look for what is missing. Only numbers given by `start` can jump; 1. behind 一、 and a new beginning at 1 are none.",
        ),
        source: "",
        bad: Example::Notice(
            "issued:\n  title: 2025年工作要点\n  sections:\n    - heading: 加快发展\n    - {heading: 改善民生, start: 3, before: 办好民生实事。}",
        ),
        good: Example::Notice(
            "issued:\n  title: 2025年工作要点\n  sections:\n    - heading: 加快发展\n    - {heading: 改善民生, before: 办好民生实事。}",
        ),
        origin: Origin::Publication(number_gap),
    },
    Rule {
        id: "number-twice",
        severity: Severity::Warning,
        on: true,
        family: Family::Structure,
        finds: Words::new("编号重复", "The same number twice."),
        why: Words::new("以后引用“第几条”就说不清了。", "A reference to the number means either."),
        source: "",
        bad: Example::Notice(
            "issued:\n  title: 2025年工作要点\n  sections:\n    - heading: 加快发展\n    - {heading: 改善民生, start: 1, before: 办好民生实事。}",
        ),
        good: Example::Notice(
            "issued:\n  title: 2025年工作要点\n  sections:\n    - heading: 加快发展\n    - {heading: 改善民生, before: 办好民生实事。}",
        ),
        origin: Origin::Publication(number_twice),
    },
];

fn section_empty(context: &Context<'_>, found: &mut Findings) {
    if !context.complete {
        return;
    }
    for (section, record) in &context.sections {
        let empty = section.items.is_empty()
            && section.sections.is_empty()
            && section.before.is_empty()
            && section.after.is_empty();
        if let (true, Some(heading)) = (empty, &record.heading) {
            found.push(
                Finding::new(text!(
                    "“{heading}”下面没有内容",
                    "nothing stands below “{heading}”",
                    heading = &**heading
                ))
                .within(heading, 0..heading.len())
                .help(text!(
                    "核对任务的 section，或删去这个标题",
                    "check the items' `section`, or delete the heading"
                )),
            );
        }
    }
}

/// Calls `report` with each numbered section and the number of the one before it.
fn numbered<'a>(
    context: &Context<'a>,
    mut report: impl FnMut(&'a Section, &'a SectionRecord, u32),
) {
    let mut lists: Vec<&[SectionId]> = vec![&context.publication.roots];
    lists.extend(context.sections.iter().map(|(section, _)| &section.sections[..]));
    for list in lists {
        let mut last = None;
        for &id in list {
            let Some(&(section, record)) = context.sections.get(id) else { continue };
            if section.label.is_empty() {
                continue;
            }
            if let Some(last) = last {
                report(section, record, last);
            }
            last = Some(section.number);
        }
    }
}

fn number_gap(context: &Context<'_>, found: &mut Findings) {
    numbered(context, |section, record, last| {
        let fresh = section.number == 1 && matches!(record.start, Some(Start::At(1)));
        if section.number != last + 1 && section.number != last && !fresh {
            let label = &section.label;
            push(
                record,
                found,
                Finding::new(text!(
                    "“{label}”前一个是 {last}，编号不连续",
                    "“{label}” follows number {last}"
                )),
            );
        }
    });
    items(context, |section, record, first, last| {
        if first > last + 1 {
            push(
                record,
                found,
                Finding::new(text!(
                    "“{section}”的任务从 {first} 编起，前一条是 {last}",
                    "the items of “{section}” begin with {first}, the last one before is {last}",
                    section = &section.path
                )),
            );
        }
    });
}

fn number_twice(context: &Context<'_>, found: &mut Findings) {
    numbered(context, |section, record, last| {
        if section.number == last {
            let label = &section.label;
            push(record, found, Finding::new(text!("“{label}”重复了", "“{label}” is given twice")));
        }
    });
    items(context, |section, record, first, last| {
        if first <= last && first != 1 {
            push(
                record,
                found,
                Finding::new(text!(
                    "“{section}”的任务从 {first} 编起，这个号前面用过了",
                    "the items of “{section}” begin with {first}, which was used before",
                    section = &section.path
                )),
            );
        }
    });
}

fn push(record: &SectionRecord, found: &mut Findings, finding: Finding) {
    let finding = match &record.heading {
        Some(heading) => finding.within(heading, 0..heading.len()),
        None => finding.at(&record.span),
    };
    found.push(finding.help(text!("核对 start", "check `start`")));
}

/// Calls `report` for each section whose items begin with a given number: that, and the last one
/// of the same form before. Between （一） and （二） items may stand that are counted 1., 2., 3.
fn items<'a>(
    context: &Context<'a>,
    mut report: impl FnMut(&'a Section, &'a SectionRecord, u32, u32),
) {
    let mut last: BTreeMap<String, u32> = BTreeMap::new();
    for &(section, record) in &context.sections {
        let mut numbers =
            section.items.iter().filter_map(|&item| context.publication.items.get(item));
        let Some(first) = numbers.next() else { continue };
        let form = form(&first.label);
        if let (Some(Start::At(_)), Some(&last)) = (record.items.start, last.get(&form)) {
            report(section, record, first.number, last);
        }
        last.insert(form, numbers.next_back().unwrap_or(first).number);
    }
}

/// What labels of one numbering have in common: （一） and （十二）, 1. and 23.
fn form(label: &str) -> String {
    let mut form: Vec<char> = label
        .chars()
        .map(|c| match c {
            '0'..='9' => '1',
            c if is_numeral(c) => '一',
            c => c,
        })
        .collect();
    form.dedup();
    form.into_iter().collect()
}
