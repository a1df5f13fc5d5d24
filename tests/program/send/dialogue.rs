//! Servers, and those in between, that say what they were not asked: nothing of it is believed.

use std::fs;

use super::built::{build, lines};
use super::mail::{BOTH, one, outcome, project, send};
use super::server::{Authority, Server, parsed};
use crate::support::NOTICE;

#[test]
fn answers_from_before_the_encryption_are_none() {
    let Some(authority) = Authority::new() else { return };
    let certificate = authority.certificate("IP:127.0.0.1");
    let certificate: Vec<&str> = certificate.iter().map(String::as_str).collect();
    let options = [&["--security", "starttls", "--quirk", "inject"][..], &certificate].concat();
    let Some(server) = Server::start(&options) else { return };
    // The server refuses the address; who stands in between says that it took the message.
    let project = one(&server, "a+refuse@example.org", ", security: starttls, ca_file: ca.pem");
    let project = build(project.file("ca.pem", fs::read(authority.file()).unwrap()));
    let run = send(&project, BOTH).refused();
    assert_eq!(run.codes(), ["starttls-early"], "{run}");
    assert!(run.stderr.contains("0 sent"), "{run}");
    assert_eq!(outcome(&project).0, "deferred", "{run}");
    assert!(server.taken().is_empty());
}

#[test]
fn a_password_does_not_come_back_in_the_servers_words() {
    const PASSWORD: &str = "s3cret-Pass";
    let options = ["--login", "fgj:x", "--quirk", "echo"];
    let Some(server) = Server::start(&options) else { return };
    let project = project(&server, ", user: fgj");
    let args = ["--lang", "en", "-v", "send", "p", "--via", "smtp", "--yes"];
    let run = project.finish(project.command().args(args).env("YINFA_SMTP_PASSWORD", PASSWORD));
    assert!(run.codes().contains(&"login-refused"), "{run}");
    assert!(run.stderr.contains("535") && run.stderr.contains("text withheld"), "{run}");
    // As it is, and as it was sent.
    let said = format!("{run}{:?}", lines(&project));
    for secret in [PASSWORD, "AGZnagBzM2NyZXQtUGFzcw", "czNjcmV0LVBhc3M"] {
        assert!(!said.contains(secret), "{secret}: {run}");
    }
}

#[test]
fn a_server_that_is_ahead_sends_nothing() {
    let Some(server) = Server::start(&["--quirk", "ahead"]) else { return };
    let project = one(&server, "a+refuse@example.org", ", retries: 0");
    send(&project, BOTH).refused();
    let (status, detail) = outcome(&project);
    assert_eq!(status, "deferred");
    assert_eq!(detail, "the server's answers do not fit the commands");
    assert!(server.taken().is_empty());
}

#[test]
fn a_server_of_old_is_greeted_as_one() {
    let Some(server) = Server::start(&["--quirk", "helo"]) else { return };
    let project = one(&server, "ds@example.org", "");
    send(&project, BOTH).clean();
    assert_eq!(server.taken().len(), 2);
}

#[test]
fn bad_addresses_keep_nobody_waiting() {
    let Some(server) = Server::plain() else { return };
    for fault in ["cut", "rcpt-nonsense", "data-cut", "mute"] {
        let mut units = "units:\n".to_string();
        for n in 0..4 {
            let email = format!("{fault}{n}+{fault}@example.org");
            units.push_str(&format!(
                "  - {{name: 坏{n}镇, kind: 乡镇, contact: {{email: {email}}}}}\n"
            ));
        }
        units.push_str(&format!(
            "  - {{name: 东山镇, kind: 乡镇, contact: {{email: {fault}@example.org}}}}\n"
        ));
        units.push_str("groups:\n  - {name: 各镇街, kinds: [乡镇]}\n");
        let items = "- section: 发展\n  text: 开工重大项目10个。\n  units: [各镇街]\n";
        let project = build(
            project(&server, ", retries: 0, timeout: 1")
                .file("content/units.yaml", units)
                .file("content/p/notice.yaml", NOTICE)
                .file("content/p/items.yaml", items),
        );
        let run = send(&project, &[]).refused();
        assert!(run.stderr.contains("1 sent, 4 not sent yet"), "{fault}: {run}");
        assert!(server.addresses().contains(&format!("{fault}@example.org")));
    }
}

#[test]
fn the_next_run_begins_with_those_that_were_not_tried() {
    let Some(server) = Server::plain() else { return };
    let project = one(&server, "a+never@example.org", ", retries: 0");
    send(&project, &["--unit", "东山镇"]).refused();
    let run =
        project.en(&["-v", "send", "p", "--via", "smtp", "--yes", BOTH[0], BOTH[1]]).refused();
    let place = |words: &str| run.stderr.find(words).unwrap_or_else(|| panic!("{words}: {run}"));
    assert!(place("sent  区教育局") < place("not sent yet  东山镇"), "{run}");
}

#[test]
fn what_looks_encoded_arrives_as_it_was_written() {
    let Some(server) = Server::plain() else { return };
    let name = "=?utf-8?Q?Office?=";
    let project = project(&server, &format!(", reply_to: '{name} <s@example.com>'"));
    for subject in ["=?utf-8?B?eA==?=", "Re: =?gbk?Q?a?= and =?utf-8?B?eA==?=", "plain subject"] {
        send(&project, &["--subject", subject, "--unit", "区教育局", "--resend"]).clean();
        let taken = server.taken();
        let mail = parsed(&[taken[taken.len() - 1].file.clone()]).remove(0);
        assert_eq!(mail["subject"], subject);
        assert_eq!(mail["defects"].as_array().unwrap().len(), 0, "{mail}");
    }
    let taken = server.taken();
    let raw = fs::read_to_string(&taken[0].file).unwrap();
    assert!(!raw.contains(name), "{raw}");
}

#[test]
fn what_this_machine_calls_itself() {
    let Some(server) = Server::plain() else { return };
    for hello in [
        "'a b'",
        "'a\r\nMAIL FROM:<x@example.org>'",
        "\"a\\r\\nQUIT\"",
        "邮件",
        "'[1.2.3]'",
        "'[::1]'",
    ] {
        let project = project(&server, &format!(", hello: {hello}"));
        let run = send(&project, &[]).refused();
        assert!(
            run.codes().contains(&"mail-setting-wrong")
                || run.codes().contains(&"invisible-character"),
            "{hello}: {run}"
        );
        assert!(server.taken().is_empty());
    }
    let project = project(&server, ", hello: '[IPv6:::1]'");
    send(&project, &["--unit", "区教育局"]).clean();
    let project = super::mail::one(&server, "'ds@[127.0.0.1>]'", "");
    let run = send(&project, BOTH).refused();
    assert_eq!(run.codes(), ["address-wrong"], "{run}");
}
