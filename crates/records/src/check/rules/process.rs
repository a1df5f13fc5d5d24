//! The process of making the document: signing, numbering.

use crate::check::context::Context;
use crate::check::example::Example;
use crate::check::finding::{Finding, Findings};
use crate::check::rule::{Family, Origin, Rule};
use base::diag::{Severity, Words};
use base::text;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "signed-date",
        severity: Severity::Warning,
        on: true,
        family: Family::Process,
        finds: Words::new(
            "成文日期不是签发日期",
            "The date of writing is not the date of signing.",
        ),
        why: Words::new(
            "成文日期署负责人签发的日期。会议通过、联合行文的除外，可以在这一处关闭。",
            "The date is that of signing. Where a meeting decided or several organs signed it may be another: switch the rule off in place.",
        ),
        source: "",
        bad: Example::Notice("process: {signed: {who: 江某, when: 2025-03-05}}"),
        good: Example::Notice("process: {signed: {who: 江某, when: 2025-03-06}}"),
        origin: Origin::Publication(signed),
    },
    Rule {
        id: "number-stage",
        severity: Severity::Warning,
        on: true,
        family: Family::Process,
        finds: Words::new(
            "征求意见稿、送审稿有了序号，或者正式文本没有序号",
            "A draft with a serial, or a final text without one.",
        ),
        why: Words::new(
            "序号在签发时编。正式文本写了成文日期还没有序号时才报告。",
            "The serial is given when it is signed. A final text is only reported once it has its date.",
        ),
        source: "",
        bad: Example::Notice("stage: 征求意见稿"),
        good: Example::Notice("stage: 征求意见稿\nnumber: {code: 云发改, year: 2025}"),
        origin: Origin::Publication(stage),
    },
];

fn signed(context: &Context<'_>, found: &mut Findings) {
    let record = &context.publication.record;
    let Some(date) = &record.date else { return };
    let signed: Vec<_> = record
        .process
        .steps
        .iter()
        .filter(|step| step.step == "signed")
        .filter_map(|step| step.when.as_ref())
        .collect();
    // Signed by several: the last one counts.
    let Some(last) = signed.iter().max_by_key(|when| when.value) else { return };
    if last.value != date.value {
        let (written, signed) = (date.value, last.value);
        found.push(
            Finding::new(text!(
                "成文日期是 {written}，签发是 {signed}",
                "the date is {written}, it was signed on {signed}"
            ))
            .at(&date.span)
            .note(text!("签发", "signed"), &last.span),
        );
    }
}

fn stage(context: &Context<'_>, found: &mut Findings) {
    let record = &context.publication.record;
    let Some(number) = &record.number else { return };
    let draft = context.publication.is_draft();
    let message = match (draft, number.serial) {
        (true, Some(_)) => text!("还是草稿，已经编了序号", "a draft that has a serial"),
        (false, None) if record.date.is_some() => {
            text!("正式文本还没有序号", "a final text without a serial")
        }
        _ => return,
    };
    found.push(
        Finding::new(message).at(&number.span).help(text!(
            "核对 stage 和 number 的 serial",
            "check `stage` and the number's `serial`"
        )),
    );
}
