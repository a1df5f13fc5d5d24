//! Headings out of step.

use crate::check::context::Context;
use crate::check::example::Example;
use crate::check::finding::{Finding, Findings};
use crate::check::rule::{Family, Origin, Rule};
use crate::publication::SectionId;
use base::diag::{Severity, SourceText, Words};
use base::text;

pub(super) const RULES: &[Rule] = &[Rule {
    id: "heading-parallel",
    severity: Severity::Warning,
    on: true,
    family: Family::Structure,
    finds: Words::new("标题和同级的其他标题不整齐", "A heading out of step with its siblings."),
    why: Words::new(
        "七个标题都以“实施”开头，一个漏了。同级标题有三个以上，六成以上的开头、结尾都相同，而这个只合一头时报告。",
        "Seven begin with 实施 and one does not. Reported where at least three and six tenths of the headings share beginning and end, and this one only one of the two.",
    ),
    source: "",
    bad: Example::Notice(
        "issued:\n  title: 2025年工作要点\n  sections:\n    - {heading: 实施创新行动, before: 抓创新。}\n    - {heading: 实施开放行动, before: 抓开放。}\n    - {heading: 实施畅通行动, before: 抓交通。}\n    - {heading: 共享行动, before: 抓共享。}\n    - heading: 加快发展",
    ),
    good: Example::Notice(
        "issued:\n  title: 2025年工作要点\n  sections:\n    - {heading: 实施创新行动, before: 抓创新。}\n    - {heading: 实施开放行动, before: 抓开放。}\n    - {heading: 实施畅通行动, before: 抓交通。}\n    - {heading: 实施共享行动, before: 抓共享。}\n    - heading: 加快发展",
    ),
    origin: Origin::Publication(parallel),
}];

fn parallel(context: &Context<'_>, found: &mut Findings) {
    let mut lists: Vec<&[SectionId]> = vec![&context.publication.roots];
    lists.extend(context.sections.iter().map(|(section, _)| &section.sections[..]));
    for list in lists {
        let headings: Vec<&SourceText> =
            list.iter().filter_map(|&id| context.sections.get(id)?.1.heading.as_ref()).collect();
        if headings.len() < 4 {
            continue;
        }
        let Some(prefix) = common(&headings, |h| h.trim().chars().take(2).collect()) else {
            continue;
        };
        let Some(suffix) = common(&headings, |h| {
            let chars: Vec<char> = h.trim().chars().collect();
            chars[chars.len().saturating_sub(2)..].iter().collect()
        }) else {
            continue;
        };
        for heading in headings {
            let (begins, ends) =
                (heading.trim().starts_with(&prefix), heading.trim().ends_with(&suffix));
            let finding = match (begins, ends) {
                (false, true) => Finding::new(text!(
                    "同级标题多以“{prefix}”开头，“{heading}”不是",
                    "its siblings begin with “{prefix}”, “{heading}” does not",
                    heading = heading.trim()
                )),
                (true, false) => Finding::new(text!(
                    "同级标题多以“{suffix}”结尾，“{heading}”不是",
                    "its siblings end with “{suffix}”, “{heading}” does not",
                    heading = heading.trim()
                )),
                _ => continue,
            };
            found.push(finding.within(heading, 0..heading.len()));
        }
    }
}

/// What at least three and six tenths of the headings have in common.
fn common(headings: &[&SourceText], part: impl Fn(&SourceText) -> String) -> Option<String> {
    headings.iter().map(|heading| part(heading)).filter(|part| part.chars().count() == 2).find(
        |candidate| {
            let count = headings.iter().filter(|heading| part(heading) == *candidate).count();
            count >= 3 && count * 5 >= headings.len() * 3
        },
    )
}
