//! Tasks: what each unit has to do, out of all items.

use std::collections::BTreeMap;

use super::Publication;
use super::assignment::Role;
use super::registry::UnitId;

/// One unit's share in one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// The item, by its place.
    pub item: usize,
    /// The strongest role the unit has in it.
    pub role: Role,
    /// It leads for its own area, as a member of a group listed first.
    pub own_area: bool,
    /// Nobody else is named in its parts: 单独承担.
    pub sole: bool,
    /// The parts it is named in.
    pub parts: Vec<usize>,
    /// The body whose work it does, where not itself is named.
    pub via: Option<UnitId>,
    /// The part of the unit that is meant (人才办).
    pub qualifier: Option<String>,
}

/// The tasks of every unit that has one, in official order and in the order of the notice. A
/// unit that serves a body has that body's tasks too.
pub(crate) fn tasks(publication: &Publication) -> BTreeMap<UnitId, Vec<Task>> {
    let mut tasks: BTreeMap<UnitId, Vec<Task>> = BTreeMap::new();
    for (place, item) in publication.items.iter().enumerate() {
        for (part, resolved) in item.parts.iter().enumerate() {
            let alone = resolved.assignment.assignees.len() == 1;
            for assignee in &resolved.assignment.assignees {
                for &unit in &assignee.reference.units {
                    let task = Task {
                        item: place,
                        role: assignee.role,
                        own_area: assignee.own_area,
                        sole: alone && assignee.reference.units.len() == 1,
                        parts: vec![part],
                        via: None,
                        qualifier: assignee.reference.qualifier.clone(),
                    };
                    if let Some(by) = publication.registry.unit(unit).served_by {
                        add(&mut tasks, by, Task { via: Some(unit), ..task.clone() });
                    }
                    add(&mut tasks, unit, task);
                }
            }
        }
    }
    tasks
}

fn add(tasks: &mut BTreeMap<UnitId, Vec<Task>>, unit: UnitId, task: Task) {
    let list = tasks.entry(unit).or_default();
    let Some(known) = list.iter_mut().find(|known| known.item == task.item) else {
        list.push(task);
        return;
    };
    for part in task.parts {
        if !known.parts.contains(&part) {
            known.parts.push(part);
        }
    }
    known.sole &= task.sole;
    // Its own name counts before that of a body it serves, then the stronger role.
    if (task.via.is_some(), task.role) < (known.via.is_some(), known.role) {
        known.role = task.role;
        known.own_area = task.own_area;
        known.via = task.via;
        known.qualifier = task.qualifier;
    }
}
