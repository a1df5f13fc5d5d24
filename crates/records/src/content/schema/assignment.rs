//! Who is responsible: the units of an item, a part or a section, as the record states them.

use crate::content::fields::{Fields, read_text};
use crate::content::yaml::{Node, NodeKind};
use base::diag::{Diagnostic, Diagnostics, SourceText};
use base::text;

/// One entry of a list of units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitEntry {
    /// The name as printed.
    pub name: SourceText,
    /// The group it stands for, where the wording is another.
    pub group: Option<SourceText>,
    /// Whom 有关单位 or 等 stands for; `None` when not given.
    pub members: Option<Vec<SourceText>>,
    /// Units of the group that are not meant.
    pub except: Vec<SourceText>,
}

/// The units of one bracket.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Assignment {
    /// `units`: 责任单位 in order, under the publication's lead convention.
    pub units: Vec<UnitEntry>,
    /// `leads`: 牵头单位 given apart.
    pub leads: Vec<UnitEntry>,
    /// `responsible`: 责任单位 given beside the leads.
    pub responsible: Vec<UnitEntry>,
    /// `cooperating`: 配合单位.
    pub cooperating: Vec<UnitEntry>,
    /// The label they are printed with.
    pub label: Option<SourceText>,
}

impl Assignment {
    /// Whether it names nobody.
    pub fn is_empty(&self) -> bool {
        self.entries().next().is_none()
    }

    /// All entries in the order in which they are printed: leads, units, responsible,
    /// cooperating.
    pub fn entries(&self) -> impl Iterator<Item = &UnitEntry> {
        self.leads.iter().chain(&self.units).chain(&self.responsible).chain(&self.cooperating)
    }

    /// Reads the keys `units`, `leads`, `responsible`, `cooperating` and `label`.
    pub fn read(fields: &mut Fields<'_>) -> Self {
        let assignment = Self {
            units: fields.list("units", read_unit_entry),
            leads: fields.list("leads", read_unit_entry),
            responsible: fields.list("responsible", read_unit_entry),
            cooperating: fields.list("cooperating", read_unit_entry),
            label: fields.text("label"),
        };
        let apart = assignment.leads.first().or(assignment.responsible.first());
        if let (Some(unit), Some(apart)) = (assignment.units.first(), apart) {
            fields.diags().push(
                Diagnostic::error(
                    "units-twice",
                    text!(
                        "units 与 leads、responsible 不能同时写",
                        "`units` cannot stand beside `leads` or `responsible`"
                    ),
                )
                .at(unit.name.span())
                .note(text!("这里另写了一组", "given apart here"), apart.name.span())
                .help(text!(
                    "要么按顺序都写在 units 里，要么分写 leads、responsible、cooperating",
                    "either all in order under `units`, or `leads`, `responsible` and `cooperating`"
                )),
            );
        }
        assignment
    }
}

/// Reads an entry: a name, or a mapping with `name`.
pub(crate) fn read_unit_entry(node: &Node, diags: &mut Diagnostics) -> Option<UnitEntry> {
    if !matches!(node.kind, NodeKind::Map(_)) {
        let name = read_text(node, diags)?;
        return Some(UnitEntry { name, group: None, members: None, except: Vec::new() });
    }
    let mut fields = Fields::open(node, &text!("一个单位", "a unit"), diags)?;
    let name = fields.required_text("name");
    let group = fields.text("group");
    let members = fields.has("members").then(|| fields.texts("members"));
    fields.note_key("members");
    let except = fields.texts("except");
    fields.finish();
    Some(UnitEntry { name: name?, group, members, except })
}
