//! What the registry does not know: found in resolving, explained here.

use crate::check::example::Example;
use crate::check::rule::{Family, Origin, Rule};
use base::diag::{Severity, Words};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "unit-unknown",
        severity: Severity::Error,
        on: true,
        family: Family::Units,
        finds: Words::new("单位名录里没有这个单位", "A unit that is not in the registry."),
        why: Words::new(
            "写错的单位名称会印在文件上，那个单位也收不到任务单。名录以外的单位，在 units.yaml 里登记并写 outside: true。",
            "A wrong name is printed, and the unit gets no sheet. A body outside the office's list is declared in units.yaml with `outside: true`.",
        ),
        source: "",
        bad: Example::Items("- {section: 加快发展, text: 开工重大项目一批。, units: [区发局]}"),
        good: Example::Items("- {section: 加快发展, text: 开工重大项目一批。, units: [区发改局]}"),
        origin: Origin::Reading,
    },
    Rule {
        id: "qualifier-unknown",
        severity: Severity::Error,
        on: true,
        family: Family::Units,
        finds: Words::new(
            "单位名称后面括号里的内容没有登记",
            "Brackets behind a unit's name that the registry does not know.",
        ),
        why: Words::new(
            "括号里的科室、牌子写错，和单位名称写错一样。能写什么，登记在单位的 qualifiers 里。",
            "What may stand in brackets is registered under the unit's `qualifiers`.",
        ),
        source: "",
        bad: Example::Items(
            "- {section: 加快发展, text: 引进人才一批。, units: [区委组织部（人才处）]}",
        ),
        good: Example::Items(
            "- {section: 加快发展, text: 引进人才一批。, units: [区委组织部（人才办）]}",
        ),
        origin: Origin::Reading,
    },
    Rule {
        id: "unit-unnamed",
        severity: Severity::Warning,
        on: true,
        family: Family::Units,
        finds: Words::new("“有关单位”“等”没有指明是谁", "有关单位 or 等 that names nobody."),
        why: Words::new(
            "没有指明的单位收不到任务单，任务就没有人做。写 members 列出所指的单位。",
            "Nobody gets the task on a sheet. `members` lists whom it means.",
        ),
        source: "",
        bad: Example::Items(
            "- {section: 加快发展, text: 开工重大项目一批。, units: [区发改局, 区级有关单位]}",
        ),
        good: Example::Items(
            "- section: 加快发展\n  text: 开工重大项目一批。\n  units: [区发改局, {name: 区级有关单位, members: [区教育局]}]",
        ),
        origin: Origin::Reading,
    },
    Rule {
        id: "unit-nobody",
        severity: Severity::Warning,
        on: true,
        family: Family::Units,
        finds: Words::new(
            "任务交给了一个没有成员的单位组",
            "A task for a group that has no members.",
        ),
        why: Words::new(
            "单位组没有成员，或者成员都除外了，任务就没有人收到。",
            "Nobody gets the task.",
        ),
        source: "",
        bad: Example::Items(
            "- {section: 加快发展, text: 改造老旧小区一批。, units: [区发改局, 各街道]}",
        ),
        good: Example::Items(
            "- {section: 加快发展, text: 改造老旧小区一批。, units: [区发改局, 各镇]}",
        ),
        origin: Origin::Reading,
    },
    Rule {
        id: "label-unused",
        severity: Severity::Warning,
        on: true,
        family: Family::Units,
        finds: Words::new("写了 label，没有写单位", "A label without units."),
        why: Words::new(
            "label 印在单位前面；没有单位就什么也不印。",
            "It is printed before the units; without any it prints nothing.",
        ),
        source: "",
        bad: Example::Items(
            "- {section: 加快发展, text: 开工重大项目一批。, units: [区发改局, 东山镇]}\n- {section: 加快发展, text: 新建一批学校。, units: [区教育局]}\n- {section: 加快发展, text: 引进人才一批。, label: 负责}",
        ),
        good: Example::Items(
            "- {section: 加快发展, text: 引进人才一批。, label: 负责, units: [区发改局, 区教育局, 区委组织部, 东山镇]}",
        ),
        origin: Origin::Reading,
    },
];
