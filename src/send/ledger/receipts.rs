//! Acknowledgements (签收) in the ledger, and mail that came back.

use rusqlite::{OptionalExtension as _, params};

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
        let at = stamp(now);
        let transaction = self.connection.transaction().map_err(failed)?;
        let how = if new.reply_id.is_some() { "reply" } else { "hand" };
        let added = transaction
            .execute(
                "INSERT INTO receipt (delivery, received, recorded_at, how, who, note, reply_id)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (reply_id) DO NOTHING",
                params![
                    new.delivery,
                    new.received.to_string(),
                    at,
                    how,
                    new.who,
                    new.note,
                    new.reply_id
                ],
            )
            .map_err(failed)?;
        let status: Option<String> = transaction
            .query_row("SELECT status FROM delivery WHERE id = ?1", [new.delivery], |r| r.get(0))
            .optional()
            .map_err(failed)?;
        if added > 0 && status.as_deref() != Some(Status::Sent.name()) {
            change(&transaction, new.delivery, Status::Sent, Some("acknowledged"), &at)
                .map_err(failed)?;
        }
        transaction.commit().map_err(failed)?;
        Ok(added > 0)
    }

    /// Notes that mail came back; `false` where that was known, or where somebody acknowledged it:
    /// then it came back from a second mailbox.
    ///
    /// # Errors
    /// When the ledger cannot be written.
    pub fn bounced(
        &mut self,
        delivery: i64,
        detail: &str,
        now: Now<'_>,
    ) -> Result<bool, Diagnostic> {
        let at = stamp(now);
        let transaction = self.connection.transaction().map_err(failed)?;
        let status: Option<String> = transaction
            .query_row("SELECT status FROM delivery WHERE id = ?1", [delivery], |r| r.get(0))
            .optional()
            .map_err(failed)?;
        let arrived = [Status::Sent, Status::Uncertain].map(Status::name);
        let acknowledged: bool = transaction
            .query_row(
                "SELECT EXISTS (SELECT 1 FROM receipt WHERE delivery = ?1)",
                [delivery],
                |r| r.get(0),
            )
            .map_err(failed)?;
        let is_new =
            !acknowledged && status.is_some_and(|status| arrived.contains(&status.as_str()));
        if is_new {
            change(&transaction, delivery, Status::Bounced, Some(detail), &at).map_err(failed)?;
        }
        transaction.commit().map_err(failed)?;
        Ok(is_new)
    }
}
