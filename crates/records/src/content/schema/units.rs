//! `units.yaml`: the registry of units, in official order.

use std::fmt;

use crate::content::fields::{Fields, Mapping, Shape, Value, key, read_choice};
use crate::content::yaml::{Document, Node};
use base::diag::{Diagnostics, Located, SourceText, Span, Words};

use super::values::Contact;

/// The kinds of units an office deals with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UnitKind {
    /// 党委部门
    Party,
    /// 政府部门
    Government,
    /// 派出或垂管机构
    Dispatched,
    /// 群团
    Mass,
    /// 事业单位
    Institution,
    /// 乡镇
    Township,
    /// 街道
    Subdistrict,
    /// 国有企业
    StateOwned,
    /// 平台
    Platform,
    /// 议事协调机构
    Coordinating,
    /// 其他
    Other,
}

impl UnitKind {
    /// Every kind with its name, in the order of the reference.
    pub const ALL: [(&'static str, Self); 11] = [
        ("党委部门", Self::Party),
        ("政府部门", Self::Government),
        ("派出或垂管机构", Self::Dispatched),
        ("群团", Self::Mass),
        ("事业单位", Self::Institution),
        ("乡镇", Self::Township),
        ("街道", Self::Subdistrict),
        ("国有企业", Self::StateOwned),
        ("平台", Self::Platform),
        ("议事协调机构", Self::Coordinating),
        ("其他", Self::Other),
    ];
}

impl fmt::Display for UnitKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = Self::ALL.iter().find(|(_, kind)| kind == self).map_or("", |(name, _)| name);
        f.write_str(name)
    }
}

/// One unit of the registry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitRecord {
    /// 规范简称, the name that notices print.
    pub name: SourceText,
    /// 全称.
    pub full_name: Option<SourceText>,
    /// Its kind.
    pub kind: UnitKind,
    /// Other and old names.
    pub aliases: Vec<SourceText>,
    /// What may stand in brackets behind the name.
    pub qualifiers: Vec<SourceText>,
    /// The unit that does this body's work.
    pub served_by: Option<SourceText>,
    /// A body outside the office's list.
    pub outside: bool,
    /// Whether it gets a sheet, where the record says so.
    pub sheet: Option<bool>,
    /// Whom to reach.
    pub contact: Contact,
}

/// A name for several units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupRecord {
    /// As it is printed.
    pub name: SourceText,
    /// Other wordings.
    pub aliases: Vec<SourceText>,
    /// All units of these kinds.
    pub kinds: Vec<Located<UnitKind>>,
    /// Every unit.
    pub all: bool,
    /// Units and groups by name.
    pub members: Vec<SourceText>,
    /// Units taken out again.
    pub except: Vec<SourceText>,
}

/// A formal wording of 主送 and whom it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordingRecord {
    /// The wording.
    pub text: SourceText,
    /// Units and groups by name.
    pub to: Vec<SourceText>,
}

/// A whole registry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitsRecord {
    /// Units in official order.
    pub units: Vec<UnitRecord>,
    /// Groups.
    pub groups: Vec<GroupRecord>,
    /// Formal wordings of recipients.
    pub recipients: Vec<WordingRecord>,
    /// The file.
    pub span: Span,
}

impl Value for Located<UnitKind> {
    fn shape() -> Shape {
        Shape::choice(&UnitKind::ALL)
    }

    fn read(node: &Node, diags: &mut Diagnostics) -> Option<Self> {
        read_choice(node, &UnitKind::ALL, diags)
    }
}

impl UnitsRecord {
    /// Reads a registry.
    pub fn from_document(document: &Document, diags: &mut Diagnostics) -> Option<Self> {
        Self::read(document.root.as_ref()?, diags)
    }
}

impl Mapping for UnitsRecord {
    const NAME: &'static str = "units";
    const WHAT: Words = Words::new(
        "单位名录（units、groups、recipients）",
        "a registry (units, groups, recipients)",
    );

