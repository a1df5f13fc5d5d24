//! The `typst` command in place of the built-in engine.

use std::fs;

use crate::support::{Project, has_typst};

/// A script in the place of the command.
#[cfg(unix)]
fn script(project: Project, path: &str, text: &str) -> Project {
    use std::os::unix::fs::PermissionsExt as _;
    let project = project.file(path, text);
    fs::set_permissions(project.path(path), fs::Permissions::from_mode(0o755)).unwrap();
    project
}

#[test]
fn both_engines_give_the_same_bytes() {
    if !has_typst() {
        return;
    }
    let project = Project::new();
    project.build(&["--format", "pdf"]).clean();
    let mut embedded = project.files("output/p");
    fs::remove_dir_all(project.path("output")).unwrap();
    project.build(&["--format", "pdf", "--engine", "command"]).clean();
    let mut command = project.files("output/p");

    let manifests = [&mut embedded, &mut command]
        .map(|files| String::from_utf8(files.remove("manifest.json").unwrap()).unwrap());
    assert!(manifests[1].contains("typst 0.15.1 (command)"), "{}", manifests[1]);
    assert_eq!(manifests[0].replace("(embedded)", "(command)"), manifests[1]);
    assert_eq!(embedded.keys().collect::<Vec<_>>(), command.keys().collect::<Vec<_>>());
    assert!(embedded.keys().filter(|path| path.ends_with(".pdf")).count() > 5);
    for (path, bytes) in embedded {
        assert!(command[&path] == bytes, "{path} differs between the engines");
    }
}

#[cfg(unix)]
#[test]
fn the_project_can_name_the_engine_and_the_command() {
    // The script leaves a mark, and its version is too old.
    let project = script(
        Project::new().add("yinfa.yaml", "engine: command\ntypst: tools/typst\n"),
        "tools/typst",
        "#!/bin/sh\ntouch called\necho 'typst 0.14.0 (deadbeef)'\n",
    );
    let run = project.build(&["-q", "--only", "notice"]);
    assert_eq!(run.code, Some(2), "{run}");
    assert!(project.path("called").exists());
    assert_eq!(project.tree("output"), "");
    insta::assert_snapshot!(run.stderr, @"
    error[typst-command-version]: TEMP/project/tools/typst is not typst 0.15.1
      = help: install that version (cargo install --locked typst-cli --version 0.15.1), or use the engine inside (engine: embedded)
      = detail: typst 0.14.0 (deadbeef)
    1 error
    ");
    project.build(&["--only", "notice", "--engine", "embedded"]).clean();
    // Web pages need no engine.
    project.build_html(&[]).clean();
}

#[cfg(unix)]
#[test]
fn a_command_that_fails_leaves_nothing_behind() {
    let project = script(
        Project::new(),
        "typst",
        "#!/bin/sh\nif [ \"$1\" = --version ]; then echo 'typst 0.15.1'; else echo boom >&2; exit 3; fi\n",
    );
    let run = project.build(&["-q", "--only", "notice", "--engine", "command", "--typst", "typst"]);
    assert_eq!(run.code, Some(1), "{run}");
    assert_eq!(run.codes(), ["typst-command-failed"]);
    assert!(run.stderr.contains("exit status: 3"), "{run}");
    assert_eq!(project.tree("output"), "");
}

#[test]
fn a_command_that_is_not_there() {
    let project = Project::new();
    let run = project.build(&["-q", "--engine", "command", "--typst", "nowhere/typst"]);
    assert_eq!(run.code, Some(2), "{run}");
    insta::assert_snapshot!(run.stderr, @"
    error[typst-command-missing]: there is no typst command “TEMP/project/nowhere/typst”
      = help: install it with `cargo install --locked typst-cli`, name its path with `--typst`, or use `--engine embedded`
    1 error
    ");
}
