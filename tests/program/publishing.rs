//! What stays, goes and is named in the output folder when records change between builds: nothing
//! that may no longer be published stays, and nothing is there that no manifest knows.

use std::fs;

use serde_json::Value;

use crate::support::{ITEMS, NOTICE, Project, unescape};

const NOTICE_FILE: &str = "content/p/notice.yaml";
const ITEMS_FILE: &str = "content/p/items.yaml";
const MANIFEST: &str = "output/p/manifest.json";

/// The paths that the manifest names.
fn named(project: &Project) -> Vec<String> {
    let manifest: Value = serde_json::from_str(&project.read(MANIFEST)).unwrap();
    manifest["artifacts"].as_object().unwrap().keys().cloned().collect()
}

/// Asserts that the manifest names the files that are there, and no others.
#[track_caller]
fn manifest_is_true(project: &Project) {
    let mut files: Vec<_> = project.files("output/p").into_keys().collect();
    files.retain(|path| path != "manifest.json");
    assert_eq!(named(project), files);
}

/// The files that the index links to, each of which must be there.
#[track_caller]
fn linked(project: &Project, index: &str) -> Vec<String> {
    let page = project.read(index);
    let folder = project.path(index).parent().unwrap().to_path_buf();
    let mut links: Vec<String> = page
        .split("href=\"")
        .skip(1)
        .map(|piece| unescape(piece.split_once('"').unwrap().0))
        .filter(|link| !link.starts_with('#'))
        .map(|link| percent_decoded(link.split('#').next().unwrap()))
        .collect();
    for link in &links {
        assert!(folder.join(link).exists(), "{index} links to {link}, which is not there");
    }
    links.sort();
    links.dedup();
    links
}

