//! What a bracket says.

/// A name in a list of units.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Entry {
    /// A unit or a group, as it is to be printed.
    Unit(String),
    /// 等, 等有关部门: members that are not named.
    Etc(String),
}

impl Entry {
    /// The name of a unit or group.
    pub(crate) fn unit(&self) -> Option<&str> {
        match self {
            Self::Unit(name) => Some(name),
            Self::Etc(_) => None,
        }
    }
}

/// Who is responsible, as a bracket or a line says it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Assigned {
    /// 责任单位, or everybody where no role is given.
    pub(crate) units: Vec<Entry>,
    /// 牵头.
    pub(crate) leads: Vec<Entry>,
    /// 配合.
    pub(crate) cooperating: Vec<Entry>,
    /// The words the units are printed with: 责任单位, 负责, 按职责分工负责.
    pub(crate) label: Option<String>,
    /// The sentence that the first listed unit leads.
    pub(crate) sentence: Option<String>,
    /// A deadline in the author's words.
    pub(crate) deadline: Option<String>,
    /// Named persons and whatever else the record has no field for, in the author's words.
    pub(crate) besides: Vec<String>,
    /// The bracket as it stands in the source, without its signs.
    pub(crate) printed: String,
}

impl Assigned {
    /// Whether it names no unit.
    pub(crate) fn is_empty(&self) -> bool {
        self.leads.is_empty() && self.units.is_empty() && self.cooperating.is_empty()
    }

    /// Everybody named, in the order of printing.
    pub(crate) fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.leads.iter().chain(&self.units).chain(&self.cooperating)
    }

    /// Takes in what another bracket or line says about the same text.
    pub(crate) fn merge(&mut self, other: Self) {
        let add = |to: &mut Vec<Entry>, from: Vec<Entry>| {
            for entry in from {
                if !to.contains(&entry) {
                    to.push(entry);
                }
            }
        };
        add(&mut self.leads, other.leads);
        add(&mut self.units, other.units);
        add(&mut self.cooperating, other.cooperating);
        self.label = self.label.take().or(other.label);
        self.sentence = self.sentence.take().or(other.sentence);
        self.deadline = self.deadline.take().or(other.deadline);
        self.besides.extend(other.besides);
        if !self.printed.is_empty() && !other.printed.is_empty() {
            self.printed.push('；');
        }
        self.printed.push_str(&other.printed);
    }
}
