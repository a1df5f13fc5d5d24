//! Mail through a real server with faults: what arrives, and what the ledger says of it.

use std::fs;
use std::time::Instant;

use super::built::{self, build, change_ledger, lines, outcomes};
use super::server::{Server, parsed};
use crate::support::{Project, Run};

/// A project that sends through a server.
pub(super) fn project(server: &Server, more: &str) -> Project {
    let security = if more.contains("security") { "" } else { ", security: plain" };
    build(built::project().file("yinfa.yaml", server.settings(&format!("{security}{more}"))))
}

/// The same with one unit of this address, beside 区教育局 who is always reached.
pub(super) fn one(server: &Server, address: &str, more: &str) -> Project {
    let units = format!(
        "units:\n  - {{name: 区发改局, kind: 政府部门}}\n  - {{name: 东山镇, kind: 乡镇, contact: {{email: {address}}}}}\n  - {{name: 区教育局, kind: 政府部门, contact: {{email: jyj@example.org}}}}\ngroups:\n  - {{name: 各镇街, kinds: [乡镇, 街道]}}\n"
    );
    build(project(server, more).file("content/units.yaml", units))
}

pub(super) const BOTH: &[&str] = &["--unit", "东山镇,区教育局"];

pub(super) fn send(project: &Project, args: &[&str]) -> Run {
    project.en(&[&["send", "p", "--via", "smtp", "--yes"][..], args].concat())
}

/// What the ledger says of 东山镇, and what the words for it are.
pub(super) fn outcome(project: &Project) -> (String, String) {
    let lines = lines(project);
    let line = lines.iter().rfind(|line| line["unit"] == "东山镇").unwrap();
    let text = |key: &str| line[key].as_str().unwrap_or_default().to_string();
    (text("status"), text("detail"))
}

#[test]
fn a_message_for_each_address() {
    let Some(server) = Server::plain() else { return };
    let project = project(&server, "").file("sealed notice（盖章）.pdf", "%PDF sealed");
    let run = send(&project, &["--with", "sealed notice（盖章）.pdf"]).refused();
    assert_eq!(run.codes(), ["address-missing"], "{run}");
    assert!(run.stderr.contains("content/units.yaml:5:"), "{run}");
    assert!(run.stderr.contains("4 sent, 1 cannot be sent"), "{run}");
    assert_eq!(
        server.addresses(),
        ["fgj@example.org", "jyj@example.org", "ds@example.org", "ds2@example.org"]
    );
    let outcomes = outcomes(&project);
    assert_eq!(outcomes.len(), 5);
    assert_eq!(outcomes[4], ("西水街道".into(), String::new(), "blocked".into()));
    // What the ledger noted before sending is what was sent.
    let known: Vec<String> = lines(&project)
        .iter()
        .filter_map(|line| Some(line["message_id"].as_str()?.to_string()))
        .collect();
    for taken in server.taken() {
        assert!(known.contains(&taken.id), "{}", taken.id);
    }
    assert!(send(&project, &[]).stderr.contains("0 to be sent, 4 sent before, 1 cannot"));
    assert_eq!(server.taken().len(), 4);
}

#[test]
fn what_mail_programs_read() {
    let Some(server) = Server::plain() else { return };
    let name = "关于印发青溪区2025年数字化发展工作要点的通知（青数办〔2025〕3号，已盖章）.pdf";
    let project = project(&server, ", reply_to: 沈 <s@example.com>").file(name, "%PDF sealed");
    send(&project, &["--with", name, "--unit", "东山镇"]).clean();
    let taken = server.taken();
    let mail = parsed(&[taken[0].file.clone()]).remove(0);
    assert_eq!(mail["defects"].as_array().unwrap().len(), 0, "{mail}");
    assert_eq!(mail["subject"], "2025年工作要点任务单（东山镇）");
    assert_eq!(mail["from"], "云溪区发改局 <fgj@example.com>");
    assert_eq!(mail["to_names"][0], "东山镇");
    assert_eq!(mail["reply_to"], "沈 <s@example.com>");
    assert_eq!(mail["id"], format!("<{}>", taken[0].id));
    assert_eq!((&mail["date"], &mail["ascii"]), (&true.into(), &true.into()));
    assert!(mail["longest_line"].as_u64().unwrap() <= 998);
    let names = ["东山镇任务单.pdf", "东山镇任务单.xlsx", name];
    let attachments = mail["attachments"].as_array().unwrap();
    assert_eq!(attachments.len(), names.len());
    for (attachment, name) in attachments.iter().zip(names) {
        assert_eq!((&attachment["old"], &attachment["new"]), (&name.into(), &name.into()));
        assert_eq!(attachment["rfc2231"], true);
    }
    let pdf = fs::read(project.path("output/p/internal/tasks/东山镇.pdf")).unwrap();
    assert_eq!(attachments[0]["sha256"], base::disk::sha256(&pdf));
    for part in ["text", "html"] {
        let text = mail[part].as_str().unwrap();
        for words in ["东山镇", "责任1项", "每月25日前", "直接回复本邮件", name] {
            assert!(text.contains(words), "{words}: {text}");
        }
    }
}

