//! The same thing said twice.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::check::context::Context;
use crate::check::example::Example;
use crate::check::finding::{Finding, Findings};
use crate::check::prose::Prose;
use crate::check::rule::{Family, Origin, Rule};
use crate::content::schema::item::PartRecord;
use base::diag::{Severity, Words};
use base::text;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "sentence-twice",
        severity: Severity::Warning,
        on: true,
        family: Family::Repetition,
        finds: Words::new("同一句话出现了两次", "The same sentence or clause twice."),
        why: Words::new(
            "多半是粘贴了两次，或者改写后忘了删原来的。同一条里看十二个字以上的句子和分句，不同的条之间看十六个字以上的整句；开头一句是标题、后面展开时再说一遍的不算。",
            "It was pasted twice, or the old wording was left. Inside an item sentences and clauses of twelve characters count, between items whole sentences of sixteen; a title that its detail says again is fine.",
        ),
        source: "",
        bad: Example::Text(
            "新建一批面向中小学生的研学基地，打响品牌；新建一批面向中小学生的研学基地，打响品牌。",
        ),
        good: Example::Text(
            "新建一批面向中小学生的研学基地，打响品牌；改造一批面向农村地区的文化礼堂，丰富生活。",
        ),
        origin: Origin::Publication(sentence_twice),
    },
    Rule {
        id: "items-similar",
        severity: Severity::Hint,
        on: true,
        family: Family::Repetition,
        finds: Words::new("两条任务的文字非常相近", "Two items that say nearly the same."),
        why: Words::new(
            "可能是同一件事列了两次。两条都在三十字以上、七成以上的字句相同时提示。",
            "One task may be listed twice. Both have thirty characters, and seven tenths of their wording is the same.",
        ),
        source: "",
        bad: Example::Items(
            "- {section: 加快发展, text: 加快推进云溪大道改造提升工程建设，完善沿线绿化照明和慢行系统，年内建成通车并移交管养单位。, units: [区发改局, 东山镇]}\n- {section: 加快发展, text: 加快推进云溪大道改造提升工程建设，完善沿线绿化照明和停车系统，年内建成通车并移交管养单位。, units: [区教育局, 区委组织部]}",
        ),
        good: Example::Items(
            "- {section: 加快发展, text: 加快推进云溪大道改造提升工程建设，完善沿线绿化照明和慢行系统，年内建成通车并移交管养单位。, units: [区发改局, 东山镇]}\n- {section: 加快发展, text: 推进中小学校舍安全改造，优先解决农村学校食堂、宿舍和操场条件不足的问题，开学前全部完工。, units: [区教育局, 区委组织部]}",
        ),
        origin: Origin::Publication(similar),
    },
];

/// The least characters of a sentence or clause that counts inside an item, and between items.
const INSIDE: usize = 12;
const BETWEEN: usize = 16;

/// The parts of a text that end in one of some marks, each with its characters.
fn parts(prose: &Prose<'_>, ends: &str) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = 0;
    for place in 0..=prose.len() {
        let c = prose.at(place);
        if place == prose.len() || ends.contains(c) || c == '\n' {
            if place > start {
                parts.push(start..place);
            }
            start = place + 1;
        }
    }
    parts
}

/// A part without what does not matter: blanks and quotation marks.
fn key(prose: &Prose<'_>, range: &Range<usize>) -> String {
    let kept = |c: &char| !c.is_whitespace() && !"“”‘’\"".contains(*c);
    prose.slice(range.clone()).chars().filter(kept).collect()
}

/// The first sentence or line of an item, which may be its title.
fn heading(item: &[PartRecord]) -> Option<base::diag::Span> {
    let prose = Prose::new(&item.first()?.text, true);
    let first = parts(&prose, "。；！？;").into_iter().next()?;
    Some(prose.span(first))
}

