//! Carrying out a plan: each sending is in the ledger before it begins, and its outcome after.

use std::time::Duration;

use base::diag::Diagnostic;

use super::ledger::{Ledger, Now, Status};
use super::plan::{Parcel, Plan};

/// What became of a sending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Handed over.
    Sent(Option<String>),
    /// Refused for good.
    Failed(String),
    /// Not for now.
    Deferred(String),
    /// Not for now, and none of the others either: there is no connection.
    NoConnection(String),
    /// May have been sent.
    Uncertain(String),
    /// Nothing of the run can be sent: a wrong password, a wrong certificate.
    Hopeless(Diagnostic),
}

/// What sends a parcel.
pub trait Carrier {
    /// Sends it.
    fn carry(&mut self, parcel: &Parcel) -> Outcome;

    /// Called at the end.
    fn finish(&mut self) {}
}

/// Where the time comes from, and how it is waited.
pub struct Clock<'a> {
    /// The time.
    pub now: Now<'a>,
    /// Waits.
    pub sleep: &'a dyn Fn(Duration),
}

/// How fast to send, and how often to try again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// The time from one sending to the next.
    pub between: Duration,
    /// How often what failed for a while is tried again.
    pub retries: u32,
    /// The time before the first of these; each later one takes twice as long.
    pub wait: Duration,
}

impl Pace {
    /// As fast as it goes, without trying again.
    pub(crate) const FREE: Self =
        Self { between: Duration::ZERO, retries: 0, wait: Duration::ZERO };
}

/// What a run tells while it goes on.
#[derive(Debug, Clone, Copy)]
pub enum Event<'a> {
    /// What became of a sending.
    Settled(&'a Parcel, Status, Option<&'a str>),
    /// So many wait for so long to be tried again.
    Waiting(usize, Duration),
}

/// What a run did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Handed over.
    pub sent: usize,
    /// Refused for good.
    pub failed: usize,
    /// Not sent yet.
    pub deferred: usize,
    /// May have been sent.
    pub uncertain: usize,
    /// Could not be sent from the beginning.
    pub blocked: usize,
    /// What ended the run early.
    pub hopeless: Option<Diagnostic>,
}

impl Summary {
    /// Whether all that was to be sent was.
    pub(crate) fn is_complete(&self) -> bool {
        self.failed + self.deferred + self.uncertain + self.blocked == 0 && self.hopeless.is_none()
    }
}

/// After so many failures to connect, one after the other, the others wait for the next round.
const NO_CONNECTION: usize = 3;

/// Sends all that a plan sends.
///
/// # Errors
/// When the ledger cannot be written: then nothing more is sent.
pub fn run(
    plan: &Plan,
    ledger: &mut Ledger,
    carrier: &mut dyn Carrier,
    pace: Pace,
    clock: &Clock<'_>,
    tell: &mut dyn FnMut(Event<'_>),
) -> Result<Summary, Diagnostic> {
    let listed = |parcel: &&Parcel| parcel.action.sends() || parcel.delivery.blocked.is_some();
    let parcels: Vec<&Parcel> = plan.parcels.iter().filter(listed).collect();
    let lines: Vec<_> = parcels.iter().map(|parcel| parcel.delivery.clone()).collect();
    let ids = ledger.plan(&lines, clock.now)?;
    let mut summary = Summary::default();
    let mut queue: Vec<(i64, &Parcel)> = Vec::new();
    for (&id, parcel) in ids.iter().zip(parcels) {
        if parcel.action.sends() {
            queue.push((id, parcel));
        } else {
            summary.blocked += 1;
        }
    }
    // What earlier runs tried in vain goes last: it must not keep the others waiting each time.
    let attempts = ledger.attempts(&ids)?;
    queue.sort_by_key(|(id, _)| attempts.get(id).copied().unwrap_or_default());
    let mut runner = Runner { ledger, carrier, pace, clock, tell, summary, last: None };
    let ended = runner.rounds(queue);
    runner.carrier.finish();
    ended.map(|()| runner.summary)
}

struct Runner<'a, 'c> {
    ledger: &'a mut Ledger,
    carrier: &'a mut dyn Carrier,
    pace: Pace,
    clock: &'a Clock<'c>,
    tell: &'a mut dyn FnMut(Event<'_>),
    summary: Summary,
    /// When the last sending began.
    last: Option<jiff::Timestamp>,
}

