//! Units of the registry that a publication leaves out.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::context::Context;
use crate::check::example::Example;
use crate::check::finding::{Finding, Findings};
use crate::check::rule::{Family, Origin, Rule};
use crate::publication::{AttachmentContent, ReferenceKind, UnitId};
use base::diag::{Severity, Span, Words};
use base::text;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "unit-without-task",
        severity: Severity::Hint,
        on: true,
        family: Family::Units,
        finds: Words::new("名录里的单位没有任务", "Units of the registry that have no task."),
        why: Words::new(
            "可能本来就没有任务，也可能漏列了。一份通知合起来提示一次；名录以外的单位不算。",
            "They may have none, or they were forgotten. Said once for a publication; bodies outside the list do not count.",
        ),
        source: "",
        bad: Example::Items(
            "- {section: 加快发展, text: 开工重大项目一批。, units: [区发改局, 区教育局, 东山镇]}",
        ),
        good: Example::Items(
            "- {section: 加快发展, text: 开工重大项目一批。, units: [区发改局, 区教育局, 区委组织部, 东山镇]}",
        ),
        origin: Origin::Publication(unit_without_task),
    },
    Rule {
        id: "unit-not-recipient",
        severity: Severity::Hint,
        on: true,
        family: Family::Units,
        finds: Words::new("有任务的单位不在主送机关里", "A unit with a task that is no recipient."),
        why: Words::new(
            "有任务却收不到文件。主送机关、抄送和所附单位名单里的都算收到；发文机关自己和名录以外的单位不算。主送机关里有不知道指谁的统称（没有成员的单位组）时不看。",
            "It has a task and does not get the notice. Recipients, copies and attached lists of units count; the issuing organ itself and bodies outside the list are left alone. Nothing is said where a class of recipients has no members in the registry.",
        ),
        source: "",
        bad: Example::Notice("recipients: [各镇]"),
        good: Example::Notice("recipients: [各镇, 各部门]"),
        origin: Origin::Publication(unit_not_recipient),
    },
    Rule {
        id: "outside-only",
        severity: Severity::Hint,
        on: true,
        family: Family::Units,
        finds: Words::new(
            "一条任务只列了名录以外的单位",
            "An item whose only unit is a body outside the registry's list.",
        ),
        why: Words::new(
            "名录以外的单位不受考核，一般也收不到任务单，最好同时列一个本级单位。",
            "Nobody of the office's own list answers for it.",
        ),
        source: "",
        bad: Example::Items("- {section: 加快发展, text: 举办招聘活动一批。, units: [区协会]}"),
        good: Example::Items(
            "- {section: 加快发展, text: 举办招聘活动一批。, units: [区发改局, 区协会]}",
        ),
        origin: Origin::Publication(outside_only),
    },
];

fn unit_without_task(context: &Context<'_>, found: &mut Findings) {
    let publication = context.publication;
    if !context.complete || publication.items.is_empty() {
        return;
    }
    let tasks = publication.tasks();
    let idle: Vec<_> = publication
        .registry
        .units()
        .iter()
        .filter(|unit| !unit.outside && unit.served_by.is_none() && unit.sheet != Some(false))
        .filter(|unit| !tasks.contains_key(&unit.id))
        .collect();
    let Some(first) = idle.first() else { return };
    let names: Vec<&str> = idle.iter().map(|unit| unit.name.as_str()).collect();
    let (list, id) = (names.join("、"), &publication.id);
    found.push(
        Finding::new(text!(
            "“{id}”里有 {n} 个单位没有任务",
            "{n} units have no task in “{id}”",
            n = names.len()
        ))
        .at(&first.span)
        .help(text!("核对是否漏列：{list}", "check whether they were forgotten: {list}")),
    );
}

fn unit_not_recipient(context: &Context<'_>, found: &mut Findings) {
    let publication = context.publication;
    // Whom 国务院各部委 means the registry may not say: then nobody is known to be missed.
    let unknown = publication.recipients.iter().any(|recipient| recipient.units.is_empty());
    if !context.complete || publication.recipients.is_empty() || unknown {
        return;
    }
    let listed = publication.attachments.iter().filter_map(|a| match &a.content {
        AttachmentContent::Units(units) => Some(units),
        _ => None,
    });
    let mut reached: BTreeSet<UnitId> =
        publication.recipients.iter().map(|r| &r.units).chain(listed).flatten().copied().collect();
    // The office issues the notice, its publisher and the one reported to have it before all.
    let common = &publication.record.common;
    let others = common.publisher.iter().chain(&common.printed_by).map(|name| name.as_str());
    for name in publication.organs.iter().map(String::as_str).chain(others) {
        if let Some(named) = publication.registry.look_up(name) {
            reached.extend(publication.registry.units_of(named));
        }
    }
    reached.extend(publication.report_to);
    let copies: String =
        common.copies.iter().flatten().map(|line| line.as_str()).collect::<Vec<_>>().join("、");

    let mut missed: BTreeMap<UnitId, &Span> = BTreeMap::new();
    for named in context.assignments().iter().flatten() {
        let reference = &named.assignee.reference;
        if reference.kind == ReferenceKind::Unit {
            for &unit in reference.units.iter().filter(|unit| !reached.contains(unit)) {
                missed.entry(unit).or_insert(&reference.span);
            }
        }
    }
    for (unit, span) in missed {
        let unit = publication.registry.unit(unit);
        let served = unit.served_by.is_some_and(|by| reached.contains(&by));
        // 领导小组成员单位 is nobody whom a list of recipients could name.
        let is_many = unit.name.ends_with("成员单位") || unit.name.ends_with("有关单位");
        if unit.outside || served || is_many || copies.contains(&unit.name) {
            continue;
        }
        found.push(
            Finding::new(text!(
                "“{unit}”有任务，但不在主送机关里",
                "“{unit}” has a task and is no recipient",
                unit = &unit.name
            ))
            .at(span)
            .help(text!(
                "核对主送机关，或把它列入所附的单位名单",
                "check the recipients, or the attached list of units"
            )),
        );
    }
}

fn outside_only(context: &Context<'_>, found: &mut Findings) {
    for checked in &context.items {
        let units = checked.item.units();
        let registry = &context.publication.registry;
        let Some(first) = checked.item.assignees().next() else { continue };
        if !units.is_empty() && units.iter().all(|&unit| registry.unit(unit).outside) {
            found.push(
                Finding::new(text!(
                    "这一条只列了名录以外的单位",
                    "only bodies outside the list are named here"
                ))
                .at(&first.reference.span)
                .help(text!("核对由哪个本级单位负责", "check who of the list answers for it")),
            );
        }
    }
}
