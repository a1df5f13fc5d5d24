//! Units as somebody names them, found in the records and in the ledger.

use std::sync::Arc;

use records::publication::{Prepared, Registry, Unit};

use super::ledger::Delivery;
use super::missing::Expected;

/// What names stand for.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// All names of the units: a group's members, old names too. Names that only the ledger knows
    /// stand for themselves.
    pub(crate) known: Vec<String>,
    /// Names that neither the records nor the ledger know.
    pub(crate) unknown: Vec<String>,
}

impl Names {
    pub(crate) fn find(given: &[String], prepared: &[Prepared], deliveries: &[Delivery]) -> Self {
        let mut names = Self::default();
        for unit in given {
            let mut found = false;
            for registry in prepared.iter().filter_map(|one| one.registry.as_ref()) {
                let Some(named) = registry.look_up(unit) else { continue };
                found = true;
                for id in registry.units_of(named) {
                    names.known.extend(all_names(registry.unit(id)));
                }
            }
            if !found && deliveries.iter().any(|line| line.unit == *unit) {
                names.known.push(unit.clone());
            } else if !found {
                names.unknown.push(unit.clone());
            }
        }
        names
    }
}

fn all_names(unit: &Unit) -> Vec<String> {
    std::iter::once(&unit.name).chain(&unit.full_name).chain(&unit.aliases).cloned().collect()
}

impl Expected {
    /// The units that are sent something of a publication.
    pub(crate) fn all_of(one: &Prepared) -> Vec<Self> {
        let Some(publication) = &one.publication else { return Vec::new() };
        let units = publication.sent_to();
        let units = units.into_iter().map(|id| publication.registry.unit(id));
        let expected = units.map(|unit| Self {
            publication: one.id.clone(),
            unit: unit.name.clone(),
            names: all_names(unit),
        });
        expected.collect()
    }
}

/// The units behind some names, each with what it may acknowledge.
pub(crate) fn by_unit(
    names: &[String],
    prepared: &[Prepared],
    deliveries: &[Delivery],
    only: Option<&str>,
) -> Vec<(String, Vec<Expected>)> {
    let is_wanted = |id: &str| only.is_none_or(|only| only == id);
    let mut groups: Vec<(String, Vec<Expected>)> = Vec::new();
    let mut add = |expected: Expected| match groups.iter_mut().find(|(u, _)| *u == expected.unit) {
        Some((_, list)) if list.iter().any(|e| e.publication == expected.publication) => {}
        Some((_, list)) => list.push(expected),
        None => groups.push((expected.unit.clone(), vec![expected])),
    };
    for one in prepared.iter().filter(|one| is_wanted(&one.id)) {
        for expected in Expected::all_of(one) {
            if expected.names.iter().any(|name| names.contains(name)) {
                add(expected);
            }
        }
    }
    // What the records no longer know, the ledger does.
    for line in deliveries.iter().filter(|line| is_wanted(&line.publication)) {
        let known = |one: &Prepared| {
            let expected = Expected::all_of(one);
            one.id == line.publication && expected.iter().any(|e| e.names.contains(&line.unit))
        };
        if names.contains(&line.unit) && !prepared.iter().any(known) {
            let names = vec![line.unit.clone()];
            let (publication, unit) = (line.publication.clone(), line.unit.clone());
            add(Expected { publication, unit, names });
        }
    }
    // Units that get no sheet at all: nothing was sent to them, which is to be said.
    for name in names {
        let is_known = groups.iter().any(|(unit, list)| {
            unit == name || list.iter().any(|expected| expected.names.contains(name))
        });
        let registries = || prepared.iter().filter_map(|one| one.registry.as_ref());
        let is_name = |r: &Arc<Registry>| r.units().iter().any(|unit| unit.name == *name);
        if !is_known && registries().any(is_name) {
            groups.push((name.clone(), Vec::new()));
        }
    }
    groups
}
