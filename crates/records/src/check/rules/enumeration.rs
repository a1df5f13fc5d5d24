//! Numbers that the author writes into a text.

use crate::check::context::Context;
use crate::check::example::Example;
use crate::check::finding::{Finding, Findings};
use crate::check::prose::Prose;
use crate::check::rule::{Family, Origin, Rule};
use crate::check::texts::{Piece, TextKind};
use base::diag::{Severity, SourceText, Words};
use base::text;
use base::zh::{self, half_width, is_numeral};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "number-in-text",
        severity: Severity::Warning,
        on: true,
        family: Family::Structure,
        finds: Words::new("编号写进了文字里", "A number written into the text."),
        why: Words::new(
            "编号由程序加，文字里再写就会印成“一、一、”。--fix 可以删去。文字里自己排着一串的（“一、……二、……”“一、二级医院”“（一）（二）项”）不算。",
            "Numbers are given by the program: it would be printed twice. `--fix` deletes it. A text with a row of its own (一、…二、…, 一、二级医院, （一）（二）项) is left alone.",
        ),
        source: "",
        bad: Example::Items(
            "- {section: 加快发展, text: 1.开工重大项目一批。, units: [区发改局, 东山镇]}",
        ),
        good: Example::Items(
            "- {section: 加快发展, text: 开工重大项目一批。, units: [区发改局, 东山镇]}",
        ),
        origin: Origin::Publication(number_in_text),
    },
    Rule {
        id: "enumeration-gap",
        severity: Severity::Warning,
        on: true,
        family: Family::Structure,
        finds: Words::new(
            "文中的“一是、二是”“（一）（二）”有跳号或重号",
            "一是, 二是 or （一）（二） in a text with a gap.",
        ),
        why: Words::new(
            "多半是删了一项没改后面的号。",
            "One was deleted and the numbers behind it stayed.",
        ),
        source: "",
        bad: Example::Text("一是抓项目，二是抓招商，四是抓服务。"),
        good: Example::Text("一是抓项目，二是抓招商，三是抓服务。"),
        origin: Origin::Text(enumeration),
    },
];

fn number_in_text(context: &Context<'_>, found: &mut Findings) {
    let mut look = |text: &SourceText, label: &str| {
        if label.is_empty() {
            return;
        }
        let prose = Prose::new(text, false);
        let Some(number) = number_at(&prose, 0).filter(|number| !number.is_of_a_row(&prose)) else {
            return;
        };
        let len = number.len;
        let rest = prose.slice(len..prose.len());
        // The rest would begin something else in YAML.
        let fixable =
            rest.trim_start().chars().next().is_some_and(|c| !"-?:,[]{}#&*!|>'\"%@`~=".contains(c));
        let number = prose.slice(0..len);
        found.push(
            Finding::new(text!(
                "编号由程序加，这里又写了“{number}”，会印两次",
                "the number is given by the program: “{number}” would be printed beside it"
            ))
            .within(text, prose.bytes(0..len))
            .help(text!("删去", "delete it"))
            .fix(if fixable { prose.fix(0..len, "") } else { None }),
        );
    };
    for (section, record) in &context.sections {
        if let Some(heading) = &record.heading {
            look(heading, &section.label);
        }
    }
    for checked in &context.items {
        if let Some(part) = checked.record.parts.first() {
            look(&part.text, &checked.item.label);
        }
    }
}

/// A number as headings have it.
struct Leading {
    /// In brackets, in Arabic digits, and what it ends in.
    kind: (bool, bool, char),
    value: u32,
    /// Its characters.
    len: usize,
}

impl Leading {
    /// Whether the text has a row of such numbers, which is the author's: the next one follows, or
    /// another number directly.
    fn is_of_a_row(&self, prose: &Prose<'_>) -> bool {
        let numeral = |c: char| c.is_ascii_digit() || is_numeral(c);
        let next = prose.at(self.len);
        let at_once = match self.kind {
            (true, ..) => matches!(next, '（' | '('),
            (false, _, '、') => numeral(next),
            _ => false,
        };
        at_once
            || (self.len..prose.len()).any(|place| {
                !numeral(prose.before(place))
                    && number_at(prose, place)
                        .is_some_and(|n| n.kind == self.kind && n.value == self.value + 1)
            })
    }
}

/// The number that stands at a place.
fn number_at(prose: &Prose<'_>, place: usize) -> Option<Leading> {
    let bracket = matches!(prose.at(place), '（' | '(');
    let start = place + usize::from(bracket);
    let digits = prose.run(start, |c| half_width(c).is_ascii_digit()).min(4);
    let han = prose.run(start, is_numeral).min(4);
    let run = digits.max(han);
    if run == 0 || run > 3 {
        return None;
    }
    let end = start + run;
    let words = prose.slice(start..end);
    let value = if digits > 0 {
        words.chars().map(half_width).collect::<String>().parse().ok()?
    } else {
        zh::number(&words)?
    };
    let close = match (bracket, prose.at(end)) {
        (true, '）' | ')') => '）',
        (false, '、') => '、',
        (false, '．') => '.',
        // 2.0 and 1.5倍 are no numbers of items.
        (false, '.') if digits > 0 && !prose.at(end + 1).is_ascii_digit() => '.',
        _ => return None,
    };
    Some(Leading { kind: (bracket, digits > 0, close), value, len: end + 1 - place })
}

fn enumeration(_: &Context<'_>, piece: &Piece<'_>, found: &mut Findings) {
    if !matches!(piece.kind, TextKind::Item { .. } | TextKind::Prose | TextKind::Own) {
        return;
    }
    let prose = &piece.prose;
    type Mark = fn(&Prose<'_>, usize) -> Option<(u32, usize)>;
    let kinds: [Mark; 3] = [ordinal, circled, bracketed];
    for mark in kinds {
        let mut last: Option<u32> = None;
        for place in 0..prose.len() {
            let Some((number, len)) = mark(prose, place) else { continue };
            // A list may begin anew.
            let expected = number == 1 || last.is_some_and(|last| number == last + 1);
            if let (false, Some(last)) = (expected, last) {
                let words = prose.slice(place..place + len);
                found.push(
                    Finding::new(text!(
                        "“{words}”不接前面的 {last}",
                        "“{words}” does not follow number {last}"
                    ))
                    .within(piece.text, prose.bytes(place..place + len)),
                );
            }
            last = Some(number).filter(|_| expected || last.is_some());
        }
    }
}

/// 一是, 第二, at the beginning of a clause.
fn ordinal(prose: &Prose<'_>, place: usize) -> Option<(u32, usize)> {
    if !"\0。；，：、\n".contains(prose.before(place)) {
        return None;
    }
    let run = prose.run(place, is_numeral);
    let number = zh::number(&prose.slice(place..place + run))?;
    (prose.at(place + run) == '是' && prose.at(place + run + 1) != '否')
        .then_some((number, run + 1))
}

/// ①
fn circled(prose: &Prose<'_>, place: usize) -> Option<(u32, usize)> {
    let c = u32::from(prose.at(place));
    (0x2460..=0x2473).contains(&c).then(|| (c - 0x245f, 1))
}

/// （一） at the beginning of a sentence.
fn bracketed(prose: &Prose<'_>, place: usize) -> Option<(u32, usize)> {
    if prose.at(place) != '（' || !"\0。；：\n".contains(prose.before(place)) {
        return None;
    }
    let run = prose.run(place + 1, is_numeral);
    let number = zh::number(&prose.slice(place + 1..place + 1 + run))?;
    (prose.at(place + 1 + run) == '）').then_some((number, run + 2))
}
