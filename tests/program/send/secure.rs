//! What keeps mail from going wrong: encryption, passwords, addresses, headers, limits, settings.

use std::fs;

use super::built::{self, build, outcomes};
use super::mail::{BOTH, one, outcome, project, send};
use super::server::{Authority, Server, parsed};
use crate::support::Project;

#[test]
fn encrypted_connections_and_an_authority_of_the_offices_own() {
    let Some(authority) = Authority::new() else { return };
    let certificate = authority.certificate("IP:127.0.0.1");
    let certificate: Vec<&str> = certificate.iter().map(String::as_str).collect();
    for security in ["tls", "starttls"] {
        let options = [&["--security", security][..], &certificate].concat();
        let Some(server) = Server::start(&options) else { return };
        // Not trusted: nothing is sent, whatever the settings.
        let project = project(&server, &format!(", security: {security}"));
        let run = send(&project, &["--unit", "东山镇"]).refused();
        assert_eq!(run.codes(), ["certificate-wrong"], "{security}: {run}");
        assert_eq!(outcome(&project).0, "deferred", "{security}");
        assert!(server.taken().is_empty());
        let with = server.settings(&format!(", security: {security}, ca_file: ca.pem"));
        let authority = fs::read(authority.file()).unwrap();
        let project = build(project.file("ca.pem", authority).file("yinfa.yaml", with));
        let run = send(&project, &["--unit", "东山镇"]).clean();
        assert!(run.stderr.contains("2 sent"), "{security}: {run}");
        assert_eq!(server.taken().len(), 2);
    }
}

#[test]
fn certificates_for_another_name_and_encryption_that_is_not_there() {
    let Some(authority) = Authority::new() else { return };
    let certificate = authority.certificate("DNS:mail.example.com");
    let certificate: Vec<&str> = certificate.iter().map(String::as_str).collect();
    let options = [&["--security", "tls"][..], &certificate].concat();
    let Some(server) = Server::start(&options) else { return };
    let project = project(&server, ", security: tls, ca_file: ca.pem")
        .file("ca.pem", fs::read(authority.file()).unwrap());
    let run = send(&project, &["--unit", "东山镇"]).refused();
    assert_eq!(run.codes(), ["certificate-wrong"], "{run}");

    let plain = Server::plain().unwrap();
    for (security, code) in [("tls", "tls-failed"), ("starttls", "starttls-missing")] {
        let settings = plain.settings(&format!(", security: {security}, timeout: 3"));
        let project = build(built::project().file("yinfa.yaml", settings));
        let run = send(&project, &["--unit", "东山镇"]).refused();
        assert_eq!(run.codes(), [code], "{run}");
        assert!(plain.taken().is_empty());
    }
    let settings = plain.settings(", security: tls, ca_file: content/units.yaml");
    let project = build(project.file("yinfa.yaml", settings));
    let run = send(&project, &["--unit", "东山镇"]);
    assert_eq!((run.code, run.codes()), (Some(2), vec!["ca-file-wrong"]), "{run}");
}

