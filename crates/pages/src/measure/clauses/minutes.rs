//! 10.3 minutes: who was at the meeting, and who wrote the minutes when.

use super::super::line::Line;
use super::super::parts::Attendance;
use super::super::report::Sight;
use super::super::standard::{self as gb, Kind};
use super::ending::text_above;
use super::{Clause, Subject, missing, says, worst};
use base::diag::Words;
use base::text;

pub(super) const CLAUSES: &[Clause] = &[
    Clause {
        number: "10.3",
        name: "attendance",
        asks: Words::new(
            "纪要：依次标注出席、请假、列席人员，如记录所写",
            "minutes: who was present, excused, observed, in this order, as in the records",
        ),
        look: attendance,
    },
    Clause {
        number: "10.3",
        name: "attendance-gap",
        asks: Words::new(
            "纪要：出席人员在正文或附件说明下空一行",
            "minutes: one blank line between the text and those present",
        ),
        look: attendance_gap,
    },
    Clause {
        number: "10.3",
        name: "attendance-indent",
        asks: Words::new("纪要：“出席”等左空二字", "minutes: 出席, 请假, 列席 two characters in"),
        look: |s| {
            let first = lists(s).filter_map(|list| list.lines.first());
            worst(first.map(|line| s.mm(line.page, gb::LEFT + 2.0 * gb::CELL, line.left())))
        },
    },
    Clause {
        number: "10.3",
        name: "attendance-hang",
        asks: Words::new(
            "纪要：人员回行与冒号后的首字对齐",
            "minutes: wrapped names align with the first character behind the colon",
        ),
        look: |s| worst(lists(s).flat_map(|list| hang(s, list))),
    },
    Clause {
        number: "10.3",
        name: "attendance-type",
        asks: Words::new(
            "纪要：“出席”等三号黑体，人员三号仿宋",
            "minutes: 出席, 请假, 列席 16 pt Hei, names 16 pt FangSong",
        ),
        look: |s| worst(lists(s).flat_map(|list| set_in(s, list))),
    },
    Clause {
        number: "10.3",
        name: "dateline",
        asks: Words::new(
            "纪要：编发机关左空一字、日期右空一字，编号下一行",
            "minutes: the organ one character in from the left, the date from the right, on the line below the number",
        ),
        look: dateline,
    },
];

fn lists<'a>(subject: &Subject<'a>) -> impl Iterator<Item = &'a Attendance> {
    subject.notice.attendance.iter()
}

fn attendance(subject: &Subject<'_>) -> Vec<Sight> {
    let expected = &subject.expected.attendance;
    let mut sights: Vec<Sight> = lists(subject)
        .enumerate()
        .map(|(place, list)| {
            let has: String = list.lines.iter().map(Line::text).collect();
            let ok = expected.get(place).is_none_or(|expected| *expected == has);
            says(list.page(), ok, text!("“{has}”", "“{has}”"))
        })
        .collect();
    sights.extend(expected.iter().skip(sights.len()).map(|words| missing(words)));
    sights
}

fn attendance_gap(subject: &Subject<'_>) -> Vec<Sight> {
    let first = lists(subject).next().and_then(|list| list.lines.first());
    // At the top of a page there is no text to be below of.
    let text = first.and_then(|line| Some((line, text_above(subject, line)?)));
    text.map(|(line, text)| subject.lines(line.page, 2.0, line.y - text.y)).into_iter().collect()
}

/// The place of the first character behind the colon, and of every line below.
fn hang(subject: &Subject<'_>, list: &Attendance) -> Vec<Sight> {
    let Some((first, rest)) = list.lines.split_first() else { return Vec::new() };
    let Some(start) = first.chars.get(list.label) else { return Vec::new() };
    rest.iter().map(|line| subject.mm(line.page, start.x, line.left())).collect()
}

fn set_in(subject: &Subject<'_>, list: &Attendance) -> Vec<Sight> {
    let mut sights = Vec::new();
    for (place, line) in list.lines.iter().enumerate() {
        let label = if place == 0 { list.label.min(line.chars.len()) } else { 0 };
        let (label, names) = line.chars.split_at(label);
        for (chars, kind) in [(label, Kind::Hei), (names, Kind::FangSong)] {
            if !chars.is_empty() {
                let part = Line { page: line.page, y: line.y, chars: chars.to_vec() };
                sights.push(subject.set_in(&part, gb::BODY, kind));
            }
        }
    }
    sights
}

fn dateline(subject: &Subject<'_>) -> Vec<Sight> {
    let head = &subject.notice.head;
    let expected = subject.expected.dateline.iter().skip(head.dateline.len());
    let mut sights: Vec<Sight> = expected.map(|words| missing(words)).collect();
    if let Some(first) = head.dateline.iter().find(|line| line.left() < gb::MIDDLE) {
        sights.push(subject.mm(first.page, gb::LEFT + gb::CELL, first.left()));
    }
    if let Some(last) = head.dateline.iter().find(|line| line.left() >= gb::MIDDLE) {
        sights.push(subject.mm(last.page, gb::RIGHT - gb::CELL, last.right()));
    }
    if let (Some(line), Some(number)) = (head.dateline.first(), &head.number) {
        sights.push(subject.mm(line.page, subject.pitch(), line.y - number.y));
    }
    sights
}
