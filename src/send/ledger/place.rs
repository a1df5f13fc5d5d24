//! Where the ledger is, and what says that there was one: a ledger that is gone must not become a
//! new one, from which everybody would get everything again.

use std::fs;
use std::path::{Path, PathBuf};

use base::diag::Diagnostic;
use base::disk::{replace, sync_folder};
use base::text;

use super::{COPY, LEDGER, LOCK, failed};

/// The folder of packets, beside output/.
pub(crate) const OUTBOX: &str = "outbox";

/// The list of checksums in a packet.
pub(crate) const SUMS: &str = "SHA256SUMS";

/// The files of a project's ledger.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) ledger: PathBuf,
    pub(super) lock: PathBuf,
    copy: PathBuf,
    outbox: PathBuf,
}

impl Place {
    pub(super) fn new(root: &Path) -> Self {
        let ledger = root.join(LEDGER);
        Self {
            lock: ledger.with_file_name(LOCK),
            copy: ledger.with_file_name(COPY),
            outbox: root.join(OUTBOX),
            ledger,
        }
    }

    /// Whether there is a ledger; none that was ever made is fine, one that is gone is not.
    ///
    /// # Errors
    /// When it is gone.
    pub(super) fn is_there(&self) -> Result<bool, Diagnostic> {
        match fs::metadata(&self.ledger) {
            Ok(file) if file.len() > 0 => Ok(true),
            Ok(_) => Err(gone()),
            Err(_) if self.had_one() => Err(gone()),
            Err(_) => Ok(false),
        }
    }

    /// Whether something says that there was a ledger: what a run wrote into its lock, the copy, a
    /// write that was cut off, packets.
    fn had_one(&self) -> bool {
        fs::metadata(&self.lock).is_ok_and(|lock| lock.len() > 0)
            || self.copy.exists()
            || self.journal().exists()
            || has_packets(&self.outbox)
    }

    pub(super) fn journal(&self) -> PathBuf {
        let mut name = self.ledger.clone().into_os_string();
        name.push("-journal");
        name.into()
    }

    /// Copies the ledger beside itself. Nothing is being written to it at this moment.
    pub(super) fn keep_copy(&self) -> std::io::Result<()> {
        replace(&self.copy, &fs::read(&self.ledger)?)
    }

    /// Moves what is left of a ledger aside, its copy too, under names that say so.
    pub(super) fn move_aside(&self) -> Result<(), Diagnostic> {
        let journal = self.journal();
        let old = |path: &Path, n: usize| {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            path.with_file_name(name.replacen("ledger", &format!("ledger-old-{n}"), 1))
        };
        let all = [&self.ledger, &journal, &self.copy];
        let is_free = |n: &usize| all.iter().all(|path| !old(path, *n).exists());
        let Some(n) = (1..).find(is_free) else { return Ok(()) };
        for path in all.into_iter().filter(|path| path.exists()) {
            fs::rename(path, old(path, n)).map_err(failed)?;
        }
        self.ledger.parent().map_or(Ok(()), sync_folder).map_err(failed)
    }
}

/// Whether there are packets below a folder.
fn has_packets(folder: &Path) -> bool {
    let mut entries = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
    entries.any(|entry| entry.file_name() == SUMS)
}

fn gone() -> Diagnostic {
    Diagnostic::error(
        "ledger-gone",
        text!(
            "发送台账“{LEDGER}”不见了或是空的：以前发过什么已无从知道，什么也没有发送",
            "the ledger “{LEDGER}” is gone or empty: what was sent before is not known, and nothing is sent"
        ),
    )
    .help(remedy())
}

/// What to do about a ledger that cannot be used.
pub(super) fn remedy() -> base::diag::Text {
    text!(
        "先把副本放回来：“.yinfa/{COPY}”或别处的备份，改名为“{LEDGER}”（副本是上一次发送结束时的，以后发的不在里面）；没有副本、确要从头记起的，用 yinfa send --new-ledger，以前发过的会再发一次",
        "put a copy back as “{LEDGER}” first, “.yinfa/{COPY}” or one of your own (it is of the end of the last run and knows nothing sent since); where there is none and a new one is meant: `yinfa send --new-ledger`, which sends again what was sent"
    )
}
