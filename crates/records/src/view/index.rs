//! tasks/index.html: units by items.

use serde::Serialize;

use crate::publication::{Publication, Role, Task, UnitId};
use base::disk::file_name_with;

use super::breakdown::{BreakdownView, breakdown};

/// The index of the sheets.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct IndexView {
    /// The breakdown it shows.
    pub breakdown: BreakdownView,
    /// A row for every unit that has a sheet, and for bodies others do the work of.
    pub rows: Vec<IndexRow>,
    /// The name of the breakdown's files without extension, in the folder above the index.
    pub breakdown_file: String,
    /// Whether a unit does tasks for a body.
    pub has_proxies: bool,
    /// What the sheets are there as; templates see its fields as those of the view.
    #[serde(flatten)]
    pub formats: SheetFormats,
}

/// What the sheets are there as.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct SheetFormats {
    /// Web pages.
    pub html: bool,
    /// PDF.
    pub pdf: bool,
    /// Workbooks.
    pub xlsx: bool,
    /// Word documents.
    pub docx: bool,
}

/// A unit of the index.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct IndexRow {
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: String,
    /// The name of its files without extension; null where it has no sheet.
    pub file: Option<String>,
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
    /// One cell for each item.
    pub cells: Vec<IndexCell>,
}

/// What a unit is in an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IndexCell {
    /// Number as printed.
    pub label: String,
    /// `lead`, `responsible` or `cooperating`; null where the unit has no part in the item.
    pub role_key: Option<Role>,
    /// One character: 牵, 责, 配; 代 where the unit does it for another body; or nothing.
    pub mark: String,
}

/// Makes the index. `sheets` are the units that have a sheet.
pub fn index(publication: &Publication, sheets: &[UnitId], formats: SheetFormats) -> IndexView {
    let breakdown = breakdown(publication);
    let registry = &publication.registry;
    let suffix = publication.file_suffix();
    let breakdown_file = format!("任务分解总表{suffix}");
    let tasks = publication.tasks();
    let rows: Vec<IndexRow> = registry
        .units()
        .iter()
        .filter_map(|unit| {
            let row = breakdown.units.iter().find(|row| row.name == unit.name);
            let has_sheet = sheets.contains(&unit.id);
            if row.is_none() && !has_sheet {
                return None;
            }
            let cells = (1..=breakdown.items.len())
                .map(|place| {
                    let mut all = tasks.get(&unit.id).into_iter().flatten();
                    let task = all.find(|task| task.item + 1 == place);
                    IndexCell {
                        label: breakdown.items[place - 1].label.clone(),
                        role_key: task.map(|task| task.role),
                        mark: task.map(mark).unwrap_or_default(),
                    }
                })
                .collect();
            let count = |of: fn(&super::UnitRow) -> usize| row.map_or(0, of);
            Some(IndexRow {
                name: unit.name.clone(),
                kind: unit.kind.to_string(),
                file: has_sheet.then(|| file_name_with(&unit.name, suffix)),
                served_by: unit.served_by.map(|by| registry.unit(by).name.clone()),
                leading: count(|r| r.leading),
                responsible: count(|r| r.responsible),
                cooperating: count(|r| r.cooperating),
                total: count(|r| r.total),
                cells,
            })
        })
        .collect();
    let has_proxies = tasks.values().flatten().any(|task| !task.named);
    IndexView { breakdown, breakdown_file, rows, has_proxies, formats }
}

/// What stands in the cell of a task.
fn mark(task: &Task) -> String {
    let word = if task.named { task.role.print() } else { "代" };
    word.chars().take(1).collect()
}
