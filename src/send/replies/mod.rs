//! Replies to mail that was sent: .eml files, matched by the Message-IDs they name.

mod date;
mod header;
mod kind;
mod note;
mod report;

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use mailparse::ParsedMail;

use base::disk::sha256;

use super::foreign::raw_text;
use header::{first, first_of};
use report::Report;

pub use kind::Kind;
pub(crate) use note::{About, Became, note};

/// A mail of the reply folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// What it is.
    pub kind: Kind,
    /// The Message-IDs that it answers, without brackets, the nearest first.
    pub answers: Vec<String>,
    /// Its own Message-ID; a hash of the file where it has none.
    pub id: String,
    /// Who sent it.
    pub from: Option<String>,
    /// Its day, in the time zone that it names; `None` where its date cannot be read.
    pub date: Option<Date>,
    /// Its subject.
    pub subject: String,
    /// Of mail that came back: why.
    pub reason: Option<String>,
}

/// What a file of the reply folder is.
enum Mail {
    /// A reply that was noted before: its Message-ID is known.
    Known,
    Reply(Box<Reply>),
}

/// The largest file that is read: replies carry attachments, but not films.
const LARGEST: u64 = 64 * 1024 * 1024;

/// So much of a file is read first: its headers tell whether it was noted before.
const HEAD: u64 = 16 * 1024;

/// The .eml files of a folder, in the order of their names.
///
/// # Errors
/// When the folder cannot be read.
pub(crate) fn eml_files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    fs::read_dir(folder)?;
    let is_mail = |path: &Path| {
        path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("eml"))
    };
    let walk = walkdir::WalkDir::new(folder).follow_links(true).sort_by_file_name();
    Ok(walk
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file() && is_mail(entry.path()))
        .map(walkdir::DirEntry::into_path)
        .collect())
}

/// Reads a file, or as much of it as shows that its Message-ID is among those `known`; `own` are
/// the office's addresses.
fn read(path: &Path, own: &[String], known: &BTreeSet<String>) -> Result<Mail, String> {
    let words = |error: io::Error| error.to_string();
    let mut file = File::open(path).map_err(words)?;
    let length = file.metadata().map_err(words)?.len();
    if length > LARGEST {
        return Err(format!("{length} bytes"));
    }
    let mut bytes = Vec::new();
    file.by_ref().take(HEAD).read_to_end(&mut bytes).map_err(words)?;
    let headers = mailparse::parse_headers(&bytes).map(|(headers, _)| headers).unwrap_or_default();
    if own_id(first_of(&headers, "Message-ID")).is_some_and(|id| known.contains(&id)) {
        return Ok(Mail::Known);
    }
    drop(headers);
    file.read_to_end(&mut bytes).map_err(words)?;
    parse(&bytes, own).map(|reply| Mail::Reply(Box::new(reply)))
}

fn parse(bytes: &[u8], own: &[String]) -> Result<Reply, String> {
    let mail = parse_mail(bytes)?;
    if mail.headers.is_empty() {
        return Err("no headers".into());
    }
    let report = Report::of(&mail);
    let kind = Kind::of(&mail, &report, own);
    Ok(Reply {
        kind,
        answers: answers(&mail, &report, kind),
        id: own_id(first(&mail, "Message-ID"))
            .unwrap_or_else(|| format!("sha256:{}", sha256(bytes))),
        from: first(&mail, "From"),
        date: day(&mail),
        subject: first(&mail, "Subject").unwrap_or_default(),
        reason: report.reason,
    })
}

/// Parts inside parts beyond this number are no mail that anybody wrote, and would cost the parser
/// its stack.
const MOST_PARTS: usize = 200;

fn parse_mail(bytes: &[u8]) -> Result<ParsedMail<'_>, String> {
    let kind = b"multipart/";
    let is_kind = |window: &&[u8]| window.eq_ignore_ascii_case(kind);
    if bytes.windows(kind.len()).filter(is_kind).nth(MOST_PARTS).is_some() {
        return Err(format!("more than {MOST_PARTS} parts inside each other"));
    }
    mailparse::parse_mail(bytes).map_err(|error| error.to_string())
}

