//! `units.yaml`: the registry of units, in official order.

use std::fmt;

use crate::content::fields::Fields;
use crate::content::yaml::{Document, Node};
use base::diag::{Diagnostics, Located, SourceText, Span};
use base::text;

use super::values::{Contact, read_contact};

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

impl UnitsRecord {
    /// Reads a registry.
    pub fn read(document: &Document, diags: &mut Diagnostics) -> Option<Self> {
        let root = document.root.as_ref()?;
        let what = text!(
            "单位名录（units、groups、recipients）",
            "a registry (units, groups, recipients)"
        );
        let mut fields = Fields::open(root, &what, diags)?;
        let record = Self {
            units: fields.required_list("units", read_unit),
            groups: fields.list("groups", read_group),
            recipients: fields.list("recipients", read_wording),
            span: root.span.clone(),
        };
        fields.finish();
        Some(record)
    }
}

fn read_unit(node: &Node, diags: &mut Diagnostics) -> Option<UnitRecord> {
    let mut fields =
        Fields::open(node, &text!("一个单位（name、kind 等）", "a unit (name, kind, …)"), diags)?;
    let name = fields.required_text("name");
    let full_name = fields.text("full_name");
    let kind = fields.required_choice("kind", &UnitKind::ALL);
    let (aliases, qualifiers) = (fields.texts("aliases"), fields.texts("qualifiers"));
    let served_by = fields.text("served_by");
    let outside = fields.flag("outside").unwrap_or(false);
    let sheet = fields.flag("sheet");
    let contact = fields.one("contact", read_contact).unwrap_or_default();
    fields.finish();
    Some(UnitRecord {
        name: name?,
        full_name,
        // A unit whose kind is wrong is still a unit: its name must not be reported as unknown.
        kind: kind.map_or(UnitKind::Other, |k| k.value),
        aliases,
        qualifiers,
        served_by,
        outside,
        sheet,
        contact,
    })
}

fn read_group(node: &Node, diags: &mut Diagnostics) -> Option<GroupRecord> {
    let mut fields = Fields::open(
        node,
        &text!("一个单位组（name、kinds 等）", "a group (name, kinds, …)"),
        diags,
    )?;
    let name = fields.required_text("name");
    let aliases = fields.texts("aliases");
    let kinds = fields.list("kinds", |node, diags| {
        crate::content::fields::read_choice(node, &UnitKind::ALL, diags)
    });
    let all = fields.flag("all").unwrap_or(false);
    let members = fields.texts("members");
    let except = fields.texts("except");
    fields.finish();
    Some(GroupRecord { name: name?, aliases, kinds, all, members, except })
}

fn read_wording(node: &Node, diags: &mut Diagnostics) -> Option<WordingRecord> {
    let mut fields =
        Fields::open(node, &text!("一类主送机关（text、to）", "a wording (text, to)"), diags)?;
    let text = fields.required_text("text");
    let to = fields.required_list("to", crate::content::fields::read_text);
    fields.finish();
    Some(WordingRecord { text: text?, to })
}
