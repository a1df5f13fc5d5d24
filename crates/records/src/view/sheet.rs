//! A unit's task sheet.

use serde::Serialize;

use crate::content::schema::notice::SheetOrder;
use crate::content::schema::values::Target;
use crate::publication::{Item, Publication, Role, Task, UnitId};
use base::rich::Rich;

use super::about::AboutNotice;
use super::rich;
use super::role::{RoleNote, ShownRole};

/// A task sheet.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SheetView {
    /// Whose it is.
    pub unit: String,
    /// 全称, where known.
    pub unit_full: Option<String>,
    /// The unit's kind.
    pub kind: String,
    /// The notice; templates see its fields as those of the view.
    #[serde(flatten)]
    pub about: AboutNotice,
    /// `牵头 3 项，责任 5 项`; empty without a task.
    pub summary: String,
    /// How many tasks.
    pub count: usize,
    /// Whether a row has an own task.
    pub has_own: bool,
    /// Whether a row has an own share of a target.
    pub has_own_targets: bool,
    /// Whether a row has targets or own shares.
    pub has_targets: bool,
    /// Whether a row has a deadline.
    pub has_deadlines: bool,
    /// The tasks.
    pub rows: Vec<SheetRow>,
    /// When, how and to whom to report: sentences; empty where nothing is set.
    pub reporting: Vec<String>,
    /// What 完成情况 may be, where it is chosen from a list.
    pub states: Vec<String>,
}

/// What 完成情况 may be where nothing else is set.
const STATES: [&str; 4] = ["未启动", "正常推进", "进度滞后", "已完成"];

/// A task of a sheet.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SheetRow {
    /// Number in the notice.
    pub number: u32,
    /// Number as printed in the notice, without its closing mark.
    pub label: String,
    /// The section's heading.
    pub section: String,
    /// The task.
    pub task: Rich,
    /// 本单位具体任务.
    pub own: Rich,
    /// Targets of the item.
    pub targets: Vec<String>,
    /// 本单位指标.
    pub own_targets: Vec<String>,
    /// The role as printed: 牵头, 责任, 配合, 责任（单独承担）, 牵头（本辖区）.
    pub role: String,
    /// The role as the record states it: `lead`, `responsible`, `cooperating`.
    pub role_key: Role,
    /// The parts of the printed role.
    pub shown_role: ShownRole,
    /// The parts of the unit that are meant: 人才办.
    pub qualifiers: Vec<String>,
    /// What it does for a body whose work it does: `代区领导小组承担`, or, where it is named
    /// itself too, `另代区领导小组牵头`.
    pub via: Option<String>,
    /// 牵头单位 as printed; empty where nobody leads.
    pub leads: Vec<String>,
    /// Persons and telephones of the leading units; none of the unit itself.
    pub lead_contacts: Vec<String>,
    /// The other units as printed, without the leads and the unit itself.
    pub others: Vec<String>,
    /// Deadline as printed.
    pub deadline: Option<String>,
}

/// Makes the sheet of a unit.
pub fn sheet(publication: &Publication, unit: UnitId, tasks: &[Task]) -> SheetView {
    let record = &publication.record;
    let mut ordered: Vec<&Task> = tasks.iter().collect();
    if record.common.sheet_order != Some(SheetOrder::Notice) {
        // Stable: within a role the order of the notice stays.
        ordered.sort_by_key(|task| task.role);
    }
    let rows: Vec<_> = ordered.iter().map(|task| row(publication, unit, task)).collect();
    let who = publication.registry.unit(unit);
    SheetView {
        unit: who.name.clone(),
        unit_full: who.full_name.clone(),
        kind: who.kind.to_string(),
        about: AboutNotice::of(publication),
        summary: summary(tasks),
        count: tasks.len(),
        has_own: rows.iter().any(|r| !r.own.is_empty()),
        has_own_targets: rows.iter().any(|r| !r.own_targets.is_empty()),
        has_targets: rows.iter().any(|r| !r.targets.is_empty() || !r.own_targets.is_empty()),
        has_deadlines: rows.iter().any(|r| r.deadline.is_some()),
        rows,
        reporting: reporting(publication, unit),
        states: states(publication),
    }
}

fn states(publication: &Publication) -> Vec<String> {
    let reporting = publication.record.common.reporting.as_ref();
    match reporting.and_then(|reporting| reporting.states.as_deref()) {
        Some(states) if !states.is_empty() => {
            states.iter().map(|state| state.trim().to_string()).collect()
        }
        _ => STATES.map(str::to_string).into(),
    }
}

fn row(publication: &Publication, unit: UnitId, task: &Task) -> SheetRow {
    let item = &publication.items[task.item];
    // What is asked of a body is asked of the office that does its work.
    let own = item.own(unit).or_else(|| task.via.and_then(|(body, _)| item.own(body)));
    let leads = names(item, task, |role| role == Role::Lead);
    let shown_role = ShownRole::of(task);
    SheetRow {
        number: item.number,
        label: item.short_label(),
        section: heading(publication, item),
        task: rich::parts(item, &task.parts),
        own: own.map(|own| own.task.clone()).unwrap_or_default(),
        targets: item.targets.iter().map(Target::print).collect(),
        own_targets: own.iter().flat_map(|own| own.targets.iter().map(Target::print)).collect(),
        role: shown_role.print(),
        role_key: task.role,
        shown_role,
        qualifiers: task.qualifiers.clone(),
        via: task.via.map(|(body, role)| {
            let body = &publication.registry.unit(body).name;
            if task.named {
                format!("另代{body}{}", role.print())
            } else {
                format!("代{body}承担")
            }
        }),
        lead_contacts: lead_contacts(publication, item, task, unit),
        others: others(publication, item, task, unit),
        leads,
        deadline: item.deadline.as_ref().map(|deadline| deadline.print()),
    }
}

