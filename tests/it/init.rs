//! `yinfa init`, and templates of a project's own.

use insta::assert_snapshot;

use crate::support::Project;

#[test]
fn a_new_project_builds_at_once() {
    let project = Project::bare();
    let run = project.zh(&["init", "."]).clean();
    assert_snapshot!(run, @"
    exit 0
    已写入“.”，共 4 个文件
    接下来：cd .，再运行 yinfa build
    ");
    let run = project.build(&["-q"]).clean();
    assert_eq!(run.stderr, "", "not even a warning");
    assert_eq!(project.en(&["list", "items"]).clean().stderr, "");
    assert!(project.path("output/gongzuo-yaodian/public/notice.pdf").exists());
}

#[test]
fn nothing_is_overwritten() {
    let project = Project::bare().file("new/content/units.yaml", "mine\n");
    let run = project.en(&["init", "new"]).refused();
    assert_snapshot!(run, @"
    exit 1
    error[init-exists]: “new” already has: content/units.yaml
      = help: choose another folder; nothing is overwritten
    1 error
    ");
    assert_eq!(project.read("new/content/units.yaml"), "mine\n");
    assert_eq!(project.tree("new"), "content/units.yaml");

    project.en(&["init", "other"]).clean();
    let before = project.files("other");
    project.en(&["init", "other"]).refused();
    assert_eq!(project.files("other"), before);
}

#[test]
fn the_templates_written_out_are_those_built_in() {
    let project = Project::new();
    project.build(&[]).clean();
    let before = project.files("output");
    project.en(&["init", ".", "--templates"]).clean();
    for name in ["html/notice.html", "html/sheet.html", "typst/notice.typ", "typst/layout.typ"] {
        assert!(project.path("templates").join(name).exists(), "{}", project.tree("templates"));
    }
    let run = project.build(&[]).clean();
    assert!(run.stderr.contains(" 0 files written, "), "{run}");
    assert!(project.files("output") == before);
    project.en(&["init", ".", "--templates"]).refused();
}
