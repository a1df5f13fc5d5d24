//! The units that a notice names, as a registry to be looked through: kinds guessed, groups for
//! classes, other spellings as aliases.

use std::collections::BTreeMap;

use crate::chars::fold;
use crate::draft::{AttachmentContent, Draft};
use crate::units::kinds::guess;
use crate::units::{Entry, looks_like_unit, split_names, without_qualifier};
use base::zh::is_han;
use records::content::schema::units::UnitKind;
use records::publication::{Registry, split_qualifier};

/// A registry as it is proposed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Proposal {
    pub(crate) units: Vec<Unit>,
    pub(crate) groups: Vec<Group>,
    pub(crate) recipients: Vec<Wording>,
    /// The place of a unit by any of its names, and `None` for a group's name.
    names: BTreeMap<String, Option<usize>>,
}

/// A unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unit {
    pub(crate) name: String,
    pub(crate) kind: UnitKind,
    /// Whether the name says the kind clearly.
    pub(crate) sure: bool,
    pub(crate) aliases: Vec<String>,
    pub(crate) qualifiers: Vec<String>,
    pub(crate) outside: bool,
}

/// A class of units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Group {
    pub(crate) name: String,
    /// The kinds it stands for; none where they cannot be guessed.
    pub(crate) kinds: Vec<UnitKind>,
}

/// A wording of recipients.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wording {
    pub(crate) text: String,
    /// Names of units and groups.
    pub(crate) to: Vec<String>,
}

/// What a name in a list is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NameKind {
    /// One unit.
    Unit,
    /// A class: 各乡镇.
    Class,
    /// 有关单位 and the like: nobody in particular.
    Unnamed,
}

/// Tells units from classes.
pub(crate) fn kind_of_name(name: &str) -> NameKind {
    let folded = fold(name);
    if folded.starts_with('等') || folded.contains("有关") || folded.contains("相关") {
        NameKind::Unnamed
    } else if folded.contains('各')
        || folded.contains('、')
        || folded.starts_with("全体")
        || is_plain_class(&folded)
    {
        NameKind::Class
    } else {
        NameKind::Unit
    }
}

fn is_plain_class(name: &str) -> bool {
    let base = without_qualifier(name);
    [
        "乡镇",
        "镇街",
        "街道",
        "镇街道",
        "部门",
        "地区",
        "乡镇街道",
        "村社区",
        "社区",
        "园区",
        "国务院部门",
        "区级部门",
        "市级部门",
    ]
    .contains(&base)
}

/// Proposes a registry.
pub(crate) fn propose(draft: &Draft) -> Proposal {
    let mut proposal = Proposal::default();
    let listed: Vec<&String> = draft
        .attachments
        .iter()
        .filter_map(|a| match &a.content {
            AttachmentContent::Units { units, .. } => Some(units),
            _ => None,
        })
        .flatten()
        .collect();
    for name in &listed {
        proposal.add(name, false);
    }
    let lists: Vec<Vec<&str>> = draft
        .assignments()
        .iter()
        .map(|assigned| assigned.entries().filter_map(Entry::unit).collect())
        .collect();
    let level = level(&lists);
    for list in &lists {
        for (n, name) in list.iter().enumerate() {
            match completed(name, &list[..n], level).filter(|_| !proposal.knows(name)) {
                Some(full) => proposal.add_as(&full, name, !listed.is_empty()),
                None => proposal.add(name, !listed.is_empty()),
            }
        }
    }
    proposal.unite_prefixed();
    for text in &draft.head.recipients {
        proposal.add_recipients(text);
    }
    if proposal.units.is_empty() {
        // A registry holds somebody: the organ, or a place to write a unit into.
        let organ = draft.head.organs.first().or(draft.head.publisher.as_ref());
        let name = organ.map_or("（请登记单位）", String::as_str);
        proposal.groups.retain(|group| group.name != name);
        proposal.names.remove(name);
        proposal.add_as(name, name, false);
        if let Some(unit) = proposal.unit_mut(name) {
            unit.sure = false;
        }
    }
    proposal
}

