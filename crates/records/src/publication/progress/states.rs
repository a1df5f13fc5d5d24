//! States by their meaning: units write 已完结, 办结 or √ where 已完成 was to be chosen.

use crate::content::schema::notice::{Means, Reporting};
use base::zh::half_width;

/// What units write where they mean a state, without blanks and marks.
const WORDS: [(Means, &[&str]); 5] = [
    (
        Means::NotStarted,
        &[
            "未启动",
            "未开始",
            "未开展",
            "尚未启动",
            "尚未开始",
            "尚未开展",
            "没有启动",
            "待启动",
            "未推进",
        ],
    ),
    (
        Means::OnTrack,
        &[
            "正常推进",
            "推进中",
            "正在推进",
            "有序推进",
            "稳步推进",
            "持续推进",
            "按计划推进",
            "按计划进行",
            "按序时推进",
            "按序时进度推进",
            "序时推进",
            "正常",
            "进行中",
            "正在进行",
            "正在办理",
            "办理中",
            "实施中",
            "达序时",
            "达到序时进度",
            "达到序时",
            "超序时",
            "超序时进度",
            "快于序时进度",
            "进度超前",
            "超前",
        ],
    ),
    (
        Means::Behind,
        &[
            "进度滞后",
            "滞后",
            "推进滞后",
            "慢于序时",
            "慢于序时进度",
            "慢序时",
            "未达序时",
            "未达序时进度",
            "未达到序时进度",
            "进度缓慢",
            "推进缓慢",
            "拖延",
            "停顿",
            "逾期",
            "逾期未完成",
        ],
    ),
    (
        Means::Done,
        &[
            "已完成",
            "完成",
            "已完结",
            "完结",
            "办结",
            "已办结",
            "全部完成",
            "已全部完成",
            "圆满完成",
            "已圆满完成",
            "提前完成",
            "超额完成",
            "完成100%",
            "已完成100%",
            "100%",
            "√",
            "✓",
            "✔",
            "☑",
        ],
    ),
    (
        Means::Cancelled,
        &["已终止", "终止", "申请终止", "已中止", "中止", "已取消", "取消", "不再实施", "调整取消"],
    ),
];

/// What units write where they have nothing to say.
const NOTHING: [&str; 20] = [
    "无",
    "/",
    "\\",
    "-",
    "--",
    "—",
    "——",
    "无进展",
    "无新进展",
    "暂无",
    "暂无进展",
    "暂无新进展",
    "没有",
    "没有进展",
    "无变化",
    "本期无变化",
    "本月无进展",
    "本期无进展",
    "无新情况",
    "不涉及",
];

/// What the states of a notice mean.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lexicon {
    /// The states that units choose from, with what the record says they mean.
    own: Vec<(String, Option<Means>)>,
}

impl Lexicon {
    /// That of a notice.
    pub fn new(reporting: Option<&Reporting>) -> Self {
        let states = reporting.and_then(|reporting| reporting.states.as_ref());
        let own = states.into_iter().flatten();
        Self { own: own.map(|state| (bare(&state.name), state.means)).collect() }
    }

    /// What a state means; `None` where that is not certain.
    pub fn means(&self, state: &str) -> Option<Means> {
        let state = bare(state);
        let own = self.own.iter().find(|(name, _)| *name == state);
        own.and_then(|(_, means)| *means).or_else(|| {
            WORDS.iter().find(|(_, words)| words.contains(&state.as_str())).map(|(means, _)| *means)
        })
    }
}

/// Whether words only say that there is nothing to say.
pub fn is_nothing(words: &str) -> bool {
    let words = bare(words);
    NOTHING.contains(&words.as_str())
}

/// Words without blanks and the marks around them.
fn bare(words: &str) -> String {
    let words: String = words.chars().filter(|c| !c.is_whitespace()).map(half_width).collect();
    let marks = ['。', '.', ',', '，', ';', '；', '(', ')', '“', '”', '"', ':'];
    let inner = words.trim_matches(marks);
    if inner.is_empty() { words } else { inner.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_units_write() {
        let lexicon =
            Lexicon { own: vec![("在做".into(), Some(Means::OnTrack)), ("完成".into(), None)] };
        for (state, means) in [
            ("已完结", Some(Means::Done)),
            ("办结。", Some(Means::Done)),
            ("√", Some(Means::Done)),
            ("完成１００％", Some(Means::Done)),
            (" 滞后 ", Some(Means::Behind)),
            ("（进行中）", Some(Means::OnTrack)),
            ("在做", Some(Means::OnTrack)),
            ("完成", Some(Means::Done)),
            ("申请终止", Some(Means::Cancelled)),
            ("未启动", Some(Means::NotStarted)),
            // Nobody knows whether 80 % is as planned.
            ("完成80%", None),
            ("基本完成", None),
            ("已完成设计，正在招标", None),
            ("", None),
        ] {
            assert_eq!(lexicon.means(state), means, "{state}");
        }
    }

    #[test]
    fn nothing_to_report() {
        for words in ["无", "无新进展。", "/", "——", " 暂无 "] {
            assert!(is_nothing(words), "{words}");
        }
        for words in ["无人机项目已开工", "同上", "0", ""] {
            assert!(!is_nothing(words), "{words}");
        }
    }
}
