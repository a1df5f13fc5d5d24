//! Who is asked to report what, and who has not reported.

use crate::content::schema::notice::{Asked, AskedOf, Means};
use crate::content::schema::values::Period;
use crate::publication::{Publication, Role, Task, UnitId};

use super::ProgressEntry;

impl Publication {
    /// Whether a unit is asked to report of a task: it leads it, nobody does, or it has a share of
    /// its own; every unit where the record says `reporting: {by: all}`.
    pub fn asks(&self, unit: UnitId, task: &Task) -> bool {
        let item = &self.items[task.item];
        let reporting = self.record.common.reporting.as_ref();
        let led = || {
            let parts = task.parts.iter().map(|part| &item.parts[*part]);
            let mut assignees = parts.flat_map(|part| &part.assignment.assignees);
            assignees.any(|assignee| assignee.role == Role::Lead)
        };
        reporting.and_then(|reporting| reporting.by) == Some(AskedOf::All)
            || task.role == Role::Lead
            || item.own_of(unit, task).is_some()
            || !led()
    }

    /// The units that are asked for something in a period and have not reported, in official order,
    /// each with how many tasks are asked of it. A report for a longer period counts for those in it.
    pub fn missing(&self, period: Period) -> Vec<(UnitId, usize)> {
        let reporting = self.record.common.reporting.as_ref();
        let all = reporting.and_then(|reporting| reporting.ask) == Some(Asked::All);
        let asked = |(unit, tasks): (&UnitId, &Vec<Task>)| {
            let is_asked = |task: &&Task| {
                self.asks(*unit, task) && (all || !self.is_finished(*unit, task.item, period))
            };
            let asked = tasks.iter().filter(is_asked).count();
            let mut reports = self.progress.iter().filter(|one| one.unit == *unit);
            let has_reported = reports.any(|one| one.period.covers(period));
            (asked > 0 && !has_reported).then_some((*unit, asked))
        };
        self.tasks().iter().filter_map(asked).collect()
    }

    /// Whether a task is finished or given up, by what the unit reported last before a period and by
    /// what the office found of it.
    fn is_finished(&self, unit: UnitId, item: usize, period: Period) -> bool {
        let before = |earlier: Period| earlier.last_day() < period.first_day();
        let reports = self.progress.iter().filter(|one| one.unit == unit && before(one.period));
        let mut entries = reports.flat_map(|one| &one.entries);
        let means = |entry: &ProgressEntry| entry.found.or(entry.means);
        // They stand in the order of periods.
        let last = entries.rfind(|entry| entry.item == Some(item) && means(entry).is_some());
        last.is_some_and(|entry| matches!(means(entry), Some(Means::Done | Means::Cancelled)))
    }
}
