//! `notice.yaml`: the notice itself, and the part of it that a project may give defaults for.

mod body;
mod circulation;
mod common;
mod disclosure;
mod head;
mod kind;
mod kind_check;
mod layout;
mod meeting;
mod process;
mod reporting;

use jiff::civil::{Date, Time};

use crate::content::dates::parse_date_time;
use crate::content::fields::{Fields, Mapping, key, wrong_date};
use crate::content::yaml::Document;
use base::diag::{Diagnostic, Diagnostics, Located, SourceText, Span, Words};
use base::text;

use super::attachment::AttachmentRecord;

pub use super::stage::Stage;
pub use body::{BodyRecord, IssuedRecord, TextRecord};
pub use circulation::CirculationRecord;
pub use common::{Common, Format, LeadConvention, LeadSentence, Mark, OrganInTitle, SheetOrder};
pub use disclosure::{Access, Disclosure, LinkRecord};
pub use head::{NumberRecord, RecipientRecord, Secrecy};
pub use kind::{Direction, Kind};
pub use layout::{Grid, ImprintSide, LayoutRecord, Names};
pub use meeting::AttendanceRecord;
pub use process::{ProcessRecord, ProcessStep};
pub use reporting::{Asked, AskedOf, Means, Reporting, StateRecord};

/// A whole notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeRecord {
    /// 文种; `None` where it is not said.
    pub kind: Option<Located<Kind>>,
    /// Whom an 意见 goes to.
    pub direction: Option<Located<Direction>>,
    /// Title without the organ.
    pub title: SourceText,
    /// Short name.
    pub subject: Option<SourceText>,
    /// 发文字号.
    pub number: Option<NumberRecord>,
    /// 期号, of 纪要 and bulletins.
    pub issue: Option<Located<u32>>,
    /// 份号.
    pub copy_number: Option<SourceText>,
    /// 密级.
    pub secrecy: Option<Secrecy>,
    /// 紧急程度.
    pub urgency: Option<&'static str>,
    /// 签发人.
    pub signatory: Vec<SourceText>,
    /// 主送机关.
    pub recipients: Vec<RecipientRecord>,
    /// The letter, Markdown.
    pub letter: Option<SourceText>,
    /// What it issues, or its own text.
    pub text: TextRecord,
    /// Who was at the meeting, of 纪要.
    pub attendance: Option<AttendanceRecord>,
    /// Whom a bulletin goes to.
    pub circulation: Option<CirculationRecord>,
    /// Attachments.
    pub attachments: Vec<AttachmentRecord>,
    /// 成文日期.
    pub date: Option<Located<Date>>,
    /// 发布日期.
    pub published: Option<(Date, Option<Time>)>,
    /// 附注.
    pub note: Option<SourceText>,
    /// 印发日期.
    pub printed: Option<Located<Date>>,
    /// Who did what when.
    pub process: ProcessRecord,
    /// How far it has come.
    pub stage: Stage,
    /// The rest, which a project may give defaults for.
    pub common: Common,
    /// The file.
    pub span: Span,
}

impl NoticeRecord {
    /// Reads a notice.
    pub fn from_document(document: &Document, diags: &mut Diagnostics) -> Option<Self> {
        use crate::content::fields::Value;
        Self::read(document.root.as_ref()?, diags)
    }
}

