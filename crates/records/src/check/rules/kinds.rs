//! What each kind of document asks of its head: its title, who signs it, whom it goes to.

use crate::check::context::Context;
use crate::check::example::Example;
use crate::check::finding::{Finding, Findings};
use crate::check::rule::{Family, Origin, Rule};
use crate::content::schema::notice::Kind;
use crate::content::schema::units::UnitKind;
use base::diag::{Severity, Words};
use base::text;

/// Where rules of kinds come from.
pub(super) const REGULATION: &str = "《党政机关公文处理工作条例》";

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "kind-title",
        severity: Severity::Warning,
        on: true,
        family: Family::Process,
        finds: Words::new(
            "标题里的文种和 kind 不一致",
            "The title ends in another kind of document than `kind` says.",
        ),
        why: Words::new(
            "标题由发文机关名称、事由和文种组成（条例第九条）。没有写 kind 的就是通知；标题不以文种结尾的不看。",
            "A title ends in the kind of document. Without `kind` it is a 通知. Titles that end otherwise are not looked at.",
        ),
        source: REGULATION,
        bad: Example::Notice(
            "kind: 函\ntitle: 关于2025年有关工作的通知\nbody: {before: 请予支持。}",
        ),
        good: Example::Notice(
            "kind: 函\ntitle: 关于2025年有关工作的函\nbody: {before: 请予支持。}",
        ),
        origin: Origin::Publication(title),
    },
    Rule {
        id: "signatory-missing",
        severity: Severity::Error,
        on: true,
        family: Family::Process,
        finds: Words::new("上行文没有签发人", "A document to a superior without 签发人."),
        why: Words::new(
            "上行文应当标注签发人姓名（条例第九条）：报告、请示，以及 direction: 上行 的意见。草稿还没有签发，不看。",
            "A document to a superior names who signed it: 报告, 请示, and 意见 with `direction: 上行`. Drafts are not signed yet.",
        ),
        source: REGULATION,
        bad: Example::Notice(
            "kind: 报告\ntitle: 关于有关工作的报告\nrecipients: [区政府]\nbody: {before: 现报告如下。}",
        ),
        good: Example::Notice(
            "kind: 报告\ntitle: 关于有关工作的报告\nrecipients: [区政府]\nsignatory: [江某]\nbody: {before: 现报告如下。}",
        ),
        origin: Origin::Publication(signatory_missing),
    },
    Rule {
        id: "signatory-downward",
        severity: Severity::Error,
        on: true,
        family: Family::Process,
        finds: Words::new(
            "不是上行文，写了签发人",
            "签发人 in a document that does not go to a superior.",
        ),
        why: Words::new(
            "只有上行文标注签发人（条例第九条）。通知、通报、函、纪要和下行的意见都不写；没有写 kind 的不看。",
            "Only documents to a superior name who signed them. Where `kind` is not given nothing is reported.",
        ),
        source: REGULATION,
        bad: Example::Notice(
            "kind: 通报\ntitle: 关于有关工作的通报\nsignatory: [江某]\nbody: {before: 经区政府同意，现通报如下。}",
        ),
        good: Example::Notice(
            "kind: 通报\ntitle: 关于有关工作的通报\nbody: {before: 经区政府同意，现通报如下。}",
        ),
        origin: Origin::Publication(signatory_downward),
    },
    Rule {
        id: "upward-recipients",
        severity: Severity::Error,
        on: true,
        family: Family::Process,
        finds: Words::new("上行文主送几个机关", "A document to superiors with several recipients."),
        why: Words::new(
            "上行文原则上主送一个上级机关，根据需要抄送相关上级机关和同级机关（条例第十五条）。受双重领导的也只主送一个。",
            "A document to superiors goes to one of them; others get copies.",
        ),
        source: REGULATION,
        bad: Example::Notice(
            "kind: 报告\ntitle: 关于有关工作的报告\nrecipients: [区委, 区政府]\nsignatory: [江某]\nbody: {before: 现报告如下。}",
        ),
        good: Example::Notice(
            "kind: 报告\ntitle: 关于有关工作的报告\nrecipients: [区政府]\ncopies: [区委办公室]\nsignatory: [江某]\nbody: {before: 现报告如下。}",
        ),
        origin: Origin::Publication(recipients),
    },
    Rule {
        id: "upward-copies",
        severity: Severity::Error,
        on: true,
        family: Family::Process,
        finds: Words::new(
            "上行文抄送给下级机关",
            "A document to a superior with copies to those below.",
        ),
        why: Words::new(
            "上行文不抄送下级机关（条例第十五条）。看抄送里的乡镇、街道；同级部门可以抄送。",
            "A document to a superior is not copied to those below: townships and subdistricts are looked for.",
        ),
        source: REGULATION,
        bad: Example::Notice(
            "kind: 报告\ntitle: 关于有关工作的报告\nrecipients: [区政府]\ncopies: [区发改局，各镇]\nsignatory: [江某]\nbody: {before: 现报告如下。}",
        ),
        good: Example::Notice(
            "kind: 报告\ntitle: 关于有关工作的报告\nrecipients: [区政府]\ncopies: [区发改局，区教育局]\nsignatory: [江某]\nbody: {before: 现报告如下。}",
        ),
        origin: Origin::Publication(copies),
    },
    Rule {
        id: "request-contact",
        severity: Severity::Warning,
        on: true,
        family: Family::Process,
        finds: Words::new(
            "请示的附注没有联系人和电话",
            "A 请示 whose 附注 names no contact with a phone number.",
        ),
        why: Words::new(
            "请示应当在附注处注明联系人的姓名和电话，上级机关好问。草稿也看。",
            "The superior asks whom the note names. Drafts are looked at too.",
        ),
        source: "《国家行政机关公文处理办法》第十条（惯例沿用）",
        bad: Example::Notice(
            "kind: 请示\ntitle: 关于有关工作的请示\nrecipients: [区政府]\nsignatory: [江某]\nbody: {before: 妥否，请批示。}",
        ),
        good: Example::Notice(
            "kind: 请示\ntitle: 关于有关工作的请示\nrecipients: [区政府]\nsignatory: [江某]\nnote: 联系人：沈某，电话：0570-5550204\nbody: {before: 妥否，请批示。}",
        ),
        origin: Origin::Publication(contact),
    },
];

