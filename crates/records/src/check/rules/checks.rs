//! Settings and comments of the checks themselves.

use crate::check::example::Example;
use crate::check::rule::{Family, Origin, Rule};
use base::diag::{Severity, Words};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "allow-unused",
        severity: Severity::Hint,
        on: true,
        family: Family::Checks,
        finds: Words::new("关闭规则的注释没有用上", "A comment that switches nothing off."),
        why: Words::new(
            "问题已经改正，或者注释写错了地方；留着会盖住以后的问题。",
            "The problem is gone, or the comment stands in the wrong place; it would hide the next one.",
        ),
        source: "",
        bad: Example::Items(
            "# yinfa: allow typo\n- {section: 加快发展, text: 部署重大项目一批。, units: [区发改局, 东山镇]}",
        ),
        good: Example::Items(
            "# yinfa: allow typo\n- {section: 加快发展, text: 布署重大项目一批。, units: [区发改局, 东山镇]}",
        ),
        origin: Origin::Checks,
    },
    Rule {
        id: "allow-wrong",
        severity: Severity::Warning,
        on: true,
        family: Family::Checks,
        finds: Words::new("看不懂的 yinfa 注释", "A yinfa comment that is not understood."),
        why: Words::new("写成“# yinfa: allow 规则名”。", "It is written `# yinfa: allow RULE`."),
        source: "",
        bad: Example::Items(
            "# yinfa: ignore typo\n- {section: 加快发展, text: 开工重大项目一批。, units: [区发改局, 东山镇]}",
        ),
        good: Example::Items(
            "# yinfa 的规则见 docs/rules.md\n- {section: 加快发展, text: 开工重大项目一批。, units: [区发改局, 东山镇]}",
        ),
        origin: Origin::Checks,
    },
    Rule {
        id: "rule-unknown",
        severity: Severity::Error,
        on: true,
        family: Family::Checks,
        finds: Words::new("没有这条规则", "There is no such rule."),
        why: Words::new(
            "yinfa.yaml 的 check 里或注释里的规则名写错了，想关的没有关上。注释里的是警告。",
            "A rule's name under `check` in yinfa.yaml or in a comment is wrong: nothing is switched. In a comment it is a warning.",
        ),
        source: "",
        bad: Example::Project("check: {typos: off}"),
        good: Example::Project("check: {typo: off}"),
        origin: Origin::Checks,
    },
    Rule {
        id: "rule-fixed",
        severity: Severity::Error,
        on: true,
        family: Family::Checks,
        finds: Words::new("这条规则不能关闭", "A rule that cannot be switched off."),
        why: Words::new(
            "读取记录时的错误，关闭了也生成不了；开关写错，关闭了也没有作用。注释里的是警告。",
            "Errors of reading stay errors: nothing could be built. A wrong switch stays one: it does nothing. In a comment it is a warning.",
        ),
        source: "",
        bad: Example::Project("check: {unit-unknown: off}"),
        good: Example::Project("check: {unit-alias: off}"),
        origin: Origin::Checks,
    },
];
