//! `CO~2~` and `m^2^`: subscripts and superscripts become the characters that Unicode has for them, so
//! that every format prints them as it prints ₂ and ² themselves.
//!
//! A tilde between numbers means "to" (10~20 and 30~40 are no subscripts), so a subscript stands behind
//! a Latin letter or a bracket alone.

use super::draft::Edit;

const PLAIN: &str = "0123456789+-()n.";
const LOWERED: &str = "₀₁₂₃₄₅₆₇₈₉₊₋₍₎ₙ.";
const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ.";
/// More than this between two signs is something else.
const LONGEST: usize = 4;

/// The changes that put characters in the place of signs and digits.
pub(super) fn edits(text: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find(['~', '^']) {
        let start = at + found;
        at = start + 1;
        let sign = &text[start..at];
        let before = text[..start].chars().next_back();
        let letter = |c: char| c.is_ascii_alphabetic() || matches!(c, ')' | '）' | ']');
        let fits = match sign {
            "~" => before.is_some_and(letter),
            _ => before.is_some_and(|c| letter(c) || c.is_ascii_digit() || "米里分秒~".contains(c)),
        };
        let inner: &str = text[at..].split(['~', '^']).next().unwrap_or_default();
        let end = at + inner.len();
        if !fits || !text[end..].starts_with(sign) || !(1..=LONGEST).contains(&inner.len()) {
            continue;
        }
        let to = if sign == "~" { LOWERED } else { RAISED };
        let one = |c: char| to.chars().nth(PLAIN.chars().position(|plain| plain == c)?);
        if let Some(words) = inner.chars().map(one).collect::<Option<String>>() {
            edits.push(Edit::replace(start..end + 1, words));
            at = end + 1;
        }
    }
    edits
}

#[cfg(test)]
mod tests {
    use super::super::draft::Draft;
    use super::*;

    #[test]
    fn digits_between_signs_are_set_low_or_high() {
        for (text, read) in [
            ("CO~2~和m^2^", "CO₂和m²"),
            ("PM~2.5~、SO~4~^2-^", "PM₂.₅、SO₄²⁻"),
            ("10^4^吨、平方米^2^", "10⁴吨、平方米²"),
            ("10~20万元、30~40", "10~20万元、30~40"),
            ("A~B~C、5月~6月", "A~B~C、5月~6月"),
            ("x^12345^", "x^12345^"),
        ] {
            let mut draft = Draft::new(text);
            draft.apply(edits(draft.text()));
            assert_eq!(draft.text(), read, "{text}");
        }
    }
}
