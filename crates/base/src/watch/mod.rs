//! Waiting until a file of the project changes.
//!
//! What counts is the state of the files: [`Look`]s from before and after are compared, so a
//! deleted, a renamed and a new file is a change, a save that writes beside and renames is one
//! change, and what changes while a build runs is seen by the look after it. The system's
//! notices only say when to look. It gives none for network drives and some mounted folders, so
//! files are looked at now and then in any case.

mod look;

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

pub use look::{Look, Places};

/// An editor or a synchronising program has written all when nothing changes for this long.
const QUIET: Duration = Duration::from_millis(80);
/// Somebody who copies files for minutes gets to see something all the same.
const LONGEST_UNREST: Duration = Duration::from_secs(5);
/// How often files are looked at where the system gives notice, and where it does not.
const NOW_AND_THEN: Duration = Duration::from_secs(2);
const OFTEN: Duration = Duration::from_millis(500);
/// Looking may take a tenth of the time, however slow the drive is.
const SHARE: u32 = 10;

/// Why waiting ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Woken {
    /// Something changed.
    Changed,
    /// The time given is over.
    TimedOut,
    /// Nobody waits any more: [`Ender::end`] was called.
    Ended,
}

#[derive(Debug)]
enum Signal {
    Noticed,
    End,
}

/// Waits for changes.
#[derive(Debug)]
pub struct Watcher {
    poll: bool,
    signals: Receiver<Signal>,
    sender: Sender<Signal>,
}

/// Ends the waiting from another thread.
#[derive(Debug, Clone)]
pub struct Ender(Sender<Signal>);

impl Ender {
    /// Every [`Watcher::wait`], the running one and those to come, returns [`Woken::Ended`].
    pub fn end(&self) {
        // With the watcher gone nobody waits.
        let _ = self.0.send(Signal::End);
    }
}

impl Watcher {
    /// A watcher that asks the system for notice, or with `poll` only looks itself.
    pub fn new(poll: bool) -> Self {
        let (sender, signals) = channel();
        Self { poll, signals, sender }
    }

    /// What ends its waiting.
    pub fn ender(&self) -> Ender {
        Ender(self.sender.clone())
    }

    /// Waits until the places look other than `before` and have come to rest, at most for
    /// `limit`.
    pub fn wait(&self, places: &Places, before: &Look, limit: Option<Duration>) -> Woken {
        let started = Instant::now();
        // Armed before the first look, so that nothing falls between.
        let notices = if self.poll { None } else { self.arm(places) };
        let interval = if notices.is_some() { NOW_AND_THEN } else { OFTEN };
        loop {
            let looked = Instant::now();
            let now = places.look();
            let pause = interval.max(looked.elapsed() * SHARE);
            if now != *before {
                match self.settle(places, now) {
                    Some(now) if now != *before => return Woken::Changed,
                    Some(_) => {}
                    None => return Woken::Ended,
                }
            }
            let left = limit.map(|limit| limit.saturating_sub(started.elapsed()));
            if left.is_some_and(|left| left.is_zero()) {
                return Woken::TimedOut;
            }
            match self.signals.recv_timeout(left.map_or(pause, |left| left.min(pause))) {
                Err(RecvTimeoutError::Timeout) => {}
                Ok(Signal::Noticed) if self.rest() => {}
                Ok(_) | Err(RecvTimeoutError::Disconnected) => return self.ended(),
            }
        }
    }

    /// What the places look like once nothing changes any more; `None` when waiting is ended.
    fn settle(&self, places: &Places, mut seen: Look) -> Option<Look> {
        let started = Instant::now();
        while self.rest() {
            let now = places.look();
            if now == seen || started.elapsed() > LONGEST_UNREST {
                return Some(now);
            }
            seen = now;
        }
        None
    }

    /// Lets a moment pass, with all that is noticed in it; `false` when waiting is ended.
    fn rest(&self) -> bool {
        let until = Instant::now() + QUIET;
        while let Some(left) = until.checked_duration_since(Instant::now()) {
            match self.signals.recv_timeout(left) {
                Ok(Signal::Noticed) | Err(RecvTimeoutError::Timeout) => {}
                Ok(Signal::End) | Err(RecvTimeoutError::Disconnected) => {
                    self.ended();
                    return false;
                }
            }
        }
        true
    }

    /// The end holds for whoever waits next too.
    fn ended(&self) -> Woken {
        let _ = self.sender.send(Signal::End);
        Woken::Ended
    }

    /// Asks the system for notice; `None` where it gives none. Folders are watched, not files:
    /// one that is replaced is another file to the system.
    fn arm(&self, places: &Places) -> Option<RecommendedWatcher> {
        let sender = self.sender.clone();
        let noticed = move |event: notify::Result<notify::Event>| {
            // Reading is an event too; the build itself does that.
            if !event.is_ok_and(|event| matches!(event.kind, EventKind::Access(_))) {
                let _ = sender.send(Signal::Noticed);
            }
        };
        let mut watcher = notify::recommended_watcher(noticed).ok()?;
        let mut all = true;
        for folder in places.folders().filter(|folder| folder.is_dir()) {
            all &= watcher.watch(folder, RecursiveMode::Recursive).is_ok();
        }
        // Where a folder or a file may come into being, go or be replaced.
        for parent in places.parents().into_iter().filter(|parent| parent.is_dir()) {
            all &= watcher.watch(parent, RecursiveMode::NonRecursive).is_ok();
        }
        // Out of watches, as systems limit them: half a notice is none.
        all.then_some(watcher)
    }
}

#[cfg(test)]
mod tests;
