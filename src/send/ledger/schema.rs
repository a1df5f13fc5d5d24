//! The tables of the ledger, and how an old one becomes a new one. docs/ledger.md describes them.

use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::failed;
use super::place::remedy;
use super::seal::Seal;
use base::diag::Diagnostic;
use base::text;

/// One step for each version of the schema: the first makes it, later ones change what the one
/// before left. A step that was once released is never edited.
const STEPS: [&str; 2] = [
    "
CREATE TABLE content (
    version     TEXT PRIMARY KEY,
    said        TEXT NOT NULL
) STRICT;

CREATE TABLE delivery (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    publication   TEXT NOT NULL,
    title         TEXT NOT NULL,
    doc_number    TEXT,
    draft         TEXT,
    version       TEXT NOT NULL REFERENCES content (version),
    unit          TEXT NOT NULL,
    via           TEXT NOT NULL CHECK (via IN ('outbox', 'smtp')),
    address       TEXT NOT NULL,
    message_id    TEXT UNIQUE,
    correction_of TEXT REFERENCES content (version),
    resend        INTEGER NOT NULL DEFAULT 0 CHECK (resend IN (0, 1)),
    status        TEXT NOT NULL CHECK (status IN
                  ('planned', 'sending', 'sent', 'failed', 'deferred', 'uncertain', 'bounced',
                   'blocked', 'dropped')),
    detail        TEXT,
    attempts      INTEGER NOT NULL DEFAULT 0,
    planned_at    TEXT NOT NULL,
    changed_at    TEXT NOT NULL
) STRICT;
CREATE INDEX delivery_unit ON delivery (publication, unit);

CREATE TABLE file (
    delivery      INTEGER NOT NULL REFERENCES delivery (id),
    name          TEXT NOT NULL,
    sha256        TEXT NOT NULL,
    bytes         INTEGER NOT NULL,
    PRIMARY KEY (delivery, name)
) STRICT;

CREATE TABLE event (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    delivery      INTEGER NOT NULL REFERENCES delivery (id),
    at            TEXT NOT NULL,
    status        TEXT NOT NULL,
    detail        TEXT
) STRICT;
CREATE INDEX event_delivery ON event (delivery);

CREATE TABLE receipt (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    delivery      INTEGER NOT NULL REFERENCES delivery (id),
    received      TEXT NOT NULL,
    recorded_at   TEXT NOT NULL,
    how           TEXT NOT NULL CHECK (how IN ('hand', 'reply')),
    who           TEXT,
    note          TEXT,
    reply_id      TEXT UNIQUE
) STRICT;
CREATE INDEX receipt_delivery ON receipt (delivery);
",
    "
CREATE TABLE seal (
    id            INTEGER PRIMARY KEY CHECK (id = 1),
    sum           TEXT NOT NULL
) STRICT;
",
];

/// The number that SQLite keeps to tell whose file it is: “YFLG”.
const APPLICATION: i32 = 0x5946_4c47;

/// The version of the schema.
///
/// # Errors
/// When the file is no ledger, or one of a newer program.
fn known(connection: &Connection) -> Result<usize, Diagnostic> {
    let number = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let version = number("user_version").map_err(failed)?;
    let application = number("application_id").map_err(failed)?;
    if application != i64::from(APPLICATION) {
        return Err(foreign());
    }
    match usize::try_from(version).ok().filter(|&version| version <= STEPS.len()) {
        Some(known) => Ok(known),
        None => Err(newer()),
    }
}

/// Whether a ledger can be read as it is, without being brought to the version of this program.
///
/// # Errors
/// When it cannot.
pub(super) fn check(connection: &Connection) -> Result<(), Diagnostic> {
    match known(connection)? {
        version if version == STEPS.len() => Ok(()),
        _ => Err(older()),
    }
}

/// Makes the tables of an empty ledger.
///
/// # Errors
/// When they cannot be written.
pub(super) fn make(connection: &mut Connection) -> Result<(), Diagnostic> {
    let transaction = connection.transaction().map_err(failed)?;
    take_steps(&transaction, 0)?;
    transaction.commit().map_err(failed)
}

/// Brings the schema to the version of this program.
///
/// # Errors
/// When the file is no ledger, or one of a newer program.
pub(super) fn migrate(connection: &mut Connection) -> Result<(), Diagnostic> {
    if known(connection)? == STEPS.len() {
        return Ok(());
    }
    // Another run may do the same at this moment: the version is read again inside.
    let transaction =
        connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
    let version = known(&transaction)?;
    take_steps(&transaction, version)?;
    transaction.commit().map_err(failed)
}

/// Takes the steps from a version on, and seals what is there then.
fn take_steps(transaction: &Transaction<'_>, version: usize) -> Result<(), Diagnostic> {
    for (place, step) in STEPS.iter().enumerate().skip(version) {
        transaction.execute_batch(step).map_err(failed)?;
        transaction.pragma_update(None, "user_version", place as i64 + 1).map_err(failed)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION).map_err(failed)?;
    let seal = Seal::of(transaction).map_err(failed)?;
    seal.write(transaction).map_err(failed)
}

fn older() -> Diagnostic {
    Diagnostic::error(
        "ledger-older",
        text!(
            "发送台账是由较早版本的 yinfa 建立的",
            "the ledger was made by an older version of yinfa"
        ),
    )
    .help(text!(
        "先运行 yinfa ledger，台账即更新到现在的格式",
        "run `yinfa ledger` first: it brings it to the form of this version"
    ))
}

fn newer() -> Diagnostic {
    Diagnostic::error(
        "ledger-newer",
        text!(
            "发送台账是由更新版本的 yinfa 建立的",
            "the ledger was made by a newer version of yinfa"
        ),
    )
    .help(text!("请使用新版本的 yinfa", "use that version of yinfa"))
}

fn foreign() -> Diagnostic {
    Diagnostic::error(
        "ledger-foreign",
        text!("“.yinfa/ledger.sqlite”不是发送台账", "“.yinfa/ledger.sqlite” is no ledger"),
    )
    .help(remedy())
}
