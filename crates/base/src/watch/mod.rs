//! Waiting until a file of the project changes.
//!
//! [`Snapshot`]s of the files from before and after are compared, so deleting, renaming and adding
//! a file are changes, a save through a temporary file is one change, and a change during a build
//! shows in the next snapshot. Events of the system only trigger a comparison. Network drives and
//! some mounted folders send no events, so files are polled slowly in any case.

mod snapshot;

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

pub use snapshot::{Places, Snapshot};

/// A save counts as finished when nothing has changed for this long.
const DEBOUNCE: Duration = Duration::from_millis(80);
/// While files keep changing, for example during a long copy, a change is reported this often.
const MAX_DEBOUNCE: Duration = Duration::from_secs(5);
/// The polling interval with events of the system, and without.
const SLOW_POLL: Duration = Duration::from_secs(2);
const FAST_POLL: Duration = Duration::from_millis(500);
/// Polling takes at most one part in this many of the time, however slow the drive is.
const POLL_BUDGET: u32 = 10;

/// Why waiting ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WakeReason {
    /// Something changed.
    Changed,
    /// The time given is over.
    TimedOut,
    /// Nobody waits any more: [`StopHandle::end`] was called.
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
pub struct StopHandle(Sender<Signal>);

impl StopHandle {
    /// Every [`Watcher::wait`], the running one and those to come, returns [`WakeReason::Ended`].
    pub fn end(&self) {
        // With the watcher gone nobody waits.
        let _ = self.0.send(Signal::End);
    }
}

impl Watcher {
    /// A watcher that listens to events of the system, or with `poll` polls only.
    pub fn new(poll: bool) -> Self {
        let (sender, signals) = channel();
        Self { poll, signals, sender }
    }

    /// A handle that ends the waiting from another thread.
    pub fn stop_handle(&self) -> StopHandle {
        StopHandle(self.sender.clone())
    }

    /// Waits until the places differ from `before` and no longer change, at most for `limit`.
    pub fn wait(&self, places: &Places, before: &Snapshot, limit: Option<Duration>) -> WakeReason {
        let started = Instant::now();
        // Subscribed before the first snapshot, so that no change is missed in between.
        let notices = if self.poll { None } else { self.arm(places) };
        let interval = if notices.is_some() { SLOW_POLL } else { FAST_POLL };
        loop {
            let looked = Instant::now();
            let now = places.snapshot();
            let pause = interval.max(looked.elapsed() * POLL_BUDGET);
            if now != *before {
                match self.settle(places, now) {
                    Some(now) if now != *before => return WakeReason::Changed,
                    Some(_) => {}
                    None => return WakeReason::Ended,
                }
            }
            let left = limit.map(|limit| limit.saturating_sub(started.elapsed()));
            if left.is_some_and(|left| left.is_zero()) {
                return WakeReason::TimedOut;
            }
            match self.signals.recv_timeout(left.map_or(pause, |left| left.min(pause))) {
                Err(RecvTimeoutError::Timeout) => {}
                Ok(Signal::Noticed) if self.rest() => {}
                Ok(_) | Err(RecvTimeoutError::Disconnected) => return self.ended(),
            }
        }
    }

    /// The snapshot once nothing changes any more; `None` when waiting was ended.
    fn settle(&self, places: &Places, mut seen: Snapshot) -> Option<Snapshot> {
        let started = Instant::now();
        while self.rest() {
            let now = places.snapshot();
            if now == seen || started.elapsed() > MAX_DEBOUNCE {
                return Some(now);
            }
            seen = now;
        }
        None
    }

    /// Waits for the debounce time and drops the events in it; `false` when waiting was ended.
    fn rest(&self) -> bool {
        let until = Instant::now() + DEBOUNCE;
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

    /// Repeats the signal, so that the next wait ends as well.
    fn ended(&self) -> WakeReason {
        let _ = self.sender.send(Signal::End);
        WakeReason::Ended
    }

    /// Subscribes to events of the system; `None` where it sends none. Folders are watched, not
    /// files: a replaced file is a different file to the system.
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
        // Their parents, since a watched folder or file may be created, removed or replaced.
        for parent in places.parents().into_iter().filter(|parent| parent.is_dir()) {
            all &= watcher.watch(parent, RecursiveMode::NonRecursive).is_ok();
        }
        // Systems limit the number of watches: with some missing, fast polling is needed.
        all.then_some(watcher)
    }
}

#[cfg(test)]
mod tests;
