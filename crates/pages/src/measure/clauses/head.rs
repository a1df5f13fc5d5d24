//! 7.2.1 to 7.2.3 and 7.2.5 to 7.2.7: everything above the red rule but the mark.

use super::super::line::Line;
use super::super::report::{Has, Sight};
use super::super::standard::{self as gb, Kind, blanks};
use super::mark::mark_ink;
use super::{Clause, Subject, missing, says, worst};
use base::diag::Words;
use base::text;
use pdf::page::Rule;

pub(super) const CLAUSES: &[Clause] = &[
    Clause {
        number: "7.2.1",
        name: "copy-number",
        asks: Words::new("份号：6位数字", "copy number: six digits"),
        look: copy_number,
    },
    Clause {
        number: "7.2.1",
        name: "copy-number-place",
        asks: Words::new(
            "份号：版心第一行，顶格",
            "copy number: line 1 of the text block, flush left",
        ),
        look: |s| in_corner(s, s.notice.head.copy_number.as_ref()),
    },
    Clause {
        number: "7.2.1",
        name: "copy-number-type",
        asks: Words::new("份号：三号（16磅）", "copy number: 16 pt"),
        look: |s| sized(s.notice.head.copy_number.as_ref()),
    },
    Clause {
        number: "7.2.2",
        name: "secrecy",
        asks: Words::new("密级和保密期限：如记录所写", "secrecy and term: as in the records"),
        look: |s| {
            s.words(s.notice.head.secrecy.as_ref(), s.expected.secrecy.as_ref())
                .into_iter()
                .collect()
        },
    },
    Clause {
        number: "7.2.2",
        name: "secrecy-place",
        asks: Words::new(
            "密级：份号下一行，顶格",
            "secrecy: the line below the copy number, flush left",
        ),
        look: |s| in_corner(s, s.notice.head.secrecy.as_ref()),
    },
    Clause {
        number: "7.2.2",
        name: "secrecy-type",
        asks: Words::new("密级：三号黑体", "secrecy: 16 pt Hei"),
        look: |s| typed(s, s.notice.head.secrecy.as_ref(), Kind::Hei),
    },
    Clause {
        number: "7.2.3",
        name: "urgency",
        asks: Words::new("紧急程度：如记录所写", "urgency: as in the records"),
        look: |s| {
            s.words(s.notice.head.urgency.as_ref(), s.expected.urgency.as_ref())
                .into_iter()
                .collect()
        },
    },
    Clause {
        number: "7.2.3",
        name: "urgency-place",
        asks: Words::new(
            "紧急程度：份号、密级之下，各占一行，顶格",
            "urgency: below copy number and secrecy, on a line of its own, flush left",
        ),
        look: |s| in_corner(s, s.notice.head.urgency.as_ref()),
    },
    Clause {
        number: "7.2.3",
        name: "urgency-type",
        asks: Words::new("紧急程度：三号黑体", "urgency: 16 pt Hei"),
        look: |s| typed(s, s.notice.head.urgency.as_ref(), Kind::Hei),
    },
    Clause {
        number: "7.2.5",
        name: "number",
        asks: Words::new(
            "发文字号：机关代字〔年份〕序号号，年份全称用六角括号，序号不编虚位、不加“第”",
            "number: code〔four-digit year〕serial号, no 第, no leading zeros",
        ),
        look: number,
    },
    Clause {
        number: "7.2.5",
        name: "number-gap",
        asks: Words::new("发文字号：标志下空二行", "number: two blank lines below the mark"),
        look: number_gap,
    },
    Clause {
        number: "7.2.5",
        name: "number-place",
        asks: Words::new(
            "发文字号：居中；上行文居左空一字",
            "number: centred; of upward documents one character in from the left",
        ),
        look: number_place,
    },
    Clause {
        number: "7.2.5",
        name: "number-type",
        asks: Words::new("发文字号：三号仿宋", "number: 16 pt FangSong"),
        look: |s| typed(s, s.notice.head.number.as_ref(), Kind::FangSong),
    },
    Clause {
        number: "7.2.6",
        name: "signatory-place",
        asks: Words::new("签发人：居右空一字", "signatory: one character in from the right"),
        look: signatory_place,
    },
    Clause {
        number: "7.2.6",
        name: "signatory-line",
        asks: Words::new(
            "签发人：每行二人，最后一人与发文字号同一行（排不下的，发文字号在下一行）",
            "signatory: two names a line, the last on the number's line, or above it where both do not fit",
        ),
        look: signatory_line,
    },
    Clause {
        number: "7.2.6",
        name: "signatory-type",
        asks: Words::new(
            "签发人：标签三号仿宋，姓名三号楷体",
            "signatory: label 16 pt FangSong, names 16 pt Kai",
        ),
        look: signatory_type,
    },
    Clause {
        number: "7.2.7",
        name: "rule-gap",
        asks: Words::new("红色分隔线：发文字号下 4 mm", "red rule: 4 mm below the number"),
        look: rule_gap,
    },
    Clause {
        number: "7.2.7",
        name: "rule-width",
        asks: Words::new(
            "红色分隔线：与版心等宽 156 mm",
            "red rule: 156 mm, as wide as the text block",
        ),
        look: rule_width,
    },
    Clause {
        number: "7.2.7",
        name: "rule-place",
        asks: Words::new(
            "红色分隔线：居中，左端在版心左边",
            "red rule: from the left edge of the text block",
        ),
        look: |s| rule(s).map(|rule| s.mm(0, gb::LEFT, rule.line.left)).into_iter().collect(),
    },
];

