//! What `yinfa list progress` says, as stable data (docs/list.md).

use serde::Serialize;

use super::listing::wanted;
use crate::content::schema::progress::{CellRecord, ValueRecord, VerifiedRecord};
use crate::content::schema::values::Period;
use crate::publication::{ProgressEntry, Publication, UnitProgress};
use base::diag::SourceText;

/// What a unit reported of a task in a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProgressListing {
    /// The publication's id.
    pub publication: String,
    /// `2025-06`, `2025-Q2`, `2025-H1` or `2025`.
    pub period: String,
    /// The registry's name of the unit.
    pub unit: String,
    /// The item's number as issued; as the record has it where there is no such item.
    pub item: String,
    /// The item's id.
    pub id: Option<String>,
    /// 状态, in the unit's words.
    pub state: Option<String>,
    /// 本期进展, in the unit's words.
    pub progress: Option<String>,
    /// What was reached of the targets.
    pub values: Vec<ValueListing>,
    /// 存在问题.
    pub problems: Option<String>,
    /// 下一步措施.
    pub next: Option<String>,
    /// Who says so.
    pub by: Option<String>,
    /// Which day it is from, as `2025-06-25`.
    pub on: Option<String>,
    /// What the office found.
    pub verified: Option<VerifiedListing>,
    /// The file of the record.
    pub file: String,
    /// The line that the entry begins on.
    pub line: usize,
    /// Where it stood in the returned file.
    pub source: Option<SourceListing>,
}

/// What was reached of a target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ValueListing {
    /// The target's name.
    pub target: String,
    /// A decimal number.
    pub value: Option<String>,
    /// What it is counted in.
    pub measure: Option<String>,
    /// As the unit wrote it.
    pub text: Option<String>,
}

/// What the office found of a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VerifiedListing {
    /// The state in the office's eyes.
    pub state: Option<String>,
    /// Why.
    pub why: Option<String>,
    /// Who says so.
    pub by: Option<String>,
    /// When, as `2025-06-25`.
    pub on: Option<String>,
}

/// A row of a returned file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SourceListing {
    /// The file's name.
    pub file: String,
    /// The sheet.
    pub sheet: Option<String>,
    /// The row, from 1.
    pub row: Option<u32>,
}

/// A unit that has not reported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MissingListing {
    /// The publication's id.
    pub publication: String,
    /// The period.
    pub period: String,
    /// The registry's name of the unit.
    pub unit: String,
    /// How many tasks are asked of it.
    pub items: usize,
}

/// Lists what units reported, by period, in official order; with `units` only theirs, with `period`
/// only that one.
pub fn list_progress(
    publications: &[&Publication],
    units: &[String],
    period: Option<Period>,
) -> Vec<ProgressListing> {
    let mut list = Vec::new();
    for publication in publications {
        let wanted = wanted(&publication.registry, units);
        let fits = |one: &&UnitProgress| {
            period.is_none_or(|period| one.period == period)
                && wanted.as_ref().is_none_or(|wanted| wanted.contains(&one.unit))
        };
        for one in publication.progress.iter().filter(fits) {
            list.extend(one.entries.iter().map(|entry| listing(publication, one, entry)));
        }
    }
    list
}

/// Lists the units that are asked for something in a period and have not reported.
pub fn list_missing(
    publications: &[&Publication],
    units: &[String],
    period: Period,
) -> Vec<MissingListing> {
    let mut list = Vec::new();
    for publication in publications {
        let wanted = wanted(&publication.registry, units);
        let missing = publication.missing(period).into_iter();
        let missing =
            missing.filter(|(unit, _)| wanted.as_ref().is_none_or(|wanted| wanted.contains(unit)));
        list.extend(missing.map(|(unit, items)| MissingListing {
            publication: publication.id.clone(),
            period: period.to_string(),
            unit: publication.registry.unit(unit).name.clone(),
            items,
        }));
    }
    list
}

fn listing(
    publication: &Publication,
    one: &UnitProgress,
    entry: &ProgressEntry,
) -> ProgressListing {
    let item = entry.item.map(|item| &publication.items[item]);
    let record = &entry.record;
    let on = record.on.as_ref().or(one.record.on.as_ref());
    ProgressListing {
        publication: publication.id.clone(),
        period: one.period.to_string(),
        unit: publication.registry.unit(one.unit).name.clone(),
        item: item.map_or_else(|| record.item.trim().to_owned(), |item| item.short_label()),
        id: item.and_then(|item| item.id.clone()),
        state: words(record.state.as_ref()),
        progress: words(record.progress.as_ref()),
        values: record.values.iter().map(value).collect(),
        problems: words(record.problems.as_ref()),
        next: words(record.next.as_ref()),
        by: words(record.by.as_ref().or(one.record.by.as_ref())),
        on: on.map(|on| on.value.to_string()),
        verified: record.verified.as_ref().map(verified),
        file: record.span.source().path().to_owned(),
        line: record.span.start().line,
        source: record.source.as_ref().map(source),
    }
}

fn words(text: Option<&SourceText>) -> Option<String> {
    text.map(|text| text.trim().to_owned())
}

fn value(record: &ValueRecord) -> ValueListing {
    ValueListing {
        target: record.target.trim().to_owned(),
        value: words(record.value.as_ref()),
        measure: words(record.measure.as_ref()),
        text: words(record.text.as_ref()),
    }
}

fn verified(record: &VerifiedRecord) -> VerifiedListing {
    VerifiedListing {
        state: words(record.state.as_ref()),
        why: words(record.why.as_ref()),
        by: words(record.by.as_ref()),
        on: record.on.as_ref().map(|on| on.value.to_string()),
    }
}

fn source(record: &CellRecord) -> SourceListing {
    SourceListing {
        file: record.file.trim().to_owned(),
        sheet: words(record.sheet.as_ref()),
        row: record.row.as_ref().map(|row| row.value),
    }
}
