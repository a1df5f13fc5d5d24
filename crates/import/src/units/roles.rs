//! The words that say what a unit is: before names with a colon, or behind them.

use crate::chars::{fold, is_blank};

/// What a label or a verb makes of the names beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// 牵头
    Lead,
    /// 责任
    Unit,
    /// 配合
    Cooperating,
    /// A person, not a unit.
    Person,
    /// 完成时限
    Deadline,
}

/// The role of a label such as 责任单位 or 完成时限.
pub(crate) fn role_of_label(label: &str) -> Option<Role> {
    let label: String = fold(label).chars().filter(|c| !is_blank(*c)).collect();
    if label.chars().count() > 10 || label.contains(['，', '。', '、', '；']) {
        return None;
    }
    // What a number counts in, and who builds: neither says who is responsible.
    if ["计量单位", "建设单位", "施工单位"].contains(&label.as_str()) {
        return None;
    }
    let has = |words: &[&str]| words.iter().any(|word| label.contains(word));
    let ends = |words: &[&str]| words.iter().any(|word| label.ends_with(word));
    let body =
        ends(&["单位", "部门", "主体", "处室", "科室", "股室", "机构", "镇街", "乡镇", "方", "局"]);
    if ends(&["领导", "责任人", "负责人", "联系人", "联络员", "牵头人", "责任领导"])
    {
        Some(Role::Person)
    } else if ends(&[
        "时限",
        "时间",
        "期限",
        "节点",
        "时间要求",
        "进度要求",
        "时限要求",
        "时间安排",
        "完成时",
        "完成日期",
        "截止日期",
        "日期",
    ]) {
        Some(Role::Deadline)
    } else if has(&["牵头", "主办", "主责", "主管", "第一责任", "主要责任"])
        && (body || ends(&["牵头"]))
    {
        Some(Role::Lead)
    } else if has(&["配合", "协办", "协同", "参与", "参加", "协作", "协助", "会办", "支持", "共同"])
        && (body || ends(&["配合"]))
    {
        Some(Role::Cooperating)
    } else if (has(&[
        "责任", "落实", "实施", "承办", "负责", "执行", "完成", "承担", "分工", "任务",
    ]) && body)
        || matches!(label.as_str(), "单位" | "部门" | "责任" | "负责" | "其他单位" | "其它单位")
    {
        Some(Role::Unit)
    } else {
        None
    }
}

/// Words behind names that make them lead, longest first.
const LEADS: [&str; 10] = [
    "总牵头负责",
    "总牵头",
    "牵头负责落实",
    "牵头组织实施",
    "牵头抓总",
    "牵头负责",
    "牵头落实",
    "牵头实施",
    "牵头",
    "主办",
];
/// Words behind names that make them cooperate.
const COOPERATES: [&str; 14] = [
    "按职责分工配合",
    "按职责配合",
    "积极配合",
    "配合落实",
    "配合实施",
    "协同配合",
    "协助配合",
    "共同配合",
    "配合",
    "协助",
    "协同",
    "协办",
    "参与",
    "参加",
];
/// Words behind names that make them responsible.
const RESPONSIBLE: [&str; 10] = [
    "负责组织实施",
    "负责落实",
    "负责实施",
    "组织实施",
    "抓好落实",
    "具体落实",
    "落实",
    "承办",
    "实施",
    "负责",
];
/// What may stand before 负责 and belongs to it.
const MANNERS: [&str; 22] = [
    "按照各自职责分工",
    "按照职责分工",
    "按各自职责分工",
    "根据职责分工",
    "依据职责分工",
    "依职责分工",
    "按职责分工",
    "按分工",
    "按照各自职责",
    "按各自职责",
    "按照职责",
    "按职责",
    "依职责",
    "根据各自职责",
    "根据职责",
    "各自",
    "分别",
    "共同",
    "具体",
    "分头",
    "分工",
    "统一",
];

/// Takes the verb from the end of a clause: what is left, the role, and the verb with its manner.
pub(super) fn verb(clause: &str) -> Option<(&str, Role, &str)> {
    let folded = fold(clause);
    let found = |words: &[&'static str], role| {
        words.iter().find(|word| folded.ends_with(**word)).map(|word| (word.len(), role))
    };
    let (len, role) = found(&LEADS, Role::Lead)
        .or_else(|| found(&COOPERATES, Role::Cooperating))
        .or_else(|| found(&RESPONSIBLE, Role::Unit))?;
    let mut end = clause.len() - len;
    // 分别负责 leaves 分别 before the verb; several may stand together.
    while let Some(manner) = MANNERS.iter().find(|manner| folded[..end].ends_with(**manner)) {
        end -= manner.len();
    }
    Some((&clause[..end], role, &clause[end..]))
}

/// Whether a paragraph begins with a label of units, a deadline or a person: 责任单位：…
pub(crate) fn opens_unit_line(text: &str) -> bool {
    // A label is short: nothing is looked for further on.
    let mut end = text.len().min(96);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let text = &text[..end];
    let text =
        text.trim_start_matches(['（', '(', '【', '[', '〔', '▲', '●', '■', '*', '-', '—', ' ']);
    let Some(colon) = text.find(['：', ':']) else { return false };
    colon <= 36 && role_of_label(&text[..colon]).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels() {
        for (label, role) in [
            ("责任单位", Role::Unit),
            ("責任單位", Role::Unit),
            ("牵头单位", Role::Lead),
            ("牵头部门", Role::Lead),
            ("主办单位", Role::Lead),
            ("配合单位", Role::Cooperating),
            ("协办单位", Role::Cooperating),
            ("参与部门", Role::Cooperating),
            ("责 任 单 位", Role::Unit),
            ("完成时限", Role::Deadline),
            ("责任领导", Role::Person),
        ] {
            assert_eq!(role_of_label(label), Some(role), "{label}");
        }
        for label in ["工作目标", "现将", "重点任务", "提出以下意见", "各镇（街道）"]
        {
            assert_eq!(role_of_label(label), None, "{label}");
        }
    }

    #[test]
    fn verbs() {
        assert_eq!(verb("财政部按职责分工负责"), Some(("财政部", Role::Unit, "按职责分工负责")));
        assert_eq!(
            verb("财政部、商务部分别负责"),
            Some(("财政部、商务部", Role::Unit, "分别负责"))
        );
        assert_eq!(verb("财政部牵头负责"), Some(("财政部", Role::Lead, "牵头负责")));
        assert_eq!(verb("各镇配合"), Some(("各镇", Role::Cooperating, "配合")));
        assert_eq!(verb("财政部"), None);
    }
}
