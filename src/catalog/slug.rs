//! Addresses that stay: made from what a thing is, never from its place among others.

use pinyin::ToPinyin as _;

use base::disk::sha256;

/// The longest readable part.
const LONGEST: usize = 40;
/// Digits of the hash: among a million things two are alike once in four thousand catalogues, and
/// [`super::collect`] looks.
const DIGITS: usize = 12;

/// An address of lower-case ASCII letters, digits and hyphens: a readable part for people, and a
/// hash over what identifies the thing. `readable` must not change while the thing stays the same.
pub(super) fn slug(readable: &str, identity: &[&str]) -> String {
    let readable = ascii(readable);
    let hash = hash(identity);
    if readable.is_empty() { hash } else { format!("{readable}-{hash}") }
}

/// A hash over what identifies a thing, in hexadecimal digits.
pub(super) fn hash(identity: &[&str]) -> String {
    let mut digits = sha256(identity.join("\u{0}").as_bytes());
    digits.truncate(DIGITS);
    digits
}

/// Pinyin of Chinese characters, ASCII letters and digits in lower case, hyphens between words.
fn ascii(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if out.len() >= LONGEST {
            break;
        }
        if let Some(sound) = c.to_pinyin() {
            out.extend(sound.plain().chars().map(|c| if c == 'ü' { 'v' } else { c }));
        } else if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.retain(|c| c.is_ascii());
    out.trim_end_matches('-').to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_ascii_and_differ_by_identity() {
        let one = slug("区发改局", &["区发改局"]);
        assert!(one.starts_with("qufagaiju-"), "{one}");
        assert_eq!(one.len(), "qufagaiju-".len() + DIGITS);
        assert_ne!(one, slug("区发改局", &["区发改委"]));
        assert_eq!(slug("2025-yaodian", &["a"]).split('-').next(), Some("2025"));
        assert_eq!(slug("……", &["a"]), hash(&["a"]));
        // A separator is no part of an identity.
        assert_ne!(hash(&["a", "b"]), hash(&["ab"]));
        let long = slug(&"数据".repeat(50), &["a"]);
        assert!(long.len() < 60 && long.is_ascii(), "{long}");
        assert!(slug("绿色", &["a"]).starts_with("lvse-"), "{}", slug("绿色", &["a"]));
    }
}
