//! 7.4: the imprint.

use super::super::line::Line;
use super::super::parts::{Imprint, imprint_label};
use super::super::report::Sight;
use super::super::standard::{self as gb, Kind};
use super::{Clause, Subject, missing, says, worst};
use base::diag::Words;
use base::text;
use pdf::page::Rule;

/// How far a rule's weight may be off, in millimetres.
const WEIGHT: f64 = 0.03;

pub(super) const CLAUSES: &[Clause] = &[
    Clause {
        number: "7.4.1",
        name: "imprint-page",
        asks: Words::new("版记：在最后一面", "imprint: on the last page"),
        look: last_page,
    },
    Clause {
        number: "7.4.1",
        name: "imprint-even-page",
        asks: Words::new(
            "版记：双面印刷时在偶数面",
            "imprint: on an even page, as of a document printed on both sides",
        ),
        look: even_page,
    },
    Clause {
        number: "7.4.1",
        name: "imprint-rule-outer",
        asks: Words::new("版记首末条分隔线：粗 0.35 mm", "first and last rule: 0.35 mm thick"),
        look: |s| weights(s, gb::OUTER_RULE, |place, all| place == 0 || place + 1 == all),
    },
    Clause {
        number: "7.4.1",
        name: "imprint-rule-inner",
        asks: Words::new("版记中间分隔线：粗 0.25 mm", "rules between: 0.25 mm thick"),
        look: |s| weights(s, gb::INNER_RULE, |place, all| place > 0 && place + 1 < all),
    },
    Clause {
        number: "7.4.1",
        name: "imprint-rule-width",
        asks: Words::new(
            "版记分隔线：与版心等宽 156 mm",
            "rules: 156 mm, as wide as the text block",
        ),
        look: |s| {
            let of = |(page, rule): (usize, &Rule)| {
                [s.mm(page, gb::LEFT, rule.line.left), s.mm(page, gb::RIGHT, rule.line.right)]
            };
            worst(rules(s).into_iter().flat_map(of))
        },
    },
    Clause {
        number: "7.4.1",
        name: "imprint-foot",
        asks: Words::new(
            "版记末条分隔线：与版心下边缘重合",
            "last rule: at the foot of the text block",
        ),
        look: |s| {
            rules(s)
                .last()
                .map(|(page, rule)| s.mm(*page, gb::FOOT, rule.y()))
                .into_iter()
                .collect()
        },
    },
    Clause {
        number: "7.3.2",
        name: "recipients-moved",
        asks: Words::new(
            "主送机关移入版记时：在抄送机关之上，编排相同，之间不加分隔线",
            "recipients moved to the imprint: above the copies, in the same form, no rule between",
        ),
        look: recipients_moved,
    },
    Clause {
        number: "7.4.2",
        name: "copies",
        asks: Words::new(
            "抄送机关：如记录所写，末用句号",
            "copies: as in the records, 。 at the end",
        ),
        look: copies,
    },
    Clause {
        number: "7.4.2",
        name: "copies-place",
        asks: Words::new(
            "抄送机关：左右各空一字，回行与冒号后首字对齐",
            "copies: one character in at both sides, wrapped lines align behind the colon",
        ),
        look: copies_place,
    },
    Clause {
        number: "7.4.2",
        name: "copies-type",
        asks: Words::new("抄送机关：四号（14磅）仿宋", "copies: 14 pt FangSong"),
        look: |s| worst(copy_lines(s).iter().map(|l| s.set_in(l, gb::SMALL, Kind::FangSong))),
    },
    Clause {
        number: "7.4.3",
        name: "printed",
        asks: Words::new(
            "印发机关、印发日期：如记录所写，日期后加“印发”",
            "printed by, on: as in the records, 印发 behind the date",
        ),
        look: printed,
    },
    Clause {
        number: "7.4.3",
        name: "printed-place",
        asks: Words::new(
            "印发机关左空一字，印发日期右空一字，在同一行",
            "printed by: one character in from the left; on: one in from the right, on one line",
        ),
        look: printed_place,
    },
    Clause {
        number: "7.4.3",
        name: "printed-type",
        asks: Words::new("印发机关、印发日期：四号（14磅）仿宋", "printed by, on: 14 pt FangSong"),
        look: |s| {
            let lines = imprint(s).into_iter().flat_map(|i| i.printed_by.iter().chain(&i.printed));
            lines.map(|line| s.set_in(line, gb::SMALL, Kind::FangSong)).collect()
        },
    },
];

fn imprint<'a>(subject: &Subject<'a>) -> Option<&'a Imprint> {
    subject.notice.imprint.as_ref()
}

/// The rules; a letter's imprint has none, which is a clause of its own.
fn rules<'a>(subject: &Subject<'a>) -> Vec<(usize, &'a Rule)> {
    imprint(subject).into_iter().flat_map(|i| i.rules.iter().map(|rule| (i.page, rule))).collect()
}

fn copy_lines<'a>(subject: &Subject<'a>) -> &'a [Line] {
    imprint(subject).map_or(&[], |imprint| &imprint.copies)
}

fn last_page(subject: &Subject<'_>) -> Vec<Sight> {
    let last = subject.notice.sheets.len() - 1;
    let sight = |imprint: &Imprint| {
        let page = imprint.page + 1;
        let all = last + 1;
        says(
            imprint.page,
            imprint.page == last,
            text!("第{page}面，共{all}面", "page {page} of {all}"),
        )
    };
    imprint(subject).map(sight).into_iter().collect()
}

