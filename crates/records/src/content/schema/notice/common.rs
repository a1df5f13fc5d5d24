//! The keys of a notice that a project may give defaults for (`defaults` in yinfa.yaml).

use crate::content::fields::{Fields, Mapping, Shape, Value, key, read_choice};
use crate::content::schema::section::NumberStyle;
use crate::content::schema::units::UnitKind;
use crate::content::yaml::Node;
use base::diag::{Diagnostic, Diagnostics, Located, SourceText, Words};
use base::text;

use super::disclosure::Disclosure;
use super::layout::LayoutRecord;
use super::reporting::Reporting;

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
    /// 简报, of 通报: a masthead, 第N期, organ and date above the rule, 报 送 发 at the foot. Practice of
    /// offices, not of the standard.
    Bulletin,
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

/// The order of a sheet's rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SheetOrder {
    /// Tasks that the unit leads first.
    LeadingFirst,
    /// As in the notice.
    Notice,
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
    /// Whether 发文稿纸 and 分发清单 are printed.
    pub forms: Option<bool>,
}

impl Mapping for Common {
    const NAME: &'static str = "defaults";
    const WHAT: Words = Words::new("各通知共用的默认值", "defaults of the notices");

    fn read_fields(fields: &mut Fields<'_>) -> Option<Self> {
        let organ_in_title = [
            ("none", OrganInTitle::None),
            ("print", OrganInTitle::Print),
            ("web", OrganInTitle::Web),
            ("both", OrganInTitle::Both),
        ];
        let leads = [("first", LeadConvention::First), ("none", LeadConvention::None)];
        let numbering: Option<Numbering> =
            fields.one(key("items", "任务的编号", "the items' numbers"));
        let numbering = numbering.unwrap_or_default();
        let sheets: Option<Sheets> = fields.one(key("sheets", "任务单", "the sheets"));
        let sheets = sheets.unwrap_or_default();
        Some(Self {
            organ_in_title: fields
                .choice(
                    key(
                        "organ_in_title",
                        "发文机关印在标题前的哪里",
                        "where the issuing organ stands before the title; default `none`",
                    ),
                    &organ_in_title,
                )
                .map(|c| c.value),
            organ: fields.given_list(key(
                "organ",
                "发文机关；联合行文写成列表，主办机关在前",
                "发文机关, signs the notice; else the project's `office`. A list of two to five makes a joint notice, the lead organ first",
            )),
            publisher: fields.text(key(
                "publisher",
                "网页上的发布机构",
                "发布机构 of the web page",
            )),
            printed_by: fields.text(key("printed_by", "印发机关", "印发机关 of the imprint")),
            mark: fields
                .text(key(
                    "mark",
                    "发文机关标志；none 为没有红头",
                    "发文机关标志: the red words; `none` for a page without a red head. When left out: the organ and 文件 (of a letter, the organ alone); of a joint notice, the organs stacked and 文件 at their right",
                ))
                .map(|mark| match mark.trim() {
                    "none" | "无" => Mark::None,
                    _ => Mark::Words(mark),
                }),
            format: fields.one(key(
                "format",
                "首页的格式：普通、信函，或简报（用于通报）",
                "`normal` is the default, `letter` (default of 函) is 信函, `bulletin` (of 通报) 简报, which is practice and not the standard; orders are not offered",
            )),
            item_style: numbering.style,
            items_restart: numbering.restart,
            lead: fields
                .choice(
                    key(
                        "lead",
                        "first：排名第一的责任单位牵头",
                        "the lead convention: `first` (the first listed unit leads) or `none` (default: leads only where given)",
                    ),
                    &leads,
                )
                .map(|c| c.value),
            lead_sentence: fields
                .text(key(
                    "lead_sentence",
                    "true：在第一个括号里印出这条约定；也可写文字",
                    "`true` prints 排名第一责任单位为牵头单位，以下同 in the first bracket; a text prints that text",
                ))
                .map(|words| match words.trim() {
                    "false" | "否" => LeadSentence::No,
                    "true" | "是" => LeadSentence::Usual,
                    _ => LeadSentence::Words(words),
                }),
            label: fields.text(key(
                "label",
                "单位前面的词，不写就是“责任单位”",
                "the word before the units, default `责任单位`; see items",
            )),
            sign_off: fields.flag(key(
                "sign_off",
                "false：不印落款",
                "`false` leaves the sign-off (organ and date) out; default `true`",
            )),
            layout: fields
                .one(key(
                    "layout",
                    "国家标准留有余地的版式",
                    "what the standard leaves open",
                ))
                .unwrap_or_default(),
            copies: fields.given_list(key(
                "copies",
                "抄送，一类一行",
                "抄送: a list, one line per class",
            )),
            disclosure: fields.one(key("disclosure", "信息公开", "信息公开, the head of the web page")),
            reporting: fields.one(key(
                "reporting",
                "进展报送，印在任务单上",
                "how units report, for the sheets",
            )),
            sheet_order: sheets.order,
            without_task: sheets.without_task,
            forms: fields.flag(key(
                "forms",
                "true：另印发文稿纸和分发清单，供内部办理",
                "`true` prints the office's own forms too: 发文稿纸 and 分发清单",
            )),
        })
    }
}

