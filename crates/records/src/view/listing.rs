//! What `yinfa list` says, as stable data: other programs build on the names and the order of
//! these fields (docs/list.md).

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use crate::content::schema::values::{Deadline, Target};
use crate::publication::{Counts, Item, Named, Publication, Registry, Role, Task, UnitId};

/// A publication.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PublicationListing {
    /// Its id.
    pub publication: String,
    /// What it is, such as 通知.
    pub kind: &'static str,
    /// Title without the organ.
    pub title: String,
    /// 发文字号.
    pub doc_number: Option<String>,
    /// 成文日期 as `2025-03-06`.
    pub date: Option<String>,
    /// How many items.
    pub items: usize,
    /// How many units have a task.
    pub units: usize,
}

/// An item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ItemListing {
    /// The publication's id.
    pub publication: String,
    /// Number.
    pub number: u32,
    /// Number as printed.
    pub label: String,
    /// Headings from the outermost to its own, joined by ` / `.
    pub section: String,
    /// Plain text.
    pub text: String,
    /// All units as printed and in order, qualifiers kept, groups not expanded.
    pub units: Vec<String>,
    /// The registry's names of all units meant, groups expanded, in official order.
    pub unit_ids: Vec<String>,
    /// 牵头单位 as printed.
    pub leads: Vec<String>,
    /// 责任单位 as printed.
    pub responsible: Vec<String>,
    /// 配合单位 as printed.
    pub cooperating: Vec<String>,
    /// Deadline.
    pub deadline: Option<DeadlineListing>,
    /// Targets.
    pub targets: Vec<TargetListing>,
    /// The file it stands in.
    pub file: String,
    /// The line it begins on.
    pub line: usize,
}

/// A deadline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeadlineListing {
    /// `date`, `month`, `quarter`, `year` or `long-term`.
    pub kind: &'static str,
    /// `2025-06-30`, `2025-06`, `2025-Q2`, `2025` or `long-term`.
    pub value: String,
    /// As printed.
    pub text: String,
}

/// A target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TargetListing {
    /// What is counted.
    pub name: String,
    /// `eq`, `ge`, `gt`, `le` or `lt`.
    pub comparison: &'static str,
    /// A decimal number.
    pub value: String,
    /// Measure word or unit of measure.
    pub measure: Option<String>,
}

/// A unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnitListing {
    /// 规范简称.
    pub name: String,
    /// 全称.
    pub full_name: Option<String>,
    /// Kind.
    pub kind: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// How many tasks it leads.
    pub leading: usize,
    /// How many it is responsible for.
    pub responsible: usize,
    /// How many it cooperates in.
    pub cooperating: usize,
}

/// A unit's task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TaskListing {
    /// The publication's id.
    pub publication: String,
    /// The unit.
    pub unit: String,
    /// Number of the item.
    pub number: u32,
    /// Number as printed.
    pub label: String,
    /// Headings from the outermost to the item's own, joined by ` / `.
    pub section: String,
    /// The parts of the item that are the unit's, as plain text.
    pub text: String,
    /// 本单位具体任务 as plain text.
    pub own: Option<String>,
    /// `lead`, `responsible` or `cooperating`.
    pub role: &'static str,
    /// The body whose work it does.
    pub via: Option<String>,
    /// 牵头单位 of the item, as printed.
    pub leads: Vec<String>,
    /// Deadline.
    pub deadline: Option<DeadlineListing>,
    /// Targets of the item.
    pub targets: Vec<TargetListing>,
    /// 本单位指标.
    pub own_targets: Vec<TargetListing>,
}

/// Lists publications; with `units` only those in which one of them has a task.
pub fn list_publications(
    publications: &[&Publication],
    units: &[String],
) -> Vec<PublicationListing> {
    let concerns = |publication: &Publication| {
        let tasks = publication.tasks();
        wanted(&publication.registry, units)
            .is_none_or(|wanted| wanted.iter().any(|unit| tasks.contains_key(unit)))
    };
    publications
        .iter()
        .filter(|publication| concerns(publication))
        .map(|publication| PublicationListing {
            publication: publication.id.clone(),
            kind: publication.kind().name(),
            title: publication.title(),
            doc_number: publication.doc_number(),
            date: publication.record.date.as_ref().map(|d| d.value.to_string()),
            items: publication.items.len(),
            units: publication.tasks().len(),
        })
        .collect()
}

/// Lists items; with `units` only those that one of them has a part in.
pub fn list_items(publications: &[&Publication], units: &[String]) -> Vec<ItemListing> {
    let mut list = Vec::new();
    for publication in publications {
        let wanted = wanted(&publication.registry, units);
        for item in &publication.items {
            let ids = item.units();
            // The office that does a body's work has a part in what the body is named for.
            let has_part = |unit: &UnitId| {
                let serves = |id: &UnitId| publication.registry.unit(*id).served_by == Some(*unit);
                ids.contains(unit) || ids.iter().any(serves)
            };
            if wanted.as_ref().is_none_or(|wanted| wanted.iter().any(has_part)) {
                list.push(item_listing(publication, item, &ids));
            }
        }
    }
    list
}

