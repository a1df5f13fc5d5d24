//! The registry: every unit and group under every name it is known by.

use std::collections::BTreeMap;

use crate::content::schema::units::{GroupRecord, UnitKind, UnitRecord, UnitsRecord};
use crate::content::schema::values;
use base::diag::{Diagnostic, Diagnostics, SourceText, Span};
use base::nearest::closest;
use base::text;

use super::qualifier::{split_qualifier, unknown_qualifier};

/// A unit by its place in the registry, which is the official order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitId(usize);

impl UnitId {
    /// The place in the registry, from 0.
    pub fn index(self) -> usize {
        self.0
    }
}

/// A unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Its place.
    pub id: UnitId,
    /// 规范简称.
    pub name: String,
    /// 全称.
    pub full_name: Option<String>,
    /// Its kind.
    pub kind: UnitKind,
    /// Other names.
    pub aliases: Vec<String>,
    /// What may stand in brackets behind the name.
    pub qualifiers: Vec<String>,
    /// Who does its work and gets its sheet.
    pub served_by: Option<UnitId>,
    /// A body outside the office's list.
    pub outside: bool,
    /// Whether it gets a sheet, where the record says so.
    pub sheet: Option<bool>,
    /// Whom to reach.
    pub contact: Contact,
    /// Where it is declared.
    pub span: Span,
}

/// Whom to reach, as plain text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contact {
    /// Name.
    pub person: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// E-mail addresses, with their places: a wrong one is found when it is written to.
    pub email: Vec<SourceText>,
    /// Postal address.
    pub address: Option<String>,
}

impl Contact {
    /// The plain values of a record.
    pub fn new(record: &values::Contact) -> Self {
        let plain = |text: &Option<SourceText>| text.as_deref().map(str::to_string);
        Self {
            person: plain(&record.person),
            phone: plain(&record.phone),
            email: record.email.clone(),
            address: plain(&record.address),
        }
    }

    /// Person and telephone on one line; `None` when neither is known.
    pub fn line(&self) -> Option<String> {
        let parts: Vec<_> = [&self.person, &self.phone].into_iter().flatten().cloned().collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    }
}

/// A named group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// As it is printed.
    pub name: String,
    /// Its units in official order.
    pub units: Vec<UnitId>,
    /// Where it is declared.
    pub span: Span,
}

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// A unit.
    Unit(UnitId),
    /// A group, by its place among the groups.
    Group(usize),
}

/// What a printed name was found to stand for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The unit or group.
    pub named: Named,
    /// The part of the unit that is meant.
    pub qualifier: Option<String>,
}

/// All units and groups.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Registry {
    units: Vec<Unit>,
    groups: Vec<Group>,
    names: BTreeMap<String, (Named, Span)>,
    wordings: Vec<(String, Vec<UnitId>)>,
}

impl Registry {
    /// Resolves a record; names that clash, members that are unknown and groups that contain
    /// themselves are errors.
    pub fn resolve(record: &UnitsRecord, diags: &mut Diagnostics) -> Self {
        let mut registry = Self::default();
        for unit in &record.units {
            registry.add_unit(unit, diags);
        }
        for (place, group) in record.groups.iter().enumerate() {
            let named = Named::Group(place);
            for name in std::iter::once(&group.name).chain(&group.aliases) {
                registry.add_name(name, named, diags);
            }
        }
        registry.link_served(record, diags);
        let mut expanded = vec![None; record.groups.len()];
        for place in 0..record.groups.len() {
            registry.expand_group(place, &record.groups, &mut expanded, &mut Vec::new(), diags);
        }
        registry.groups = record
            .groups
            .iter()
            .zip(expanded)
            .map(|(group, units)| Group {
                name: group.name.to_string(),
                units: units.unwrap_or_default(),
                span: group.name.span().clone(),
            })
            .collect();
        for (place, wording) in record.recipients.iter().enumerate() {
            let text = wording.text.trim();
            if let Some(first) = record.recipients[..place].iter().find(|w| w.text.trim() == text) {
                diags.push(
                    Diagnostic::error(
                        "wording-twice",
                        text!(
                            "主送机关“{text}”登记了两次",
                            "the wording “{text}” is registered twice"
                        ),
                    )
                    .help(text!("合并成一条", "join them into one"))
                    .at(wording.text.span())
                    .note(text!("前一次在这里", "first here"), first.text.span()),
                );
            }
            let units = registry.expand_names(&wording.to, diags);
            registry.wordings.push((text.to_string(), units));
        }
        registry
    }

