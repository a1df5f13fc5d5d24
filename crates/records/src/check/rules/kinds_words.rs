//! What each kind of document says: how it ends, what it may not ask, whom it may tell what to do.

use crate::check::context::Context;
use crate::check::example::Example;
use crate::check::finding::{Finding, Findings};
use crate::check::prose::Prose;
use crate::check::rule::{Family, Origin, Rule};
use crate::content::schema::notice::{Kind, TextRecord};
use crate::content::schema::section::SectionRecord;
use crate::content::schema::units::UnitKind;
use crate::publication::Publication;
use base::diag::{Severity, SourceText, Words};
use base::text;

use super::kinds::REGULATION;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "request-matters",
        severity: Severity::Warning,
        on: true,
        family: Family::Process,
        finds: Words::new("请示里几次请求批准", "A 请示 that asks for approval several times."),
        why: Words::new(
            "请示应当一文一事（条例第十五条）。看文中有几处“请批示”“请予批准”一类的话，只是猜测。",
            "A 请示 has one matter. Reported where 请批示, 请予批准 and the like stand in it more than once: words are a guess.",
        ),
        source: REGULATION,
        bad: Example::Notice(
            "kind: 请示\ntitle: 关于有关工作的请示\nrecipients: [区政府]\nsignatory: [江某]\nnote: 联系人：沈某，电话：0570-5550204\nbody: {before: 一是增加经费，请予批准。, after: 二是增加人员。妥否，请批示。}",
        ),
        good: Example::Notice(
            "kind: 请示\ntitle: 关于有关工作的请示\nrecipients: [区政府]\nsignatory: [江某]\nnote: 联系人：沈某，电话：0570-5550204\nbody: {before: 拟增加经费。, after: 妥否，请批示。}",
        ),
        origin: Origin::Publication(matters),
    },
    Rule {
        id: "report-asks",
        severity: Severity::Warning,
        on: true,
        family: Family::Process,
        finds: Words::new("报告里有请示事项", "A 报告 that asks for approval."),
        why: Words::new(
            "不得在报告等非请示性公文中夹带请示事项（条例第十五条）。看“请批示”“请予批准”“妥否”一类的话，只是猜测。",
            "A 报告 asks for nothing. Reported where it says 请批示, 请予批准, 妥否 and the like: words are a guess.",
        ),
        source: REGULATION,
        bad: Example::Notice(
            "kind: 报告\ntitle: 关于有关工作的报告\nrecipients: [区政府]\nsignatory: [江某]\nbody: {before: 现报告如下。, after: 妥否，请批示。}",
        ),
        good: Example::Notice(
            "kind: 报告\ntitle: 关于有关工作的报告\nrecipients: [区政府]\nsignatory: [江某]\nbody: {before: 现报告如下。, after: 特此报告。}",
        ),
        origin: Origin::Publication(report_asks),
    },
    Rule {
        id: "closing-words",
        severity: Severity::Hint,
        on: true,
        family: Family::Process,
        finds: Words::new("结尾没有这一文种的结束语", "The closing words of its kind are missing."),
        why: Words::new(
            "请示以“妥否，请批示”一类结尾；函以“请予函复”“特此函告”一类结尾，请对方做什么的也算。看正文最后一句。",
            "A 请示 ends in 妥否，请批示 or the like, a 函 in 请予函复, 特此函告 or what it asks for. The last sentence is looked at.",
        ),
        source: "",
        bad: Example::Notice(
            "kind: 请示\ntitle: 关于有关工作的请示\nrecipients: [区政府]\nsignatory: [江某]\nnote: 联系人：沈某，电话：0570-5550204\nbody: {before: 拟增加经费。}",
        ),
        good: Example::Notice(
            "kind: 请示\ntitle: 关于有关工作的请示\nrecipients: [区政府]\nsignatory: [江某]\nnote: 联系人：沈某，电话：0570-5550204\nbody: {before: 拟增加经费。妥否，请批示。}",
        ),
        origin: Origin::Publication(closing),
    },
    Rule {
        id: "downward-consent",
        severity: Severity::Warning,
        on: true,
        family: Family::Process,
        finds: Words::new(
            "部门或议事机构向下级政府布置工作，没有写“经……同意”",
            "A department or a leading group's office tells governments below what to do, and no 经…同意 is said.",
        ),
        why: Words::new(
            "部门不得向下级党委、政府发布指令性公文；经政府同意的，文中注明已经政府同意（条例第十六条）。看主送乡镇、街道的通知、通报、意见；办公室（厅）不看。",
            "A department addresses governments below only with its own government's consent, and says so. Looked at are 通知, 通报 and 意见 that go to townships or subdistricts; not those of a government's own office.",
        ),
        source: REGULATION,
        bad: Example::Notice(
            "kind: 通报\ntitle: 关于有关工作的通报\nrecipients: [各镇]\nbody: {before: 现通报如下。}",
        ),
        good: Example::Notice(
            "kind: 通报\ntitle: 关于有关工作的通报\nrecipients: [各镇]\nbody: {before: 经区政府同意，现通报如下。}",
        ),
        origin: Origin::Publication(consent),
    },
];

