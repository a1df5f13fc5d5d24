//! Whole runs of `yinfa diff`.

use super::archive::{Archive, three_years};
use super::whole::run;
use crate::support::{ITEMS, NOTICE, Project};

#[test]
fn diff_of_packages() {
    let archive = Archive::of(&three_years());
    let (old, new) = ("archive/0012-WS·2023-D30-BGS-0001", "archive/0012-WS·2024-D30-BGS-0001");
    let diff = |args: &[&str]| {
        let mut all = vec!["diff", old, new];
        all.extend(args);
        run(&archive.path(""), &all).clean()
    };
    let text = diff(&[]).stdout;
    for words in [
        "target changed 2",
        "lead changed 1",
        "10个 → 12个",
        "区数据局 → 区发改委",
        "+    4",
        "-    4",
    ] {
        assert!(text.contains(words), "{words}\n{text}");
    }
    let json = diff(&["--format", "json"]).json();
    assert_eq!(
        json["counts"],
        serde_json::json!({
            "carried": 0, "unchanged": 0, "target": 2, "lead": 1, "added": 1, "dropped": 1
        })
    );
    assert_eq!(json["changed"][0]["changes"], serde_json::json!(["target"]));
    let html = diff(&["--format", "html"]).stdout;
    assert!(html.starts_with("<!DOCTYPE html>") && html.contains("<del>10个</del>"), "{html}");
    // The same publication against itself.
    let same = run(&archive.path(""), &["diff", old, old, "--format", "json"]).clean().json();
    assert_eq!(same["counts"]["unchanged"], 4);
    let wrong = run(&archive.path(""), &["diff", old, "nowhere"]);
    assert_eq!(wrong.codes(), ["no-project"], "{wrong}");
}

#[test]
fn diff_in_a_project() {
    let project = Project::new()
        .file(
            "content/q/notice.yaml",
            NOTICE.replace("2025", "2026").replace("serial: 1", "serial: 2"),
        )
        .file("content/q/items.yaml", ITEMS.replace("10个", "12个"));
    let run = project.zh(&["diff", "p", "content/q/"]).clean();
    assert!(run.stdout.contains("目标调整 1") && run.stdout.contains("10个 → 12个"), "{run}");
    let other = project.en(&["diff", "p", "qq"]);
    assert_eq!(other.codes(), ["publication-unknown"], "{other}");
    assert!(other.stderr.contains("did you mean “q”"), "{other}");
    let broken = project.change("content/q/items.yaml", "section: 发展", "section: 无");
    assert_eq!(broken.en(&["diff", "p", "q"]).refused().codes(), ["section-unknown"]);
}
