//! A build after the first: what is made again, why, and that it never matters to the result.

use std::fs;

use insta::assert_snapshot;

use crate::support::{Project, Run};

const NOTICE_FILE: &str = "content/p/notice.yaml";
const ITEMS_FILE: &str = "content/p/items.yaml";

/// What `--explain` prints, in English.
fn explained(run: &Run) -> &str {
    assert_eq!(run.code, Some(0), "{run}");
    &run.stdout
}

#[test]
fn nothing_is_made_where_nothing_changed() {
    let project = Project::new();
    project.build(&[]).clean();
    let before = project.files("output");
    let times = |project: &Project| {
        let of = |path: &str| fs::metadata(project.path("output").join(path)).unwrap();
        before.keys().map(|path| of(path).modified().unwrap()).collect::<Vec<_>>()
    };
    let then = times(&project);
    let run = project.build(&["--explain"]);
    assert_eq!(explained(&run), "");
    assert!(
        run.stderr
            .ends_with("p: 0 files written, 21 unchanged, 0 removed → TEMP/project/output/p\n"),
        "{run}"
    );
    assert_eq!(times(&project), then);
    assert_eq!(project.files("output"), before);
}

#[test]
fn what_an_item_is_in_is_made_again_and_nothing_else() {
    let project = Project::new();
    project.build(&[]).clean();
    let project = project.change(ITEMS_FILE, "学校2所", "学校3所");
    assert_snapshot!(explained(&project.build(&["--explain"])), @"
    p/internal/notice.docx: made from what changed: content/p/items.yaml
    p/internal/notice.pdf: made from what changed: content/p/items.yaml
    p/internal/tasks/区教育局.html: made from what changed: content/p/items.yaml
    p/internal/tasks/区教育局.pdf: made from what changed: content/p/items.yaml
    p/internal/tasks/区教育局.xlsx: made from what changed: content/p/items.yaml
    p/internal/任务分解总表.html: made from what changed: content/p/items.yaml
    p/internal/任务分解总表.pdf: made from what changed: content/p/items.yaml
    p/internal/任务分解总表.xlsx: made from what changed: content/p/items.yaml
    p/public/notice.body.html: made from what changed: content/p/items.yaml
    p/public/notice.html: made from what changed: content/p/items.yaml
    p/public/notice.pdf: made from what changed: content/p/items.yaml
    ");
}

#[test]
fn a_template_is_something_that_files_are_made_from() {
    let project = Project::new();
    project.build(&[]).clean();
    let own = "{% extends \"yinfa/typst/sheet.typ\" %}\n";
    let project = project.file("templates/typst/sheet.typ", own);
    // It changes nothing that is printed, so nothing is typeset.
    assert_eq!(explained(&project.build(&["--explain"])), "");
    let project = project.file(
        "templates/typst/sheet.typ",
        format!("{own}{{% block document %}}{{{{ super() }}}}\n#set text(fill: luma(10%)){{% endblock %}}\n"),
    );
    let run = project.build(&["--explain"]);
    let lines: Vec<&str> = explained(&run).lines().collect();
    assert_eq!(lines.len(), 4, "{run}");
    assert!(
        lines.iter().all(|line| line.contains(".pdf: ") && line.contains("sheet.typ")),
        "{run}"
    );
}

#[test]
fn files_that_are_gone_or_changed_come_back() {
    let project = Project::new();
    project.build(&[]).clean();
    let before = project.files("output");
    fs::remove_file(project.path("output/p/internal/notice.pdf")).unwrap();
    let project = project
        .file("output/p/internal/tasks/东山镇.pdf", "by hand")
        .file("output/p/public/notice.html", "by hand as well");
    assert_snapshot!(explained(&project.build(&["--explain"])), @"
    p/internal/notice.pdf: the file is gone
    p/internal/tasks/东山镇.pdf: the file was changed by hand
    p/public/notice.html: the file was changed by hand
    ");
    assert_eq!(project.files("output"), before);
}

#[test]
fn without_memory_everything_is_made_and_nothing_written() {
    let project = Project::new();
    project.build(&[]).clean();
    for (path, _) in project.files(".yinfa/build") {
        fs::write(project.path(".yinfa/build").join(path), "{ damaged").unwrap();
    }
    fs::write(project.path("../home/.cache/yinfa/fonts.json"), "damaged").unwrap();
    let run = project.build(&["--explain"]);
    assert!(explained(&run).contains("no memory of the last build"), "{run}");
    assert!(run.stderr.contains("p: 0 files written, 21 unchanged"), "{run}");
    let run = project.build(&["--force", "--explain"]);
    assert!(explained(&run).contains("asked for"), "{run}");
    assert!(run.stderr.contains("p: 0 files written, 21 unchanged"), "{run}");
}

#[test]
fn remarks_are_made_again_where_nothing_else_is() {
    // A character that the body's own face lacks.
    let project = Project::new().change(ITEMS_FILE, "学校2所", "学校2所（镕园、堃园）");
    let first = project.build(&[]).clean();
    let second = project.build(&[]).clean();
    assert!(first.stderr.contains("glyph-substituted"), "{first}");
    let remarks = |run: &Run| run.stderr.split("p: ").next().unwrap().to_string();
    assert_eq!(remarks(&first), remarks(&second));
}

#[test]
fn a_memory_of_another_file_in_the_place_does_not_count() {
    let project = Project::new();
    project.build(&[]).clean();
    let first = (project.files("output"), project.files(".yinfa/build"));
    let project = project.change(ITEMS_FILE, "学校2所", "学校3所");
    project.build(&[]).clean();
    // As if the second build had been killed before it was remembered.
    for (path, bytes) in &first.1 {
        fs::write(project.path(".yinfa/build").join(path), bytes).unwrap();
    }
    let project = project.change(ITEMS_FILE, "学校3所", "学校2所");
    project.build(&[]).clean();
    assert_eq!(project.files("output"), first.0);
}

/// Whatever was built before: the result is that of a build from nothing.
#[test]
fn steps_lead_where_a_fresh_build_leads() {
    let steps: [(&str, &str, &str, &[&str]); 7] = [
        (ITEMS_FILE, "学校2所", "学校3所", &[]),
        (NOTICE_FILE, "2025-03-06", "2025-03-07", &["--format", "pdf"]),
        ("content/units.yaml", "{name: 区教育局", "{name: 区教体局", &["--only", "sheets"]),
        (ITEMS_FILE, "units: [区教育局]", "units: [区教体局, 区发改局]", &[]),
        (NOTICE_FILE, "加快发展", "加快高质量发展", &["--unit", "东山镇"]),
        (NOTICE_FILE, "recipients: [各镇街]\n", "", &["--format", "html"]),
        (NOTICE_FILE, "serial: 1", "serial: 2", &["--pdf-standard", "none"]),
    ];
    let mut project = Project::new();
    project.build(&[]).clean();
    for (file, from, to, args) in steps {
        project = project.change(file, from, to);
        // A step may leave the records wrong until the next one.
        project.build(args);
    }
    let run = project.build(&[]).clean();
    let walked = project.files("output");
    fs::remove_dir_all(project.path("output")).unwrap();
    fs::remove_dir_all(project.path(".yinfa")).unwrap();
    project.build(&[]).clean();
    assert_eq!(project.files("output"), walked, "{run}");
}

/// A template of the project's own prints the same whatever the record says: the pages are the
/// same, and what they are measured by is not.
#[test]
fn what_pages_are_measured_by_counts_too() {
    let own = "{% extends \"yinfa/typst/notice.typ\" %}\n{% block imprint %}{% endblock %}\n";
    let project = Project::new().file("templates/typst/notice.typ", own);
    project.build(&[]);
    let project =
        project.change(NOTICE_FILE, "recipients:", "layout: {imprint: even}\nrecipients:");
    project.build(&[]);
    let walked = project.read("output/p/manifest.json");
    fs::remove_dir_all(project.path("output")).unwrap();
    fs::remove_dir_all(project.path(".yinfa")).unwrap();
    project.build(&[]);
    assert_eq!(project.read("output/p/manifest.json"), walked);
}

#[test]
fn where_the_time_went_is_written_as_a_trace() {
    let project = Project::new();
    project.build(&["--timings", "trace.json"]).clean();
    let trace: Vec<serde_json::Value> = serde_json::from_str(&project.read("trace.json")).unwrap();
    for name in ["render", "make", "fit and measure", "typeset", "store"] {
        let of =
            |phase: &str| trace.iter().filter(|e| e["name"] == name && e["ph"] == phase).count();
        assert!(of("B") > 0 && of("B") == of("E"), "{name}");
    }
    let run = project.build(&["--timings", "nowhere/trace.json"]);
    assert_eq!((run.code, run.codes()), (Some(2), vec!["timings-not-written"]), "{run}");
}
