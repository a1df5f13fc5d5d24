//! Errors put into clean text at random places: how many of them are found.
//!
//! The sample's items are the clean text. The recall of each rule stands in measured.tsv, from
//! where the reference page takes it; this test says when it is another.

use std::collections::BTreeMap;
use std::path::Path;

use super::super::lexicon::TYPOS;
use super::super::prose::is_han;
use super::super::{Context, Rule, Settings, check};
use crate::content::schema::item::ItemRecord;
use crate::content::schema::values::When;
use crate::content::{self, Project};
use crate::diag::{Diagnostics, Located, Source, SourceText, Span};
use crate::publication::{Input, Registry, resolve};

const TIMES: usize = 20;

/// Random numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        ((self.0 >> 33) as usize) % sides.max(1)
    }
}

/// Puts one error into the characters of an item; `None` where there is no place for it.
type Spoil = fn(Vec<char>, &mut Dice) -> Option<String>;
/// Puts one error into the record of an item.
type SpoilRecord = fn(&mut ItemRecord, &mut Dice) -> Option<()>;

/// A random one of the places that fit.
fn place(chars: &[char], dice: &mut Dice, fits: impl Fn(usize) -> bool) -> Option<usize> {
    let places: Vec<usize> = (0..chars.len()).filter(|&place| fits(place)).collect();
    (!places.is_empty()).then(|| places[dice.roll(places.len())])
}

fn put(mut chars: Vec<char>, at: usize, delete: usize, words: &str) -> Option<String> {
    chars.splice(at..at + delete, words.chars());
    Some(chars.into_iter().collect())
}

/// Words in place of one of some characters.
fn instead(chars: Vec<char>, dice: &mut Dice, of: &str, words: &str) -> Option<String> {
    let at = place(&chars, dice, |at| of.contains(chars[at]))?;
    put(chars, at, 1, words)
}

/// A clause behind a random comma.
fn clause(chars: Vec<char>, dice: &mut Dice, words: &str) -> Option<String> {
    let at = place(&chars, dice, |at| chars[at] == '，')?;
    put(chars, at + 1, 0, words)
}

/// Words between two random Han characters.
fn between(chars: Vec<char>, dice: &mut Dice, words: &str) -> Option<String> {
    let at = place(&chars, dice, |at| at > 0 && is_han(chars[at - 1]) && is_han(chars[at]))?;
    put(chars, at, 0, words)
}

const TEXTS: [(&str, Spoil); 29] = [
    ("full-stop", |mut chars, _| {
        while chars.last().is_some_and(|c| c.is_whitespace()) {
            chars.pop();
        }
        (chars.pop()? == '。').then(|| chars.into_iter().collect())
    }),
    ("half-width-mark", |chars, dice| instead(chars, dice, "，", ",")),
    ("half-width-stop", |chars, dice| instead(chars, dice, "。", ".")),
    ("mark-doubled", |chars, dice| instead(chars, dice, "，", "，，")),
    ("ellipsis", |chars, dice| between(chars, dice, "...")),
    ("dash", |chars, dice| between(chars, dice, "--")),
    ("comma-before-deng", |chars, dice| instead(chars, dice, "等", "、等")),
    ("bracket-unpaired", |chars, dice| instead(chars, dice, "“”（）《》", "")),
    ("half-width-bracket", |chars, dice| between(chars, dice, "(试点)")),
    ("quote-straight", |chars, _| {
        let text: String = chars.into_iter().collect();
        text.contains('“').then(|| text.replace(['“', '”'], "\""))
    }),
    ("doc-number", |chars, dice| {
        let forms = [
            "国办发[2018]39号",
            "国办发（2018）39号",
            "国办发〔2018〕第39号",
            "国办发〔2018〕039号",
        ];
        let form = forms[dice.roll(forms.len())];
        clause(chars, dice, &format!("落实{form}文件，"))
    }),
    ("space-in-text", |chars, dice| between(chars, dice, " ")),
    ("space-beside-digit", |chars, dice| {
        let at = place(&chars, dice, |at| {
            at > 0 && is_han(chars[at - 1]) && chars[at].is_ascii_digit()
        })?;
        put(chars, at, 0, " ")
    }),
    ("full-width-digit", |chars, dice| instead(chars, dice, "0123456789", "３")),
    ("range-percent", |chars, dice| clause(chars, dice, "成本下降10～20%，")),
    ("range-sign", |chars, dice| clause(chars, dice, "引进人才10~20名，")),
    ("year-range", |chars, dice| clause(chars, dice, "落实2024-2026年方案，")),
    ("year-short", |chars, dice| clause(chars, dice, "25年底前完成，")),
    ("day-hao", |chars, dice| clause(chars, dice, "6月30号前完成，")),
    ("typo", |chars, dice| {
        let entries: Vec<_> = TYPOS.entries().collect();
        let word = entries[dice.roll(entries.len())].wrong;
        clause(chars, dice, &format!("{word}，"))
    }),
    ("pleonasm", |chars, dice| {
        let forms = ["引进大约10个左右，", "超过30家以上，", "涉及到群众利益，"];
        let form = forms[dice.roll(forms.len())];
        clause(chars, dice, form)
    }),
    ("measure-word", |chars, dice| clause(chars, dice, "绿地3000平米，")),
    ("sentence-twice", |chars, dice| {
        let text: String = chars.iter().collect();
        let sentences: Vec<&str> =
            text.split_inclusive('。').filter(|s| s.chars().count() > 14).collect();
        (!sentences.is_empty()).then(|| format!("{text}{}", sentences[dice.roll(sentences.len())]))
    }),
    ("enumeration-gap", |chars, dice| clause(chars, dice, "一是抓谋划，三是抓落实，")),
    ("emphasis-literal", |chars, dice| between(chars, dice, "**")),
    ("attachment-missing", |chars, dice| between(chars, dice, "（见附件9）")),
    ("number-in-text", |chars, dice| {
        let forms = ["1.", "（二）", "三、", "12．"];
        Some(forms[dice.roll(forms.len())].chars().chain(chars).collect())
    }),
    ("percent-over-100", |chars, dice| clause(chars, dice, "产品合格率达到130%，")),
    ("glyph-missing", |chars, dice| between(chars, dice, "\u{e000}")),
];

