//! Signs of symbol fonts, which have no code of their own: Word keeps them in the private area.

/// The sign of a font at a code such as `F0B3`; `None` where it is not known.
pub(super) fn symbol(font: &str, code: &str) -> Option<char> {
    let code = u32::from_str_radix(code, 16).ok()?;
    let slot = if (0xf000..=0xf0ff).contains(&code) { code - 0xf000 } else { code };
    let font = font.to_ascii_lowercase();
    match font.as_str() {
        "symbol" => found(SYMBOL, slot).or_else(|| plain(slot)),
        "wingdings" => found(WINGDINGS, slot),
        // The second and third of these fonts have other signs.
        _ if font.starts_with("wingdings") => None,
        // Any other font: a character is itself.
        _ => char::from_u32(code).filter(|c| !(0xe000..0xf900).contains(&u32::from(*c))),
    }
}

fn found(signs: &[(u32, char)], slot: u32) -> Option<char> {
    signs.iter().find(|(at, _)| *at == slot).map(|(_, sign)| *sign)
}

/// Digits and marks of the Symbol font stand where they do elsewhere.
fn plain(slot: u32) -> Option<char> {
    char::from_u32(slot).filter(|c| c.is_ascii_digit() || "()[]+.,/:;<=>%".contains(*c))
}

const SYMBOL: &[(u32, char)] = &[
    (0x2d, '−'),
    (0x40, '≅'),
    (0x44, 'Δ'),
    (0x46, 'Φ'),
    (0x53, 'Σ'),
    (0x57, 'Ω'),
    (0x61, 'α'),
    (0x62, 'β'),
    (0x64, 'δ'),
    (0x65, 'ε'),
    (0x67, 'γ'),
    (0x6c, 'λ'),
    (0x6d, 'μ'),
    (0x70, 'π'),
    (0x72, 'ρ'),
    (0x73, 'σ'),
    (0x7e, '～'),
    (0xa2, '′'),
    (0xa3, '≤'),
    (0xa5, '∞'),
    (0xab, '↔'),
    (0xac, '←'),
    (0xad, '↑'),
    (0xae, '→'),
    (0xaf, '↓'),
    (0xb0, '°'),
    (0xb1, '±'),
    (0xb2, '″'),
    (0xb3, '≥'),
    (0xb4, '×'),
    (0xb7, '·'),
    (0xb8, '÷'),
    (0xb9, '≠'),
    (0xba, '≡'),
    (0xbb, '≈'),
    (0xbc, '…'),
    (0xd6, '√'),
    (0xd7, '·'),
];

const WINGDINGS: &[(u32, char)] = &[
    (0x6c, '●'),
    (0x6e, '■'),
    (0x6f, '□'),
    (0x75, '◆'),
    (0xa8, '□'),
    (0xab, '★'),
    (0xd8, '➢'),
    (0xe0, '→'),
    (0xfb, '✗'),
    (0xfc, '√'),
    (0xfd, '☒'),
    (0xfe, '☑'),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_symbol_fonts() {
        assert_eq!(symbol("Symbol", "F0B3"), Some('≥'));
        assert_eq!(symbol("symbol", "B1"), Some('±'));
        assert_eq!(symbol("Symbol", "F035"), Some('5'));
        assert_eq!(symbol("Wingdings", "F0FE"), Some('☑'));
        assert_eq!(symbol("Wingdings 2", "F052"), None);
        assert_eq!(symbol("宋体", "2103"), Some('℃'));
        assert_eq!(symbol("宋体", "E001"), None);
        assert_eq!(symbol("Symbol", "x"), None);
    }
}
