//! Rebuilding in a process of its own. A package may come from anywhere, and its templates are programs:
//! they may never end, or take all memory. The process is stopped then, and the check says so.

use std::io;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use super::verify::{Check, Outcome, rebuild_check};
use base::diag::{Lang, Text};
use base::text;

/// The file in the work folder that the process leaves its result in.
pub(crate) const RESULT: &str = "result.json";
/// The largest result that is read.
const LONGEST_RESULT: u64 = 16 * 1024 * 1024;
/// How often the process is looked at.
const INTERVAL: Duration = Duration::from_millis(20);

/// How long a rebuild may take, and how much memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Limits {
    pub(crate) time: Duration,
    /// In bytes. Seen on Linux only, where the system says what a process holds.
    pub(crate) memory: u64,
}

/// A result on its way from one process to the other.
#[derive(Debug, Serialize, Deserialize)]
struct Handed {
    outcome: Outcome,
    findings: Vec<HandedFinding>,
}

#[derive(Debug, Serialize, Deserialize)]
struct HandedFinding {
    path: Option<String>,
    zh: String,
    en: String,
}

/// Leaves a result for the process that waits for it.
///
/// # Errors
/// When it cannot be written.
pub(crate) fn hand_over(check: &Check, work: &Path) -> io::Result<()> {
    let findings = check.findings.iter().map(|finding| HandedFinding {
        path: finding.path.clone(),
        zh: finding.message.get(Lang::Zh).into(),
        en: finding.message.get(Lang::En).into(),
    });
    let handed = Handed { outcome: check.outcome, findings: findings.collect() };
    std::fs::write(work.join(RESULT), serde_json::to_vec(&handed)?)
}

/// Runs `command`, which rebuilds a package in the folder `work` and leaves its result there.
pub(crate) fn run(command: &mut Command, work: &Path, limits: Limits) -> Check {
    match supervise(command, limits) {
        Ok(Ended::ByItself(status)) => match taken_over(work) {
            Some(check) if status.success() => check,
            _ => not_proven(text!(
                "没有重新生成：进程中途结束（{status}）",
                "not rebuilt: the process ended early ({status})"
            )),
        },
        Ok(Ended::OverTime) => {
            let seconds = limits.time.as_secs();
            not_proven(text!(
                "没有重新生成：超过 {seconds} 秒，已停止（--max-time 可放宽）",
                "not rebuilt: stopped after {seconds} seconds (`--max-time` allows more)"
            ))
        }
        Ok(Ended::OverMemory) => {
            let megabytes = limits.memory >> 20;
            not_proven(text!(
                "没有重新生成：内存超过 {megabytes} MB，已停止（--max-memory 可放宽）",
                "not rebuilt: stopped at {megabytes} MB of memory (`--max-memory` allows more)"
            ))
        }
        Err(error) => {
            let detail = error.to_string();
            not_proven(text!("没有重新生成：{detail}", "not rebuilt: {detail}"))
        }
    }
}

fn not_proven(why: Text) -> Check {
    let mut check = rebuild_check();
    check.note(Outcome::NotProven, None, why);
    check
}

fn taken_over(work: &Path) -> Option<Check> {
    let path = work.join(RESULT);
    if path.metadata().ok()?.len() > LONGEST_RESULT {
        return None;
    }
    let handed: Handed = serde_json::from_slice(&std::fs::read(path).ok()?).ok()?;
    let mut check = rebuild_check();
    check.outcome = handed.outcome;
    for finding in handed.findings {
        check.note(handed.outcome, finding.path.as_deref(), Text::new(finding.zh, finding.en));
    }
    Some(check)
}

/// How the process ended.
enum Ended {
    ByItself(ExitStatus),
    OverTime,
    OverMemory,
}

fn supervise(command: &mut Command, limits: Limits) -> io::Result<Ended> {
    // The pipe ends with this process, whatever ends it, and the other one with the pipe.
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    let started = Instant::now();
    let mut child = Guarded(command.spawn()?);
    let _held = child.0.stdin.take();
    loop {
        if let Some(status) = child.0.try_wait()? {
            return Ok(Ended::ByItself(status));
        }
        if started.elapsed() >= limits.time {
            return Ok(Ended::OverTime);
        }
        if held_by(child.0.id()).is_some_and(|bytes| bytes > limits.memory) {
            return Ok(Ended::OverMemory);
        }
        std::thread::sleep(INTERVAL);
    }
}

/// A process that does not outlive its guard.
struct Guarded(Child);

impl Drop for Guarded {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The memory that a process holds, in bytes; `None` where the system does not say.
fn held_by(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes << 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn what_goes_on_too_long_or_ends_without_a_result_is_not_proven() {
        let work = tempfile::tempdir().unwrap();
        let limits = Limits { time: Duration::from_millis(200), memory: u64::MAX };
        let said = |script: &str| {
            let check = run(Command::new("sh").args(["-c", script]), work.path(), limits);
            assert_eq!(check.outcome, Outcome::NotProven);
            check.findings[0].message.get(Lang::En).to_string()
        };
        assert!(said("sleep 60").contains("stopped after 0 seconds"));
        assert!(said("exit 3").contains("ended early"));
        assert!(said("kill -9 $$").contains("ended early"));
        std::fs::write(work.path().join(RESULT), "{}").unwrap();
        assert!(said("exit 0").contains("ended early"), "a result that is none");
        std::fs::remove_file(work.path().join(RESULT)).unwrap();
    }

    #[test]
    fn a_result_arrives_as_it_was() {
        let work = tempfile::tempdir().unwrap();
        let mut check = rebuild_check();
        hand_over(&check, work.path()).unwrap();
        assert_eq!(taken_over(work.path()).unwrap(), check);
        check.note(Outcome::Failed, Some("a.pdf"), text!("字节不同", "has other bytes"));
        check.note(Outcome::Failed, None, text!("甲", "a"));
        hand_over(&check, work.path()).unwrap();
        assert_eq!(taken_over(work.path()).unwrap(), check);
    }
}
