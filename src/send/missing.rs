//! Who has not acknowledged what was last sent to them.

use std::collections::BTreeSet;

use serde::Serialize;

use super::ledger::{Delivery, Status, Via};

/// A unit that should have got something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    /// The publication's id.
    pub publication: String,
    /// The unit's name now.
    pub unit: String,
    /// All names that the ledger may know it by.
    pub names: Vec<String>,
}

/// A unit that has not acknowledged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Missing {
    /// The publication's id.
    pub publication: String,
    /// The unit.
    pub unit: String,
    /// The version last sent, or meant to be; null where there never was one.
    pub version: Option<String>,
    /// What is known of it; null where nothing was ever sent.
    pub status: Option<Status>,
    /// How it was sent.
    pub via: Option<Via>,
    /// Where to.
    pub addresses: Vec<String>,
    /// When that became known, UTC.
    pub changed_at: Option<String>,
    /// The words of the server or the program.
    pub detail: Option<String>,
}

/// The units that have not acknowledged: those expected, in their order, and those that the ledger
/// knows besides.
pub fn missing(deliveries: &[Delivery], expected: &[Expected]) -> Vec<Missing> {
    let mut all: Vec<Expected> = expected.to_vec();
    for delivery in deliveries {
        let known = |e: &Expected| {
            e.publication == delivery.publication && e.names.contains(&delivery.unit)
        };
        if !all.iter().any(known) {
            all.push(Expected {
                publication: delivery.publication.clone(),
                unit: delivery.unit.clone(),
                names: vec![delivery.unit.clone()],
            });
        }
    }
    all.iter().filter_map(|expected| missing_one(deliveries, expected)).collect()
}

/// The lines about a unit, in the order of the ledger.
pub(crate) fn lines_of<'a>(deliveries: &'a [Delivery], expected: &Expected) -> Vec<&'a Delivery> {
    let is_its =
        |d: &&Delivery| d.publication == expected.publication && expected.names.contains(&d.unit);
    deliveries.iter().filter(is_its).collect()
}

fn missing_one(deliveries: &[Delivery], expected: &Expected) -> Option<Missing> {
    let mut lines = lines_of(deliveries, expected);
    lines.retain(|line| line.status != Status::Dropped);
    let version = lines.last().map(|line| line.version.clone());
    lines.retain(|line| Some(&line.version) == version.as_ref());
    if lines.iter().any(|line| line.is_acknowledged()) {
        return None;
    }
    // The last word on each address; what arrived somewhere counts before what did not.
    let order = |line: &&&Delivery| match line.status {
        Status::Sent => 4,
        Status::Uncertain | Status::Sending => 3,
        Status::Bounced => 2,
        _ => 1,
    };
    let line = lines.iter().max_by_key(order).copied();
    let addresses: BTreeSet<&String> =
        lines.iter().map(|line| &line.address).filter(|address| !address.is_empty()).collect();
    Some(Missing {
        publication: expected.publication.clone(),
        unit: expected.unit.clone(),
        version,
        status: line.map(|line| line.status),
        via: line.map(|line| line.via),
        addresses: addresses.into_iter().cloned().collect(),
        changed_at: line.map(|line| line.changed_at.clone()),
        detail: line.and_then(|line| line.detail.clone()),
    })
}
