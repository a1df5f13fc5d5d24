//! What units reported: units, items and targets looked up, states by their meaning. The words stay
//! those of the units.

mod asked;
mod resolve;
mod states;

pub(super) use resolve::resolve;
pub use states::{Lexicon, is_nothing};

use super::goal::Whose;
use super::registry::UnitId;
use crate::content::schema::notice::Means;
use crate::content::schema::progress::{EntryRecord, ProgressRecord, ValueRecord};
use crate::content::schema::values::Period;

/// What a unit reported in a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitProgress {
    /// The unit.
    pub unit: UnitId,
    /// The period.
    pub period: Period,
    /// The record, without its entries.
    pub record: ProgressRecord,
    /// What was reported of each task, in the order of the record.
    pub entries: Vec<ProgressEntry>,
}

/// What was reported of a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgressEntry {
    /// The item by its place; `None` where there is no such item any more.
    pub item: Option<usize>,
    /// The record.
    pub record: EntryRecord,
    /// What the state that the unit reported means, where that is certain.
    pub means: Option<Means>,
    /// What the state that the office found means, where it found one and that is certain.
    pub found: Option<Means>,
    /// The unit says that there is nothing to report.
    pub is_nothing: bool,
    /// What was reached of the targets.
    pub values: Vec<ProgressValue>,
}

/// What was reached of a target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgressValue {
    /// What the target belongs to; `None` where there is no such target any more.
    pub whose: Option<Whose>,
    /// The record.
    pub record: ValueRecord,
}