/// The nearest heading above an item.
fn heading(publication: &Publication, item: &Item) -> String {
    let mut at = Some(item.section);
    while let Some(section) = at.map(|id| &publication.sections[id]) {
        if let Some(heading) = &section.heading {
            return heading.clone();
        }
        at = section.parent;
    }
    String::new()
}

/// How many tasks in which role; those of a unit alone are counted apart, as the rows call them.
fn summary(tasks: &[Task]) -> String {
    let printed = [
        ShownRole { role: Role::Lead, note: None },
        ShownRole { role: Role::Responsible, note: Some(RoleNote::Sole) },
        ShownRole { role: Role::Responsible, note: None },
        ShownRole { role: Role::Cooperating, note: None },
    ];
    let parts = printed.into_iter().filter_map(|shown| {
        let is_counted = |task: &&Task| ShownRole::of(task).counted() == shown;
        let count = tasks.iter().filter(is_counted).count();
        // A full-width bracket brings its own blank.
        let blank = if shown.note.is_some() { "" } else { " " };
        (count > 0).then(|| format!("{}{blank}{count} 项", shown.print()))
    });
    parts.collect::<Vec<_>>().join("，")
}

/// Printed names of a task's parts, each once, whose role is asked for.
fn names(item: &Item, task: &Task, wanted: impl Fn(Role) -> bool) -> Vec<String> {
    let mut names = Vec::new();
    for part in &task.parts {
        for assignee in &item.parts[*part].assignment.assignees {
            let name = &assignee.reference.printed;
            if wanted(assignee.role) && !names.contains(name) {
                names.push(name.clone());
            }
        }
    }
    names
}

/// Printed names other than the leads' and the unit's own.
fn others(publication: &Publication, item: &Item, task: &Task, unit: UnitId) -> Vec<String> {
    let body = task.via.map(|(body, _)| body);
    let mine: Vec<&str> = item
        .assignees()
        .filter(|a| a.reference.units == [unit] || body.is_some_and(|b| a.reference.units == [b]))
        .map(|a| a.reference.printed.as_str())
        .collect();
    let own_name = &publication.registry.unit(unit).name;
    names(item, task, |role| role != Role::Lead)
        .into_iter()
        .filter(|name| name != own_name && !mine.contains(&name.as_str()))
        .collect()
}

/// Whom to call at the leading units, where that is somebody else.
fn lead_contacts(publication: &Publication, item: &Item, task: &Task, unit: UnitId) -> Vec<String> {
    let mut contacts = Vec::new();
    for part in &task.parts {
        for assignee in &item.parts[*part].assignment.assignees {
            // A group's members each lead for their own area: there is nobody to call.
            if assignee.role != Role::Lead || assignee.own_area {
                continue;
            }
            for &lead in assignee.reference.units.iter().filter(|&&lead| lead != unit) {
                let contact = publication.registry.unit(lead).contact.line();
                contacts.extend(contact.filter(|c| !contacts.contains(c)));
            }
        }
    }
    contacts
}

/// Addresses as they are printed.
fn addresses(addresses: &[base::diag::SourceText]) -> Option<String> {
    let addresses: Vec<&str> = addresses.iter().map(|address| address.trim()).collect();
    (!addresses.is_empty()).then(|| addresses.join("、"))
}

/// When and how and to whom to report, in sentences.
fn reporting(publication: &Publication, unit: UnitId) -> Vec<String> {
    let Some(reporting) = &publication.record.common.reporting else {
        return Vec::new();
    };
    let text = |text: &Option<base::diag::SourceText>| {
        text.as_deref().map(|t| t.trim().trim_end_matches('。').to_string())
    };
    let to = text(&reporting.to).filter(|_| publication.report_to != Some(unit));
    let mut first = String::new();
    if let Some(when) = [text(&reporting.cycle), text(&reporting.due)]
        .into_iter()
        .flatten()
        .reduce(|cycle, due| cycle + &due)
    {
        first.push_str(&format!("请于{when}"));
    }
    if let Some(to) = to {
        first.push_str(if first.is_empty() { "请" } else { "" });
        first.push_str(&format!("将进展情况报{to}"));
    } else if !first.is_empty() {
        first.push_str("更新进展情况");
    }
    if let Some(how) = text(&reporting.how) {
        first.push_str(if first.is_empty() { "" } else { "，" });
        first.push_str(&how);
    }
    let contact = &reporting.contact;
    let contact: Vec<String> = [
        text(&contact.person).map(|p| format!("联系人：{p}")),
        text(&contact.phone).map(|p| format!("电话：{p}")),
        addresses(&contact.email).map(|e| format!("电子邮箱：{e}")),
    ]
    .into_iter()
    .flatten()
    .collect();
    let mut sentences = Vec::new();
    if !first.is_empty() {
        sentences.push(format!("{first}。"));
    }
    if !contact.is_empty() {
        sentences.push(format!("{}。", contact.join("，")));
    }
    sentences
}