    fn read_fields(fields: &mut Fields<'_>) -> Option<Self> {
        Some(Self {
            units: fields.required_list(key(
                "units",
                "全部单位，按规定的顺序",
                "all units in official order",
            )),
            groups: fields.list(key(
                "groups",
                "统称：一个名称代表几个单位",
                "names that items and recipients may use for several units",
            )),
            recipients: fields.list(key(
                "recipients",
                "主送机关的写法",
                "the formal wordings of 主送",
            )),
            span: fields.span().clone(),
        })
    }
}

impl Mapping for UnitRecord {
    const NAME: &'static str = "unit";
    const WHAT: Words = Words::new("一个单位（name、kind 等）", "a unit (name, kind, …)");

    fn read_fields(fields: &mut Fields<'_>) -> Option<Self> {
        let name = fields.required_text(key(
            "name",
            "规范简称，印在文件上的名称",
            "规范简称, the name the notice should print: `区科技局`",
        ));
        let full_name = fields.text(key("full_name", "全称", "全称"));
        let kind = fields.required_choice(key("kind", "类别", "its kind"), &UnitKind::ALL);
        let aliases =
            fields.texts(key("aliases", "别名、旧称", "other or old names that are understood"));
        let qualifiers = fields.texts(key(
            "qualifiers",
            "名称后面括号里可以写的：人才办",
            "what may stand in brackets behind the name: `[人才办]` for 区委组织部（人才办）",
        ));
        let served_by = fields.text(key(
            "served_by",
            "替它办事、收它的任务单的单位",
            "the unit that does this body's work and gets its sheet (a leading group's office)",
        ));
        let outside = fields.flag(key(
            "outside",
            "名录以外的单位",
            "`true`: a body outside the office's list; gets a sheet only with `sheet: true`",
        ));
        let sheet = fields.flag(key(
            "sheet",
            "false：不出任务单",
            "`false`: never a sheet; `true`: a sheet although `outside`",
        ));
        let contact: Option<Contact> = fields.one(key("contact", "联系人", "whom to reach"));
        Some(Self {
            name: name?,
            full_name,
            // A unit whose kind is wrong is still a unit: its name must not be reported as unknown.
            kind: kind.map_or(UnitKind::Other, |k| k.value),
            aliases,
            qualifiers,
            served_by,
            outside: outside.unwrap_or(false),
            sheet,
            contact: contact.unwrap_or_default(),
        })
    }
}

impl Mapping for GroupRecord {
    const NAME: &'static str = "group";
    const WHAT: Words = Words::new("一个单位组（name、kinds 等）", "a group (name, kinds, …)");

    fn read_fields(fields: &mut Fields<'_>) -> Option<Self> {
        let name = fields.required_text(key("name", "统称：各乡镇", "as it is printed: `各乡镇`"));
        let aliases = fields.texts(key("aliases", "别的写法", "other wordings"));
        let kinds = fields.list(key(
            "kinds",
            "这些类别的全部单位",
            "all units of these kinds that are not `outside`",
        ));
        let all = fields.flag(key("all", "全部单位", "`true`: every unit that is not `outside`"));
        let members =
            fields.texts(key("members", "单位或别的统称", "units or other groups, named"));
        let except = fields.texts(key("except", "除外的单位", "units taken out again"));
        Some(Self { name: name?, aliases, kinds, all: all.unwrap_or(false), members, except })
    }
}

impl Mapping for WordingRecord {
    const NAME: &'static str = "wording";
    const WHAT: Words = Words::new("一类主送机关（text、to）", "a wording (text, to)");

    fn read_fields(fields: &mut Fields<'_>) -> Option<Self> {
        let text = fields.required_text(key(
            "text",
            "主送机关的写法：各乡镇人民政府、街道办事处",
            "the wording: `各乡镇人民政府、街道办事处`",
        ));
        let to =
            fields.required_list(key("to", "指哪些单位", "the units and groups it stands for"));
        Some(Self { text: text?, to })
    }
}