impl Mapping for NoticeRecord {
    const NAME: &'static str = "notice";
    const ONE_OF: &'static [&'static str] = &["issued", "body"];
    const WHAT: Words = Words::new("一份公文（title、issued 等）", "a document (title, issued, …)");

    fn read_fields(fields: &mut Fields<'_>) -> Option<Self> {
        let kind = fields.one(key(
            "kind",
            "文种：通知、通报、报告、请示、函、意见、纪要；不写就是通知",
            "文种, what kind of document it is; default `通知`",
        ));
        let direction = fields.choice(
            key(
                "direction",
                "行文方向：上行、平行或下行，用于意见；不写就是下行",
                "whom an 意见 goes to: `上行` a superior, `平行` others, `下行` (default) those below",
            ),
            &Direction::ALL,
        );
        let title = fields.required_text(key(
            "title",
            "标题，不含发文机关；换行就是印出来的换行",
            "标题, without the issuing organ: `关于印发…的通知`. A line break is a line break in print",
        ));
        let subject = fields.text(key(
            "subject",
            "任务单上用的简称",
            "事由, the short name that sheets use; else the title of the issued text, or of the document",
        ));
        let number = fields.one(key("number", "发文字号", "发文字号"));
        let issue = fields.integer(key(
            "issue",
            "期号，印成“第12期”：用于纪要和简报",
            "期号 of 纪要 and bulletins, printed 第12期",
        ));
        let copy_number = read_copy_number(fields);
        let secrecy = fields.one(key("secrecy", "密级", "密级"));
        let urgency = fields
            .choice(key("urgency", "紧急程度", "紧急程度"), &[("特急", "特急"), ("加急", "加急")]);
        let signatory = fields.texts(key(
            "signatory",
            "签发人，用于上行文",
            "签发人, of upward documents: a list of names",
        ));
        let recipients = fields.list(key(
            "recipients",
            "主送机关，一类一项",
            "主送机关: a list; an entry is a class of recipients, printed with `，` between. Either the name of a unit or group, or a wording from the registry, or a mapping",
        ));
        let letter = fields.text(key(
            "letter",
            "印发另一个文本时，公文自己的话（Markdown）",
            "what the document says of the text that it issues (Markdown)",
        ));
        let text = body::read_text(fields, letter.as_ref());
        let attendance =
            fields.one(key("attendance", "参会人员，用于纪要", "who was at the meeting, of 纪要"));
        let circulation = fields.one(key(
            "circulation",
            "简报发给谁，印在末页底下：报、送、发",
            "whom a bulletin (`format: bulletin`) goes to, printed at its foot",
        ));
        let attachments = fields.list(key("attachments", "附件", "a list, below"));
        let date = fields.date(key("date", "成文日期，如 2025-03-06", "成文日期, `2025-03-06`"));
        let published = read_published(fields);
        let note = fields.text(key(
            "note",
            "附注，不写括号：此件公开发布",
            "附注, without its brackets: `此件公开发布`",
        ));
        let printed = fields.date(key("printed", "印发日期", "印发日期"));
        let process: Option<ProcessRecord> = fields.one(key(
            "process",
            "办理过程：存档，印在发文稿纸上",
            "who did what when: kept for the archive, and printed on the office's own form (`forms`) alone",
        ));
        let stage = fields.choice(
            key(
                "stage",
                "征求意见稿、送审稿或正式文本",
                "how far the text has come; `正式` is the default",
            ),
            &Stage::ALL,
        );
        let common = Common::read_fields(fields)?;
        let span = fields.span();
        let nothing = || SourceText::new(String::new(), span.clone(), vec![]);
        let record = Self {
            kind,
            direction,
            title: title.unwrap_or_else(nothing),
            subject,
            number,
            issue,
            copy_number,
            secrecy,
            urgency: urgency.map(|u| u.value),
            signatory,
            recipients,
            letter,
            text,
            attendance,
            circulation,
            attachments,
            date,
            published,
            note,
            printed,
            process: process.unwrap_or_default(),
            stage: stage.map(|s| s.value).unwrap_or_default(),
            common,
            span: span.clone(),
        };
        kind_check::check(&record, fields.diags());
        Some(record)
    }
}

/// 7.2.1: six digits.
fn read_copy_number(fields: &mut Fields<'_>) -> Option<SourceText> {
    let value = fields.text(key("copy_number", "份号，六位数字", "份号, six digits"))?;
    if value.trim().len() != 6 || !value.trim().bytes().all(|b| b.is_ascii_digit()) {
        fields.diags().push(
            Diagnostic::error(
                "copy-number-wrong",
                text!("份号是六位数字，如 000001", "a copy number has six digits, such as 000001"),
            )
            .at(value.span())
            .help(text!("写成 copy_number: \"000001\"", "write `copy_number: \"000001\"`")),
        );
    }
    Some(value)
}

fn read_published(fields: &mut Fields<'_>) -> Option<(Date, Option<Time>)> {
    let value = fields.text(key(
        "published",
        "发布日期，可以带时间：2025-03-07 17:16",
        "发布日期, a date, with a time if wanted: `2025-03-07 17:16`",
    ))?;
    let parsed = parse_date_time(&value);
    if parsed.is_none() {
        fields.diags().push(wrong_date(&value));
    }
    parsed
}
