//! `notice.yaml`: the notice itself, and the part of it that a project may give defaults for.

use jiff::civil::{Date, Time};

use crate::content::fields::{Fields, read_choice, read_text};
use crate::content::yaml::{Document, Node, NodeKind};
use base::diag::{Diagnostic, Diagnostics, Located, SourceText, Span};
use base::text;

use super::attachment::{AttachmentRecord, read_attachment};
use super::section::{NumberStyle, SectionRecord, read_section};
use super::units::UnitKind;
use super::values::{Contact, parse_date_time, read_contact};

/// Where the issuing organ stands before the title.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum OrganInTitle {
    /// Nowhere.
    #[default]
    None,
    /// In print.
    Print,
    /// On the web page.
    Web,
    /// In both.
    Both,
}

/// 发文机关标志 as the record gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    /// No red head.
    None,
    /// These words.
    Words(SourceText),
}

/// The format of the first page; views say it in the words of records.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// The common one.
    #[default]
    Normal,
    /// 信函 (GB/T 9704 10.1).
    Letter,
}

/// The lead convention: who leads where the record does not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeadConvention {
    /// 排名第一责任单位为牵头单位.
    First,
    /// Nobody.
    None,
}

/// The sentence about the lead convention in the first bracket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LeadSentence {
    /// Not printed.
    No,
    /// The usual words.
    Usual,
    /// These words.
    Words(SourceText),
}

/// How far the text has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Stage {
    /// 征求意见稿
    Comment,
    /// 送审稿
    Review,
    /// 正式
    #[default]
    Final,
}

/// The order of a sheet's rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SheetOrder {
    /// Tasks that the unit leads first.
    LeadingFirst,
    /// As in the notice.
    Notice,
}

/// 公开方式.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// 主动公开
    Public,
    /// 依申请公开
    OnRequest,
    /// 不予公开
    Withheld,
}

impl Access {
    /// Every value with its name.
    pub const ALL: [(&'static str, Self); 3] =
        [("主动公开", Self::Public), ("依申请公开", Self::OnRequest), ("不予公开", Self::Withheld)];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Public => "主动公开",
            Self::OnRequest => "依申请公开",
            Self::Withheld => "不予公开",
        }
    }
}

/// The fields that a project may give defaults for (`defaults` in yinfa.yaml).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Common {
    /// Where the organ stands before the title.
    pub organ_in_title: Option<OrganInTitle>,
    /// 发文机关, the lead organ first; several of a joint notice.
    pub organ: Option<Vec<SourceText>>,
    /// 发布机构.
    pub publisher: Option<SourceText>,
    /// 印发机关.
    pub printed_by: Option<SourceText>,
    /// 发文机关标志.
    pub mark: Option<Mark>,
    /// Format of the first page.
    pub format: Option<Format>,
    /// Style of the items' numbers.
    pub item_style: Option<NumberStyle>,
    /// Whether the items' numbers restart in each section.
    pub items_restart: Option<bool>,
    /// Lead convention.
    pub lead: Option<LeadConvention>,
    /// The sentence about it.
    pub lead_sentence: Option<LeadSentence>,
    /// The word before the units.
    pub label: Option<SourceText>,
    /// Whether organ and date are printed below the letter.
    pub sign_off: Option<bool>,
    /// Choices that the standard leaves open.
    pub layout: LayoutRecord,
    /// 抄送, a line per class.
    pub copies: Option<Vec<SourceText>>,
    /// Fields of the web page's head.
    pub disclosure: Option<Disclosure>,
    /// When and how units report.
    pub reporting: Option<Reporting>,
    /// Order of a sheet's rows.
    pub sheet_order: Option<SheetOrder>,
    /// Kinds that get a sheet although they have no task.
    pub without_task: Option<Vec<UnitKind>>,
}

/// How the lines fill the text block (GB/T 9704 5.2.3).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Grid {
    /// Every line owns its gap: 225/22 mm.
    #[default]
    OwnGap,
    /// The first line touches the top of the text block and the last its foot.
    Filled,
}

/// Where the imprint stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ImprintSide {
    /// On the last even page: the document is printed on both sides of the paper.
    #[default]
    Even,
    /// On the last page.
    Last,
}

/// Choices of layout that the standard leaves open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LayoutRecord {
    /// The grid of lines.
    pub grid: Option<Grid>,
    /// The imprint's side.
    pub imprint: Option<ImprintSide>,
    /// Whether seals are put on the sign-off.
    pub seal: Option<bool>,
    /// Seals in a row of a joint sign-off, 1 to 3; as many as fit when left out.
    pub seals_per_row: Option<u32>,
}

