//! A unit's task sheet.

use serde::Serialize;

use crate::carriers::{KeyOf, row_key, text_digest};
use crate::content::schema::notice::SheetOrder;
use crate::content::schema::values::Target;
use crate::publication::{Counts, Item, Publication, Role, Task, UnitId, Whose};
use base::rich::Rich;

use super::about::AboutNotice;
use super::column::{ColumnKey, TaskColumn, filled};
use super::reporting::reporting;
use super::rich;
use super::role::ShownRole;

/// A task sheet.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SheetView {
    /// Whose it is.
    pub unit: String,
    /// 全称, where known.
    pub unit_full: Option<String>,
    /// The unit's kind.
    pub kind: String,
    /// `《2025年工作要点》任务交办单（区数据局）`.
    pub title: String,
    /// The notice; templates see its fields as those of the view.
    #[serde(flatten)]
    pub about: AboutNotice,
    /// `牵头3项、责任5项`; empty without a task of its own.
    pub summary: String,
    /// The same as a sentence: `共8项：牵头3项、责任5项`.
    pub counted: String,
    /// How many rows there are.
    pub count: usize,
    /// The columns that are printed.
    pub columns: Vec<TaskColumn>,
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
    /// Whom to call at the units that lead: `区发改局：常启文 0570-5550105`.
    pub contacts: Vec<String>,
    /// When, how and to whom to report: sentences; empty where nothing is set.
    pub reporting: Vec<String>,
    /// What 状态 may be, where it is chosen from a list.
    pub states: Vec<String>,
}

/// What 状态 may be where nothing else is set.
const STATES: [&str; 4] = ["未启动", "正常推进", "进度滞后", "已完成"];

/// A task of a sheet.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SheetRow {
    /// Number in the notice.
    pub number: u32,
    /// Number as printed in the notice, without its closing mark.
    pub label: String,
    /// The headings above it as printed, from the outermost.
    pub section: String,
    /// Whether its headings are others than those of the row above it.
    pub first_of_section: bool,
    /// The task.
    pub task: Rich,
    /// 本单位具体任务.
    pub own: Rich,
    /// Targets of the parts that are the unit's.
    pub targets: Vec<String>,
    /// 本单位指标.
    pub own_targets: Vec<String>,
    /// The role as printed: 牵头, 牵头（独立）, 责任, 配合; 牵头（本辖区）.
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
    /// The leading units with whom to call there; none of the unit itself.
    pub lead_contacts: Vec<String>,
    /// The other units as printed, without the leads and the unit itself.
    pub others: Vec<String>,
    /// Deadline as printed; of parts that are due at different times, all.
    pub deadline: Option<String>,
    /// What a workbook carries of it. No template sees it, and no version of a sheet depends on it: it is
    /// nothing that is read.
    #[serde(skip)]
    pub carried: Carried,
}

/// What a workbook carries of a row, so that what is filled in finds home.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Carried {
    /// What reports call the item.
    pub item: String,
    /// A short digest of what is to be done.
    pub digest: String,
    /// Whether the unit is asked to fill it in.
    pub asked: bool,
    /// Its targets, those of one name together.
    pub goals: Vec<CarriedGoal>,
}

/// A target of a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CarriedGoal {
    /// The key of its row.
    pub key: String,
    /// As it is printed.
    pub text: String,
    /// The measure of what is filled in.
    pub measure: String,
}

impl SheetRow {
    /// What stands in a cell, paragraph by paragraph in plain text.
    pub fn cell(&self, key: ColumnKey) -> Vec<String> {
        match key {
            ColumnKey::Number => vec![self.label.clone()],
            ColumnKey::Task => {
                let mut cell = lines(&self.task);
                cell.extend(self.via.iter().map(|via| format!("（本单位{via}）")));
                if !self.own.is_empty() {
                    cell.push(OWN_TASK.into());
                    cell.extend(lines(&self.own));
                }
                cell
            }
            ColumnKey::Targets => {
                let mut cell = listed(&self.targets);
                if !self.own_targets.is_empty() {
                    cell.push(OWN_TARGETS.into());
                    cell.extend(listed(&self.own_targets));
                }
                cell
            }
            ColumnKey::Deadline => self.deadline.iter().cloned().collect(),
            ColumnKey::Duty => {
                let parts = self.qualifiers.iter().map(|part| format!("（{part}）"));
                std::iter::once(self.role.clone()).chain(parts).collect()
            }
            ColumnKey::Leads => vec![self.leads.join("、")],
            ColumnKey::Others => vec![self.others.join("、")],
            ColumnKey::Units => Vec::new(),
        }
    }
}

