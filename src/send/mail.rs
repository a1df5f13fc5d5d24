//! A parcel as a message: text and page, and attachments whose names old and new mail programs
//! can read.

use std::error::Error;
use std::time::SystemTime;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use lettre::Message;
use lettre::message::header::{ContentDisposition, Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};

use super::plan::Parcel;
use super::server::Server;

/// Makes the message of a parcel: the bytes that a mail program reads.
///
/// # Errors
/// In words, when a file cannot be read, or is another one than the plan knew.
pub(super) fn message(
    parcel: &Parcel,
    server: &Server,
    now: jiff::Timestamp,
) -> Result<Vec<u8>, String> {
    let said = |error: &dyn Error| error.to_string();
    let address = parcel.address.parse().map_err(|e: lettre::address::AddressError| said(&e))?;
    let to = Mailbox::new(Some(parcel.unit.clone()), address);
    let mut builder = Message::builder()
        .from(server.from.clone())
        .to(to.clone())
        .subject(parcel.texts.subject.clone())
        .message_id(parcel.delivery.message_id.as_ref().map(|id| format!("<{id}>")))
        .date(SystemTime::from(now));
    if let Some(reply_to) = &server.reply_to {
        builder = builder.reply_to(reply_to.clone());
    }
    let texts = (parcel.texts.text.clone(), parcel.texts.html.clone());
    let mut parts =
        MultiPart::mixed().multipart(MultiPart::alternative_plain_html(texts.0, texts.1));
    for file in &parcel.files {
        parts = parts.singlepart(attachment(&file.entry.name, file.bytes()?));
    }
    let mut message = builder.multipart(parts).map_err(|error| said(&error))?;
    let mut set = |name: HeaderName, plain: &str, encoded: String| {
        let value = HeaderValue::dangerous_new_pre_encoded(name, plain.into(), encoded);
        message.headers_mut().insert_raw(value);
    };
    // lettre leaves ASCII as it is, and a mail program would read another text in it.
    let subject = &parcel.texts.subject;
    if looks_encoded(subject) {
        set(HeaderName::new_from_ascii_str("Subject"), subject, always_encoded(subject));
    }
    let people =
        [("From", Some(&server.from)), ("To", Some(&to)), ("Reply-To", server.reply_to.as_ref())];
    for (header, mailbox) in people {
        let Some(Mailbox { name: Some(name), email }) = mailbox else { continue };
        if looks_encoded(name) {
            let encoded = format!("{}\r\n <{email}>", always_encoded(name));
            set(HeaderName::new_from_ascii_str(header), name, encoded);
        }
    }
    Ok(message.formatted())
}

/// Whether a text would be taken for an encoded word (RFC 2047).
fn looks_encoded(text: &str) -> bool {
    text.contains("=?")
}

/// The name stands there twice: as RFC 2231 says, and, for programs that do not read that, as an
/// encoded word in the type.
fn attachment(name: &str, bytes: Vec<u8>) -> SinglePart {
    SinglePart::builder()
        .header(NamedType::new(name))
        .header(ContentDisposition::attachment(name))
        .body(bytes)
}

/// `Content-Type` with the name of a file.
#[derive(Debug, Clone)]
struct NamedType(HeaderValue);

impl NamedType {
    fn new(name: &str) -> Self {
        let kind = media_type(name);
        let encoded = format!("{kind};\r\n name=\"{}\"", encoded_words(name));
        let plain = format!("{kind}; name=\"{name}\"");
        Self(HeaderValue::dangerous_new_pre_encoded(<Self as Header>::name(), plain, encoded))
    }
}

impl Header for NamedType {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Content-Type")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn Error + Send + Sync>> {
        Err("only written".into())
    }

    fn display(&self) -> HeaderValue {
        self.0.clone()
    }
}

/// RFC 2047: the name itself where it is ASCII, else encoded words of at most 75 characters, each
/// of whole characters, on lines of their own.
fn encoded_words(name: &str) -> String {
    if name.chars().all(|c| c.is_ascii_alphanumeric() || " .-_()".contains(c)) {
        return name.to_string();
    }
    always_encoded(name)
}

/// A text as encoded words, whatever is in it.
fn always_encoded(text: &str) -> String {
    let mut words = Vec::new();
    let mut piece = String::new();
    for c in text.chars() {
        if piece.len() + c.len_utf8() > WORD {
            words.push(std::mem::take(&mut piece));
        }
        piece.push(c);
    }
    words.push(piece);
    let words: Vec<String> =
        words.iter().map(|word| format!("=?utf-8?B?{}?=", STANDARD.encode(word))).collect();
    words.join("\r\n ")
}

/// How many bytes an encoded word holds: 45 bytes are 60 characters of base64.
const WORD: usize = 45;

fn media_type(name: &str) -> &'static str {
    let extension = name.rsplit_once('.').map(|(_, end)| end.to_ascii_lowercase());
    match extension.as_deref() {
        Some("pdf") => "application/pdf",
        Some("xlsx") => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        Some("docx") => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        Some("ofd") => "application/ofd",
        Some("zip") => "application/zip",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("png") => "image/png",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn decoded(words: &str) -> String {
        let mut bytes = Vec::new();
        for word in words.split("\r\n ") {
            assert!(word.len() <= 75, "{word}");
            match word.strip_prefix("=?utf-8?B?").and_then(|w| w.strip_suffix("?=")) {
                Some(word) => bytes.extend(STANDARD.decode(word).unwrap()),
                None => bytes.extend(word.bytes()),
            }
        }
        String::from_utf8(bytes).unwrap()
    }

    proptest! {
        #[test]
        fn names_come_back_and_stay_in_their_header(name in "[a-z区单位任务\"\\\\\r\n;（）. ]{1,60}") {
            let words = encoded_words(&name);
            prop_assert_eq!(decoded(&words), name);
            prop_assert!(words.is_ascii() && !words.contains('"'));
            prop_assert!(!words.replace("\r\n =?utf-8?B?", "").contains(['\r', '\n']));
        }
    }
}
