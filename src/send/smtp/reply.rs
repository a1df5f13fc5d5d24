//! The replies of a server (RFC 5321, section 4.2): a code, and text of which nothing is asked. A
//! bare code is a reply, and so is one with text in any encoding: the code alone decides.

use crate::send::foreign::raw_text;

/// No line of a reply is longer: the standard has 512 bytes.
const LONGEST_LINE: usize = 8 * 1024;

/// No reply is longer.
const LONGEST: usize = 64 * 1024;

/// A reply, whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reply {
    /// Its code.
    pub(super) code: u16,
    /// The text behind the code, line by line.
    lines: Vec<String>,
}

/// What arrived is no reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Malformed;

impl Reply {
    /// The reply that these bytes begin with, and its length; `None` while more is to come.
    pub(super) fn parse(bytes: &[u8]) -> Result<Option<(Self, usize)>, Malformed> {
        let mut lines = Vec::new();
        let mut code = None;
        let mut end = 0;
        loop {
            let rest = &bytes[end..];
            let Some(length) = rest.iter().position(|byte| *byte == b'\n') else {
                let is_too_long = rest.len() > LONGEST_LINE || bytes.len() > LONGEST;
                return if is_too_long { Err(Malformed) } else { Ok(None) };
            };
            let line = rest[..length].strip_suffix(b"\r").unwrap_or(&rest[..length]);
            end += length + 1;
            if line.len() > LONGEST_LINE || end > LONGEST {
                return Err(Malformed);
            }
            let (number, goes_on, text) = line_of(line)?;
            // All lines of a reply have one code.
            if *code.get_or_insert(number) != number {
                return Err(Malformed);
            }
            lines.push(raw_text(text).trim().to_string());
            if !goes_on {
                return Ok(Some((Self { code: number, lines }, end)));
            }
        }
    }

    /// Whether the code is of the hundred that says yes.
    pub(super) fn is_yes(&self) -> bool {
        self.code / 100 == 2
    }

    /// Not for now.
    pub(super) fn is_later(&self) -> bool {
        self.code / 100 == 4
    }

    /// Refused for good.
    pub(super) fn is_no(&self) -> bool {
        self.code / 100 == 5
    }

    /// Whether the server closes the connection.
    pub(super) fn is_closing(&self) -> bool {
        self.code == 421
    }

    /// Its text on one line.
    pub(super) fn text(&self) -> String {
        let text = self.lines.join(" ");
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The words behind a keyword that the answer to EHLO lists, in capitals. Old servers write
    /// `AUTH=LOGIN`.
    pub(super) fn offers(&self, keyword: &str) -> Option<Vec<String>> {
        let lines = self.lines.iter().skip(1).map(|line| line.to_ascii_uppercase());
        let mut words = None;
        for line in lines {
            let mut split = line.split([' ', '=', '\t']).filter(|word| !word.is_empty());
            if split.next() == Some(keyword) {
                words.get_or_insert_with(Vec::new).extend(split.map(str::to_string));
            }
        }
        words
    }
}

/// Code, whether another line follows, and the text of a line.
fn line_of(line: &[u8]) -> Result<(u16, bool, &[u8]), Malformed> {
    let (digits, rest) = line.split_at_checked(3).ok_or(Malformed)?;
    let code = std::str::from_utf8(digits).ok().filter(|_| digits.iter().all(u8::is_ascii_digit));
    let code: u16 = code.and_then(|digits| digits.parse().ok()).ok_or(Malformed)?;
    match rest.first() {
        _ if !(200..600).contains(&code) => Err(Malformed),
        Some(byte) if byte.is_ascii_digit() => Err(Malformed),
        Some(b'-') => Ok((code, true, &rest[1..])),
        _ => Ok((code, false, rest)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parsed(bytes: &[u8]) -> Option<(u16, String, usize)> {
        let (reply, length) = Reply::parse(bytes).unwrap()?;
        Some((reply.code, reply.text(), length))
    }

    #[test]
    fn the_code_alone_decides() {
        let gbk = encoding_rs::GBK.encode("250 收到").0.into_owned();
        let gbk = [&gbk[..], b"\r\n"].concat();
        for (bytes, code, text) in [
            (&b"250\r\n"[..], 250, ""),
            (b"250 \r\n", 250, ""),
            (b"250\n", 250, ""),
            (b"250 OK\r\n", 250, "OK"),
            (b"550-5.1.1 no\r\n550 such user\r\n", 550, "5.1.1 no such user"),
            (b"250-\r\n250\r\n", 250, ""),
            (&gbk, 250, "收到"),
            (b"354 go ahead\r\n", 354, "go ahead"),
        ] {
            assert_eq!(parsed(bytes), Some((code, text.into(), bytes.len())));
        }
        assert_eq!(parsed(b"250 a\r\n250 b\r\n"), Some((250, "a".into(), 7)), "the first of two");
    }

    #[test]
    fn what_is_none_or_not_yet_one() {
        for part in ["", "2", "250", "250 OK", "250-a\r\n", "250-a\r\n250"] {
            assert_eq!(Reply::parse(part.as_bytes()), Ok(None), "{part:?}");
        }
        for wrong in [
            "\r\n",
            "OK\r\n",
            "25 OK\r\n",
            "2500 OK\r\n",
            "150 a\r\n",
            "600 a\r\n",
            "250-a\r\n550 b\r\n",
            "HTTP/1.1 400 Bad Request\r\n",
        ] {
            assert_eq!(Reply::parse(wrong.as_bytes()), Err(Malformed), "{wrong:?}");
        }
        assert_eq!(Reply::parse(&vec![b'2'; LONGEST_LINE + 1]), Err(Malformed));
        let endless = "250-a\r\n".repeat(LONGEST / 7 + 1);
        assert_eq!(Reply::parse(endless.as_bytes()), Err(Malformed));
    }

    #[test]
    fn what_a_server_offers() {
        let text = "250-mail.example.org\r\n250-STARTTLS\r\n250-auth PLAIN login\r\n250-AUTH=XOAUTH2\r\n250 SIZE 1\r\n";
        let (reply, _) = Reply::parse(text.as_bytes()).unwrap().unwrap();
        assert_eq!(reply.offers("STARTTLS"), Some(vec![]));
        assert_eq!(reply.offers("AUTH").unwrap(), ["PLAIN", "LOGIN", "XOAUTH2"]);
        assert_eq!(reply.offers("MAIL.EXAMPLE.ORG"), None, "the name is no offer");
        assert_eq!(reply.offers("CHUNKING"), None);
    }

    proptest! {
        #[test]
        fn cut_anywhere_it_is_the_same(texts in prop::collection::vec("[ -~]{0,20}", 1..4), cut in 0usize..90) {
            let last = texts.len() - 1;
            let all: String = texts
                .iter()
                .enumerate()
                .map(|(n, text)| format!("451{}{text}\r\n", if n < last { "-" } else { " " }))
                .collect();
            let cut = cut.min(all.len());
            let whole = Reply::parse(all.as_bytes()).unwrap();
            prop_assert_eq!(whole.as_ref().map(|(_, length)| *length), Some(all.len()));
            if cut < all.len() {
                prop_assert_eq!(Reply::parse(&all.as_bytes()[..cut]), Ok(None));
            }
        }

        #[test]
        fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            if let Ok(Some((_, length))) = Reply::parse(&bytes) {
                prop_assert!(length <= bytes.len() && bytes[length - 1] == b'\n');
            }
        }
    }
}
