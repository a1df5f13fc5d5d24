//! What was sent as password never comes back in the server's text: such a text is withheld.

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

/// Base64 with or without the signs that fill up its end.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// What stands in place of a text that is withheld.
pub(super) const WITHHELD: &str = "text withheld: it repeats the password";

/// What no message may show.
#[derive(Default)]
pub(super) struct Secrets {
    /// The password and what it was sent as, without blanks.
    all: Vec<String>,
}

impl Secrets {
    /// Of a login.
    pub(super) fn new(user: &str, password: &str) -> Self {
        let plain = plain(user, password);
        let all = [password.to_string(), BASE64.encode(password), plain];
        let all = all.iter().map(|secret| squeezed(secret.trim_end_matches('=')));
        Self { all: all.filter(|secret| !secret.is_empty()).collect() }
    }

    /// The text, or [`WITHHELD`].
    pub(super) fn without(&self, text: String) -> String {
        if self.all.is_empty() || !self.is_in(&text) {
            return text;
        }
        WITHHELD.into()
    }

    fn is_in(&self, text: &str) -> bool {
        let shows = |text: &str| {
            let text = squeezed(text);
            self.all.iter().any(|secret| text.contains(secret.as_str()))
        };
        // A server may repeat what it got, or what it made of it.
        let decoded = |word: &str| {
            let word =
                word.trim_matches(|c: char| !c.is_ascii_alphanumeric() && !"+/=".contains(c));
            BASE64.decode(word).ok().map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        };
        shows(text) || text.split_whitespace().filter_map(decoded).any(|text| shows(&text))
    }
}

/// What PLAIN sends (RFC 4616).
pub(super) fn plain(user: &str, password: &str) -> String {
    BASE64.encode(format!("\0{user}\0{password}"))
}

/// Without blanks and capitals: a server may fold lines within the words.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_every_form_in_which_it_was_sent() {
        let secrets = Secrets::new("fgj", "s3cret-Pass!");
        for text in [
            "wrong password s3cret-Pass!".to_string(),
            "WRONG: S3CRET-PASS!".into(),
            "you sent s3cret- Pass!".into(),
            format!("bad: {}", BASE64.encode("s3cret-Pass!")),
            format!("bad: <{}>", BASE64.encode("\0fgj\0s3cret-Pass!")),
            format!("bad: {}", BASE64.encode("fgj:s3cret-Pass!").trim_end_matches('=')),
        ] {
            assert_eq!(secrets.without(text.clone()), WITHHELD, "{text}");
        }
        let other = "535 5.7.8 authentication failed, see https://mail.example.org".to_string();
        assert_eq!(secrets.without(other.clone()), other);
        assert_eq!(Secrets::default().without(other.clone()), other);
    }
}