const RECORDS: [(&str, SpoilRecord); 6] = [
    ("unit-twice", |item, dice| {
        let units = &mut item.parts.first_mut()?.assignment.units;
        let unit = units.get(dice.roll(units.len()))?.clone();
        (unit.group.is_none() && !unit.name.starts_with('各')).then(|| units.push(unit))
    }),
    ("lead-cooperating", |item, dice| {
        let assignment = &mut item.parts.first_mut()?.assignment;
        let unit = assignment.units.get(dice.roll(assignment.units.len()))?.clone();
        (unit.group.is_none() && !unit.name.starts_with('各'))
            .then(|| assignment.cooperating.push(unit))
    }),
    ("unit-alias", |item, _| {
        let units = &mut item.parts.first_mut()?.assignment.units;
        let unit = units.iter_mut().find(|unit| &*unit.name == "区人力社保局")?;
        unit.name = text("区人社局");
        Some(())
    }),
    ("target-not-in-text", |item, dice| {
        let targets = &mut item.targets;
        let at = dice.roll(targets.len());
        let value = &mut targets.get_mut(at)?.value;
        *value = text(&format!("{}7", &**value));
        Some(())
    }),
    ("target-unrecorded", |item, dice| {
        let at = dice.roll(item.targets.len());
        (!item.targets.is_empty()).then(|| drop(item.targets.remove(at)))
    }),
    ("deadline-past", |item, _| {
        let deadline = item.deadline.as_mut()?;
        *deadline = Located::new(deadline.value.clone(), deadline.span.clone());
        deadline.value.when = When::Month(2024, 6);
        Some(())
    }),
];

fn text(text: &str) -> SourceText {
    let span = Span::new(Source::new("spoilt.yaml", text), 0..text.len());
    SourceText::new(text.into(), span, vec![(0, 0)])
}

/// The codes of the findings of a project with some records in place of its own.
pub(super) fn codes(
    project: &Project,
    items: &[ItemRecord],
    settings: &Settings,
) -> Vec<&'static str> {
    let loaded = &project.publications[0];
    let mut diags = Diagnostics::new();
    let units = project.registries[0].record.as_ref().expect("a registry");
    let registry = std::sync::Arc::new(Registry::resolve(units, &mut diags));
    let mut notice = loaded.notice.clone().expect("a notice");
    notice.common = notice.common.or(&project.record.defaults);
    let input = Input { id: "p", notice, office: None, items, registry };
    let publication = resolve(input, &mut diags);
    let covers = |c: char| c != '\u{e000}';
    let mut context = Context::new(&publication, items);
    context.units = Some(units);
    context.covers = Some(&covers);
    check(&context, diags, settings).iter().map(|d| d.code).collect()
}

pub(super) fn sample() -> Project {
    content::load(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("the sample")
}

#[test]
fn recall() {
    let project = sample();
    let clean = &project.publications[0].items;
    let count = |rule: &'static str, items: &[ItemRecord]| {
        let settings = Settings::default().only(Rule::find(rule));
        codes(&project, items, &settings).iter().filter(|code| **code == rule).count()
    };
    let mut dice = Dice(1);
    let mut found: BTreeMap<&str, usize> = BTreeMap::new();
    let mut try_one =
        |rule: &'static str, spoil: &mut dyn FnMut(&mut ItemRecord) -> Option<()>, at: usize| {
            let mut items = clean.clone();
            spoil(&mut items[at])?;
            let hit = count(rule, &items) > count(rule, clean);
            *found.entry(rule).or_default() += usize::from(hit);
            Some(())
        };
    for (rule, spoil) in TEXTS {
        let mut done = 0;
        while done < TIMES {
            let at = dice.roll(clean.len());
            let mut one = |item: &mut ItemRecord| {
                let last = item.parts.len() - 1;
                let part = if rule == "number-in-text" { 0 } else { last };
                let part = &mut item.parts[part].text;
                *part = text(&spoil(part.chars().collect(), &mut dice)?);
                Some(())
            };
            done += usize::from(try_one(rule, &mut one, at).is_some());
        }
    }
    for (rule, spoil) in RECORDS {
        let mut done = 0;
        while done < TIMES {
            let at = dice.roll(clean.len());
            let mut one = |item: &mut ItemRecord| spoil(item, &mut dice);
            done += usize::from(try_one(rule, &mut one, at).is_some());
        }
    }
    let measured: BTreeMap<&str, usize> = super::super::reference::MEASURED
        .lines()
        .filter_map(|line| {
            let mut cells = line.split('\t');
            let rule = cells.next()?;
            Some((rule, cells.nth(2)?.parse().ok()?))
        })
        .collect();
    assert_eq!(measured, found, "left: measured.tsv, right: found of {TIMES}");
}
