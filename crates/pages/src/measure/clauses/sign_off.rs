//! 7.3.5: organ and date, sealed and unsealed.

use super::super::line::Line;
use super::super::parts::SignOff;
use super::super::report::{Has, Sight};
use super::super::standard as gb;
use super::ending::text_above;
use super::{Clause, Subject, missing, says};
use base::diag::Words;
use base::text;

pub(super) const CLAUSES: &[Clause] = &[
    Clause {
        number: "7.3.5",
        name: "sign-off",
        asks: Words::new("署名和成文日期：如记录所写", "organ and date: as in the records"),
        look: sign_off,
    },
    Clause {
        number: "7.3.5.1",
        name: "date-right",
        asks: Words::new(
            "成文日期（加盖印章）：右空四字",
            "date, sealed: four characters in from the right",
        ),
        look: |s| sealed(s, date_right),
    },
    Clause {
        number: "7.3.5.1",
        name: "organ-centre",
        asks: Words::new(
            "署名（加盖印章）：与成文日期居中对齐",
            "organ, sealed: centred on the date",
        ),
        look: |s| {
            sealed(s, |s, sign_off, date| {
                let organ = sign_off.organs.last().unwrap_or(date);
                s.mm(date.page, date.middle(), organ.middle())
            })
        },
    },
    Clause {
        number: "7.3.5.1",
        name: "organ-line",
        asks: Words::new(
            "署名（加盖印章）：在成文日期上一行",
            "organ, sealed: on the line above the date",
        ),
        look: |s| {
            sealed(s, |s, sign_off, date| {
                let above = sign_off.organs.last().map_or(s.pitch(), |organ| date.y - organ.y);
                s.lines(date.page, 1.0, above)
            })
        },
    },
    Clause {
        number: "7.3.5.1",
        name: "joint-seals",
        asks: Words::new(
            "联合行文的印章（直径 42 mm）：互不相交，两端不超出版心",
            "seals of a joint notice, 42 mm: none touches another, none passes the text block",
        ),
        look: joint_seals,
    },
    Clause {
        number: "7.3.5.1",
        name: "seal-space",
        asks: Words::new(
            "印章（直径 42 mm）居中下压署名和日期时，上边距正文不到一行",
            "a seal of 42 mm over organ and date: its top within one line of the text above",
        ),
        look: seal_space,
    },
    Clause {
        number: "7.3.5.2",
        name: "unsealed",
        asks: Words::new(
            "署名（不加盖印章）：正文下空一行，右空二字；日期首字比署名首字右移二字",
            "organ, unsealed: one blank line below the text, two characters in from the right; the \
             date begins two characters further right",
        ),
        look: unsealed,
    },
    Clause {
        number: "7.3.5.4",
        name: "date-form",
        asks: Words::new(
            "成文日期：阿拉伯数字，年月日标全，不编虚位",
            "date: Arabic digits, full year, no leading zeros",
        ),
        look: date_form,
    },
    Clause {
        number: "7.3.5.5",
        name: "not-alone",
        asks: Words::new("署名和成文日期所在页有正文", "organ and date share their page with text"),
        look: not_alone,
    },
];

fn sign_off(subject: &Subject<'_>) -> Vec<Sight> {
    let sign_off = subject.notice.sign_offs.first();
    let date = sign_off.and_then(|sign_off| sign_off.date.as_ref());
    let mut sights: Vec<Sight> =
        subject.words(date, subject.expected.date.as_ref()).into_iter().collect();
    let has: String = sign_off.iter().flat_map(|s| &s.organs).map(Line::text).collect();
    if !subject.expected.organs.is_empty() {
        let expected = subject.expected.organs.concat();
        let page = sign_off.and_then(SignOff::first).map_or(0, |line| line.page);
        sights.push(if has.is_empty() {
            missing(&expected)
        } else {
            says(page, has == expected, text!("“{has}”", "“{has}”"))
        });
    }
    sights
}

/// Where it is not known: without a seal the organ, or a longer date, stands two characters in,
/// and one is not centred on the other.
fn is_unsealed(subject: &Subject<'_>, sign_off: &SignOff) -> bool {
    if let Some(sealed) = subject.expected.sealed {
        return !sealed;
    }
    let Some(date) = &sign_off.date else { return false };
    let near = |line: &Line| {
        (gb::RIGHT - line.right() - 2.0 * gb::CELL).abs() < subject.settings.tolerance + 0.1
    };
    match sign_off.organs.last() {
        Some(organ) => {
            let centred = (organ.middle() - date.middle()).abs() < 1.0;
            !centred && (near(organ) || near(date))
        }
        None => near(date),
    }
}

fn sealed(subject: &Subject<'_>, look: fn(&Subject<'_>, &SignOff, &Line) -> Sight) -> Vec<Sight> {
    let sealed = subject.notice.sign_offs.iter().filter(|s| !is_unsealed(subject, s));
    sealed.filter_map(|one| Some(look(subject, one, one.date.as_ref()?))).collect()
}

/// Four characters in; farther where a longer name, or one of several seals, would pass the edge.
fn date_right(subject: &Subject<'_>, sign_off: &SignOff, date: &Line) -> Sight {
    let width = |line: &Line| line.right() - line.left();
    let joint = sign_off.organs.len() > 1 && subject.expected.organs.len() != 1;
    let mut names = sign_off.organs.iter().map(width);
    let last = if joint {
        names.next_back().unwrap_or(0.0).max(gb::SEAL)
    } else {
        names.fold(0.0, f64::max)
    };
    let needed = (last - width(date)) / 2.0;
    subject.mm(date.page, gb::RIGHT - needed.max(4.0 * gb::CELL), date.right())
}

