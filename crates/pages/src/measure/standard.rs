//! GB/T 9704-2012 in numbers, said a second time on purpose: what lays pages out has its own
//! table (`geometry`), and a slip in one of them shows as a failure here. Millimetres, points
//! where the name says so.

use super::line::Line;
use base::diag::Words;
use pdf::page::PT_PER_MM;

/// 5.1 paper.
pub(super) const PAPER: (f64, f64) = (210.0, 297.0);
/// 5.2.1 text block: left, top, right, foot.
pub(super) const LEFT: f64 = 28.0;
pub(super) const TOP: f64 = 37.0;
pub(super) const RIGHT: f64 = LEFT + 156.0;
pub(super) const FOOT: f64 = TOP + 225.0;
pub(super) const WIDTH: f64 = RIGHT - LEFT;
pub(super) const MIDDLE: f64 = LEFT + WIDTH / 2.0;
/// 5.2.3 grid.
pub(super) const LINES: u32 = 22;
pub(super) const CHARACTERS: u32 = 28;
pub(super) const CELL: f64 = WIDTH / 28.0;
/// 5.2.2 body, 7.3.1 title, 7.4 and 7.5 imprint and number: type in points.
pub(super) const BODY: f64 = 16.0;
pub(super) const TITLE: f64 = 22.0;
pub(super) const SMALL: f64 = 14.0;
/// 7.2.4 the mark below the top of the text block.
pub(super) const MARK_NARROWEST: f64 = 2.0 / 3.0;
/// 7.2.4 the mark's top edge below the top of the text block.
pub(super) const MARK: f64 = 35.0;
/// 7.2.7 the red rule below the number.
pub(super) const RED_RULE: f64 = 4.0;
/// 7.3.5.1 a seal of an office.
pub(super) const SEAL: f64 = 42.0;
/// 7.4.1 rules of the imprint.
pub(super) const OUTER_RULE: f64 = 0.35;
pub(super) const INNER_RULE: f64 = 0.25;
/// 7.5 the number below the text block.
pub(super) const NUMBER: f64 = 7.0;
/// 10.1 letter: mark below the paper's top, first double rule below the mark, second above the
/// paper's foot, their length.
pub(super) const LETTER_MARK: f64 = 30.0;
pub(super) const LETTER_RULE: f64 = 4.0;
pub(super) const LETTER_FOOT: f64 = 20.0;
pub(super) const LETTER_WIDTH: f64 = 170.0;

/// A character of small type.
pub(super) const SMALL_EM: f64 = SMALL / PT_PER_MM;

/// A kind of face that the standard names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    FangSong,
    Kai,
    Hei,
    XiaoBiaoSong,
    Song,
}

impl Kind {
    /// What it is called.
    pub(super) fn name(self) -> Words {
        match self {
            Self::FangSong => Words::new("仿宋", "FangSong"),
            Self::Kai => Words::new("楷体", "Kai"),
            Self::Hei => Words::new("黑体", "Hei"),
            Self::XiaoBiaoSong => Words::new("小标宋", "XiaoBiaoSong"),
            Self::Song => Words::new("宋体", "Song"),
        }
    }

    /// The kind of a face by the name of its family: the usual ones, and the free ones that
    /// stand in for them.
    pub(super) fn of(family: &str, weight: u16) -> Option<Self> {
        let name: String = family.to_lowercase().split([' ', '-', '_']).collect();
        let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
        if has(&["小标宋", "xiaobiaosong", "xbs", "中宋", "zhongsong"]) {
            Some(Self::XiaoBiaoSong)
        } else if has(&["仿宋", "fangsong", "fandolfang", "cesifs", "zhuque"]) {
            Some(Self::FangSong)
        } else if has(&["楷", "kai", "cesikt"]) {
            Some(Self::Kai)
        } else if has(&["黑", "hei", "sanscjk", "hansans", "cesiht"]) {
            Some(Self::Hei)
        } else if has(&["serifcjk", "hanserif"]) {
            // The free faces have no 小标宋: the bold weight stands for it.
            Some(if weight >= 600 || has(&["bold"]) { Self::XiaoBiaoSong } else { Self::Song })
        } else if has(&["宋", "song", "simsun", "cesiss"]) {
            Some(Self::Song)
        } else {
            None
        }
    }

    /// The kind that most Han characters of a line have, digits and letters where it has none.
    pub(super) fn of_line(line: &Line) -> Option<Self> {
        let all: Vec<_> = line.chars.iter().collect();
        let han: Vec<_> = line.chars.iter().filter(|c| c.is_han()).collect();
        let counted = if han.is_empty() { all } else { han };
        let of = |c: &&super::line::Char| Self::of(&c.style.family, c.style.weight);
        let kinds: Vec<_> = counted.iter().map(of).collect();
        kinds
            .iter()
            .copied()
            .max_by_key(|kind| kinds.iter().filter(|other| *other == kind).count())
            .flatten()
    }
}

/// The height of so many blank lines.
pub(super) fn blanks(blank: u32, pitch: f64) -> f64 {
    f64::from(blank) * pitch
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_are_known_by_name() {
        for (family, weight, kind) in [
            ("FZXiaoBiaoSong-B05S", 400, Some(Kind::XiaoBiaoSong)),
            ("Noto Serif CJK SC", 700, Some(Kind::XiaoBiaoSong)),
            ("Noto Serif CJK SC", 400, Some(Kind::Song)),
            ("仿宋_GB2312", 400, Some(Kind::FangSong)),
            ("FandolFang R", 400, Some(Kind::FangSong)),
            ("LXGW WenKai", 400, Some(Kind::Kai)),
            ("KaiTi_GB2312", 400, Some(Kind::Kai)),
            ("Noto Sans CJK SC", 400, Some(Kind::Hei)),
            ("SimHei", 400, Some(Kind::Hei)),
            ("SimSun", 400, Some(Kind::Song)),
            ("Arial", 400, None),
        ] {
            assert_eq!(Kind::of(family, weight), kind, "{family}");
        }
    }
}