fn sentence_twice(context: &Context<'_>, found: &mut Findings) {
    let mut seen: BTreeMap<String, (usize, base::diag::Span)> = BTreeMap::new();
    for (item, checked) in context.items.iter().enumerate() {
        let mut inside: BTreeMap<String, base::diag::Span> = BTreeMap::new();
        let Some(heading) = heading(&checked.record.parts[..]) else { continue };
        for part in &checked.record.parts {
            let prose = Prose::new(&part.text, true);
            let mut covered = 0..0;
            for sentence in parts(&prose, "。；！？;") {
                let text = key(&prose, &sentence);
                let chars = text.chars().count();
                let span = prose.span(sentence.clone());
                let report =
                    |found: &mut Findings, first: &base::diag::Span, what: &Range<usize>| {
                        found.push(
                            Finding::new(text!("这句话前面出现过", "this was said before"))
                                .within(&part.text, prose.bytes(what.clone()))
                                .note(text!("前一次在这里", "first here"), first)
                                .help(text!("删去一处", "delete one of them")),
                        );
                    };
                if chars >= INSIDE
                    && let Some(first) = inside.get(&text)
                {
                    report(found, first, &sentence);
                    covered = sentence.clone();
                } else if chars >= BETWEEN
                    && let Some((other, first)) = seen.get(&text)
                    && *other != item
                {
                    report(found, first, &sentence);
                    covered = sentence.clone();
                }
                inside.entry(text.clone()).or_insert_with(|| span.clone());
                seen.entry(text).or_insert((item, span));
            }
            for clause in parts(&prose, "。；！？;，,：") {
                let text = key(&prose, &clause);
                if text.chars().count() < INSIDE {
                    continue;
                }
                let first = inside.get(&text).filter(|first| **first != prose.span(clause.clone()));
                // 推进老旧小区改造。推进老旧小区改造，…: a title and its detail.
                let first = first.filter(|first| **first != heading);
                if let Some(first) = first.filter(|_| !covered.contains(&clause.start)) {
                    found.push(
                        Finding::new(text!("这句话前面出现过", "this was said before"))
                            .within(&part.text, prose.bytes(clause.clone()))
                            .note(text!("前一次在这里", "first here"), first)
                            .help(text!("删去一处", "delete one of them")),
                    );
                }
                inside.entry(text).or_insert_with(|| prose.span(clause));
            }
        }
    }
}

/// Pieces of four characters that more items have than this say nothing of two of them.
const COMMON: usize = 40;

fn similar(context: &Context<'_>, found: &mut Findings) {
    let pieces: Vec<BTreeSet<u64>> =
        context.items.iter().map(|checked| shingles(&checked.item.plain())).collect();
    let mut holders: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (item, pieces) in pieces.iter().enumerate() {
        for &piece in pieces {
            holders.entry(piece).or_default().push(item);
        }
    }
    for (item, own) in pieces.iter().enumerate().filter(|(_, own)| own.len() >= 27) {
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for holders in own.iter().filter_map(|piece| holders.get(piece)) {
            if holders.len() <= COMMON {
                for &other in holders.iter().take_while(|&&other| other < item) {
                    *shared.entry(other).or_default() += 1;
                }
            }
        }
        // Seven tenths of the wording leave about half of the pieces.
        let near = shared.into_iter().find(|&(other, n)| {
            let union = own.len() + pieces[other].len() - n;
            pieces[other].len() >= 27 && n * 100 >= union * 55
        });
        if let Some((other, _)) = near
            && let (Some(here), Some(there)) = (
                context.items[item].record.parts.first(),
                context.items[other].record.parts.first(),
            )
        {
            let (a, b) = (&context.items[item].item.label, &context.items[other].item.label);
            found.push(
                Finding::new(text!(
                    "第 {a} 条和第 {b} 条的文字非常相近",
                    "items {a} and {b} say nearly the same",
                    a = a.trim_end_matches(['.', '、']),
                    b = b.trim_end_matches(['.', '、'])
                ))
                .within(&here.text, 0..here.text.len())
                .note(text!("另一条", "the other one"), there.text.span()),
            );
        }
    }
}

/// All runs of four characters of a text, each packed into a number.
fn shingles(text: &str) -> BTreeSet<u64> {
    let chars: Vec<u64> =
        text.chars().filter(|c| c.is_alphanumeric()).map(|c| u64::from(u32::from(c))).collect();
    let pack = |w: &[u64]| w.iter().fold(0u64, |packed, c| packed.rotate_left(16) ^ c);
    chars.windows(4).map(pack).collect()
}
