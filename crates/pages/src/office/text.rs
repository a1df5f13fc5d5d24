//! Characters that XML can hold.

/// A text without the characters that no XML document may hold, escaped or not (XML 1.0, 2.2).
pub(super) fn clean(text: &str) -> String {
    text.chars().filter(|&c| is_allowed(c)).collect()
}

/// Whether XML can hold a character. Control characters of Latin-1 may stand there, but mean
/// nothing in a document.
pub(super) fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n') || !(c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_go() {
        assert_eq!(clean("甲\0\u{1}\u{b}\r\n\t\u{1b}\u{7f}\u{85}\u{fffe}乙𠀀"), "甲\n\t乙𠀀");
    }
}
