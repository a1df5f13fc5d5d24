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

/// Whether terminals act on a character: control characters but line ends and tabs, and the marks
/// of writing direction.
pub fn is_acted_on(c: char) -> bool {
    match c {
        '\n' | '\t' => false,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        c => c.is_control() || visible(c) != c,
    }
}

/// A whole text as it may go to a terminal: what [`is_acted_on`] is replaced by visible characters, line
/// ends and tabs stay.
pub fn printable(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        clean.push(match c {
            '\r' if rest.peek() == Some(&'\n') => c,
            c if !is_acted_on(c) => c,
            // The pictures of control characters stand in their order.
            '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
            '\u{7f}' => '\u{2421}',
            _ => '\u{fffd}',
        });
    }
    clean
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_printed_with_its_lines_and_tabs_alone() {
        assert_eq!(printable("\u{feff}甲\t乙\r\n丙\r丁\n"), "\u{feff}甲\t乙\r\n丙␍丁\n");
        assert_eq!(printable("\u{1b}]0;x\u{7}\u{9b}2J\u{7f}\0"), "␛]0;x␇\u{fffd}2J␡␀");
        assert_eq!(
            printable("\u{202e}a\u{2066}b\u{200f}\u{2028}"),
            "\u{fffd}a\u{fffd}b\u{fffd}\u{fffd}"
        );
        assert_eq!(printable("👨\u{200d}👩"), "👨\u{200d}👩");
    }

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
