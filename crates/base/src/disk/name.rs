//! File names from names of units.

use unicode_normalization::UnicodeNormalization;

/// The longest name in bytes, leaving room for a suffix on file systems that allow 255.
const MAX_BYTES: usize = 120;

/// The file name of a unit, without extension: NFC; `\ / : * ? " < > |` and control characters
/// become their full-width forms or `_`; no leading or trailing dot or blank; no name that Windows
/// reserves; at most 120 bytes, cut between characters.
///
/// Two units may get the same name: whoever writes files must compare
/// [`folded`](file_name_folded) names.
pub fn file_name(name: &str) -> String {
    file_name_with(name, "")
}

/// The same with a suffix that is kept whole: what a draft's names end in.
pub fn file_name_with(name: &str, suffix: &str) -> String {
    let clean: String = name
        .nfc()
        .map(|c| match c {
            '\\' => '＼',
            '/' => '／',
            ':' => '：',
            '*' => '＊',
            '?' => '？',
            '"' => '＂',
            '<' => '＜',
            '>' => '＞',
            '|' => '｜',
            c if c.is_control() || turns_direction(c) => '_',
            c => c,
        })
        .collect();
    let edges = |c: char| c == '.' || c.is_whitespace();
    let mut clean = clean.trim_matches(edges).to_string();
    // One byte is kept for the sign before a reserved name.
    let mut end = clean.len().min((MAX_BYTES - 1).saturating_sub(suffix.len()));
    while !clean.is_char_boundary(end) {
        end -= 1;
    }
    clean.truncate(end);
    let kept = clean.trim_end_matches(edges).len();
    clean.truncate(kept);
    let stem = clean.split('.').next().unwrap_or_default();
    if clean.is_empty() || is_reserved(stem) {
        clean.insert(0, '_');
    }
    clean + suffix
}

/// Characters that turn the direction of writing, so that a name looks like another one.
fn turns_direction(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// What two file names are compared by: file systems fold case.
pub fn file_name_folded(name: &str) -> String {
    file_name(name).to_lowercase()
}

fn is_reserved(stem: &str) -> bool {
    let stem = stem.trim_end().to_ascii_uppercase();
    let numbered = ["COM", "LPT"].iter().any(|device| {
        stem.strip_prefix(device).is_some_and(|n| {
            matches!(n, "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³")
        })
    });
    numbered || matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn forbidden_characters() {
        assert_eq!(file_name("区商务局/驻沪办"), "区商务局／驻沪办");
        assert_eq!(file_name(r#"a\b:c*d?e"f<g>h|i"#), "a＼b：c＊d？e＂f＜g＞h｜i");
        assert_eq!(file_name(" .区教育局. "), "区教育局");
        assert_eq!(file_name("con"), "_con");
        assert_eq!(file_name("LPT1.txt"), "_LPT1.txt");
        assert_eq!(file_name("console"), "console");
        assert_eq!(file_name(".."), "_");
        // e and a combining accent become one character.
        assert_eq!(file_name("e\u{301}"), "é");
    }

    proptest! {
        #[test]
        fn always_a_good_name(name in ".{0,80}") {
            let file = file_name(&name);
            prop_assert!(!file.is_empty());
            prop_assert!(file.len() <= MAX_BYTES);
            prop_assert!(file_name_with(&name, "（征求意见稿）").len() <= MAX_BYTES);
            prop_assert!(!file.starts_with(['.', ' ']) && !file.ends_with(['.', ' ']));
            prop_assert!(!file.contains(['\\', '/', ':', '*', '?', '"', '<', '>', '|']));
            prop_assert!(!file.chars().any(char::is_control));
        }

        #[test]
        fn idempotent(name in ".{0,40}") {
            let file = file_name(&name);
            prop_assert_eq!(file_name(&file), file);
        }
    }
}
