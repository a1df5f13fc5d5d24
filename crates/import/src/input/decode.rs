//! Plain text in the encodings that offices use.

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use base::diag::Diagnostic;
use base::text;

/// Decodes a text: a byte order mark decides, then what is valid UTF-8 is UTF-8, anything else
/// GB18030 (which contains GBK). What is neither is refused.
pub(super) fn decode(bytes: &[u8]) -> Result<String, Diagnostic> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return checked(encoding, bytes);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => checked_text(text.to_string(), false),
        // One damaged byte must not turn a whole text of UTF-8 into nonsense.
        Err(error) if mostly_utf8(bytes, error.valid_up_to()) => checked(UTF_8, bytes),
        Err(_) => checked(sniff_utf16(bytes).unwrap_or(GB18030), bytes),
    }
}

/// Decodes a text whose encoding a page declares; the bytes have the last word.
pub(super) fn decode_as(bytes: &[u8], label: Option<&[u8]>) -> Result<String, Diagnostic> {
    let declared = label.and_then(Encoding::for_label).filter(|encoding| {
        // Pages say UTF-8 and are GBK: [`decode`] tells these two apart.
        *encoding != UTF_8
            && Encoding::for_bom(bytes).is_none()
            && std::str::from_utf8(bytes).is_err()
    });
    match declared {
        Some(encoding) => {
            // A page that says gb2312 means GBK or more.
            let encoding = if encoding == encoding_rs::GBK { GB18030 } else { encoding };
            checked(encoding, bytes).or_else(|_| decode(bytes))
        }
        None => decode(bytes),
    }
}

fn checked(encoding: &'static Encoding, bytes: &[u8]) -> Result<String, Diagnostic> {
    let (text, _, damaged) = encoding.decode(bytes);
    checked_text(text.into_owned(), damaged)
}

fn checked_text(text: String, damaged: bool) -> Result<String, Diagnostic> {
    let (mut lost, mut controls, mut all) = (0usize, 0usize, 0usize);
    for c in text.chars() {
        all += 1;
        lost += usize::from(c == '\u{fffd}');
        controls +=
            usize::from(c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}' | '\u{b}'));
    }
    // A text with a few damaged places is still worth importing; noise is not.
    let noise = controls > 8 && controls * 200 > all;
    if noise || (damaged && lost * 50 > all) {
        return Err(Diagnostic::error(
                "import-not-text",
                text!("这个文件不是文字，或者已经损坏", "this file is not text, or it is damaged"),
            )
            .help(text!(
                "能读的是：文本（UTF-8、GBK、GB18030）、网页、.docx、Markdown、.xlsx、.xls、.ods、.csv 和有文字的 PDF；别的文件请先另存",
                "what can be read: text (UTF-8, GBK, GB18030), web pages, .docx, Markdown, .xlsx, .xls, .ods, .csv and PDF with text; save other files as one of these"
            )));
    }
    Ok(text)
}

fn mostly_utf8(bytes: &[u8], valid: usize) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let lost = text.chars().filter(|&c| c == '\u{fffd}').count();
    // GBK read as UTF-8 loses nearly every character; Han that survived is no accident.
    let han = text.chars().filter(|&c| base::zh::is_han(c)).count();
    valid > 64 && lost * 20 < han || lost * 100 < han
}

fn sniff_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let zeros =
        |odd: usize| bytes.iter().skip(odd).step_by(2).take(512).filter(|&&b| b == 0).count();
    match (zeros(0), zeros(1)) {
        (0, n) if n > 8 => Some(UTF_16LE),
        (n, 0) if n > 8 => Some(UTF_16BE),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_told_apart() {
        let words = "关于印发2024年工作要点的通知，责任单位：区发改局。㐂𠮷";
        let (gb, _, _) = GB18030.encode(words);
        assert_eq!(decode(&gb).unwrap(), words);
        assert_eq!(decode(words.as_bytes()).unwrap(), words);
        assert_eq!(decode(format!("\u{feff}{words}").as_bytes()).unwrap(), words);
        let mut utf16 = vec![0xff, 0xfe];
        utf16.extend(words.encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(decode(&utf16).unwrap(), words);
    }

    #[test]
    fn a_damaged_byte_is_no_other_encoding() {
        let mut bytes = "关于印发工作要点的通知".repeat(20).into_bytes();
        bytes[100] = 0xff;
        let text = decode(&bytes).unwrap();
        assert!(text.ends_with("的通知") && text.contains('\u{fffd}'));
    }

    #[test]
    fn the_bytes_have_the_last_word() {
        let words = "关于印发2024年工作要点的通知，责任单位：区发改局。".repeat(9);
        let (gb, _, _) = GB18030.encode(&words);
        for label in ["utf-8", "gb2312", "gbk", "nothing"] {
            assert_eq!(decode_as(&gb, Some(label.as_bytes())).unwrap(), words, "{label}");
            assert_eq!(decode_as(words.as_bytes(), Some(label.as_bytes())).unwrap(), words);
        }
        let (big5, _, _) = encoding_rs::BIG5.encode("責任單位：教育局");
        assert_eq!(decode_as(&big5, Some(b"big5")).unwrap(), "責任單位：教育局");
    }

    #[test]
    fn noise_is_refused() {
        let noise: Vec<u8> =
            (0..4096u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert_eq!(decode(&noise).unwrap_err().code, "import-not-text");
        assert_eq!(decode(&[0u8; 100]).unwrap_err().code, "import-not-text");
    }
}