/// 区, 市, 县: what most names begin with.
fn level(lists: &[Vec<&str>]) -> Option<char> {
    let mut counts: BTreeMap<char, usize> = BTreeMap::new();
    let mut all = 0;
    for name in lists.iter().flatten() {
        all += 1;
        if let Some(first) = name.chars().next().filter(|c| "区市县省州旗".contains(*c)) {
            *counts.entry(first).or_default() += 1;
        }
    }
    counts.into_iter().find(|(_, n)| n * 2 > all).map(|(level, _)| level)
}

/// 国土局 behind 市发改委 is 市国土局.
fn completed(name: &str, before: &[&str], level: Option<char>) -> Option<String> {
    let level = level?;
    let prefixed = before.last()?.starts_with(level);
    // 上海银保监局 names its place itself.
    let short = name.chars().count() <= 4 && name.chars().all(is_han);
    let body = ["局", "委", "办"].iter().any(|end| name.ends_with(end));
    let own = name.starts_with(['区', '市', '县', '省', '州', '旗', '国', '各', '团']);
    (prefixed && short && body && !own && kind_of_name(name) == NameKind::Unit)
        .then(|| format!("{level}{name}"))
}

impl Proposal {
    /// Whether a name stands for something.
    pub(crate) fn knows(&self, name: &str) -> bool {
        self.names.contains_key(name)
    }

    fn has_unit(&self, name: &str) -> bool {
        matches!(self.names.get(name), Some(Some(_)))
    }

    fn unit_mut(&mut self, name: &str) -> Option<&mut Unit> {
        let place = self.names.get(name).copied()??;
        self.units.get_mut(place)
    }

    /// Another name of a unit, unless it stands for something already.
    fn add_alias(&mut self, name: &str, alias: &str) {
        if self.knows(alias) {
            return;
        }
        if let Some(Some(place)) = self.names.get(name).copied() {
            self.units[place].aliases.push(alias.to_string());
            self.names.insert(alias.to_string(), Some(place));
        }
    }

    fn add(&mut self, name: &str, outside: bool) {
        match kind_of_name(name) {
            // Records know 有关 and 相关 in these characters alone; who is meant is to be written.
            NameKind::Unnamed if fold(name) != name => self.add_group_of(name, Vec::new()),
            NameKind::Unnamed => {}
            NameKind::Class => self.add_group(name),
            NameKind::Unit => {
                // What records read as a qualifier is registered as one, whatever it is.
                let (base, qualifier) = split_qualifier(name).unwrap_or((name, ""));
                let base = base.trim();
                self.add_as(base, base, outside);
                if let Some(unit) = self.unit_mut(base)
                    && !qualifier.is_empty()
                    && !unit.qualifiers.iter().any(|known| known == qualifier)
                {
                    unit.qualifiers.push(qualifier.to_string());
                }
            }
        }
    }

    fn add_as(&mut self, name: &str, printed: &str, outside: bool) {
        if !self.knows(name) {
            let (kind, sure) = guess(name);
            self.names.insert(name.to_string(), Some(self.units.len()));
            self.units.push(Unit {
                name: name.to_string(),
                kind,
                sure,
                aliases: Vec::new(),
                qualifiers: Vec::new(),
                outside,
            });
        }
        self.add_alias(name, printed);
    }

    fn add_group(&mut self, name: &str) {
        self.add_group_of(name, class_kinds(name));
    }

    fn add_group_of(&mut self, name: &str, kinds: Vec<UnitKind>) {
        if !self.knows(name) {
            self.names.insert(name.to_string(), None);
            self.groups.push(Group { name: name.to_string(), kinds });
        }
    }

    /// 发改局 beside 区发改局 is the same unit.
    fn unite_prefixed(&mut self) {
        let mut gone: Vec<(usize, String)> = Vec::new();
        for (place, unit) in self.units.iter().enumerate() {
            let full = ['区', '市', '县', '省', '州', '旗', '盟']
                .map(|level| format!("{level}{}", unit.name));
            if let Some(full) = full.into_iter().find(|full| self.has_unit(full)) {
                gone.push((place, full));
            }
        }
        for (place, full) in &gone {
            let unit = &mut self.units[*place];
            let short = Unit { name: std::mem::take(&mut unit.name), ..unit.clone() };
            for name in std::iter::once(short.name).chain(short.aliases) {
                self.names.remove(&name);
                self.add_alias(full, &name);
            }
            if let Some(unit) = self.unit_mut(full) {
                unit.qualifiers.extend(short.qualifiers);
            }
        }
        if !gone.is_empty() {
            self.units.retain(|unit| !unit.name.is_empty());
            self.names.retain(|_, place| place.is_none());
            for (place, unit) in self.units.iter().enumerate() {
                for name in std::iter::once(&unit.name).chain(&unit.aliases) {
                    self.names.insert(name.clone(), Some(place));
                }
            }
        }
    }

