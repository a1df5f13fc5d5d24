//! Which line of the ledger an acknowledgement belongs to.

use super::ledger::{Delivery, Status};
use super::missing::{Expected, lines_of};

/// What an acknowledgement of a unit can be noted for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// The line of the version that the unit was last sent.
    Line(i64),
    /// That was acknowledged before: on this day.
    Noted(String),
    /// Nothing was sent to it.
    Nothing,
    /// Several publications wait for it: their ids.
    Several(Vec<String>),
}

/// Looks for what a unit acknowledges, in one publication or in all in which it is expected.
pub fn find(deliveries: &[Delivery], expected: &[Expected]) -> Found {
    let mut open = Vec::new();
    let mut noted = None;
    for one in expected {
        let arrived: Vec<&Delivery> = lines_of(deliveries, one)
            .into_iter()
            .filter(|line| matches!(line.status, Status::Sent | Status::Uncertain))
            .collect();
        let Some(last) = arrived.last() else { continue };
        let of_version = || arrived.iter().filter(|line| line.version == last.version);
        match of_version().find_map(|line| line.receipts.first()) {
            Some(receipt) => noted = noted.or(Some(receipt.received.clone())),
            None => open.push((one.publication.clone(), last.id)),
        }
    }
    match (&open[..], noted) {
        ([(_, id)], _) => Found::Line(*id),
        ([], Some(day)) => Found::Noted(day),
        ([], None) => Found::Nothing,
        _ => Found::Several(open.into_iter().map(|(publication, _)| publication).collect()),
    }
}