#[test]
fn a_refused_address_takes_no_other_with_it() {
    let Some(server) = Server::plain() else { return };
    for (address, words) in
        [("a+refuse@example.org", "no such mailbox"), ("a+full@example.org", "mailbox full")]
    {
        let project = one(&server, address, "");
        let before = server.taken().len();
        let run = send(&project, BOTH).refused();
        assert!(run.stderr.contains(words) && run.stderr.contains("1 sent, 1 not sent"), "{run}");
        let (status, detail) = outcome(&project);
        assert!(status == "failed" && detail.contains(words), "{detail}");
        assert_eq!(server.addresses()[before..], ["jyj@example.org"]);
        // The address put right, that unit alone is sent to.
        let project = build(project.change("content/units.yaml", address, "ds@example.org"));
        let run = send(&project, BOTH).clean();
        assert!(run.stderr.contains("1 to be sent, 1 sent before"), "{run}");
        assert_eq!(server.addresses()[before..], ["jyj@example.org", "ds@example.org"]);
    }
}

#[test]
fn put_off_and_taken_at_the_second_try() {
    let Some(server) = Server::plain() else { return };
    for fault in ["greylist", "later", "hangup"] {
        let address = format!("a+{fault}@example.org");
        let project = one(&server, &address, "");
        let before = server.taken().len();
        let run = send(&project, BOTH).clean();
        assert!(run.stderr.contains("2 sent"), "{fault}: {run}");
        let mut taken = server.addresses()[before..].to_vec();
        taken.sort();
        assert_eq!(taken, [address.as_str(), "jyj@example.org"], "{fault}");
        let line = lines(&project).into_iter().find(|line| line["unit"] == "东山镇").unwrap();
        assert_eq!((&line["attempts"], &line["status"]), (&2.into(), &"sent".into()), "{fault}");
    }
}

#[test]
fn put_off_to_the_end_and_gone_on_with_by_the_next_run() {
    let Some(server) = Server::plain() else { return };
    for fault in ["never", "cut"] {
        let address = format!("a+{fault}@example.org");
        let project = one(&server, &address, ", retries: 1");
        let run = send(&project, BOTH).refused();
        assert!(run.stderr.contains("1 sent, 1 not sent yet"), "{fault}: {run}");
        let (status, _) = outcome(&project);
        assert_eq!(status, "deferred", "{fault}");
        let first = lines(&project);
        let run = send(&project, BOTH).refused();
        assert!(run.stderr.contains("1 to be sent, 1 sent before"), "{fault}: {run}");
        let second = lines(&project);
        assert_eq!(second.len(), first.len(), "the same line goes on");
        let of = |lines: &[serde_json::Value]| {
            lines.iter().find(|l| l["unit"] == "东山镇").unwrap().clone()
        };
        assert_eq!(of(&second)["message_id"], of(&first)["message_id"]);
        assert_eq!(of(&second)["attempts"], 4);
        assert!(!server.addresses().contains(&address));
    }
}

