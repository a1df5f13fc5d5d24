//! Items without a lead or without any unit.

use std::collections::BTreeSet;

use crate::check::context::Context;
use crate::check::example::Example;
use crate::check::finding::{Finding, Findings};
use crate::check::rule::{Family, Origin, Rule};
use crate::content::schema::notice::LeadConvention;
use crate::publication::Role;
use base::diag::{Severity, Words};
use base::text;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "no-lead",
        severity: Severity::Warning,
        on: true,
        family: Family::Units,
        finds: Words::new(
            "别的条都有牵头单位，这一条没有",
            "No lead where the other items have one.",
        ),
        why: Words::new(
            "几个单位的事没有牵头的，就没有人抓。八成以上的条写了牵头单位时才报告；只有一个单位时不需要。",
            "Work of several units without a lead is nobody's. Reported where four fifths of the items name a lead; one unit alone needs none.",
        ),
        source: "",
        bad: Example::Both(
            "lead: none",
            "- {section: 加快发展, text: 开工重大项目一批。, leads: [区发改局], responsible: [东山镇]}\n- {section: 加快发展, text: 新建一批学校。, leads: [区教育局], responsible: [东山镇]}\n- {section: 加快发展, text: 建设园区一批。, leads: [区发改局], responsible: [东山镇]}\n- {section: 加快发展, text: 修建道路一批。, leads: [区发改局], responsible: [东山镇]}\n- {section: 加快发展, text: 引进人才一批。, units: [区委组织部, 东山镇]}",
        ),
        good: Example::Both(
            "lead: none",
            "- {section: 加快发展, text: 开工重大项目一批。, leads: [区发改局], responsible: [东山镇]}\n- {section: 加快发展, text: 新建一批学校。, leads: [区教育局], responsible: [东山镇]}\n- {section: 加快发展, text: 引进人才一批。, leads: [区委组织部], responsible: [东山镇]}",
        ),
        origin: Origin::Publication(no_lead),
    },
    Rule {
        id: "item-without-unit",
        severity: Severity::Hint,
        on: true,
        family: Family::Units,
        finds: Words::new("这一条没有责任单位", "An item without any unit."),
        why: Words::new(
            "多数条都列了责任单位、同一部分里也有别的条列了时才报告：“总体要求”整个部分都不列。",
            "Reported where most items name somebody, and another of the same section does: general requirements name nobody.",
        ),
        source: "",
        bad: Example::Items(
            "- {section: 加快发展, text: 开工重大项目一批。, units: [区发改局, 东山镇, 区委组织部, 区教育局]}\n- {section: 加快发展, text: 新建一批学校。}",
        ),
        good: Example::Items(
            "- {section: 加快发展, text: 开工重大项目一批。, units: [区发改局, 东山镇, 区委组织部]}\n- {section: 加快发展, text: 新建一批学校。, units: [区教育局]}",
        ),
        origin: Origin::Publication(without_unit),
    },
];

fn no_lead(context: &Context<'_>, found: &mut Findings) {
    if context.publication.record.common.lead == Some(LeadConvention::First) {
        return;
    }
    let leads = |place: usize| {
        context.items[place].item.assignees().any(|assignee| assignee.role == Role::Lead)
    };
    let with_lead = (0..context.items.len()).filter(|&place| leads(place)).count();
    if with_lead * 5 < context.items.len() * 4 || with_lead == 0 {
        return;
    }
    for (place, checked) in context.items.iter().enumerate() {
        let mut assignees = checked.item.assignees();
        if let (Some(first), Some(_), false) = (assignees.next(), assignees.next(), leads(place)) {
            found.push(
                Finding::new(text!("这一条没有牵头单位", "this item has no lead"))
                    .at(&first.reference.span)
                    .help(text!("把牵头单位写在 leads 里", "name the lead under `leads`")),
            );
        }
    }
}

fn without_unit(context: &Context<'_>, found: &mut Findings) {
    let with_unit =
        context.items.iter().filter(|checked| checked.item.assignees().next().is_some()).count();
    if with_unit * 2 < context.items.len() {
        return;
    }
    let assigned: BTreeSet<usize> = context
        .items
        .iter()
        .filter(|checked| checked.item.assignees().next().is_some())
        .map(|checked| checked.item.section)
        .collect();
    let of_others = context.items.iter().filter(|checked| assigned.contains(&checked.item.section));
    for checked in of_others {
        if let (None, Some(part)) = (checked.item.assignees().next(), checked.record.parts.first())
        {
            let first = part.text.chars().next().map_or(0, char::len_utf8);
            let (start, label) = (first.min(part.text.len()), &checked.item.label);
            found.push(
                Finding::new(text!("{label}没有责任单位", "item {label} names nobody"))
                    .within(&part.text, 0..start)
                    .help(text!("写上 units", "add `units`")),
            );
        }
    }
}
