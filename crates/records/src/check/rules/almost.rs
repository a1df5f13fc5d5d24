//! Names that are almost those of the registry, titles cited in two wordings, and ranks.

use std::collections::BTreeMap;
use std::ops::Range;

use super::titles::{bare, cited};
use crate::check::context::Context;
use crate::check::example::Example;
use crate::check::finding::{Finding, Findings};
use crate::check::rule::{Family, Origin, Rule};
use crate::check::texts::{self, Piece, TextKind};
use base::diag::{Severity, Span, Words};
use base::spelling::{alike, is_usual};
use base::text;
use base::zh::{is_han, is_numeral};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "name-almost",
        severity: Severity::Warning,
        on: true,
        family: Family::Units,
        finds: Words::new(
            "和名录里的单位、镇街只差一个音近形近的字",
            "A name that differs from one of the registry by a character of like sound or shape.",
        ),
        why: Words::new(
            "“江枫街道”写成“江风街道”，“区水利局”写成“区水力局”。差的字要音同、音近或形近，写出来的又不是名录里的名称、也不是常用词。",
            "江风街道 for 江枫街道. The character has the same or a near sound or a near shape, and what is written is neither a name of the registry nor a usual word.",
        ),
        source: "",
        bad: Example::Text("总结冬山镇试点经验。"),
        good: Example::Text("总结东山镇试点经验。"),
        origin: Origin::Publication(almost),
    },
    Rule {
        id: "title-cited-twice",
        severity: Severity::Hint,
        on: true,
        family: Family::Structure,
        finds: Words::new("同一个文件前后写成两个名称", "A document cited under two names."),
        why: Words::new(
            "《……》里的名称只差一两个字（数字不同的不算），多半有一处抄错。",
            "The names in 《…》 differ by a character or two (not in figures): one was copied wrongly.",
        ),
        source: "",
        bad: Example::Text(
            "落实《云溪区城市更新行动方案》。各镇对照《云溪区城市更新行动的方案》推进。",
        ),
        good: Example::Text(
            "落实《云溪区城市更新行动方案》。各镇对照《云溪区乡村建设行动方案》推进。",
        ),
        origin: Origin::Publication(cited_twice),
    },
    Rule {
        id: "rank-order",
        severity: Severity::Warning,
        on: true,
        family: Family::Structure,
        finds: Words::new("领导机关、正副职的次序颠倒", "Bodies or posts out of their order."),
        why: Words::new(
            "正职在副职前；同一行里党委、人大、政府、政协依次排列。",
            "A chief comes before the deputy; in one line 党委, 人大, 政府 and 政协 stand in this order.",
        ),
        source: "",
        bad: Example::Notice("copies: [区政协办公室、区人大常委会办公室、区委办公室]"),
        good: Example::Notice("copies: [区委办公室、区人大常委会办公室、区政协办公室]"),
        origin: Origin::Text(ranks),
    },
];

/// What names end in: only such words are held against the registry.
const ENDS: [&str; 14] =
    ["街道", "镇", "乡", "局", "委", "办", "中心", "集团", "公司", "村", "社区", "院", "馆", "会"];

pub(super) fn almost(context: &Context<'_>, found: &mut Findings) {
    let registry = &context.publication.registry;
    let mut names: BTreeMap<char, Vec<Vec<char>>> = BTreeMap::new();
    let mut add = |name: &str| {
        let chars: Vec<char> = name.trim().chars().collect();
        let long = chars.len() >= 4 || (chars.len() == 3 && name.ends_with(['镇', '乡']));
        if long
            && ENDS.iter().any(|end| name.ends_with(end))
            && chars.iter().all(|&c| is_han(c))
            && let Some(&last) = chars.last()
        {
            names.entry(last).or_default().push(chars);
        }
    };
    for unit in context.units.iter().flat_map(|record| &record.units) {
        let all = std::iter::once(&unit.name).chain(&unit.full_name).chain(&unit.aliases);
        all.for_each(|name| add(name));
    }
    texts::for_each(context, |piece| {
        if piece.kind == TextKind::Name {
            return;
        }
        let prose = &piece.prose;
        for end in prose.places(|c| names.contains_key(&c)) {
            let Some(of_end) = names.get(&prose.at(end)) else { continue };
            for name in of_end {
                let Some(start) = (end + 1).checked_sub(name.len()) else { continue };
                let mut other = None;
                let mut differ = 0;
                for (place, &c) in name.iter().enumerate() {
                    let written = prose.at(start + place);
                    if written != c {
                        differ += 1;
                        other = Some((written, c));
                        if differ > 1 {
                            break;
                        }
                    }
                }
                let Some((written, right)) = other.filter(|_| differ == 1) else { continue };
                let words = prose.slice(start..end + 1);
                let name: String = name.iter().collect();
                // 区委组织 behind 本: a longer name, or another word's end.
                let known = registry.look_up(&words).is_some() || is_usual(&words);
                if known || !is_han(written) || is_numeral(written) || !alike(written, right) {
                    continue;
                }
                found.push(
                    Finding::new(text!("“{words}”像是“{name}”之误", "{words} looks like {name}"))
                        .within(piece.text, prose.bytes(start..end + 1)),
                );
            }
        }
    });
}

