//! Acknowledgements (签收) in the ledger, and mail that came back.

use std::collections::BTreeSet;

use rusqlite::{OptionalExtension as _, Transaction, params};

use super::entry::Status;
use super::state::{change, stamp};
use super::{Ledger, Now, failed};
use base::diag::Diagnostic;

/// An acknowledgement to be noted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewReceipt {
    /// The sending that it acknowledges.
    pub delivery: i64,
    /// The day.
    pub received: jiff::civil::Date,
    /// By a reply, whose Message-ID this is; by hand where it is `None`.
    pub reply_id: Option<String>,
    /// Who acknowledged.
    pub who: Option<String>,
    /// A note.
    pub note: Option<String>,
}

/// What a reply to mail says of a sending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum FromReply {
    /// Somebody acknowledged it.
    Receipt(NewReceipt),
    /// It came back.
    Bounce {
        /// The sending.
        delivery: i64,
        /// Why.
        reason: String,
    },
}

impl FromReply {
    /// The line that it is about.
    fn delivery(&self) -> i64 {
        match self {
            Self::Receipt(new) => new.delivery,
            Self::Bounce { delivery, .. } => *delivery,
        }
    }
}

impl Ledger {
    /// Notes an acknowledgement; `false` where this reply was noted before. What is acknowledged
    /// was sent, whatever was known of it: nobody gets it a second time.
    ///
    /// # Errors
    /// When the ledger cannot be written.
    pub(crate) fn acknowledge(
        &mut self,
        new: &NewReceipt,
        now: Now<'_>,
    ) -> Result<bool, Diagnostic> {
        let entry = FromReply::Receipt(new.clone());
        Ok(self.note_replies(&[entry], now)?.contains(&true))
    }

    /// Notes what replies say, all or nothing. For each, in order, whether it was new: a reply that
    /// was noted before is not, nor is mail that came back and was known to, or that somebody
    /// acknowledged (then it came back from a second mailbox).
    ///
    /// # Errors
    /// When the ledger cannot be written.
    pub(crate) fn note_replies(
        &mut self,
        entries: &[FromReply],
        now: Now<'_>,
    ) -> Result<Vec<bool>, Diagnostic> {
        if entries.is_empty() {
            return Ok(Vec::new());
        }
        let at = stamp(now);
        self.change(|transaction| {
            let note = |entry: &FromReply| match entry {
                FromReply::Receipt(new) => receipt(transaction, new, &at),
                FromReply::Bounce { delivery, reason } => {
                    bounce(transaction, *delivery, reason, &at)
                }
            };
            let is_new: Vec<bool> = entries.iter().map(note).collect::<rusqlite::Result<_>>()?;
            let lines: BTreeSet<i64> = entries.iter().map(FromReply::delivery).collect();
            Ok((is_new, lines.into_iter().collect()))
        })
    }

    /// The Message-IDs of all replies that were noted as acknowledgements.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub(crate) fn reply_ids(&self) -> Result<BTreeSet<String>, Diagnostic> {
        let read = || -> rusqlite::Result<BTreeSet<String>> {
            let sql = "SELECT reply_id FROM receipt WHERE reply_id IS NOT NULL";
            self.connection.prepare(sql)?.query_map([], |row| row.get(0))?.collect()
        };
        read().map_err(failed)
    }
}

fn receipt(transaction: &Transaction<'_>, new: &NewReceipt, at: &str) -> rusqlite::Result<bool> {
    let how = if new.reply_id.is_some() { "reply" } else { "hand" };
    let added = transaction.execute(
        "INSERT INTO receipt (delivery, received, recorded_at, how, who, note, reply_id)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (reply_id) DO NOTHING",
        params![new.delivery, new.received.to_string(), at, how, new.who, new.note, new.reply_id],
    )?;
    if added > 0 && status(transaction, new.delivery)?.as_deref() != Some(Status::Sent.name()) {
        change(transaction, new.delivery, Status::Sent, Some("acknowledged"), at)?;
    }
    Ok(added > 0)
}

fn bounce(
    transaction: &Transaction<'_>,
    delivery: i64,
    reason: &str,
    at: &str,
) -> rusqlite::Result<bool> {
    let acknowledged: bool = transaction.query_row(
        "SELECT EXISTS (SELECT 1 FROM receipt WHERE delivery = ?1)",
        [delivery],
        |row| row.get(0),
    )?;
    let arrived = [Status::Sent, Status::Uncertain].map(Status::name);
    let is_new = !acknowledged
        && status(transaction, delivery)?.is_some_and(|status| arrived.contains(&status.as_str()));
    if is_new {
        change(transaction, delivery, Status::Bounced, Some(reason), at)?;
    }
    Ok(is_new)
}

fn status(transaction: &Transaction<'_>, delivery: i64) -> rusqlite::Result<Option<String>> {
    transaction
        .query_row("SELECT status FROM delivery WHERE id = ?1", [delivery], |row| row.get(0))
        .optional()
}
