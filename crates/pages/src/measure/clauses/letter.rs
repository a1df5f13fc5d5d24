//! 10.1: the letter format.

use super::super::report::Sight;
use super::super::standard as gb;
use super::mark::{mark_ink, mark_top};
use super::{Clause, Subject, says};
use base::diag::Words;
use base::text;
use pdf::page::Rule;

pub(super) const CLAUSES: &[Clause] = &[
    Clause {
        number: "10.1",
        name: "letter-rules",
        asks: Words::new(
            "信函：首页有上下两条红色双线",
            "letter: two red double rules on the first page",
        ),
        look: both_rules,
    },
    Clause {
        number: "10.1",
        name: "letter-mark-top",
        asks: Words::new(
            "信函标志上边缘：距纸上边 30 mm",
            "letter: the mark's top edge 30 mm below the paper's top",
        ),
        look: |s| if is_letter(s) { mark_top(s, gb::LETTER_MARK) } else { Vec::new() },
    },
    Clause {
        number: "10.1",
        name: "letter-rule-gap",
        asks: Words::new(
            "信函：标志下 4 mm 处印红色双线",
            "letter: the first double rule 4 mm below the mark",
        ),
        look: rule_gap,
    },
    Clause {
        number: "10.1",
        name: "letter-rule-foot",
        asks: Words::new(
            "信函：距纸下边 20 mm 处印红色双线",
            "letter: the second double rule 20 mm above the paper's foot",
        ),
        look: rule_foot,
    },
    Clause {
        number: "10.1",
        name: "letter-rule-width",
        asks: Words::new("信函双线：长 170 mm，居中", "letter: double rules 170 mm long, centred"),
        look: rule_width,
    },
    Clause {
        number: "10.1",
        name: "letter-rule-weights",
        asks: Words::new(
            "信函双线：上线上粗下细，下线上细下粗",
            "letter: thick over thin at the top, thin over thick at the foot",
        ),
        look: weights,
    },
    Clause {
        number: "10.1",
        name: "letter-corner",
        asks: Words::new(
            "信函：份号、密级、紧急程度顶格在第一条双线之下",
            "letter: copy number, secrecy and urgency flush left below the first double rule",
        ),
        look: corner,
    },
    Clause {
        number: "10.1",
        name: "letter-number",
        asks: Words::new(
            "信函发文字号：顶格居右，在第一条双线下一行",
            "letter: the number flush right, on the first line below the first double rule",
        ),
        look: number,
    },
    Clause {
        number: "10.1",
        name: "letter-title-gap",
        asks: Words::new(
            "信函标题：与其上最后一个要素相距二行",
            "letter: the title two lines below the last element above it",
        ),
        look: title_gap,
    },
    Clause {
        number: "10.1",
        name: "letter-imprint",
        asks: Words::new(
            "信函版记：不加分隔线，不印印发机关和印发日期",
            "letter: an imprint without rules, printer and date",
        ),
        look: imprint,
    },
];

fn is_letter(subject: &Subject<'_>) -> bool {
    subject.expected.letter || !subject.notice.head.doubles.is_empty()
}

fn doubles<'a>(subject: &Subject<'a>) -> &'a [[Rule; 2]] {
    &subject.notice.head.doubles
}

fn both_rules(subject: &Subject<'_>) -> Vec<Sight> {
    if !is_letter(subject) {
        return Vec::new();
    }
    let count = doubles(subject).len();
    vec![says(0, count == 2, text!("{count}条", "{count}"))]
}

/// From the mark to the upper of both rules.
fn rule_gap(subject: &Subject<'_>) -> Vec<Sight> {
    let (Some([upper, _]), Some(ink)) = (doubles(subject).first(), mark_ink(&subject.notice.head))
    else {
        return Vec::new();
    };
    vec![subject.mm(0, gb::LETTER_RULE, upper.y() - ink.bottom)]
}

/// The standard does not say to which of both rules; the nearer one counts.
fn rule_foot(subject: &Subject<'_>) -> Vec<Sight> {
    let Some(rules) = doubles(subject).get(1) else { return Vec::new() };
    let feet = rules.iter().map(|rule| gb::PAPER.1 - rule.y());
    let off = |foot: &f64| (foot - gb::LETTER_FOOT).abs();
    let nearest = feet.min_by(|a, b| off(a).total_cmp(&off(b)));
    nearest.map(|foot| subject.mm(0, gb::LETTER_FOOT, foot)).into_iter().collect()
}

