//! Words.

use crate::check::context::Context;
use crate::check::example::Example;
use crate::check::finding::{Finding, Findings};
use crate::check::lexicon::{CHOICES, PLEONASMS, TYPOS};
use crate::check::prose::Prose;
use crate::check::rule::{Family, Origin, Rule};
use crate::check::texts::{Piece, TextKind};
use crate::check::words::{crosses, is_across_words};
use crate::content::schema::lexicon::{List, Replacement};
use base::diag::{Severity, Words};
use base::text;
use base::zh::{is_han, is_numeral, number};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "typo",
        severity: Severity::Warning,
        on: true,
        family: Family::Language,
        finds: Words::new("错别字", "A wrong character in a word."),
        why: Words::new(
            "词表里是写错的词。三个字以上的，--fix 可以改正；两个字的要人看，因为前后两个词的字也会碰巧连成它（工程续建里的“程续”），分得开的不报告。拿不准的写法不进词表，见 word-choice。",
            "The list holds words that are wrong. `--fix` puts right those of three characters and more; shorter ones need a person, since the ends of two words may make one by chance, and are not reported where the text falls into words without them. What may be meant is not in it: see word-choice.",
        ),
        source: "",
        bad: Example::Text("布署年度重点任务。"),
        good: Example::Text("部署年度重点任务。"),
        origin: Origin::Text(typo),
    },
    Rule {
        id: "word-choice",
        severity: Severity::Hint,
        on: false,
        family: Family::Language,
        finds: Words::new("容易混用的词", "Words that are easily taken for each other."),
        why: Words::new(
            "制定和制订、作出和做出，两种都对，用哪个看意思和本单位的习惯，所以默认关闭。",
            "Both are right, and meaning and custom decide, hence off.",
        ),
        source: "",
        bad: Example::Text("制订年度计划。"),
        good: Example::Text("制定年度计划。"),
        origin: Origin::Text(choice),
    },
    Rule {
        id: "pleonasm",
        severity: Severity::Hint,
        on: true,
        family: Family::Language,
        finds: Words::new("意思重复的说法", "A phrase that says a thing twice."),
        why: Words::new(
            "“大约……左右”“超过……以上”“涉及到”，删去一个意思不变。",
            "Without one half it says the same.",
        ),
        source: "",
        bad: Example::Text("引进项目大约10个左右。"),
        good: Example::Text("引进项目10个左右。"),
        origin: Origin::Text(pleonasm),
    },
    Rule {
        id: "deng-after-list",
        severity: Severity::Hint,
        on: false,
        family: Family::Language,
        finds: Words::new("已经列全了又加“等”", "等 behind a list that is complete."),
        why: Words::new(
            "“上海、杭州等2市”里的“等”可以表示列举已尽，也可以省去，所以默认关闭。",
            "等 may also close a complete list, hence off.",
        ),
        source: "",
        bad: Example::Text("对接上海、杭州等2个城市。"),
        good: Example::Text("对接上海、杭州等5个城市。"),
        origin: Origin::Text(deng),
    },
];

fn typo(context: &Context<'_>, piece: &Piece<'_>, found: &mut Findings) {
    let prose = &piece.prose;
    for added in context.lexicon.iter().flat_map(|lexicon| &lexicon.typos) {
        replaced(added, piece, found);
    }
    if !context.uses(List::Typos) {
        return;
    }
    for (entry, range, _) in TYPOS.find(prose) {
        let (wrong, right, reason) = (entry.wrong, entry.right, entry.reason);
        let short = range.len() < 3;
        if range.len() == 2 && is_across_words(prose, &range) {
            continue;
        }
        // Two characters are too few to be certain that no two words meet there.
        let fix = if short { None } else { prose.fix(range.clone(), right) };
        found.push(
            Finding::new(text!("“{wrong}”应为“{right}”", "{wrong} should be {right}"))
                .within(piece.text, prose.bytes(range))
                .help(text!("{reason}", "write {right}"))
                .fix(fix),
        );
    }
}

/// Where a wording of the project's own list stands.
pub(super) fn replaced(added: &Replacement, piece: &Piece<'_>, found: &mut Findings) {
    let (wrong, right) = (added.wrong.trim(), added.right.trim());
    let prose = &piece.prose;
    let Some(first) = wrong.chars().next() else { return };
    for place in prose.places(|c| c == first).filter(|&place| prose.has(place, wrong)) {
        let range = place..place + wrong.chars().count();
        let mut finding =
            Finding::new(text!("“{wrong}”应为“{right}”", "{wrong} should be {right}"))
                .within(piece.text, prose.bytes(range));
        if let Some(note) = &added.note {
            finding = finding.note(text!("本单位的词表", "the project's list"), note.span());
        }
        found.push(finding);
    }
}