impl LayoutRecord {
    fn or(self, defaults: &Self) -> Self {
        Self {
            grid: self.grid.or(defaults.grid),
            imprint: self.imprint.or(defaults.imprint),
            seal: self.seal.or(defaults.seal),
            seals_per_row: self.seals_per_row.or(defaults.seals_per_row),
        }
    }
}

/// 信息公开: the head of the web page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Disclosure {
    /// 索引号.
    pub index: Option<SourceText>,
    /// 公开方式; `None` is undecided.
    pub access: Option<Access>,
    /// 公开时限.
    pub period: Option<SourceText>,
    /// 有效性.
    pub validity: Option<SourceText>,
    /// 主题分类.
    pub topic: Option<SourceText>,
    /// 体裁.
    pub genre: Option<SourceText>,
    /// Keywords.
    pub keywords: Vec<SourceText>,
    /// Links to 政策解读 and the like.
    pub links: Vec<LinkRecord>,
    /// A web page although access is not 主动公开.
    pub web: bool,
}

/// A link of the web page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkRecord {
    /// What is shown.
    pub text: SourceText,
    /// http or https address.
    pub url: SourceText,
}

/// How units report back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reporting {
    /// 每月, 每季度.
    pub cycle: Option<SourceText>,
    /// 25日前.
    pub due: Option<SourceText>,
    /// To which unit.
    pub to: Option<SourceText>,
    /// Whom to reach there.
    pub contact: Contact,
    /// By which way.
    pub how: Option<SourceText>,
    /// What 完成情况 may be, in the workbooks that units fill in.
    pub states: Option<Vec<SourceText>>,
}

/// 发文字号.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberRecord {
    /// 发文机关代字.
    pub code: SourceText,
    /// Year.
    pub year: u32,
    /// Serial; `None` until it is signed.
    pub serial: Option<u32>,
    /// Its place.
    pub span: Span,
}

/// 密级.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Secrecy {
    /// 秘密, 机密 or 绝密.
    pub level: &'static str,
    /// Term.
    pub term: Option<SourceText>,
}

/// A class of recipients.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecipientRecord {
    /// As printed.
    pub text: SourceText,
    /// Whom it stands for; `None` to look the wording up.
    pub to: Option<Vec<SourceText>>,
}

/// The issued text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuedRecord {
    /// Its title.
    pub title: SourceText,
    /// Its preface, Markdown.
    pub preface: Option<SourceText>,
    /// Its sections.
    pub sections: Vec<SectionRecord>,
}

/// A step of the document's making.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProcessStep {
    /// `drafted`, `reviewed`, `countersigned` or `signed`.
    pub step: &'static str,
    /// Who.
    pub who: SourceText,
    /// When.
    pub when: Option<Located<Date>>,
}

/// A whole notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeRecord {
    /// Title without the organ.
    pub title: SourceText,
    /// Short name.
    pub subject: Option<SourceText>,
    /// 发文字号.
    pub number: Option<NumberRecord>,
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
    /// The issued text.
    pub issued: IssuedRecord,
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
    pub process: Vec<ProcessStep>,
    /// How far it has come.
    pub stage: Stage,
    /// The rest, which a project may give defaults for.
    pub common: Common,
    /// The file.
    pub span: Span,
}

impl NoticeRecord {
    /// Reads a notice.
    pub fn read(document: &Document, diags: &mut Diagnostics) -> Option<Self> {
        let root = document.root.as_ref()?;
        let what = text!("一份通知（title、issued 等）", "a notice (title, issued, …)");
        let mut fields = Fields::open(root, &what, diags)?;
        let title = fields.required_text("title");
        let subject = fields.text("subject");
        let number = fields.one("number", read_number);
        let copy_number = read_copy_number(&mut fields);
        let secrecy = fields.one("secrecy", read_secrecy);
        let urgency =
            fields.choice("urgency", &[("特急", "特急"), ("加急", "加急")]).map(|u| u.value);
        let signatory = fields.texts("signatory");
        let recipients = fields.list("recipients", read_recipient);
        let letter = fields.text("letter");
        let issued = fields.required_one("issued", read_issued);
        let attachments = fields.list("attachments", read_attachment);
        let date = fields.date("date");
        let published = read_published(&mut fields);
        let note = fields.text("note");
        let printed = fields.date("printed");
        let process = fields.one("process", read_process).unwrap_or_default();
        let stages =
            [("征求意见稿", Stage::Comment), ("送审稿", Stage::Review), ("正式", Stage::Final)];
        let stage = fields.choice("stage", &stages).map(|s| s.value).unwrap_or_default();
        let common = Common::read(&mut fields);
        fields.finish();
        Some(Self {
            title: title
                .unwrap_or_else(|| SourceText::new(String::new(), root.span.clone(), vec![])),
            subject,
            number,
            copy_number,
            secrecy,
            urgency,
            signatory,
            recipients,
            letter,
            issued: issued.unwrap_or_else(|| IssuedRecord {
                title: SourceText::new(String::new(), root.span.clone(), vec![]),
                preface: None,
                sections: Vec::new(),
            }),
            attachments,
            date,
            published,
            note,
            printed,
            process,
            stage,
            common,
            span: root.span.clone(),
        })
    }
}

