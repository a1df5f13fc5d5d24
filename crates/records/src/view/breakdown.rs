//! 任务分解总表: all items, and all units with their items.

use serde::Serialize;

use crate::publication::{
    AttachmentContent, Counts, Item, Publication, Role, Task, UnitId, attachment_label,
};
use base::rich::Rich;

use super::about::AboutNotice;
use super::column::{ColumnKey, TaskColumn, filled, units_title};
use super::rich;
use super::sheet::{lines, listed};

/// The whole breakdown.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BreakdownView {
    /// The notice; templates see its fields as those of the view.
    #[serde(flatten)]
    pub about: AboutNotice,
    /// `2025年工作要点任务分解表`.
    pub title: String,
    /// `附件`, `附件2`: the attachment of the notice that it is, where it is one.
    pub attachment: Option<String>,
    /// The word for the units in print.
    pub label: String,
    /// The columns that are printed.
    pub columns: Vec<TaskColumn>,
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
    /// All units that have a task of their own, in official order.
    pub units: Vec<UnitRow>,
    /// How many tasks all units have together.
    pub tasks: usize,
}

/// An item of the breakdown.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BreakdownRow {
    /// Number as printed, without its closing mark.
    pub label: String,
    /// The headings above it as printed, from the outermost.
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
    /// Both in one cell: `A、B`, `A、B（配合：C）`, `C` where there are no others.
    pub units: String,
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
    /// The unit that does its work.
    pub served_by: Option<String>,
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
    let label = record.common.label.as_deref().filter(|l| !l.ends_with("负责"));
    let label = label.unwrap_or("责任单位");
    let has_leads = items.iter().any(|i| !i.leads.is_empty());
    let has_responsible = items.iter().any(|i| !i.responsible.is_empty());
    let has_cooperating = items.iter().any(|i| !i.cooperating.is_empty());
    let has_deadlines = items.iter().any(|i| i.deadline.is_some());
    let has_targets = items.iter().any(|i| !i.targets.is_empty());
    let mut columns = filled(&[
        (ColumnKey::Number, true),
        (ColumnKey::Task, true),
        (ColumnKey::Targets, has_targets),
        (ColumnKey::Leads, has_leads),
        (ColumnKey::Units, has_responsible || has_cooperating),
        (ColumnKey::Deadline, has_deadlines),
    ]);
    for column in columns.iter_mut().filter(|column| column.key == ColumnKey::Units) {
        column.title = units_title(label, has_responsible, has_cooperating);
    }
    BreakdownView {
        about: AboutNotice::of(publication),
        title: title(&publication.subject()),
        attachment: attachment(publication),
        label: label.into(),
        columns,
        has_leads,
        has_cooperating,
        has_deadlines,
        has_targets,
        tasks: units.iter().map(|unit| unit.total).sum(),
        items,
        units,
    }
}

/// A subject that is one already is not called so twice.
fn title(subject: &str) -> String {
    const WORDS: &str = "任务分解表";
    if subject.ends_with(WORDS) { subject.into() } else { format!("{subject}{WORDS}") }
}

/// The label of the attachment that is the table of all items.
fn attachment(publication: &Publication) -> Option<String> {
    let all = &publication.attachments;
    let table = all.iter().find(|attachment| attachment.content == AttachmentContent::Tasks)?;
    let beside: Vec<_> = all.iter().filter(|other| other.of == table.of).collect();
    let place = beside.iter().position(|other| std::ptr::eq(*other, table))?;
    Some(attachment_label(place, beside.len()))
}

impl BreakdownRow {
    /// What stands in a cell, paragraph by paragraph in plain text.
    pub fn cell(&self, key: ColumnKey) -> Vec<String> {
        match key {
            ColumnKey::Number => vec![self.label.clone()],
            ColumnKey::Task => lines(&self.task),
            ColumnKey::Targets => listed(&self.targets),
            ColumnKey::Deadline => self.deadline.iter().cloned().collect(),
            ColumnKey::Leads => vec![self.leads.join("、")],
            ColumnKey::Units => vec![self.units.clone()],
            ColumnKey::Duty | ColumnKey::Others => Vec::new(),
        }
    }
}

/// Responsible and cooperating units in one cell.
fn both(responsible: &[String], cooperating: &[String]) -> String {
    let (responsible, cooperating) = (responsible.join("、"), cooperating.join("、"));
    match (responsible.is_empty(), cooperating.is_empty()) {
        (_, true) => responsible,
        (true, false) => cooperating,
        (false, false) => format!("{responsible}（配合：{cooperating}）"),
    }
}

fn items(publication: &Publication) -> Vec<BreakdownRow> {
    let owned =
        |names: Vec<&str>| -> Vec<String> { names.into_iter().map(str::to_string).collect() };
    let row = |(place, item): (usize, &Item)| {
        let section = &publication.sections[item.section];
        let all: Vec<usize> = (0..item.parts.len()).collect();
        let text = rich::parts(item, &all);
        let plain = text.plain();
        let responsible: Vec<String> = owned(item.printed(Some(Role::Responsible)));
        let cooperating: Vec<String> = owned(item.printed(Some(Role::Cooperating)));
        BreakdownRow {
            label: item.short_label(),
            section: publication.headings(item.section).join(super::BETWEEN_HEADINGS),
            first_of_section: section.items.first() == Some(&place),
            section_items: section.items.len(),
            task: text,
            targets: item.all_targets().map(|target| target.print_as(&plain)).collect(),
            leads: owned(item.printed(Some(Role::Lead))),
            units: both(&responsible, &cooperating),
            responsible,
            cooperating,
            deadline: rich::deadline(publication, item, &all),
        }
    };
    publication.items.iter().enumerate().map(row).collect()
}

/// Every unit with a task of its own. A task of a body is the body's, whoever does its work.
fn units(publication: &Publication) -> Vec<UnitRow> {
    let registry = &publication.registry;
    let row = |(&id, tasks): (&UnitId, &Vec<Task>)| {
        let unit = registry.unit(id);
        let tasks: Vec<&Task> = tasks.iter().filter(|task| task.named).collect();
        let counts = Counts::of(tasks.iter().copied());
        (counts.total() > 0).then(|| UnitRow {
            name: unit.name.clone(),
            kind: unit.kind.to_string(),
            served_by: unit.served_by.map(|by| registry.unit(by).name.clone()),
            leading: counts.leading,
            responsible: counts.responsible,
            cooperating: counts.cooperating,
            total: counts.total(),
            tasks: tasks
                .iter()
                .map(|task| UnitTask {
                    place: task.item + 1,
                    label: publication.items[task.item].short_label(),
                    role_key: task.role,
                    role: task.role.print(),
                })
                .collect(),
        })
    };
    publication.tasks().iter().filter_map(row).collect()
}