/// A seal for each organ: none touches another one, none leaves the text block.
fn joint_seals(subject: &Subject<'_>) -> Vec<Sight> {
    let mut sights = Vec::new();
    for sign_off in subject.notice.sign_offs.iter().filter(|s| !is_unsealed(subject, s)) {
        let organs = &sign_off.organs;
        // One organ on two lines has one seal.
        if organs.len() < 2 || subject.expected.organs.len() == 1 {
            continue;
        }
        for (place, organ) in organs.iter().enumerate() {
            let half = gb::SEAL / 2.0;
            sights.push(subject.at_least(organ.page, gb::LEFT, organ.middle() - half));
            sights.push(subject.at_most(organ.page, gb::RIGHT, organ.middle() + half));
            for other in &organs[..place] {
                let apart = (organ.middle() - other.middle()).hypot(organ.y - other.y);
                sights.push(subject.at_least(organ.page, gb::SEAL, apart));
            }
        }
    }
    tightest(sights)
}

/// The sights that are wrong; where all are right, the first one.
fn tightest(sights: Vec<Sight>) -> Vec<Sight> {
    let (right, wrong): (Vec<Sight>, Vec<Sight>) = sights.into_iter().partition(|sight| sight.ok);
    if wrong.is_empty() { right.into_iter().take(1).collect() } else { wrong }
}

/// A seal stands over organ and date so that these are in its middle or a little below it.
fn seal_space(subject: &Subject<'_>) -> Vec<Sight> {
    /// How far below the seal's middle organ and date may be.
    const BELOW: f64 = 6.0;
    let mut sights = Vec::new();
    for sign_off in subject.notice.sign_offs.iter().filter(|s| !is_unsealed(subject, s)) {
        let (Some(first), Some(date)) = (sign_off.first(), &sign_off.date) else { continue };
        let Some(text) = text_above(subject, first) else { continue };
        // In a row above the last one a seal stands over its organ alone.
        let joint = subject.expected.organs.len() != 1;
        let rows = joint && sign_off.organs.iter().any(|organ| organ.y > first.y + 1.0);
        let middle = if rows { first.center() } else { f64::midpoint(first.top(), date.bottom()) };
        let room = middle - text.bottom();
        let (nearest, farthest) = (gb::SEAL / 2.0, gb::SEAL / 2.0 + BELOW + subject.pitch());
        let slack = subject.settings.tolerance;
        let ok = (nearest - slack..=farthest + slack).contains(&room);
        // The nearer of both ends is what was missed.
        let asked = room.clamp(nearest, farthest);
        let page = date.page + 1;
        sights.push(Sight { page, asked: Some(asked), has: Has::Mm(room), ok });
    }
    sights
}

fn unsealed(subject: &Subject<'_>) -> Vec<Sight> {
    let two = 2.0 * gb::CELL;
    let mut sights = Vec::new();
    for sign_off in subject.notice.sign_offs.iter().filter(|s| is_unsealed(subject, s)) {
        let Some(date) = &sign_off.date else { continue };
        if let Some(text) =
            sign_off.first().and_then(|first| Some((first, text_above(subject, first)?)))
        {
            sights.push(subject.lines(date.page, 2.0, text.0.y - text.1.y));
        }
        let Some(organ) = sign_off.organs.last() else {
            sights.push(subject.mm(date.page, gb::RIGHT - two, date.right()));
            continue;
        };
        // A long name of one organ stands on two lines, one centred on the other.
        let lines: &[Line] = match subject.expected.organs.len() {
            1 => &sign_off.organs,
            _ => std::slice::from_ref(organ),
        };
        let left = lines.iter().map(Line::left).fold(f64::MAX, f64::min);
        let right = lines.iter().map(Line::right).fold(0.0, f64::max);
        // The one that reaches further right stands two characters in; a longer date pushes the
        // organ aside.
        sights.push(subject.mm(date.page, left + two, date.left()));
        let right = right.max(date.right());
        sights.push(subject.mm(date.page, gb::RIGHT - two, right));
    }
    sights
}

fn date_form(subject: &Subject<'_>) -> Vec<Sight> {
    let dates = subject.notice.sign_offs.iter().filter_map(|sign_off| sign_off.date.as_ref());
    dates
        .map(|date| {
            let has = date.text();
            let parts: Vec<&str> = has.split(['年', '月', '日']).collect();
            let digits = |part: &str| !part.is_empty() && part.bytes().all(|c| c.is_ascii_digit());
            let ok = matches!(parts[..], [year, month, day, ""]
                if year.len() == 4
                    && [year, month, day].into_iter().all(digits)
                    && !month.starts_with('0')
                    && !day.starts_with('0'));
            says(date.page, ok, text!("“{has}”", "“{has}”"))
        })
        .collect()
}

fn not_alone(subject: &Subject<'_>) -> Vec<Sight> {
    let firsts = subject.notice.sign_offs.iter().filter_map(SignOff::first);
    firsts
        .map(|line| {
            let ok = text_above(subject, line).is_some();
            let has = if ok {
                text!("有正文", "with text")
            } else {
                text!("没有正文", "without text")
            };
            says(line.page, ok, has)
        })
        .collect()
}
