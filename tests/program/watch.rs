//! `yinfa watch`, and waiting for changes in the terminal.

use std::fs;

use crate::serve::Running;
use crate::support::{ITEMS, Project, UNITS};

fn watch(project: &Project, args: &[&str]) -> Running {
    let mut command = project.command();
    command.args(["--lang", "en", "watch", "--format", "html"]).args(args);
    Running::start(&mut command).0
}

const WAITING: &str = "waiting for changes";

#[test]
fn it_builds_again_after_each_kind_of_change() {
    for mode in [&[][..], &["--poll"][..]] {
        let project = Project::new();
        let program = watch(&project, mode);
        let first = program.says(WAITING);
        assert!(first.contains("p: 8 files written, 0 unchanged"), "{first}");

        let project = project.change("content/p/items.yaml", "10个", "12个");
        let said = program.says(WAITING);
        assert!(said.contains("unchanged") && !said.contains("error["), "{said}");
        assert!(project.read("output/p/public/notice.html").contains("12个"));

        // Broken twice in the same way: said each time, and nothing good is lost.
        let project = project.change("content/p/items.yaml", "区教育局", "区教委会");
        assert!(program.says(WAITING).contains("error[unit-unknown]"));
        let project = project.add("content/p/items.yaml", "# still\n");
        let said = program.says(WAITING);
        assert!(said.contains("error[unit-unknown]"), "{said}");
        assert!(project.read("output/p/public/notice.html").contains("12个"));

        // Saved as editors do: written beside, and renamed into place.
        fs::write(project.path("content/p/items.yaml.new"), ITEMS).unwrap();
        fs::rename(project.path("content/p/items.yaml.new"), project.path("content/p/items.yaml"))
            .unwrap();
        let said = program.says(WAITING);
        assert!(!said.contains("error["), "{said}");
        assert!(project.read("output/p/public/notice.html").contains("10个"));

        // New, renamed, deleted.
        let more = ITEMS.replace("开工重大项目", "完成技改项目");
        let project = project.file("content/p/more.yaml", more);
        program.says(WAITING);
        assert!(project.read("output/p/public/notice.html").contains("完成技改项目10个"));
        let first = project.path("content/p/aa.yaml");
        fs::rename(project.path("content/p/more.yaml"), &first).unwrap();
        program.says(WAITING);
        let html = project.read("output/p/public/notice.html");
        assert!(html.find("完成技改项目") < html.find("开工重大项目"));
        fs::remove_file(first).unwrap();
        program.says(WAITING);
        assert!(!project.read("output/p/public/notice.html").contains("完成技改项目"));

        // The registry stands above the publication.
        let project = project.file("content/units.yaml", UNITS.replace("区教育局", "区教体局"));
        let said = program.says(WAITING);
        assert!(said.contains("error[unit-unknown]"), "{said}");
        drop(project);
    }
}

#[test]
fn a_change_during_a_build_leads_to_another() {
    let project = Project::new();
    let program = watch(&project, &[]);
    program.says(WAITING);
    // Faster than any build, so that some come while one runs.
    let mut project = project;
    for number in 11..60 {
        project =
            project.file("content/p/items.yaml", ITEMS.replace("10个", &format!("{number}个")));
        std::thread::sleep(std::time::Duration::from_millis(30));
    }
    while !project.read("output/p/public/notice.html").contains("开工重大项目59个") {
        program.says(WAITING);
    }
}

#[test]
fn only_the_publications_named_and_the_folder_given() {
    let project = Project::new();
    let notice = project.read("content/p/notice.yaml").replace("serial: 1", "serial: 2");
    let project = project.file("content/q/notice.yaml", notice).file("content/q/items.yaml", ITEMS);
    let program = watch(&project, &["q", "--only", "notice", "--output", "out"]);
    let said = program.says(WAITING);
    assert!(said.contains("q: 2 files written") && !said.contains("p: "), "{said}");
    assert!(project.path("out/q/public/notice.html").is_file());
    assert!(!project.path("output").exists());
    // The same arguments hold for every build.
    let project = project.change("content/q/items.yaml", "10个", "11个");
    let said = program.says(WAITING);
    assert!(said.contains("q: 2 files written"), "{said}");
    drop(project);
}

#[test]
fn what_no_change_can_mend_ends_it() {
    let project = Project::new();
    for args in
        [&["nothing"][..], &["--unit", "区科委"], &["--format", "pdf", "--pdf-standard", "x"]]
    {
        for command in ["watch", "serve"] {
            // The preview takes no part of a publication.
            if command == "serve" && args[0] != "nothing" {
                continue;
            }
            let run = project.en(&[&[command], args].concat());
            assert_eq!(run.code, Some(2), "{command} {args:?}: {run}");
            assert_eq!(run.codes().len(), 1, "{command} {args:?}: {run}");
        }
    }
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it_well() {
    let project = Project::new();
    let mut program = watch(&project, &[]);
    program.says(WAITING);
    assert_eq!(program.interrupt().code(), Some(0));
}