impl Common {
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
            forms: self.forms.or(defaults.forms),
        }
    }
}

/// `items` of a notice.
#[derive(Default)]
struct Numbering {
    style: Option<NumberStyle>,
    restart: Option<bool>,
}

impl Mapping for Numbering {
    const NAME: &'static str = "numbering";
    const WHAT: Words =
        Words::new("任务的编号（style、numbering）", "the items' numbering (style, numbering)");

    fn read_fields(fields: &mut Fields<'_>) -> Option<Self> {
        let style = fields.choice(
            key("style", "编号的形式", "how the numbers are written; default `1.`"),
            &NumberStyle::ALL,
        );
        let restart = fields.choice(
            key(
                "numbering",
                "从头到尾连续编号，或每部分重新编",
                "through all sections (default) or anew in each",
            ),
            &[("continue", false), ("restart", true)],
        );
        Some(Self { style: style.map(|s| s.value), restart: restart.map(|r| r.value) })
    }
}

/// `sheets` of a notice.
#[derive(Default)]
struct Sheets {
    order: Option<SheetOrder>,
    without_task: Option<Vec<UnitKind>>,
}

impl Mapping for Sheets {
    const NAME: &'static str = "sheets";
    const WHAT: Words = Words::new(
        "任务单的设置（order、without_task）",
        "settings of the sheets (order, without_task)",
    );

    fn read_fields(fields: &mut Fields<'_>) -> Option<Self> {
        let orders = [("leading-first", SheetOrder::LeadingFirst), ("notice", SheetOrder::Notice)];
        let order = fields.choice(
            key(
                "order",
                "任务的先后：先列牵头任务，或按通知",
                "the order of tasks; `leading-first` is the default",
            ),
            &orders,
        );
        let kinds: Option<Vec<Located<UnitKind>>> = fields.given_list(key(
            "without_task",
            "没有任务也出任务单的类别",
            "kinds of units that get a sheet although they have no task (default 乡镇, 街道)",
        ));
        let without_task = kinds.map(|kinds| kinds.into_iter().map(|kind| kind.value).collect());
        Some(Self { order: order.map(|o| o.value), without_task })
    }
}

const FORMATS: [(&str, Format); 3] =
    [("normal", Format::Normal), ("letter", Format::Letter), ("bulletin", Format::Bulletin)];

/// The other formats of the standard are named as such, so that nobody looks for another
/// spelling.
impl Value for Format {
    fn shape() -> Shape {
        Shape::choice(&FORMATS)
    }

    fn read(node: &Node, diags: &mut Diagnostics) -> Option<Self> {
        if let Some(value) = node.as_text()
            && matches!(value.trim(), "order" | "命令" | "命令（令）" | "minutes" | "纪要")
        {
            diags.push(
                Diagnostic::error(
                    "format-not-offered",
                    text!(
                        "不提供“{value}”格式",
                        "the format “{value}” is not offered",
                        value = &**value
                    ),
                )
                .at(value.span())
                .help(match value.trim() {
                    "minutes" | "纪要" => {
                        text!("是会议纪要的，写 kind: 纪要", "of minutes write `kind: 纪要`")
                    }
                    _ => text!(
                        "GB/T 9704 的命令格式（10.2）请用别的软件排；这里可以写 normal 或 letter",
                        "set orders (10.2) with other software; here `normal` or `letter`"
                    ),
                }),
            );
            return None;
        }
        read_choice(node, &FORMATS, diags).map(|format| format.value)
    }
}
