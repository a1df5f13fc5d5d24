//! What stands above the text: number, secrecy, recipients.

use crate::content::fields::{Fields, Mapping, Shape, Value, key, mapping_shape};
use crate::content::yaml::{Node, NodeKind};
use base::diag::{Diagnostic, Diagnostics, SourceText, Span, Words};
use base::text;

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

impl Mapping for NumberRecord {
    const NAME: &'static str = "number";
    const WHAT: Words =
        Words::new("发文字号（code、year、serial）", "a document number (code, year, serial)");

    fn read_fields(fields: &mut Fields<'_>) -> Option<Self> {
        let code = fields.required_text(key("code", "发文机关代字", "发文机关代字"));
        let year = fields.required_integer(key("year", "年份，四位", "four digits"));
        let serial = fields.integer_or_blank(key(
            "serial",
            "序号，签发后再写",
            "left out or blank until it is signed",
        ));
        if let Some(year) = year.as_ref().filter(|y| !(1949..=2999).contains(&y.value)) {
            fields.diags().push(
                Diagnostic::error(
                    "year-wrong",
                    text!("年份应为四位数", "the year has four digits"),
                )
                .help(text!("写成 2025 这样", "write it like 2025"))
                .at(&year.span),
            );
        }
        if let Some(code) = code.as_ref().filter(|code| names_year(code)) {
            fields.diags().push(
                Diagnostic::error(
                    "number-code",
                    text!(
                        "机关代字“{code}”里有年份或序号，会印两次",
                        "the code “{code}” holds a year or a serial: they would be printed twice",
                        code = code.trim()
                    ),
                )
                .at(code.span())
                .help(text!(
                    "code 只写机关代字，如 云政办；年份写 year，序号写 serial",
                    "`code` is the organ's alone, such as 云政办; write `year` and `serial` apart"
                )),
            );
        }
        Some(Self {
            code: code?,
            year: year?.value,
            serial: serial.map(|s| s.value),
            span: fields.span().clone(),
        })
    }
}

/// Whether the code of an organ goes on with what is written apart: 〔2026〕, 2026, 3号.
fn names_year(code: &str) -> bool {
    code.contains(['〔', '〕', '[', ']', '［', '］', '【', '】', '号', '第'])
        || code.chars().any(|c| c.is_ascii_digit() || ('０'..='９').contains(&c))
}

impl Mapping for Secrecy {
    const NAME: &'static str = "secrecy";
    const WHAT: Words = Words::new("密级（level、term）", "secrecy (level, term)");

    fn read_fields(fields: &mut Fields<'_>) -> Option<Self> {
        let levels = [("秘密", "秘密"), ("机密", "机密"), ("绝密", "绝密")];
        let level = fields.required_choice(key("level", "密级", "密级"), &levels);
        let term = fields.text(key("term", "保密期限", "保密期限"));
        Some(Self { level: level?.value, term })
    }
}

/// A class of recipients whose members are named apart.
struct Named(RecipientRecord);

impl Mapping for Named {
    const NAME: &'static str = "recipient";
    const WHAT: Words = Words::new("一类主送机关（text、to）", "recipients (text, to)");

    fn read_fields(fields: &mut Fields<'_>) -> Option<Self> {
        let text = fields.required_text(key("text", "印出来的写法", "as printed"));
        let to =
            fields.required_list(key("to", "指哪些单位", "the units and groups it stands for"));
        Some(Self(RecipientRecord { text: text?, to: Some(to) }))
    }
}

/// A name or wording, or `text` and `to`.
impl Value for RecipientRecord {
    fn shape() -> Shape {
        Shape::Either(vec![Shape::Text, Shape::Mapping(mapping_shape::<Named>())])
    }

    fn read(node: &Node, diags: &mut Diagnostics) -> Option<Self> {
        if matches!(node.kind, NodeKind::Map(_)) {
            return Named::read(node, diags).map(|named| named.0);
        }
        SourceText::read(node, diags).map(|text| Self { text, to: None })
    }
}
