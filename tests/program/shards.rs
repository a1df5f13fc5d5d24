//! `build --shard` and `merge`: several programs, one result.

use std::fs;
use std::process::Stdio;

use insta::assert_snapshot;

use crate::support::{Project, font_args};

/// Asserts that the output is this, and says what is not.
#[track_caller]
fn assert_output(project: &Project, expected: &std::collections::BTreeMap<String, Vec<u8>>) {
    let files = project.files("output");
    let paths = files.keys().chain(expected.keys());
    let other: std::collections::BTreeSet<_> =
        paths.filter(|path| files.get(*path) != expected.get(*path)).collect();
    assert!(other.is_empty(), "{other:?}");
}

/// Builds all parts at once, part `i` into the folder that `output` names.
fn build_parts(project: &Project, of: u32, output: impl Fn(u32) -> String) {
    build_some(project, of, output, |_| Vec::new());
}

/// The same with further arguments for each part.
fn build_some(
    project: &Project,
    of: u32,
    output: impl Fn(u32) -> String,
    args: impl Fn(u32) -> Vec<&'static str>,
) {
    let runs: Vec<_> = (1..=of)
        .map(|part| {
            let mut command = project.command();
            command.args(["build", "-q", "--shard", &format!("{part}/{of}")]);
            command.args(["--output", &output(part)]).args(font_args()).args(args(part));
            command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
        })
        .collect();
    for run in runs {
        let output = run.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

fn second_publication(project: Project) -> Project {
    project
        .file("content/q/notice.yaml", crate::support::NOTICE.replace("serial: 1", "serial: 2"))
        .file("content/q/items.yaml", crate::support::ITEMS)
}

#[test]
fn parts_that_were_built_at_once_are_what_one_program_builds() {
    let project = second_publication(Project::new());
    project.build(&[]).clean();
    let whole = project.files("output");
    for of in [1, 3, 6] {
        fs::remove_dir_all(project.path("output")).unwrap();
        build_parts(&project, of, |_| "output".into());
        project.en(&["merge"]).clean();
        assert!(project.files("output") == whole, "{of} parts");
    }
}

#[test]
fn parts_of_several_machines_are_joined_from_their_folders() {
    let project = second_publication(Project::new());
    project.build(&[]).clean();
    let whole = project.files("output");
    fs::remove_dir_all(project.path("output")).unwrap();
    build_parts(&project, 3, |part| format!("part-{part}"));
    let parts: Vec<usize> =
        (1..=3).map(|part| project.files(&format!("part-{part}")).len()).collect();
    assert!(parts.iter().all(|&files| files > 4), "balanced: {parts:?}");
    let run = project.en(&["merge", "part-1", "part-2", "part-3"]);
    assert_eq!(run.code, Some(0), "{run}");
    assert_snapshot!(run.stderr, @"
    p: 21 files written, 0 unchanged, 0 removed → TEMP/project/output/p
    q: 21 files written, 0 unchanged, 0 removed → TEMP/project/output/q
    ");
    assert!(project.files("output") == whole);
}

#[test]
fn what_a_publication_no_longer_has_goes_when_parts_are_joined() {
    let project = Project::new();
    project.build(&[]).clean();
    let project = project.change("content/p/items.yaml", "[区教育局]", "[区委组织部]");
    build_parts(&project, 2, |_| "output".into());
    // Until then all of the old build is there.
    assert!(project.tree("output/p").contains("区教育局"));
    let run = project.en(&["merge"]);
    assert!(run.stderr.contains("3 removed"), "{run}");
    let joined = project.files("output");
    fs::remove_dir_all(project.path("output")).unwrap();
    project.build(&[]).clean();
    assert!(project.files("output") == joined);
}

#[test]
fn parts_that_do_not_belong_together_are_not_joined() {
    let project = Project::new();
    build_parts(&project, 3, |part| format!("part-{part}"));
    let run = project.en(&["merge", "part-1", "part-3"]);
    assert_eq!((run.code, run.codes()), (Some(1), vec!["parts-not-joined"]), "{run}");
    assert_snapshot!(run.stderr, @"
    error[parts-not-joined]: the parts of “p” were not joined: part 2 of 3 is missing
      = help: build what is missing once more, with the same records, templates, program and fonts, then merge
    1 error
    ");
    assert!(!project.path("output").exists(), "{}", project.tree("output"));

    let project = project.change("content/p/items.yaml", "学校2所", "学校3所");
    build_parts(&project, 3, |part| if part == 2 { "part-2".into() } else { "other".into() });
    let run = project.en(&["merge", "part-1", "part-2", "part-3"]);
    assert!(run.stderr.contains("not made from the same records"), "{run}");

    let project = project.change("content/p/items.yaml", "学校3所", "学校2所");
    build_parts(&project, 3, |part| format!("part-{part}"));
    let files = project.files("part-1");
    let file = files.keys().find(|path| path.contains("/internal/")).unwrap();
    fs::write(project.path("part-1").join(file), "by hand").unwrap();
    let run = project.en(&["merge", "part-1", "part-2", "part-3"]);
    assert!(run.stderr.contains("is gone or was changed"), "{run}");
    assert!(!project.path("output").exists());
}

#[test]
fn there_must_be_something_to_join_and_parts_that_exist() {
    let project = Project::new();
    let run = project.en(&["merge"]);
    assert_eq!((run.code, run.codes()), (Some(2), vec!["no-parts"]), "{run}");
    let run = project.en(&["merge", "nowhere"]);
    assert_eq!((run.code, run.codes()), (Some(2), vec!["no-folder"]), "{run}");
    for wrong in ["0/3", "4/3", "3", "a/b"] {
        let run = project.en(&["build", "--shard", wrong]);
        assert_eq!((run.code, run.codes()), (Some(2), vec!["usage"]), "{wrong}: {run}");
    }
}

#[test]
fn what_parts_were_not_to_make_stays() {
    let project = Project::new().add("yinfa.yaml", "formats: [html, pdf]\n");
    project.build(&["--format", "html,pdf,xlsx"]).clean();
    let whole = project.files("output");
    build_some(&project, 2, |_| "output".into(), |_| vec!["--only", "notice", "--format", "html"]);
    project.en(&["merge"]).clean();
    assert_output(&project, &whole);
    // A part in a folder of its own knows of no workbooks.
    build_parts(&project, 2, |part| format!("part-{part}"));
    project.en(&["merge", "part-1", "part-2"]).clean();
    let joined = project.files("output");
    assert_eq!(joined.keys().collect::<Vec<_>>(), whole.keys().collect::<Vec<_>>());
    let index = "p/internal/tasks/index.html";
    assert!(joined.iter().filter(|(path, _)| path.ends_with(".xlsx")).all(|(p, b)| whole[p] == *b));
    assert!(!String::from_utf8_lossy(&joined[index]).contains(".xlsx"), "no links to them");
    // Not of the same selection.
    let format = |part| if part == 1 { vec!["--format", "html"] } else { vec![] };
    build_some(&project, 2, |part| format!("other-{part}"), format);
    let run = project.en(&["merge", "other-1", "other-2"]);
    assert!(run.stderr.contains("to make other files each"), "{run}");
    assert_output(&project, &joined);
}

#[test]
fn parts_withdraw_what_may_no_longer_be_published() {
    let project = Project::new();
    project.build(&[]).clean();
    let project = project
        .change("content/p/notice.yaml", "number: {", "stage: 征求意见稿\nnumber: {")
        .change("content/p/notice.yaml", ", serial: 1", "");
    build_parts(&project, 2, |_| "output".into());
    assert!(!project.tree("output/p").contains("public/"), "{}", project.tree("output/p"));
}

#[test]
fn parts_that_nobody_joined_do_no_harm() {
    let project = Project::new();
    // A build in two was given up, then came one in three.
    let run = project.build(&["-q", "--shard", "1/2"]);
    assert_eq!(run.code, Some(0), "{run}");
    build_parts(&project, 3, |_| "output".into());
    project.en(&["merge"]).clean();
    assert!(!project.tree("output").contains("-of-"), "{}", project.tree("output"));

    build_parts(&project, 2, |_| "output".into());
    let project = project.change("content/p/items.yaml", "[区教育局]", "[区委组织部]");
    project.build(&[]).clean();
    let built = project.files("output");
    fs::remove_dir_all(project.path("output")).unwrap();
    project.build(&[]).clean();
    assert_eq!(
        built.keys().collect::<Vec<_>>(),
        project.files("output").keys().collect::<Vec<_>>()
    );
}

#[test]
fn settings_of_the_engine_are_something_that_parts_have_in_common() {
    let project = Project::new();
    let standard = |part| if part == 1 { vec!["--pdf-standard", "none"] } else { vec![] };
    build_some(&project, 2, |_| "output".into(), standard);
    let run = project.en(&["merge"]);
    assert!(run.stderr.contains("not made from the same records"), "{run}");
}