/// The prose of a document in order: its letter or its own text, and the sections' prose.
fn prose(publication: &Publication) -> Vec<&SourceText> {
    fn of_sections<'a>(sections: &'a [SectionRecord], texts: &mut Vec<&'a SourceText>) {
        for section in sections {
            texts.extend(&section.before);
            of_sections(&section.sections, texts);
            texts.extend(&section.after);
        }
    }
    let record = &publication.record;
    let mut texts: Vec<&SourceText> = record.letter.iter().collect();
    match &record.text {
        TextRecord::Issued(issued) => {
            texts.extend(&issued.preface);
            of_sections(&issued.sections, &mut texts);
        }
        TextRecord::Direct(body) => {
            texts.extend(&body.before);
            of_sections(&body.sections, &mut texts);
            texts.extend(&body.after);
        }
    }
    texts
}

/// Words that ask a superior for a decision.
const ASKS: [&str; 12] = [
    "请批示",
    "请批复",
    "请予批示",
    "请予批复",
    "请批准",
    "请予批准",
    "请审批",
    "请予审批",
    "请审定",
    "请予审定",
    "请指示",
    "请予批转",
];

/// Every place where a decision is asked for.
fn asked<'a>(
    texts: &[&'a SourceText],
    words: &[&str],
) -> Vec<(&'a SourceText, std::ops::Range<usize>)> {
    let mut places = Vec::new();
    for text in texts {
        let prose = Prose::new(text, true);
        for place in prose.places(|c| words.iter().any(|word| word.starts_with(c))) {
            let word = words.iter().filter(|word| prose.has(place, word));
            if let Some(word) = word.max_by_key(|word| word.len()) {
                places.push((*text, prose.bytes(place..place + word.chars().count())));
            }
        }
    }
    places
}

fn matters(context: &Context<'_>, found: &mut Findings) {
    if context.publication.kind() != Kind::Request {
        return;
    }
    let places = asked(&prose(context.publication), &ASKS);
    if let [(first, range), .., (last, at)] = &places[..] {
        found.push(
            Finding::new(text!(
                "请示里几次请求批准，是不是几件事？",
                "it asks for approval several times: are these several matters?"
            ))
            .within(first, range.clone())
            .note(text!("最后一处", "the last place"), &last.span_of(at.clone()))
            .help(text!("一份请示只写一件事；几件事分别请示", "write a 请示 for each matter")),
        );
    }
}

fn report_asks(context: &Context<'_>, found: &mut Findings) {
    if context.publication.kind() != Kind::Report {
        return;
    }
    let words: Vec<&str> = ASKS.into_iter().chain(["妥否", "当否"]).collect();
    if let Some((text, range)) = asked(&prose(context.publication), &words).into_iter().next() {
        found.push(
            Finding::new(text!("报告里请求批准", "a 报告 that asks for approval"))
                .within(text, range)
                .help(text!("请示事项另写请示", "write a 请示 for what is asked")),
        );
    }
}

