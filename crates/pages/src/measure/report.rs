//! What came of measuring: clause by clause.

use serde::{Serialize, Serializer};

use base::diag::{Diagnostic, Diagnostics, Lang, Text, Words};
use base::text;

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
    pub asked: Words,
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

impl Report {
    /// What fails, as problems of a build: one for each clause, with its first place.
    pub fn problems(&self) -> Diagnostics {
        let mut diags = Diagnostics::new();
        diags.extend(self.failures().filter_map(ClauseReport::problem));
        diags
    }
}

impl ClauseReport {
    fn problem(&self) -> Option<Diagnostic> {
        let first = self.sights.iter().find(|sight| !sight.ok)?;
        let seen = match first.asked {
            Some(asked) => {
                text!("{has} ({asked} mm)", "{has} ({asked} mm)", asked = rounded(asked); has = first.has.words())
            }
            None => first.has.words(),
        };
        let message = text!(
            "版面不合 GB/T 9704 {number}：{asked}。第{page}页实测 {seen}",
            "the layout does not meet GB/T 9704 {number}: {asked}; page {page} has {seen}",
            number = self.number,
            page = first.page;
            asked = self.asked,
            seen,
        );
        Some(Diagnostic::error("layout-clause", message).help(text!(
            "用 yinfa measure 查看全部条款；改过模板的，先用内置模板再测一次",
            "`yinfa measure` shows all clauses; where templates were changed, try the built-in ones"
        )))
    }

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
    /// In words.
    pub fn words(&self) -> Text {
        match self {
            Self::Mm(mm) => text!("{mm} mm", "{mm} mm", mm = rounded(*mm)),
            Self::Words(text) => text.clone(),
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

#[cfg(test)]
mod tests {
    use super::*;

    fn clause(sights: Vec<Sight>) -> ClauseReport {
        let asked = Words::new("红线下 4 mm", "rule 4 mm below");
        ClauseReport { number: "7.2.7", name: "rule-gap", asked, sights }
    }

    fn sight(ok: bool) -> Sight {
        Sight { page: 1, asked: Some(4.0), has: Has::Mm(3.654), ok }
    }

    #[test]
    fn a_clause_passes_when_every_sight_does() {
        assert_eq!(clause(vec![]).verdict(), Verdict::NotApplicable);
        assert_eq!(clause(vec![sight(true)]).verdict(), Verdict::Pass);
        assert_eq!(clause(vec![sight(true), sight(false)]).verdict(), Verdict::Fail);
    }

    #[test]
    fn failures_are_problems_with_page_and_lengths() {
        let clauses = vec![clause(vec![sight(true)]), clause(vec![sight(false), sight(false)])];
        let report = Report { pages: 1, clauses };
        assert!(!report.passes());
        let problems = report.problems();
        assert_eq!(problems.len(), 1);
        let problem = problems.iter().next().unwrap();
        assert_eq!(
            problem.message.get(Lang::En),
            "the layout does not meet GB/T 9704 7.2.7: rule 4 mm below; page 1 has 3.65 mm (4 mm)"
        );
        assert!(problem.message.get(Lang::Zh).contains("第1页实测 3.65 mm"));
        assert!(problem.help.is_some());
    }

    #[test]
    fn json_rounds_to_hundredths() {
        let report = Report { pages: 1, clauses: vec![clause(vec![sight(false)])] };
        let json = serde_json::to_value(report.json(Lang::En)).unwrap();
        assert_eq!(json["passes"], false);
        let page = &json["clauses"][0]["pages"][0];
        assert_eq!(page["has_mm"], 3.65);
        assert!(page.get("has").is_none());
        assert_eq!(json["clauses"][0]["verdict"], "fail");
    }
}
