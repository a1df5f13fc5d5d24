//! From one state to the next. Every change is one transaction, and a line in `event`.

use std::collections::BTreeMap;

use rusqlite::{OptionalExtension as _, Transaction, params};

use super::entry::{COLUMNS, Delivery, FileEntry, Receipt, Status, Via};
use super::{Ledger, Now, failed};
use crate::send::sheet_content::SheetContent;
use base::diag::Diagnostic;

/// What is to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDelivery {
    /// The publication's id.
    pub publication: String,
    /// What the sheet says.
    pub said: SheetContent,
    /// Its version.
    pub version: String,
    /// How it is sent.
    pub via: Via,
    /// The address; empty for outbox.
    pub address: String,
    /// The Message-ID, without its brackets.
    pub message_id: Option<String>,
    /// The version that it corrects.
    pub correction_of: Option<String>,
    /// Sent again on request.
    pub resend: bool,
    /// What is in it.
    pub files: Vec<FileEntry>,
    /// Why it cannot be sent, where it cannot.
    pub blocked: Option<String>,
    /// A line of an earlier run, which never sent it, to be gone on with.
    pub goes_on: Option<i64>,
}

type Done<T> = Result<T, Diagnostic>;

impl Ledger {
    /// Notes what an interrupted run left as being sent.
    pub(super) fn recover(&mut self, now: Now<'_>) -> Done<()> {
        let at = stamp(now);
        self.change(|transaction| {
            let cut = interrupted(transaction)?;
            for &(id, via) in &cut {
                change(transaction, id, after_interruption(via), Some("interrupted"), &at)?;
            }
            Ok(((), cut.into_iter().map(|(id, _)| id).collect()))
        })
    }

    /// Writes down all that a run is going to send, before any of it is sent: nobody is lost
    /// without a line. What an earlier run had planned for the same units and did not send is
    /// given up, unless it is gone on with. Gives the lines' numbers, in order.
    ///
    /// # Errors
    /// When the ledger cannot be written.
    pub fn plan(&mut self, deliveries: &[NewDelivery], now: Now<'_>) -> Done<Vec<i64>> {
        let at = stamp(now);
        self.change(|transaction| plan(transaction, deliveries, &at))
    }

    /// How often each of these lines was tried.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub(crate) fn attempts(&self, ids: &[i64]) -> Done<BTreeMap<i64, u32>> {
        let read = || -> rusqlite::Result<BTreeMap<i64, u32>> {
            let mut statement =
                self.connection.prepare("SELECT attempts FROM delivery WHERE id = ?1")?;
            let of = |id: &i64| Ok((*id, statement.query_row([id], |row| row.get(0))?));
            ids.iter().map(of).collect()
        };
        read().map_err(failed)
    }

    /// Notes that a sending begins at this moment.
    ///
    /// # Errors
    /// When the ledger cannot be written: then nothing may be sent.
    pub fn begin(&mut self, id: i64, now: Now<'_>) -> Done<()> {
        let at = stamp(now);
        self.change(|transaction| {
            transaction
                .execute("UPDATE delivery SET attempts = attempts + 1 WHERE id = ?1", [id])?;
            change(transaction, id, Status::Sending, None, &at)?;
            Ok(((), vec![id]))
        })
    }

    /// Notes what became of a sending.
    ///
    /// # Errors
    /// When the ledger cannot be written.
    pub(crate) fn settle(
        &mut self,
        id: i64,
        status: Status,
        detail: Option<&str>,
        now: Now<'_>,
    ) -> Done<()> {
        let at = stamp(now);
        self.change(|transaction| {
            change(transaction, id, status, detail, &at)?;
            Ok(((), vec![id]))
        })
    }

    /// All lines, or those of a publication, in the order in which they were planned.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub(crate) fn deliveries(&self, publication: Option<&str>) -> Done<Vec<Delivery>> {
        let read = || -> rusqlite::Result<Vec<Delivery>> {
            let mut statement = self.connection.prepare(&format!(
                "SELECT {COLUMNS} FROM delivery WHERE ?1 IS NULL OR publication = ?1 ORDER BY id"
            ))?;
            let rows = statement.query_map([publication], Delivery::read)?;
            let mut deliveries = rows.collect::<rusqlite::Result<Vec<_>>>()?;
            let mut files = self.connection.prepare(
                "SELECT name, sha256, bytes FROM file WHERE delivery = ?1 ORDER BY name",
            )?;
            let mut receipts = self.connection.prepare(
                "SELECT received, how, who, note FROM receipt WHERE delivery = ?1 ORDER BY id",
            )?;
            for delivery in &mut deliveries {
                if self.interrupted && delivery.status == Status::Sending {
                    delivery.status = after_interruption(delivery.via);
                }
                delivery.files = files
                    .query_map([delivery.id], |row| {
                        Ok(FileEntry {
                            name: row.get(0)?,
                            sha256: row.get(1)?,
                            bytes: row.get::<_, i64>(2)?.unsigned_abs(),
                        })
                    })?
                    .collect::<rusqlite::Result<_>>()?;
                delivery.receipts = receipts
                    .query_map([delivery.id], |row| {
                        Ok(Receipt {
                            received: row.get(0)?,
                            how: row.get(1)?,
                            who: row.get(2)?,
                            note: row.get(3)?,
                        })
                    })?
                    .collect::<rusqlite::Result<_>>()?;
            }
            Ok(deliveries)
        };
        read().map_err(failed)
    }

    /// What the sheet of a version said.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn said(&self, version: &str) -> Done<Option<SheetContent>> {
        let json: Option<String> = self
            .connection
            .query_row("SELECT said FROM content WHERE version = ?1", [version], |row| row.get(0))
            .optional()
            .map_err(failed)?;
        json.map(|json| serde_json::from_str(&json).map_err(|error| failed(error.to_string())))
            .transpose()
    }
}

