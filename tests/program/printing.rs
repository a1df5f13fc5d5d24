//! What is printed: on a full disk it is an error of every command, a reader that went away is none,
//! and nothing that others wrote moves the cursor.

use std::process::Stdio;

use crate::support::Project;

fn project() -> Project {
    Project::new()
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error_of_every_command() {
    let project = project();
    project.build_html(&[]).clean();
    let commands: &[&[&str]] = &[
        &["list", "publications"],
        &["list", "items", "--format", "json"],
        &["check"],
        &["check", "--format", "json"],
        &["check", "--format", "sarif"],
        &["explain"],
        &["explain", "sign-off-alone"],
        &["schema", "notice"],
        &["completions", "bash"],
        &["fonts"],
        &["fonts", "--format", "json"],
        &["ledger"],
        &["ledger", "--format", "csv"],
        &["ledger", "--missing", "--format", "json"],
        &["send", "p", "--dry-run"],
        &["archive", "p", "--dry-run"],
        &["--help"],
        &["--version"],
        &["send", "--help"],
        &["help", "check"],
    ];
    let mut written = 0;
    for args in commands {
        // What it says where it can say it; some write nothing in this project.
        let whole = project.en(args);
        if whole.stdout.is_empty() {
            continue;
        }
        written += 1;
        for lang in ["zh", "en"] {
            let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
            let mut command = project.command();
            command.args(["--lang", lang]).args(*args).stdout(full);
            let run = project.finish(&mut command);
            assert_eq!(run.code, Some(2), "{args:?}: {run}");
            assert!(run.codes().contains(&"output-failed"), "{args:?}: {run}");
        }
    }
    assert!(written >= 15, "{written}");
}

#[cfg(target_os = "linux")]
#[test]
fn nothing_is_sent_that_nobody_saw() {
    let project = crate::send::sendable();
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let mut command = project.command();
    command.args(["--lang", "en", "send", "p", "--yes"]).stdout(full);
    let run = project.finish(&mut command);
    assert_eq!((run.code, run.codes()), (Some(2), vec!["output-failed"]), "{run}");
    assert!(!project.path("outbox").exists());
}

#[cfg(unix)]
#[test]
fn a_reader_that_went_away_is_no_error() {
    let project = project();
    for args in [&["explain"][..], &["schema", "notice"], &["--help"]] {
        let mut command = project.command();
        let mut child =
            command.args(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), output.stderr), (Some(0), Vec::new()), "{args:?}");
    }
}

/// Whether a terminal would act on a text.
fn is_acted_on(text: &str) -> bool {
    text.chars().any(|c| (c.is_control() && c != '\n') || ('\u{202a}'..='\u{202e}').contains(&c))
}

#[cfg(unix)]
#[test]
fn nothing_of_others_moves_the_cursor() {
    let project = crate::send::sendable();
    project.en(&["send", "p", "--yes"]).clean();
    let evil = "\u{1b}]0;owned\u{7}\u{1b}[2J\u{202e}a\u{9b}1m";
    crate::send::change_ledger(
        &project,
        &format!(
            "UPDATE delivery SET status = 'failed', detail = '{evil}', message_id = 'm@x' || id"
        ),
    );
    let reply = |head: &str| format!("From: {evil} <a@b>\r\nSubject: {evil}\r\n{head}\r\n收到\r\n");
    let project = project
        .file(&format!("replies/1{evil}.eml"), reply("In-Reply-To: <other@x>\r\n"))
        .file(
            &format!("replies/2{evil}.eml"),
            reply("In-Reply-To: <m@x1>\r\nAuto-Submitted: auto-replied\r\n"),
        )
        .file(&format!("replies/3{evil}.eml"), reply("In-Reply-To: <m@x2>\r\nDate: soon\r\n"))
        .file("replies/4.eml", reply("In-Reply-To: <m@x4>\r\nX-Failed-Recipients: a\r\n"))
        .file(&format!("replies/5{evil}.eml"), "");
    let mut said = String::new();
    for lang in ["zh", "en"] {
        for args in [
            &["ledger"][..],
            &["ledger", "--format", "csv"],
            &["ledger", "--format", "json"],
            &["ledger", "--missing"],
            &["-v", "receipt", "--from", "replies"],
            &["-v", "send", "p", "--dry-run"],
            &["receipt", evil],
            &["list", "items", evil],
            &["check", evil],
            &[evil],
            &["send", "p", "--via", evil],
            &["send", "p", "--with", evil, "--yes"],
            &["import", evil],
            &["verify", evil],
            &["diff", evil, evil],
            &["measure", "--pdf", evil],
            &["--root", evil, "list", "items"],
        ] {
            let run = project.run(&[&["--lang", lang], args].concat());
            let text = format!("{}{}", run.stdout.trim_start_matches('\u{feff}'), run.stderr);
            let text = text.replace("\r\n", "\n");
            assert!(!is_acted_on(&text), "{args:?}: {text:?}");
            assert!(!text.is_empty(), "{args:?}");
            said.push_str(&text);
        }
    }
    assert!(said.contains("␛]0;owned␇"), "it is shown all the same");
    // Programs read what it was.
    let run = project.en(&["ledger", "--format", "json"]);
    assert!(run.stdout.contains("\\u202e"), "{run}");
    let detail = |unit: &str| {
        let all = run.json();
        let line =
            all.as_array().unwrap().iter().find(|line| line["unit"] == unit).unwrap().clone();
        line["detail"].as_str().unwrap().to_string()
    };
    assert_eq!(detail("西水街道"), evil);
}
