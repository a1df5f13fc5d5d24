//! Replies to mail that was sent: .eml files, matched by the Message-IDs they name.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use mailparse::{MailHeaderMap as _, ParsedMail};

use base::disk::sha256;

/// What a mail is, seen from the one that it answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Somebody answered.
    Answer,
    /// It came back: delivery failed.
    Bounce,
    /// A machine answered: an absence note, a confirmation of reading or of delivery.
    Machine,
}

/// A mail of the reply folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// Its file.
    pub path: PathBuf,
    /// What it is.
    pub kind: Kind,
    /// The Message-IDs that it answers, without brackets, the nearest first.
    pub answers: Vec<String>,
    /// Its own Message-ID; a hash of the file where it has none.
    pub id: String,
    /// Who sent it.
    pub from: Option<String>,
    /// Its day, in the time zone that it names.
    pub date: Option<Date>,
    /// Its subject.
    pub subject: String,
    /// Of mail that came back: why.
    pub reason: Option<String>,
}

/// The largest file that is read: replies carry attachments, but not films.
const LARGEST: u64 = 64 * 1024 * 1024;

/// The .eml files of a folder, in the order of their names, each read or with the reason why not.
///
/// # Errors
/// When the folder cannot be read.
pub fn replies(folder: &Path) -> io::Result<Vec<(PathBuf, Result<Reply, String>)>> {
    fs::read_dir(folder)?;
    let is_mail = |path: &Path| {
        path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("eml"))
    };
    let walk = walkdir::WalkDir::new(folder).follow_links(true).sort_by_file_name();
    Ok(walk
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file() && is_mail(entry.path()))
        .map(|entry| (entry.path().to_path_buf(), read(entry.path())))
        .collect())
}

fn read(path: &Path) -> Result<Reply, String> {
    let said = |error: io::Error| error.to_string();
    let length = fs::metadata(path).map_err(said)?.len();
    if length > LARGEST {
        return Err(format!("{length} bytes"));
    }
    let bytes = fs::read(path).map_err(said)?;
    parse(path, &bytes)
}

fn parse(path: &Path, bytes: &[u8]) -> Result<Reply, String> {
    let mail = mailparse::parse_mail(bytes).map_err(|error| error.to_string())?;
    let header = |name: &str| mail.headers.get_first_value(name);
    if mail.headers.is_empty() {
        return Err("no headers".into());
    }
    let mut answers = Vec::new();
    // The last of the references is the nearest.
    let references: Vec<String> = ids(&header("References").unwrap_or_default());
    answers.extend(ids(&header("In-Reply-To").unwrap_or_default()));
    answers.extend(references.into_iter().rev());
    let report = Report::of(&mail);
    answers.extend(report.original);
    let kind = if report.failed || is_bounce(&mail) {
        Kind::Bounce
    } else if report.is_report || is_automatic(&mail) || is_from_system(&mail) {
        Kind::Machine
    } else {
        Kind::Answer
    };
    let id = header("Message-ID").and_then(|value| ids(&value).into_iter().next());
    Ok(Reply {
        path: path.to_path_buf(),
        kind,
        answers,
        id: id.unwrap_or_else(|| format!("sha256:{}", sha256(bytes))),
        from: header("From").map(|from| one_line(&from)),
        date: header("Date").and_then(|date| day(&date)),
        subject: one_line(&header("Subject").unwrap_or_default()),
        reason: report.reason,
    })
}

/// What stands between `<` and `>`.
fn ids(value: &str) -> Vec<String> {
    value
        .split('<')
        .skip(1)
        .filter_map(|piece| piece.split_once('>'))
        .map(|(id, _)| id.split_whitespace().collect::<String>())
        .filter(|id| !id.is_empty())
        .collect()
}

