//! What the ledger's lines about one unit mean for the next sending.

use std::collections::BTreeMap;

use crate::send::ledger::{Delivery, Status, Via};

/// The lines of a version since another one arrived: what was sent before that, and is sent once
/// more because the change was taken back, is a correction as well.
pub(super) fn since_another<'d>(past: &[&'d Delivery], version: &str) -> Vec<&'d Delivery> {
    let same = |d: &&Delivery| d.version == version;
    let stage = past.iter().copied().find(same).map(|d| d.draft.clone());
    let another = |d: &&Delivery| {
        d.version != version && d.status.may_have_arrived() && Some(&d.draft) == stage.as_ref()
    };
    let begin = past.iter().rposition(another).map_or(0, |place| place + 1);
    past[begin..].iter().copied().filter(same).collect()
}

/// The last line that arrived, or may have, at an address; one in outbox/ has arrived at all.
pub(super) fn arrived_at<'d>(lines: &[&'d Delivery], place: &str) -> Option<&'d Delivery> {
    lines.iter().rev().find(|d| is_for(d, place) && d.status.may_have_arrived()).copied()
}

/// The line that never sent anything to an address and can be gone on with. With `resend` only
/// one of a `--resend` that was cut short: it counts as long as nothing arrived there after it.
pub(super) fn open<'d>(
    lines: &[&'d Delivery],
    place: &str,
    via: Via,
    resend: bool,
) -> Option<&'d Delivery> {
    let arrived = lines.iter().rposition(|d| is_for(d, place) && d.status.may_have_arrived());
    let since = arrived.map_or(0, |last| last + 1);
    let waits = |d: &Delivery| match d.status {
        Status::Planned | Status::Deferred => d.resend || !resend,
        Status::Blocked => !resend,
        _ => false,
    };
    let same = |d: &Delivery| d.via == via && d.address == place;
    lines[since..].iter().rev().find(|d| waits(d) && same(d)).copied()
}

/// Whether something is still to be sent to an address at which nothing arrived, although another
/// one of the unit has it: because it was tried there and failed, or because it takes the place of
/// one that could not be reached. Each of those has one replacement: what is added to the registry
/// later gets nothing by itself.
pub(super) fn is_awaited(lines: &[&Delivery], place: &str) -> bool {
    // Each address with when it was first planned, and whether it has the version.
    let mut addresses: BTreeMap<String, (&str, bool)> = BTreeMap::new();
    for line in lines.iter().filter(|line| line.status != Status::Dropped) {
        let entry = addresses
            .entry(line.address.to_lowercase())
            .or_insert((line.planned_at.as_str(), false));
        entry.1 |= line.status.may_have_arrived();
    }
    // Without an address it is outbox/, or mail to a unit that had none: replaced like the others.
    let own = addresses.get(&place.to_lowercase()).filter(|_| !place.is_empty());
    if own.is_some_and(|(_, arrived)| !arrived) {
        return true;
    }
    let dead: Vec<&str> =
        addresses.values().filter(|(_, arrived)| !arrived).map(|(first, _)| *first).collect();
    let Some(first) = dead.iter().min() else { return false };
    // All lines of a run have one time. Those of the run that failed are no replacements.
    let replaced = addresses.values().filter(|(planned, arrived)| *arrived && planned > first);
    dead.len() > replaced.count()
}

fn is_for(line: &Delivery, place: &str) -> bool {
    line.address.eq_ignore_ascii_case(place) || line.address.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line of the run of this hour.
    fn line(hour: u8, address: &str, status: Status) -> Delivery {
        Delivery {
            id: 0,
            publication: "p".into(),
            title: "t".into(),
            doc_number: None,
            draft: None,
            version: "1".into(),
            unit: "a".into(),
            via: Via::Smtp,
            address: address.into(),
            message_id: None,
            correction_of: None,
            resend: false,
            status,
            detail: None,
            attempts: 1,
            planned_at: format!("2025-03-20T{hour:02}:00:00Z"),
            changed_at: String::new(),
            files: Vec::new(),
            receipts: Vec::new(),
        }
    }

    fn awaited(lines: &[Delivery], place: &str) -> bool {
        is_awaited(&lines.iter().collect::<Vec<_>>(), place)
    }

    #[test]
    fn a_dead_address_has_one_replacement() {
        let mut lines = vec![line(8, "a@x", Status::Sent), line(8, "dead@x", Status::Bounced)];
        assert!(awaited(&lines, "new@x") && awaited(&lines, "dead@x"));
        lines.push(line(9, "new@x", Status::Sent));
        assert!(!awaited(&lines, "later@x"), "the dead one was replaced");
        lines.push(line(10, "dead2@x", Status::Blocked));
        assert!(awaited(&lines, "later@x"), "another one is dead");
    }

    #[test]
    fn two_dead_addresses_are_replaced_one_after_the_other() {
        let mut lines = vec![
            line(8, "dead1@x", Status::Bounced),
            line(8, "a@x", Status::Sent),
            line(8, "dead2@x", Status::Blocked),
            line(9, "new1@x", Status::Sent),
        ];
        assert!(awaited(&lines, "new2@x"));
        lines.push(line(10, "new2@x", Status::Uncertain));
        assert!(!awaited(&lines, "later@x"));
        // One that is still in the registry is tried again for itself.
        assert!(awaited(&lines, "DEAD1@x"));
    }

    #[test]
    fn a_missing_address_is_one_too() {
        let lines = [line(8, "", Status::Blocked), line(9, "a@x", Status::Sent)];
        assert!(!awaited(&lines, "later@x"));
        assert!(!awaited(&lines, ""), "no packet after mail");
        assert!(awaited(&lines[..1], "a@x"));
    }

    #[test]
    fn what_waits_is_gone_on_with_unless_something_arrived_since() {
        let again = |status| Delivery { resend: true, ..line(9, "a@x", status) };
        let lines = [line(8, "a@x", Status::Sent), again(Status::Deferred)];
        let some: Vec<&Delivery> = lines.iter().collect();
        assert!(open(&some, "a@x", Via::Smtp, true).is_some());
        assert!(open(&some, "a@x", Via::Outbox, true).is_none(), "another way");
        assert!(open(&some, "b@x", Via::Smtp, true).is_none(), "another address");
        let third = line(10, "a@x", Status::Sent);
        let all: Vec<&Delivery> = lines.iter().chain([&third]).collect();
        assert!(open(&all, "a@x", Via::Smtp, true).is_none());
    }

    #[test]
    fn a_line_before_another_version_is_not_gone_on_with() {
        let other = Delivery { version: "2".into(), ..line(9, "a@x", Status::Sent) };
        let lines = [line(8, "a@x", Status::Blocked), other];
        let past: Vec<&Delivery> = lines.iter().collect();
        let lines = since_another(&past, "1");
        assert!(open(&lines, "a@x", Via::Smtp, false).is_none());
    }
}