/// Before 本单位具体任务 in the cell of the task.
pub const OWN_TASK: &str = "本单位任务：";
/// Before 本单位指标 in the cell of the targets.
pub const OWN_TARGETS: &str = "本单位：";

/// Targets as lines of one list.
pub fn listed(targets: &[String]) -> Vec<String> {
    let last = targets.len().saturating_sub(1);
    let marked = |(at, target): (usize, &String)| match at < last {
        true => format!("{target}；"),
        false => target.clone(),
    };
    targets.iter().enumerate().map(marked).collect()
}

/// The paragraphs of a text.
pub(super) fn lines(text: &Rich) -> Vec<String> {
    text.plain().lines().filter(|line| !line.is_empty()).map(str::to_string).collect()
}

/// Makes the sheet of a unit.
pub fn sheet(publication: &Publication, unit: UnitId, tasks: &[Task]) -> SheetView {
    let record = &publication.record;
    let mut ordered: Vec<&Task> = tasks.iter().collect();
    if record.common.sheet_order != Some(SheetOrder::Notice) {
        // Stable: within a role the order of the notice stays.
        ordered.sort_by_key(|task| task.role);
    }
    let mut rows: Vec<_> = ordered.iter().map(|task| row(publication, unit, task)).collect();
    let mut above = String::new();
    for row in &mut rows {
        row.first_of_section = row.section != above;
        above.clone_from(&row.section);
    }
    let who = publication.registry.unit(unit);
    let has_targets = rows.iter().any(|r| !r.targets.is_empty() || !r.own_targets.is_empty());
    let has_deadlines = rows.iter().any(|r| r.deadline.is_some());
    let mut contacts: Vec<String> = Vec::new();
    for contact in rows.iter().flat_map(|row| &row.lead_contacts) {
        if !contacts.contains(contact) {
            contacts.push(contact.clone());
        }
    }
    SheetView {
        unit: who.name.clone(),
        unit_full: who.full_name.clone(),
        kind: who.kind.to_string(),
        title: format!("《{}》任务交办单（{}）", nested(&publication.subject()), who.name),
        about: AboutNotice::of(publication),
        summary: Counts::of(tasks).print(),
        counted: counted(publication, tasks),
        count: tasks.len(),
        columns: filled(&[
            (ColumnKey::Number, true),
            (ColumnKey::Task, true),
            (ColumnKey::Targets, has_targets),
            (ColumnKey::Deadline, has_deadlines),
            (ColumnKey::Duty, true),
            (ColumnKey::Leads, rows.iter().any(|r| !r.leads.is_empty())),
            (ColumnKey::Others, rows.iter().any(|r| !r.others.is_empty())),
        ]),
        has_own: rows.iter().any(|r| !r.own.is_empty()),
        has_own_targets: rows.iter().any(|r| !r.own_targets.is_empty()),
        has_targets,
        has_deadlines,
        rows,
        contacts,
        reporting: reporting(publication, unit),
        states: states(publication),
    }
}

/// A title inside 《》: its own ones become 〈〉.
fn nested(title: &str) -> String {
    // One that is in 《》 as a whole has them already.
    let inner = title.strip_prefix('《').and_then(|title| title.strip_suffix('》'));
    let title = inner.filter(|inner| !inner.contains(['《', '》'])).unwrap_or(title);
    title.replace('《', "〈").replace('》', "〉")
}

