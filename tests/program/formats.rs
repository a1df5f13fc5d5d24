//! The formats that a build makes, as yinfa.yaml has them.

use crate::support::Project;

fn made(project: &Project) -> Vec<String> {
    let files = project.files("output/p").into_keys();
    files.filter(|path| !path.ends_with(".json")).collect()
}

#[test]
fn a_build_makes_what_an_office_sends() {
    let project = Project::new();
    project.build(&[]).clean();
    let files = made(&project);
    let has = |path: &str| files.iter().any(|file| file == path);
    for path in [
        "public/notice.html",
        "public/notice.pdf",
        "internal/notice.docx",
        "internal/tasks/区教育局.html",
        "internal/tasks/区教育局.pdf",
        "internal/tasks/区教育局.xlsx",
        "internal/任务分解总表.xlsx",
    ] {
        assert!(has(path), "{path}: {files:#?}");
    }
    // The notice is revised, sheets are filled in.
    assert!(!has("internal/tasks/区教育局.docx") && !has("internal/任务分解总表.docx"));
}

#[test]
fn the_project_says_which_formats_for_both_halves_or_for_each() {
    let project = Project::new().add("yinfa.yaml", "formats: [html]\n");
    project.en(&["build"]).clean();
    assert!(made(&project).iter().all(|path| path.ends_with(".html")));

    let project = project.change("yinfa.yaml", "[html]", "{notice: docx, sheets: [html, xlsx]}");
    project.en(&["build"]).clean();
    let files = made(&project);
    let ends = |end: &str| files.iter().filter(|path| path.ends_with(end)).count();
    assert_eq!((ends("notice.docx"), ends(".pdf"), ends(".docx")), (1, 0, 1), "{files:#?}");
    assert!(ends(".xlsx") > 1);

    // On the command line only what is asked for is made.
    let project = Project::new().add("yinfa.yaml", "formats: [html]\n");
    project.en(&["build", "--format", "xlsx"]).clean();
    assert!(made(&project).iter().all(|path| path.ends_with(".xlsx")));
}

#[test]
fn pdfs_of_a_project_that_makes_none_any_more_go_and_other_files_are_made_anew() {
    let project = Project::new();
    project.build(&["--format", "html,pdf,xlsx,docx"]).clean();
    let project = project.add("yinfa.yaml", "formats: [html]\n");
    let project = project.change("content/p/items.yaml", "10个", "12个");
    project.en(&["build"]).clean();
    let files = made(&project);
    assert!(!files.iter().any(|path| path.ends_with(".pdf")), "{files:#?}");
    assert!(files.iter().any(|path| path.ends_with("notice.docx")));
    let run = project.en(&["build", "--explain"]).clean();
    assert_eq!(run.stdout, "", "{run}");
}

#[test]
fn a_wrong_format_is_reported_at_its_place() {
    let project = Project::new().add("yinfa.yaml", "formats: {notice: [pdf, doc]}\n");
    let run = project.en(&["build"]).refused();
    assert_eq!(run.codes(), ["value-unknown"], "{run}");
    assert!(run.stderr.contains("yinfa.yaml:2:"), "{run}");
}
