//! `yinfa.yaml`: the project.

use crate::content::fields::{Fields, Mapping, Shape, Value, key, read_choice, wrong_kind};
use crate::content::yaml::{Document, Node};
use base::diag::{Diagnostics, Located, Severity, SourceText, Words};

use super::archive::ArchiveRecord;
use super::formats::Formats;
use super::lexicon::LexiconRecord;
use super::mail::MailRecord;
use super::notice::Common;

/// Which Typst sets the pages.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum EngineChoice {
    /// The built-in one.
    #[default]
    Embedded,
    /// The `typst` command.
    Command,
}

/// Font settings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FontsRecord {
    /// Folders to look in first, from the project root.
    pub folders: Vec<SourceText>,
    /// Families tried before the built-in ones: 小标宋.
    pub title: Vec<SourceText>,
    /// 仿宋.
    pub body: Vec<SourceText>,
    /// 楷体.
    pub kai: Vec<SourceText>,
    /// 黑体.
    pub hei: Vec<SourceText>,
    /// 宋体.
    pub song: Vec<SourceText>,
}

/// How a project wants a rule of `yinfa check` to be taken: off, or with another severity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleSetting {
    /// The rule's id. Whether there is such a rule, the rules know.
    pub rule: SourceText,
    /// `None` switches it off.
    pub severity: Located<Option<Severity>>,
}

/// A project.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProjectRecord {
    /// The office.
    pub office: Option<SourceText>,
    /// Defaults of its notices.
    pub defaults: Common,
    /// The formats that publications are made in.
    pub formats: Formats,
    /// Output folder.
    pub output: Option<SourceText>,
    /// Fonts.
    pub fonts: FontsRecord,
    /// Engine.
    pub engine: EngineChoice,
    /// The `typst` command.
    pub typst: Option<SourceText>,
    /// How mail is sent; `None` where none is.
    pub mail: Option<MailRecord>,
    /// Rules of `yinfa check` that are switched.
    pub check: Vec<RuleSetting>,
    /// What is added to the word lists of `yinfa check`.
    pub lexicon: LexiconRecord,
    /// Settings of the archive.
    pub archive: ArchiveRecord,
}

impl ProjectRecord {
    /// Reads a project; an empty file is a project without settings.
    pub fn from_document(document: &Document, diags: &mut Diagnostics) -> Self {
        let root = document.root.as_ref();
        root.and_then(|root| Self::read(root, diags)).unwrap_or_default()
    }
}

impl Mapping for ProjectRecord {
    const NAME: &'static str = "project";
    const WHAT: Words =
        Words::new("项目设置（office、defaults 等）", "project settings (office, defaults, …)");

    fn read_fields(fields: &mut Fields<'_>) -> Option<Self> {
        let engines = [("embedded", EngineChoice::Embedded), ("command", EngineChoice::Command)];
        Some(Self {
            office: fields.text(key(
                "office",
                "办文单位；没有写发文机关的通知由它发文",
                "the office that keeps the project; the issuing organ of notices that name none",
            )),
            defaults: fields
                .one(key(
                    "defaults",
                    "各通知共用的默认值",
                    "any of the keys of `notice.yaml` marked *d* below, for publications that do not give them",
                ))
                .unwrap_or_default(),
            formats: fields
                .one(key(
                    "formats",
                    "生成哪些格式",
                    "the formats that a build makes: a list for everything, or one each for the notice and the sheets",
                ))
                .unwrap_or_default(),
            output: fields.text(key(
                "output",
                "输出文件夹，不写就是 output",
                "output folder, `output` when left out",
            )),
            fonts: fields
                .one(key("fonts", "字体", "families tried before the built-in ones"))
                .unwrap_or_default(),
            engine: fields
                .choice(key("engine", "排版引擎", "`embedded` is the default"), &engines)
                .map(|e| e.value)
                .unwrap_or_default(),
            typst: fields.text(key(
                "typst",
                "engine: command 时 typst 命令的路径",
                "for `engine: command`, the command's path",
            )),
            mail: fields.one(key(
                "mail",
                "发邮件的设置，见 docs/send.md",
                "how `yinfa send --via smtp` sends, see [send.md](send.md#mail)",
            )),
            check: fields
                .one_with(
                    key(
                        "check",
                        "检查规则的开关，见 docs/rules.md",
                        "rules of `yinfa check` that are switched, such as `unit-order: hint`; [rules.md](rules.md) lists them. One place is switched off by a comment: `# yinfa: allow RULE`",
                    ),
                    || Shape::ByRule(Box::new(Shape::choice(&LEVELS))),
                    read_check,
                )
                .unwrap_or_default(),
            lexicon: fields
                .one(key(
                    "lexicon",
                    "检查用的词表：增加的词，不用的表",
                    "what is added to the word lists of `yinfa check`, and which built-in lists are not used",
                ))
                .unwrap_or_default(),
            archive: fields
                .one(key(
                    "archive",
                    "归档：档号由这些设置组成",
                    "what `yinfa archive` composes archival codes (档号) of",
                ))
                .unwrap_or_default(),
        })
    }
}

/// How a rule may be switched.
const LEVELS: [(&str, Option<Severity>); 8] = [
    ("off", None),
    ("hint", Some(Severity::Hint)),
    ("warning", Some(Severity::Warning)),
    ("error", Some(Severity::Error)),
    ("关闭", None),
    ("提示", Some(Severity::Hint)),
    ("警告", Some(Severity::Warning)),
    ("错误", Some(Severity::Error)),
];

fn read_check(node: &Node, diags: &mut Diagnostics) -> Option<Vec<RuleSetting>> {
    let Some(entries) = node.as_map() else {
        let what = Words::new("检查规则的开关（规则: off）", "settings of rules (rule: off)");
        diags.push(wrong_kind(node, what));
        return None;
    };
    let settings = entries.iter().filter_map(|entry| {
        let severity = read_choice(&entry.value, &LEVELS, diags)?;
        Some(RuleSetting { rule: entry.key.clone(), severity })
    });
    Some(settings.collect())
}

impl Mapping for FontsRecord {
    const NAME: &'static str = "fonts";
    const WHAT: Words = Words::new("字体设置", "font settings");

    fn read_fields(fields: &mut Fields<'_>) -> Option<Self> {
        Some(Self {
            folders: fields.texts(key(
                "folders",
                "先在这些文件夹里找字体",
                "folders to look in first, from the project root",
            )),
            title: fields.texts(key("title", "标题（小标宋）", "titles (小标宋)")),
            body: fields.texts(key("body", "正文（仿宋）", "the body (仿宋)")),
            kai: fields.texts(key("kai", "楷体", "楷体")),
            hei: fields.texts(key("hei", "黑体", "黑体")),
            song: fields.texts(key("song", "宋体", "宋体")),
        })
    }
}