/// Lists the tasks of units, by unit in official order; with `units` only theirs.
pub fn list_tasks(publications: &[&Publication], units: &[String]) -> Vec<TaskListing> {
    let mut list = Vec::new();
    for publication in publications {
        let wanted = wanted(&publication.registry, units);
        for (unit, tasks) in publication.tasks() {
            if wanted.as_ref().is_none_or(|wanted| wanted.contains(&unit)) {
                list.extend(tasks.iter().map(|task| task_listing(publication, unit, task)));
            }
        }
    }
    list
}

/// Lists the units of every registry with their tasks in all publications that use it.
pub fn list_units(
    all: &[Arc<Registry>],
    publications: &[&Publication],
    units: &[String],
) -> Vec<UnitListing> {
    let mut registries: Vec<(&Arc<Registry>, BTreeMap<UnitId, Counts>)> = Vec::new();
    for registry in all {
        if registries.iter().any(|(known, _)| Arc::ptr_eq(known, registry)) {
            continue;
        }
        let mut counts: BTreeMap<UnitId, Counts> = BTreeMap::new();
        for publication in publications.iter().filter(|p| Arc::ptr_eq(&p.registry, registry)) {
            for (unit, tasks) in publication.tasks() {
                counts.entry(unit).or_default().add(&tasks);
            }
        }
        registries.push((registry, counts));
    }
    let mut list = Vec::new();
    for (registry, counts) in registries {
        let wanted = wanted(registry, units);
        for unit in registry.units() {
            if wanted.as_ref().is_some_and(|wanted| !wanted.contains(&unit.id)) {
                continue;
            }
            let Counts { leading, responsible, cooperating, .. } =
                counts.get(&unit.id).copied().unwrap_or_default();
            list.push(UnitListing {
                name: unit.name.clone(),
                full_name: unit.full_name.clone(),
                kind: unit.kind.to_string(),
                aliases: unit.aliases.clone(),
                leading,
                responsible,
                cooperating,
            });
        }
    }
    list
}

/// The units behind the names asked for; `None` where none is asked for. A name that this
/// registry does not know stands for nobody here.
pub(super) fn wanted(registry: &Registry, names: &[String]) -> Option<Vec<UnitId>> {
    if names.is_empty() {
        return None;
    }
    let known = names.iter().filter_map(|name| registry.look_up(name));
    Some(known.flat_map(|named: Named| registry.units_of(named)).collect())
}

fn item_listing(publication: &Publication, item: &Item, ids: &[UnitId]) -> ItemListing {
    let owned = |names: Vec<&str>| names.into_iter().map(str::to_string).collect();
    let all: Vec<usize> = (0..item.parts.len()).collect();
    ItemListing {
        publication: publication.id.clone(),
        number: item.number,
        label: item.label.clone(),
        section: publication.sections[item.section].path.clone(),
        text: item.plain(),
        units: owned(item.printed(None)),
        unit_ids: ids.iter().map(|&id| publication.registry.unit(id).name.clone()).collect(),
        leads: owned(item.printed(Some(Role::Lead))),
        responsible: owned(item.printed(Some(Role::Responsible))),
        cooperating: owned(item.printed(Some(Role::Cooperating))),
        deadline: item.deadlines_of(&all).first().copied().map(deadline),
        targets: item.all_targets().map(target).collect(),
        file: item.span.source().path().to_string(),
        line: item.span.start().line,
    }
}

fn task_listing(publication: &Publication, unit: UnitId, task: &Task) -> TaskListing {
    let item = &publication.items[task.item];
    let own = item.own_of(unit, task);
    let text: Vec<String> = task.parts.iter().map(|&part| item.parts[part].text.plain()).collect();
    TaskListing {
        publication: publication.id.clone(),
        unit: publication.registry.unit(unit).name.clone(),
        number: item.number,
        label: item.label.clone(),
        section: publication.sections[item.section].path.clone(),
        text: text.join("\n"),
        own: own.map(|own| own.task.plain()).filter(|text| !text.is_empty()),
        role: task.role.key(),
        via: task.via.map(|(body, _)| publication.registry.unit(body).name.clone()),
        leads: task
            .parts
            .iter()
            .flat_map(|&part| item.parts[part].assignment.printed(Role::Lead))
            .map(str::to_string)
            .collect(),
        deadline: item.deadlines_of(&task.parts).first().copied().map(deadline),
        targets: item.targets_of(&task.parts).into_iter().map(target).collect(),
        own_targets: own.iter().flat_map(|own| own.targets.iter().map(target)).collect(),
    }
}

fn deadline(deadline: &Deadline) -> DeadlineListing {
    DeadlineListing {
        kind: deadline.when.kind(),
        value: deadline.when.value(),
        text: deadline.print(),
    }
}

fn target(target: &Target) -> TargetListing {
    TargetListing {
        name: target.name.trim().to_string(),
        comparison: target.comparison.key(),
        value: target.value.trim().to_string(),
        measure: target.measure.as_deref().map(|m| m.trim().to_string()),
    }
}
