//! The ledger: what was sent to whom, in `.yinfa/ledger.sqlite`. A line is written, and on the
//! disk, before anything leaves, and again when it is known what became of it: whatever stops the
//! program in between, the next run sees that something may have been sent.

mod entry;
mod receipts;
mod schema;
mod state;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

pub use entry::{Delivery, FileEntry, Receipt, Status, Via};
pub(crate) use receipts::FromReply;
pub use receipts::NewReceipt;
pub use state::NewDelivery;

use base::diag::Diagnostic;
use base::disk::{FileLock, LockError, is_locked};
use base::text;

/// The ledger's file below the project's root.
pub(crate) const LEDGER: &str = ".yinfa/ledger.sqlite";

/// The file beside it that the one run that sends holds.
const LOCK: &str = "send.lock";

/// A ledger that is open.
#[derive(Debug)]
pub struct Ledger {
    connection: Connection,
    /// Held by the one run that sends; `None` for one that only looks.
    lock: Option<FileLock>,
    /// What is being sent was interrupted, and could not be noted as that.
    interrupted: bool,
}

/// Where the time comes from: UTC, as it is written into the ledger.
pub(crate) type Now<'a> = &'a dyn Fn() -> jiff::Timestamp;

impl Ledger {
    /// Opens the ledger to write in it, which one run at a time may do. It is made where there is
    /// none. What an interrupted run left as being sent may have been sent: it is noted as that.
    ///
    /// # Errors
    /// When another run holds it, or it cannot be written to.
    pub fn open(root: &Path, now: Now<'_>) -> Result<Self, Diagnostic> {
        let path = root.join(LEDGER);
        let lock = FileLock::take(&path.with_file_name(LOCK)).map_err(|error| match error {
            LockError::Held => running(),
            LockError::Unsupported(error) => no_locks(&error),
            LockError::Failed(error) => failed(error),
        })?;
        let mut connection = Connection::open(&path).map_err(failed)?;
        configure(&connection).map_err(failed)?;
        schema::migrate(&mut connection)?;
        let mut ledger = Self { connection, lock: Some(lock), interrupted: false };
        ledger.recover(now)?;
        Ok(ledger)
    }

    /// Opens the ledger to look at it; `None` where there is none. Where no other run is sending,
    /// what an interrupted one left is noted as [`Ledger::open`] does.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn look(root: &Path, now: Now<'_>) -> Result<Option<Self>, Diagnostic> {
        let path: PathBuf = root.join(LEDGER);
        if !path.exists() {
            return Ok(None);
        }
        match Self::open(root, now) {
            Err(problem) if matches!(problem.code, "sending" | "no-locks" | "ledger-failed") => {}
            opened => return opened.map(Some),
        }
        Ok(Some(Self { connection: read_only(&path)?, lock: None, interrupted: false }))
    }

    /// Opens the ledger to read it and writes nothing, not even a lock; `None` where there is none.
    /// What an interrupted run left is told as [`Ledger::look`] would note it. After a power cut
    /// in the middle of a write SQLite has to undo that first: this does it as [`Ledger::look`] does.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn read(root: &Path, now: Now<'_>) -> Result<Option<Self>, Diagnostic> {
        let path: PathBuf = root.join(LEDGER);
        if !path.exists() {
            return Ok(None);
        }
        if root.join(format!("{LEDGER}-journal")).exists() {
            return Self::look(root, now);
        }
        let connection = read_only(&path)?;
        schema::check(&connection)?;
        // Nobody sends where nobody holds the lock.
        let interrupted = !is_locked(&path.with_file_name(LOCK));
        Ok(Some(Self { connection, lock: None, interrupted }))
    }

    /// Whether another run is sending at this moment.
    pub(crate) fn is_only_looked_at(&self) -> bool {
        self.lock.is_none()
    }
}

fn read_only(path: &Path) -> Result<Connection, Diagnostic> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(failed)?;
    connection.busy_timeout(BUSY).map_err(failed)?;
    Ok(connection)
}

/// How long to wait for somebody who reads the ledger.
const BUSY: Duration = Duration::from_secs(10);

/// A rollback journal, since a write-ahead log needs memory that all readers share, which network
/// drives do not have; and every commit is on the disk before it counts.
fn configure(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(BUSY)?;
    connection.pragma_update(None, "journal_mode", "DELETE")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)
}

fn running() -> Diagnostic {
    Diagnostic::error("sending", text!("这个项目正在发送", "this project is being sent from")).help(
        text!("请等另一个 yinfa 运行结束后再试", "wait until the other run of yinfa has ended"),
    )
}

fn no_locks(error: &std::io::Error) -> Diagnostic {
    Diagnostic::error(
        "no-locks",
        text!(
            "项目所在的磁盘不支持文件锁，不能保证同时只有一个人在发送",
            "the drive of this project knows no locks, so two could send at the same time"
        ),
    )
    .detail(error.to_string())
    .help(text!(
        "请把项目放到本机磁盘上再发送",
        "put the project on a local disk and send from there"
    ))
}

/// The problem that the ledger cannot be read or written: nothing is sent then.
fn failed(error: impl ToString) -> Diagnostic {
    Diagnostic::error(
            "ledger-failed",
            text!("发送台账“{LEDGER}”读写失败", "the ledger “{LEDGER}” cannot be used"),
        )
        .detail(error.to_string())
        .help(text!(
            "没有台账就不发送：请检查磁盘空间和写入权限；文件损坏的，请从备份恢复",
            "nothing is sent without it: check free space and permissions; a damaged one comes back from a copy"
        ))
}
