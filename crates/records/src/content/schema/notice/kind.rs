//! 文种: what kind of document it is.

use crate::content::fields::{Shape, Value, read_choice};
use crate::content::yaml::Node;
use base::diag::{Diagnostic, Diagnostics, Located};
use base::text;

/// 文种 (《党政机关公文处理工作条例》 第八条): those that are made here.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    serde::Serialize,
    serde::Deserialize,
)]
pub enum Kind {
    /// 通知
    #[default]
    #[serde(rename = "通知")]
    Notice,
    /// 通报
    #[serde(rename = "通报")]
    Circular,
    /// 报告
    #[serde(rename = "报告")]
    Report,
    /// 请示
    #[serde(rename = "请示")]
    Request,
    /// 函
    #[serde(rename = "函")]
    Letter,
    /// 意见
    #[serde(rename = "意见")]
    Opinion,
    /// 纪要
    #[serde(rename = "纪要")]
    Minutes,
}

/// 行文方向.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// To a superior.
    Up,
    /// To bodies that are neither above nor below.
    Level,
    /// To those below.
    Down,
}

impl Direction {
    /// As records name them.
    pub const ALL: [(&'static str, Self); 3] =
        [("上行", Self::Up), ("平行", Self::Level), ("下行", Self::Down)];
}

impl Kind {
    /// All kinds as records name them.
    pub const ALL: [(&'static str, Self); 7] = [
        ("通知", Self::Notice),
        ("通报", Self::Circular),
        ("报告", Self::Report),
        ("请示", Self::Request),
        ("函", Self::Letter),
        ("意见", Self::Opinion),
        ("纪要", Self::Minutes),
    ];

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Notice => "通知",
            Self::Circular => "通报",
            Self::Report => "报告",
            Self::Request => "请示",
            Self::Letter => "函",
            Self::Opinion => "意见",
            Self::Minutes => "纪要",
        }
    }

    /// What its files are called.
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Notice => "notice",
            Self::Circular => "circular",
            Self::Report => "report",
            Self::Request => "request",
            Self::Letter => "letter",
            Self::Opinion => "opinion",
            Self::Minutes => "minutes",
        }
    }

    /// The kind that a title names with its last word. A title whose last word is a kind's only by
    /// chance, as 来函 or 公函 in a name, is taken for it: titles end in their kind.
    pub fn of_title(title: &str) -> Option<Self> {
        let mut title = title.trim_end();
        // （试行）, （征求意见稿）
        if let Some(open) = title.rfind('（').filter(|at| *at > 0 && title.ends_with('）')) {
            title = &title[..open];
        }
        let title = title.trim_end_matches(['》', '”', '"']);
        Self::ALL.into_iter().find(|(name, _)| title.ends_with(name)).map(|(_, kind)| kind)
    }
}

/// The other kinds of the regulation are named as not offered, so that nobody looks for another
/// spelling.
impl Value for Located<Kind> {
    fn shape() -> Shape {
        Shape::choice(&Kind::ALL)
    }

    fn read(node: &Node, diags: &mut Diagnostics) -> Option<Self> {
        const OTHERS: [&str; 9] =
            ["决议", "决定", "命令", "令", "公报", "公告", "通告", "批复", "议案"];
        if let Some(value) = node.as_text()
            && OTHERS.contains(&value.trim())
        {
            diags.push(
                Diagnostic::error(
                    "kind-not-offered",
                    text!(
                        "不提供“{value}”",
                        "documents of the kind “{value}” are not offered",
                        value = value.trim()
                    ),
                )
                .at(value.span())
                .help(text!(
                    "这里可以写通知、通报、报告、请示、函、意见、纪要；其他文种请用别的软件排",
                    "write 通知, 通报, 报告, 请示, 函, 意见 or 纪要; set others with other software"
                )),
            );
            return None;
        }
        read_choice(node, &Kind::ALL, diags)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_names() {
        for (name, kind) in Kind::ALL {
            assert_eq!(kind.name(), name);
            assert_eq!(Kind::of_title(&format!("关于工作要点的{name}")), Some(kind));
        }
        let files: std::collections::BTreeSet<_> =
            Kind::ALL.iter().map(|(_, kind)| kind.file_name()).collect();
        assert_eq!(files.len(), Kind::ALL.len());
        assert_eq!(Kind::of_title("2025年工作要点"), None);
    }
}
