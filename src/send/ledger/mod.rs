//! The ledger: what was sent to whom, in `.yinfa/ledger.sqlite`. A line is written, and on the
//! disk, before anything leaves, and again when it is known what became of it: whatever stops the
//! program in between, the next run sees that something may have been sent.

mod entry;
mod place;
mod receipts;
mod schema;
mod seal;
mod state;
#[cfg(test)]
mod tests;

use std::fs;
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, Transaction};

pub use entry::{Delivery, FileEntry, Receipt, Status, Via};
pub(crate) use place::{OUTBOX, SUMS};
pub(crate) use receipts::FromReply;
pub use receipts::NewReceipt;
pub use state::NewDelivery;

use base::diag::Diagnostic;
use base::disk::{FileLock, LockError, is_locked, sync_folder};
use base::text;
use place::{Place, remedy};
use seal::Seal;

/// The ledger's file below the project's root.
pub(crate) const LEDGER: &str = ".yinfa/ledger.sqlite";

/// The copy beside it.
const COPY: &str = "ledger-copy.sqlite";

/// The file beside it that the one run that sends holds. What stands in it says that there is a
/// ledger.
const LOCK: &str = "send.lock";

/// What is written into the lock once there is a ledger.
const MARK: &[u8] = b"ledger\n";

/// A ledger that is open.
#[derive(Debug)]
pub struct Ledger {
    connection: Connection,
    seal: Seal,
    place: Place,
    /// Held by the one run that sends; `None` for one that only looks.
    lock: Option<FileLock>,
    /// What is being sent was interrupted, and could not be noted as that.
    interrupted: bool,
}

/// Where the time comes from: UTC, as it is written into the ledger.
pub(crate) type Now<'a> = &'a dyn Fn() -> jiff::Timestamp;

impl Ledger {
    /// Opens the ledger to write in it, which one run at a time may do. It is made where there was
    /// none. What an interrupted run left as being sent may have been sent: it is noted as that.
    ///
    /// # Errors
    /// When another run holds it, it is gone or damaged, or cannot be written to.
    pub fn open(root: &Path, now: Now<'_>) -> Result<Self, Diagnostic> {
        let place = Place::new(root);
        let lock = take(&place)?;
        if !place.is_there()? {
            make(&place)?;
        }
        Self::open_locked(place, lock, now)
    }

    /// Makes a new ledger in place of one that is gone or damaged; what is left of that is moved
    /// aside.
    ///
    /// # Errors
    /// When there is one that can be used, another run holds it, or none can be made.
    pub fn open_new(root: &Path, now: Now<'_>) -> Result<Self, Diagnostic> {
        let place = Place::new(root);
        let lock = take(&place)?;
        if matches!(place.is_there(), Ok(true)) {
            let problem = open_file(&place).err();
            if problem.is_none_or(|problem| problem.code == "ledger-newer") {
                return Err(whole());
            }
        }
        place.move_aside()?;
        make(&place)?;
        Self::open_locked(place, lock, now)
    }

    fn open_locked(place: Place, lock: FileLock, now: Now<'_>) -> Result<Self, Diagnostic> {
        let (connection, seal) = open_file(&place)?;
        if lock.is_empty() {
            lock.write(MARK).map_err(failed)?;
        }
        let mut ledger = Self { connection, seal, place, lock: Some(lock), interrupted: false };
        ledger.recover(now)?;
        Ok(ledger)
    }

    /// Opens the ledger to look at it; `None` where there was none. Where no other run is sending,
    /// what an interrupted one left is noted as [`Ledger::open`] does.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn look(root: &Path, now: Now<'_>) -> Result<Option<Self>, Diagnostic> {
        let place = Place::new(root);
        if !place.is_there()? {
            return Ok(None);
        }
        match Self::open(root, now) {
            Err(problem) if matches!(problem.code, "sending" | "no-locks" | "ledger-failed") => {}
            opened => return opened.map(Some),
        }
        let connection = read_only(&place.ledger)?;
        let seal = checked(&connection)?;
        Ok(Some(Self { connection, seal, place, lock: None, interrupted: false }))
    }

    /// Opens the ledger to read it and writes nothing, not even a lock; `None` where there was none.
    /// What an interrupted run left is told as [`Ledger::look`] would note it. After a power cut
    /// in the middle of a write SQLite has to undo that first: this does it as [`Ledger::look`] does.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn read(root: &Path, now: Now<'_>) -> Result<Option<Self>, Diagnostic> {
        let place = Place::new(root);
        if !place.is_there()? {
            return Ok(None);
        }
        if place.journal().exists() {
            return Self::look(root, now);
        }
        let connection = read_only(&place.ledger)?;
        schema::check(&connection)?;
        let seal = checked(&connection)?;
        // Nobody sends where nobody holds the lock.
        let interrupted = !is_locked(&place.lock);
        Ok(Some(Self { connection, seal, place, lock: None, interrupted }))
    }

    /// Whether another run is sending at this moment.
    pub(crate) fn is_only_looked_at(&self) -> bool {
        self.lock.is_none()
    }

    /// Copies the ledger beside itself, as it is at the end of a run.
    ///
    /// # Errors
    /// When the copy cannot be written: the one before it stays.
    pub(crate) fn keep_copy(&self) -> Result<(), Diagnostic> {
        self.place.keep_copy().map_err(|error| {
            Diagnostic::warning(
                "ledger-copy-failed",
                text!(
                    "发送台账的副本“.yinfa/{COPY}”写不进去",
                    "the copy of the ledger, “.yinfa/{COPY}”, cannot be written"
                ),
            )
            .detail(error.to_string())
            .help(text!(
                "台账本身没有问题；请检查磁盘空间",
                "the ledger itself is right; check the free space"
            ))
        })
    }

    /// Changes lines in one transaction, with their seal. `work` gives back which lines it changed.
    fn change<T>(
        &mut self,
        work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<(T, Vec<i64>)>,
    ) -> Result<T, Diagnostic> {
        let mut seal = self.seal.clone();
        let transaction = self.connection.transaction().map_err(failed)?;
        let (done, lines) = work(&transaction).map_err(failed)?;
        if !lines.is_empty() {
            let sealed = seal.read(&transaction, &lines).and_then(|()| seal.write(&transaction));
            sealed.map_err(failed)?;
        }
        transaction.commit().map_err(failed)?;
        self.seal = seal;
        Ok(done)
    }
}

