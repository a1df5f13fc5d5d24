//! Pages saved as one file (.mht, .mhtml): a mail message whose parts are the page, its pictures
//! and stylesheets.

use mailparse::ParsedMail;

use super::lines::Extract;
use super::refusal::damaged;
use super::{decode, html};
use base::diag::Diagnostic;

/// Parts inside parts.
const DEPTH: usize = 8;

/// Whether a file is a message of several parts.
pub(super) fn looks_like(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(8192)];
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let first = head.lines().next().unwrap_or_default().trim_start_matches('\u{feff}');
    let is_field = first.split_once(':').is_some_and(|(name, _)| {
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    });
    is_field && head.contains("mime-version:") && head.contains("content-type:")
}

/// Reads the page in the message.
pub(super) fn extract(bytes: &[u8]) -> Result<Extract, Diagnostic> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let mail = mailparse::parse_mail(bytes).map_err(|error| damaged(&error.to_string()))?;
    let page = page(&mail, 0).ok_or_else(|| damaged("text/html"))?;
    let body = page.get_body_raw().map_err(|error| damaged(&error.to_string()))?;
    let said = page.ctype.params.get("charset").map(|charset| charset.clone().into_bytes());
    let charset = html::declared_charset(&body).or(said);
    html::extract(&decode::decode_as(&body, charset.as_deref())?)
}

/// The first page among the parts; pages after it are frames of it.
fn page<'a, 'm>(mail: &'a ParsedMail<'m>, depth: usize) -> Option<&'a ParsedMail<'m>> {
    if depth > DEPTH {
        return None;
    }
    if mail.ctype.mimetype.eq_ignore_ascii_case("text/html") {
        return Some(mail);
    }
    mail.subparts.iter().find_map(|part| page(part, depth + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(message: &[u8]) -> String {
        assert!(looks_like(message));
        extract(message).unwrap().text
    }

    #[test]
    fn the_page_of_a_message() {
        let message = "From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"b\"\r\n\r\n\
            --b\r\nContent-Type: multipart/alternative; boundary=c\r\n\r\n--c\r\nContent-Type: text/html; charset=\"utf-8\"\r\n\
            Content-Transfer-Encoding: quoted-printable\r\n\r\n<p class=3D\"a\">=E7=94=\r\n=B2</p>\r\n--c--\r\n\
            --b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--b--\r\n";
        assert_eq!(words(message.as_bytes()).trim(), "甲");
        // Word and WPS: base64 of GBK.
        let message = "MIME-Version: 1.0\nContent-Type: text/html; charset=\"gb2312\"\nContent-Transfer-Encoding: base64\n\nPHA+0ru89jwvcD4=\n";
        assert_eq!(words(message.as_bytes()).trim(), "一荐");
        assert!(!looks_like(
            "一、总体要求：\nMIME-Version: 1.0\nContent-Type: text/html".as_bytes()
        ));
    }

    #[test]
    fn a_message_without_a_page_is_said_to_be_damaged() {
        let message = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: image/png\n\nA\n--b--\n";
        assert_eq!(extract(message).unwrap_err().code, "import-damaged");
    }
}
