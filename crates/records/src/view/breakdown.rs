//! 任务分解总表: all items, and all units with their items.

use serde::Serialize;

use crate::content::schema::values::Target;
use crate::publication::{Publication, Role};
use base::rich::Rich;

use super::about::AboutNotice;
use super::rich;

/// The whole breakdown.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BreakdownView {
    /// The notice; templates see its fields as those of the view.
    #[serde(flatten)]
    pub about: AboutNotice,
    /// The word for the units in print.
    pub label: String,
    /// Whether somebody leads.
    pub has_leads: bool,
    /// Whether somebody cooperates.
    pub has_cooperating: bool,
    /// Whether there is a deadline.
    pub has_deadlines: bool,
    /// Whether there is a target.
    pub has_targets: bool,
    /// All items.
    pub items: Vec<BreakdownRow>,
    /// All units that have a task, in official order.
    pub units: Vec<UnitRow>,
    /// How many tasks all units have together.
    pub tasks: usize,
}

/// An item of the breakdown.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BreakdownRow {
    /// Number as printed, without its closing mark.
    pub label: String,
    /// The section's heading as printed.
    pub section: String,
    /// Whether it is the first of its section.
    pub first_of_section: bool,
    /// How many items its section has.
    pub section_items: usize,
    /// The task.
    pub task: Rich,
    /// Targets.
    pub targets: Vec<String>,
    /// 牵头单位 as printed.
    pub leads: Vec<String>,
    /// 责任单位 as printed.
    pub responsible: Vec<String>,
    /// 配合单位 as printed.
    pub cooperating: Vec<String>,
    /// Deadline as printed.
    pub deadline: Option<String>,
}

/// A unit of the breakdown.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UnitRow {
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: String,
    /// How many tasks it leads.
    pub leading: usize,
    /// How many it is responsible for.
    pub responsible: usize,
    /// How many it cooperates in.
    pub cooperating: usize,
    /// All its tasks.
    pub total: usize,
    /// Its tasks in the order of the notice.
    pub tasks: Vec<UnitTask>,
}

/// A task of a unit in the breakdown.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UnitTask {
    /// The item's place in the notice, from 1.
    pub place: usize,
    /// Number as printed, without its closing mark.
    pub label: String,
    /// `lead`, `responsible` or `cooperating`.
    pub role_key: Role,
    /// 牵头, 责任 or 配合.
    pub role: &'static str,
}

/// Makes the breakdown of a publication.
pub fn breakdown(publication: &Publication) -> BreakdownView {
    let record = &publication.record;
    let items = items(publication);
    let units = units(publication);
    BreakdownView {
        about: AboutNotice::of(publication),
        label: record
            .common
            .label
            .as_deref()
            .filter(|l| !l.ends_with("负责"))
            .unwrap_or("责任单位")
            .into(),
        has_leads: items.iter().any(|i| !i.leads.is_empty()),
        has_cooperating: items.iter().any(|i| !i.cooperating.is_empty()),
        has_deadlines: items.iter().any(|i| i.deadline.is_some()),
        has_targets: items.iter().any(|i| !i.targets.is_empty()),
        tasks: units.iter().map(|unit| unit.total).sum(),
        items,
        units,
    }
}

fn items(publication: &Publication) -> Vec<BreakdownRow> {
    let owned = |names: Vec<&str>| names.into_iter().map(str::to_string).collect();
    publication
        .items
        .iter()
        .enumerate()
        .map(|(place, item)| {
            let section = &publication.sections[item.section];
            let all: Vec<usize> = (0..item.parts.len()).collect();
            BreakdownRow {
                label: item.short_label(),
                section: format!(
                    "{}{}",
                    section.label,
                    section.heading.as_deref().unwrap_or_default()
                ),
                first_of_section: section.items.first() == Some(&place),
                section_items: section.items.len(),
                task: rich::parts(item, &all),
                targets: item.targets.iter().map(Target::print).collect(),
                leads: owned(item.printed(Some(Role::Lead))),
                responsible: owned(item.printed(Some(Role::Responsible))),
                cooperating: owned(item.printed(Some(Role::Cooperating))),
                deadline: item.deadline.as_ref().map(|d| d.print()),
            }
        })
        .collect()
}

/// Every unit with a task: a body that another one serves, which is the one named, and the one
/// that does its work.
fn units(publication: &Publication) -> Vec<UnitRow> {
    publication
        .tasks()
        .iter()
        .map(|(&id, tasks)| {
            let unit = publication.registry.unit(id);
            let count = |role| tasks.iter().filter(|task| task.role == role).count();
            UnitRow {
                name: unit.name.clone(),
                kind: unit.kind.to_string(),
                leading: count(Role::Lead),
                responsible: count(Role::Responsible),
                cooperating: count(Role::Cooperating),
                total: tasks.len(),
                tasks: tasks
                    .iter()
                    .map(|task| UnitTask {
                        place: task.item + 1,
                        label: publication.items[task.item].short_label(),
                        role_key: task.role,
                        role: task.role.print(),
                    })
                    .collect(),
            }
        })
        .collect()
}
