//! 7.2.4: the mark.

use super::super::line::Line;
use super::super::parts::Head;
use super::super::report::Sight;
use super::super::standard::{self as gb, Kind};
use super::{Clause, Subject, kind_words, missing, says, worst};
use base::diag::Words;
use base::text;
use pdf::page::Rect;

pub(super) const CLAUSES: &[Clause] = &[
    Clause {
        number: "7.2.4",
        name: "mark",
        asks: Words::new("发文机关标志：如记录所写", "mark: as in the records"),
        look: mark,
    },
    Clause {
        number: "7.2.4",
        name: "mark-top",
        asks: Words::new(
            "发文机关标志上边缘：版心上边下 35 mm",
            "mark: its top edge 35 mm below the top of the text block",
        ),
        look: |s| {
            if s.notice.head.doubles.is_empty() { mark_top(s, gb::TOP + gb::MARK) } else { vec![] }
        },
    },
    Clause {
        number: "7.2.4",
        name: "mark-centre",
        asks: Words::new("发文机关标志：居中", "mark: centred"),
        look: mark_centre,
    },
    Clause {
        number: "7.2.4",
        name: "mark-width",
        asks: Words::new("发文机关标志：不宽于版心", "mark: not wider than the text block"),
        look: |s| {
            mark_ink(&s.notice.head)
                .map(|ink| s.at_most(0, gb::WIDTH, ink.width()))
                .into_iter()
                .collect()
        },
    },
    Clause {
        number: "7.2.4",
        name: "mark-size",
        asks: Words::new(
            "发文机关标志：字号不小于标题（二号，22磅），字宽不小于字高的三分之二",
            "mark: type no smaller than the title's 22 pt, no narrower than two thirds of its height",
        ),
        look: mark_size,
    },
    Clause {
        number: "7.2.4",
        name: "mark-type",
        asks: Words::new("发文机关标志：小标宋", "mark: XiaoBiaoSong"),
        look: mark_type,
    },
    Clause {
        number: "7.2.4",
        name: "mark-colour",
        asks: Words::new("发文机关标志：红色", "mark: red"),
        look: mark_colour,
    },
    Clause {
        number: "7.2.4",
        name: "mark-joint",
        asks: Words::new(
            "联合行文：各机关名称等宽，“文件”居右、上下居中",
            "joint issue: names of equal width, 文件 at their right, centred on their height",
        ),
        look: mark_joint,
    },
];

/// The lines of the mark, the shared words of a joint issue last.
fn mark_lines(head: &Head) -> impl Iterator<Item = &Line> {
    head.mark.iter().chain(&head.shared)
}

/// The box of the mark's outlines.
pub(super) fn mark_ink(head: &Head) -> Option<Rect> {
    mark_lines(head).filter_map(Line::ink).reduce(Rect::union)
}

fn mark(subject: &Subject<'_>) -> Vec<Sight> {
    let Some(shared) = &subject.expected.mark else { return Vec::new() };
    let expected = format!("{}{shared}", subject.expected.joint.concat());
    let has: String = mark_lines(&subject.notice.head).map(Line::text).collect();
    if has.is_empty() {
        return vec![missing(&expected)];
    }
    vec![says(0, has == expected, text!("“{has}”", "“{has}”"))]
}

pub(super) fn mark_top(subject: &Subject<'_>, asked: f64) -> Vec<Sight> {
    let ink = mark_ink(&subject.notice.head);
    ink.map(|ink| subject.mm(0, asked, ink.top)).into_iter().collect()
}

fn mark_centre(subject: &Subject<'_>) -> Vec<Sight> {
    // Characters stand in their cells, not always in the middle: their cells are centred.
    let head = &subject.notice.head;
    let left = mark_lines(head).map(Line::left).reduce(f64::min);
    let right = mark_lines(head).map(Line::right).reduce(f64::max);
    let middle = left.zip(right).map(|(left, right)| f64::midpoint(left, right));
    middle.map(|middle| subject.mm(0, gb::MIDDLE, middle)).into_iter().collect()
}

fn mark_size(subject: &Subject<'_>) -> Vec<Sight> {
    /// Rounding, and the tracking of others.
    const SLACK: f64 = 0.03;
    worst(mark_lines(&subject.notice.head).map(|line| {
        let size = line.size();
        let full = line.chars.iter().filter(|c| c.is_han());
        let narrowest = full.map(|c| c.advance / c.style.em()).fold(1.0, f64::min);
        let foreign = subject.settings.foreign;
        let ok = foreign || size >= gb::TITLE - 0.25 && narrowest >= gb::MARK_NARROWEST - SLACK;
        let (size, width) = ((size * 10.0).round() / 10.0, (narrowest * 100.0).round());
        says(line.page, ok, text!("{size}磅，字宽{width}%", "{size} pt, {width} % wide"))
    }))
}

fn mark_type(subject: &Subject<'_>) -> Vec<Sight> {
    worst(mark_lines(&subject.notice.head).map(|line| {
        let ok = subject.is_kind(line, Kind::XiaoBiaoSong);
        says(line.page, ok, kind_words(line))
    }))
}

/// A mark in another colour is taken for a title: one is missed where it should be.
fn mark_colour(subject: &Subject<'_>) -> Vec<Sight> {
    let head = &subject.notice.head;
    if !head.mark.is_empty() {
        return vec![says(0, true, text!("红色", "red"))];
    }
    let expected = subject.expected.mark.is_some();
    if expected {
        vec![says(0, false, text!("没有红色的标志", "no red mark"))]
    } else {
        vec![]
    }
}

fn mark_joint(subject: &Subject<'_>) -> Vec<Sight> {
    let head = &subject.notice.head;
    let names = &head.mark;
    let one = subject.expected.mark.is_some() && subject.expected.joint.is_empty();
    let Some(first) = names.first().filter(|_| names.len() > 1 && !one) else { return Vec::new() };
    let mut sights = Vec::new();
    // A name of one character stands in the middle.
    for name in names.iter().filter(|name| name.chars.len() > 1) {
        sights.push(subject.mm(0, first.left(), name.left()));
        sights.push(subject.mm(0, first.right(), name.right()));
    }
    if let Some(shared) = &head.shared {
        let right = names.iter().map(Line::right).fold(0.0, f64::max);
        sights.push(subject.at_least(0, right, shared.left().min(right)));
        let all = names.iter().filter_map(Line::ink).reduce(Rect::union);
        if let (Some(all), Some(own)) = (all, shared.ink()) {
            let middle = |rect: Rect| f64::midpoint(rect.top, rect.bottom);
            // Both outlines end where their characters do, not at an edge of their boxes.
            sights.push(subject.within(0, middle(all), middle(own), 0.6));
        }
    }
    worst(sights)
}
