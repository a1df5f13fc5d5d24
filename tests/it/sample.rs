//! The sample in content/, which the README shows.

use std::path::Path;

use serde_json::Value;

use crate::support::{Project, font_args, has_typst};

/// A run of the program on the sample, its output in a project of its own.
fn run(scratch: &Project, args: &[&str]) -> crate::support::Run {
    let mut command = scratch.command();
    command.args(["--lang", "en"]).args(args).arg("--root").arg(env!("CARGO_MANIFEST_DIR"));
    if args[0] == "build" {
        command.arg("--output").arg(scratch.path("output")).args(font_args());
    }
    scratch.finish(&mut command)
}

#[test]
fn it_has_the_size_and_variety_of_a_real_notice() {
    let scratch = Project::bare();
    let list = |what: &str| run(&scratch, &["list", what, "--format", "json"]).clean().json();
    let (items, units, tasks) = (list("items"), list("units"), list("tasks"));
    let count = |list: &Value| list.as_array().unwrap().len();
    let values = |list: &Value, key: &str| -> std::collections::BTreeSet<String> {
        list.as_array().unwrap().iter().map(|entry| entry[key].to_string()).collect()
    };
    assert!(count(&items) >= 28, "{} items", count(&items));
    assert_eq!(values(&items, "section").len(), 8);
    assert!((39..=45).contains(&count(&units)), "{} units", count(&units));
    assert_eq!(values(&units, "kind").len(), 11, "a kind is missing");
    assert!(values(&tasks, "unit").len() + 3 <= count(&units), "no units without tasks");
}

#[test]
fn it_builds_without_a_problem_and_by_either_engine_to_the_same_bytes() {
    let scratch = Project::bare();
    run(&scratch, &["build", "--format", "html"]).clean();
    run(&scratch, &["build", "--only", "notice", "--format", "pdf"]).clean();
    let path = "output/2025-yaodian/public/notice.pdf";
    assert!(Path::new(&scratch.path(path)).exists(), "{}", scratch.tree("output"));
    if !has_typst() {
        return;
    }
    let embedded = std::fs::read(scratch.path(path)).unwrap();
    let args = ["build", "--only", "notice", "--format", "pdf", "--engine", "command"];
    let run = run(&scratch, &args).clean();
    assert!(std::fs::read(scratch.path(path)).unwrap() == embedded, "{run}");
    assert!(run.stderr.contains(" 0 files written, 2 unchanged"), "{run}");
}
