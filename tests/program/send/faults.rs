//! Many units, faults and kills: nobody gets two, nobody is lost without a line in the ledger, and
//! the ledger says of nobody what is not so.
//!
//! Every unit has a fault of its own kind, and the program is killed again and again while it
//! sends. The small form runs with all tests, the long one (400 units, 20 kills) with
//! `make test-long`.

use std::collections::BTreeMap;
use std::process::Stdio;

use super::built::{self, build, lines};
use super::server::{Server, wait_for};
use crate::support::{NOTICE, Project, is_long};

/// What a fault comes to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    /// It arrives, and is known to have.
    Sent,
    /// Refused for good: nothing arrives.
    Failed,
    /// Put off each time: nothing arrives.
    Deferred,
    /// Nobody can know, and it arrived or not.
    Doubt(usize),
}

use End::{Deferred, Doubt, Failed, Sent};

/// The faults of tests/mail/server.py that leave the server alive.
const FAULTS: [(&str, End); 43] = [
    ("", Sent),
    ("refuse", Failed),
    ("refuse-bare", Failed),
    ("refuse-gbk", Failed),
    ("refuse-escape", Failed),
    ("refuse-lines", Failed),
    ("greylist", Sent),
    ("never", Deferred),
    ("hangup", Sent),
    ("closing", Deferred),
    ("cut", Deferred),
    ("mute", Deferred),
    ("rcpt-251", Sent),
    ("rcpt-gbk", Sent),
    ("rcpt-354", Deferred),
    ("rcpt-nonsense", Deferred),
    ("rcpt-endless", Deferred),
    ("rcpt-twice", Deferred),
    ("data-refuse", Failed),
    ("data-later", Sent),
    ("data-bare", Sent),
    ("data-gbk", Sent),
    ("data-250", Deferred),
    ("data-cut", Deferred),
    ("data-twice", Deferred),
    ("full", Failed),
    ("later", Sent),
    ("kept", Doubt(1)),
    ("lost", Doubt(0)),
    ("silent", Doubt(1)),
    ("slow", Sent),
    ("drip", Sent),
    ("end-bare", Sent),
    ("end-gbk", Sent),
    ("end-lines", Sent),
    ("end-twice", Sent),
    ("end-both", Doubt(1)),
    ("end-late", Doubt(0)),
    ("end-354", Doubt(0)),
    ("end-nonsense", Doubt(0)),
    ("end-421", Deferred),
    ("", Sent),
    ("", Sent),
];

#[test]
fn nobody_twice_and_nobody_lost() {
    run(FAULTS.len(), 3);
}

#[test]
fn nobody_twice_and_nobody_lost_among_four_hundred() {
    if is_long() {
        run(400, 20);
    }
}

fn fault(n: usize) -> (&'static str, End) {
    FAULTS[n % FAULTS.len()]
}

fn project(server: &Server, units: usize) -> Project {
    let mut registry = "units:\n".to_string();
    for n in 0..units {
        let (fault, _) = fault(n);
        let plus = if fault.is_empty() { "" } else { "+" };
        registry.push_str(&format!(
            "  - {{name: 第{n}镇, kind: 乡镇, contact: {{email: u{n}{plus}{fault}@example.org}}}}\n"
        ));
    }
    registry.push_str("groups:\n  - {name: 各镇街, kinds: [乡镇]}\n");
    let items = "- section: 发展\n  text: 开工重大项目10个。\n  units: [各镇街]\n";
    build(
        built::project()
            .file("yinfa.yaml", server.settings(", security: plain, timeout: 1, retries: 1"))
            .file("content/p/notice.yaml", NOTICE)
            .file("content/units.yaml", registry)
            .file("content/p/items.yaml", items),
    )
}

const SEND: [&str; 6] = ["--lang", "en", "send", "p", "--via", "smtp"];

fn run(units: usize, kills: usize) {
    let Some(server) = Server::plain() else { return };
    let project = project(&server, units);
    // Another moment each time, and the same ones in each run of the test.
    let mut random = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = |below: u64| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        random % below
    };
    let dry = project.run(&[&SEND[..], &["--dry-run"]].concat());
    assert_eq!(dry.code, Some(0), "{dry}");
    let arriving = (0..units).filter(|n| fault(*n).1 == Sent).count();
    let step = (arriving / (kills + 1)).max(1);
    let mut killed = 0;
    for n in 1..=kills {
        let mut command = project.command();
        command.args(SEND).arg("--yes").stdout(Stdio::null()).stderr(Stdio::null());
        let mut process = command.spawn().unwrap();
        let goal = (n * step * 6 / 10) as u64 + next(step as u64 / 2 + 1);
        let mut ended = false;
        wait_for("message", || {
            ended = process.try_wait().unwrap().is_some();
            (ended || server.taken().len() as u64 >= goal).then_some(())
        });
        std::thread::sleep(std::time::Duration::from_micros(next(15_000)));
        if process.try_wait().unwrap().is_none() {
            process.kill().unwrap();
            killed += 1;
        }
        process.wait().unwrap();
    }
    assert_eq!(killed, kills, "each kill met a run that was sending");
    // To its end, and once more: that one has nothing to send but what is refused or put off.
    for _ in 0..2 {
        let run = project.run(&[&SEND[..], &["--yes"]].concat());
        assert_eq!(run.code, Some(1), "{run}");
    }
    check(&server, &project, units, killed);
}

fn check(server: &Server, project: &Project, units: usize, kills: usize) {
    let mut arrived: BTreeMap<String, usize> = BTreeMap::new();
    for taken in server.taken() {
        *arrived.entry(taken.to).or_default() += 1;
    }
    let twice: Vec<_> = arrived.iter().filter(|(_, n)| **n > 1).collect();
    assert!(twice.is_empty(), "got two: {twice:?}");

    // The last word on each unit.
    let mut known: BTreeMap<String, (String, String)> = BTreeMap::new();
    for line in lines(project) {
        let text = |key: &str| line[key].as_str().unwrap().to_string();
        known.insert(text("unit"), (text("status"), text("address")));
    }
    assert_eq!(known.len(), units, "every unit has a line");
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut by_kills = 0;
    for n in 0..units {
        let (_, end) = fault(n);
        let (status, address) = &known[&format!("第{n}镇")];
        let got = arrived.get(address).copied().unwrap_or_default();
        *counts.entry(status.clone()).or_default() += 1;
        let as_expected = match end {
            Sent => status == "sent" && got == 1,
            Failed => status == "failed" && got == 0,
            Deferred => status == "deferred" && got == 0,
            Doubt(arrives) => status == "uncertain" && got == arrives,
        };
        if !as_expected {
            // A kill in the middle of a sending leaves a doubt, and nothing else.
            assert_eq!(status, "uncertain", "{address}, {got} arrived");
            by_kills += 1;
        }
    }
    assert!(by_kills <= kills, "{by_kills} in doubt after {kills} kills");
    eprintln!(
        "{units} units, {kills} kills: {} messages arrived, none twice; ledger: {counts:?}, {by_kills} in doubt by kills",
        arrived.len()
    );
}