#[test]
fn a_connection_that_is_lost_before_the_answer_may_have_sent() {
    let Some(server) = Server::plain() else { return };
    for (fault, arrived) in [("kept", 1), ("lost", 0), ("silent", 1)] {
        let address = format!("a+{fault}@example.org");
        let project = one(&server, &address, ", timeout: 1");
        let count = || server.addresses().iter().filter(|to| **to == address).count();
        let run = send(&project, BOTH).refused();
        assert!(run.stderr.contains("1 sent, 1 may have been sent"), "{fault}: {run}");
        assert_eq!((outcome(&project).0.as_str(), count()), ("uncertain", arrived), "{fault}");
        if fault == "silent" {
            assert_eq!(outcome(&project).1, "no answer in time");
        }
        // It is said again and not repeated.
        let run = send(&project, BOTH).refused();
        assert_eq!(run.codes(), ["maybe-sent"], "{run}");
        assert!(run.stdout.contains("not again: may have been sent"), "{run}");
        assert_eq!(count(), arrived, "{fault}");
        if fault == "lost" {
            // Asked for, it is. (The server drops it once more.)
            send(&project, &["--unit", "东山镇", "--resend"]).refused();
            assert_eq!(lines(&project).iter().filter(|l| l["unit"] == "东山镇").count(), 2);
        } else {
            // The unit says that it has it: the doubt is over.
            project.en(&["receipt", "东山镇"]).clean();
            assert_eq!(outcome(&project).0, "sent", "{fault}");
            send(&project, BOTH).clean();
        }
    }
}

#[test]
fn a_resend_that_was_cut_short_keeps_its_message_id() {
    let Some(server) = Server::plain() else { return };
    let project = one(&server, "ds@example.org", "");
    send(&project, BOTH).clean();
    send(&project, &["--unit", "东山镇", "--resend"]).clean();
    change_ledger(&project, "UPDATE delivery SET status = 'deferred' WHERE resend");
    let run = send(&project, BOTH).clean();
    assert!(run.stderr.contains("1 to be sent, 1 sent before"), "{run}");
    let taken = server.taken();
    assert_eq!((taken.len(), &taken[3].id), (4, &taken[2].id));
    send(&project, BOTH).clean();
    assert_eq!(server.taken().len(), 4);
}

#[test]
fn a_slow_server_is_waited_for() {
    let Some(server) = Server::plain() else { return };
    let project = one(&server, "a+slow@example.org", ", timeout: 3");
    send(&project, BOTH).clean();
    assert_eq!(server.taken().len(), 2);
}

#[test]
fn a_server_that_dies_in_the_middle() {
    let Some(server) = Server::plain() else { return };
    let project = one(&server, "a+die@example.org", ", timeout: 3, retries: 1");
    let run = send(&project, BOTH).refused();
    // The one that it died of may have been sent, the other certainly was not.
    assert!(run.stderr.contains("0 sent, 1 not sent yet, 1 may have been sent"), "{run}");
    let outcomes: Vec<_> =
        outcomes(&project).into_iter().map(|(unit, _, status)| (unit, status)).collect();
    assert!(outcomes.contains(&("东山镇".into(), "uncertain".into())), "{outcomes:?}");
    assert!(outcomes.contains(&("区教育局".into(), "deferred".into())), "{outcomes:?}");
    let other = Server::plain().unwrap();
    let project = build(project.file("yinfa.yaml", other.settings(", security: plain")));
    send(&project, BOTH).refused();
    assert_eq!(other.addresses(), ["jyj@example.org"]);
}

#[test]
fn no_faster_than_asked() {
    let Some(server) = Server::plain() else { return };
    let project = project(&server, "");
    let begin = Instant::now();
    // Four messages, a hundred a minute: three waits of 0.6 seconds.
    send(&project, &["--rate", "100"]).refused();
    assert_eq!(server.taken().len(), 4);
    assert!(begin.elapsed().as_secs_f64() >= 1.8, "{:?}", begin.elapsed());
}

#[test]
fn a_correction_by_mail_says_what_changed() {
    let Some(server) = Server::plain() else { return };
    let project = project(&server, "");
    send(&project, &["--unit", "东山镇"]).clean();
    let project = build(project.change("content/p/items.yaml", "2025-06", "2025-09"));
    send(&project, &["--unit", "东山镇"]).clean();
    let mail = parsed(&[server.taken()[3].file.clone()]).remove(0);
    assert_eq!(mail["subject"], "【更正】2025年工作要点任务单（东山镇）");
    for part in ["text", "html"] {
        let text = mail[part].as_str().unwrap();
        assert!(text.contains("“6月底前”改为“9月底前”"), "{text}");
    }
}