fn rule_width(subject: &Subject<'_>) -> Vec<Sight> {
    let left = (gb::PAPER.0 - gb::LETTER_WIDTH) / 2.0;
    let all = doubles(subject).iter().flatten();
    super::worst(all.flat_map(|rule| {
        // Centred on the paper, or on the text block: the standard says only 居中.
        let middle = f64::midpoint(rule.line.left, rule.line.right);
        let near = if (middle - gb::MIDDLE).abs() < (middle - gb::PAPER.0 / 2.0).abs() {
            gb::MIDDLE - gb::LETTER_WIDTH / 2.0
        } else {
            left
        };
        [subject.mm(0, gb::LETTER_WIDTH, rule.length()), subject.mm(0, near, rule.line.left)]
    }))
}

fn weights(subject: &Subject<'_>) -> Vec<Sight> {
    let sight = |(place, [upper, lower]): (usize, &[Rule; 2])| {
        let ok = if place == 0 { upper.weight > lower.weight } else { upper.weight < lower.weight };
        let (upper, lower) = (upper.weight, lower.weight);
        says(0, ok, text!("上 {upper:.2} mm，下 {lower:.2} mm", "{upper:.2} mm over {lower:.2} mm"))
    };
    doubles(subject).iter().enumerate().map(sight).collect()
}

fn corner(subject: &Subject<'_>) -> Vec<Sight> {
    let head = &subject.notice.head;
    let first =
        [&head.copy_number, &head.secrecy, &head.urgency].into_iter().find_map(Option::as_ref);
    let (Some([_, lower]), Some(first)) = (doubles(subject).first(), first) else {
        return Vec::new();
    };
    let gap = first.top() - lower.y();
    let sight = subject.at_most(0, subject.pitch(), gap);
    vec![super::Sight { ok: sight.ok && gap > 0.0, ..sight }]
}

fn number(subject: &Subject<'_>) -> Vec<Sight> {
    let head = &subject.notice.head;
    let (Some([_, lower]), Some(number)) = (doubles(subject).first(), &head.number) else {
        return Vec::new();
    };
    let gap = number.top() - lower.y();
    let below = subject.at_most(0, subject.pitch(), gap);
    vec![
        subject.mm(0, gb::RIGHT, number.right()),
        super::Sight { ok: below.ok && gap > 0.0, ..below },
    ]
}

fn title_gap(subject: &Subject<'_>) -> Vec<Sight> {
    let notice = subject.notice;
    let head = &notice.head;
    if head.doubles.is_empty() {
        return Vec::new();
    }
    let above = [&head.copy_number, &head.secrecy, &head.urgency, &head.number];
    let lowest = above.into_iter().flatten().map(|line| line.bottom()).reduce(f64::max);
    let title = notice.titles.first().and_then(|title| title.lines.first());
    let (Some(lowest), Some(title)) = (lowest, title) else { return Vec::new() };
    // Two blank lines between em boxes, or two lines that own the gap below them as well.
    let gap = title.top() - lowest;
    let pitch = subject.pitch();
    let own_gap = pitch - gb::BODY / pdf::page::PT_PER_MM;
    let asked = gap.clamp(2.0 * pitch, 2.0 * pitch + own_gap);
    vec![subject.mm(0, asked, gap)]
}

fn imprint(subject: &Subject<'_>) -> Vec<Sight> {
    if !is_letter(subject) {
        return Vec::new();
    }
    let Some(imprint) = &subject.notice.imprint else { return Vec::new() };
    let rules = imprint.rules.len();
    let printed = imprint.printed.is_some() || imprint.printed_by.is_some();
    let has = text!(
        "分隔线{rules}条，{zh}印发机关或日期",
        "{rules} rules, {en} printer or date",
        zh = if printed { "有" } else { "没有" },
        en = if printed { "with" } else { "without" }
    );
    vec![says(imprint.page, rules == 0 && !printed, has)]
}