    /// Whom a class of recipients stands for: a unit, a class of known kinds, or nobody known.
    fn add_recipients(&mut self, text: &str) {
        if self.knows(text) {
            return;
        }
        // 高新区管委会 beside 高新区 is one.
        let base = text.strip_suffix("管委会").or_else(|| text.strip_suffix("办事处"));
        if let Some(base) = base.filter(|base| self.has_unit(base)) {
            self.add_alias(base, text);
            return;
        }
        let mut to = Vec::new();
        for entry in split_names(text) {
            let Entry::Unit(name) = entry else { continue };
            for piece in name.split('、') {
                if kind_of_name(piece) == NameKind::Unit
                    && looks_like_unit(piece)
                    && !name.contains('各')
                {
                    self.add(piece, false);
                    to.push(piece.to_string());
                    continue;
                }
                let kinds = class_kinds(piece);
                if kinds.is_empty() {
                    continue;
                }
                let group = self.group_of(&kinds);
                if !to.contains(&group) {
                    to.push(group);
                }
            }
        }
        if to == [text] {
            return;
        }
        if to.is_empty() {
            // Nobody is known yet: a group whose members are to be written.
            self.add_group_of(text, Vec::new());
            return;
        }
        self.recipients.push(Wording { text: text.to_string(), to });
    }

    /// The name of a group of these kinds, made if there is none.
    fn group_of(&mut self, kinds: &[UnitKind]) -> String {
        if let Some(group) = self.groups.iter().find(|group| group.kinds == kinds) {
            return group.name.clone();
        }
        let names: Vec<String> = kinds.iter().map(|kind| format!("各{kind}")).collect();
        let name = names.join("、");
        self.add_group_of(&name, kinds.to_vec());
        name
    }
}

/// The kinds that a class stands for.
fn class_kinds(name: &str) -> Vec<UnitKind> {
    let folded = fold(name);
    let mut kinds = Vec::new();
    if folded.contains("省") || folded.contains("自治") {
        return kinds;
    }
    if folded.contains("乡") || folded.contains('镇') {
        kinds.push(UnitKind::Township);
    }
    if folded.contains("街道") || folded.contains("镇街") {
        kinds.push(UnitKind::Subdistrict);
    }
    if folded.contains("部门") && !folded.contains("国务院") {
        kinds.push(UnitKind::Government);
    }
    if folded.contains("直属单位") || folded.contains("直各单位") || folded.contains("事业单位")
    {
        kinds.push(UnitKind::Institution);
    }
    if folded.contains("集团") || folded.contains("国有企业") || folded.contains("国企") {
        kinds.push(UnitKind::StateOwned);
    }
    kinds.sort();
    kinds
}

/// Whether a registry knows at least half of the names.
pub(crate) fn knows_half(proposal: &Proposal, registry: &Registry) -> bool {
    let known = proposal.units.iter().filter(|unit| registry.look_up(&unit.name).is_some()).count();
    !proposal.units.is_empty() && known * 2 >= proposal.units.len()
}

/// What a registry lacks.
pub(crate) fn missing(proposal: &Proposal, registry: &Registry) -> Proposal {
    let unknown = |name: &str| registry.look_up(name).is_none();
    Proposal {
        units: proposal
            .units
            .iter()
            .filter(|unit| unknown(&unit.name) && unit.aliases.iter().all(|alias| unknown(alias)))
            .cloned()
            .collect(),
        groups: proposal.groups.iter().filter(|group| unknown(&group.name)).cloned().collect(),
        recipients: Vec::new(),
        names: BTreeMap::new(),
    }
}

impl Proposal {
    /// Whether there is nothing in it.
    pub(crate) fn is_empty(&self) -> bool {
        self.units.is_empty() && self.groups.is_empty()
    }

    /// Its names.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.units
            .iter()
            .map(|u| u.name.as_str())
            .chain(self.groups.iter().map(|g| g.name.as_str()))
    }
}
