//! The register of an archive, and what is printed of it.

use std::fs;

use base::disk::sha256;

use super::{CODE, archived, bag, built, of_document, seal_with_list, stamped};
use crate::support::{Project, Run};

const REGISTER: &str = "archive/登记簿.txt";

/// The digest of the register's last line.
fn head(project: &Project) -> String {
    let text = project.read(REGISTER);
    sha256(text.split_inclusive('\n').next_back().unwrap().as_bytes())
}

/// A project with two packages.
fn two() -> Project {
    let project = archived();
    let notice = project.read("content/p/notice.yaml").replace("serial: 1", "serial: 2");
    let items = project.read("content/p/items.yaml");
    let project = project.file("content/q/notice.yaml", notice).file("content/q/items.yaml", items);
    project.build(&["q"]).clean();
    stamped(&project, "output/q/public/notice.pdf", &project);
    let run = project.en(&["archive", "q", "--original", "sealed.pdf"]).clean();
    assert!(run.stderr.contains(&format!("register, line 2: {}", head(&project))), "{run}");
    project
}

fn outcomes<'r>(run: &'r Run, json: &'r serde_json::Value, check: &str) -> Vec<&'r str> {
    let bags = json["bags"].as_array().unwrap_or_else(|| panic!("{run}"));
    let of = |bag: &'r serde_json::Value| {
        let checks = bag["checks"].as_array().unwrap();
        checks.iter().find(|c| c["check"] == check).unwrap()["outcome"].as_str().unwrap()
    };
    bags.iter().map(of).collect()
}

fn origins(project: &Project, args: &[&str]) -> Vec<String> {
    let run = project.en(&[&["verify", "archive", "--format", "json"], args].concat());
    let json = run.json();
    outcomes(&run, &json, "origin").into_iter().map(String::from).collect()
}

#[test]
fn each_package_is_a_line_that_names_the_one_before() {
    let project = two();
    let text = project.read(REGISTER);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 2);
    let tags =
        |bag: &str| sha256(project.read(&format!("{bag}/tagmanifest-sha256.txt")).as_bytes());
    assert_eq!(lines[0], format!("000001  {}  {}  {CODE}", "0".repeat(64), tags(&bag())));
    let second = CODE.replace("0001", "0002");
    let before = sha256(format!("{}\n", lines[0]).as_bytes());
    assert_eq!(
        lines[1],
        format!("000002  {before}  {}  {second}", tags(&format!("archive/{second}")))
    );
    // Nothing new, nothing entered; what was printed is printed again.
    let run = project.en(&["archive", "q", "--original", "sealed.pdf"]).clean();
    assert!(run.stderr.contains(&head(&project)), "{run}");
    assert_eq!(project.read(REGISTER), text);
    let run = project.en(&["register", "archive"]).clean();
    assert_eq!(run.stdout, format!("register: 2 lines, head {}\n", head(&project)));
}

#[test]
fn without_a_digest_from_elsewhere_the_origin_is_not_proven() {
    let project = two();
    let run = project.zh(&["verify", "archive"]).clean();
    assert!(run.stdout.contains("来源未证明"), "{run}");
    assert_eq!(origins(&project, &[]), ["not-checked", "not-checked"]);
    let head = head(&project);
    project.en(&["verify", "archive", "--register-head", &head]).clean();
    assert_eq!(origins(&project, &["--register-head", &head]), ["passed", "passed"]);
    // A package by itself, too; its register stands beside it.
    let run = project.en(&["verify", &bag(), "--register-head", &head, "--format", "json"]).clean();
    assert_eq!(outcomes(&run, &run.json(), "origin"), ["passed"]);
    // The digest of a line proves the lines up to it.
    let first = project.read(REGISTER).split_inclusive('\n').next().map(|l| sha256(l.as_bytes()));
    let early = origins(&project, &["--register-head", &first.unwrap()]);
    assert_eq!(early, ["passed", "not-checked"]);
    let wrong = origins(&project, &["--register-head", &sha256(b"x")]);
    assert_eq!(wrong, ["failed", "failed"]);
}

/// A package that agrees with itself in everything, and the register written anew with it: only
/// what was kept elsewhere shows it.
#[test]
fn a_forgery_that_agrees_with_itself_is_found_by_the_digest_alone() {
    let project = two();
    let head = head(&project);
    // The sealed original is exchanged, and all that is said of it.
    let original = project.path(&of_document("正本.pdf"));
    let (before, mut bytes) = (fs::read(&original).unwrap(), fs::read(&original).unwrap());
    bytes.extend_from_slice(b"%\n");
    fs::write(&original, &bytes).unwrap();
    for file in ["元数据.xml", "元数据.json"] {
        let path = project.path(&of_document(file));
        let text = fs::read_to_string(&path).unwrap();
        let (at, digest) = (text.find(&sha256(&before)).unwrap(), sha256(&bytes));
        let mut text = text[..at].to_string() + &digest + &text[at + 64..];
        let (from, to) = (before.len().to_string(), bytes.len().to_string());
        text = text.replacen(&from, &to, 1);
        fs::write(&path, text).unwrap();
    }
    seal_with_list(&project.path(&bag()));
    let run = project.en(&["verify", &bag(), "--register-head", &head]).refused();
    assert!(run.stdout.contains("is not the package that line 1 of the register names"), "{run}");
    project.en(&["verify", "archive"]).refused();
    // With the register made anew all agrees: nothing inside can show it.
    fs::remove_file(project.path(REGISTER)).unwrap();
    let run = project.en(&["archive", "q", "--original", "sealed.pdf", "--new-register"]).clean();
    assert!(run.stderr.contains("register, line 2"), "{run}");
    project.en(&["verify", "archive"]).clean();
    let run = project.en(&["verify", "archive", "--register-head", &head]).refused();
    assert!(
        run.stdout.contains(&format!("no line of the register has the digest {head}")),
        "{run}"
    );
}

