//! `yinfa.yaml`: the project.

use crate::content::fields::{Fields, read_choice, wrong_kind};
use crate::content::yaml::{Document, Node};
use base::diag::{Diagnostics, Located, Severity, SourceText};
use base::text;

use super::archive::{ArchiveRecord, read_archive};
use super::mail::{MailRecord, read_mail};
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
    /// Settings of the archive.
    pub archive: ArchiveRecord,
}

impl ProjectRecord {
    /// Reads a project; an empty file is a project without settings.
    pub fn read(document: &Document, diags: &mut Diagnostics) -> Self {
        let Some(root) = &document.root else {
            return Self::default();
        };
        let what =
            text!("项目设置（office、defaults 等）", "project settings (office, defaults, …)");
        let Some(mut fields) = Fields::open(root, &what, diags) else {
            return Self::default();
        };
        let engines = [("embedded", EngineChoice::Embedded), ("command", EngineChoice::Command)];
        let project = Self {
            office: fields.text("office"),
            defaults: fields.one("defaults", read_defaults).unwrap_or_default(),
            output: fields.text("output"),
            fonts: fields.one("fonts", read_fonts).unwrap_or_default(),
            engine: fields.choice("engine", &engines).map(|e| e.value).unwrap_or_default(),
            typst: fields.text("typst"),
            mail: fields.one("mail", read_mail),
            check: fields.one("check", read_check).unwrap_or_default(),
            archive: fields.one("archive", read_archive).unwrap_or_default(),
        };
        fields.finish();
        project
    }
}

fn read_defaults(node: &Node, diags: &mut Diagnostics) -> Option<Common> {
    let what = text!("各通知共用的默认值", "defaults of the notices");
    let mut fields = Fields::open(node, &what, diags)?;
    let common = Common::read(&mut fields);
    fields.finish();
    Some(common)
}

fn read_check(node: &Node, diags: &mut Diagnostics) -> Option<Vec<RuleSetting>> {
    let Some(entries) = node.as_map() else {
        diags.push(wrong_kind(
            node,
            &text!("检查规则的开关（规则: off）", "settings of rules (rule: off)"),
        ));
        return None;
    };
    let levels = [
        ("off", None),
        ("hint", Some(Severity::Hint)),
        ("warning", Some(Severity::Warning)),
        ("error", Some(Severity::Error)),
        ("关闭", None),
        ("提示", Some(Severity::Hint)),
        ("警告", Some(Severity::Warning)),
        ("错误", Some(Severity::Error)),
    ];
    let settings = entries.iter().filter_map(|entry| {
        let severity = read_choice(&entry.value, &levels, diags)?;
        Some(RuleSetting { rule: entry.key.clone(), severity })
    });
    Some(settings.collect())
}

fn read_fonts(node: &Node, diags: &mut Diagnostics) -> Option<FontsRecord> {
    let mut fields = Fields::open(node, &text!("字体设置", "font settings"), diags)?;
    let fonts = FontsRecord {
        folders: fields.texts("folders"),
        title: fields.texts("title"),
        body: fields.texts("body"),
        kai: fields.texts("kai"),
        hei: fields.texts("hei"),
        song: fields.texts("song"),
    };
    fields.finish();
    Some(fonts)
}
