//! Old documents: LibreOffice makes a .docx of them where it is installed.

use std::fs;
use std::process::Command;

use crate::sample::sample;
use crate::support::{Project, has_libreoffice};

/// The texts and units of all items.
fn items(project: &Project) -> Vec<String> {
    let run = project.en(&["list", "items", "--format", "json"]);
    assert_eq!(run.code, Some(0), "{run}");
    let items = run.json();
    let item = |item: &serde_json::Value| {
        format!("{}{}", item["text"].as_str().unwrap().replace('\n', ""), item["units"])
    };
    items.as_array().unwrap().iter().map(item).collect()
}

#[test]
fn documents_of_old_programs_come_back() {
    if !has_libreoffice() {
        return;
    }
    let project = sample();
    project.build(&["--format", "docx", "--only", "notice"]);
    let notice = project.path("output/2025-yaodian/internal/notice.docx");
    let expected = items(&project);
    for extension in ["doc", "rtf", "odt"] {
        let again = Project::empty();
        let profile = format!("-env:UserInstallation=file://{}", again.path("prof").display());
        let mut command = Command::new("soffice");
        command.args([&profile, "--headless", "--convert-to", extension, "--outdir"]);
        let output = command.arg(again.root()).arg(&notice).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        // The bytes tell, not the name.
        fs::rename(again.path(&format!("notice.{extension}")), again.path("old.bin")).unwrap();
        again.en(&["import", "old.bin", "-o", "content/a"]).fine();
        let found = items(&again);
        assert_eq!(found.len(), expected.len(), "{extension}");
        let differ = expected.iter().zip(&found).filter(|(a, b)| a != b).count();
        assert!(differ <= 2, "{extension}: {expected:#?}\n{found:#?}");
    }
}

#[test]
fn without_libreoffice_the_way_is_said() {
    let project = Project::empty().file("a.rtf", b"{\\rtf1 x}");
    let mut command = project.command();
    let run = project.finish(command.env("PATH", "").args([
        "--lang",
        "en",
        "import",
        "a.rtf",
        "-o",
        "content/a",
    ]));
    assert_eq!(run.refused().codes(), ["import-kind"]);
}
