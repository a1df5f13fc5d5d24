//! One name for one unit.

use std::collections::BTreeMap;

use crate::check::context::{Context, Named};
use crate::check::example::Example;
use crate::check::finding::{Finding, Findings};
use crate::check::prose::Prose;
use crate::check::rule::{Family, Origin, Rule};
use crate::publication::{ReferenceKind, UnitId};
use base::diag::{Severity, Words};
use base::text;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "unit-alias",
        severity: Severity::Warning,
        on: true,
        family: Family::Units,
        finds: Words::new(
            "用了别名、旧称或全称，不是规范简称",
            "An alias, an old or a full name where the standard name is asked for.",
        ),
        why: Words::new(
            "责任单位按规范简称印；机构改革后旧称最容易漏改。名单里承前省去“市”“区”的（市发改委、财政局）不算。--fix 可以改正。",
            "Brackets print the standard name; old names survive reforms most easily here. A name in a list that only leaves out the 市 or 区 of those before it is fine. `--fix` puts it right.",
        ),
        source: "",
        bad: Example::Items(
            "- {section: 加快发展, text: 开工重大项目一批。, units: [区发改委, 区教育局, 区委组织部, 东山镇]}",
        ),
        good: Example::Items(
            "- {section: 加快发展, text: 开工重大项目一批。, units: [区发改局, 东山镇]}",
        ),
        origin: Origin::Publication(alias),
    },
    Rule {
        id: "unit-spelling",
        severity: Severity::Warning,
        on: true,
        family: Family::Units,
        finds: Words::new(
            "同一个单位在一份通知里有两种写法",
            "One unit written in two ways in a publication.",
        ),
        why: Words::new(
            "括号不同（人才办）〔人才办〕，或者多一个“区”字，看起来像两个单位。以用得多的写法为准。",
            "Other brackets, or one character more, look like another unit. The more frequent way counts.",
        ),
        source: "",
        bad: Example::Items(
            "- {section: 加快发展, text: 引进人才一批。, units: [区委组织部（人才办）, 区发改局]}\n- {section: 加快发展, text: 举办大赛一批。, units: [区委组织部〔区人才办〕, 区教育局, 东山镇]}",
        ),
        good: Example::Items(
            "- {section: 加快发展, text: 引进人才一批。, units: [区委组织部（人才办）, 区发改局]}\n- {section: 加快发展, text: 举办大赛一批。, units: [区委组织部（人才办）, 区教育局, 东山镇]}",
        ),
        origin: Origin::Publication(spelling),
    },
];

fn alias(context: &Context<'_>, found: &mut Findings) {
    let lists = context.assignments();
    let places = lists.iter().flat_map(|list| list.iter().enumerate().map(move |at| (list, at)));
    for (list, (place, named)) in places {
        let reference = &named.assignee.reference;
        let entry = named.entry;
        let ([id], ReferenceKind::Unit, None, None) =
            (&reference.units[..], reference.kind, &entry.group, &entry.members)
        else {
            continue;
        };
        let unit = context.publication.registry.unit(*id);
        let end = match reference.qualifier {
            Some(_) => entry.name.find(['（', '(', '〔', '[', '【', '<', '〈', '《']),
            None => None,
        };
        let base = entry.name[..end.unwrap_or(entry.name.len())].trim_end();
        let is_elided = || is_elided(base.trim(), &unit.name, &list[..place]);
        if base.trim_start() == unit.name || is_elided() {
            continue;
        }
        let prose = Prose::new(&entry.name, false);
        found.push(
            Finding::new(text!(
                "“{base}”的规范简称是“{name}”",
                "the standard name of “{base}” is “{name}”",
                name = &unit.name
            ))
            .within(&entry.name, 0..base.len())
            .fix(prose.fix(0..base.chars().count(), &unit.name)),
        );
    }
}

/// Whether a name in a list only leaves out what one before it began with: 市发改委、国土房管局.
fn is_elided(written: &str, name: &str, before: &[Named<'_>]) -> bool {
    const PLACES: [char; 9] = ['省', '市', '州', '盟', '区', '县', '旗', '镇', '乡'];
    let Some(prefix) = name.strip_suffix(written) else { return false };
    let is_place = prefix.ends_with(PLACES) || ["区委", "县委", "市委", "省委"].contains(&prefix);
    is_place && before.iter().any(|other| other.entry.name.trim_start().starts_with(prefix))
}

fn spelling(context: &Context<'_>, found: &mut Findings) {
    let lists = context.assignments();
    let mut by_unit: BTreeMap<UnitId, Vec<(&str, Named<'_>)>> = BTreeMap::new();
    for &named in lists.iter().flatten() {
        let reference = &named.assignee.reference;
        if let ([id], Some(qualifier)) = (&reference.units[..], &reference.qualifier) {
            by_unit.entry(*id).or_default().push((qualifier.as_str(), named));
        }
    }
    for written in by_unit.into_values() {
        let mut rest = written;
        while let Some((first_qualifier, _)) = rest.first().copied() {
            let same = |q: &str| q.ends_with(first_qualifier) || first_qualifier.ends_with(q);
            let (group, others): (Vec<_>, Vec<_>) = rest.into_iter().partition(|(q, _)| same(q));
            rest = others;
            report_minority(&group, found);
        }
    }
}

fn report_minority(group: &[(&str, Named<'_>)], found: &mut Findings) {
    let printed = |named: &Named<'_>| named.assignee.reference.printed.clone();
    let count = |text: &str| group.iter().filter(|(_, named)| printed(named) == text).count();
    // Of equals the first one.
    let Some((_, norm)) = group
        .iter()
        .enumerate()
        .max_by_key(|(place, (_, named))| (count(&printed(named)), std::cmp::Reverse(*place)))
        .map(|(_, entry)| entry)
    else {
        return;
    };
    let usual = printed(norm);
    for (_, named) in group.iter().filter(|(_, named)| printed(named) != usual) {
        let other = printed(named);
        found.push(
            Finding::new(text!(
                "“{other}”在别处写作“{usual}”",
                "“{other}” is written “{usual}” elsewhere"
            ))
            .at(&named.assignee.reference.span)
            .note(text!("另一种写法", "the other way"), &norm.assignee.reference.span)
            .help(text!("统一成一种写法", "choose one of them")),
        );
    }
}