fn cited_twice(context: &Context<'_>, found: &mut Findings) {
    /// Shorter names of different documents may be as near.
    const LEAST: usize = 8;
    let mut all: BTreeMap<String, (usize, Span)> = BTreeMap::new();
    texts::for_each(context, |piece| {
        for range in cited(&piece.prose) {
            let name = bare(&piece.prose.slice(range.clone()));
            if name.chars().count() >= LEAST {
                all.entry(name).or_insert_with(|| (0, piece.prose.span(range))).0 += 1;
            }
        }
    });
    let list: Vec<(&String, &(usize, Span))> = all.iter().collect();
    let figures = |name: &str| -> String {
        name.chars().filter(|c| c.is_ascii_digit() || is_numeral(*c)).collect()
    };
    for (place, (name, (count, span))) in list.iter().enumerate() {
        for (other, (times, first)) in &list[place + 1..] {
            let edits = strsim::osa_distance(name, other);
            if edits == 0
                || edits > 1
                || figures(name) != figures(other)
                || kinds_differ(name, other)
            {
                continue;
            }
            let (a, b, here, there) = if count <= times {
                (name, other, span, first)
            } else {
                (other, name, first, span)
            };
            found.push(
                Finding::new(text!(
                    "《{a}》在别处写作《{b}》",
                    "《{a}》 is cited as 《{b}》 elsewhere"
                ))
                .at(here)
                .note(text!("另一处", "the other place"), there)
                .help(text!("核对名称，统一成一种", "check the name and write it alike")),
            );
        }
    }
}

/// Whether two names differ in what makes them two documents: the place or the end.
fn kinds_differ(a: &str, b: &str) -> bool {
    a.chars().next() != b.chars().next() || a.chars().last() != b.chars().last()
}

/// The bodies of one level in their order.
const BODIES: [&[&str]; 4] = [
    &["委办公室", "委各部门", "委各部委"],
    &["人大常委会", "人大办"],
    &["政府办公室", "府办"],
    &["政协"],
];

fn ranks(_: &Context<'_>, piece: &Piece<'_>, found: &mut Findings) {
    if piece.kind == TextKind::Name {
        return;
    }
    let prose = &piece.prose;
    // 副组长、组长.
    for place in prose.places(|c| c == '副') {
        let len = prose.run(place + 1, is_han);
        let post = prose.slice(place + 1..place + 1 + len);
        if (2..=4).contains(&len)
            && prose.at(place + 1 + len) == '、'
            && prose.has(place + 2 + len, &post)
            && prose.at(place + 2 + len * 2) != '单'
        {
            let range = place..place + 2 + len * 2;
            report(
                piece,
                range,
                text!(
                    "正职排在副职前面：{post}、副{post}",
                    "the chief comes first: {post}、副{post}"
                ),
                found,
            );
        }
    }
    if piece.kind != TextKind::Line {
        return;
    }
    let line = prose.slice(0..prose.len());
    let places: Vec<(usize, usize)> = BODIES
        .iter()
        .enumerate()
        .filter_map(|(rank, words)| {
            let at = words.iter().filter_map(|word| line.find(word)).min()?;
            Some((rank, line[..at].chars().count()))
        })
        .collect();
    if let Some(pair) = places.windows(2).find(|pair| pair[0].1 > pair[1].1) {
        let at = pair[1].1;
        report(
            piece,
            at..at + 1,
            text!("次序应为党委、人大、政府、政协", "the order is 党委, 人大, 政府, 政协"),
            found,
        );
    }
}

fn report(piece: &Piece<'_>, range: Range<usize>, message: base::diag::Text, found: &mut Findings) {
    found.push(Finding::new(message).within(piece.text, piece.prose.bytes(range)));
}