impl Common {
    /// Reads the fields that a project may give defaults for.
    pub fn read(fields: &mut Fields<'_>) -> Self {
        let organ_in_title = [
            ("none", OrganInTitle::None),
            ("print", OrganInTitle::Print),
            ("web", OrganInTitle::Web),
            ("both", OrganInTitle::Both),
        ];
        let leads = [("first", LeadConvention::First), ("none", LeadConvention::None)];
        let numbering = fields.one("items", read_numbering).unwrap_or_default();
        let sheets = fields.one("sheets", read_sheets).unwrap_or_default();
        Self {
            organ_in_title: fields.choice("organ_in_title", &organ_in_title).map(|c| c.value),
            organ: fields.given_texts("organ"),
            publisher: fields.text("publisher"),
            printed_by: fields.text("printed_by"),
            mark: fields.text("mark").map(|mark| match mark.trim() {
                "none" | "无" => Mark::None,
                _ => Mark::Words(mark),
            }),
            format: fields.one("format", read_format),
            item_style: numbering.0,
            items_restart: numbering.1,
            lead: fields.choice("lead", &leads).map(|c| c.value),
            lead_sentence: fields.text("lead_sentence").map(|words| match words.trim() {
                "false" | "否" => LeadSentence::No,
                "true" | "是" => LeadSentence::Usual,
                _ => LeadSentence::Words(words),
            }),
            label: fields.text("label"),
            sign_off: fields.flag("sign_off"),
            layout: fields.one("layout", read_layout).unwrap_or_default(),
            copies: fields.given_texts("copies"),
            disclosure: fields.one("disclosure", read_disclosure),
            reporting: fields.one("reporting", read_reporting),
            sheet_order: sheets.0,
            without_task: sheets.1,
        }
    }

    /// These fields, and where one is not given, that of `defaults`.
    #[must_use]
    pub fn or(self, defaults: &Self) -> Self {
        let defaults = defaults.clone();
        Self {
            organ_in_title: self.organ_in_title.or(defaults.organ_in_title),
            organ: self.organ.or(defaults.organ),
            publisher: self.publisher.or(defaults.publisher),
            printed_by: self.printed_by.or(defaults.printed_by),
            mark: self.mark.or(defaults.mark),
            format: self.format.or(defaults.format),
            item_style: self.item_style.or(defaults.item_style),
            items_restart: self.items_restart.or(defaults.items_restart),
            lead: self.lead.or(defaults.lead),
            lead_sentence: self.lead_sentence.or(defaults.lead_sentence),
            label: self.label.or(defaults.label),
            sign_off: self.sign_off.or(defaults.sign_off),
            layout: self.layout.or(&defaults.layout),
            copies: self.copies.or(defaults.copies),
            disclosure: self.disclosure.or(defaults.disclosure),
            reporting: self.reporting.or(defaults.reporting),
            sheet_order: self.sheet_order.or(defaults.sheet_order),
            without_task: self.without_task.or(defaults.without_task),
        }
    }
}

fn read_number(node: &Node, diags: &mut Diagnostics) -> Option<NumberRecord> {
    let what = text!("发文字号（code、year、serial）", "a document number (code, year, serial)");
    let mut fields = Fields::open(node, &what, diags)?;
    let code = fields.required_text("code");
    let year = fields.required_integer("year");
    // The serial is blank until the notice is signed: a form with an empty field is welcome.
    let serial = if fields.is_blank("serial") {
        fields.note_key("serial");
        None
    } else {
        fields.integer("serial")
    };
    if let Some(year) = year.as_ref().filter(|y| !(1949..=2999).contains(&y.value)) {
        fields.diags().push(
            Diagnostic::error("year-wrong", text!("年份应为四位数", "the year has four digits"))
                .help(text!("写成 2025 这样", "write it like 2025"))
                .at(&year.span),
        );
    }
    fields.finish();
    Some(NumberRecord {
        code: code?,
        year: year?.value,
        serial: serial.map(|s| s.value),
        span: node.span.clone(),
    })
}

