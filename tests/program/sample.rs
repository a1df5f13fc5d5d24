//! The sample in content/, which the README shows.

use std::path::Path;
use std::process::Command;

use serde_json::Value;
use walkdir::WalkDir;

use crate::support::{Project, has_typst, pdf_info};

/// A copy of it.
pub(crate) fn sample() -> Project {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let content = WalkDir::new(root.join("content")).into_iter().map(Result::unwrap);
    let files = content.filter(|entry| entry.file_type().is_file()).map(|e| e.into_path());
    files.chain([root.join("yinfa.yaml")]).fold(Project::bare(), |project, path| {
        let name = path.strip_prefix(root).unwrap().to_str().unwrap();
        project.file(name, std::fs::read(&path).unwrap())
    })
}

#[test]
fn it_has_the_size_and_variety_of_a_real_notice() {
    let sample = sample();
    let list = |what: &str| sample.en(&["list", what, "--format", "json"]).clean().json();
    let (items, units, tasks) = (list("items"), list("units"), list("tasks"));
    let count = |list: &Value| list.as_array().unwrap().len();
    let values = |list: &Value, key: &str| -> std::collections::BTreeSet<String> {
        list.as_array().unwrap().iter().map(|entry| entry[key].to_string()).collect()
    };
    assert!(count(&items) >= 28, "{} items", count(&items));
    assert_eq!(values(&items, "section").len(), 8);
    assert!((39..=45).contains(&count(&units)), "{} units", count(&units));
    assert_eq!(values(&units, "kind").len(), 11, "a kind is missing");
    assert!(values(&tasks, "unit").len() + 3 <= count(&units), "no units without tasks");
}

#[test]
fn it_builds_without_a_problem_and_by_either_engine_to_the_same_bytes() {
    let sample = sample();
    sample.build_html(&[]).clean();
    sample.build(&["--only", "notice", "--format", "pdf"]).clean();
    let path = "output/2025-yaodian/public/notice.pdf";
    let embedded = std::fs::read(sample.path(path)).unwrap();
    if !has_typst() {
        return;
    }
    let args = ["--only", "notice", "--format", "pdf", "--engine", "command"];
    let run = sample.build(&args).clean();
    assert!(std::fs::read(sample.path(path)).unwrap() == embedded, "{run}");
    assert!(run.stderr.contains(" 0 files written, 2 unchanged"), "{run}");
}

/// Readers that share no code with the engine find the PDFs sound, and every one is marked as
/// PDF/A-2a and PDF/UA-1.
#[test]
fn independent_readers_accept_the_pdfs() {
    let sample = sample();
    sample.build(&["--format", "pdf", "--strict-layout"]).clean();
    for name in ["public/notice.pdf", "internal/任务分解总表.pdf", "internal/tasks/望川镇.pdf"]
    {
        let path = sample.path("output/2025-yaodian").join(name);
        let check = Command::new("qpdf").arg("--check").arg(&path).output().unwrap();
        let said = String::from_utf8_lossy(&check.stdout).into_owned();
        assert!(check.status.success(), "{name}: {said}");
        assert!(said.contains("No syntax or stream encoding errors found"), "{name}: {said}");
        assert_eq!(pdf_info(&path, "Tagged"), "yes", "{name}");
        let bytes = std::fs::read(&path).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        for mark in ["pdfaid:part", "pdfaid:conformance", "pdfuaid:part"] {
            assert!(text.contains(mark), "{name}: {mark}");
        }
    }
}
