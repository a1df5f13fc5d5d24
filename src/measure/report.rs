//! What came of measuring: clause by clause.

use serde::{Serialize, Serializer};

use crate::diag::{Lang, Text};

/// All clauses with what the pages have.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// How many pages were measured.
    pub pages: usize,
    /// The clauses, in the order of the standard.
    pub clauses: Vec<ClauseReport>,
}

/// A clause with what the pages have.
#[derive(Debug, Clone, PartialEq)]
pub struct ClauseReport {
    /// Number in the standard, such as `7.2.4`.
    pub number: &'static str,
    /// What of it was measured, in kebab case. Unique together with the number.
    pub name: &'static str,
    /// What the standard asks.
    pub asked: Text,
    /// Every place where it was measured. Of many places alike on one page, the worst.
    pub sights: Vec<Sight>,
}

/// What a page has.
#[derive(Debug, Clone, PartialEq)]
pub struct Sight {
    /// The page, from 1.
    pub page: usize,
    /// The length asked for, where a length is.
    pub asked: Option<f64>,
    /// What the page has.
    pub has: Has,
    /// Whether that is right.
    pub ok: bool,
}

/// What a page has.
#[derive(Debug, Clone, PartialEq)]
pub enum Has {
    /// A length in millimetres.
    Mm(f64),
    /// Something else, in words.
    Words(Text),
}

/// How a clause did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Right everywhere.
    Pass,
    /// Wrong somewhere.
    Fail,
    /// Nothing on the pages that it applies to.
    NotApplicable,
}

impl Report {
    /// Whether no clause failed.
    pub fn passes(&self) -> bool {
        self.failures().next().is_none()
    }

    /// The clauses that failed.
    pub fn failures(&self) -> impl Iterator<Item = &ClauseReport> {
        self.clauses.iter().filter(|clause| clause.verdict() == Verdict::Fail)
    }
}

impl ClauseReport {
    /// Number and name, such as `7.2.4 mark-top`.
    pub fn id(&self) -> String {
        format!("{} {}", self.number, self.name)
    }

    /// How the clause did.
    pub fn verdict(&self) -> Verdict {
        if self.sights.is_empty() {
            Verdict::NotApplicable
        } else if self.sights.iter().all(|sight| sight.ok) {
            Verdict::Pass
        } else {
            Verdict::Fail
        }
    }
}

impl Has {
    /// In words of a language.
    pub fn words(&self, lang: Lang) -> String {
        match self {
            Self::Mm(mm) => format!("{} mm", rounded(*mm)),
            Self::Words(text) => text.get(lang).to_string(),
        }
    }
}

/// Hundredths of a millimetre: the same in every run, and finer than any ruler.
fn rounded(mm: f64) -> f64 {
    let rounded = (mm * 100.0).round() / 100.0;
    // No minus zero.
    if rounded == 0.0 { 0.0 } else { rounded }
}

/// The report in the words of a language, as JSON has it.
#[derive(Debug, Serialize)]
pub struct ReportJson {
    pages: usize,
    passes: bool,
    clauses: Vec<ClauseJson>,
}

#[derive(Debug, Serialize)]
struct ClauseJson {
    clause: &'static str,
    name: &'static str,
    asked: String,
    verdict: Verdict,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pages: Vec<SightJson>,
}

#[derive(Debug, Serialize)]
struct SightJson {
    page: usize,
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "millimetres")]
    asked_mm: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "millimetres")]
    has_mm: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    has: Option<String>,
    ok: bool,
}

#[allow(clippy::ref_option, reason = "serde asks for this signature")]
fn millimetres<S: Serializer>(mm: &Option<f64>, serializer: S) -> Result<S::Ok, S::Error> {
    mm.map(rounded).serialize(serializer)
}

impl Report {
    /// The report to be written as JSON.
    pub fn json(&self, lang: Lang) -> ReportJson {
        let sight = |sight: &Sight| SightJson {
            page: sight.page,
            asked_mm: sight.asked,
            has_mm: match sight.has {
                Has::Mm(mm) => Some(mm),
                Has::Words(_) => None,
            },
            has: match &sight.has {
                Has::Mm(_) => None,
                Has::Words(text) => Some(text.get(lang).to_string()),
            },
            ok: sight.ok,
        };
        let clause = |clause: &ClauseReport| ClauseJson {
            clause: clause.number,
            name: clause.name,
            asked: clause.asked.get(lang).to_string(),
            verdict: clause.verdict(),
            pages: clause.sights.iter().map(sight).collect(),
        };
        ReportJson {
            pages: self.pages,
            passes: self.passes(),
            clauses: self.clauses.iter().map(clause).collect(),
        }
    }
}
