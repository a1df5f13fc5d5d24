//! PDFs: notices come back, and whatever is wrong with one is said.

use std::fmt::Write as _;
use std::fs;

use import::{Options, import};
use serde_json::Value;

use crate::sample::sample;
use crate::support::{Project, Run};

/// What `list items` tells of the items.
fn told(run: &Run) -> Vec<String> {
    assert_eq!(run.code, Some(0), "{run}");
    let item = |item: &Value| {
        let text = item["text"].as_str().unwrap().replace('\n', "");
        format!("{}{text}|{}|{}", item["label"], item["leads"], item["units"])
    };
    run.json().as_array().unwrap().iter().map(item).collect()
}

#[test]
fn the_print_of_a_notice_comes_back() {
    let project = sample();
    let printed = project.build(&["--format", "pdf", "--only", "notice"]);
    assert_eq!(printed.code, Some(0), "{printed}");
    let pdf = fs::read(project.path("output/2025-yaodian/internal/notice.pdf")).unwrap();
    let again = Project::empty().file("a.pdf", pdf);
    let run = again.en(&["import", "a.pdf", "-o", "content/a", "--report"]).fine();
    // Numbers of pages and the red head belong to no task and are counted.
    assert!(run.stdout.contains("page 3  — 3 —"), "{run}");
    let list = ["list", "items", "--format", "json"];
    let (before, after) = (told(&project.en(&list)), told(&again.en(&list)));
    assert_eq!(before.len(), after.len());
    let differ = before.iter().zip(&after).filter(|(a, b)| a != b).count();
    assert!(differ <= before.len() / 10, "{before:#?}\n{after:#?}");
}

/// A PDF of some pages, each with this content stream.
pub(crate) fn pdf(pages: usize, stream: &str) -> Vec<u8> {
    let mut out = String::from("%PDF-1.4\n");
    let mut kids = String::new();
    let mut objects = Vec::new();
    for n in 0..pages {
        write!(kids, "{} 0 R ", n + 4).unwrap();
        objects.push(String::from(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 3 0 R/Resources<<>>>>",
        ));
    }
    let head = [
        String::from("<</Type/Catalog/Pages 2 0 R>>"),
        format!("<</Type/Pages/Count {pages}/Kids[{kids}]>>"),
        format!("<</Length {}>>stream\n{stream}\nendstream", stream.len()),
    ];
    let mut places = Vec::new();
    for (n, object) in head.iter().chain(&objects).enumerate() {
        places.push(out.len());
        write!(out, "{} 0 obj\n{object}\nendobj\n", n + 1).unwrap();
    }
    let start = out.len();
    write!(out, "xref\n0 {}\n0000000000 65535 f \n", places.len() + 1).unwrap();
    for place in &places {
        writeln!(out, "{place:010} 00000 n ").unwrap();
    }
    let size = places.len() + 1;
    write!(out, "trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n").unwrap();
    out.into_bytes()
}

fn code(bytes: &[u8]) -> &'static str {
    match import(bytes, Options { name: "a.pdf", ..Options::default() }) {
        Ok(_) => "fine",
        Err(problem) => problem.code,
    }
}

#[test]
fn what_is_wrong_with_a_pdf_is_said() {
    assert_eq!(code(b"%PDF-1.7 ..."), "pdf-unreadable");
    assert_eq!(code(&pdf(2, "0 0 100 100 re f")), "import-scan");
    assert_eq!(code(&pdf(10_000, "")), "pdf-too-long");
}
