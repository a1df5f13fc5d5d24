//! The words that compare a number: 不少于3个, 10个以上, 控制在45天以内.

/// How the number of a target is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// Exactly, or about.
    Eq,
    /// 不少于, 达到, 以上: at least.
    Ge,
    /// 超过: more than.
    Gt,
    /// 不超过, 以内: at most.
    Le,
    /// 低于: less than.
    Lt,
}

use Comparison::{Ge, Gt, Le, Lt};

impl Comparison {
    /// All, in the order that they are named in.
    pub const ALL: [Self; 5] = [Self::Eq, Ge, Gt, Le, Lt];

    /// The key in a record and the word in JSON: `eq`, `ge`, `gt`, `le`, `lt`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Eq => "eq",
            Ge => "ge",
            Gt => "gt",
            Le => "le",
            Lt => "lt",
        }
    }

    /// The words before the number in print.
    pub const fn print(self) -> &'static str {
        match self {
            Self::Eq => "",
            Ge => "不少于",
            Gt => "超过",
            Le => "不超过",
            Lt => "低于",
        }
    }
}

/// Words right before the number.
const BEFORE: [(&str, Comparison); 33] = [
    ("不少于", Ge),
    ("不低于", Ge),
    ("不小于", Ge),
    ("至少", Ge),
    ("达到", Ge),
    ("达", Ge),
    ("力争达到", Ge),
    ("力争达", Ge),
    ("提高到", Ge),
    ("提高至", Ge),
    ("提升到", Ge),
    ("提升至", Ge),
    ("增加到", Ge),
    ("增加至", Ge),
    (GROWS, Ge),
    ("超过", Gt),
    ("高于", Gt),
    ("突破", Gt),
    ("不超过", Le),
    ("不高于", Le),
    ("不大于", Le),
    ("至多", Le),
    ("控制在", Le),
    ("压缩至", Le),
    ("压缩到", Le),
    ("压减至", Le),
    ("压减到", Le),
    ("缩短至", Le),
    ("缩短到", Le),
    ("低于", Lt),
    ("少于", Lt),
    ("约", Comparison::Eq),
    ("大约", Comparison::Eq),
];

/// Words right behind the number and its measure.
const BEHIND: [(&str, Comparison); 6] = [
    ("以上", Ge),
    ("及以上", Ge),
    ("以内", Le),
    ("以下", Le),
    ("左右", Comparison::Eq),
    ("上下", Comparison::Eq),
];

/// What grows is told by this word: it stays part of the name of what is counted (产值增长15%).
const GROWS: &str = "增长";

/// How a number is compared by the words that end right before it, and the bytes by which the
/// name of what is counted ends earlier. The longest words that fit count, so that 不低于 is not
/// read as 低于.
pub fn compared_before(text: &str) -> Option<(Comparison, usize)> {
    let (comparison, len) = longest(&BEFORE, |word| text.ends_with(word))?;
    Some((comparison, if text.ends_with(GROWS) { 0 } else { len }))
}

/// How a number is compared by the words that follow it and its measure, and their bytes.
pub fn compared_behind(text: &str) -> Option<(Comparison, usize)> {
    longest(&BEHIND, |word| text.starts_with(word))
}

/// How a number between two texts is compared: the words before it decide, unless they say no
/// more than 约.
pub fn compares(before: &str, behind: &str) -> Option<Comparison> {
    let (before, behind) = (compared_before(before), compared_behind(behind));
    let decides =
        before.filter(|(comparison, _)| *comparison != Comparison::Eq).or(behind).or(before);
    decides.map(|(comparison, _)| comparison)
}

fn longest(
    words: &[(&str, Comparison)],
    fits: impl Fn(&str) -> bool,
) -> Option<(Comparison, usize)> {
    let found = words.iter().filter(|(word, _)| fits(word)).max_by_key(|(word, _)| word.len());
    found.map(|(word, comparison)| (*comparison, word.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_decides() {
        for (before, behind, expected) in [
            ("覆盖率达到", "", Some(Ge)),
            ("覆盖率达", "", Some(Ge)),
            ("能耗不低于", "", Some(Ge)),
            ("能耗低于", "", Some(Lt)),
            ("不超过", "", Some(Le)),
            ("超过", "", Some(Gt)),
            ("控制在", "以内", Some(Le)),
            ("达到", "以上", Some(Ge)),
            ("约", "", Some(Comparison::Eq)),
            ("约", "以上", Some(Ge)),
            ("超过", "左右", Some(Gt)),
            ("新增", "及以上", Some(Ge)),
            ("新增", "左右", Some(Comparison::Eq)),
            ("新增", "项目", None),
        ] {
            assert_eq!(compares(before, behind), expected, "{before}5个{behind}");
        }
        assert_eq!(compared_before("率力争达到"), Some((Ge, "力争达到".len())));
        assert_eq!(compared_before("产值增长"), Some((Ge, 0)));
    }

    #[test]
    fn what_is_printed_is_read_back() {
        for comparison in Comparison::ALL {
            let read = compares(comparison.print(), "").unwrap_or(Comparison::Eq);
            assert_eq!(read, comparison);
        }
    }
}
