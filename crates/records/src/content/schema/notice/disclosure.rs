//! `disclosure` of a notice: 信息公开, the head of the web page.

use crate::content::fields::{Fields, Mapping, key};
use base::diag::{Diagnostic, SourceText, Words};
use base::text;

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

/// 信息公开: the head of the web page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Disclosure {
    /// 索引号.
    pub index: Option<SourceText>,
    /// 公开方式; `None` is undecided.
    pub access: Option<Access>,
    /// Why it is not 主动公开.
    pub reason: Option<SourceText>,
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

impl Mapping for Disclosure {
    const NAME: &'static str = "disclosure";
    const WHAT: Words = Words::new("信息公开事项", "disclosure fields");

    fn read_fields(fields: &mut Fields<'_>) -> Option<Self> {
        Some(Self {
            index: fields.text(key("index", "索引号", "索引号")),
            access: fields
                .choice(key("access", "公开方式", "公开方式; left out: undecided"), &Access::ALL)
                .map(|a| a.value),
            reason: fields.text(key(
                "reason",
                "不主动公开的理由，印在发文稿纸上",
                "why it is not 主动公开, printed on 发文稿纸 alone",
            )),
            period: fields.text(key("period", "公开时限", "公开时限")),
            validity: fields.text(key("validity", "有效性", "有效性")),
            topic: fields.text(key("topic", "主题分类", "主题分类")),
            genre: fields.text(key("genre", "体裁", "体裁")),
            keywords: fields.texts(key("keywords", "关键词", "关键词")),
            links: fields.list(key("links", "政策解读等链接", "links to 政策解读 and the like")),
            web: fields
                .flag(key(
                    "web",
                    "true：不是主动公开也出网页",
                    "`true`: a web page although access is not 主动公开",
                ))
                .unwrap_or(false),
        })
    }
}

impl Mapping for LinkRecord {
    const NAME: &'static str = "link";
    const WHAT: Words = Words::new("一个链接（text、url）", "a link (text, url)");

    fn read_fields(fields: &mut Fields<'_>) -> Option<Self> {
        let text = fields.required_text(key("text", "显示的文字", "the words that are shown"));
        let url = fields.required_text(key("url", "http 或 https 地址", "http or https address"));
        let url = url?;
        let scheme = url.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
        let good = matches!(scheme.as_deref(), Some("http" | "https"));
        if !good || url.trim().contains(|c: char| c.is_whitespace()) {
            fields.diags().push(
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
        Some(Self { text: text?, url })
    }
}
