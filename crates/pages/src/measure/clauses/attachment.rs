//! 7.3.7: attachments.

use super::super::line::Line;
use super::super::parts::TitleOf;
use super::super::report::Sight;
use super::super::standard::{self as gb, Kind};
use super::{Clause, Subject, missing, says};
use base::diag::Words;
use base::text;

pub(super) const CLAUSES: &[Clause] = &[
    Clause {
        number: "7.3.7",
        name: "attachments",
        asks: Words::new(
            "附件：顺序号和标题与附件说明一致",
            "attachments: number and title as in the attachment note",
        ),
        look: attachments,
    },
    Clause {
        number: "7.3.7",
        name: "attachment-page",
        asks: Words::new(
            "附件：另面编排，在版记之前",
            "attachments: a page of their own, before the imprint",
        ),
        look: own_page,
    },
    Clause {
        number: "7.3.7",
        name: "attachment-label",
        asks: Words::new(
            "“附件”：版心第一行，顶格",
            "label: on line 1 of the text block, flush left",
        ),
        look: |s| {
            let labels = labels(s).into_iter();
            labels
                .flat_map(|l| [s.mm(l.page, gb::LEFT, l.left()), s.mm(l.page, gb::TOP, l.top())])
                .collect()
        },
    },
    Clause {
        number: "7.3.7",
        name: "attachment-label-type",
        asks: Words::new("“附件”：三号黑体", "label: 16 pt Hei"),
        look: |s| labels(s).into_iter().map(|l| s.set_in(l, gb::BODY, Kind::Hei)).collect(),
    },
    Clause {
        number: "7.3.7",
        name: "attachment-title",
        asks: Words::new(
            "附件标题：版心第三行",
            "title of an attachment: on line 3 of the text block",
        ),
        look: |s| {
            let titles = s.notice.titles.iter().filter(|title| title.of == TitleOf::Attachment);
            titles.map(|t| s.mm(t.page(), gb::TOP + 2.0 * s.pitch(), t.lines[0].top())).collect()
        },
    },
];

fn labels<'a>(subject: &Subject<'a>) -> Vec<&'a Line> {
    let titles = subject.notice.titles.iter();
    titles
        .filter(|title| title.of == TitleOf::Attachment)
        .filter_map(|t| t.label.as_ref())
        .collect()
}

/// Labels and titles in their order, those on pages turned for a wide table among them.
fn attachments(subject: &Subject<'_>) -> Vec<Sight> {
    let expected = &subject.expected.attachments;
    let mut found: Vec<(usize, String, String)> = subject
        .notice
        .titles
        .iter()
        .filter(|title| title.of == TitleOf::Attachment)
        .map(|title| {
            let label = title.label.as_ref().map(Line::text).unwrap_or_default();
            (title.page(), label, title.text())
        })
        .collect();
    for (page, sheet) in subject.notice.sheets.iter().enumerate() {
        let Some(label) = sheet.broadside.iter().find(|l| l.text().starts_with("附件")) else {
            continue;
        };
        let large = |line: &&Line| line.size() > gb::BODY + 2.0 && line.y > label.y;
        let title = sheet.broadside.iter().filter(large).map(Line::text).collect();
        found.push((page, label.text(), title));
    }
    found.sort_by_key(|(page, ..)| *page);
    let mut sights = Vec::new();
    for (place, (page, label, title)) in found.iter().enumerate() {
        let ok = match expected.get(place) {
            Some((expected_label, expected_title)) => {
                expected_label == label && expected_title == title
            }
            None => expected.is_empty() && subject.expected.title.is_none(),
        };
        sights.push(says(*page, ok, text!("“{label}”“{title}”", "“{label}” “{title}”")));
    }
    sights.extend(expected.iter().skip(found.len()).map(|(_, title)| missing(title)));
    sights
}

fn own_page(subject: &Subject<'_>) -> Vec<Sight> {
    let running = subject.notice.running();
    let imprint = subject.notice.imprint.as_ref().map(|imprint| imprint.page);
    labels(subject)
        .into_iter()
        .map(|label| {
            let above = running.iter().any(|l| l.page == label.page && l.y < label.y - 1.0);
            let late = imprint.is_some_and(|page| page < label.page);
            let has = if above {
                text!("上面还有正文", "text above it")
            } else if late {
                text!("在版记之后", "behind the imprint")
            } else {
                text!("另面", "a page of its own")
            };
            says(label.page, !above && !late, has)
        })
        .collect()
}