fn even_page(subject: &Subject<'_>) -> Vec<Sight> {
    if !subject.settings.even_last_page {
        return Vec::new();
    }
    let sight = |imprint: &Imprint| {
        let page = imprint.page + 1;
        says(imprint.page, page.is_multiple_of(2), text!("第{page}面", "page {page}"))
    };
    imprint(subject).map(sight).into_iter().collect()
}

fn weights(
    subject: &Subject<'_>,
    asked: f64,
    which: fn(place: usize, all: usize) -> bool,
) -> Vec<Sight> {
    let rules = rules(subject);
    let all = rules.len();
    let asked_for = rules_asked(subject);
    if all < asked_for {
        let page = subject.notice.sheets.len() - 1;
        let has = text!("{all}条，应有{asked_for}条", "{all} rules where {asked_for} are asked");
        return vec![says(page, false, has)];
    }
    let chosen = rules.into_iter().enumerate().filter(|(place, _)| which(*place, all));
    let sights = chosen.map(|(_, (page, rule))| subject.within(page, asked, rule.weight, WEIGHT));
    worst(sights)
}

/// How many rules the imprint must have: first and last, and one between its two parts.
fn rules_asked(subject: &Subject<'_>) -> usize {
    let expected = subject.expected;
    let printing = expected.printed_by.is_some() || expected.printed.is_some();
    match (expected.letter, !expected.copies.is_empty(), printing) {
        (true, ..) | (_, false, false) => 0,
        (_, true, true) => 3,
        _ => 2,
    }
}

fn recipients_moved(subject: &Subject<'_>) -> Vec<Sight> {
    let lines = copy_lines(subject);
    let Some(start) = lines.iter().position(|line| line.text().starts_with("主送")) else {
        return Vec::new();
    };
    let page = lines[start].page;
    let copies = lines.iter().position(|line| line.text().starts_with("抄送"));
    let has: String =
        lines[start..copies.unwrap_or(lines.len()).max(start)].iter().map(Line::text).collect();
    let words = match &subject.expected.recipients {
        Some(words) => has == format!("主送：{words}。"),
        None => has.ends_with('。'),
    };
    let between = copies.filter(|&copies| copies > start).is_some_and(|copies| {
        let (top, foot) = (lines[start].y, lines[copies].y);
        rules(subject).iter().any(|(_, rule)| (top..foot).contains(&rule.y()))
    });
    let above = copies.is_none_or(|copies| copies > start);
    let has = if !above {
        text!("在抄送机关之下", "below the copies")
    } else if between {
        text!("与抄送机关之间有分隔线", "a rule between them and the copies")
    } else {
        text!("“{has}”", "“{has}”")
    };
    vec![says(page, words && above && !between, has)]
}

fn copies(subject: &Subject<'_>) -> Vec<Sight> {
    let expected = &subject.expected.copies;
    let has: String = copy_lines(subject).iter().map(Line::text).collect();
    if has.is_empty() {
        return if expected.is_empty() { vec![] } else { vec![missing(&expected.concat())] };
    }
    let page = copy_lines(subject)[0].page;
    let marks = |text: &str| text.chars().filter(|c| !"，。；、".contains(*c)).collect::<String>();
    let label = expected.first().and_then(|first| first.split_inclusive('：').next());
    let from = label.and_then(|label| has.find(label)).unwrap_or(0);
    let words = expected.is_empty() || marks(&has[from..]) == marks(&expected.concat());
    vec![says(page, words && has.ends_with('。'), text!("“{has}”", "“{has}”"))]
}

fn copies_place(subject: &Subject<'_>) -> Vec<Sight> {
    let lines = copy_lines(subject);
    let mut behind = gb::LEFT + gb::SMALL_EM;
    let mut sights = Vec::new();
    for line in lines {
        let text = line.text();
        if let Some(label) = imprint_label(&text) {
            sights.push(subject.mm(line.page, gb::LEFT + gb::SMALL_EM, line.left()));
            behind = line.chars.get(label).map_or(behind, |c| c.x);
        } else {
            sights.push(subject.mm(line.page, behind, line.left()));
        }
        let most = gb::RIGHT - gb::SMALL_EM;
        if line.right() > most + subject.settings.tolerance {
            sights.push(subject.at_most(line.page, most, line.right()));
        }
    }
    worst(sights)
}

fn printed(subject: &Subject<'_>) -> Vec<Sight> {
    let imprint = imprint(subject);
    let by = imprint.and_then(|i| i.printed_by.as_ref());
    let on = imprint.and_then(|i| i.printed.as_ref());
    // A letter's imprint has neither.
    if subject.expected.letter {
        return Vec::new();
    }
    let expected_on = subject.expected.printed.as_ref().map(|date| format!("{date}印发"));
    let words = subject.words(by, subject.expected.printed_by.as_ref());
    words.into_iter().chain(subject.words(on, expected_on.as_ref())).collect()
}

fn printed_place(subject: &Subject<'_>) -> Vec<Sight> {
    let Some(imprint) = imprint(subject) else { return Vec::new() };
    let mut sights = Vec::new();
    if let Some(by) = &imprint.printed_by {
        sights.push(subject.mm(by.page, gb::LEFT + gb::SMALL_EM, by.left()));
    }
    if let Some(on) = &imprint.printed {
        sights.push(subject.mm(on.page, gb::RIGHT - gb::SMALL_EM, on.right()));
    }
    if let (Some(by), Some(on)) = (&imprint.printed_by, &imprint.printed) {
        sights.push(subject.mm(on.page, by.y, on.y));
    }
    worst(sights)
}
