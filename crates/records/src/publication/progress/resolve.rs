//! Records of what units reported to what they are about.

use std::collections::BTreeMap;

use super::{Lexicon, ProgressEntry, ProgressValue, UnitProgress, is_nothing};
use crate::content::first_line;
use crate::content::schema::progress::{EntryRecord, ProgressRecord, ValueRecord};
use crate::publication::{Named, Publication, UnitId, Whose};
use base::diag::{Diagnostic, Diagnostics, SourceText, Span};
use base::text;

/// Looks up what the records of a publication's progress are about, by period and then in the order
/// of the registry.
pub(in crate::publication) fn resolve(
    publication: &Publication,
    records: &[ProgressRecord],
    diags: &mut Diagnostics,
) -> Vec<UnitProgress> {
    let lexicon = Lexicon::new(publication.record.common.reporting.as_ref());
    let mut all: Vec<UnitProgress> = Vec::new();
    for record in records {
        check_folder(record, diags);
        let Some(Named::Unit(unit)) = publication.registry.look_up(&record.unit) else {
            diags.push(no_unit(&record.unit));
            continue;
        };
        let period = record.period.value;
        if let Some(first) = all.iter().find(|one| (one.unit, one.period) == (unit, period)) {
            diags.push(twice(record, &first.record.span));
            continue;
        }
        let entries = entries(publication, unit, record, &lexicon, diags);
        let record = ProgressRecord { entries: Vec::new(), ..record.clone() };
        all.push(UnitProgress { unit, period, record, entries });
    }
    all.sort_by_key(|one| (one.period, one.unit));
    all
}

fn entries(
    publication: &Publication,
    unit: UnitId,
    record: &ProgressRecord,
    lexicon: &Lexicon,
    diags: &mut Diagnostics,
) -> Vec<ProgressEntry> {
    let means = |state: Option<&SourceText>| state.and_then(|state| lexicon.means(state));
    let mut seen: BTreeMap<usize, &EntryRecord> = BTreeMap::new();
    let mut entries = Vec::new();
    for entry in &record.entries {
        let item = publication.item_with_key(&entry.item);
        match item {
            None => diags.push(no_item(entry)),
            Some(at) => {
                if let Some(first) = seen.insert(at, entry) {
                    diags.push(item_twice(entry, first));
                    continue;
                }
            }
        }
        let values = entry.values.iter().map(|value| {
            let whose = item.and_then(|item| whose(publication, item, unit, value));
            if item.is_some() && whose.is_none() {
                diags.push(no_target(value));
            }
            ProgressValue { whose, record: value.clone() }
        });
        entries.push(ProgressEntry {
            item,
            means: means(entry.state.as_ref()),
            found: entry.verified.as_ref().and_then(|found| means(found.state.as_ref())),
            is_nothing: says_nothing(entry),
            values: values.collect(),
            record: entry.clone(),
        });
    }
    entries
}

/// An entry that has nothing but words for nothing.
fn says_nothing(entry: &EntryRecord) -> bool {
    let nothing = entry.progress.as_deref().is_some_and(is_nothing);
    nothing && entry.values.iter().all(|value| value.value.is_none())
}

/// What the target of a value belongs to.
fn whose(
    publication: &Publication,
    item: usize,
    unit: UnitId,
    value: &ValueRecord,
) -> Option<Whose> {
    let item = &publication.items[item];
    let serves = |body: UnitId| publication.registry.unit(body).served_by == Some(unit);
    let part = value.part.as_ref().map(|part| part.value as usize);
    let fits = |whose: Whose| match whose {
        Whose::Own(of) => value.own && part.is_none() && (of == unit || serves(of)),
        Whose::Part(at) => !value.own && part.is_none_or(|part| part == at + 1),
        Whose::Item => !value.own && part.is_none(),
    };
    let named =
        |goal: &crate::publication::Goal<'_>| goal.target.name.trim() == value.target.trim();
    item.goals().filter(named).map(|goal| goal.whose).find(|whose| fits(*whose))
}

/// A record stands in the folder of its period.
fn check_folder(record: &ProgressRecord, diags: &mut Diagnostics) {
    let path = record.span.source().path();
    let folder = path.rsplit('/').nth(1).unwrap_or_default();
    let period = record.period.value.to_string();
    if folder != period {
        diags.push(
            Diagnostic::error(
                "progress-folder",
                text!(
                    "这是{period}的进展，却放在文件夹“{folder}”里",
                    "this is the progress of {period}, in the folder “{folder}”"
                ),
            )
            .at(&record.period.span)
            .help(text!(
                "一期一个文件夹：progress/{period}/单位.yaml",
                "each period has a folder: progress/{period}/UNIT.yaml"
            )),
        );
    }
}

fn no_unit(unit: &SourceText) -> Diagnostic {
    let name = unit.as_str();
    Diagnostic::error(
        "progress-unit-unknown",
        text!("“{name}”不在单位名册中", "“{name}” is not a unit of the registry"),
    )
    .at(unit.span())
    .help(text!("请核对名称，或在 units.yaml 中登记", "correct the name, or add it to units.yaml"))
}

fn twice(record: &ProgressRecord, first: &Span) -> Diagnostic {
    let (unit, period) = (record.unit.trim(), record.period.value);
    Diagnostic::error(
        "progress-twice",
        text!(
            "“{unit}”{period}的进展写了两份",
            "the progress of “{unit}” in {period} is recorded twice"
        ),
    )
    .at(record.unit.span())
    .note(text!("前一份在这里", "first here"), &first_line(first))
    .help(text!("合并成一份", "join the files"))
}

fn no_item(entry: &EntryRecord) -> Diagnostic {
    let item = entry.item.trim();
    Diagnostic::warning(
        "progress-item-unknown",
        text!("没有“{item}”这项任务，或不止一项", "there is no item “{item}”, or more than one"),
    )
    .at(entry.item.span())
    .help(text!(
        "写任务的 id 或印出来的序号；yinfa list items 可以查到",
        "write its id or its number as issued; `yinfa list items` shows them"
    ))
}

fn item_twice(entry: &EntryRecord, first: &EntryRecord) -> Diagnostic {
    let item = entry.item.trim();
    Diagnostic::error(
        "progress-item-twice",
        text!("任务“{item}”写了两次", "the item “{item}” is there twice"),
    )
    .at(entry.item.span())
    .note(text!("前一次在这里", "first here"), first.item.span())
    .help(text!("合并成一条", "join the entries"))
}

fn no_target(value: &ValueRecord) -> Diagnostic {
    let target = value.target.trim();
    Diagnostic::warning(
        "progress-target-unknown",
        text!("这项任务没有“{target}”这个指标", "the item has no target “{target}”"),
    )
    .at(value.target.span())
    .help(text!(
        "写记录里的指标名称；本单位的指标加 own: true，某一部分的加 part",
        "write its name in the records; with `own: true` for the unit's own, `part` for one of a part"
    ))
}