/// A sending that is to be tried again, with the reason; none where it was not tried.
type Again<'p> = (i64, &'p Parcel, Option<String>);

/// All of them, in order.
type Waiting<'p> = Vec<Again<'p>>;

impl Runner<'_, '_> {
    fn rounds(&mut self, queue: Vec<(i64, &Parcel)>) -> Result<(), Diagnostic> {
        let mut queue: Waiting<'_> = queue.into_iter().map(|(id, p)| (id, p, None)).collect();
        let mut wait = self.pace.wait;
        for round in 0..=self.pace.retries {
            queue = self.round(queue)?;
            // The next round begins with those that this one did not come to.
            queue.sort_by_key(|(_, _, reason)| reason.is_some());
            if queue.is_empty() || self.summary.hopeless.is_some() || round == self.pace.retries {
                break;
            }
            (self.tell)(Event::Waiting(queue.len(), wait));
            (self.clock.sleep)(wait);
            wait = wait.saturating_mul(2);
        }
        for (id, parcel, reason) in queue {
            // Those that were tried are noted as deferred already.
            if reason.is_none() {
                let detail = "not tried: no connection";
                self.ledger.settle(id, Status::Deferred, Some(detail), self.clock.now)?;
            }
            self.summary.deferred += 1;
            (self.tell)(Event::Settled(parcel, Status::Deferred, reason.as_deref()));
        }
        Ok(())
    }

    /// Tries each once and gives back those to be tried again.
    fn round<'p>(&mut self, queue: Waiting<'p>) -> Result<Waiting<'p>, Diagnostic> {
        let mut again = Vec::new();
        let mut without_connection = 0;
        for (id, parcel, reason) in queue {
            if without_connection >= NO_CONNECTION || self.summary.hopeless.is_some() {
                again.push((id, parcel, reason));
                continue;
            }
            self.keep_pace();
            self.ledger.begin(id, self.clock.now)?;
            let outcome = self.carrier.carry(parcel);
            without_connection = match outcome {
                Outcome::NoConnection(_) => without_connection + 1,
                _ => 0,
            };
            again.extend(self.settle(id, parcel, outcome)?);
        }
        Ok(again)
    }

    fn settle<'p>(
        &mut self,
        id: i64,
        parcel: &'p Parcel,
        outcome: Outcome,
    ) -> Result<Option<Again<'p>>, Diagnostic> {
        let (status, detail) = match outcome {
            Outcome::Sent(detail) => (Status::Sent, detail),
            Outcome::Failed(detail) => (Status::Failed, Some(detail)),
            Outcome::Uncertain(detail) => (Status::Uncertain, Some(detail)),
            Outcome::Deferred(detail) | Outcome::NoConnection(detail) => {
                (Status::Deferred, Some(detail))
            }
            Outcome::Hopeless(problem) => {
                let detail = problem.detail.clone().unwrap_or_else(|| problem.code.into());
                self.summary.hopeless = Some(problem);
                (Status::Deferred, Some(detail))
            }
        };
        self.ledger.settle(id, status, detail.as_deref(), self.clock.now)?;
        match status {
            Status::Sent => self.summary.sent += 1,
            Status::Failed => self.summary.failed += 1,
            Status::Uncertain => self.summary.uncertain += 1,
            // Counted and told when it is not tried again.
            _ => return Ok(Some((id, parcel, detail))),
        }
        (self.tell)(Event::Settled(parcel, status, detail.as_deref()));
        Ok(None)
    }

    /// Waits until the next sending may begin.
    fn keep_pace(&mut self) {
        let now = (self.clock.now)();
        if let Some(last) = self.last {
            let passed = Duration::try_from(now.duration_since(last)).unwrap_or_default();
            let rest = self.pace.between.saturating_sub(passed);
            if !rest.is_zero() {
                (self.clock.sleep)(rest);
            }
        }
        self.last = Some((self.clock.now)());
    }
}