fn percent_decoded(link: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = link.as_bytes();
    while let [first, tail @ ..] = rest {
        if *first == b'%' {
            let hex = std::str::from_utf8(&tail[..2]).unwrap();
            bytes.push(u8::from_str_radix(hex, 16).unwrap());
            rest = &tail[2..];
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    String::from_utf8(bytes).unwrap()
}

#[test]
fn what_is_withdrawn_leaves_the_public_folder_with_any_build() {
    let built = Project::new();
    built.build(&[]).clean();
    assert!(built.path("output/p/public/notice.pdf").exists());
    let output = built.files("output");
    for (from, to) in [
        ("主动公开", "不予公开"),
        ("主动公开", "依申请公开"),
        ("disclosure: {access: 主动公开}\n", ""),
        ("lead: first", "lead: first\nsecrecy: {level: 秘密}"),
        ("lead: first", "lead: first\nstage: 送审稿"),
    ] {
        for args in [&["--unit", "区教育局"][..], &["--only", "sheets"], &["--only", "notice"]]
        {
            let project = output.iter().fold(Project::new(), |project, (path, bytes)| {
                project.file(&format!("output/{path}"), bytes)
            });
            let project = project.change(NOTICE_FILE, from, to);
            project.build_html(args).clean();
            let tree = project.tree("output/p");
            assert!(!project.path("output/p/public").exists(), "{to} {args:?}:\n{tree}");
            manifest_is_true(&project);
            // What is for the office alone may stay until it is made anew.
            assert!(tree.contains("internal/notice.pdf"), "{to} {args:?}:\n{tree}");
        }
    }
}

#[test]
fn a_web_page_that_is_no_longer_wanted_goes_with_any_build() {
    let project = Project::new().change(NOTICE_FILE, "主动公开", "依申请公开, web: true");
    project.build_html(&[]).clean();
    assert!(project.path("output/p/internal/notice.html").exists());
    let project = project.change(NOTICE_FILE, ", web: true", "");
    project.build_html(&["--only", "sheets"]).clean();
    let tree = project.tree("output/p");
    assert!(!tree.contains("notice"), "{tree}");
    manifest_is_true(&project);
}

#[test]
fn the_index_links_to_what_is_there() {
    let index = "output/p/internal/tasks/index.html";
    let project = Project::new();
    project.build_html(&[]).clean();
    let html = linked(&project, index);
    assert!(html.contains(&"../任务分解总表.html".to_string()), "{html:?}");
    assert!(html.contains(&"东山镇.html".to_string()) && html.len() == 5, "{html:?}");

    // The sheets of the other format come: links to both.
    project.build(&["--format", "pdf"]).clean();
    let both = linked(&project, index);
    assert!(html.iter().all(|link| both.contains(link)), "{both:?}");
    assert!(both.contains(&"东山镇.pdf".to_string()), "{both:?}");
    // And stay when one of them is made anew.
    project.build_html(&[]).clean();
    assert_eq!(linked(&project, index), both);
    manifest_is_true(&project);
}

#[test]
fn the_index_of_a_draft_has_the_drafts_names() {
    let long = "云溪区".to_string() + &"推进高质量发展".repeat(8) + "办公室";
    let project = Project::new()
        .change(NOTICE_FILE, "lead: first", "lead: first\nstage: 征求意见稿")
        .change("content/units.yaml", "区教育局", &long)
        .change(ITEMS_FILE, "区教育局", &long);
    project.build_html(&[]).clean();
    let files: Vec<_> = project.files("output/p/internal").into_keys().collect();
    for file in &files {
        let stem = file.trim_end_matches(".html").trim_end_matches(".body");
        assert!(stem.ends_with("（征求意见稿）"), "{file}");
        assert!(file.rsplit('/').next().unwrap().len() <= 140, "{file}");
    }
    let links = linked(&project, "output/p/internal/tasks/index（征求意见稿）.html");
    assert_eq!(links.len(), 5, "{links:?}");
}

#[test]
fn a_run_that_stops_half_way_leaves_nothing_that_no_manifest_knows() {
    let project = Project::new();
    project.build(&[]).clean();
    // The sheet that goes cannot be removed: the run stops between writing and removing.
    let gone = "internal/tasks/西水街道.html";
    fs::remove_file(project.path("output/p").join(gone)).unwrap();
    let project = project
        .file(&format!("output/p/{gone}/mine.txt"), "由人放的")
        .change(NOTICE_FILE, "recipients: [各镇街]\n", "")
        .change(ITEMS_FILE, "units: [区教育局]", "units: [区教育局, 区委组织部]");
    let run = project.build(&[]).refused();
    assert_eq!(run.codes(), ["output-failed"], "{run}");
    assert!(run.stderr.ends_with("p: not finished, build again when it is mended\n"), "{run}");
    let names = named(&project);
    let new = "internal/tasks/区委组织部.html";
    assert!(project.path("output/p").join(new).exists());
    for path in [gone, new, "internal/tasks/西水街道.pdf"] {
        assert!(names.iter().any(|name| name == path), "{path} is not in the manifest: {names:?}");
    }

    fs::remove_dir_all(project.path("output/p").join(gone)).unwrap();
    project.build(&[]).clean();
    assert!(!project.tree("output/p").contains("西水街道"), "{}", project.tree("output/p"));
    manifest_is_true(&project);
}

#[test]
fn what_a_killed_run_left_is_cleared_away() {
    let project = Project::new().file("output/p/.staging-a1b2c3/0", "half a file");
    project.build_html(&[]).clean();
    assert!(!project.path("output/p/.staging-a1b2c3").exists());
    manifest_is_true(&project);
}

#[test]
fn files_made_before_an_error_leave_nothing() {
    // The sheets are set before the notice's mistake is found, or at the same time.
    let project = Project::new().file("templates/typst/notice.typ", "#import \"/nowhere.typ\": *");
    project.build(&["--jobs", "1"]).refused();
    assert!(!project.path("output").exists());
    let project = project.file("output/p/mine.txt", "由人放的");
    project.build(&[]).refused();
    assert_eq!(project.tree("output"), "p/mine.txt");
}

#[test]
fn a_folder_in_the_place_of_a_file_stops_the_run_before_anything_changes() {
    let project = Project::new();
    project.build_html(&[]).clean();
    fs::remove_file(project.path("output/p/public/notice.html")).unwrap();
    let project = project.file("output/p/public/notice.html/mine.txt", "由人放的").change(
        ITEMS_FILE,
        "学校2所",
        "学校3所",
    );
    let before = project.files("output");
    let run = project.build_html(&[]).refused();
    assert_eq!(run.codes(), ["output-failed"], "{run}");
    assert_eq!(project.files("output"), before);
}

#[test]
fn a_damaged_manifest_stops_the_build() {
    let project = Project::new();
    project.build_html(&[]).clean();
    let text = project.read(MANIFEST);
    let project = project.file(MANIFEST, &text[..text.len() / 2]);
    let before = project.files("output");
    let run = project.build_html(&[]).refused();
    assert_eq!(run.codes(), ["manifest-damaged"], "{run}");
    assert!(run.stderr.contains("TEMP/project/output/p/manifest.json"), "{run}");
    assert_eq!(project.files("output"), before);
    // As the help says: without the folder it is built.
    fs::remove_dir_all(project.path("output/p")).unwrap();
    project.build_html(&[]).clean();
}

#[test]
fn the_folder_of_a_publication_that_is_no_longer_there() {
    let project = Project::new()
        .file("content/2024/q/notice.yaml", NOTICE)
        .file("content/2024/q/items.yaml", ITEMS);
    let run = project.build_html(&[]).clean();
    assert!(!run.stderr.contains("output-leftover"), "{run}");
    fs::remove_dir_all(project.path("content/2024")).unwrap();
    let before = project.files("output/2024");
    let run = project.build_html(&[]).clean();
    assert!(run.stderr.contains("hint output-leftover the output folder holds “2024/q”"), "{run}");
    assert_eq!(run.stderr.matches("output-leftover").count(), 1, "{run}");
    assert_eq!(project.files("output/2024"), before);
    // Nobody who builds a single publication asked.
    assert!(!project.build_html(&["p"]).stderr.contains("output-leftover"));
    assert_eq!(project.build_html(&["-q"]).stderr, "");
}

#[test]
fn a_changed_template_and_the_one_it_builds_on_are_inputs() {
    let own =
        "{% extends \"yinfa/html/notice.html\" %}\n{% block imprint %}{% endblock imprint %}\n";
    let project = Project::new().file("templates/html/notice.html", own);
    project.build_html(&["--only", "notice"]).clean();
    let manifest: Value = serde_json::from_str(&project.read(MANIFEST)).unwrap();
    let inputs = manifest["artifacts"]["public/notice.html"]["inputs"].as_object().unwrap();
    let own = base::disk::sha256(own.as_bytes());
    assert_eq!(inputs["templates/html/notice.html"], own);
    assert!(inputs.contains_key("templates/yinfa/html/notice.html"), "{inputs:?}");
    // Of the others once is enough.
    assert!(!inputs.contains_key("templates/yinfa/html/sheet.html"), "{inputs:?}");
}
