//! The same records give the same bytes, whatever the machine is like.

use std::fs;
use std::path::Path;

use crate::support::{Project, font_args};

/// A project whose files hold some of everything that could be put in another order.
fn project() -> Project {
    let project = Project::new().add(
        "content/p/notice.yaml",
        "\
attachments:
  - {title: 单位名单, kind: unit-list}
  - {title: 任务分解表, kind: task-table}
copies: [区委办公室]
printed: 2025-03-07
published: 2025-03-07 17:16
",
    );
    (1..=12).fold(project, |project, n| {
        let text = format!("section: 民生\ntext: 任务第{n}项。\nunits: [区教育局, 各镇街]\n");
        project.file(&format!("content/p/items/{n}.yaml"), text)
    })
}

/// A copy whose folders list their entries in the opposite order, where the file system lists
/// them as they came.
fn shuffled(project: &Project) -> Project {
    let files = project.files("");
    let files = files.into_iter().rev().filter(|(path, _)| !path.starts_with("output"));
    files.fold(Project::bare(), |copy, (path, bytes)| copy.file(&path, bytes))
}

#[test]
fn the_same_records_give_the_same_bytes() {
    let project = project();
    project.build(&["--jobs", "1"]).clean();
    let wanted = project.files("output");
    assert!(wanted.len() > 15, "{}", project.tree("output"));
    let same = |project: &Project, what: &str| {
        let found = project.files("output");
        assert_eq!(found.keys().collect::<Vec<_>>(), wanted.keys().collect::<Vec<_>>(), "{what}");
        for (path, bytes) in &wanted {
            assert!(found[path] == *bytes, "{what}: {path} differs");
        }
    };

    fs::remove_dir_all(project.path("output")).unwrap();
    let mut elsewhere = project.command();
    elsewhere
        .args(["build", "--jobs", "2"])
        .args(font_args())
        .env("TZ", "Pacific/Kiritimati")
        .env("LC_ALL", "zh_CN.UTF-8")
        .env("SOURCE_DATE_EPOCH", "1");
    project.finish(&mut elsewhere).clean();
    same(&project, "another run, with two threads, in another time zone and locale");

    let shuffled = shuffled(&project);
    // Also from another folder, with fonts named in another order.
    let mut fonts = font_args();
    fonts[1..].rotate_left(2);
    let mut command = shuffled.command();
    command.current_dir(Path::new("/")).args(["build", "--root"]).arg(shuffled.root()).args(fonts);
    shuffled.finish(&mut command).clean();
    same(&shuffled, "a copy in another folder");
}