fn title(context: &Context<'_>, found: &mut Findings) {
    let publication = context.publication;
    let title = &publication.record.title;
    let kind = publication.kind();
    let Some(written) = Kind::of_title(title).filter(|written| *written != kind) else { return };
    let (written, kind) = (written.name(), kind.name());
    let end = title.trim_end().len();
    let start = title[..end].rfind(written).unwrap_or(0);
    let finding = Finding::new(text!(
        "标题是“{written}”，这份公文是{kind}",
        "the title ends in “{written}”, the document is a {kind}"
    ))
    .within(title, start..start + written.len());
    found.push(match &publication.record.kind {
        Some(given) => finding
            .note(text!("kind 写在这里", "its `kind`"), &given.span)
            .help(text!("改标题，或改 kind", "change the title or `kind`")),
        None => finding.help(text!("请写上 kind: {written}", "write `kind: {written}`")),
    });
}

fn signatory_missing(context: &Context<'_>, found: &mut Findings) {
    let publication = context.publication;
    let record = &publication.record;
    if !publication.is_upward() || publication.is_draft() || !record.signatory.is_empty() {
        return;
    }
    let at = record.kind.as_ref().map_or(&record.span, |kind| &kind.span);
    found.push(
        Finding::new(text!(
            "{kind}是上行文，没有写签发人",
            "a {kind} to a superior names who signed it",
            kind = publication.kind().name()
        ))
        .at(at)
        .help(text!("写上 signatory: [姓名]", "add `signatory: [NAME]`")),
    );
}

fn signatory_downward(context: &Context<'_>, found: &mut Findings) {
    let publication = context.publication;
    let record = &publication.record;
    if let (Some(_), Some(name), false) =
        (&record.kind, record.signatory.first(), publication.is_upward())
    {
        let kind = publication.kind().name();
        let finding = Finding::new(text!(
            "{kind}不是上行文，不标注签发人",
            "a {kind} does not go to a superior, and has no 签发人"
        ));
        let help = match publication.kind() {
            Kind::Opinion => text!(
                "上行的意见写 direction: 上行；否则删去 signatory",
                "write `direction: 上行` if it goes to a superior, else take `signatory` out"
            ),
            _ => text!("请删去 signatory", "take `signatory` out"),
        };
        found.push(finding.at(name.span()).help(help));
    }
}

fn recipients(context: &Context<'_>, found: &mut Findings) {
    let publication = context.publication;
    if !publication.is_upward() {
        return;
    }
    let records = &publication.record.recipients;
    let several = |text: &str| text.trim().contains(['、', '，', '；']);
    let Some(extra) = records.get(1).or_else(|| records.first().filter(|r| several(&r.text)))
    else {
        return;
    };
    found.push(
        Finding::new(text!(
            "{kind}主送了几个机关",
            "this {kind} has several recipients",
            kind = publication.kind().name()
        ))
        .at(extra.text.span())
        .help(text!(
            "只留一个主送机关，其他的写到 copies（抄送）",
            "leave one, and write the others under `copies`"
        )),
    );
}

fn copies(context: &Context<'_>, found: &mut Findings) {
    let publication = context.publication;
    if !publication.is_upward() {
        return;
    }
    let registry = &publication.registry;
    let below = |name: &str| {
        let units = match registry.look_up(name) {
            Some(named) => registry.units_of(named),
            None => registry.wording(name).map(<[_]>::to_vec).unwrap_or_default(),
        };
        units.iter().any(|&unit| {
            matches!(registry.unit(unit).kind, UnitKind::Township | UnitKind::Subdistrict)
        })
    };
    for line in publication.record.common.copies.iter().flatten() {
        let names = line.split(['，', '、', '；', '。']).map(str::trim);
        for name in names.filter(|name| !name.is_empty() && below(name)) {
            let start = name.as_ptr() as usize - line.as_ptr() as usize;
            found.push(
                Finding::new(text!(
                    "{kind}抄送给了下级的“{name}”",
                    "this {kind} is copied to “{name}”, which is below",
                    kind = publication.kind().name()
                ))
                .within(line, start..start + name.len())
                .help(text!("请从抄送里删去", "take it out of the copies")),
            );
        }
    }
}

fn contact(context: &Context<'_>, found: &mut Findings) {
    let publication = context.publication;
    let record = &publication.record;
    if publication.kind() != Kind::Request {
        return;
    }
    let digits = |note: &str| note.chars().filter(char::is_ascii_digit).count();
    let at = match &record.note {
        Some(note) if note.contains("联系") && digits(note) >= 7 => return,
        Some(note) => note.span(),
        None => record.kind.as_ref().map_or(&record.span, |kind| &kind.span),
    };
    found.push(
        Finding::new(text!(
            "请示的附注里没有联系人和电话",
            "the 附注 of a 请示 names a contact with a phone number"
        ))
        .at(at)
        .help(text!(
            "写上 note: 联系人：姓名，电话：号码",
            "write `note: 联系人：NAME，电话：NUMBER`"
        )),
    );
}
