//! `archive` in yinfa.yaml: where packages go and what their archival codes (档号) are made of.

use crate::content::fields::Fields;
use crate::content::yaml::Node;
use base::diag::{Diagnostic, Diagnostics, SourceText, Text};
use base::text;

/// 保管期限, how long a document is kept (DA/T 13-2022). There is no default: the office's own
/// schedule decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Retention {
    /// 永久, for ever.
    Permanent,
    /// 30年.
    Years30,
    /// 10年.
    Years10,
}

impl Retention {
    /// Every value with the words that name it: the code first, then the plain word.
    pub const ALL: [(&'static str, Self); 6] = [
        ("Y", Self::Permanent),
        ("永久", Self::Permanent),
        ("D30", Self::Years30),
        ("30年", Self::Years30),
        ("D10", Self::Years10),
        ("10年", Self::Years10),
    ];

    /// Its code in an archival code: `Y`, `D30` or `D10`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Permanent => "Y",
            Self::Years30 => "D30",
            Self::Years10 => "D10",
        }
    }

    /// The value of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Permanent, Self::Years30, Self::Years10].into_iter().find(|r| r.code() == code)
    }

    /// The value of a code or of a plain word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(name, _)| *name == word.trim()).map(|(_, value)| *value)
    }
}

/// Settings of the archive.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ArchiveRecord {
    /// Where packages go, from the project root.
    pub folder: Option<SourceText>,
    /// 全宗号.
    pub fonds: Option<SourceText>,
    /// 全宗名称.
    pub fonds_name: Option<SourceText>,
    /// 立档单位名称; the office where it is left out.
    pub creator: Option<SourceText>,
    /// 机构或问题, the lowest class but the document's own number.
    pub division: Option<SourceText>,
    /// 保管期限.
    pub retention: Option<Retention>,
}

/// Whether a text can be a part of an archival code: letters and digits, since `-` and `·` stand
/// between the parts.
pub fn is_code_part(text: &str) -> bool {
    (1..=10).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric())
}

pub(super) fn read_archive(node: &Node, diags: &mut Diagnostics) -> Option<ArchiveRecord> {
    let what = text!(
        "归档设置（fonds、division、retention 等）",
        "settings of the archive (fonds, division, retention, …)"
    );
    let mut fields = Fields::open(node, &what, diags)?;
    let archive = ArchiveRecord {
        folder: fields.text("folder"),
        fonds: code_part(&mut fields, "fonds", &text!("全宗号", "the fonds number")),
        fonds_name: fields.text("fonds_name"),
        creator: fields.text("creator"),
        division: code_part(&mut fields, "division", &text!("机构（问题）代码", "the division")),
        retention: fields.choice("retention", &Retention::ALL).map(|r| r.value),
    };
    fields.finish();
    Some(archive)
}

fn code_part(fields: &mut Fields<'_>, key: &'static str, what: &Text) -> Option<SourceText> {
    let value = fields.text(key)?;
    if !is_code_part(value.trim()) {
        let (zh, en) = (what.get(base::diag::Lang::Zh), what.get(base::diag::Lang::En));
        fields.diags().push(
            Diagnostic::error(
                "archival-code-part",
                text!("{zh}应为字母和数字，至多十位", "{en} is at most ten letters and digits"),
            )
            .at(value.span())
            .help(text!(
                "如 0012、BGS；“-”和“·”是档号各段之间的符号",
                "such as 0012 or BGS; `-` and `·` stand between the parts of the archival code"
            )),
        );
    }
    Some(value)
}