/// The Message-IDs that a mail answers or reports about, the nearest first.
fn answers(mail: &ParsedMail<'_>, report: &Report, kind: Kind) -> Vec<String> {
    let named = |name: &str| ids(&first(mail, name).unwrap_or_default());
    let mut answers = named("In-Reply-To");
    // The last of the references is the nearest.
    answers.extend(named("References").into_iter().rev());
    answers.extend(report.original.iter().cloned());
    answers.extend(named("Original-Message-ID"));
    answers.extend(named("X-Original-Message-ID"));
    if answers.is_empty() && kind == Kind::Bounce {
        // Old mail systems quote the headers in the text of the mail.
        answers.extend(quoted_ids(mail));
    }
    answers
}

/// The ids of lines `Message-ID: <…>` in the texts of a mail.
fn quoted_ids(mail: &ParsedMail<'_>) -> Vec<String> {
    let texts = mail.parts().filter(|part| part.ctype.mimetype.starts_with("text/"));
    texts
        .flat_map(|part| {
            let text = raw_text(&part.get_body_raw().unwrap_or_default());
            let lines = text.lines().filter_map(|line| line.trim().split_once(':'));
            let ids: Vec<String> = lines
                .filter(|(name, _)| {
                    name.trim_start_matches('>').trim().eq_ignore_ascii_case("Message-ID")
                })
                .flat_map(|(_, value)| ids(value))
                .collect();
            ids
        })
        .collect()
}

/// The day of a mail, else the one on which the last server on its way received it.
fn day(mail: &ParsedMail<'_>) -> Option<Date> {
    let of = |text: String| date::day(&text);
    let received = || first(mail, "Received")?.rsplit_once(';').map(|(_, date)| date.to_string());
    first(mail, "Date").and_then(of).or_else(|| received().and_then(of))
}

fn own_id(field: Option<String>) -> Option<String> {
    ids(&field?).into_iter().next()
}

/// The Message-IDs in a field, without their brackets.
fn ids(value: &str) -> Vec<String> {
    value
        .split('<')
        .skip(1)
        .filter_map(|piece| piece.split_once('>'))
        .map(|(id, _)| id.split_whitespace().collect::<String>())
        .filter(|id| !id.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(text: &str) -> Reply {
        parse(text.replace('\n', "\r\n").as_bytes(), &[]).unwrap()
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

    #[test]
    fn the_day_of_the_date_or_of_the_last_server() {
        let of = |head: &str| reply(&format!("From: a@b\n{head}\n\nx\n")).date;
        let day = Some(jiff::civil::date(2025, 3, 21));
        assert_eq!(of("Date: 2025年3月21日 9:00"), day);
        let received = "Received: from a by b;\n Fri, 21 Mar 2025 09:00:00 +0800";
        assert_eq!(of(&format!("{received}\nDate: soon")), day);
        assert_eq!(of("Date: soon"), None);
    }

    #[test]
    fn raw_bytes_of_an_old_program() {
        let text =
            "From: 李 <li@example.org>\nSubject: 自动回复：外出\nIn-Reply-To: <m@x>\n\n外出\n";
        let bytes = encoding_rs::GBK.encode(text).0;
        let reply = parse(&bytes, &[]).unwrap();
        assert_eq!((reply.kind, reply.subject.as_str()), (Kind::Machine, "自动回复：外出"));
        assert_eq!(reply.from.as_deref(), Some("李 <li@example.org>"));
    }

    #[test]
    fn the_id_in_the_text_of_an_old_bounce() {
        let bounce = reply(
            "From: MAILER-DAEMON@mx.example.org\nReturn-Path: <>\n\nSorry.\n\n--- Below this line is a copy \\
             of the message.\n\nReceived: x\nMessage-ID: <m@x>\nSubject: a\n",
        );
        assert_eq!((bounce.kind, bounce.answers), (Kind::Bounce, vec!["m@x".to_string()]));
    }

    #[test]
    fn a_known_reply_is_known_by_its_head() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.eml");
        // Nothing behind the head is read: it would be no mail.
        let mut text = b"From: a@b\r\nMessage-ID: <r@x>\r\n\r\n".to_vec();
        text.resize(HEAD as usize * 2, b'x');
        fs::write(&path, &text).unwrap();
        let of = |known: &[&str]| {
            let known = known.iter().map(|id| (*id).to_string()).collect();
            matches!(read(&path, &[], &known), Ok(Mail::Known))
        };
        assert!(of(&["r@x"]) && !of(&["a@b", ""]));
    }
}
