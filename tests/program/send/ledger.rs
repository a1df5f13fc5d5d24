//! `yinfa ledger` and `yinfa receipt`.

use insta::assert_snapshot;

use super::built::{build, lines, project};
use crate::support::{NOTICE, Project};

fn sent() -> Project {
    let project = project();
    project.en(&["send", "p", "--yes"]).clean();
    project
}

fn missing(project: &Project) -> Vec<String> {
    let run = project.en(&["ledger", "--missing", "--format", "json"]);
    assert_eq!(run.code, Some(0), "{run}");
    let list = run.json();
    list.as_array().unwrap().iter().map(|one| one["unit"].as_str().unwrap().to_string()).collect()
}

#[test]
fn nothing_sent_is_an_empty_ledger() {
    let project = project();
    let run = project.en(&["ledger", "--format", "json"]).clean();
    assert_eq!((run.stdout.trim(), run.stderr.trim()), ("[]", "nothing was ever sent"));
    assert!(!project.path(".yinfa/ledger.sqlite").exists(), "looking makes none");
    let run = project.en(&["receipt", "东山镇"]).refused();
    assert_eq!(run.codes(), ["receipt-nothing-sent"], "{run}");
}

#[test]
fn who_has_not_acknowledged() {
    let project = sent();
    assert_eq!(missing(&project), ["区发改局", "区教育局", "东山镇", "西水街道"]);
    let run = project.en(&["receipt", "各镇街", "--date", "2025-03-21", "--note", "电话"]).clean();
    assert_snapshot!(run, @"
    exit 0
    东山镇: received (p, 2025-03-21)
    西水街道: received (p, 2025-03-21)
    ");
    assert_eq!(missing(&project), ["区发改局", "区教育局"]);
    let run = project.en(&["receipt", "东山镇"]).clean();
    assert!(run.stderr.contains("noted as received before (2025-03-21)"), "{run}");
    let line = lines(&project).into_iter().find(|line| line["unit"] == "东山镇").unwrap();
    assert_eq!(line["receipts"][0]["note"], "电话");
    assert_eq!(line["receipts"].as_array().unwrap().len(), 1);

    // What was acknowledged is the version that was sent; a correction waits again.
    let project = build(project.change("content/p/items.yaml", "10个", "12个"));
    project.en(&["send", "p", "--yes"]).clean();
    assert_eq!(missing(&project), ["区发改局", "区教育局", "东山镇"]);
}

#[test]
fn a_receipt_that_could_be_for_two_publications_asks_which() {
    let project = sent();
    // The same publication under a second name, as if it had been sent as well.
    let project = ["notice.yaml", "items.yaml"].iter().fold(project, |project, file| {
        let text = project.read(&format!("content/p/{file}"));
        project.file(&format!("content/q/{file}"), text)
    });
    let manifest = project.read("output/p/manifest.json").replace("content/p/", "content/q/");
    let mut project = project.file("output/q/manifest.json", manifest);
    for (path, bytes) in project.files("output/p/internal") {
        project = project.file(&format!("output/q/internal/{path}"), bytes);
    }
    project.en(&["send", "q", "--yes"]).clean();
    let run = project.en(&["receipt", "区教育局", "东山镇"]).refused();
    assert_eq!(run.codes(), ["receipt-ambiguous", "receipt-ambiguous"], "{run}");
    assert!(lines(&project).iter().all(|line| line["receipts"].as_array().unwrap().is_empty()));
    project.en(&["receipt", "区教育局", "--publication", "content/q/"]).clean();
    // One that is left needs no saying.
    let run = project.en(&["receipt", "区教育局"]).clean();
    assert!(run.stderr.contains("received (p, "), "{run}");
    let run = project.en(&["ledger", "q", "--missing"]).clean();
    assert!(!run.stdout.contains("区教育局") && run.stdout.contains("区发改局"), "{run}");
}

#[test]
fn the_ledger_outlives_the_records() {
    let project = sent();
    std::fs::remove_dir_all(project.path("content/p")).unwrap();
    let project = project.file("content/r/notice.yaml", NOTICE.replace("云发改", "云发"));
    let run = project.en(&["ledger", "p"]);
    assert_eq!(run.code, Some(0), "{run}");
    assert_eq!(run.stdout.lines().count(), 5, "{run}");
    let run = project.en(&["receipt", "东山镇"]);
    assert!(run.stderr.contains("received (p, "), "{run}");
}

#[test]
fn csv_for_spreadsheets() {
    let project = project().file("=1+1.pdf", "a");
    project.en(&["send", "p", "--yes", "--unit", "东山镇"]).clean();
    let run = project.en(&["ledger", "--format", "csv"]).clean();
    let text = run.stdout.strip_prefix('\u{feff}').expect("a mark for Excel");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    assert_eq!(&reader.headers().unwrap()[3], "unit");
    let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
    assert_eq!((rows.len(), &rows[0][3], &rows[0][7]), (1, "东山镇", "sent"));
    // For people: headings and outcomes in words, local times beside UTC, hashes last.
    let run = project.zh(&["ledger", "--format", "csv"]).clean();
    let text = run.stdout.strip_prefix('\u{feff}').expect("a mark for Excel");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let head: Vec<String> = reader.headers().unwrap().iter().map(str::to_string).collect();
    assert_eq!((head[3].as_str(), head.last().unwrap().as_str()), ("单位", "文件及校验值"));
    let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
    assert_eq!(&rows[0][7], "已放入 outbox");
    let at = |name: &str| &rows[0][head.iter().position(|h| h == name).unwrap()];
    assert_eq!(at("最近时间").len(), "2025-01-01 09:00".len());
    assert!(at("最近时间（UTC）").ends_with('Z'));
}

#[test]
fn of_some_units_and_unknown_ones() {
    let project = sent();
    let run = project.zh(&["ledger", "--unit", "各镇街"]).clean();
    assert_eq!(run.stdout.lines().count(), 3, "{run}");
    assert!(run.stdout.contains("已放入 outbox"), "{run}");
    let run = project.en(&["ledger", "--unit", "东镇"]);
    assert_eq!((run.code, run.codes()), (Some(2), vec!["unit-unknown"]), "{run}");
    let run = project.en(&["ledger", "z"]);
    assert_eq!((run.code, run.codes()), (Some(2), vec!["publication-unknown"]), "{run}");
    let run = project.en(&["receipt", "东山镇", "--date", "昨天"]);
    assert_eq!((run.code, run.codes()), (Some(2), vec!["date-wrong"]), "{run}");
}

#[test]
fn two_senders_do_not_run_at_once() {
    let project = sent();
    let lock =
        std::fs::File::options().append(true).open(project.path(".yinfa/send.lock")).unwrap();
    lock.lock().unwrap();
    let run = project.en(&["send", "p", "--yes", "--resend"]);
    assert_eq!((run.code, run.codes()), (Some(2), vec!["sending"]), "{run}");
    let run = project.en(&["ledger"]);
    assert_eq!(run.code, Some(0), "the ledger can be read meanwhile: {run}");
    assert!(run.stderr.contains("somebody is sending"), "{run}");
}