fn choice(_: &Context<'_>, piece: &Piece<'_>, found: &mut Findings) {
    let prose = &piece.prose;
    for (entry, range, _) in CHOICES.find(prose) {
        let (wrong, right, reason) = (entry.wrong, entry.right, entry.reason);
        found.push(
            Finding::new(text!("“{wrong}”还是“{right}”？", "{wrong} or {right}?"))
                .within(piece.text, prose.bytes(range))
                .help(text!("{reason}", "choose by meaning")),
        );
    }
}

fn pleonasm(_: &Context<'_>, piece: &Piece<'_>, found: &mut Findings) {
    let prose = &piece.prose;
    for (entry, first, second) in PLEONASMS.find(prose) {
        if let Some(second) = second.as_ref().filter(|_| entry.is_of_numbers()) {
            let number = |place: usize| {
                let c = prose.at(place);
                c.is_ascii_digit() || is_numeral(c) || "半几数".contains(c)
            };
            // 超过县级以上级别 speaks of ranks.
            if !(first.end..second.start).any(number) || prose.at(second.end) == '级' {
                continue;
            }
        }
        let end = second.map_or(first.end, |second| second.end);
        // 涉及|到期债务: its last character belongs to the next word.
        if crosses(prose, end) {
            continue;
        }
        let (wrong, reason) = (entry.wrong, entry.reason);
        found.push(
            Finding::new(text!("“{wrong}”意思重复", "{wrong} says it twice"))
                .within(piece.text, prose.bytes(first.start..end))
                .help(text!("{reason}", "delete one half")),
        );
    }
}

/// The number that stands at a place, in digits or as one Chinese numeral before what it counts.
fn count_at(prose: &Prose<'_>, at: usize) -> Option<usize> {
    let digits = prose.run(at, |c| c.is_ascii_digit());
    if digits > 0 {
        return prose.slice(at..at + digits).parse().ok();
    }
    let counted = "个项类种家大方条名座市县区镇地省部所支".contains(prose.at(at + 1));
    let count = number(&prose.slice(at..at + 1)).and_then(|count| usize::try_from(count).ok());
    count.filter(|count| *count > 1 && counted)
}

fn deng(_: &Context<'_>, piece: &Piece<'_>, found: &mut Findings) {
    if !matches!(piece.kind, TextKind::Item { .. } | TextKind::Prose) {
        return;
    }
    let prose = &piece.prose;
    for place in prose.places(|c| c == '等') {
        let Some(count) = count_at(prose, place + 1) else { continue };
        let start = (0..place)
            .rev()
            .take_while(|&p| is_han(prose.at(p)) || prose.at(p) == '、')
            .last()
            .unwrap_or(place);
        let listed = prose.slice(start..place).split('、').count();
        if listed >= 2 && listed == count {
            found.push(
                Finding::new(text!(
                    "{count} 个都列出来了，“等”可以省去",
                    "all {count} are listed: 等 may go"
                ))
                .within(piece.text, prose.bytes(place..place + 1)),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn lists_are_well_formed() {
        for (lexicon, least) in [(&*TYPOS, 150), (&*CHOICES, 10), (&*PLEONASMS, 15)] {
            let mut seen = BTreeSet::new();
            for entry in lexicon.entries() {
                assert!(seen.insert(entry.wrong), "{} is there twice", entry.wrong);
                assert!(!entry.reason.is_empty(), "{} has no reason", entry.wrong);
                assert_ne!(entry.wrong, entry.right);
            }
            assert!(seen.len() >= least, "{} entries", seen.len());
        }
    }

    #[test]
    fn corrections_are_no_errors_themselves() {
        let right: String = TYPOS.entries().map(|entry| format!("{}，", entry.right)).collect();
        let source = base::diag::Source::new("t.yaml", right.as_str());
        let span = base::diag::Span::new(source, 0..right.len());
        let text = base::diag::SourceText::new(right.clone(), span, vec![(0, 0)]);
        let prose = crate::check::prose::Prose::new(&text, false);
        let wrong: Vec<_> = TYPOS.find(&prose).map(|(entry, ..)| entry.wrong).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }
}
