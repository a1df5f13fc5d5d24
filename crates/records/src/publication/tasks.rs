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
    /// It leads and is the only one named in its parts: 独立承担.
    pub sole: bool,
    /// The parts it is named in.
    pub parts: Vec<usize>,
    /// The body whose work it does in this item, and that body's role.
    pub via: Option<(UnitId, Role)>,
    /// Whether it is named itself, not only a body whose work it does.
    pub named: bool,
    /// The parts of the unit that are meant (人才办).
    pub qualifiers: Vec<String>,
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
                    let role = assignee.role;
                    let sole = alone && role == Role::Lead && assignee.reference.units.len() == 1;
                    let task = Task {
                        item: place,
                        role,
                        own_area: assignee.own_area,
                        sole,
                        parts: vec![part],
                        via: None,
                        named: true,
                        qualifiers: assignee.reference.qualifier.iter().cloned().collect(),
                    };
                    if let Some(by) = publication.registry.unit(unit).served_by {
                        let via = Some((unit, role));
                        let qualifiers = Vec::new();
                        add(&mut tasks, by, Task { via, named: false, qualifiers, ..task.clone() });
                    }
                    add(&mut tasks, unit, task);
                }
            }
        }
    }
    tasks
}

/// Adds a task, or joins it with what the unit already has in the same item.
fn add(tasks: &mut BTreeMap<UnitId, Vec<Task>>, unit: UnitId, task: Task) {
    let list = tasks.entry(unit).or_default();
    let Some(known) = list.iter_mut().find(|known| known.item == task.item) else {
        list.push(task);
        return;
    };
    // Its own name counts before that of a body it serves, then the stronger role.
    if (!task.named, task.role) < (!known.named, known.role) {
        known.role = task.role;
        known.own_area = task.own_area;
    }
    known.named |= task.named;
    known.sole &= task.sole;
    known.via = known.via.or(task.via);
    known.parts.extend(task.parts);
    known.parts.sort_unstable();
    known.parts.dedup();
    for qualifier in task.qualifiers {
        if !known.qualifiers.contains(&qualifier) {
            known.qualifiers.push(qualifier);
        }
    }
}
