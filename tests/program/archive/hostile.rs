//! Packages that somebody made to do harm, or that another system spoiled: a clear word about each,
//! and nothing outside is touched.

use std::fs;
use std::path::Path;

use yinfa::archive::verify::{BagReport, Outcome, verify_bag};

use super::{CODE, archived, bag, copy, seal};
use crate::support::Project;

/// A copy of a good package, changed.
fn changed(project: &Project, name: &str, change: impl FnOnce(&Path)) -> BagReport {
    let folder = project.path(&format!("copies/{name}/{CODE}"));
    copy(&project.path(&bag()), &folder);
    change(&folder);
    verify_bag(&folder)
}

#[track_caller]
fn failed(report: &BagReport, id: &str, words: &str) {
    let check = report.check(id).unwrap();
    assert_eq!(check.outcome, Outcome::Failed, "{check:?}");
    let said = |finding: &yinfa::archive::verify::Finding| {
        let path = finding.path.clone().unwrap_or_default();
        format!("{path} {}", finding.message.get(base::diag::Lang::En)).contains(words)
    };
    assert!(check.findings.iter().any(said), "{words}: {check:#?}");
}

/// Adds a line to the payload's manifest.
fn add_line(bag: &Path, line: &str) {
    let path = bag.join("manifest-sha256.txt");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(path, format!("{line}\n{text}")).unwrap();
}

#[test]
fn paths_that_lead_outside() {
    let project = archived().file("outside.txt", "not yours");
    let zeros = "0".repeat(64);
    for (name, path, words) in [
        ("up", "data/../../../../outside.txt", "leads out of the package"),
        ("absolute", "/etc/passwd", "is absolute"),
        ("drive", "C:/Windows/win.ini", "is absolute"),
        ("home", "~/x", "is absolute"),
        ("backslash", "data\\..\\..\\x", "leads out of the package"),
        ("line", "data/a%0Ab", "characters that other systems refuse"),
        ("accent", "data/e\u{301}", "is not NFC"),
    ] {
        let report = changed(&project, name, |bag| add_line(bag, &format!("{zeros}  {path}")));
        failed(&report, "manifests", words);
        failed(&report, "names", words);
    }
    assert_eq!(project.read("outside.txt"), "not yours");
}

#[cfg(unix)]
#[test]
fn links_are_said_and_not_followed() {
    use std::os::unix::fs::symlink;
    let project = archived().file("outside.txt", "not yours");
    let outside = project.path("outside.txt");
    let file = changed(&project, "file", |bag| {
        let note = bag.join("data/说明文件.TXT");
        fs::remove_file(&note).unwrap();
        symlink(&outside, note).unwrap();
    });
    failed(&file, "plain-files", "is a link or a special file");
    failed(&file, "files-listed", "but not there");
    let folder = changed(&project, "folder", |bag| {
        fs::rename(bag.join("data"), bag.join("../moved")).unwrap();
        symlink("../moved", bag.join("data")).unwrap();
    });
    failed(&folder, "plain-files", "data is a link");
    let round = changed(&project, "round", |bag| {
        symlink("..", bag.join("data/其他/round")).unwrap();
    });
    failed(&round, "plain-files", "round");
    for tag in ["bag-info.txt", "bagit.txt", "manifest-sha256.txt", "tagmanifest-sha512.txt"] {
        let report = changed(&project, tag, |bag| {
            fs::rename(bag.join(tag), bag.join("../kept")).unwrap();
            symlink("../kept", bag.join(tag)).unwrap();
        });
        failed(&report, "plain-files", tag);
    }
    // A pipe would hang whoever reads it.
    let pipe = changed(&project, "pipe", |bag| {
        let path = bag.join("data/pipe");
        let made = std::process::Command::new("mkfifo").arg(path).status();
        assert!(made.is_ok_and(|status| status.success()));
    });
    failed(&pipe, "plain-files", "data/pipe");
}

#[test]
fn names_that_are_one_on_some_systems() {
    let project = archived();
    let report = changed(&project, "case", |bag| {
        fs::write(bag.join("data/其他/Manifest.json"), "x").unwrap();
        seal(bag);
    });
    failed(&report, "names", "is one name with");
    let report = changed(&project, "nfd", |bag| {
        fs::write(bag.join("data/cafe\u{301}.txt"), "x").unwrap();
        fs::write(bag.join("data/caf\u{e9}.txt"), "x").unwrap();
        seal(bag);
    });
    failed(&report, "names", "is not NFC");
    failed(&report, "names", "is one name with");
}