#[test]
fn passwords_come_from_outside_and_are_never_shown() {
    const PASSWORD: &str = "s3cret-Pass";
    let Some(server) = Server::start(&["--login", &format!("fgj:{PASSWORD}")]) else { return };
    let project = project(&server, ", user: fgj");
    let args = ["--lang", "en", "-v", "send", "p", "--via", "smtp", "--yes", "--unit", "东山镇"];
    let with = |project: &Project, name: &str, value: &str| {
        let run = project.finish(project.command().args(args).env(name, value));
        assert!(!format!("{run}").contains(value), "{run}");
        run
    };
    let run = project.run(&args);
    assert_eq!((run.code, run.codes()), (Some(2), vec!["password-missing"]), "{run}");
    let run = with(&project, "YINFA_SMTP_PASSWORD", "wrong-one").refused();
    assert_eq!(run.codes(), ["password-in-clear", "login-refused"], "{run}");
    assert!(server.taken().is_empty());
    let run = with(&project, "YINFA_SMTP_PASSWORD", PASSWORD);
    assert_eq!((run.code, run.codes()), (Some(0), vec!["password-in-clear"]), "{run}");
    assert_eq!(server.taken().len(), 2);

    let named = server.settings(", security: plain, user: fgj, password_env: OFFICE_MAIL");
    let project = build(project.file("yinfa.yaml", named));
    let resent = [&args[..], &["--resend"]].concat();
    let run = project.finish(project.command().args(&resent).env("OFFICE_MAIL", PASSWORD));
    assert_eq!(run.code, Some(0), "{run}");
    let filed = server.settings(", security: plain, user: fgj, password_file: .secret");
    let project =
        build(project.file("yinfa.yaml", filed).file(".secret", format!("{PASSWORD}\r\n")));
    let run = project.run(&resent);
    assert_eq!(run.code, Some(0), "{run}");
    assert!(run.codes().contains(&"password-file-open"), "{run}");
    assert_eq!(server.taken().len(), 6);
    // Nor does it stand in what stays behind.
    for (path, bytes) in project.files(".yinfa") {
        assert!(!bytes.windows(PASSWORD.len()).any(|piece| piece == PASSWORD.as_bytes()), "{path}");
    }
    let written = server.settings(&format!(", security: plain, user: fgj, password: {PASSWORD}"));
    let project = project.file("yinfa.yaml", written);
    let run = project.run(&args).refused();
    assert_eq!(run.codes(), ["key-unknown"], "{run}");
}

#[test]
fn addresses_that_are_none_are_found_before_anything_is_sent() {
    let Some(server) = Server::plain() else { return };
    for address in [
        "ds",
        "ds@",
        "\"@example.org\"",
        "ds@example..org",
        "\"ds＠example.org\"",
        "ds。1@example.org",
        "\"a@example.org, b@example.org\"",
        "\"ds@example.org\\nBcc: x@example.org\"",
        "\"a@example.org\\r\\nRCPT TO:<x@example.org>\"",
        "\"\\\"a b\\\"@example.org\"",
        "镇@example.org",
    ] {
        let project = one(&server, address, "");
        let before = server.taken().len();
        let run =
            project.en(&["send", "p", "--via", "smtp", "--dry-run", BOTH[0], BOTH[1]]).refused();
        assert!(
            run.codes().contains(&"address-wrong") || run.codes().contains(&"invisible-character"),
            "{address}: {run}"
        );
        assert!(run.stderr.contains("content/units.yaml:3:"), "{address}: {run}");
        assert_eq!(server.taken().len(), before, "{address}");
        if run.codes() == ["address-wrong"] {
            send(&project, BOTH).refused();
            assert_eq!(server.addresses()[before..], ["jyj@example.org"], "{address}");
            assert_eq!(outcome(&project).0, "blocked");
        }
    }
}

#[test]
fn line_breaks_in_names_and_subjects_make_no_headers() {
    let Some(server) = Server::plain() else { return };
    let project = project(&server, "");
    let run = send(&project, &["--subject", "任务单\r\nBcc: x@example.org"]).refused();
    assert!(run.codes().contains(&"subject-wrong"), "{run}");
    assert!(server.taken().is_empty());
    let project = project.file("templates/send/subject.txt", "任务单\nBcc: x@example.org\n");
    let run = send(&project, &[]).refused();
    assert!(run.codes().contains(&"subject-wrong"), "{run}");
    let project = project.without("templates/send/subject.txt");
    // A name of two lines.
    let units = project
        .read("content/units.yaml")
        .replace("name: 区教育局", "name: \"区教育局\\nBcc: x@example.org\"");
    let items = project
        .read("content/p/items.yaml")
        .replace("[区教育局]", "[\"区教育局\\nBcc: x@example.org\"]");
    let project = project.file("content/units.yaml", units).file("content/p/items.yaml", items);
    let project = build(project);
    let run = send(&project, &[]).refused();
    assert_eq!(run.codes(), ["unit-line-break", "address-missing"], "{run}");
    assert_eq!(server.taken().len(), 3, "the others are sent");
    assert!(!server.addresses().contains(&"jyj@example.org".into()));
    // A sender of two lines.
    let settings = server
        .settings("")
        .replace("云溪区发改局 <", "\"云溪\\nBcc: x@example.org <")
        .replace(">,", ">\",");
    let project = build(built::project().file("yinfa.yaml", settings));
    let run = send(&project, &[]).refused();
    assert_eq!(run.codes(), ["name-line-break"], "{run}");
    // A subject of the clerk's own, with what is special to mail.
    let project = build(project.file("yinfa.yaml", server.settings(", security: plain")));
    send(&project, &["--subject", "请查收：=?utf-8?B?eA==?= \"任务\" <a@b>", "--unit", "区教育局"])
        .clean();
    let mail = parsed(&[server.taken()[3].file.clone()]).remove(0);
    assert_eq!(mail["subject"], "请查收：=?utf-8?B?eA==?= \"任务\" <a@b>");
    let heads: Vec<_> =
        mail["headers"].as_array().unwrap().iter().filter_map(|h| h.as_str()).collect();
    assert!(!heads.contains(&"Bcc"), "{heads:?}");
}

