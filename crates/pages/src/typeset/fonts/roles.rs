//! What faces are needed for, and which ones serve: the one table of font names.

use serde::Serialize;

/// What a face is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// 小标宋: titles.
    Title,
    /// 仿宋: running text.
    Body,
    /// 楷体.
    Kai,
    /// 黑体.
    Hei,
    /// 宋体.
    Song,
}

/// How good a face is for its role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// Named in the settings.
    Chosen,
    /// One of the faces that the role is named after.
    Standard,
    /// A free face of the same style, in the place of one.
    Free,
    /// Another style, better than nothing.
    Stopgap,
    /// Only for characters that the faces before it lack.
    LastResort,
}

/// A face that can serve a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    /// Its family names; case and spaces do not matter, a `*` at the end stands for anything.
    pub names: &'static [&'static str],
    /// Which of the family's weights is wanted.
    pub weight: u16,
    /// How good it is.
    pub standing: Standing,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Title, Self::Body, Self::Kai, Self::Hei, Self::Song];

    /// The name that settings and templates use.
    pub fn key(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Body => "body",
            Self::Kai => "kai",
            Self::Hei => "hei",
            Self::Song => "song",
        }
    }

    /// What the style is called in Chinese.
    pub fn style(self) -> &'static str {
        match self {
            Self::Title => "小标宋",
            Self::Body => "仿宋",
            Self::Kai => "楷体",
            Self::Hei => "黑体",
            Self::Song => "宋体",
        }
    }

    /// The weight wanted of families that the settings name.
    pub fn weight(self) -> u16 {
        match self {
            Self::Title => 700,
            _ => 400,
        }
    }

    /// What to install where nothing serves, by the package names of Debian and Ubuntu.
    pub fn packages(self) -> &'static str {
        match self {
            Self::Title | Self::Hei | Self::Song => "fonts-noto-cjk",
            Self::Body => "texlive-lang-chinese (FandolFang)",
            Self::Kai => "fonts-lxgw-wenkai",
        }
    }

    /// The faces that can serve, the best first.
    pub fn chain(self) -> &'static [Candidate] {
        match self {
            Self::Title => TITLE,
            Self::Body => BODY,
            Self::Kai => KAI,
            Self::Hei => HEI,
            Self::Song => SONG,
        }
    }
}

const fn standard(names: &'static [&'static str]) -> Candidate {
    Candidate { names, weight: 400, standing: Standing::Standard }
}

const fn free(names: &'static [&'static str], weight: u16) -> Candidate {
    Candidate { names, weight, standing: Standing::Free }
}

const NOTO_SERIF: &[&str] = &[
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "思源宋体",
    "Noto Serif SC",
    "Source Han Serif CN",
];
const NOTO_SANS: &[&str] =
    &["Noto Sans CJK SC", "Source Han Sans SC", "思源黑体", "Noto Sans SC", "Source Han Sans CN"];

const TITLE: &[Candidate] = &[
    standard(&["FZXiaoBiaoSong-B05S", "方正小标宋简体"]),
    standard(&["FZXiaoBiaoSong-B05", "方正小标宋_GBK"]),
    standard(&["CESI_XBS_*", "CESI小标宋-*"]),
    standard(&["STZhongsong", "华文中宋"]),
    free(NOTO_SERIF, 700),
    free(&["FandolSong"], 700),
];

const BODY: &[Candidate] = &[
    standard(&["FangSong_GB2312", "仿宋_GB2312"]),
    standard(&["FangSong", "仿宋"]),
    standard(&["CESI_FS_*", "CESI仿宋-*"]),
    standard(&["FZFangSong-Z02S", "方正仿宋简体"]),
    standard(&["FZFangSong-Z02", "方正仿宋_GBK"]),
    standard(&["STFangsong", "华文仿宋"]),
    free(&["Zhuque Fangsong*", "朱雀仿宋*"], 400),
    free(&["FandolFang"], 400),
    // The light one comes nearest to the thin strokes of 仿宋.
    Candidate { names: &["LXGW WenKai", "霞鹜文楷"], weight: 300, standing: Standing::Stopgap },
];

const KAI: &[Candidate] = &[
    standard(&["KaiTi_GB2312", "楷体_GB2312"]),
    standard(&["KaiTi", "楷体"]),
    standard(&["CESI_KT_*", "CESI楷体-*"]),
    standard(&["FZKai-Z03S", "方正楷体简体"]),
    standard(&["FZKai-Z03", "方正楷体_GBK"]),
    standard(&["STKaiti", "华文楷体"]),
    standard(&["Kaiti SC", "楷体-简"]),
    free(&["LXGW WenKai", "霞鹜文楷"], 400),
    free(&["FandolKai"], 400),
];

const HEI: &[Candidate] = &[
    standard(&["SimHei", "黑体"]),
    standard(&["CESI_HT_*", "CESI黑体-*"]),
    standard(&["FZHei-B01S", "方正黑体简体"]),
    standard(&["FZHei-B01", "方正黑体_GBK"]),
    standard(&["STHeiti", "华文黑体"]),
    standard(&["Heiti SC", "黑体-简"]),
    free(NOTO_SANS, 400),
    free(&["FandolHei"], 400),
];

const SONG: &[Candidate] = &[
    standard(&["SimSun", "宋体"]),
    standard(&["NSimSun", "新宋体"]),
    standard(&["CESI_SS_*", "CESI宋体-*"]),
    standard(&["FZShuSong-Z01S", "方正书宋简体"]),
    standard(&["FZShuSong-Z01", "方正书宋_GBK"]),
    standard(&["STSong", "华文宋体"]),
    standard(&["Songti SC", "宋体-简"]),
    free(NOTO_SERIF, 400),
    free(&["FandolSong"], 400),
];

/// A family's name without what differs from one program to the next: blanks and capitals.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct PlainName(String);

impl PlainName {
    pub(super) fn of(name: &str) -> Self {
        let letters = name.chars().filter(|c| !c.is_whitespace());
        Self(letters.flat_map(char::to_lowercase).collect())
    }

    /// Whether a name is the one meant by this, which may end in `*`.
    pub(super) fn means(&self, name: &Self) -> bool {
        match self.0.strip_suffix('*') {
            Some(start) => name.0.starts_with(start),
            None => name == self,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_spaces_do_not_matter_but_the_rest_does() {
        let same_family = |wanted, name| PlainName::of(wanted).means(&PlainName::of(name));
        assert!(same_family("Noto Serif CJK SC", "NotoSerif cjk sc"));
        assert!(same_family("仿宋", "仿宋"));
        assert!(!same_family("仿宋", "仿宋_GB2312"));
        assert!(!same_family("FandolFang", "FandolFang R"));
        assert!(same_family("CESI_XBS_*", "CESI_XBS_GB2312"));
        assert!(!same_family("CESI_XBS_*", "CESI_FS_GB2312"));
    }

    #[test]
    fn every_role_has_standard_faces_and_a_free_one() {
        for role in Role::ALL {
            let chain = role.chain();
            assert_eq!(chain[0].standing, Standing::Standard);
            assert!(chain.iter().any(|c| c.standing == Standing::Free));
            // Standard faces are never behind free ones.
            assert!(chain.is_sorted_by_key(|c| c.standing != Standing::Standard));
        }
    }
}