#[test]
fn a_path_twice() {
    let project = archived();
    let report = changed(&project, "twice", |bag| {
        let path = bag.join("manifest-sha256.txt");
        let text = fs::read_to_string(&path).unwrap();
        let first = text.lines().next().unwrap().to_string();
        fs::write(path, format!("{first}\n{text}")).unwrap();
    });
    failed(&report, "manifests", "stands there twice");
}

#[test]
fn manifests_without_end() {
    let project = archived();
    let report = changed(&project, "long-line", |bag| {
        fs::write(bag.join("manifest-sha256.txt"), "a".repeat(50_000_000)).unwrap();
    });
    failed(&report, "manifests", "line 1 is no digest");
    let report = changed(&project, "many-lines", |bag| {
        let zeros = "0".repeat(64);
        let lines: String = (0..150_000).map(|n| format!("{zeros}  data/{n:06}\n")).collect();
        fs::write(bag.join("manifest-sha256.txt"), lines).unwrap();
    });
    failed(&report, "manifests", "too long");
    let report = changed(&project, "info", |bag| {
        fs::write(bag.join("bag-info.txt"), "a: b\n".repeat(1_000_000)).unwrap();
    });
    failed(&report, "labels", "cannot be read");
}

#[test]
fn metadata_that_cannot_be_read() {
    let project = archived();
    let document = format!("data/电子档案/2025/{CODE}");
    let xml = format!("{document}/元数据.xml");
    let bomb = "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\">\
        <!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]><电子文件元数据>&b;</电子文件元数据>";
    let outside = "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/hostname\">]>\
        <电子文件元数据><元数据版本>&a;</元数据版本></电子文件元数据>";
    let deep = "<a>".repeat(200_000);
    for (name, text) in [
        ("empty", ""),
        ("cut", "<?xml version=\"1.0\"?>\n<电子文件元数据>\n  <元数据版本>1"),
        ("crossed", "<电子文件元数据><a></b></电子文件元数据>"),
        ("other-root", "<x/>"),
        ("bomb", bomb),
        ("outside", outside),
        ("deep", &deep),
        ("no-xml", "\u{1}\u{2}"),
    ] {
        let report = changed(&project, name, |bag| {
            fs::write(bag.join(&xml), text).unwrap();
            seal(bag);
        });
        failed(&report, "metadata-readable", "cannot be read");
        let elements = report.check("metadata-elements").unwrap();
        assert_eq!(elements.outcome, Outcome::NotChecked);
    }
    let report = changed(&project, "bytes", |bag| {
        fs::write(bag.join(&xml), b"\xff\xfe\x00").unwrap();
        seal(bag);
    });
    failed(&report, "metadata-readable", "cannot be read");
    let report = changed(&project, "unknown", |bag| {
        let text = fs::read_to_string(bag.join(&xml)).unwrap();
        fs::write(bag.join(&xml), text.replace("<版本>", "<新元素>1</新元素>\n<版本>")).unwrap();
        seal(bag);
    });
    failed(&report, "metadata-readable", "cannot be read");
}

#[test]
fn a_damaged_package_keeps_new_ones_from_the_archive() {
    let project = archived().change("content/p/items.yaml", "10个", "12个");
    project.build(&[]).clean();
    let project = project.file(&super::of_document("元数据.xml"), "<x/>");
    let before = project.files("archive");
    let run = project.en(&["archive", "p"]).refused();
    assert_eq!(run.codes(), ["bag-unreadable"]);
    assert!(run.stderr.contains("restore it from a copy"), "{run}");
    let mut after = project.files("archive");
    after.retain(|path, _| path != ".yinfa/lock");
    assert_eq!(after, before);
}

#[test]
fn a_manifest_of_the_build_that_leads_outside() {
    let project = super::built().file("outside.txt", "not yours");
    let hash = base::disk::sha256(b"not yours");
    let text = project.read("output/p/manifest.json");
    let mut json: serde_json::Value = serde_json::from_str(&text).unwrap();
    let mut entry = json["artifacts"]["public/notice.pdf"].clone();
    entry["sha256"] = hash.into();
    json["artifacts"]["../../outside.txt"] = entry;
    let project = project.file("output/p/manifest.json", json.to_string());
    let run = project.en(&["archive", "p"]).refused();
    assert_eq!(run.codes(), ["archive-output-changed"]);
}