#[test]
fn a_message_over_the_limit_is_not_tried() {
    let Some(server) = Server::plain() else { return };
    let project = project(&server, ", max_size: 1").file("big.pdf", vec![b'a'; 1_000_000]);
    let run = send(&project, &["--with", "big.pdf", "--unit", "区教育局"]).refused();
    assert_eq!(run.codes(), ["message-too-large"], "{run}");
    assert!(server.taken().is_empty() && outcomes(&project)[0].2 == "blocked");
    // Smaller, and the line goes on.
    send(&project, &["--unit", "区教育局"]).clean();
    assert_eq!((server.taken().len(), outcomes(&project).len()), (1, 1));
}

#[test]
fn internal_and_classified_notices_and_mail() {
    let Some(server) = Server::plain() else { return };
    for access in ["disclosure: {access: 依申请公开}", ""] {
        let notice = crate::support::NOTICE.replace("disclosure: {access: 主动公开}", access);
        let project = build(project(&server, "").file("content/p/notice.yaml", notice));
        let run = send(&project, &["--unit", "区教育局"]).refused();
        assert_eq!(run.codes(), ["send-internal"], "{run}");
        let before = server.taken().len();
        send(&project, &["--unit", "区教育局", "--allow-internal"]).clean();
        assert_eq!(server.taken().len(), before + 1);
    }
    let secret = "lead: first\nsecrecy: {level: 秘密}";
    let project =
        build(project(&server, "").change("content/p/notice.yaml", "lead: first", secret));
    let run = send(&project, &["--allow-internal"]).refused();
    assert_eq!(run.codes(), ["send-secret"], "{run}");
}

#[test]
fn settings_of_mail() {
    let project = built::project();
    let run = send(&project, &[]).refused();
    assert_eq!(run.codes(), ["mail-not-set"], "{run}");
    let with = |settings: &str| {
        let text = format!("office: 云溪区发改局\nmail: {{host: 127.0.0.1, {settings}}}\n");
        let run = send(&build(built::project().file("yinfa.yaml", text)), &[]).refused();
        assert!(run.stderr.contains("yinfa.yaml:2:"), "{run}");
        run.codes().into_iter().map(str::to_string).collect::<Vec<_>>()
    };
    assert_eq!(with("from: fgj"), ["address-wrong"]);
    assert_eq!(with("from: a@example.com, port: 70000"), ["mail-setting-wrong"]);
    assert_eq!(with("from: a@example.com, rate: 0"), ["mail-setting-wrong"]);
    assert_eq!(with("from: a@example.com, retries: 100"), ["mail-setting-wrong"]);
    assert_eq!(with("from: a@example.com, security: ssl"), ["value-unknown"]);
    assert_eq!(with("port: 25"), ["key-missing"]);
    // Nobody listens there.
    let text = "mail: {host: 127.0.0.1, port: 1, security: plain, from: a@example.com, retries: 1, retry_wait: 0}\n";
    let project = build(built::project().file("yinfa.yaml", text));
    let run = send(&project, &[]).refused();
    assert!(run.stderr.contains("0 sent, 4 not sent yet, 1 cannot be sent"), "{run}");
    assert_eq!(outcomes(&project).iter().filter(|(_, _, s)| s == "deferred").count(), 4);
}
