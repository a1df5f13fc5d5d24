//! Targets with what they belong to: a name is unique there alone.

use super::item::Item;
use super::registry::UnitId;
use super::tasks::Task;
use crate::content::schema::values::Target;

/// What a target belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whose {
    /// The item.
    Item,
    /// One of its parts, by its place.
    Part(usize),
    /// A unit: 本单位指标.
    Own(UnitId),
}

/// A target with what it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Goal<'a> {
    /// What it belongs to.
    pub whose: Whose,
    /// The target.
    pub target: &'a Target,
}

impl Item {
    /// Every target: the item's, those of its parts, those of single units.
    pub fn goals(&self) -> impl Iterator<Item = Goal<'_>> {
        let of_item = self.targets.iter().map(|target| Goal { whose: Whose::Item, target });
        let parts = self.parts.iter().enumerate().flat_map(|(part, resolved)| {
            resolved.targets.iter().map(move |target| Goal { whose: Whose::Part(part), target })
        });
        let own = self.own.iter().flat_map(|own| {
            own.targets.iter().map(|target| Goal { whose: Whose::Own(own.unit), target })
        });
        of_item.chain(parts).chain(own)
    }

    /// The targets of a unit's task, its own behind the others.
    pub fn goals_of(&self, unit: UnitId, task: &Task) -> Vec<Goal<'_>> {
        let shared = self.targets_of(&task.parts);
        let own = self.own_of(unit, task).map(|own| Whose::Own(own.unit));
        let wanted = |goal: &Goal<'_>| match goal.whose {
            Whose::Own(_) => Some(goal.whose) == own,
            _ => shared.iter().any(|target| std::ptr::eq(*target, goal.target)),
        };
        self.goals().filter(wanted).collect()
    }

    /// What a unit has to do of its own in a task. What is asked of a body is asked of the office
    /// that does its work.
    pub fn own_of(&self, unit: UnitId, task: &Task) -> Option<&super::Own> {
        self.own(unit).or_else(|| task.via.and_then(|(body, _)| self.own(body)))
    }
}
