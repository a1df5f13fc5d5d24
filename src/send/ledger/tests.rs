//! The ledger on disk: states, interruptions, versions of the schema.

use std::fs;
use std::path::Path;

use super::*;
use crate::send::sheet_content::SheetContent;
use base::diag::Lang;

fn bounced(ledger: &mut Ledger, delivery: i64) -> bool {
    let entry = FromReply::Bounce { delivery, reason: "550".into() };
    ledger.note_replies(&[entry], &now).unwrap()[0]
}

fn now() -> jiff::Timestamp {
    "2025-03-20T08:00:00Z".parse().unwrap()
}

fn open(root: &Path) -> Ledger {
    Ledger::open(root, &now).unwrap()
}

fn new(unit: &str, version: &str, via: Via) -> NewDelivery {
    NewDelivery {
        publication: "p".into(),
        said: SheetContent { unit: unit.into(), title: version.into(), ..SheetContent::default() },
        version: version.into(),
        via,
        address: if via == Via::Smtp { format!("{unit}@example.org") } else { String::new() },
        message_id: (via == Via::Smtp).then(|| format!("{unit}.{version}@example.com")),
        correction_of: None,
        resend: false,
        files: vec![FileEntry { name: "a.pdf".into(), sha256: "0".into(), bytes: 1 }],
        blocked: None,
        goes_on: None,
    }
}

fn statuses(ledger: &Ledger) -> Vec<(String, Status)> {
    let lines = ledger.deliveries(Some("p")).unwrap();
    lines.into_iter().map(|line| (line.unit, line.status)).collect()
}

#[test]
fn what_was_being_sent_may_have_been_sent() {
    let root = tempfile::tempdir().unwrap();
    let mut ledger = open(root.path());
    let ids = ledger
        .plan(
            &[new("a", "1", Via::Smtp), new("b", "1", Via::Smtp), new("c", "1", Via::Outbox)],
            &now,
        )
        .unwrap();
    for id in [ids[0], ids[2]] {
        ledger.begin(id, &now).unwrap();
    }
    drop(ledger);
    let ledger = open(root.path());
    let expected = [Status::Uncertain, Status::Planned, Status::Deferred];
    assert_eq!(statuses(&ledger).iter().map(|(_, s)| *s).collect::<Vec<_>>(), expected);
    let lines = ledger.deliveries(None).unwrap();
    assert_eq!((lines[0].attempts, lines[0].detail.as_deref()), (1, Some("interrupted")));
    assert_eq!(lines[0].files.len(), 1);
    assert_eq!(ledger.said("1").unwrap().unwrap().title, "1");
}

#[test]
fn a_look_notes_interruptions_too_and_leaves_a_running_sender_alone() {
    let root = tempfile::tempdir().unwrap();
    assert!(Ledger::look(root.path(), &now).unwrap().is_none());
    let mut ledger = open(root.path());
    let ids = ledger.plan(&[new("a", "1", Via::Smtp)], &now).unwrap();
    ledger.begin(ids[0], &now).unwrap();
    let look = Ledger::look(root.path(), &now).unwrap().unwrap();
    assert!(look.is_only_looked_at());
    assert_eq!(statuses(&look)[0].1, Status::Sending);
    let second = Ledger::open(root.path(), &now).unwrap_err();
    assert_eq!(second.code, "sending");
    drop((ledger, look));
    let look = Ledger::look(root.path(), &now).unwrap().unwrap();
    assert_eq!(statuses(&look)[0].1, Status::Uncertain);
}

#[test]
fn a_new_version_gives_up_what_waits_of_the_old_one() {
    let root = tempfile::tempdir().unwrap();
    let mut ledger = open(root.path());
    let first = ledger.plan(&[new("a", "1", Via::Smtp), new("b", "1", Via::Smtp)], &now).unwrap();
    ledger.settle(first[1], Status::Deferred, Some("450"), &now).unwrap();
    let again = NewDelivery { goes_on: Some(first[1]), ..new("b", "1", Via::Smtp) };
    let second = ledger.plan(&[new("a", "2", Via::Smtp), again], &now).unwrap();
    assert_eq!(second[1], first[1], "a line that waits is gone on with");
    let named = |unit: &str, status| (unit.to_string(), status);
    assert_eq!(
        statuses(&ledger),
        [named("a", Status::Dropped), named("b", Status::Planned), named("a", Status::Planned)]
    );
}