#[test]
fn only_people_acknowledge() {
    let Some(server) = Server::plain() else { return };
    let project = project(&server, "");
    send(&project, &["--unit", "区发改局,区教育局,东山镇"]).clean();
    let ids: Vec<String> = server.taken().into_iter().map(|taken| taken.id).collect();
    let from = "From: 李 <li@example.org>\r\n";
    let report = format!(
        "Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\nContent-Type: multipart/report; boundary=b\r\n\r\n--b\r\nContent-Type: message/global-delivery-status\r\n\r\nX-Original-Message-ID: <{}>\r\n\r\nAction: failed (no such user)\r\n--b--\r\n--a--\r\n",
        ids[1]
    );
    let project = project
        .file(
            "replies/1.eml",
            format!("{from}Subject: 已读：任务单\r\nIn-Reply-To: <{}>\r\n\r\n", ids[0]),
        )
        .file("replies/2.eml", format!("From: system@mx.example.org\r\n{report}"))
        .file(
            "replies/3.eml",
            format!(
                "From: Office <FGJ@example.com>\r\nSubject: Fw: a\r\nReferences: <{}>\r\n\r\n",
                ids[2]
            ),
        );
    let run = project.en(&["receipt", "--from", "replies"]).refused();
    assert_eq!(run.codes(), ["mail-bounced"], "{run}");
    assert!(
        run.stderr.contains(
            "0 received, 0 noted before, 1 came back, 1 by machines, 1 by the office itself"
        ),
        "{run}"
    );
    let status = |unit: usize| lines(&project)[unit]["status"].clone();
    assert_eq!([status(0), status(1), status(2)], ["sent", "bounced", "sent"]);
    assert!(lines(&project).iter().all(|line| line["receipts"].as_array().unwrap().is_empty()));
    // A person at last, whose program writes no date that anybody knows.
    let project = project.file(
        "replies/4.eml",
        format!("{from}Subject: Re: a\r\nDate: soon\r\nIn-Reply-To: <{}>\r\n\r\n收到", ids[2]),
    );
    let run = project.en(&["receipt", "--from", "replies"]).refused();
    assert_eq!(run.codes(), ["mail-bounced", "reply-undated"], "{run}");
    assert_eq!(lines(&project)[2]["receipts"].as_array().unwrap().len(), 1);
}

#[test]
fn replies_acknowledge() {
    let Some(server) = Server::plain() else { return };
    let project = project(&server, "");
    send(&project, &["--unit", "区发改局,区教育局,东山镇"]).clean();
    let ids: Vec<String> = server.taken().into_iter().map(|taken| taken.id).collect();
    let mail = |head: &str, id: &str| {
        format!(
            "From: =?utf-8?B?5p2O?= <li@example.org>\r\nDate: Fri, 21 Mar 2025 09:00:00 +0800\r\nMessage-ID: <{id}.reply@example.org>\r\nIn-Reply-To: <{id}>\r\n{head}\r\n收到\r\n"
        )
    };
    let bounce = format!(
        "From: MAILER-DAEMON@example.org\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx\r\n\r\nAction: failed\r\nDiagnostic-Code: smtp; 550 gone\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <{}>\r\n\r\nx\r\n--b--\r\n",
        ids[1]
    );
    let project = project
        .file("replies/1.eml", mail("", &ids[0]))
        .file("replies/sub/2.EML", bounce)
        .file("replies/3.eml", mail("Auto-Submitted: auto-replied\r\n", &ids[2]))
        .file("replies/4.eml", mail("", "someone.else@example.org"))
        .file("replies/notes.txt", "no mail");
    let run = project.en(&["receipt", "--from", "replies"]).refused();
    assert_eq!(run.codes(), ["mail-bounced"], "{run}");
    assert!(run.stderr.contains("1 received, 0 noted before, 1 came back, 1 by machines, 0 by the office itself, 1 about other things, 0 unreadable"), "{run}");
    let lines = lines(&project);
    assert_eq!(
        (&lines[0]["receipts"][0]["received"], &lines[0]["receipts"][0]["who"]),
        (&"2025-03-21".into(), &"李 <li@example.org>".into())
    );
    assert_eq!(
        (&lines[1]["status"], &lines[1]["detail"]),
        (&"bounced".into(), &"smtp; 550 gone".into())
    );
    let run = project.en(&["receipt", "--from", "replies"]);
    assert!(run.stderr.contains("0 received, 1 noted before"), "{run}");
    // Only the one that came back is sent again.
    let run = send(&project, &["--unit", "区发改局,区教育局,东山镇"]).clean();
    assert!(run.stderr.contains("1 to be sent, 3 sent before"), "{run}");
    let run = project.en(&["receipt", "--from", "nowhere"]);
    assert_eq!((run.code, run.codes()), (Some(2), vec!["replies-unreadable"]), "{run}");
}
