//! 档号, the archival code of a document: `全宗号-WS·年度-保管期限-机构-件号` (DA/T 13-2022, DA/T 22-2015).

use std::fmt;

use records::content::schema::archive::{Retention, is_code_part};

/// The class that documents of an office belong to in an archive: 文书 documents.
const CATEGORY: &str = "WS";
/// The sign between the category and the year.
const DOT: char = '·';
/// 件号 has four digits.
const DIGITS: usize = 4;
/// The greatest 件号.
const MOST: u32 = 9999;

/// The lowest class that piece numbers (件号) count in: they begin with 1 in each.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Class {
    /// 全宗号.
    pub fonds: String,
    /// 年度, four digits.
    pub year: u32,
    /// 保管期限.
    pub retention: Retention,
    /// 机构或问题.
    pub division: String,
}

impl fmt::Display for Class {
    /// The code without the piece number.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { fonds, year, retention, division } = self;
        write!(f, "{fonds}-{CATEGORY}{DOT}{year:04}-{}-{division}", retention.code())
    }
}

/// An archival code.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArchivalCode {
    /// All but the last part.
    pub class: Class,
    /// 件号.
    pub piece: u32,
}

impl fmt::Display for ArchivalCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:0DIGITS$}", self.class, self.piece)
    }
}

impl ArchivalCode {
    /// Reads a code in its one form; anything else is `None`.
    pub fn parse(text: &str) -> Option<Self> {
        let parts: Vec<&str> = text.split('-').collect();
        let [fonds, category, retention, division, piece] = parts[..] else { return None };
        let year = category.strip_prefix(CATEGORY)?.strip_prefix(DOT)?;
        if !is_code_part(fonds) || !is_code_part(division) {
            return None;
        }
        let class = Class {
            fonds: fonds.into(),
            year: digits(year, 4)?,
            retention: Retention::from_code(retention)?,
            division: division.into(),
        };
        let piece = digits(piece, DIGITS).filter(|&piece| piece > 0)?;
        Some(Self { class, piece })
    }
}

/// A number of exactly so many digits.
fn digits(text: &str, count: usize) -> Option<u32> {
    (text.len() == count && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}

/// The next free code of a class: one above the greatest in use, since a number that was given up
/// is not given twice. `None` when all four digits are used up.
pub(crate) fn next_free<'a>(
    class: &Class,
    used: impl IntoIterator<Item = &'a ArchivalCode>,
) -> Option<ArchivalCode> {
    let last = used.into_iter().filter(|code| code.class == *class).map(|code| code.piece).max();
    let piece = last.unwrap_or(0) + 1;
    (piece <= MOST).then(|| ArchivalCode { class: class.clone(), piece })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn class() -> Class {
        Class {
            fonds: "0012".into(),
            year: 2025,
            retention: Retention::Years30,
            division: "BGS".into(),
        }
    }

    #[test]
    fn the_form() {
        let code = ArchivalCode { class: class(), piece: 7 };
        assert_eq!(code.to_string(), "0012-WS·2025-D30-BGS-0007");
        assert_eq!(ArchivalCode::parse("0012-WS·2025-D30-BGS-0007"), Some(code));
        for wrong in [
            "",
            "0012-WS·2025-D30-BGS",
            "0012-WS·2025-D30-BGS-7",
            "0012-WS·2025-D30-BGS-0000",
            "0012-WS·2025-D20-BGS-0001",
            "0012-WS·25-D30-BGS-0001",
            "0012-WS.2025-D30-BGS-0001",
            "0012-KJ·2025-D30-BGS-0001",
            "-WS·2025-D30-BGS-0001",
            "0012-WS·2025-D30--0001",
            "0012-WS·2025-D30-../-0001",
            "0012-WS·+025-D30-BGS-0001",
            "0012-WS·2025-D30-BGS-0001-",
        ] {
            assert_eq!(ArchivalCode::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn numbers_go_on_behind_the_greatest_of_their_class() {
        let other = Class { retention: Retention::Permanent, ..class() };
        let code = |class: &Class, piece| ArchivalCode { class: class.clone(), piece };
        let used = [code(&class(), 1), code(&class(), 4), code(&other, 9)];
        assert_eq!(next_free(&class(), &used).unwrap().piece, 5);
        assert_eq!(next_free(&other, &used).unwrap().piece, 10);
        assert_eq!(next_free(&class(), &[]).unwrap().piece, 1);
        assert_eq!(next_free(&class(), &[code(&class(), 9999)]), None);
    }

    proptest! {
        #[test]
        fn reads_what_it_writes(
            fonds in "[A-Za-z0-9]{1,10}",
            year in 0u32..10_000,
            division in "[A-Z0-9]{1,10}",
            piece in 1u32..10_000,
            retention in prop::sample::select(&Retention::ALL[..]),
        ) {
            let class = Class { fonds, year, retention: retention.1, division };
            let code = ArchivalCode { class, piece };
            prop_assert_eq!(ArchivalCode::parse(&code.to_string()), Some(code));
        }

        #[test]
        fn what_it_reads_it_writes_the_same(text in "[0-9A-Z·-]{0,30}|.{0,30}") {
            if let Some(code) = ArchivalCode::parse(&text) {
                prop_assert_eq!(code.to_string(), text);
            }
        }
    }
}
