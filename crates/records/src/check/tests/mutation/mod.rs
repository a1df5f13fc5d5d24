//! Errors put into clean text at random places: how many of them are found.
//!
//! The sample's items are the clean text. The recall of each rule stands in measured.tsv, from
//! where the reference page takes it; this test says when it is another.

mod notices;
mod records;
mod texts;

use std::collections::BTreeMap;
use std::path::Path;

use self::notices::NOTICES;
use self::records::RECORDS;
use self::texts::TEXTS;
use super::super::{Context, Rule, Settings, check};
use crate::content::schema::item::ItemRecord;
use crate::content::schema::notice::{LeadConvention, NoticeRecord};
use crate::content::{self, Project};
use crate::publication::{Input, Registry, resolve};
use base::diag::{Diagnostics, Source, SourceText, Span};

/// How often each error is made.
const TIMES: usize = 20;

/// Random numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        ((self.0 >> 33) as usize) % sides.max(1)
    }
}

fn text(text: &str) -> SourceText {
    let span = Span::new(Source::new("spoilt.yaml", text), 0..text.len());
    SourceText::new(text.into(), span, vec![(0, 0)])
}

/// The codes of the findings of a project with some records in place of its own.
pub(super) fn codes(
    project: &Project,
    notice: &NoticeRecord,
    items: &[ItemRecord],
    settings: &Settings,
) -> Vec<&'static str> {
    let mut diags = Diagnostics::new();
    let units = project.registries[0].record.as_ref().expect("a registry");
    let registry = std::sync::Arc::new(Registry::resolve(units, &mut diags));
    let mut notice = notice.clone();
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
    content::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")).expect("the sample")
}

pub(super) fn notice(project: &Project) -> &NoticeRecord {
    project.publications[0].notice.as_ref().expect("a notice")
}

/// The sample and how often each rule found what was put into it.
struct Trial {
    project: Project,
    found: BTreeMap<&'static str, usize>,
}

impl Trial {
    /// Puts one error of a rule's kind into the sample, twenty times, and counts how often it is
    /// found. `spoil` says when there is no place for it.
    fn run(
        &mut self,
        rule: &'static str,
        mut spoil: impl FnMut(&mut NoticeRecord, &mut [ItemRecord]) -> Option<()>,
    ) {
        let settings = Settings::default().only(Rule::find(rule));
        let project = &self.project;
        let count = |notice: &NoticeRecord, items: &[ItemRecord]| {
            codes(project, notice, items, &settings).iter().filter(|code| **code == rule).count()
        };
        let (notice, items) = (notice(project), &project.publications[0].items);
        let clean = count(notice, items);
        let (mut done, mut hits) = (0, 0);
        for _ in 0..TIMES * 100 {
            let (mut notice, mut items) = (notice.clone(), items.clone());
            if spoil(&mut notice, &mut items).is_some() {
                hits += usize::from(count(&notice, &items) > clean);
                done += 1;
            }
            if done == TIMES {
                break;
            }
        }
        assert_eq!(done, TIMES, "{rule}: no place for it in the sample");
        self.found.insert(rule, hits);
    }
}

#[test]
fn recall() {
    let mut trial = Trial { project: sample(), found: BTreeMap::new() };
    let mut dice = Dice(1);
    for (rule, spoil) in TEXTS {
        trial.run(rule, |_, items| {
            let item = &mut items[dice.roll(items.len())];
            let last = item.parts.len() - 1;
            let part = if rule == "number-in-text" { 0 } else { last };
            let part = &mut item.parts[part].text;
            *part = text(&spoil(part.chars().collect(), &mut dice)?);
            Some(())
        });
    }
    for (rule, spoil) in RECORDS {
        trial.run(rule, |_, items| {
            let at = dice.roll(items.len());
            spoil(&mut items[at], &mut dice)
        });
    }
    for (rule, spoil) in NOTICES {
        trial.run(rule, |notice, _| spoil(notice, &mut dice));
    }
    // Of two items: one takes the other's text, but for a clause.
    trial.run("items-similar", |_, items| {
        let (from, to) = (dice.roll(items.len()), dice.roll(items.len()));
        let words = items[from].parts.last()?.text.to_string();
        let clauses: Vec<&str> = words.split('，').collect();
        let cut = dice.roll(clauses.len());
        let kept: Vec<&str> =
            clauses.iter().enumerate().filter(|(at, _)| *at != cut).map(|(_, c)| *c).collect();
        items[to].parts.last_mut()?.text = text(&kept.join("，"));
        (from != to && clauses.len() > 3).then_some(())
    });
    // Where all items name their leads apart: one does not.
    trial.run("no-lead", |notice, items| {
        notice.common.lead = Some(LeadConvention::None);
        let odd = dice.roll(items.len());
        let mut spoilt = false;
        for (at, item) in items.iter_mut().enumerate() {
            for assignment in item.parts.iter_mut().map(|part| &mut part.assignment) {
                if assignment.units.len() < 2 {
                    continue;
                }
                spoilt |= at == odd;
                if at != odd {
                    assignment.responsible = assignment.units.split_off(1);
                    assignment.leads = std::mem::take(&mut assignment.units);
                }
            }
        }
        spoilt.then_some(())
    });
    let measured: BTreeMap<&str, usize> = crate::check::reference::MEASURED
        .lines()
        .filter_map(|line| {
            let mut cells = line.split('\t');
            let rule = cells.next()?;
            Some((rule, cells.nth(2)?.parse().ok()?))
        })
        .collect();
    assert_eq!(measured, trial.found, "left: measured.tsv, right: found of {TIMES}");
}