fn closing(context: &Context<'_>, found: &mut Findings) {
    const OF_LETTERS: [&str; 11] =
        ["函复", "函告", "复函", "此复", "支持", "为盼", "为荷", "为谢", "反馈", "回复", "请"];
    let (words, usual): (&[&str], _) = match context.publication.kind() {
        Kind::Request => (&ASKS, "妥否，请批示。"),
        Kind::Letter => (&OF_LETTERS, "请予函复。"),
        _ => return,
    };
    // A draft of a text that issues another ends in its letter.
    if context.publication.record.text.issued().is_some() {
        return;
    }
    let Some(last) = prose(context.publication).into_iter().next_back() else { return };
    let prose = Prose::new(last, true);
    let end = prose.len();
    let is_stop = |c: char| "。！？\n".contains(c);
    let mut stops: Vec<usize> = prose.places(is_stop).collect();
    stops.retain(|&place| {
        prose.slice(place..end).chars().any(|c| !is_stop(c) && !c.is_whitespace())
    });
    let start = stops.last().map_or(0, |place| place + 1);
    let sentence = prose.slice(start..end);
    if !words.iter().any(|word| sentence.contains(word)) {
        let kind = context.publication.kind().name();
        found.push(
            Finding::new(text!("{kind}没有结束语", "the closing words of a {kind} are missing"))
                .within(last, prose.bytes(start..end))
                .help(text!("结尾写上“{usual}”一类的话", "end it in “{usual}” or the like")),
        );
    }
}

fn consent(context: &Context<'_>, found: &mut Findings) {
    let publication = context.publication;
    let directive = matches!(publication.kind(), Kind::Notice | Kind::Circular | Kind::Opinion);
    let organ = publication.organs.first().map(String::as_str).unwrap_or_default();
    if !directive || publication.is_upward() || !is_department(organ) {
        return;
    }
    let registry = &publication.registry;
    let governments = |units: &[crate::publication::UnitId]| {
        units.iter().any(|&unit| {
            matches!(registry.unit(unit).kind, UnitKind::Township | UnitKind::Subdistrict)
        })
    };
    let record = publication.recipients.iter().zip(&publication.record.recipients);
    let Some((_, at)) = record.into_iter().find(|(recipient, _)| governments(&recipient.units))
    else {
        return;
    };
    let agreed = prose(publication).iter().any(|text| says_consent(text));
    if !agreed {
        found.push(
            Finding::new(text!(
                "“{organ}”向下级政府行文，文中没有写“经……同意”",
                "“{organ}” addresses governments below, and does not say 经…同意"
            ))
            .at(at.text.span())
            .help(text!(
                "经本级党委、政府同意的，在正文里写明，如“经区政府同意”；没有经同意的，不主送乡镇、街道",
                "where the government agreed, say so in the text (经区政府同意); else do not address townships"
            )),
        );
    }
}

/// Whether an organ is a department or the office of a leading group, which has no authority over
/// governments below: not a government or party committee, nor its general office.
pub(super) fn is_department(organ: &str) -> bool {
    let group = ["领导小组", "工作小组", "协调小组", "指挥部", "工作专班", "联席会议"];
    let departments =
        ["局", "厅", "发展和改革委员会", "卫生健康委员会", "发展改革委", "发改委", "卫健委"];
    group.iter().any(|word| organ.contains(word))
        || departments.iter().any(|end| organ.ends_with(end))
}

/// 经区政府同意, 已经区委、区政府研究同意, 报经批准, 受区政府委托.
fn says_consent(text: &SourceText) -> bool {
    const NEAR: usize = 24;
    let prose = Prose::new(text, true);
    prose.places(|c| c == '经' || c == '受').any(|place| {
        let behind = prose.slice(place..(place + NEAR).min(prose.len()));
        let sentence = behind.split(['。', '；']).next().unwrap_or_default();
        ["同意", "批准", "授权", "委托", "审定"].iter().any(|word| sentence.contains(word))
    })
}