/// How many tasks in which role, and for whom it does others.
fn counted(publication: &Publication, tasks: &[Task]) -> String {
    let counts = Counts::of(tasks);
    let mut parts = Vec::new();
    if counts.total() > 0 {
        parts.push(format!("共{}项：{}", counts.total(), counts.print()));
    }
    let mut bodies: Vec<(&str, usize)> = Vec::new();
    for (body, _) in tasks.iter().filter(|task| !task.named).filter_map(|task| task.via) {
        let name = publication.registry.unit(body).name.as_str();
        match bodies.iter_mut().find(|(known, _)| *known == name) {
            Some((_, count)) => *count += 1,
            None => bodies.push((name, 1)),
        }
    }
    for (body, count) in bodies {
        let also = if parts.is_empty() { "" } else { "另" };
        parts.push(format!("{also}代{body}承担{count}项"));
    }
    parts.join("；")
}

fn states(publication: &Publication) -> Vec<String> {
    let reporting = publication.record.common.reporting.as_ref();
    match reporting.and_then(|reporting| reporting.states.as_deref()) {
        Some(states) if !states.is_empty() => {
            states.iter().map(|state| state.name.trim().to_string()).collect()
        }
        _ => STATES.map(str::to_string).into(),
    }
}

fn row(publication: &Publication, unit: UnitId, task: &Task) -> SheetRow {
    let item = &publication.items[task.item];
    let own = item.own_of(unit, task);
    let leads = names(item, task, |role| role == Role::Lead);
    let shown_role = ShownRole::of(task);
    let text = rich::parts(item, &task.parts);
    let own_task = own.map(|own| own.task.clone()).unwrap_or_default();
    let print = |target: &Target, text: &Rich| target.print_as(&text.plain());
    SheetRow {
        number: item.number,
        label: item.short_label(),
        section: publication.headings(item.section).join(super::BETWEEN_HEADINGS),
        first_of_section: false,
        targets: item.targets_of(&task.parts).into_iter().map(|t| print(t, &text)).collect(),
        own_targets: own
            .iter()
            .flat_map(|own| own.targets.iter().map(|target| print(target, &own_task)))
            .collect(),
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
        deadline: rich::deadline(publication, item, &task.parts),
        carried: carried(publication, unit, task, &text, &own_task),
        task: text,
        own: own_task,
    }
}

fn carried(
    publication: &Publication,
    unit: UnitId,
    task: &Task,
    text: &Rich,
    own_task: &Rich,
) -> Carried {
    let place = &publication.items[task.item];
    let item = publication.item_key(task.item).to_owned();
    let (text, own_text) = (text.plain(), own_task.plain());
    let mut goals: Vec<CarriedGoal> = Vec::new();
    for goal in place.goals_of(unit, task) {
        let name = goal.target.name.trim();
        let (of, words) = match goal.whose {
            Whose::Item => (KeyOf::Item(name), &text),
            Whose::Part(part) => (KeyOf::Part(part, name), &text),
            Whose::Own(_) => (KeyOf::Own(name), &own_text),
        };
        let own = if matches!(of, KeyOf::Own(_)) { OWN_TARGETS } else { "" };
        let key = row_key(&item, Some(of));
        let printed = goal.target.print_as(words);
        match goals.iter_mut().find(|known| known.key == key) {
            // From 3 to 5 is one number that is reported.
            Some(known) => known.text.push_str(&format!("；{printed}")),
            None => goals.push(CarriedGoal {
                key,
                text: format!("{own}{printed}"),
                measure: goal.target.measure.as_deref().unwrap_or_default().trim().to_owned(),
            }),
        }
    }
    let mut all = vec![text, own_text];
    all.extend(goals.iter().map(|goal| goal.text.clone()));
    let digest = text_digest(&all.concat());
    Carried { item, digest, asked: publication.asks(unit, task), goals }
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
                let lead = publication.registry.unit(lead);
                let contact = lead.contact.line().map(|line| format!("{}：{line}", lead.name));
                contacts.extend(contact.filter(|c| !contacts.contains(c)));
            }
        }
    }
    contacts
}
