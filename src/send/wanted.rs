//! The units that `--unit` asks for.

use std::collections::BTreeSet;

use base::diag::{Diagnostic, Diagnostics};
use base::text;
use records::publication::{Publication, UnitId};

/// The units behind these names that have a sheet, in official order; `None` where no name is
/// given, which stands for all of them. A name behind which there is nobody must not be taken for
/// either.
///
/// # Errors
/// The names behind which no unit has a sheet.
pub fn wanted(
    publication: &Publication,
    names: &[String],
) -> Result<Option<Vec<UnitId>>, Diagnostics> {
    if names.is_empty() {
        return Ok(None);
    }
    let sheets = publication.sheet_units(&publication.tasks());
    let registry = &publication.registry;
    let mut diags = Diagnostics::new();
    let mut wanted = BTreeSet::new();
    for name in names {
        let members = registry.look_up(name).map(|named| registry.units_of(named));
        let with_sheet: Vec<UnitId> =
            members.into_iter().flatten().filter(|unit| sheets.contains(unit)).collect();
        if with_sheet.is_empty() {
            diags.push(nobody(name, &publication.id));
        }
        wanted.extend(with_sheet);
    }
    if diags.is_empty() { Ok(Some(wanted.into_iter().collect())) } else { Err(diags) }
}

/// The names of the units that have a sheet, or of those of them that are wanted.
pub fn sheet_names<'a>(publication: &'a Publication, units: Option<&[UnitId]>) -> Vec<&'a str> {
    let is_wanted = |unit: &UnitId| units.is_none_or(|wanted| wanted.contains(unit));
    let with_sheet = publication.sheet_units(&publication.tasks());
    let wanted = with_sheet.into_iter().filter(is_wanted);
    wanted.map(|unit| publication.registry.unit(unit).name.as_str()).collect()
}

fn nobody(name: &str, id: &str) -> Diagnostic {
    Diagnostic::error(
        "unit-without-sheet",
        text!("“{name}”在“{id}”里没有任务单", "“{name}” has no sheet in “{id}”"),
    )
    .help(text!(
        "没有任务、又不在 sheets.without_task 所列类别里的单位没有任务单；什么也没有发送",
        "units without a task have none, unless their kind stands in `sheets: without_task`; nothing was sent"
    ))
}