/// The day that a date names in its own time zone.
fn day(value: &str) -> Option<Date> {
    jiff::fmt::rfc2822::parse(value.trim()).ok().map(|zoned| zoned.date())
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The machine's part of a report (RFC 3464, RFC 8098).
#[derive(Debug, Default)]
struct Report {
    is_report: bool,
    failed: bool,
    original: Vec<String>,
    reason: Option<String>,
}

impl Report {
    fn of(mail: &ParsedMail<'_>) -> Self {
        let mut report = Self::default();
        if mail.ctype.mimetype != "multipart/report" {
            return report;
        }
        report.is_report = true;
        for part in &mail.subparts {
            let Ok(body) = part.get_body_raw() else { continue };
            let body = String::from_utf8_lossy(&body).into_owned();
            let fields = || body.lines().filter_map(|line| line.split_once(':'));
            let field = |name: &str| {
                fields()
                    .find(|(key, _)| key.trim().eq_ignore_ascii_case(name))
                    .map(|(_, v)| v.trim())
            };
            match part.ctype.mimetype.as_str() {
                "message/delivery-status" => {
                    report.failed |= fields().any(|(key, value)| {
                        key.eq_ignore_ascii_case("Action")
                            && value.trim().eq_ignore_ascii_case("failed")
                    });
                    let reason = field("Diagnostic-Code").or_else(|| field("Status"));
                    report.reason = reason.map(one_line);
                }
                "message/disposition-notification" => {
                    report.original.extend(ids(field("Original-Message-ID").unwrap_or_default()));
                }
                "message/rfc822" | "text/rfc822-headers" | "message/rfc822-headers" => {
                    if let Ok((headers, _)) = mailparse::parse_headers(body.as_bytes()) {
                        let id = headers.get_first_value("Message-ID").unwrap_or_default();
                        report.original.extend(ids(&id));
                    }
                }
                _ => {}
            }
        }
        report
    }
}

/// A report of failure that is not written as the standard says.
fn is_bounce(mail: &ParsedMail<'_>) -> bool {
    mail.ctype.mimetype != "multipart/report"
        && is_from_system(mail)
        && mail.headers.get_first_value("Return-Path").is_some_and(|path| path.trim() == "<>")
}

/// Mail of a mail system, which acknowledges nothing. Whether it failed or waits is not known where
/// the sender of the envelope was not saved with it.
fn is_from_system(mail: &ParsedMail<'_>) -> bool {
    let from = mail.headers.get_first_value("From").unwrap_or_default().to_lowercase();
    ["mailer-daemon", "postmaster@"].iter().any(|name| from.contains(name))
}

/// RFC 3834, and what mail systems used before it.
fn is_automatic(mail: &ParsedMail<'_>) -> bool {
    let header = |name: &str| mail.headers.get_first_value(name).map(|value| value.to_lowercase());
    let automatic = header("Auto-Submitted").is_some_and(|value| value.trim() != "no");
    let precedence = header("Precedence")
        .is_some_and(|value| ["auto_reply", "bulk", "junk"].contains(&value.trim()));
    automatic || precedence || header("X-Autoreply").is_some() || header("X-Autorespond").is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(text: &str) -> Reply {
        parse(Path::new("a.eml"), text.replace('\n', "\r\n").as_bytes()).unwrap()
    }

    #[test]
    fn an_answer_names_what_it_answers() {
        let reply = reply(
            "From: =?utf-8?B?5Lic5bGx6ZWH?= <ds@example.org>\nSubject: =?utf-8?B?5pS25Yiw?=\n\
             Date: Thu, 20 Mar 2025 23:30:00 +0800\nMessage-ID: <r1@example.org>\n\
             In-Reply-To: <abc.yinfa@example.com>\n\
             References: <old@example.com>\n <abc.yinfa@example.com>\n\n收到\n",
        );
        assert_eq!(reply.kind, Kind::Answer);
        assert_eq!(reply.answers[0], "abc.yinfa@example.com");
        assert!(reply.answers.contains(&"old@example.com".into()));
        assert_eq!(reply.id, "r1@example.org");
        assert_eq!(reply.from.as_deref(), Some("东山镇 <ds@example.org>"));
        assert_eq!(reply.date, Some(jiff::civil::date(2025, 3, 20)));
        assert_eq!(reply.subject, "收到");
    }

    #[test]
    fn machines_do_not_acknowledge() {
        for head in ["Auto-Submitted: auto-replied", "Precedence: bulk", "X-Autoreply: yes"] {
            let reply =
                reply(&format!("From: a@example.org\n{head}\nIn-Reply-To: <a@b>\n\n外出\n"));
            assert_eq!(reply.kind, Kind::Machine, "{head}");
        }
        assert_eq!(
            reply("From: a@b\nAuto-Submitted: no\nIn-Reply-To: <a@b>\n\n").kind,
            Kind::Answer
        );
        let read = reply(
            "From: a@example.org\nContent-Type: multipart/report; \
             report-type=disposition-notification; boundary=b\n\n--b\nContent-Type: text/plain\n\nread\n\
             --b\nContent-Type: message/disposition-notification\n\nOriginal-Message-ID: <m@x>\n\
             Disposition: manual-action/MDN-sent-manually; displayed\n\n--b--\n",
        );
        assert_eq!((read.kind, read.answers), (Kind::Machine, vec!["m@x".to_string()]));
    }

    #[test]
    fn mail_that_came_back() {
        let bounce = reply(
            "From: MAILER-DAEMON@mx.example.org\nReturn-Path: <>\nContent-Type: multipart/report; \
             report-type=delivery-status; boundary=b\n\n--b\nContent-Type: text/plain\n\nsorry\n\
             --b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\n\
             Final-Recipient: rfc822; a@example.org\nAction: failed\nStatus: 5.1.1\n\
             Diagnostic-Code: smtp; 550 no such user\n\n\
             --b\nContent-Type: message/rfc822\n\nMessage-ID: <m@x>\nSubject: a\n\nb\n--b--\n",
        );
        assert_eq!(bounce.kind, Kind::Bounce);
        assert_eq!(bounce.answers, ["m@x"]);
        assert_eq!(bounce.reason.as_deref(), Some("smtp; 550 no such user"));
        let plain =
            reply("From: Postmaster@example.org\nReturn-Path: <>\nReferences: <m@x>\n\n退信\n");
        assert_eq!((plain.kind, plain.answers), (Kind::Bounce, vec!["m@x".to_string()]));
        for from in ["MAILER-DAEMON@mx.example.org", "Mail <postmaster@example.org>"] {
            let saved = reply(&format!("From: {from}\nIn-Reply-To: <m@x>\n\n退信\n"));
            assert_eq!(saved.kind, Kind::Machine, "{from}");
        }
    }
}