fn typed(subject: &Subject<'_>, line: Option<&Line>, kind: Kind) -> Vec<Sight> {
    line.map(|line| subject.set_in(line, gb::BODY, kind)).into_iter().collect()
}

fn sized(line: Option<&Line>) -> Vec<Sight> {
    let sight = |line: &Line| {
        let ok = (line.size() - gb::BODY).abs() < 0.25;
        let size = (line.size() * 10.0).round() / 10.0;
        says(line.page, ok, text!("{size}磅", "{size} pt"))
    };
    line.map(sight).into_iter().collect()
}

fn copy_number(subject: &Subject<'_>) -> Vec<Sight> {
    let line = subject.notice.head.copy_number.as_ref();
    let form = line.map(|line| {
        let has = line.text();
        let ok = has.len() == 6 && has.bytes().all(|c| c.is_ascii_digit());
        says(line.page, ok, text!("“{has}”", "“{has}”"))
    });
    form.into_iter().chain(subject.words(line, subject.expected.copy_number.as_ref())).collect()
}

/// The lines at the left of the head, in their order, each on the next line from the first.
/// In a letter they begin below the first double rule, where there is a clause of its own.
fn in_corner(subject: &Subject<'_>, line: Option<&Line>) -> Vec<Sight> {
    let head = &subject.notice.head;
    let Some(line) = line else { return Vec::new() };
    let order = [&head.copy_number, &head.secrecy, &head.urgency];
    let above = order
        .iter()
        .take_while(|other| other.as_ref() != Some(line))
        .filter(|other| other.is_some())
        .count();
    let first = order.iter().find_map(|other| other.as_ref()).map_or(gb::TOP, Line::top);
    let top = if head.doubles.is_empty() { gb::TOP } else { first };
    vec![
        subject.mm(line.page, gb::LEFT, line.left()),
        subject.mm(line.page, top + above as f64 * subject.pitch(), line.top()),
    ]
}

fn number(subject: &Subject<'_>) -> Vec<Sight> {
    let line = subject.notice.head.number.as_ref();
    let form = line.map(|line| {
        let has = line.text();
        says(line.page, is_well_formed(&has) || is_issue(&has), text!("“{has}”", "“{has}”"))
    });
    form.into_iter().chain(subject.words(line, subject.expected.number.as_ref())).collect()
}

/// `云府〔2025〕1号`. A number that is still to be given has blanks for its serial.
fn is_well_formed(text: &str) -> bool {
    let Some((code, rest)) = text.split_once('〔') else { return false };
    let Some((year, rest)) = rest.split_once('〕') else { return false };
    let Some(serial) = rest.strip_suffix('号') else { return false };
    let digits = |text: &str| text.bytes().all(|c| c.is_ascii_digit());
    !code.is_empty()
        && year.len() == 4
        && digits(year)
        && digits(serial)
        && !serial.starts_with('0')
}

/// 10.3: minutes may be numbered by themselves, 第12期.
fn is_issue(text: &str) -> bool {
    let number = text.strip_prefix('第').and_then(|rest| rest.strip_suffix('期'));
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
}

