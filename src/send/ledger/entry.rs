//! The lines of the ledger as values.

use std::fmt;
use std::str::FromStr;

use rusqlite::Row;
use serde::Serialize;

use base::diag::Text;
use base::text;

/// How something is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Via {
    /// A packet in outbox/, for the office's own messaging system.
    Outbox,
    /// Mail.
    Smtp,
}

impl Via {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Outbox => "outbox",
            Self::Smtp => "smtp",
        }
    }
}

/// What is known of a sending.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Meant to be sent; nothing has left.
    Planned,
    /// Being sent at this moment.
    Sending,
    /// Handed over: put into outbox/, or accepted by the mail server.
    Sent,
    /// Refused for good; nothing has left.
    Failed,
    /// Could not be sent for now; nothing has left.
    Deferred,
    /// May have been sent: the program or the connection was cut off at the wrong moment.
    Uncertain,
    /// The server had accepted it, and a message came back that it could not be delivered.
    Bounced,
    /// Was not even tried, for a reason on our side: no address, too large.
    Blocked,
    /// Given up before anything was sent, because another version took its place.
    Dropped,
}

impl Status {
    const ALL: [(&'static str, Self); 9] = [
        ("planned", Self::Planned),
        ("sending", Self::Sending),
        ("sent", Self::Sent),
        ("failed", Self::Failed),
        ("deferred", Self::Deferred),
        ("uncertain", Self::Uncertain),
        ("bounced", Self::Bounced),
        ("blocked", Self::Blocked),
        ("dropped", Self::Dropped),
    ];

    /// Its name in the ledger.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, status)| *status == self).map_or("", |(name, _)| name)
    }

    /// Whether the unit has it, or may have it.
    pub(crate) fn may_have_arrived(self) -> bool {
        matches!(self, Self::Sent | Self::Uncertain | Self::Sending)
    }

    /// What a person reads.
    pub fn words(self, via: Via) -> Text {
        match (self, via) {
            (Self::Planned, _) => text!("待发", "planned"),
            (Self::Sending, _) => text!("正在发", "being sent"),
            (Self::Sent, Via::Outbox) => text!("已放入 outbox", "in outbox"),
            (Self::Sent, Via::Smtp) => text!("已发", "sent"),
            (Self::Failed, _) => text!("没有发出", "not sent"),
            (Self::Deferred, _) => text!("暂未发出", "not sent yet"),
            (Self::Uncertain, _) => text!("可能已发出", "may have been sent"),
            (Self::Bounced, _) => text!("被退回", "came back"),
            (Self::Blocked, _) => text!("不能发", "cannot be sent"),
            (Self::Dropped, _) => text!("已作废", "given up"),
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Status {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|(_, status)| *status).ok_or(())
    }
}

/// A file of a packet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileEntry {
    /// Its name in the packet.
    pub name: String,
    /// SHA-256 of it.
    pub sha256: String,
    /// Its length in bytes.
    pub bytes: u64,
}

/// An acknowledgement (签收).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Receipt {
    /// The day it was received: `2025-03-20`.
    pub received: String,
    /// `hand` or `reply`.
    pub how: String,
    /// Who acknowledged: the sender of a reply.
    pub who: Option<String>,
    /// A note.
    pub note: Option<String>,
}

/// A line of the ledger: one sending of one version to one address of one unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Delivery {
    /// Its number.
    pub id: i64,
    /// The publication's id.
    pub publication: String,
    /// The notice's title.
    pub title: String,
    /// 发文字号.
    pub doc_number: Option<String>,
    /// 征求意见稿 or 送审稿.
    pub draft: Option<String>,
    /// The hash of what the sheet said.
    pub version: String,
    /// The unit's name at that time.
    pub unit: String,
    /// How it was sent.
    pub via: Via,
    /// The address; empty for outbox.
    pub address: String,
    /// The Message-ID, without its brackets.
    pub message_id: Option<String>,
    /// The version that it corrects.
    pub correction_of: Option<String>,
    /// Sent again on request.
    pub resend: bool,
    /// What is known of it.
    pub status: Status,
    /// The words of the server or of the program about it.
    pub detail: Option<String>,
    /// How often it was tried.
    pub attempts: u32,
    /// When it was planned, UTC.
    pub planned_at: String,
    /// When its status last changed, UTC.
    pub changed_at: String,
    /// What was in it.
    pub files: Vec<FileEntry>,
    /// Acknowledgements.
    pub receipts: Vec<Receipt>,
}

/// The columns that [`Delivery::read`] takes.
pub(super) const COLUMNS: &str = "id, publication, title, doc_number, draft, version, unit, via, \
     address, message_id, correction_of, resend, status, detail, attempts, planned_at, changed_at";

impl Delivery {
    /// Reads a row of [`COLUMNS`]; files and receipts come from their own tables.
    pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let via: String = row.get("via")?;
        let status: String = row.get("status")?;
        Ok(Self {
            id: row.get("id")?,
            publication: row.get("publication")?,
            title: row.get("title")?,
            doc_number: row.get("doc_number")?,
            draft: row.get("draft")?,
            version: row.get("version")?,
            unit: row.get("unit")?,
            via: if via == Via::Smtp.name() { Via::Smtp } else { Via::Outbox },
            address: row.get("address")?,
            message_id: row.get("message_id")?,
            correction_of: row.get("correction_of")?,
            resend: row.get("resend")?,
            // The table's own check knows the same names; what is not known was not settled.
            status: status.parse().unwrap_or(Status::Uncertain),
            detail: row.get("detail")?,
            attempts: row.get("attempts")?,
            planned_at: row.get("planned_at")?,
            changed_at: row.get("changed_at")?,
            files: Vec::new(),
            receipts: Vec::new(),
        })
    }

    /// Whether the unit acknowledged it.
    pub(crate) fn is_acknowledged(&self) -> bool {
        !self.receipts.is_empty()
    }
}
