//! `archive` in yinfa.yaml: where packages go and what their archival codes (档号) are made of.

use crate::content::fields::{Fields, Key, Mapping, key};
use base::diag::{Diagnostic, SourceText, Words};
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

impl Mapping for ArchiveRecord {
    const NAME: &'static str = "archive";
    const WHAT: Words = Words::new(
        "归档设置（fonds、division、retention 等）",
        "settings of the archive (fonds, division, retention, …)",
    );

    fn read_fields(fields: &mut Fields<'_>) -> Option<Self> {
        Some(Self {
            folder: fields.text(key(
                "folder",
                "归档文件夹，不写就是 archive",
                "where packages go, `archive` when left out",
            )),
            fonds: code_part(
                fields,
                key("fonds", "全宗号：字母和数字", "全宗号: letters and digits"),
                Words::new("全宗号", "the fonds number"),
            ),
            fonds_name: fields.text(key("fonds_name", "全宗名称", "全宗名称")),
            creator: fields.text(key(
                "creator",
                "立档单位名称；不写就是 office",
                "立档单位名称; `office` when left out",
            )),
            division: code_part(
                fields,
                key(
                    "division",
                    "机构（问题）代码：字母和数字，如 BGS",
                    "机构或问题: letters and digits, such as `BGS`",
                ),
                Words::new("机构（问题）代码", "the division"),
            ),
            retention: fields
                .choice(
                    key(
                        "retention",
                        "保管期限，没有默认值",
                        "保管期限. There is no default: the office's own schedule decides. `--retention` says it for one document",
                    ),
                    &Retention::ALL,
                )
                .map(|r| r.value),
        })
    }
}

/// A text that becomes a part of the archival code.
fn code_part(fields: &mut Fields<'_>, key: Key, what: Words) -> Option<SourceText> {
    let value = fields.text(key)?;
    if !is_code_part(value.trim()) {
        fields.diags().push(
            Diagnostic::error(
                "archival-code-part",
                text!(
                    "{what}应为字母和数字，至多十位", "{what} is at most ten letters and digits";
                    what
                ),
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
