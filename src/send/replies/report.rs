//! What machines report about a message: delivered or not (RFC 3464, RFC 6533), read or not
//! (RFC 8098). A gateway may put such a report inside other parts, or into a mail of its own.

use mailparse::ParsedMail;

use super::header::{decoded, first_of, without_comments};
use super::ids;
use crate::send::foreign::raw_text;

/// Nobody writes a mail with parts that are nested deeper: it is a machine's.
const DEEPEST: usize = 50;

/// What the reports in a mail say.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Report {
    /// There is a report of any kind.
    pub(super) is_report: bool,
    /// A delivery failed for good.
    pub(super) failed: bool,
    /// The Message-IDs of what is reported about.
    pub(super) original: Vec<String>,
    /// Why the delivery failed.
    pub(super) reason: Option<String>,
}

impl Report {
    pub(super) fn of(mail: &ParsedMail<'_>) -> Self {
        let mut report = Self::default();
        report.look(mail, false, DEEPEST);
        report
    }

    /// `in_report`: the part stands beside a report, so that an attached mail is the one that is
    /// reported about.
    fn look(&mut self, part: &ParsedMail<'_>, in_report: bool, depth: usize) {
        if depth == 0 {
            self.is_report = true;
            return;
        }
        let mime = part.ctype.mimetype.to_ascii_lowercase();
        match mime.as_str() {
            "message/delivery-status" | "message/global-delivery-status" => {
                self.is_report = true;
                self.delivery(&fields(&body(part)));
            }
            "message/disposition-notification" | "message/global-disposition-notification" => {
                self.is_report = true;
                self.original.extend(original_ids(&fields(&body(part))));
            }
            "text/rfc822-headers" | "message/rfc822-headers" | "message/global-headers" => {
                self.headers_of_original(&part.get_body_raw().unwrap_or_default());
            }
            "message/rfc822" | "message/global" => {
                let bytes = part.get_body_raw().unwrap_or_default();
                if in_report {
                    self.headers_of_original(&bytes);
                } else if let Ok(inner) = super::parse_mail(&bytes) {
                    self.look(&inner, false, depth - 1);
                }
            }
            _ => {
                let is_report = mime == "multipart/report";
                self.is_report |= is_report;
                for inner in &part.subparts {
                    self.look(inner, in_report || is_report, depth - 1);
                }
            }
        }
    }

    fn delivery(&mut self, fields: &[(String, String)]) {
        self.failed |= fields.iter().any(|(name, value)| {
            name == "action" && without_comments(value).eq_ignore_ascii_case("failed")
        });
        let field = |wanted: &str| fields.iter().find(|(name, _)| name == wanted);
        let reason = field("diagnostic-code").or_else(|| field("status"));
        self.reason = self.reason.take().or_else(|| reason.map(|(_, value)| value.clone()));
        self.original.extend(original_ids(fields));
    }

    fn headers_of_original(&mut self, bytes: &[u8]) {
        if let Ok((headers, _)) = mailparse::parse_headers(bytes) {
            self.original.extend(ids(&first_of(&headers, "Message-ID").unwrap_or_default()));
        }
    }
}

/// `Original-Message-ID`, `X-Original-Message-ID` and the like.
fn original_ids(fields: &[(String, String)]) -> Vec<String> {
    let original = fields.iter().filter(|(name, _)| name.ends_with("original-message-id"));
    original.flat_map(|(_, value)| ids(value)).collect()
}

fn body(part: &ParsedMail<'_>) -> String {
    raw_text(&part.get_body_raw().unwrap_or_default())
}

