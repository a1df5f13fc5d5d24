//! Header fields as people see them: encoded words (RFC 2047) and raw bytes in any encoding of
//! Chinese become text.
//!
//! mailparse decodes each encoded word alone. Old mail programs cut words in the middle of a
//! character, so words of one charset that follow each other are joined before they are decoded.

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use encoding_rs::{Encoding, GB18030, GBK, UTF_8};
use mailparse::{MailHeader, ParsedMail};

use crate::send::foreign::raw_text;

/// Base64 as mail programs write it: with or without the signs that fill up its end.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// The first field with this name, on one line.
pub(super) fn first(mail: &ParsedMail<'_>, name: &str) -> Option<String> {
    first_of(&mail.headers, name)
}

/// The first field with this name among some fields, on one line.
pub(super) fn first_of(headers: &[MailHeader<'_>], name: &str) -> Option<String> {
    let field = headers.iter().find(|field| field.get_key_ref().eq_ignore_ascii_case(name))?;
    Some(decoded(field.get_value_raw()))
}

/// The text of a field on one line.
pub(super) fn decoded(raw: &[u8]) -> String {
    let mut text = String::new();
    let mut open: Option<(&'static Encoding, Vec<u8>)> = None;
    let mut rest = raw;
    while !rest.is_empty() {
        let Some((before, word, after)) = next_word(rest) else {
            end(&mut open, &mut text);
            text.push_str(&raw_text(rest));
            break;
        };
        // Blanks between two encoded words are no part of the text.
        let is_between = open.is_some() && before.iter().all(u8::is_ascii_whitespace);
        if !is_between {
            end(&mut open, &mut text);
            text.push_str(&raw_text(before));
        }
        match &mut open {
            Some((encoding, bytes)) if *encoding == word.encoding => bytes.extend(word.bytes),
            _ => {
                end(&mut open, &mut text);
                open = Some((word.encoding, word.bytes));
            }
        }
        rest = after;
    }
    end(&mut open, &mut text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Text without the remarks in brackets that fields of machines may have (RFC 5322).
pub(super) fn without_comments(text: &str) -> String {
    let mut depth = 0usize;
    let mut kept = String::new();
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' if depth > 0 => depth -= 1,
            c if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    kept.trim().to_string()
}

fn end(open: &mut Option<(&'static Encoding, Vec<u8>)>, text: &mut String) {
    if let Some((encoding, bytes)) = open.take() {
        text.push_str(&encoding.decode_without_bom_handling(&bytes).0);
    }
}

struct Word {
    encoding: &'static Encoding,
    bytes: Vec<u8>,
}

/// The next encoded word, with what stands before and behind it.
fn next_word(text: &[u8]) -> Option<(&[u8], Word, &[u8])> {
    let mut from = 0;
    loop {
        let start = from + find(&text[from..], b"=?")?;
        if let Some((word, length)) = word(&text[start..]) {
            return Some((&text[..start], word, &text[start + length..]));
        }
        from = start + 2;
    }
}

/// The encoded word that a text begins with, and its length.
fn word(text: &[u8]) -> Option<(Word, usize)> {
    let charset_end = 2 + find(text.get(2..)?, b"?")?;
    let kind = text.get(charset_end + 1)?.to_ascii_lowercase();
    if text.get(charset_end + 2) != Some(&b'?') {
        return None;
    }
    let begin = charset_end + 3;
    let end = begin + find(text.get(begin..)?, b"?=")?;
    let inner: Vec<u8> =
        text[begin..end].iter().copied().filter(|b| !b.is_ascii_whitespace()).collect();
    let bytes = match kind {
        b'b' => BASE64.decode(&inner).ok()?,
        b'q' => quoted(&inner)?,
        _ => return None,
    };
    // RFC 2231 lets a language stand behind the charset.
    let charset = text[2..charset_end].split(|b| *b == b'*').next()?;
    Some((Word { encoding: encoding(charset), bytes }, end + 2))
}

fn encoding(charset: &[u8]) -> &'static Encoding {
    match Encoding::for_label(charset) {
        // What is called GB 2312 often has characters of its successors.
        Some(encoding) if encoding == GBK => GB18030,
        Some(encoding) => encoding,
        None => UTF_8,
    }
}

fn quoted(text: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        bytes.push(match byte {
            b'_' => b' ',
            b'=' => {
                let digits = std::str::from_utf8(rest.get(..2)?).ok()?;
                rest = &rest[2..];
                u8::from_str_radix(digits, 16).ok()?
            }
            byte => byte,
        });
    }
    Some(bytes)
}

fn find(text: &[u8], what: &[u8]) -> Option<usize> {
    text.windows(what.len()).position(|window| window == what)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_that_cut_a_character() {
        // 区教育局 in GB 2312, cut behind each byte.
        let bytes = GB18030.encode("区教育局办公室").0.into_owned();
        for cut in 1..bytes.len() {
            let (one, other) = bytes.split_at(cut);
            let raw = format!(
                "=?gb2312?B?{}?=\r\n =?GB2312?b?{}?= <a@b>",
                BASE64.encode(one),
                BASE64.encode(other)
            );
            assert_eq!(decoded(raw.as_bytes()), "区教育局办公室 <a@b>");
        }
    }

    #[test]
    fn as_programs_write_them() {
        for (raw, text) in [
            ("=?utf-8?Q?=E6=94=B6=E5=88=B0_ok?=", "收到 ok"),
            ("=?UTF-8*zh?B?5pS25Yiw?= =?utf-8?B?IQ?=", "收到!"),
            ("\"=?utf-8?B?5p2O?=\" <li@example.org>", "\"李\" <li@example.org>"),
            ("a =?utf-8?B?5p2O?= b", "a 李 b"),
            ("1 =? 2 ?= 3", "1 =? 2 ?= 3"),
            ("=?utf-8?X?abc?=", "=?utf-8?X?abc?="),
            ("=?utf-8?Q?a=Z1?=", "=?utf-8?Q?a=Z1?="),
            ("收到\r\n 了", "收到 了"),
        ] {
            assert_eq!(decoded(raw.as_bytes()), text);
        }
        assert_eq!(decoded(&GB18030.encode("自动回复：任务单").0), "自动回复：任务单");
    }

    #[test]
    fn comments_go() {
        assert_eq!(without_comments(" failed (no such (or other) user) "), "failed");
        assert_eq!(without_comments("bulk"), "bulk");
        assert_eq!(without_comments("a) b"), "a) b");
    }

    proptest! {
        #[test]
        fn any_bytes_are_read(raw in prop::collection::vec(any::<u8>(), 0..80), mark in "[=?bqBQ ]{0,12}") {
            decoded(&raw);
            decoded(&[mark.as_bytes(), b"=?gbk?b?", &raw, b"?=", mark.as_bytes()].concat());
        }
    }
}