#[test]
fn acknowledged_once_and_a_doubt_is_settled_by_it() {
    let root = tempfile::tempdir().unwrap();
    let mut ledger = open(root.path());
    let id = ledger.plan(&[new("a", "1", Via::Smtp)], &now).unwrap()[0];
    ledger.settle(id, Status::Uncertain, None, &now).unwrap();
    let receipt = NewReceipt {
        delivery: id,
        received: jiff::civil::date(2025, 3, 20),
        reply_id: Some("r@example.org".into()),
        who: Some("甲".into()),
        note: None,
    };
    assert!(ledger.acknowledge(&receipt, &now).unwrap());
    assert!(!ledger.acknowledge(&receipt, &now).unwrap(), "the same reply twice");
    let line = ledger.deliveries(None).unwrap().remove(0);
    assert_eq!((line.status, line.receipts.len()), (Status::Sent, 1));
    assert!(!bounced(&mut ledger, id), "somebody has it");
    assert_eq!(statuses(&ledger)[0].1, Status::Sent);
}

#[test]
fn what_came_back_or_failed_and_is_acknowledged_was_sent() {
    let root = tempfile::tempdir().unwrap();
    let mut ledger = open(root.path());
    for (n, status) in [Status::Bounced, Status::Deferred, Status::Failed].into_iter().enumerate() {
        let id = ledger.plan(&[new(&format!("u{n}"), "1", Via::Smtp)], &now).unwrap()[0];
        ledger.settle(id, Status::Sent, None, &now).unwrap();
        if status == Status::Bounced {
            assert!(bounced(&mut ledger, id));
            assert!(!bounced(&mut ledger, id), "known");
        } else {
            ledger.settle(id, status, None, &now).unwrap();
        }
        assert_eq!(statuses(&ledger)[n].1, status);
        let receipt = NewReceipt {
            delivery: id,
            received: jiff::civil::date(2025, 3, 20),
            reply_id: None,
            who: None,
            note: None,
        };
        assert!(ledger.acknowledge(&receipt, &now).unwrap());
        assert_eq!(statuses(&ledger)[n].1, Status::Sent, "{status}");
    }
}

#[test]
fn foreign_and_newer_files_are_refused_and_left_alone() {
    let root = tempfile::tempdir().unwrap();
    let path = root.path().join(LEDGER);
    drop(open(root.path()));
    let connection = Connection::open(&path).unwrap();
    connection.pragma_update(None, "user_version", 99).unwrap();
    drop(connection);
    assert_eq!(Ledger::open(root.path(), &now).unwrap_err().code, "ledger-newer");
    fs::remove_file(&path).unwrap();
    let connection = Connection::open(&path).unwrap();
    connection.execute_batch("CREATE TABLE other (a); PRAGMA application_id = 7;").unwrap();
    drop(connection);
    for opened in [Ledger::open(root.path(), &now).err(), Ledger::read(root.path(), &now).err()] {
        assert_eq!(opened.unwrap().code, "ledger-foreign");
    }
    fs::write(&path, "not a database, and long enough to be looked at".repeat(40)).unwrap();
    let problem = Ledger::open(root.path(), &now).unwrap_err();
    assert_eq!(problem.code, "ledger-damaged");
    assert!(problem.help.clone().unwrap().get(Lang::En).contains("send --new-ledger"));
    assert!(fs::read_to_string(&path).unwrap().starts_with("not a database"));
}

/// A ledger in which everybody has everything.
fn settled(root: &Path) -> Vec<Delivery> {
    let mut ledger = open(root);
    let all: Vec<NewDelivery> = (0..12).map(|n| new(&format!("u{n}"), "1", Via::Smtp)).collect();
    for id in ledger.plan(&all, &now).unwrap() {
        ledger.begin(id, &now).unwrap();
        ledger.settle(id, Status::Sent, Some("2.0.0 taken"), &now).unwrap();
    }
    ledger.keep_copy().unwrap();
    ledger.deliveries(None).unwrap()
}

