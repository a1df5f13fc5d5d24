//! Text from files and libraries made fit for a terminal: characters that would move the cursor,
//! colour the text or turn its direction become visible ones.

use annotate_snippets::normalize_untrusted_str;

/// The text on one line, harmless.
pub(super) fn one_line(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    harmless(&lines.join(" "))
}

/// The text with its line endings, otherwise harmless.
pub(super) fn harmless(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    normalize_untrusted_str(&text).chars().map(visible).collect()
}

/// The character, or a stand-in for one that `normalize_untrusted_str` leaves although terminals
/// act on it: the control characters above ASCII (U+009B begins an escape sequence) and the
/// marks of writing direction.
pub(super) fn visible(c: char) -> char {
    match c {
        '\u{80}'..='\u{9f}' | '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{2028}' | '\u{2029}' => {
            '\u{fffd}'
        }
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_become_visible() {
        assert_eq!(harmless("\u{1b}[31m红\u{9b}1m\u{202e}"), "␛[31m红\u{fffd}1m\u{fffd}");
    }

    #[test]
    fn line_endings_are_kept_or_become_spaces() {
        assert_eq!(harmless("甲\r\n乙\n"), "甲\n乙\n");
        assert_eq!(one_line("甲\r\n  乙\n"), "甲 乙");
    }

    #[test]
    fn spaces_of_one_line_are_kept() {
        assert_eq!(one_line("甲　乙  丙"), "甲　乙  丙");
    }
}
