//! Numbers of sections and items, as they are printed.

use crate::content::schema::section::NumberStyle;
use base::zh::numeral;

impl NumberStyle {
    /// The label of a number: `一、`, `（一）`, `1.`, `1、`, `（1）` (GB/T 9704 7.3.3), or
    /// nothing.
    pub fn label(self, number: u32) -> String {
        match self {
            Self::Han => format!("{}、", numeral(number)),
            Self::HanBracket => format!("（{}）", numeral(number)),
            Self::Dot => format!("{number}."),
            Self::Comma => format!("{number}、"),
            Self::Bracket => format!("（{number}）"),
            Self::None => String::new(),
        }
    }

    /// The style of a section's number where the record gives none, by its depth from 1.
    pub fn of_level(depth: usize) -> Self {
        match depth {
            1 => Self::Han,
            2 => Self::HanBracket,
            3 => Self::Dot,
            _ => Self::Bracket,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels() {
        assert_eq!(NumberStyle::HanBracket.label(12), "（十二）");
        assert_eq!(NumberStyle::None.label(3), "");
        assert_eq!(NumberStyle::of_level(3).label(3), "3.");
        assert_eq!(NumberStyle::of_level(4).label(3), "（3）");
    }
}
