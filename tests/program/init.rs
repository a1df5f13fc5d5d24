//! `yinfa init`, and templates of a project's own.

use insta::assert_snapshot;

use crate::support::{Project, pdf_text, without_blanks};

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
fn a_document_of_each_kind_builds_at_once() {
    for kind in ["通知", "通报", "报告", "请示", "函", "意见", "纪要"] {
        let project = Project::bare();
        let run = project.zh(&["init", "--kind", kind]).clean();
        let id =
            project.tree("content").lines().next().unwrap().split('/').next().unwrap().to_string();
        assert!(run.stderr.contains(&format!("yinfa build {id}")), "{run}");
        let run = project.en(&["check", "--ignore-system-fonts", "--deny", "warning"]);
        assert_eq!(run.code, Some(0), "{kind}: {run}");
        let run = project.build(&["-q", "--strict-layout"]).clean();
        assert_eq!(run.stderr, "", "{kind}");
        let pdf = project.path(&format!("output/{id}/internal/{id}.pdf"));
        assert!(pdf.exists(), "{}", project.tree("output"));
    }
}

#[test]
fn a_document_is_added_to_a_project() {
    let project = Project::new();
    let run = project.zh(&["init", "--kind", "函", "--id", "2026-han"]).clean();
    assert_snapshot!(run, @"
    exit 0
    已写入“content/2026-han/notice.yaml”；改好带“# 示例”的几处，再运行 yinfa build 2026-han
    ");
    let run = project.build(&["2026-han"]).refused();
    assert_eq!(run.codes(), ["example-left"; 3], "{run}");
    let notice = project.read("content/2026-han/notice.yaml").replace("示例", "");
    let project = project.file("content/2026-han/notice.yaml", notice);
    project.build(&["2026-han"]).clean();
    assert!(project.path("output/2026-han/internal/letter.pdf").exists());
    let run = project.en(&["init", "--kind", "函", "--id", "2026-han"]).refused();
    assert_eq!(run.codes(), ["init-exists"], "{run}");
    for id in ["../x", "/x", ""] {
        let run = project.en(&["init", "--kind", "函", "--id", id]).refused();
        assert_eq!(run.codes(), ["init-id"], "{run}");
    }
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

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link_that_leads_nowhere() {
    let project = Project::bare();
    std::os::unix::fs::symlink("elsewhere.yaml", project.path("yinfa.yaml")).unwrap();
    let run = project.en(&["init", "."]).refused();
    assert_eq!(run.codes(), ["init-exists"], "{run}");
    assert!(!project.path("elsewhere.yaml").exists() && !project.path("content").exists());
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

#[test]
fn a_project_changes_single_blocks_of_a_template() {
    let project = Project::new();
    let args = ["--unit", "东山镇"];
    project.build(&args).clean();
    project.build_html(&["--only", "notice"]).clean();
    let page = "output/p/public/notice.html";
    let (before, sheet_before) = (project.read(page), sheet_text(&project));

    let project = project
        .file(
            "templates/html/notice.html",
            "{% extends \"yinfa/html/notice.html\" %}\n\
             {% block number %}<p>文号另见封面</p>{% endblock number %}\n",
        )
        .file(
            "templates/typst/sheet.typ",
            "{% extends \"yinfa/typst/sheet.typ\" %}\n\
             {% block reporting %}请于{{ date }}后报区发改局。{% endblock reporting %}\n",
        );
    project.build(&args).clean();
    project.build_html(&["--only", "notice"]).clean();
    let number = "<p class=\"doc-number\">云发改〔2025〕1号</p>";
    assert!(before.contains(number));
    let after = project.read(page);
    assert!(after.contains("<p>文号另见封面</p>") && !after.contains(number), "{after}");
    // Nothing else is another: the style is the built-in one, and so are all other blocks.
    let others = |page: &str| without_blanks(page).replace(&without_blanks(number), "");
    assert_eq!(others(&after).replace("<p>文号另见封面</p>", ""), others(&before));
    let sheet = sheet_text(&project);
    assert!(sheet.contains("请于2025年3月6日后报区发改局。"), "{sheet}");
    // The block has the lines to sign as well.
    let built_in = sheet_before.replace("签收人：签收日期：", "");
    assert_eq!(sheet.replace("请于2025年3月6日后报区发改局。", ""), built_in);
    // What it was made with is in the manifest.
    let manifest = project.read("output/p/manifest.json");
    assert!(manifest.contains("\"templates/typst/sheet.typ\""), "{manifest}");
}

fn sheet_text(project: &Project) -> String {
    pdf_text(&project.path("output/p/internal/tasks/东山镇.pdf"))
}

#[test]
fn a_project_replaces_a_part_that_templates_share() {
    let project = Project::new().file("templates/html/css/base.css", "body { color: teal }\n");
    project.build_html(&[]).clean();
    for page in ["public/notice.html", "internal/tasks/index.html"] {
        let text = project.read(&format!("output/p/{page}"));
        assert!(text.contains("<style>\nbody { color: teal }\n"), "{page}: {text}");
    }
}
