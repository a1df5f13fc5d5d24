//! Many units, faults and kills: nobody gets two, nobody is lost without a line in the ledger.
//!
//! A fifth of the addresses has a fault, and the program is killed again and again while it
//! sends. The small form runs with all tests, the long one (1,000 units, 20 kills) with
//! `make test-long`.

use std::collections::BTreeMap;
use std::process::Stdio;

use super::built::{self, build, lines};
use super::server::{Server, wait_for};
use crate::support::{NOTICE, Project, is_long};

/// One of each fault that leaves a message sent, not sent or in doubt.
const FAULTS: [&str; 8] = ["refuse", "full", "greylist", "later", "kept", "lost", "hangup", "cut"];

/// Whether a fault is one that ends well at the second try.
const PASSING: [&str; 3] = ["greylist", "later", "hangup"];

#[test]
fn nobody_twice_and_nobody_lost() {
    run(60, 3);
}

#[test]
fn nobody_twice_and_nobody_lost_among_a_thousand() {
    if is_long() {
        run(1000, 20);
    }
}

/// The fault of a unit: every fifth has one, each kind in turn.
fn fault(n: usize) -> &'static str {
    if n.is_multiple_of(5) { FAULTS[n / 5 % FAULTS.len()] } else { "" }
}

fn project(server: &Server, units: usize) -> Project {
    let mut registry = "units:\n".to_string();
    for n in 0..units {
        let fault = fault(n);
        let plus = if fault.is_empty() { "" } else { "+" };
        registry.push_str(&format!(
            "  - {{name: 第{n}镇, kind: 乡镇, contact: {{email: u{n}{plus}{fault}@example.org}}}}\n"
        ));
    }
    registry.push_str("groups:\n  - {name: 各镇街, kinds: [乡镇]}\n");
    let items = "- section: 发展\n  text: 开工重大项目10个。\n  units: [各镇街]\n";
    build(
        built::project()
            .file("yinfa.yaml", server.settings(", security: plain, timeout: 5, retries: 1"))
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
    let step = (units / (kills + 1)).max(1);
    let mut killed = 0;
    for n in 1..=kills {
        let mut command = project.command();
        command.args(SEND).arg("--yes").stdout(Stdio::null()).stderr(Stdio::null());
        let mut process = command.spawn().unwrap();
        let goal = (n * step * 8 / 10) as u64 + next(step as u64 / 2 + 1);
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
        known.insert(text("address"), (text("status"), text("unit")));
    }
    assert_eq!(known.len(), units, "every unit has a line");
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let (mut doubts, mut doubts_without_fault) = (0, 0);
    for n in 0..units {
        let fault = fault(n);
        let (address, (status, _)) =
            known.iter().find(|(_, (_, unit))| *unit == format!("第{n}镇")).unwrap();
        let got = arrived.get(address).copied().unwrap_or_default();
        *counts.entry(status.clone()).or_default() += 1;
        match status.as_str() {
            "sent" => {
                assert_eq!(got, 1, "{address} is noted as sent");
                assert!(fault.is_empty() || PASSING.contains(&fault), "{address}");
            }
            "failed" => assert!(got == 0 && ["refuse", "full"].contains(&fault), "{address}"),
            "deferred" => assert!(got == 0 && fault == "cut", "{address}"),
            "uncertain" => {
                doubts += 1;
                if !["kept", "lost"].contains(&fault) {
                    doubts_without_fault += 1;
                }
            }
            other => panic!("{address} is left as {other}"),
        }
    }
    // Beside the connections that were dropped, a kill leaves at most one in doubt.
    assert!(doubts_without_fault <= kills, "{doubts_without_fault} in doubt after {kills} kills");
    eprintln!(
        "{units} units, {kills} kills: {} messages arrived, none twice; ledger: {counts:?}, {doubts} in doubt, of them {doubts_without_fault} by kills",
        arrived.len()
    );
}
