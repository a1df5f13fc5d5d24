//! How Word writes numbers, and how an import writes them: in signs that a notice's numbers have.

use base::zh::{is_numeral, numeral};

/// A number in a format of Word (`ST_NumberFormat`). Formats that notices have no sign for (Roman
/// numbers, stems, circles) become the nearest that they have.
pub(super) fn number(n: u32, format: &str) -> String {
    match format {
        "none" | "bullet" => String::new(),
        "chineseCounting"
        | "chineseCountingThousand"
        | "chineseLegalSimplified"
        | "japaneseCounting"
        | "japaneseLegal"
        | "japaneseDigitalTenThousand"
        | "koreanDigital2"
        | "ideographDigital"
        | "ideographEnclosedCircle"
        | "ideographLegalTraditional"
        | "ideographTraditional"
        | "ideographZodiac"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "taiwaneseDigital" => numeral(n),
        "upperLetter" => letters(b'A', n),
        "lowerLetter" => letters(b'a', n),
        _ => n.to_string(),
    }
}

/// A, B … Z, AA, BB.
fn letters(first: u8, n: u32) -> String {
    let nth = n.saturating_sub(1);
    let letter = char::from(first + u8::try_from(nth % 26).unwrap_or_default());
    let times = usize::try_from(nth / 26).unwrap_or_default().min(8) + 1;
    std::iter::repeat_n(letter, times).collect()
}

/// Whether a format draws something around its numbers.
pub(super) fn is_enclosed(format: &str) -> bool {
    matches!(
        format,
        "decimalEnclosedCircle"
            | "decimalEnclosedCircleChinese"
            | "decimalEnclosedParen"
            | "ideographEnclosedCircle"
    )
}

/// A label with a mark that tells it from the text behind it: Word sets a blank or a tab there.
pub(super) fn marked(label: &str, format: &str, text: &str) -> String {
    let label = label.trim();
    let digit = text.trim_start().starts_with(|c: char| c.is_ascii_digit());
    match label.chars().next_back() {
        _ if is_enclosed(format) && label.chars().all(char::is_alphanumeric) => {
            format!("（{label}）")
        }
        // 第一条, 任务1.
        Some(last) if !last.is_alphanumeric() => {
            let dot = label.strip_suffix('.').filter(|_| digit);
            // 1.2025年 would be a decimal.
            dot.map_or_else(|| label.to_string(), |number| format!("{number}．"))
        }
        Some(_) if label.chars().all(|c| c.is_ascii_alphanumeric()) => {
            format!("{label}{}", if digit { '．' } else { '.' })
        }
        Some(_) if label.chars().all(is_numeral) => {
            format!("{label}、")
        }
        Some(_) => format!("{label} "),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_of_chinese_files() {
        assert_eq!(number(12, "chineseCountingThousand"), "十二");
        assert_eq!(number(3, "chineseLegalSimplified"), "三");
        assert_eq!(number(7, "decimalEnclosedFullstop"), "7");
        assert_eq!(number(4, "upperRoman"), "4");
        assert_eq!([number(1, "upperLetter"), number(28, "lowerLetter")], ["A", "bb"]);
        assert_eq!(number(4, "none"), "");
    }

    #[test]
    fn labels_are_told_from_the_text() {
        assert_eq!(marked("1", "decimal", "推进"), "1.");
        assert_eq!(marked("1", "decimal", "5G基站"), "1．");
        assert_eq!(marked("3.", "decimal", "2025年"), "3．");
        assert_eq!(marked("3.", "decimal", "推进"), "3.");
        assert_eq!(marked("2", "decimalEnclosedCircleChinese", "2024年"), "（2）");
        assert_eq!(marked("一", "chineseCounting", "总体要求"), "一、");
        assert_eq!(marked("（一）", "chineseCounting", "总体要求"), "（一）");
        assert_eq!(marked("第一条", "chineseCounting", "总体要求"), "第一条 ");
    }
}
