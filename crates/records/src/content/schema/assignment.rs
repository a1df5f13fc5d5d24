//! Who is responsible: the units of an item, a part or a section, as the record states them.

use crate::content::fields::{Fields, Mapping, Shape, Value, key, mapping_shape};
use crate::content::yaml::{Node, NodeKind};
use base::diag::{Diagnostic, Diagnostics, SourceText, Words};
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
    pub(crate) fn read(fields: &mut Fields<'_>) -> Self {
        let assignment = Self {
            units: fields.list(key(
                "units",
                "责任单位，按顺序",
                "责任单位 in order; under `lead: first` the first one leads",
            )),
            leads: fields.list(key("leads", "牵头单位", "牵头单位, given apart")),
            responsible: fields.list(key(
                "responsible",
                "牵头单位之外的责任单位",
                "责任单位, given beside `leads`",
            )),
            cooperating: fields.list(key("cooperating", "配合单位", "配合单位")),
            label: fields.text(key(
                "label",
                "单位前面的词：责任单位、负责",
                "how the units are printed: a word such as `责任单位` gives （责任单位：A、B）; with leads or cooperating units apart: （牵头单位：A；配合单位：B）; `负责` gives （A牵头，B负责，C配合）",
            )),
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

/// An entry that is more than a name.
struct Detailed(UnitEntry);

impl Mapping for Detailed {
    const NAME: &'static str = "unit-entry";
    const WHAT: Words = Words::new("一个单位", "a unit");

    fn read_fields(fields: &mut Fields<'_>) -> Option<Self> {
        let name = fields.required_text(key("name", "印出来的名称", "as printed"));
        let group = fields.text(key(
            "group",
            "它代表的统称",
            "the group it stands for, where the wording is another",
        ));
        let members = fields.given_list(key(
            "members",
            "“有关单位”“等”指哪些单位",
            "whom 区级有关单位 or 等 stands for",
        ));
        let except =
            fields.texts(key("except", "除外的单位", "units of the group that are not meant"));
        Some(Self(UnitEntry { name: name?, group, members, except }))
    }
}

/// A name, or a mapping with `name`.
impl Value for UnitEntry {
    fn shape() -> Shape {
        Shape::Either(vec![Shape::Text, Shape::Mapping(mapping_shape::<Detailed>())])
    }

    fn read(node: &Node, diags: &mut Diagnostics) -> Option<Self> {
        if matches!(node.kind, NodeKind::Map(_)) {
            return Detailed::read(node, diags).map(|detailed| detailed.0);
        }
        let name = SourceText::read(node, diags)?;
        Some(Self { name, group: None, members: None, except: Vec::new() })
    }
}