    /// All units in official order.
    pub fn units(&self) -> &[Unit] {
        &self.units
    }

    /// One unit.
    pub fn unit(&self, id: UnitId) -> &Unit {
        &self.units[id.0]
    }

    /// All groups.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// What a name stands for: a unit's name, full name or alias, or a group's name or alias.
    pub fn look_up(&self, name: &str) -> Option<Named> {
        self.names.get(name.trim()).map(|&(named, _)| named)
    }

    /// The units behind a name.
    pub fn units_of(&self, named: Named) -> Vec<UnitId> {
        match named {
            Named::Unit(id) => vec![id],
            Named::Group(place) => self.groups[place].units.clone(),
        }
    }

    /// Whom a formal wording of recipients stands for.
    pub fn wording(&self, text: &str) -> Option<&[UnitId]> {
        self.wordings.iter().find(|(wording, _)| wording == text).map(|(_, units)| &units[..])
    }

    /// What a printed name stands for, which may have a qualifier in brackets behind it:
    /// 区委组织部（人才办）. A qualifier that is not the unit's is an error.
    ///
    /// # Errors
    /// The problem, for a name that is nobody's.
    pub fn find(
        &self,
        name: &str,
        span: &Span,
        diags: &mut Diagnostics,
    ) -> Result<Found, Diagnostic> {
        if let Some(named) = self.look_up(name) {
            return Ok(Found { named, qualifier: None });
        }
        if let Some((base, qualifier)) = split_qualifier(name)
            && let Some(Named::Unit(id)) = self.look_up(base)
        {
            let known = &self.unit(id).qualifiers;
            if !known.iter().any(|known| known == qualifier) {
                diags.push(unknown_qualifier(base, qualifier, known, span));
            }
            return Ok(Found { named: Named::Unit(id), qualifier: Some(qualifier.to_string()) });
        }
        Err(self.unknown(name, span))
    }

    /// The units behind a list of names of units and groups, in official order, each once;
    /// unknown names are errors.
    pub(crate) fn expand_names(
        &self,
        names: &[SourceText],
        diags: &mut Diagnostics,
    ) -> Vec<UnitId> {
        let mut units = Vec::new();
        for name in names {
            match self.find(name, name.span(), diags) {
                Ok(found) => units.extend(self.units_of(found.named)),
                Err(problem) => diags.push(problem),
            }
        }
        units.sort();
        units.dedup();
        units
    }

    /// The error for a name that is nobody's.
    pub fn unknown(&self, name: &str, span: &Span) -> Diagnostic {
        if self.wording(name.trim()).is_some() {
            return Diagnostic::error(
                "unit-unknown",
                text!(
                    "“{name}”是主送机关的写法，不是登记的单位或统称",
                    "“{name}” is a wording of `recipients`, no unit or group of the registry"
                ),
            )
            .at(span)
            .help(text!(
                "任务里写登记的单位或统称，如 各镇街；要用这个写法，在 units.yaml 的 groups 里把它登记为 aliases",
                "name units or a group; to write it so, declare it under the group's `aliases` in units.yaml"
            ));
        }
        let diagnostic = Diagnostic::error(
            "unit-unknown",
            text!("单位名录里没有“{name}”", "“{name}” is not in the registry of units"),
        )
        .at(span);
        if name.contains('、') || name.contains('，') {
            return diagnostic.help(text!(
                "几个单位请写成列表，一行一个，行首加“- ”",
                "write several units as a list, one per line"
            ));
        }
        match self.near(name) {
            Some(near) => diagnostic.help(text!("是不是“{near}”？", "did you mean “{near}”?")),
            None => diagnostic.help(text!(
                "请核对名称；名录之外的单位要在 units.yaml 里登记，并写 outside: true",
                "check the name; a body outside the list is declared in units.yaml with `outside: true`"
            )),
        }
    }

    /// The name of the registry that is meant by one that is nearly the same.
    pub(super) fn near(&self, name: &str) -> Option<&str> {
        closest(name, self.names.keys().map(String::as_str))
    }

    fn add_unit(&mut self, record: &UnitRecord, diags: &mut Diagnostics) {
        let id = UnitId(self.units.len());
        let named = Named::Unit(id);
        self.add_name(&record.name, named, diags);
        for name in record.full_name.iter().chain(&record.aliases) {
            if **name != *record.name {
                self.add_name(name, named, diags);
            }
        }
        let strings = |texts: &[SourceText]| texts.iter().map(|t| t.trim().to_string()).collect();
        self.units.push(Unit {
            id,
            name: record.name.trim().to_string(),
            full_name: record.full_name.as_deref().map(|name| name.trim().to_string()),
            kind: record.kind,
            aliases: strings(&record.aliases),
            qualifiers: strings(&record.qualifiers),
            served_by: None,
            outside: record.outside,
            sheet: record.sheet,
            contact: Contact::new(&record.contact),
            span: record.name.span().clone(),
        });
    }

