//! 7.5: page numbers.

use super::super::line::Line;
use super::super::report::Sight;
use super::super::standard::{self as gb, Kind};
use super::{Clause, Subject, says, worst};
use base::diag::Words;
use base::text;

pub(super) const CLAUSES: &[Clause] = &[
    Clause {
        number: "7.5",
        name: "page-number",
        asks: Words::new(
            "页码：每面都有，与面次一致；信函首页、空白页及其后的版记页除外",
            "page numbers: on every page, in order, but for a letter's first page, and a blank page \
             with the imprint's page behind it",
        ),
        look: page_numbers,
    },
    Clause {
        number: "7.5",
        name: "page-number-form",
        asks: Words::new(
            "页码：左右各放一条一字线",
            "page number: a one-character dash at each side",
        ),
        look: |s| worst(s.notice.numbers.iter().map(form)),
    },
    Clause {
        number: "7.5",
        name: "page-number-type",
        asks: Words::new(
            "页码：四号（14磅）半角宋体数字",
            "page number: 14 pt half-width Song digits",
        ),
        look: |s| worst(s.notice.numbers.iter().map(|line| digits(s, line))),
    },
    Clause {
        number: "7.5",
        name: "page-number-gap",
        asks: Words::new(
            "页码：一字线上距版心下边缘 7 mm",
            "page number: its dashes 7 mm below the text block",
        ),
        look: |s| {
            worst(s.notice.numbers.iter().map(|l| s.mm(l.page, gb::FOOT + gb::NUMBER, dash(l))))
        },
    },
    Clause {
        number: "7.5",
        name: "page-number-side",
        asks: Words::new(
            "页码：单页码居右空一字，双页码居左空一字",
            "page number: odd ones one character in from the right, even ones from the left",
        ),
        look: |s| worst(s.notice.numbers.iter().map(|line| side(s, line))),
    },
];

fn page_numbers(subject: &Subject<'_>) -> Vec<Sight> {
    let notice = subject.notice;
    let sheets = &notice.sheets;
    let imprint = notice.imprint.as_ref().map(|imprint| imprint.page);
    // Of attachments bound in the numbers go on; what was cut out of a document keeps its own.
    let mut sights = Vec::new();
    for (page, sheet) in sheets.iter().enumerate() {
        let found: Vec<&Line> = notice.numbers.iter().filter(|line| line.page == page).collect();
        let letter = page == 0 && (!notice.head.doubles.is_empty() || subject.expected.letter);
        let only_number = sheet.page.runs.len() <= 1 && sheet.page.rules.is_empty();
        let empty = sheet.is_blank() || only_number;
        let behind_blank = page > 0 && imprint == Some(page) && {
            let before = &sheets[page - 1];
            before.is_blank() || before.page.runs.len() <= 1 && before.page.rules.is_empty()
        };
        let none = letter || empty || behind_blank;
        let has: Vec<String> = found.iter().map(|line| line.text()).collect();
        let ok = if none {
            has.is_empty()
        } else {
            has.len() == 1 && number(found[0]) == Some(page + 1)
        };
        let has = has.join("、");
        let words = if has.is_empty() {
            text!("没有页码", "no number")
        } else {
            text!("“{has}”", "“{has}”")
        };
        sights.push(says(page, ok, words));
    }
    sights
}

fn number(line: &Line) -> Option<usize> {
    let digits: String = line.text().chars().filter(char::is_ascii_digit).collect();
    digits.parse().ok()
}

fn form(line: &Line) -> Sight {
    let has = line.text();
    let em = line.style().em();
    let inner = has.strip_prefix('—').and_then(|rest| rest.strip_suffix('—'));
    let ends = [line.chars.first(), line.chars.last()];
    let wide = ends.into_iter().flatten().all(|c| (c.advance - em).abs() < 0.15 * em);
    let ok = wide && inner.is_some_and(|inner| inner.bytes().all(|c| c.is_ascii_digit()));
    says(line.page, ok, text!("“{has}”", "“{has}”"))
}

fn digits(subject: &Subject<'_>, line: &Line) -> Sight {
    let digits = line.chars.iter().filter(|c| c.first().is_ascii_digit()).cloned().collect();
    let digits = Line { page: line.page, y: line.y, chars: digits };
    if digits.chars.is_empty() {
        return says(line.page, false, text!("没有数字", "no digits"));
    }
    let sight = subject.set_in(&digits, gb::SMALL, Kind::Song);
    let em = digits.style().em();
    let half = digits.chars.iter().all(|c| c.advance < 0.7 * em);
    Sight { ok: sight.ok && half, ..sight }
}

/// The middle of the dashes' outlines; where there are none, that of the em box.
fn dash(line: &Line) -> f64 {
    let ends = [line.chars.first(), line.chars.last()];
    let ink = ends.into_iter().flatten().find_map(|c| c.ink);
    ink.map_or(line.center(), |ink| f64::midpoint(ink.top, ink.bottom))
}

fn side(subject: &Subject<'_>, line: &Line) -> Sight {
    if (line.page + 1) % 2 == 1 {
        subject.mm(line.page, gb::RIGHT - gb::SMALL_EM, line.right())
    } else {
        subject.mm(line.page, gb::LEFT + gb::SMALL_EM, line.left())
    }
}
