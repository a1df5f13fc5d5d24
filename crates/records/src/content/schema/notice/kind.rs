//! 文种: what kind of document it is.

use super::{Format, NoticeRecord};
use crate::content::fields::{Shape, Value, first_line, read_choice};
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

/// Reports what a document of its kind does not have.
pub(super) fn check(record: &NoticeRecord, diags: &mut Diagnostics) {
    let kind = record.kind.as_ref().map(|kind| kind.value).unwrap_or_default();
    let name = kind.name();
    if let (Some(direction), false) = (&record.direction, kind == Kind::Opinion) {
        diags.push(
            Diagnostic::error(
                "direction-kind",
                text!(
                    "direction 只用于意见，这份是{name}",
                    "`direction` is of 意见 only, and this is a {name}"
                ),
            )
            .at(&direction.span)
            .help(text!(
                "请删去 direction；报告、请示是上行文，通知、通报是下行文，函是平行文",
                "take it out: the direction of other kinds is known"
            )),
        );
    }
    if kind == Kind::Minutes {
        check_minutes(record, diags);
        return;
    }
    let of_minutes = [
        record.attendance.as_ref().map(|attendance| ("attendance", &attendance.span)),
        record.issue.as_ref().map(|issue| ("issue", &issue.span)),
    ];
    for (key, span) in of_minutes.into_iter().flatten() {
        diags.push(
            Diagnostic::error(
                "minutes-only",
                text!(
                    "{key} 只用于纪要，这份是{name}",
                    "`{key}` is of 纪要 only, and this is a {name}"
                ),
            )
            .at(&first_line(span))
            .help(text!(
                "是会议纪要的，写 kind: 纪要；不是的，删去 {key}",
                "write `kind: 纪要` if it is minutes, else take `{key}` out"
            )),
        );
    }
}

/// 10.3: minutes have no seal and no sign-off, and their head is that of the common format. The
/// standard gives them no number either; an office numbers them one way or the other.
fn check_minutes(record: &NoticeRecord, diags: &mut Diagnostics) {
    let at = record.kind.as_ref().map_or(&record.span, |kind| &kind.span);
    let signed = [
        (record.common.sign_off == Some(true), "sign_off: true"),
        (record.common.layout.seal == Some(true), "layout: {seal: true}"),
    ];
    for (_, setting) in signed.into_iter().filter(|(given, _)| *given) {
        diags.push(
            Diagnostic::error(
                "minutes-signed",
                text!(
                    "纪要不落款、不加盖印章，这里写了 {setting}",
                    "minutes have neither sign-off nor seal, and the record says `{setting}`"
                ),
            )
            .at(at)
            .help(text!(
                "请删去这一项（GB/T 9704-2012 10.3）；机关和日期印在红线上面",
                "take it out (GB/T 9704-2012 10.3); organ and date stand above the red rule"
            )),
        );
    }
    if record.common.format == Some(Format::Letter) {
        diags.push(
            Diagnostic::error(
                "minutes-format",
                text!("纪要不用信函格式", "minutes are not set in the letter format"),
            )
            .at(at)
            .help(text!("请删去 format: letter", "take `format: letter` out")),
        );
    }
    if let (Some(number), Some(_)) = (&record.number, &record.issue) {
        diags.push(
            Diagnostic::error(
                "number-and-issue",
                text!(
                    "纪要的编号，发文字号（number）和期号（issue）只写一个",
                    "minutes have a `number` or an `issue`, not both"
                ),
            )
            .at(&number.span)
            .help(text!("请删去其中一个", "take one of them out")),
        );
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
