//! Raised digits: 10⁴ must not become 104.

/// Raised digits as characters; `None` for other words, which stay as they are.
pub(super) fn raised(text: &str) -> Option<String> {
    text.trim()
        .chars()
        .map(|c| {
            Some(match c {
                '0' => '⁰',
                '1' => '¹',
                '2' => '²',
                '3' => '³',
                '4'..='9' => char::from_u32(0x2070 + c.to_digit(10)?)?,
                '+' => '⁺',
                '-' | '−' => '⁻',
                'n' => 'ⁿ',
                _ => return None,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_raised_and_words_are_not() {
        assert_eq!(raised("-24").as_deref(), Some("⁻²⁴"));
        assert_eq!(raised("注1"), None);
    }
}
