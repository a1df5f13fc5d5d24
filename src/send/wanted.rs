//! The units that `--unit` asks for.

use std::collections::BTreeSet;

use base::diag::{Diagnostic, Diagnostics};
use base::text;
use records::publication::{Publication, UnitId};

/// The units behind these names that are sent something, a sheet or a document without tasks, in official order; `None` where no name is
/// given, which stands for all of them. A name behind which there is nobody must not be taken for
/// either.
///
/// # Errors
/// The names behind which no unit is sent anything.
pub fn wanted(
    publication: &Publication,
    names: &[String],
) -> Result<Option<Vec<UnitId>>, Diagnostics> {
    if names.is_empty() {
        return Ok(None);
    }
    let sheets = publication.sent_to();
    let registry = &publication.registry;
    let mut diags = Diagnostics::new();
    let mut wanted = BTreeSet::new();
    for name in names {
        let members = registry.look_up(name).map(|named| registry.units_of(named));
        let with_sheet: Vec<UnitId> =
            members.into_iter().flatten().filter(|unit| sheets.contains(unit)).collect();
        if with_sheet.is_empty() {
            diags.push(match publication.items.is_empty() {
                true => no_recipient(name, &publication.id),
                false => nobody(name, &publication.id),
            });
        }
        wanted.extend(with_sheet);
    }
    if diags.is_empty() { Ok(Some(wanted.into_iter().collect())) } else { Err(diags) }
}

/// The names of the units that are sent something, or of those of them that are wanted.
pub fn sheet_names<'a>(publication: &'a Publication, units: Option<&[UnitId]>) -> Vec<&'a str> {
    let is_wanted = |unit: &UnitId| units.is_none_or(|wanted| wanted.contains(unit));
    let with_sheet = publication.sent_to();
    let wanted = with_sheet.into_iter().filter(is_wanted);
    wanted.map(|unit| publication.registry.unit(unit).name.as_str()).collect()
}

fn no_recipient(name: &str, id: &str) -> Diagnostic {
    Diagnostic::error(
        "unit-without-sheet",
        text!(
            "“{id}”没有主送或抄送“{name}”，也没有任务单",
            "“{id}” goes to “{name}” neither as a recipient nor in copy, and has no sheets"
        ),
    )
    .help(text!(
        "没有任务的公文发给主送和抄送机关里登记的单位；什么也没有发送",
        "a document without tasks goes to the units of the registry among its recipients and copies; nothing was sent"
    ))
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
