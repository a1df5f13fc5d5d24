//! A rule as data.

use std::fmt;

use super::context::Context;
use super::example::Example;
use super::finding::Findings;
use super::texts::Piece;
use base::diag::{Severity, Words};

/// What a rule is about: the chapters of the reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// Units and who leads.
    Units,
    /// Sections, numbers, titles, attachments.
    Structure,
    /// Years and dates.
    Dates,
    /// The same thing said twice.
    Repetition,
    /// Punctuation, brackets, spaces, digits.
    Marks,
    /// Words.
    Language,
    /// Targets and measures.
    Targets,
    /// Disclosure and process.
    Process,
    /// The checks themselves.
    Checks,
}

impl Family {
    /// All in the order of the reference.
    pub const ALL: [Self; 9] = [
        Self::Units,
        Self::Structure,
        Self::Dates,
        Self::Repetition,
        Self::Marks,
        Self::Language,
        Self::Targets,
        Self::Process,
        Self::Checks,
    ];

    /// Its heading.
    pub fn name(self) -> Words {
        match self {
            Self::Units => Words::new("单位", "Units"),
            Self::Structure => Words::new("结构", "Structure"),
            Self::Dates => Words::new("年份和日期", "Years and dates"),
            Self::Repetition => Words::new("重复", "Repetition"),
            Self::Marks => Words::new("标点和数字", "Punctuation and digits"),
            Self::Language => Words::new("用词", "Words"),
            Self::Targets => Words::new("指标", "Targets"),
            Self::Process => Words::new("公开和办理", "Disclosure and process"),
            Self::Checks => Words::new("检查本身", "The checks themselves"),
        }
    }
}

/// Where a rule's findings come from.
#[derive(Clone, Copy)]
pub(super) enum Origin {
    /// Records are resolved: every run of the program reports it.
    Reading,
    /// The checks look after themselves: no comment switches one of these off.
    Checks,
    /// A publication as a whole.
    Publication(fn(&Context<'_>, &mut Findings)),
    /// Each of its texts.
    Text(fn(&Context<'_>, &Piece<'_>, &mut Findings)),
}

/// A rule.
#[derive(Clone, Copy)]
pub struct Rule {
    /// Its stable id, the code of its findings.
    pub id: &'static str,
    /// The severity of its findings.
    pub severity: Severity,
    /// Whether it runs where a project does not say.
    pub on: bool,
    /// What it is about.
    pub family: Family,
    /// What it finds, in a line.
    pub finds: Words,
    /// What that costs, and what the rule does not look at.
    pub why: Words,
    /// The clause it follows; empty where it is experience.
    pub source: &'static str,
    /// An example that fires.
    pub bad: Example,
    /// One that does not.
    pub good: Example,
    /// Where its findings come from.
    pub(super) origin: Origin,
}

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Rule({})", self.id)
    }
}

impl Rule {
    /// Whether its severity stands: without what such an error asks for nothing can be built, or a
    /// switch does nothing.
    pub(crate) fn is_fixed(&self) -> bool {
        matches!(self.origin, Origin::Reading | Origin::Checks) && self.severity == Severity::Error
    }
}