#[test]
fn a_byte_that_turned_never_sends_again() {
    let root = tempfile::tempdir().unwrap();
    let before = settled(root.path());
    let path = root.path().join(LEDGER);
    let whole = fs::read(&path).unwrap();
    let times = if std::env::var_os("YINFA_LONG").is_some() { 20_000 } else { 300 };
    let mut random = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = |below: usize| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        usize::try_from(random).unwrap_or(usize::MAX) % below
    };
    let mut refused = 0;
    for n in 0..times {
        let mut bytes = whole.clone();
        match n % 4 {
            // One bit, some bytes, a sector of zeros, the end cut off.
            0 => bytes[next(whole.len())] ^= 1 << next(8),
            1 => {
                for _ in 0..=next(8) {
                    bytes[next(whole.len())] = u8::try_from(next(256)).unwrap();
                }
            }
            2 => {
                let sector = next(whole.len() / 512) * 512;
                bytes[sector..sector + 512].fill(0);
            }
            _ => bytes.truncate(next(whole.len())),
        }
        fs::write(&path, &bytes).unwrap();
        match Ledger::open(root.path(), &now) {
            // What turned stands where nothing is, and is not read.
            Ok(ledger) => assert_eq!(ledger.deliveries(None).unwrap(), before, "{n}"),
            Err(_) => refused += 1,
        }
    }
    assert!(refused > times / 4, "{refused} of {times}");
    eprintln!("{times} damages of a ledger: {refused} refused, the others changed no line");
    fs::copy(path.with_file_name(COPY), &path).unwrap();
    assert_eq!(open(root.path()).deliveries(None).unwrap(), before);
}

#[test]
fn a_ledger_that_was_there_is_not_made_anew() {
    let root = tempfile::tempdir().unwrap();
    assert!(Ledger::read(root.path(), &now).unwrap().is_none());
    settled(root.path());
    let path = root.path().join(LEDGER);
    let lock = path.with_file_name(LOCK);
    let code =
        |ledger: Result<Ledger, Diagnostic>| ledger.map_or_else(|problem| problem.code, |_| "");
    // Each sign alone is enough: what is in the lock, the copy, packets.
    fs::remove_file(&path).unwrap();
    let copy = fs::read(path.with_file_name(COPY)).unwrap();
    fs::remove_file(path.with_file_name(COPY)).unwrap();
    assert_eq!(code(Ledger::open(root.path(), &now)), "ledger-gone");
    fs::write(&lock, "").unwrap();
    fs::write(path.with_file_name(COPY), &copy).unwrap();
    assert_eq!(code(Ledger::open(root.path(), &now)), "ledger-gone");
    fs::remove_file(path.with_file_name(COPY)).unwrap();
    fs::create_dir_all(root.path().join("outbox/p/a")).unwrap();
    fs::write(root.path().join("outbox/p/a/SHA256SUMS"), "").unwrap();
    assert_eq!(code(Ledger::open(root.path(), &now)), "ledger-gone");
    assert_eq!(Ledger::read(root.path(), &now).unwrap_err().code, "ledger-gone");
    // A run that was killed while it made the first one leaves nothing that counts.
    fs::remove_dir_all(root.path().join("outbox")).unwrap();
    fs::write(path.with_extension("new"), "half").unwrap();
    assert!(Ledger::read(root.path(), &now).unwrap().is_none());
    assert!(open(root.path()).deliveries(None).unwrap().is_empty());
    assert_eq!(code(Ledger::open_new(root.path(), &now)), "ledger-there");
    fs::write(&path, "").unwrap();
    assert_eq!(code(Ledger::open_new(root.path(), &now)), "");
    assert_eq!(code(Ledger::open(root.path(), &now)), "");
}

#[test]
fn an_older_ledger_is_sealed_as_it_is() {
    let root = tempfile::tempdir().unwrap();
    let before = settled(root.path());
    let connection = Connection::open(root.path().join(LEDGER)).unwrap();
    connection.execute_batch("DROP TABLE seal; PRAGMA user_version = 1;").unwrap();
    drop(connection);
    assert_eq!(Ledger::read(root.path(), &now).unwrap_err().code, "ledger-older");
    assert_eq!(open(root.path()).deliveries(None).unwrap(), before);
    assert!(Ledger::read(root.path(), &now).unwrap().is_some());
}

#[test]
fn commits_are_on_the_disk_and_need_no_shared_memory() {
    let root = tempfile::tempdir().unwrap();
    let ledger = open(root.path());
    let value = |name: &str| -> String {
        let get = |row: &rusqlite::Row<'_>| row.get::<_, rusqlite::types::Value>(0);
        format!("{:?}", ledger.connection.pragma_query_value(None, name, get).unwrap())
    };
    assert!(value("journal_mode").contains("delete"));
    assert_eq!(value("synchronous"), "Integer(2)", "FULL");
    assert_eq!(value("foreign_keys"), "Integer(1)");
}