#[test]
fn a_register_that_is_gone_or_changed_is_an_error_and_never_a_new_one() {
    let project = two();
    let text = project.read(REGISTER);
    let bare = project.read("content/p/items.yaml");
    let project = project.file("content/p/items.yaml", bare.replace("10个", "12个"));
    project.build(&["p"]).clean();
    let archive = || project.en(&["archive", "p"]);
    let refused = |code: &str| {
        let run = archive();
        assert_eq!((run.code, run.codes()), (Some(2), vec![code]), "{run}");
        assert!(!project.path(&format!("{}_v2", bag())).exists());
    };
    fs::remove_file(project.path(REGISTER)).unwrap();
    refused("register-missing");
    assert_eq!(project.en(&["register", "archive"]).codes(), ["register-missing"]);
    for wrong in [
        text.replacen("000001", "000002", 1),
        text.lines().rev().map(|line| format!("{line}\n")).collect(),
        text.replacen(CODE, "x", 1),
        text.trim_end().to_string(),
        format!("{text}\n"),
        String::from("\n"),
    ] {
        fs::write(project.path(REGISTER), &wrong).unwrap();
        refused("register-damaged");
        assert_eq!(fs::read_to_string(project.path(REGISTER)).unwrap(), wrong);
        let run = project.en(&["verify", "archive"]).refused();
        assert!(run.stdout.contains("of the register was changed"), "{run}");
    }
    fs::write(project.path(REGISTER), "").unwrap();
    let run = project.en(&["verify", "archive"]).refused();
    assert!(run.stdout.contains("is not entered"), "{run}");
    fs::write(project.path(REGISTER), text).unwrap();
    archive().fine();
    // A package that is gone is named.
    fs::remove_dir_all(project.path(&bag())).unwrap();
    let run = project.en(&["verify", "archive"]).refused();
    assert!(run.stdout.contains("which line 1 names, is not there"), "{run}");
}

/// A run that was killed between the package and its line: the next one enters it.
#[test]
fn a_package_without_its_line_is_entered_by_the_next_run() {
    let project = archived();
    let text = project.read(REGISTER);
    fs::remove_file(project.path(REGISTER)).unwrap();
    let run = project.en(&["archive", "p", "--original", "sealed.pdf"]).clean();
    assert!(run.stderr.contains("entered in the register"), "{run}");
    assert_eq!(project.read(REGISTER), text);
}

/// A code whose package is gone is not given to another one.
#[test]
fn a_name_in_the_register_is_not_taken_by_another_package() {
    let project = two();
    let second = format!("archive/{}", CODE.replace("0001", "0002"));
    fs::remove_dir_all(project.path(&second)).unwrap();
    let project = project.change("content/q/items.yaml", "10个", "12个");
    project.build(&["q"]).clean();
    let run = project.en(&["archive", "q"]);
    assert_eq!((run.code, run.codes()), (Some(2), vec!["register-conflict"]), "{run}");
    assert!(!project.path(&second).exists());
}

#[test]
fn the_lists_of_a_year_are_printed() {
    let project = two().change("content/p/items.yaml", "10个", "12个");
    project.build(&["p"]).clean();
    project.en(&["archive", "p"]).fine();
    let run = project.zh(&["register", "archive", "--year", "2025", "-o", "lists"]).clean();
    assert!(run.stderr.contains("：2 件"), "{run}");
    let catalogue = project.read("lists/归档文件目录-2025.html");
    let transfer = project.read("lists/移交清单-2025.html");
    // The version that counts, once.
    assert_eq!(catalogue.matches(&format!("<td>{CODE}</td>")).count(), 1);
    assert!(catalogue.contains("未附盖章正本，第2版"), "{catalogue}");
    assert!(catalogue.contains("<td class=\"middle\">20250306</td>"), "{catalogue}");
    assert!(transfer.contains(&format!("<td>{CODE}_v2</td>")), "{transfer}");
    assert!(transfer.contains(&head(&project)), "{transfer}");
    let run = project.en(&["register", "archive", "--year", "2024", "-o", "lists"]);
    assert_eq!(run.codes(), ["nothing-to-list"], "{run}");
    // A package that cannot be read is not left out in silence.
    fs::write(project.path(&of_document("元数据.xml")), "<x/>").unwrap();
    let run = project.en(&["register", "archive", "-o", "lists"]);
    assert_eq!((run.code, run.codes()), (Some(1), vec!["bag-unreadable"]), "{run}");
}

#[test]
fn plans_of_a_year_are_usually_kept_longer() {
    let project = built();
    let run = project.en(&["archive", "p", "--dry-run"]);
    assert!(run.stderr.contains("hint[retention-unusual]"), "{run}");
    let run = project.en(&["archive", "p", "--dry-run", "--retention", "Y"]);
    assert!(!run.stderr.contains("retention-unusual"), "{run}");
}
