//! Running a process as a whole and taking its measure.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use wait4::Wait4 as _;

use super::Fallible;

/// What a run took.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Taken {
    /// From its start to its end.
    pub(super) wall: Duration,
    /// Time of processors, the system's included, of all its processes.
    pub(super) cpu: Duration,
    /// The most memory that a process of it had resident, in bytes; files that are mapped count.
    pub(super) peak: u64,
}

impl Taken {
    /// Both one after the other.
    pub(super) fn then(self, other: Self) -> Self {
        Self {
            wall: self.wall + other.wall,
            cpu: self.cpu + other.cpu,
            peak: self.peak.max(other.peak),
        }
    }
}

/// Runs a command that must end well.
pub(super) fn run(command: &mut Command) -> Fallible<Taken> {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    let start = Instant::now();
    let mut child = command.spawn()?;
    let mut said = String::new();
    if let Some(mut stderr) = child.stderr.take() {
        std::io::Read::read_to_string(&mut stderr, &mut said)?;
    }
    let used = child.wait4()?;
    let wall = start.elapsed();
    if !used.status.success() {
        return Err(format!("{command:?} failed ({}):\n{said}", used.status).into());
    }
    let usage = used.rusage;
    Ok(Taken { wall, cpu: usage.utime + usage.stime, peak: usage.maxrss })
}

/// Something that is measured: what must be as it should before a run, and the run.
pub(super) struct Contender<'a> {
    pub(super) name: &'static str,
    pub(super) before: Box<dyn FnMut() -> Fallible<()> + 'a>,
    pub(super) run: Box<dyn FnMut() -> Fallible<Taken> + 'a>,
}

/// What takes no longer is run once before it is measured: systems take memory back from the
/// files of programs that pause, and after a long run of another one all of it has to come back.
/// Then it is measured several times, since the time of short runs varies more.
const SHORT: Duration = Duration::from_secs(1);
pub(super) const TIMES: usize = 3;

/// Runs all contenders by turns, each round beginning with the next one; what each took.
pub(super) fn by_turns(contenders: &mut [Contender<'_>], runs: usize) -> Fallible<Vec<Vec<Taken>>> {
    let count = contenders.len();
    let mut taken = vec![Vec::with_capacity(runs * TIMES); count];
    for round in 0..runs {
        for turn in 0..count {
            let place = (round + turn) % count;
            let contender = &mut contenders[place];
            let mut run = || {
                (contender.before)()?;
                (contender.run)()
            };
            let first = run()?;
            let measured = if first.wall < SHORT {
                (0..TIMES).map(|_| run()).collect::<Fallible<Vec<_>>>()?
            } else {
                vec![first]
            };
            for run in measured {
                eprintln!(
                    "  {} of {runs}  {:7.3} s  {:7.3} s CPU  {:4} MB  {}",
                    round + 1,
                    run.wall.as_secs_f64(),
                    run.cpu.as_secs_f64(),
                    run.peak / 1_000_000,
                    contender.name
                );
                taken[place].push(run);
            }
        }
    }
    Ok(taken)
}
