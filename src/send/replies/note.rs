//! Noting a folder of replies in the ledger: all of them in one step, so that ten thousand cost one
//! write to the disk and a second run of the same folder none.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::{Kind, Mail, Reply, read};
use crate::send::ledger::{Delivery, FromReply, Ledger, NewReceipt, Now};
use base::diag::Diagnostic;

/// What became of a file of the reply folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Noted {
    /// Its name below the folder.
    pub(crate) name: String,
    /// What became of it.
    pub(crate) became: Became,
}

/// The sending that a reply is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct About {
    pub(crate) unit: String,
    pub(crate) publication: String,
    pub(crate) address: String,
    pub(crate) subject: String,
}

/// What became of a reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Became {
    /// An acknowledgement, noted with this day: that of the mail, or that of the run where `is_dated`
    /// is false.
    Received { about: About, day: Date, is_dated: bool },
    /// It was noted before.
    Known,
    /// The mail came back, for this reason.
    Bounced { about: About, reason: String },
    /// A machine answered.
    Machine(About),
    /// The office's own mail.
    Own(About),
    /// It answers nothing that was sent; its subject.
    Other(String),
    /// It cannot be read.
    Unreadable(String),
}

/// Reads these files of a folder and notes in the ledger what they say. `own` are the office's
/// addresses, `today` is the day of replies whose date cannot be read.
///
/// # Errors
/// When the ledger cannot be written: nothing is noted then.
pub(crate) fn note(
    folder: &Path,
    files: &[PathBuf],
    own: &[String],
    today: Date,
    ledger: &mut Ledger,
    now: Now<'_>,
) -> Result<Vec<Noted>, Diagnostic> {
    let known = ledger.reply_ids()?;
    let deliveries = ledger.deliveries(None)?;
    let by_id: BTreeMap<&str, &Delivery> =
        deliveries.iter().filter_map(|d| Some((d.message_id.as_deref()?, d))).collect();
    let mut all = Vec::with_capacity(files.len());
    let (mut places, mut entries) = (Vec::new(), Vec::new());
    for path in files {
        let name = path.strip_prefix(folder).unwrap_or(path).display().to_string();
        let (became, entry) = match read(path, own, &known) {
            Ok(Mail::Known) => (Became::Known, None),
            Ok(Mail::Reply(reply)) => judge(*reply, &by_id, today),
            Err(detail) => (Became::Unreadable(detail), None),
        };
        if let Some(entry) = entry {
            places.push(all.len());
            entries.push(entry);
        }
        all.push(Noted { name, became });
    }
    let is_new = ledger.note_replies(&entries, now)?;
    for (place, is_new) in places.into_iter().zip(is_new) {
        if !is_new && matches!(all[place].became, Became::Received { .. }) {
            all[place].became = Became::Known;
        }
    }
    Ok(all)
}

/// What a reply is, and what the ledger is to note of it.
fn judge(
    reply: Reply,
    by_id: &BTreeMap<&str, &Delivery>,
    today: Date,
) -> (Became, Option<FromReply>) {
    // The nearest message that it names.
    let Some(line) = reply.answers.iter().find_map(|id| by_id.get(id.as_str())) else {
        return (Became::Other(reply.subject), None);
    };
    let about = About {
        unit: line.unit.clone(),
        publication: line.publication.clone(),
        address: line.address.clone(),
        subject: reply.subject,
    };
    match reply.kind {
        Kind::Answer => {
            let day = reply.date.unwrap_or(today);
            let new = NewReceipt {
                delivery: line.id,
                received: day,
                reply_id: Some(reply.id),
                who: reply.from,
                note: None,
            };
            let is_dated = reply.date.is_some();
            (Became::Received { about, day, is_dated }, Some(FromReply::Receipt(new)))
        }
        Kind::Bounce => {
            let reason = reply.reason.unwrap_or_else(|| about.subject.clone());
            let entry = FromReply::Bounce { delivery: line.id, reason: reason.clone() };
            (Became::Bounced { about, reason }, Some(entry))
        }
        Kind::Machine => (Became::Machine(about), None),
        Kind::Own => (Became::Own(about), None),
    }
}
