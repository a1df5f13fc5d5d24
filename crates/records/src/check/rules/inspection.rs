//! 督查 in the mark or the title of a department's document.

use crate::check::context::Context;
use crate::check::example::Example;
use crate::check::finding::{Finding, Findings};
use crate::check::rule::{Family, Origin, Rule};
use crate::content::schema::notice::Mark;
use base::diag::{Severity, SourceText, Words};
use base::text;

use super::kinds_words::is_department;

pub(super) const RULES: &[Rule] = &[Rule {
    id: "department-inspection",
    severity: Severity::Warning,
    on: true,
    family: Family::Process,
    finds: Words::new(
        "部门的公文，红头或标题里有“督查”",
        "督查 in the mark or title of a department's document.",
    ),
    why: Words::new(
        "政府督查由县级以上人民政府组织、由督查机构承担，部门未经指定不得开展（《政府督查工作条例》）。部门的叫工作简报、调度、检查。",
        "督查 is the government's and its 督查机构's; a department may not do it unless it was told to.",
    ),
    source: "《政府督查工作条例》",
    bad: Example::Notice(
        "kind: 通报\nformat: bulletin\norgan: 汀兰区发展和改革局\nmark: 督查通报\ntitle: 关于有关工作的通报\nbody: {before: 经区政府同意，现通报如下。}",
    ),
    good: Example::Notice(
        "kind: 通报\nformat: bulletin\norgan: 汀兰区发展和改革局\nmark: 工作简报\ntitle: 关于有关工作的通报\nbody: {before: 经区政府同意，现通报如下。}",
    ),
    origin: Origin::Publication(inspection),
}];

fn inspection(context: &Context<'_>, found: &mut Findings) {
    const WORD: &str = "督查";
    let publication = context.publication;
    let organ = publication.organs.first().map(String::as_str).unwrap_or_default();
    if !is_department(organ) || organ.contains(WORD) {
        return;
    }
    let record = &publication.record;
    let mark = match &record.common.mark {
        Some(Mark::Words(words)) => Some(words),
        _ => None,
    };
    let texts: Vec<&SourceText> = mark.into_iter().chain([&record.title]).collect();
    for text in texts {
        let Some(start) = text.find(WORD) else { continue };
        found.push(
            Finding::new(text!("“{organ}”的公文用了“督查”", "“{organ}” calls its document 督查"))
                .within(text, start..start + WORD.len())
                .help(text!(
                    "没有经政府指定的，改成“工作简报”“进展情况通报”一类的说法",
                    "unless the government told it to, call it 工作简报 or 进展情况通报"
                )),
        );
    }
}