    fn add_name(&mut self, name: &SourceText, named: Named, diags: &mut Diagnostics) {
        let key = name.trim();
        if let Some((_, first)) = self.names.get(key) {
            diags.push(
                Diagnostic::error(
                    "unit-name-twice",
                    text!("“{key}”登记了两次", "“{key}” is registered twice"),
                )
                .at(name.span())
                .note(text!("前一次在这里", "first here"), first)
                .help(text!(
                    "每个名称（含全称和别名）只能属于一个单位或单位组",
                    "a name (full names and aliases included) belongs to one unit or group"
                )),
            );
            return;
        }
        self.names.insert(key.to_string(), (named, name.span().clone()));
    }

    fn link_served(&mut self, record: &UnitsRecord, diags: &mut Diagnostics) {
        for unit in &record.units {
            let (Some(server), Some(Named::Unit(id))) = (&unit.served_by, self.look_up(&unit.name))
            else {
                continue;
            };
            match self.look_up(server) {
                Some(Named::Unit(by)) if by != id => self.units[id.0].served_by = Some(by),
                Some(_) => diags.push(
                    Diagnostic::error(
                        "served-by-group",
                        text!("served_by 应是另一个单位", "`served_by` names another unit"),
                    )
                    .help(text!("写一个单位的规范简称", "write the name of one unit"))
                    .at(server.span()),
                ),
                None => diags.push(self.unknown(server, server.span())),
            }
        }
        // A chain of offices would leave a sheet without a reader.
        for place in 0..self.units.len() {
            let Some(by) = self.units[place].served_by else {
                continue;
            };
            if self.units[by.0].served_by.is_some() {
                let (unit, by) = (&self.units[place], &self.units[by.0]);
                diags.push(
                    Diagnostic::error(
                        "served-by-chain",
                        text!(
                            "“{unit}”由“{by}”代办，而“{by}”又由别的单位代办",
                            "“{unit}” is served by “{by}”, which is itself served by another",
                            unit = &unit.name,
                            by = &by.name
                        ),
                    )
                    .help(text!(
                        "直接写最后承办的单位",
                        "name the unit that does the work in the end"
                    ))
                    .at(&unit.span),
                );
            }
        }
    }

    fn expand_group(
        &self,
        place: usize,
        groups: &[GroupRecord],
        expanded: &mut Vec<Option<Vec<UnitId>>>,
        open: &mut Vec<usize>,
        diags: &mut Diagnostics,
    ) -> Vec<UnitId> {
        if let Some(units) = &expanded[place] {
            return units.clone();
        }
        let group = &groups[place];
        if open.contains(&place) {
            diags.push(
                Diagnostic::error(
                    "group-cycle",
                    text!(
                        "单位组“{name}”包含了自己",
                        "the group “{name}” contains itself",
                        name = &*group.name
                    ),
                )
                .help(text!(
                    "从成员里去掉自己，或去掉包含它的组",
                    "take it out of its own members, or out of those of the group inside"
                ))
                .at(group.name.span()),
            );
            return Vec::new();
        }
        open.push(place);
        let mut units: Vec<UnitId> = self
            .units
            .iter()
            .filter(|unit| !unit.outside)
            .filter(|unit| group.all || group.kinds.iter().any(|kind| kind.value == unit.kind))
            .map(|unit| unit.id)
            .collect();
        for member in &group.members {
            match self.look_up(member) {
                Some(Named::Unit(id)) => units.push(id),
                Some(Named::Group(inner)) => {
                    units.extend(self.expand_group(inner, groups, expanded, open, diags));
                }
                None => diags.push(self.unknown(member, member.span())),
            }
        }
        for name in &group.except {
            match self.look_up(name) {
                Some(Named::Unit(id)) => units.retain(|&unit| unit != id),
                Some(Named::Group(inner)) => {
                    let out = self.expand_group(inner, groups, expanded, open, diags);
                    units.retain(|unit| !out.contains(unit));
                }
                None => diags.push(self.unknown(name, name.span())),
            }
        }
        open.pop();
        units.sort();
        units.dedup();
        expanded[place] = Some(units.clone());
        units
    }
}