/// UTC in whole seconds.
pub(super) fn stamp(now: Now<'_>) -> String {
    now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// What is known of what was being sent when the program ended. A packet in outbox/ never left
/// this machine and is simply made again; mail may be on its way.
fn after_interruption(via: Via) -> Status {
    match via {
        Via::Smtp => Status::Uncertain,
        Via::Outbox => Status::Deferred,
    }
}

fn interrupted(transaction: &Transaction<'_>) -> rusqlite::Result<Vec<(i64, Via)>> {
    let mut statement =
        transaction.prepare("SELECT id, via FROM delivery WHERE status = 'sending' ORDER BY id")?;
    let rows = statement.query_map([], |row| {
        let via: String = row.get(1)?;
        Ok((row.get(0)?, if via == Via::Smtp.name() { Via::Smtp } else { Via::Outbox }))
    })?;
    rows.collect()
}

/// Gives a line another status, with an event.
pub(super) fn change(
    transaction: &Transaction<'_>,
    id: i64,
    status: Status,
    detail: Option<&str>,
    at: &str,
) -> rusqlite::Result<()> {
    transaction.execute(
        "UPDATE delivery SET status = ?2, detail = ?3, changed_at = ?4 WHERE id = ?1",
        params![id, status.name(), detail, at],
    )?;
    transaction.execute(
        "INSERT INTO event (delivery, at, status, detail) VALUES (?1, ?2, ?3, ?4)",
        params![id, at, status.name(), detail],
    )?;
    Ok(())
}

/// The lines of these sendings, in order, and all that were changed.
fn plan(
    transaction: &Transaction<'_>,
    deliveries: &[NewDelivery],
    at: &str,
) -> rusqlite::Result<(Vec<i64>, Vec<i64>)> {
    let mut ids = Vec::with_capacity(deliveries.len());
    for new in deliveries {
        let id = match new.goes_on {
            Some(id) => id,
            None => insert(transaction, new, at)?,
        };
        let (status, detail) = match &new.blocked {
            Some(reason) => (Status::Blocked, Some(reason.as_str())),
            None => (Status::Planned, None),
        };
        change(transaction, id, status, detail, at)?;
        write_files(transaction, id, new)?;
        ids.push(id);
    }
    let mut waiting = transaction.prepare(
        "SELECT id FROM delivery WHERE publication = ?1 AND unit = ?2
         AND status IN ('planned', 'deferred') ORDER BY id",
    )?;
    let mut changed = ids.clone();
    for new in deliveries {
        let rows = waiting.query_map([&new.publication, &new.said.unit], |row| row.get(0))?;
        for id in rows.collect::<rusqlite::Result<Vec<i64>>>()? {
            if !ids.contains(&id) {
                change(transaction, id, Status::Dropped, Some("replaced"), at)?;
                changed.push(id);
            }
        }
    }
    Ok((ids, changed))
}

fn insert(transaction: &Transaction<'_>, new: &NewDelivery, at: &str) -> rusqlite::Result<i64> {
    transaction.execute(
        "INSERT INTO content (version, said) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
        params![new.version, new.said.json()],
    )?;
    transaction.execute(
        "INSERT INTO delivery (publication, title, doc_number, draft, version, unit, via, address,
            message_id, correction_of, resend, status, planned_at, changed_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, 'planned', ?12, ?12)",
        params![
            new.publication,
            new.said.title,
            new.said.doc_number,
            new.said.draft,
            new.version,
            new.said.unit,
            new.via.name(),
            new.address,
            new.message_id,
            new.correction_of,
            new.resend,
            at
        ],
    )?;
    Ok(transaction.last_insert_rowid())
}

fn write_files(transaction: &Transaction<'_>, id: i64, new: &NewDelivery) -> rusqlite::Result<()> {
    transaction.execute("DELETE FROM file WHERE delivery = ?1", [id])?;
    for file in &new.files {
        transaction.execute(
            "INSERT INTO file (delivery, name, sha256, bytes) VALUES (?1, ?2, ?3, ?4)",
            params![id, file.name, file.sha256, i64::try_from(file.bytes).unwrap_or(i64::MAX)],
        )?;
    }
    Ok(())
}