/// The fields of all groups of a report, their names in lower case, folded lines joined.
fn fields(body: &str) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in body.lines() {
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = fields.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            fields.push((name.trim().to_ascii_lowercase(), value.trim().to_string()));
        }
    }
    fields.iter_mut().for_each(|(_, value)| *value = decoded(value.as_bytes()));
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(parts: &[(&str, &str)]) -> String {
        let parts: String = parts
            .iter()
            .map(|(kind, body)| format!("--b\nContent-Type: {kind}\n\n{body}\n"))
            .collect();
        format!("Content-Type: multipart/report; boundary=b\n\n{parts}--b--\n")
    }

    fn read(text: &str) -> Report {
        Report::of(&mailparse::parse_mail(text.as_bytes()).unwrap())
    }

    #[test]
    fn wherever_it_stands() {
        let plain = report(&[
            ("text/plain", "sorry"),
            (
                "message/delivery-status",
                "Reporting-MTA: dns; mx\n\nACTION: failed (no\n such user)\nStatus: 5.1.1",
            ),
            ("message/rfc822", "Message-ID: <m@x>\n\nx"),
        ]);
        let mixed = format!("Content-Type: multipart/mixed; boundary=a\n\n--a\n{plain}\n--a--\n");
        let forwarded = format!(
            "Content-Type: multipart/mixed; boundary=c\n\n--c\nContent-Type: message/rfc822\n\n{mixed}\n--c--\n"
        );
        for text in [plain, mixed, forwarded] {
            let report = read(&text);
            assert!(report.is_report && report.failed, "{text}");
            assert_eq!(
                (report.original, report.reason.as_deref()),
                (vec!["m@x".into()], Some("5.1.1"))
            );
        }
    }

    #[test]
    fn international_ones_and_ids_that_stand_elsewhere() {
        let global = read(&report(&[
            ("message/global-delivery-status", "Action: failed"),
            ("message/global-headers", "Subject: a\nMessage-ID:\n <m@x>"),
        ]));
        assert!(global.failed && global.original == ["m@x"]);
        let status = read(&report(&[(
            "message/delivery-status",
            "X-Original-Message-ID: <m@x>\n\nAction: failed",
        )]));
        assert_eq!(status.original, ["m@x"]);
        let late = read(&report(&[("message/delivery-status", "Action: delayed")]));
        assert!(late.is_report && !late.failed);
        let seen = read(&report(&[(
            "message/global-disposition-notification",
            "Original-Message-ID: <m@x>\nDisposition: automatic-action; displayed",
        )]));
        assert!(seen.is_report && !seen.failed && seen.original == ["m@x"]);
    }

    #[test]
    fn an_attached_mail_alone_is_no_report() {
        let answer = "Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: text/plain\n\n收到\n--a\nContent-Type: message/rfc822\n\nMessage-ID: <m@x>\n\nx\n--a--\n";
        assert_eq!(read(answer), Report::default());
    }

    /// Whatever carries it: a digest, which needs no type for its mails, a signature, base64.
    #[test]
    fn in_what_carries_it() {
        let plain =
            report(&[("message/delivery-status", "Original-Message-ID: <m@x>\n\nAction: failed")]);
        let digest = format!(
            "Content-Type: multipart/digest; boundary=d\n\n--d\n\nSubject: other\n\nx\n--d\n\n{plain}\n--d--\n"
        );
        let signed = format!(
            "Content-Type: multipart/signed; boundary=s\n\n--s\n{plain}\n--s\nContent-Type: application/pkcs7-signature\n\nMA\n--s--\n"
        );
        let encoded = report(&[(
            "message/delivery-status\nContent-Transfer-Encoding: base64",
            "T3JpZ2luYWwtTWVzc2FnZS1JRDogPG1AeD4KCkFjdGlvbjogZmFpbGVkCg==",
        )]);
        let twice =
            format!("Content-Type: message/rfc822\n\nContent-Type: message/rfc822\n\n{plain}");
        for text in [digest, signed, encoded, twice] {
            let report = read(&text);
            assert!(report.is_report && report.failed, "{text}");
            assert_eq!(report.original, ["m@x"], "{text}");
        }
    }

    #[test]
    fn depth_has_an_end() {
        let nested = |levels: usize| {
            let inner = "Content-Type: text/plain\n\n收到\n".to_string();
            (0..levels).fold(inner, |text, n| {
                format!(
                    "Content-Type: multipart/mixed; boundary=n{n}\n\n--n{n}\n{text}\n--n{n}--\n"
                )
            })
        };
        assert!(!read(&nested(10)).is_report);
        assert!(read(&nested(60)).is_report);
        assert!(super::super::parse_mail(nested(300).as_bytes()).is_err());
    }
}
