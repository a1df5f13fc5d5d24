//! What is not sent, and what is said about it.

use insta::assert_snapshot;

use super::built::{build, change_ledger, lines, project};
use crate::support::{Project, font_args};

#[test]
fn a_dry_run_says_what_would_be_built_first() {
    let bare = Project::new();
    let run = bare.en(&["send", "p", "--dry-run"]).refused();
    assert_snapshot!(run, @"
    exit 1
    error[sheet-missing]: what 4 units are sent (PDF) is not built: 区发改局、区教育局、东山镇、西水街道
      = help: it is built before anything is sent; to look at it first, run `yinfa build p`
    1 error
    ");
    assert!(!bare.path("output").exists());
    let project = project().change("content/p/items.yaml", "10个", "12个");
    let run = project.en(&["send", "p", "--dry-run"]).refused();
    assert_snapshot!(run, @"
    exit 1
    error[sheet-stale]: what 4 units are sent is not what the records say now; changed since it was built: content/p/items.yaml
      = help: it is built before anything is sent; to look at it first, run `yinfa build p`
    1 error
    ");
    let project = build(project).file("output/p/internal/tasks/东山镇.pdf", "another file");
    let run = project.en(&["send", "p", "--dry-run"]).refused();
    assert_eq!(run.codes(), ["sheet-altered"], "{run}");
    assert!(!project.path("outbox").exists() && lines(&project).is_empty());
}

#[test]
fn what_is_sent_is_brought_up_to_date() {
    let send = |project: &Project| {
        let mut command = project.command();
        command.args(["--lang", "en", "send", "p", "--yes"]).args(font_args());
        project.finish(&mut command)
    };
    let packet = |project: &Project, end: &str| {
        let files = project.files("outbox/p/区教育局");
        files.into_iter().find(|(path, _)| path.ends_with(end)).map(|(_, bytes)| bytes)
    };
    let built = |project: &Project, end: &str| {
        project.files("output/p/internal/tasks").remove(&format!("区教育局{end}"))
    };
    // Nothing is there yet.
    let project = Project::new();
    send(&project).clean();
    for end in [".pdf", ".xlsx"] {
        assert!(packet(&project, end).is_some() && packet(&project, end) == built(&project, end));
    }
    // The records have changed: the unit gets a correction with the new sheet.
    let before = packet(&project, ".pdf");
    let project = project.change("content/p/items.yaml", "2所", "3所");
    let run = send(&project).clean();
    assert!(run.stdout.contains("correction"), "{run}");
    assert!(
        packet(&project, ".pdf") != before && packet(&project, ".pdf") == built(&project, ".pdf")
    );
    // What is there already is sent as it is.
    let run = send(&project).clean();
    assert!(!run.stderr.contains("files written"), "{run}");
    // With an error in the records nothing is built and nothing is sent.
    let project = project.change("content/p/items.yaml", "区教育局", "区教委会");
    let lines_before = lines(&project);
    assert!(send(&project).refused().stderr.contains("unit-unknown"));
    assert_eq!(lines(&project), lines_before);
}

#[test]
fn workbooks_that_a_project_does_not_make_are_made_to_be_sent() {
    let project = Project::new().add("yinfa.yaml", "formats: [html, pdf]\n");
    project.build(&[]).clean();
    let pdf = project.files("output/p/internal/tasks").remove("区教育局.pdf");
    let run = project.en(&["send", "p", "--dry-run"]);
    assert!(run.stderr.contains("hint[workbook-missing]: 4 have no workbook"), "{run}");
    project.en(&["send", "p", "--yes"]).clean();
    let files = project.files("outbox/p/区教育局");
    assert!(files.keys().any(|path| path.ends_with(".xlsx")), "{:?}", files.keys());
    // The pages need not be set again for that.
    assert_eq!(project.files("output/p/internal/tasks").remove("区教育局.pdf"), pdf);
}

#[test]
fn nothing_is_sent_unasked() {
    let project = project();
    let run = project.en(&["send", "p"]);
    assert_eq!((run.code, run.codes()), (Some(2), vec!["send-unconfirmed"]), "{run}");
    assert!(run.stdout.contains("东山镇"), "the table comes first: {run}");
    let run = project.en(&["send", "p", "--dry-run"]).clean();
    assert!(run.stdout.contains("东山镇"));
    assert!(!project.path("outbox").exists() && lines(&project).is_empty());
    assert!(!project.path(".yinfa/ledger.sqlite").exists() || lines(&project).is_empty());
}

#[test]
fn drafts_go_as_drafts_alone() {
    let draft = || {
        build(project().change(
            "content/p/notice.yaml",
            "lead: first",
            "lead: first\nstage: 征求意见稿",
        ))
    };
    let run = draft().en(&["send", "p", "--yes"]).refused();
    assert_eq!(run.codes(), ["send-draft"], "{run}");
    let project = draft();
    project.en(&["send", "p", "--yes", "--draft"]).clean();
    let message = project.read("outbox/p/东山镇/message.txt");
    assert!(message.contains("（征求意见稿）中你单位"), "{message}");
    assert!(project.path("outbox/p/东山镇/东山镇任务单（征求意见稿）.pdf").exists());
    // The final text is the first of its kind, no correction of a draft.
    let project = build(project.change("content/p/notice.yaml", "\nstage: 征求意见稿", ""));
    let run = project.en(&["send", "p", "--yes", "--draft"]).refused();
    assert_eq!(run.codes(), ["send-final"], "{run}");
    let run = project.en(&["send", "p", "--yes"]).clean();
    assert!(!run.stdout.contains("correction"), "{run}");
}

#[test]
fn names_that_are_not_there() {
    let project = project();
    let run = project.en(&["send", "q", "--yes"]);
    assert_eq!((run.code, run.codes()), (Some(2), vec!["publication-unknown"]), "{run}");
    let run = project.en(&["send", "p", "--unit", "东山", "--yes"]);
    assert_eq!((run.code, run.codes()), (Some(2), vec!["unit-unknown"]), "{run}");
    let run = project.en(&["send", "p", "--with", "sealed.pdf", "--yes"]).refused();
    assert_eq!(run.codes(), ["with-unreadable"], "{run}");
    let project = project.file("message.txt", "a").file("b/message.txt", "a");
    let run = project.en(&["send", "p", "--with", "b/message.txt", "--yes"]).refused();
    assert_eq!(run.codes(), ["with-twice"], "{run}");
}

#[test]
fn records_with_errors_are_not_sent() {
    let project = project().change("content/p/items.yaml", "units: [区教育局]", "units: [区教局]");
    let run = project.en(&["send", "p", "--yes"]).refused();
    assert_eq!(run.codes(), ["unit-unknown"], "{run}");
    assert!(run.stderr.contains("content/p/items.yaml:"), "{run}");
}

#[test]
fn a_name_with_nobody_behind_it_is_neither_all_nor_none() {
    let units = super::built::UNITS.replace(
        "groups:\n",
        "  - {name: 区档案馆, kind: 事业单位}\ngroups:\n  - {name: 各园区, kinds: [平台]}\n",
    );
    let project = build(project().file("content/units.yaml", units));
    for names in ["各园区", "区档案馆", "东山镇,各园区"] {
        let run = project.en(&["send", "p", "--yes", "--unit", names]).refused();
        assert_eq!(run.codes(), ["unit-without-sheet"], "{names}: {run}");
        assert!(!project.path("outbox").exists() && lines(&project).is_empty(), "{names}");
    }
    project.en(&["send", "p", "--yes", "--unit", "东山镇,各镇街"]).clean();
    assert_eq!(lines(&project).len(), 2);
}

#[test]
fn a_file_along_with_the_sheet_is_not_named_like_it() {
    let project = project().file("东山镇任务单.PDF", "sealed");
    for unit in ["东山镇", "东山镇,区教育局"] {
        let args = ["send", "p", "--yes", "--with", "东山镇任务单.PDF", "--unit", unit];
        let run = project.en(&args).refused();
        assert_eq!(run.codes(), ["with-twice"], "{run}");
        assert!(!project.path("outbox").exists() && lines(&project).is_empty());
    }
    let args = ["send", "p", "--yes", "--with", "东山镇任务单.PDF", "--unit", "区教育局"];
    project.en(&args).clean();
}

#[test]
fn a_dry_run_writes_nothing() {
    let project = project();
    project.en(&["send", "p", "--dry-run"]).clean();
    assert!(!project.path(".yinfa/ledger.sqlite").exists());
    assert!(!project.path(".yinfa/send.lock").exists());
    project.en(&["send", "p", "--yes", "--unit", "东山镇,区教育局"]).clean();
    // As a killed run leaves it: a packet and a mail in the making.
    let set = |sql: &str| change_ledger(&project, sql);
    set("UPDATE delivery SET status = 'sending' WHERE unit = '东山镇'");
    std::fs::remove_file(project.path(".yinfa/send.lock")).unwrap();
    let before = (project.files(".yinfa"), project.files("outbox"));
    // It shows what the run without it would do all the same.
    let run = project.en(&["send", "p", "--dry-run"]).clean();
    assert!(run.stderr.contains("3 to be sent, 1 sent before"), "{run}");
    assert!((project.files(".yinfa"), project.files("outbox")) == before);
    set("UPDATE delivery SET status = 'sending', via = 'smtp' WHERE unit = '东山镇'");
    let run = project.en(&["send", "p", "--dry-run"]).refused();
    assert_eq!(run.codes(), ["maybe-sent"], "{run}");
    let status = || {
        let ledger = project.path(".yinfa/ledger.sqlite");
        let connection = rusqlite::Connection::open(ledger).unwrap();
        let sql = "SELECT status FROM delivery WHERE unit = '东山镇'";
        connection.query_row(sql, [], |row| row.get::<_, String>(0)).unwrap()
    };
    assert_eq!(status(), "sending");
}