fn number_gap(subject: &Subject<'_>) -> Vec<Sight> {
    let head = &subject.notice.head;
    let (Some(ink), Some(number)) = (mark_ink(head), &head.number) else { return Vec::new() };
    if !head.doubles.is_empty() {
        return Vec::new();
    }
    // Of several signatories the first stands there, and the number on the last one's line.
    let top = head.signatory.first().map_or(number.top(), Line::top);
    vec![subject.mm(0, blanks(2, subject.pitch()), top - ink.bottom)]
}

fn number_place(subject: &Subject<'_>) -> Vec<Sight> {
    let head = &subject.notice.head;
    let Some(number) = &head.number else { return Vec::new() };
    if !head.doubles.is_empty() {
        return Vec::new();
    }
    vec![if head.signatory.is_empty() {
        subject.mm(0, gb::MIDDLE, number.middle())
    } else {
        subject.mm(0, gb::LEFT + gb::CELL, number.left())
    }]
}

fn signatory_place(subject: &Subject<'_>) -> Vec<Sight> {
    let lines = &subject.notice.head.signatory;
    if let (true, Some(first)) = (lines.is_empty(), subject.expected.signatory.first()) {
        return vec![missing(first)];
    }
    let right = lines.iter().map(Line::right).reduce(f64::max);
    right.map(|right| subject.mm(0, gb::RIGHT - gb::CELL, right)).into_iter().collect()
}

fn signatory_line(subject: &Subject<'_>) -> Vec<Sight> {
    let head = &subject.notice.head;
    let (Some(number), Some(last)) = (&head.number, head.signatory.last()) else {
        return Vec::new();
    };
    let steps =
        head.signatory.windows(2).map(|pair| subject.mm(0, subject.pitch(), pair[1].y - pair[0].y));
    // Where both do not fit beside each other the number stands on the line below.
    let widest = head.signatory.iter().map(|line| line.right() - line.left()).fold(0.0, f64::max);
    let both = number.right() - number.left() + widest;
    let below = if both > gb::WIDTH - 3.0 * gb::CELL { subject.pitch() } else { 0.0 };
    std::iter::once(subject.mm(0, number.y - below, last.y)).chain(steps).collect()
}

fn signatory_type(subject: &Subject<'_>) -> Vec<Sight> {
    worst(subject.notice.head.signatory.iter().flat_map(|line| {
        let label = "签发人：".chars().count();
        let begins = line.text().starts_with("签发人");
        let parts = if begins {
            line.chars.split_at(label.min(line.chars.len()))
        } else {
            (&[][..], &line.chars[..])
        };
        let part = |chars: &[super::super::line::Char], kind| {
            let part = Line { page: line.page, y: line.y, chars: chars.to_vec() };
            (!chars.is_empty()).then(|| subject.set_in(&part, gb::BODY, kind))
        };
        [part(parts.0, Kind::FangSong), part(parts.1, Kind::Kai)].into_iter().flatten()
    }))
}

fn rule<'a>(subject: &Subject<'a>) -> Option<&'a Rule> {
    subject.notice.head.rule.as_ref()
}

/// Measured to the rule's middle.
fn rule_gap(subject: &Subject<'_>) -> Vec<Sight> {
    let head = &subject.notice.head;
    let (Some(rule), Some(number)) = (rule(subject), &head.number) else {
        return Vec::new();
    };
    // Of a paper that is not signed organ and date stand between.
    let last = head.dateline.iter().map(Line::bottom).fold(number.bottom(), f64::max);
    vec![subject.mm(0, gb::RED_RULE, rule.y() - last)]
}

fn rule_width(subject: &Subject<'_>) -> Vec<Sight> {
    match rule(subject) {
        Some(rule) => vec![subject.mm(0, gb::WIDTH, rule.length())],
        None if subject.expected.mark.is_some() && !subject.expected.letter => {
            vec![Sight {
                page: 1,
                asked: Some(gb::WIDTH),
                has: Has::Words(text!("没有红色分隔线", "no red rule")),
                ok: false,
            }]
        }
        None => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_its_form() {
        for (text, ok) in [
            ("云府〔2025〕1号", true),
            ("云府〔2025〕号", true),
            ("云府〔25〕1号", false),
            ("云府[2025]1号", false),
            ("云府〔2025〕第1号", false),
            ("云府〔2025〕001号", false),
            ("〔2025〕1号", false),
        ] {
            assert_eq!(is_well_formed(text), ok, "{text}");
        }
    }
}
