//! A build that is killed: output/ holds whole files, old or new, and the next build completes it.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Stdio;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::support::{Project, Random, font_args, is_long};

const ITEMS_FILE: &str = "content/p/items.yaml";

type Files = BTreeMap<String, Vec<u8>>;

/// Two states of the project: words of its items.
type States = [&'static str; 2];

/// They differ in most files, and in which files there are.
const UNITS: States = ["units: [区教育局]", "units: [区委组织部, 西水街道]"];

/// They differ in what files say: a build of one format removes nothing.
const TEXT: States = ["学校2所", "学校3所"];

fn state(project: Project, states: States, second: bool) -> Project {
    let [first, other] = states;
    if second {
        project.change(ITEMS_FILE, first, other)
    } else {
        project.change(ITEMS_FILE, other, first)
    }
}

/// What the manifest says is there, with everything else that is.
fn check(project: &Project, states: &[&Files; 2], moment: &str) {
    let files = project.files("output/p");
    for (path, bytes) in files.iter().filter(|(path, _)| !path.contains(".staging-")) {
        if path == "manifest.json" {
            let manifest: Value = serde_json::from_slice(bytes).unwrap();
            let named: BTreeSet<&String> =
                manifest["artifacts"].as_object().unwrap().keys().collect();
            let unknown: Vec<_> = files
                .keys()
                .filter(|f| *f != path && !f.contains(".staging-") && !named.contains(f))
                .collect();
            assert!(unknown.is_empty(), "{moment}: no manifest knows {unknown:?}");
            continue;
        }
        let known = states.iter().any(|files| files.get(path) == Some(bytes));
        assert!(known, "{moment}: {path} is neither the old file nor the new one");
    }
    for path in states[0].keys().filter(|path| states[1].contains_key(*path)) {
        assert!(files.contains_key(path), "{moment}: {path} was in both states and is gone");
    }
}

fn kills(format: &str, words: States, count: u64) {
    let build = |project: &Project| {
        let mut command = project.command();
        command.args(["build", "-q", "--format", format]).args(font_args());
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    // The fast formats are all that the project has, so that a build of both is a whole one.
    let project = Project::new().add("yinfa.yaml", "formats: [html, pdf]\n");
    let mut project = state(state(project, words, true), words, false);
    let mut results = Vec::new();
    let mut shortest = Duration::MAX;
    for second in [true, false] {
        project = state(project, words, second);
        let started = Instant::now();
        assert!(build(&project).status().unwrap().success());
        shortest = shortest.min(started.elapsed());
        results.push(project.files("output/p"));
    }
    assert_ne!(results[0], results[1]);
    let states = [&results[0], &results[1]];
    let mut random = Random(2025);
    let mut killed = 0;
    for round in 0..count {
        let second = round % 2 == 0;
        project = state(project, words, second);
        // Most of a build is spent before anything is written, so every other kill comes late.
        let all = u64::try_from(shortest.as_micros()).unwrap().max(2);
        let from = if round % 4 < 2 { 0 } else { all / 2 };
        let moment = Duration::from_micros(from + random.next() % (all - from));
        let mut run = build(&project).spawn().unwrap();
        std::thread::sleep(moment);
        run.kill().unwrap();
        killed += usize::from(!run.wait().unwrap().success());
        check(&project, &states, &format!("{format}, round {round}, {moment:?}"));
        assert!(build(&project).status().unwrap().success());
        let after = project.files("output/p");
        let expected = states[usize::from(!second)];
        assert_eq!(after.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>());
        assert!(after == *expected, "round {round}: the next build did not complete it");
    }
    eprintln!("{format}: {killed} of {count} runs were killed before they ended");
    assert!(killed > 0);
}

#[test]
fn web_pages_are_whole_whenever_the_build_is_killed() {
    kills("html", TEXT, if is_long() { 100 } else { 10 });
}

#[test]
fn documents_are_whole_whenever_the_build_is_killed() {
    kills("html,pdf", UNITS, if is_long() { 100 } else { 10 });
}

#[test]
fn two_builds_at_once_do_not_harm_each_other() {
    let project = Project::new();
    let start = || {
        let mut command = project.command();
        command.args(["--lang", "en", "build"]).args(font_args());
        command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
    };
    let runs: Vec<_> = (0..4).map(|_| start()).collect();
    let mut built = 0;
    for run in runs {
        let output = run.wait_with_output().unwrap();
        let messages = String::from_utf8(output.stderr).unwrap();
        match output.status.code() {
            Some(0) => built += 1,
            Some(2) => assert!(messages.contains("error[build-running]"), "{messages}"),
            code => panic!("{code:?}: {messages}"),
        }
    }
    assert!(built > 0);
    let together = project.files("output");
    std::fs::remove_dir_all(project.path("output")).unwrap();
    project.build(&[]).clean();
    assert_eq!(project.files("output"), together);
}
