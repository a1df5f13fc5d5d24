//! Names of publications and units as somebody writes them.

use base::diag::{Diagnostic, Diagnostics};
use base::nearest::closest;
use base::text;
use records::content::Project;
use records::publication::Prepared;

use super::Failure;

/// An id as the completion of a shell gives it: `content/2025-yaodian/`.
pub(crate) fn clean_id(id: &str) -> String {
    let id = id.replace('\\', "/");
    let id = id.trim_end_matches('/');
    id.strip_prefix("content/").unwrap_or(id).to_string()
}

/// The remedy for an id that the project does not have is the nearest id, or all of them.
pub(crate) fn unknown_publication(
    id: &str,
    project: &Project,
    message: base::diag::Text,
) -> Diagnostic {
    let ids: Vec<&str> = project.publications.iter().map(|p| p.id.as_str()).collect();
    let list = ids.join("、");
    Diagnostic::error("publication-unknown", message).help(match closest(id, ids.iter().copied()) {
        Some(near) => text!("是不是“{near}”？", "did you mean “{near}”?"),
        None => text!("content 里有：{list}", "content/ has: {list}"),
    })
}

/// A name that no registry knows is a mistake of whoever wrote it, not an empty selection.
pub(crate) fn known_units(units: &[String], prepared: &[Prepared]) -> Result<(), Failure> {
    let registries = || prepared.iter().filter_map(|one| one.registry.as_ref());
    let mut diags = Diagnostics::new();
    for unit in units {
        // Without a registry nothing can be said of a name.
        if registries().next().is_none() || registries().any(|r| r.look_up(unit).is_some()) {
            continue;
        }
        let names = registries().flat_map(|r| r.units().iter());
        let near = closest(unit, names.map(|u| u.name.as_str()));
        let diagnostic = Diagnostic::error(
            "unit-unknown",
            text!("单位名录里没有“{unit}”", "“{unit}” is not in the registry of units"),
        );
        diags.push(diagnostic.help(match near {
            Some(near) => text!("是不是“{near}”？", "did you mean “{near}”?"),
            None => text!("用 yinfa list units 查看单位名录", "`yinfa list units` shows them all"),
        }));
    }
    if diags.is_empty() { Ok(()) } else { Err(Failure::of_run(diags)) }
}
