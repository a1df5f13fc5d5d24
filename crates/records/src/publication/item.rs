//! Items: one task each.

use crate::content::schema::values::{Deadline, Target};
use base::diag::Span;
use base::rich::Rich;

use super::assignment::{Assignee, Assignment, Role};
use super::registry::UnitId;
use super::section::SectionId;

/// A part of an item with its own units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its text, without number and bracket.
    pub text: Rich,
    /// Who is responsible.
    pub assignment: Assignment,
    /// The units stand in a heading above, so no bracket is printed here.
    pub inherited: bool,
    /// Targets of this part alone.
    pub targets: Vec<Target>,
    /// The deadline of this part alone.
    pub deadline: Option<Deadline>,
}

/// What one unit has to do in an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Own {
    /// The unit.
    pub unit: UnitId,
    /// 本单位具体任务.
    pub task: Rich,
    /// 本单位指标.
    pub targets: Vec<Target>,
}

/// An item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What it is known by whatever becomes of its number.
    pub id: Option<String>,
    /// Its number.
    pub number: u32,
    /// The number as printed.
    pub label: String,
    /// Its section.
    pub section: SectionId,
    /// Its parts, at least one.
    pub parts: Vec<Part>,
    /// Targets.
    pub targets: Vec<Target>,
    /// Deadline.
    pub deadline: Option<Deadline>,
    /// Own tasks of single units.
    pub own: Vec<Own>,
    /// The record.
    pub span: Span,
}

impl Item {
    /// The text without number and brackets, as plain text.
    pub fn plain(&self) -> String {
        self.parts.iter().map(|part| part.text.plain()).collect::<Vec<_>>().join("\n")
    }

    /// The number as printed, without its closing mark; the bare number where none is printed.
    pub fn short_label(&self) -> String {
        let label = self.label.trim_matches(['.', '、', '(', ')', '（', '）']);
        if label.is_empty() { self.number.to_string() } else { label.to_string() }
    }

    /// Everybody named, part by part.
    pub fn assignees(&self) -> impl Iterator<Item = &Assignee> {
        self.parts.iter().flat_map(|part| &part.assignment.assignees)
    }

    /// Printed names in order, each once; those with a role, or all.
    pub fn printed(&self, role: Option<Role>) -> Vec<&str> {
        let mut names = Vec::new();
        for assignee in self.assignees().filter(|a| role.is_none_or(|role| a.role == role)) {
            let name = assignee.reference.printed.as_str();
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    /// All units meant, in official order.
    pub fn units(&self) -> Vec<UnitId> {
        let mut units: Vec<_> =
            self.assignees().flat_map(|a| a.reference.units.iter().copied()).collect();
        units.sort();
        units.dedup();
        units
    }

    /// All targets: the item's, and those of its parts.
    pub fn all_targets(&self) -> impl Iterator<Item = &Target> {
        self.targets.iter().chain(self.parts.iter().flat_map(|part| &part.targets))
    }

    /// The targets of some parts. One of the item belongs to the parts whose text has its number, and
    /// to all where none or every part has it.
    pub fn targets_of(&self, parts: &[usize]) -> Vec<&Target> {
        let texts: Vec<String> = self.parts.iter().map(|part| part.text.plain()).collect();
        let of_the_item = self.targets.iter().filter(|target| {
            let stated: Vec<bool> = texts.iter().map(|text| target.stands_in(text)).collect();
            let nowhere = !stated.contains(&true);
            nowhere || parts.iter().any(|&part| stated[part])
        });
        let of_parts = parts.iter().flat_map(|&part| &self.parts[part].targets);
        of_the_item.chain(of_parts).collect()
    }

    /// The deadlines of some parts, each once: a part's own, else the item's.
    pub fn deadlines_of(&self, parts: &[usize]) -> Vec<&Deadline> {
        let mut deadlines = Vec::new();
        for &part in parts {
            let of_part = self.parts[part].deadline.as_ref().or(self.deadline.as_ref());
            deadlines.extend(of_part.filter(|deadline| !deadlines.contains(deadline)));
        }
        deadlines
    }

    /// What a unit has to do of its own.
    pub fn own(&self, unit: UnitId) -> Option<&Own> {
        self.own.iter().find(|own| own.unit == unit)
    }
}
