//! Where running text in Latin letters may be broken, so that lines are full: addresses behind their
//! marks, long words where English divides them, and sums of money before their sign.

use std::fmt;

use super::escape;

/// What is shorter stays whole.
const LONG_WORD: usize = 8;
const LONG_ADDRESS: usize = 10;
/// A piece of an address that is longer is cut wherever a line ends.
const LONG_PIECE: usize = 16;

/// Writes a text as strings of Typst markup with places to break between them.
pub(super) fn write(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut plain = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let len = rest.find(|c: char| !c.is_ascii_graphic()).unwrap_or(rest.len());
        let (word, behind) = rest.split_at(len.max(first.len_utf8()));
        rest = behind;
        if is_word(word) {
            flush(&mut plain, f)?;
            write!(f, "#latin({});", escape::typst_string(word))?;
        } else if len >= LONG_ADDRESS {
            for piece in pieces(word) {
                plain.push_str(piece);
                flush(&mut plain, f)?;
                f.write_str("#cut;")?;
            }
        } else {
            // UAX 14 allows no break between a closing mark and the sign of a sum.
            if is_sign(first) && plain.ends_with(['，', '、', '；', '。', '：']) {
                flush(&mut plain, f)?;
                f.write_str("#cut;")?;
            }
            plain.push_str(word);
        }
    }
    if text.is_empty() { escape::typst("", f) } else { flush(&mut plain, f) }
}

fn flush(plain: &mut String, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if plain.is_empty() {
        return Ok(());
    }
    escape::typst(plain, f)?;
    plain.clear();
    Ok(())
}

fn is_word(word: &str) -> bool {
    word.len() >= LONG_WORD && word.bytes().all(|c| c.is_ascii_alphabetic())
}

fn is_sign(c: char) -> bool {
    matches!(c, '￥' | '¥' | '$' | '＄' | '€' | '£')
}

/// The pieces of an address: each ends behind a mark that is not followed by another one, or is as long as
/// a piece may be. A number with its point or comma is one piece.
fn pieces(word: &str) -> Vec<&str> {
    let bytes = word.as_bytes();
    if bytes.iter().all(|c| c.is_ascii_digit() || b".,%+-".contains(c)) {
        return vec![word];
    }
    // An address has no syllables: it may end a line anywhere.
    let address = word.contains("://") || word.contains('@') || word.starts_with("www.");
    let longest = if address { 1 } else { LONG_PIECE };
    let is_mark = |c: u8| c.is_ascii_punctuation();
    let mut pieces = Vec::new();
    let mut start = 0;
    for end in 1..bytes.len() {
        let [before, next] = [bytes[end - 1], bytes[end]];
        let number = end > 1 && bytes[end - 2].is_ascii_digit() && next.is_ascii_digit();
        let decimal = number && matches!(before, b'.' | b',');
        let behind_mark = is_mark(before) && !b"([{<\"'".contains(&before) && !is_mark(next);
        if (behind_mark && !decimal) || end - start >= longest && (address || !decimal) {
            pieces.push(&word[start..end]);
            start = end;
        }
    }
    pieces.push(&word[start..]);
    pieces
}

#[cfg(test)]
mod tests {
    use super::pieces;

    #[test]
    fn addresses_are_cut_behind_their_marks() {
        for (word, parts) in [
            ("yunxi-district/gov?id=1", &["yunxi-", "district/", "gov?", "id=", "1"][..]),
            ("12345678.90", &["12345678.90"]),
            ("100MW/200MWh", &["100MW/", "200MWh"]),
            ("v1.25,(abcde)", &["v1.25,(abcde)"]),
            ("abcdefghijklmnopqr1", &["abcdefghijklmnop", "qr1"]),
        ] {
            assert_eq!(pieces(word), parts, "{word}");
        }
    }
}