/// 7.2.1: six digits.
fn read_copy_number(fields: &mut Fields<'_>) -> Option<SourceText> {
    let value = fields.text("copy_number")?;
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

fn read_secrecy(node: &Node, diags: &mut Diagnostics) -> Option<Secrecy> {
    let mut fields =
        Fields::open(node, &text!("密级（level、term）", "secrecy (level, term)"), diags)?;
    let levels = [("秘密", "秘密"), ("机密", "机密"), ("绝密", "绝密")];
    let level = fields.required_choice("level", &levels);
    let term = fields.text("term");
    fields.finish();
    Some(Secrecy { level: level?.value, term })
}

fn read_recipient(node: &Node, diags: &mut Diagnostics) -> Option<RecipientRecord> {
    if !matches!(node.kind, NodeKind::Map(_)) {
        return read_text(node, diags).map(|text| RecipientRecord { text, to: None });
    }
    let mut fields =
        Fields::open(node, &text!("一类主送机关（text、to）", "recipients (text, to)"), diags)?;
    let text = fields.required_text("text");
    let to = fields.required_list("to", read_text);
    fields.finish();
    Some(RecipientRecord { text: text?, to: Some(to) })
}

fn read_issued(node: &Node, diags: &mut Diagnostics) -> Option<IssuedRecord> {
    let what = text!("所印发的文本（title、sections 等）", "the issued text (title, sections, …)");
    let mut fields = Fields::open(node, &what, diags)?;
    let title = fields.required_text("title");
    let preface = fields.text("preface");
    let sections = fields.required_list("sections", |node, diags| read_section(node, 1, diags));
    fields.finish();
    let title = title.unwrap_or_else(|| SourceText::new(String::new(), node.span.clone(), vec![]));
    Some(IssuedRecord { title, preface, sections })
}

fn read_published(fields: &mut Fields<'_>) -> Option<(Date, Option<Time>)> {
    let value = fields.text("published")?;
    let parsed = parse_date_time(&value);
    if parsed.is_none() {
        fields.diags().push(crate::content::fields::wrong_date(&value));
    }
    parsed
}

fn read_process(node: &Node, diags: &mut Diagnostics) -> Option<Vec<ProcessStep>> {
    let what = text!(
        "办理过程（drafted、reviewed、countersigned、signed）",
        "the process (drafted, reviewed, countersigned, signed)"
    );
    let mut fields = Fields::open(node, &what, diags)?;
    let mut steps = Vec::new();
    for step in ["drafted", "reviewed", "countersigned", "signed"] {
        steps.extend(fields.list(step, |node, diags| {
            let mut fields = Fields::open(node, &text!("who 和 when", "`who` and `when`"), diags)?;
            let who = fields.required_text("who");
            let when = fields.date("when");
            fields.finish();
            Some(ProcessStep { step, who: who?, when })
        }));
    }
    fields.finish();
    Some(steps)
}

fn read_numbering(
    node: &Node,
    diags: &mut Diagnostics,
) -> Option<(Option<NumberStyle>, Option<bool>)> {
    let what = text!("任务的编号（style、numbering）", "the items' numbering (style, numbering)");
    let mut fields = Fields::open(node, &what, diags)?;
    let style = fields.choice("style", &NumberStyle::ALL).map(|s| s.value);
    let restart = fields.choice("numbering", &[("continue", false), ("restart", true)]);
    fields.finish();
    Some((style, restart.map(|r| r.value)))
}

fn read_sheets(
    node: &Node,
    diags: &mut Diagnostics,
) -> Option<(Option<SheetOrder>, Option<Vec<UnitKind>>)> {
    let what = text!(
        "任务单的设置（order、without_task）",
        "settings of the sheets (order, without_task)"
    );
    let mut fields = Fields::open(node, &what, diags)?;
    let orders = [("leading-first", SheetOrder::LeadingFirst), ("notice", SheetOrder::Notice)];
    let order = fields.choice("order", &orders).map(|o| o.value);
    let given = fields.has("without_task");
    let kinds = fields.list("without_task", |node, diags| {
        crate::content::fields::read_choice(node, &UnitKind::ALL, diags).map(|k| k.value)
    });
    fields.finish();
    Some((order, given.then_some(kinds)))
}

/// Reads `normal` or `letter`. The other formats of the standard are named as not offered, so that
/// nobody looks for another spelling.
fn read_format(node: &Node, diags: &mut Diagnostics) -> Option<Format> {
    if let Some(value) = node.as_text()
        && matches!(value.trim(), "order" | "命令" | "命令（令）" | "minutes" | "纪要")
    {
        diags.push(
            Diagnostic::error(
                "format-not-offered",
                text!("不提供“{value}”格式", "the format “{value}” is not offered", value = &**value),
            )
            .at(value.span())
            .help(text!(
                "GB/T 9704 的命令（10.2）、纪要（10.3）格式请用别的软件排；这里可以写 normal 或 letter",
                "set orders (10.2) and minutes (10.3) with other software; here `normal` or `letter`"
            )),
        );
        return None;
    }
    let formats = [("normal", Format::Normal), ("letter", Format::Letter)];
    read_choice(node, &formats, diags).map(|format| format.value)
}

fn read_layout(node: &Node, diags: &mut Diagnostics) -> Option<LayoutRecord> {
    let what = text!("版式设置（grid、imprint 等）", "settings of the layout (grid, imprint, …)");
    let mut fields = Fields::open(node, &what, diags)?;
    let grids = [("own-gap", Grid::OwnGap), ("filled", Grid::Filled)];
    let sides = [("even", ImprintSide::Even), ("last", ImprintSide::Last)];
    let layout = LayoutRecord {
        grid: fields.choice("grid", &grids).map(|g| g.value),
        imprint: fields.choice("imprint", &sides).map(|i| i.value),
        seal: fields.flag("seal"),
        seals_per_row: fields
            .choice("seals_per_row", &[("1", 1), ("2", 2), ("3", 3)])
            .map(|n| n.value),
    };
    fields.finish();
    Some(layout)
}

fn read_disclosure(node: &Node, diags: &mut Diagnostics) -> Option<Disclosure> {
    let mut fields = Fields::open(node, &text!("信息公开事项", "disclosure fields"), diags)?;
    let disclosure = Disclosure {
        index: fields.text("index"),
        access: fields.choice("access", &Access::ALL).map(|a| a.value),
        period: fields.text("period"),
        validity: fields.text("validity"),
        topic: fields.text("topic"),
        genre: fields.text("genre"),
        keywords: fields.texts("keywords"),
        links: fields.list("links", read_link),
        web: fields.flag("web").unwrap_or(false),
    };
    fields.finish();
    Some(disclosure)
}

fn read_link(node: &Node, diags: &mut Diagnostics) -> Option<LinkRecord> {
    let mut fields =
        Fields::open(node, &text!("一个链接（text、url）", "a link (text, url)"), diags)?;
    let text = fields.required_text("text");
    let url = fields.required_text("url");
    fields.finish();
    let url = url?;
    let scheme = url.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
    let good = matches!(scheme.as_deref(), Some("http" | "https"));
    if !good || url.trim().contains(|c: char| c.is_whitespace()) {
        diags.push(
            Diagnostic::error(
                "link-scheme",
                text!(
                    "链接应以 http:// 或 https:// 开头，中间没有空格",
                    "a link begins with http:// or https:// and has no blanks"
                ),
            )
            .at(url.span())
            .help(text!(
                "请从浏览器地址栏复制完整的网址",
                "copy the whole address from the browser"
            )),
        );
        return None;
    }
    Some(LinkRecord { text: text?, url })
}

fn read_reporting(node: &Node, diags: &mut Diagnostics) -> Option<Reporting> {
    let mut fields = Fields::open(node, &text!("报送要求", "how units report"), diags)?;
    let reporting = Reporting {
        cycle: fields.text("cycle"),
        due: fields.text("due"),
        to: fields.text("to"),
        contact: fields.one("contact", read_contact).unwrap_or_default(),
        how: fields.text("how"),
        states: fields.given_texts("states"),
    };
    check_states(reporting.states.iter().flatten(), fields.diags());
    fields.finish();
    Some(reporting)
}

/// A list of choices in a cell is one text of limited length, with commas between them.
fn check_states<'a>(states: impl Iterator<Item = &'a SourceText>, diags: &mut Diagnostics) {
    /// What Excel takes, in UTF-16 units.
    const LONGEST: usize = 255;
    let mut length = 0;
    for state in states {
        length += state.trim().encode_utf16().count() + 1;
        if length > LONGEST + 1 || state.contains([',', '\n', '"']) {
            diags.push(
                Diagnostic::error(
                    "states-wrong",
                    text!(
                        "工作簿的下拉列表放不下“完成情况”的这一项",
                        "the list of choices of a workbook cannot hold this state"
                    ),
                )
                .at(state.span())
                .help(text!(
                    "各项里不写半角逗号、引号和换行，合计不超过 {LONGEST} 字",
                    "no commas, quotation marks or line breaks, and {LONGEST} characters in all"
                )),
            );
            return;
        }
    }
}
