//! The escapes of double-quoted scalars.

/// The character that the escape at the start of `text` (a backslash) stands for, and how long
/// the escape is. `None` where YAML does not know it.
pub(crate) fn escape(text: &str) -> Option<(char, usize)> {
    let sign = text.chars().nth(1)?;
    let character = match sign {
        '0' => '\0',
        'a' => '\x07',
        'b' => '\x08',
        't' | '\t' => '\t',
        'n' => '\n',
        'v' => '\x0b',
        'f' => '\x0c',
        'r' => '\r',
        'e' => '\x1b',
        ' ' | '"' | '/' | '\\' => sign,
        'N' => '\u{85}',
        '_' => '\u{a0}',
        'L' => '\u{2028}',
        'P' => '\u{2029}',
        'x' => return Some((char::from_u32(hex(text, 2, 2)?)?, 4)),
        'U' => return Some((char::from_u32(hex(text, 2, 8)?)?, 10)),
        'u' => return four_digits(text),
        _ => return None,
    };
    Some((character, 2))
}

/// `\uXXXX`, or two of them that are one character together, as JSON writes it.
fn four_digits(text: &str) -> Option<(char, usize)> {
    let high = hex(text, 2, 4)?;
    if !(0xd800..0xdc00).contains(&high) {
        return Some((char::from_u32(high)?, 6));
    }
    if text.get(6..8)? != "\\u" {
        return None;
    }
    let low = hex(text, 8, 4)?;
    if !(0xdc00..0xe000).contains(&low) {
        return None;
    }
    let code = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
    Some((char::from_u32(code)?, 12))
}

fn hex(text: &str, at: usize, digits: usize) -> Option<u32> {
    let digits = text.get(at..at + digits)?;
    if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    u32::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_of_every_length() {
        assert_eq!(escape("\\n…"), Some(('\n', 2)));
        assert_eq!(escape("\\x41"), Some(('A', 4)));
        assert_eq!(escape("\\u5370发"), Some(('印', 6)));
        assert_eq!(escape("\\U0001F600"), Some(('😀', 10)));
        assert_eq!(escape("\\ud83d\\ude00"), Some(('😀', 12)));
    }

    #[test]
    fn what_is_no_escape() {
        for text in
            ["\\", "\\数", "\\x4", "\\u12g4", "\\x+1", "\\ud83d", "\\ud83d\\u0041", "\\udc00"]
        {
            assert_eq!(escape(text), None, "{text}");
        }
    }
}
