//! The office's own forms, which are never sent or published: 发文稿纸, on which a document is drafted,
//! reviewed, countersigned and signed, and 分发清单, by which it is given out.

use jiff::civil::Date;
use serde::Serialize;

use super::files::attachments_in_order;
use crate::content::dates::print_date;
use crate::content::schema::notice::{Access, ProcessStep};
use crate::publication::{Addressee, Attachment, Publication};
use base::diag::SourceText;

/// 发文稿纸.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FormView {
    /// The publication's id.
    pub id: String,
    /// All issuing organs in one line.
    pub organ: Option<String>,
    /// 文种.
    pub kind: &'static str,
    /// The document's title on one line.
    pub title: String,
    /// 征求意见稿 or 送审稿.
    pub draft: Option<String>,
    /// 发文字号, or 第N期.
    pub doc_number: Option<String>,
    /// 密级 with its term.
    pub secrecy: Option<String>,
    /// 紧急程度.
    pub urgency: Option<String>,
    /// 份数.
    pub print_run: Option<u32>,
    /// 拟稿单位.
    pub unit: Option<String>,
    /// Its telephone.
    pub phone: Option<String>,
    /// 拟稿.
    pub drafted: Vec<StepView>,
    /// 核稿.
    pub reviewed: Vec<StepView>,
    /// 会签, done and open.
    pub countersigned: Vec<StepView>,
    /// 签发.
    pub signed: Vec<StepView>,
    /// 主送.
    pub recipients: String,
    /// 抄送, a line per class.
    pub copies: Vec<String>,
    /// Titles of all attachments.
    pub attachments: Vec<String>,
    /// The choices of 公开方式, each with whether it is made.
    pub access: Vec<AccessChoice>,
    /// Why it is not 主动公开.
    pub reason: Option<String>,
    /// 附注.
    pub note: Option<String>,
    /// Year, month and day of the date.
    pub date_parts: Option<[i32; 3]>,
}

/// Who did a step, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StepView {
    /// Who.
    pub who: String,
    /// When; null while it is open.
    pub when: Option<String>,
}

/// A way of 公开.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AccessChoice {
    /// 主动公开, 依申请公开 or 不予公开.
    pub name: &'static str,
    /// Whether it is the document's.
    pub chosen: bool,
}

/// 分发清单.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DistributionView {
    /// The publication's id.
    pub id: String,
    /// All issuing organs in one line.
    pub organ: Option<String>,
    /// The document's title on one line.
    pub title: String,
    /// 发文字号, or 第N期.
    pub doc_number: Option<String>,
    /// 份数.
    pub print_run: Option<u32>,
    /// Who gets it.
    pub rows: Vec<DistributionRow>,
    /// Year, month and day of the date.
    pub date_parts: Option<[i32; 3]>,
}

/// Somebody who gets a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DistributionRow {
    /// The unit's name, or the words of the record that stand for no unit of the registry.
    pub name: String,
    /// 主送, 抄送, 报, 送 or 发.
    pub role: &'static str,
}

/// Makes the 发文稿纸 of a document.
pub fn form(publication: &Publication) -> FormView {
    let record = &publication.record;
    let process = &record.process;
    let steps = |step: &str| -> Vec<StepView> {
        process.steps.iter().filter(|one| one.step == step).map(step_view).collect()
    };
    let disclosure = record.common.disclosure.as_ref();
    let access = disclosure.and_then(|disclosure| disclosure.access);
    let recipients: Vec<&str> = publication.recipients.iter().map(|r| r.text.as_str()).collect();
    FormView {
        id: publication.id.clone(),
        organ: publication.organ(),
        kind: publication.kind().name(),
        title: publication.title(),
        draft: record.stage.mark().map(str::to_string),
        doc_number: publication.number_line(),
        secrecy: record.secrecy.as_ref().map(|secrecy| match &secrecy.term {
            Some(term) => format!("{}★{}", secrecy.level, term.trim()),
            None => secrecy.level.to_string(),
        }),
        urgency: record.urgency.map(str::to_string),
        print_run: process.print_run,
        unit: plain(process.unit.as_ref()),
        phone: plain(process.phone.as_ref()),
        drafted: steps("drafted"),
        reviewed: steps("reviewed"),
        countersigned: steps("countersigned"),
        signed: steps("signed"),
        recipients: recipients.join("，"),
        copies: record.common.copies.iter().flatten().map(|line| line.trim().into()).collect(),
        attachments: attachments_in_order(publication).map(Attachment::noted).collect(),
        access: Access::ALL
            .into_iter()
            .map(|(name, one)| AccessChoice { name, chosen: access == Some(one) })
            .collect(),
        reason: disclosure.and_then(|disclosure| plain(disclosure.reason.as_ref())),
        note: plain(record.note.as_ref()),
        date_parts: parts(publication),
    }
}

/// Makes the 分发清单 of a document: every unit behind the recipients, then whoever gets a copy, nobody
/// twice.
pub fn distribution(publication: &Publication) -> DistributionView {
    let record = &publication.record;
    let addressees = publication.addressees().into_iter();
    let rows =
        addressees.map(|Addressee { name, role, .. }| DistributionRow { name, role }).collect();
    DistributionView {
        id: publication.id.clone(),
        organ: publication.organ(),
        title: publication.title(),
        doc_number: publication.number_line(),
        print_run: record.process.print_run,
        rows,
        date_parts: parts(publication),
    }
}

fn step_view(step: &ProcessStep) -> StepView {
    StepView {
        who: step.who.trim().to_string(),
        when: step.when.as_ref().map(|when| print_date(when.value)),
    }
}

fn plain(text: Option<&SourceText>) -> Option<String> {
    text.map(|text| text.trim().to_string())
}

fn parts(publication: &Publication) -> Option<[i32; 3]> {
    let date: Date = publication.record.date.as_ref()?.value;
    Some([date.year().into(), date.month().into(), date.day().into()])
}
