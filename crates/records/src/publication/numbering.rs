//! Numbers of sections and items, as they are printed.

use crate::content::schema::section::NumberStyle;

/// 一, 十二, 二十, 一百零三: numbers as headings write them.
pub fn han(number: u32) -> String {
    const DIGITS: [&str; 10] = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |d: u32| DIGITS[(d % 10) as usize];
    match number {
        0..10 => digit(number).to_string(),
        10..20 if number == 10 => "十".into(),
        10..20 => format!("十{}", digit(number)),
        20..100 if number.is_multiple_of(10) => format!("{}十", digit(number / 10)),
        20..100 => format!("{}十{}", digit(number / 10), digit(number)),
        100..1000 => {
            let rest = match number % 100 {
                0 => String::new(),
                rest @ 1..10 => format!("零{}", digit(rest)),
                rest @ 10..20 => format!("一{}", han(rest)),
                rest => han(rest),
            };
            format!("{}百{rest}", digit(number / 100))
        }
        _ => number.to_string(),
    }
}

impl NumberStyle {
    /// The label of a number: `一、`, `（一）`, `1.`, `1、`, `(1)`, or nothing.
    pub fn label(self, number: u32) -> String {
        match self {
            Self::Han => format!("{}、", han(number)),
            Self::HanBracket => format!("（{}）", han(number)),
            Self::Dot => format!("{number}."),
            Self::Comma => format!("{number}、"),
            Self::Bracket => format!("({number})"),
            Self::None => String::new(),
        }
    }

    /// The style of a section's number where the record gives none, by its depth from 1.
    pub fn of_level(depth: usize) -> Self {
        match depth {
            1 => Self::Han,
            2 => Self::HanBracket,
            _ => Self::Dot,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn han_numbers() {
        let cases = [
            (1, "一"),
            (10, "十"),
            (11, "十一"),
            (20, "二十"),
            (28, "二十八"),
            (99, "九十九"),
            (100, "一百"),
            (103, "一百零三"),
            (110, "一百一十"),
            (115, "一百一十五"),
            (128, "一百二十八"),
        ];
        for (number, expected) in cases {
            assert_eq!(han(number), expected);
        }
    }

    #[test]
    fn labels() {
        assert_eq!(NumberStyle::HanBracket.label(12), "（十二）");
        assert_eq!(NumberStyle::None.label(3), "");
        assert_eq!(NumberStyle::of_level(3).label(3), "3.");
    }
}