fn take(place: &Place) -> Result<FileLock, Diagnostic> {
    FileLock::take(&place.lock).map_err(|error| match error {
        LockError::Held => running(),
        LockError::Unsupported(error) => no_locks(&error),
        LockError::Failed(error) => failed(error),
    })
}

/// Makes an empty ledger: beside its place, so that a run that is cut off leaves none.
fn make(place: &Place) -> Result<(), Diagnostic> {
    let new = place.ledger.with_extension("new");
    let made = fill(&new).and_then(|()| fs::rename(&new, &place.ledger).map_err(failed));
    if made.is_err() {
        // Whether that can be removed does not matter: the next one begins anew.
        let _ = fs::remove_file(&new);
    }
    made?;
    place.ledger.parent().map_or(Ok(()), sync_folder).map_err(failed)
}

fn fill(path: &Path) -> Result<(), Diagnostic> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(failed(error)),
        _ => {}
    }
    let mut connection = Connection::open(path).map_err(failed)?;
    configure(&connection).map_err(failed)?;
    schema::make(&mut connection)?;
    connection.close().map_err(|(_, error)| failed(error))
}

/// The file of the ledger, of this version and whole.
fn open_file(place: &Place) -> Result<(Connection, Seal), Diagnostic> {
    let mut connection = Connection::open(&place.ledger).map_err(failed)?;
    configure(&connection).map_err(failed)?;
    schema::migrate(&mut connection)?;
    let seal = checked(&connection)?;
    Ok((connection, seal))
}

/// The seal of a ledger whose lines agree with it.
fn checked(connection: &Connection) -> Result<Seal, Diagnostic> {
    let read = || -> rusqlite::Result<Option<Seal>> {
        // All of it as at one moment: somebody may be sending.
        let transaction = connection.unchecked_transaction()?;
        let state: String =
            transaction.pragma_query_value(None, "integrity_check", |row| row.get(0))?;
        let seal = Seal::of(&transaction)?;
        let is_whole = state == "ok" && seal.is_written(&transaction)?;
        Ok(is_whole.then_some(seal))
    };
    match read() {
        Ok(Some(seal)) => Ok(seal),
        Ok(None) => Err(damaged(None)),
        Err(error) => Err(failed(error)),
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

fn whole() -> Diagnostic {
    Diagnostic::error(
        "ledger-there",
        text!(
            "发送台账“{LEDGER}”好好的，不用新建",
            "the ledger “{LEDGER}” can be used: no new one is made"
        ),
    )
    .help(text!("去掉 --new-ledger", "leave out `--new-ledger`"))
}

/// What is in the ledger is not what was written into it.
fn damaged(detail: Option<String>) -> Diagnostic {
    let detail = detail.unwrap_or_else(|| "checksum".into());
    Diagnostic::error(
        "ledger-damaged",
        text!(
            "发送台账“{LEDGER}”坏了：内容与写入时不同，什么也没有发送",
            "the ledger “{LEDGER}” is damaged: it is not what was written, and nothing is sent"
        ),
    )
    .detail(detail)
    .help(remedy())
}

/// The problem that the ledger cannot be read or written: nothing is sent then.
fn failed(error: impl Into<Failed>) -> Diagnostic {
    let error = error.into();
    if error.is_damage {
        return damaged(Some(error.words));
    }
    Diagnostic::error(
        "ledger-failed",
        text!("发送台账“{LEDGER}”读写失败", "the ledger “{LEDGER}” cannot be used"),
    )
    .detail(error.words)
    .help(text!(
        "没有台账就不发送：请检查磁盘空间和写入权限",
        "nothing is sent without it: check free space and permissions"
    ))
}

/// An error in words, and whether the file itself is at fault.
struct Failed {
    words: String,
    is_damage: bool,
}

impl From<rusqlite::Error> for Failed {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode::{
            CannotOpen, DatabaseBusy, DatabaseLocked, DiskFull, FileLockingProtocolFailed,
            OutOfMemory, PermissionDenied, ReadOnly, SystemIoFailure,
        };
        // What the machine is at fault for; else the file holds what the program never wrote.
        let is_machine = matches!(
            error.sqlite_error_code(),
            Some(
                CannotOpen
                    | DatabaseBusy
                    | DatabaseLocked
                    | DiskFull
                    | FileLockingProtocolFailed
                    | OutOfMemory
                    | PermissionDenied
                    | ReadOnly
                    | SystemIoFailure
            )
        );
        Self { words: error.to_string(), is_damage: !is_machine }
    }
}

impl From<std::io::Error> for Failed {
    fn from(error: std::io::Error) -> Self {
        Self { words: error.to_string(), is_damage: false }
    }
}

impl From<String> for Failed {
    fn from(words: String) -> Self {
        Self { words, is_damage: true }
    }
}
