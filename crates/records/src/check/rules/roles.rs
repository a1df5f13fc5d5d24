//! Units that stand twice in a task, or in the wrong order.

use crate::check::context::{Context, Named};
use crate::check::example::Example;
use crate::check::finding::{Finding, Findings};
use crate::check::rule::{Family, Origin, Rule};
use crate::publication::{ReferenceKind, Role};
use base::diag::{Severity, Words};
use base::text;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "unit-twice",
        severity: Severity::Warning,
        on: true,
        family: Family::Units,
        finds: Words::new("同一条里一个单位列了两次", "The same unit twice in an item."),
        why: Words::new(
            "多半是复制时多出来的，或者本应是另一个单位。",
            "It was copied once too often, or another unit was meant.",
        ),
        source: "",
        bad: Example::Items(
            "- {section: 加快发展, text: 开工重大项目一批。, units: [区发改局, 区教育局, 区发改局]}",
        ),
        good: Example::Items(
            "- {section: 加快发展, text: 开工重大项目一批。, units: [区发改局, 区教育局]}",
        ),
        origin: Origin::Publication(twice),
    },
    Rule {
        id: "unit-in-group",
        severity: Severity::Hint,
        on: true,
        family: Family::Units,
        finds: Words::new(
            "列了一个单位，又列了包含它的单位组",
            "A unit beside a group that it belongs to.",
        ),
        why: Words::new(
            "单位组已经包括它。有意突出某个单位时可以这样写。",
            "The group includes it already; to give it weight one may write so.",
        ),
        source: "",
        bad: Example::Items(
            "- {section: 加快发展, text: 开工重大项目一批。, units: [区发改局, 东山镇, 各镇]}",
        ),
        good: Example::Items(
            "- {section: 加快发展, text: 开工重大项目一批。, units: [区发改局, 各镇]}",
        ),
        origin: Origin::Publication(in_group),
    },
    Rule {
        id: "lead-cooperating",
        severity: Severity::Error,
        on: true,
        family: Family::Units,
        finds: Words::new(
            "牵头单位、责任单位同时是配合单位",
            "A unit that leads or is responsible, and cooperates as well.",
        ),
        why: Words::new(
            "同一件事里一个单位不能既牵头又配合，文件自相矛盾，任务单也分不清。",
            "The publication contradicts itself, and so would the unit's sheet.",
        ),
        source: "",
        bad: Example::Items(
            "- {section: 加快发展, text: 开工重大项目一批。, units: [区发改局, 区教育局], cooperating: [区发改局]}",
        ),
        good: Example::Items(
            "- {section: 加快发展, text: 开工重大项目一批。, units: [区发改局], cooperating: [区教育局]}",
        ),
        origin: Origin::Publication(lead_cooperating),
    },
    Rule {
        id: "unit-order",
        severity: Severity::Hint,
        on: false,
        family: Family::Units,
        finds: Words::new(
            "牵头单位之后没有按名录的顺序排",
            "Units behind the lead that are not in the registry's order.",
        ),
        why: Words::new(
            "很多地方牵头单位之后按责任轻重排，不按名录，所以默认关闭。",
            "Many offices order them by weight, hence off.",
        ),
        source: "",
        bad: Example::Items(
            "- {section: 加快发展, text: 新建一批学校。, units: [区教育局, 东山镇, 区发改局, 区委组织部]}",
        ),
        good: Example::Items(
            "- {section: 加快发展, text: 新建一批学校。, units: [区教育局, 区委组织部, 区发改局, 东山镇]}",
        ),
        origin: Origin::Publication(order),
    },
];

/// Whether two names mean the same part of the same single unit.
fn same(a: &Named<'_>, b: &Named<'_>) -> bool {
    let (a, b) = (&a.assignee.reference, &b.assignee.reference);
    a.kind == ReferenceKind::Unit
        && b.kind == ReferenceKind::Unit
        && !a.units.is_empty()
        && (&a.units, &a.qualifier) == (&b.units, &b.qualifier)
}

/// Calls `report` for each pair of equal names of a list, the earlier one first.
fn pairs<'a>(context: &Context<'a>, mut report: impl FnMut(&Named<'a>, &Named<'a>)) {
    for list in context.assignments() {
        for (place, later) in list.iter().enumerate() {
            if let Some(earlier) = list[..place].iter().find(|earlier| same(earlier, later)) {
                report(earlier, later);
            }
        }
    }
}

fn cooperates(named: &Named<'_>) -> bool {
    named.assignee.role == Role::Cooperating
}

fn twice(context: &Context<'_>, found: &mut Findings) {
    pairs(context, |earlier, later| {
        if cooperates(earlier) == cooperates(later) {
            let reference = &later.assignee.reference;
            found.push(
                Finding::new(text!(
                    "“{name}”列了两次",
                    "“{name}” is named twice",
                    name = &reference.printed
                ))
                .at(&reference.span)
                .note(text!("前一次在这里", "first here"), &earlier.assignee.reference.span)
                .help(text!("删去一个，或改成所指的单位", "delete one, or name the unit meant")),
            );
        }
    });
}

fn lead_cooperating(context: &Context<'_>, found: &mut Findings) {
    pairs(context, |earlier, later| {
        if cooperates(earlier) != cooperates(later) {
            let reference = &later.assignee.reference;
            found.push(
                Finding::new(text!(
                    "“{name}”在同一条里既是{role}单位又是配合单位",
                    "“{name}” is both {key} and cooperating here",
                    name = &reference.printed,
                    role = earlier.assignee.role.print(),
                    key = earlier.assignee.role.key()
                ))
                .at(&reference.span)
                .note(text!("前一次在这里", "first here"), &earlier.assignee.reference.span)
                .help(text!("删去一个", "delete one of them")),
            );
        }
    });
}

fn in_group(context: &Context<'_>, found: &mut Findings) {
    for list in context.assignments() {
        for named in &list {
            let reference = &named.assignee.reference;
            let (ReferenceKind::Unit, [unit]) = (reference.kind, &reference.units[..]) else {
                continue;
            };
            let group = list
                .iter()
                .map(|n| &n.assignee.reference)
                .find(|other| other.kind == ReferenceKind::Group && other.units.contains(unit));
            // The lead of a task for all is named beside them on purpose.
            if let Some(group) = group.filter(|_| named.assignee.role != Role::Lead) {
                found.push(
                    Finding::new(text!(
                        "“{group}”已经包括“{unit}”",
                        "“{group}” includes “{unit}”",
                        group = &group.printed,
                        unit = &reference.printed
                    ))
                    .at(&reference.span)
                    .note(text!("单位组在这里", "the group"), &group.span),
                );
            }
        }
    }
}

fn order(context: &Context<'_>, found: &mut Findings) {
    for list in context.assignments() {
        for role in [Role::Responsible, Role::Cooperating] {
            let of_role: Vec<&Named<'_>> = list
                .iter()
                .filter(|named| named.assignee.role == role)
                .filter(|named| named.assignee.reference.kind == ReferenceKind::Unit)
                .collect();
            for pair in of_role.windows(2) {
                let [a, b] = [&pair[0].assignee.reference, &pair[1].assignee.reference];
                if let (Some(before), Some(behind)) = (a.units.first(), b.units.first())
                    && behind < before
                {
                    found.push(
                        Finding::new(text!(
                            "按名录，“{b}”应排在“{a}”前面",
                            "by the registry “{b}” comes before “{a}”",
                            a = &a.printed,
                            b = &b.printed
                        ))
                        .at(&b.span),
                    );
                }
            }
        }
    }
}
