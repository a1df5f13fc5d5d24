//! What verifying gives: a result for each check, by the four properties of DA/T 70-2018.

use serde::{Deserialize, Serialize};

use base::diag::{Lang, Text, Words};
use base::text;

/// One of the four properties of electronic records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Property {
    /// 真实性: it is what it says it is, and nobody changed it.
    Authenticity,
    /// 完整性: nothing is missing.
    Completeness,
    /// 可用性: it can be opened and read.
    Usability,
    /// 安全性: it does no harm, and may be here.
    Security,
}

impl Property {
    /// All four, in their usual order.
    pub const ALL: [Self; 4] =
        [Self::Authenticity, Self::Completeness, Self::Usability, Self::Security];

    /// Its name.
    pub fn name(self) -> Text {
        match self {
            Self::Authenticity => text!("真实性", "authenticity"),
            Self::Completeness => text!("完整性", "completeness"),
            Self::Usability => text!("可用性", "usability"),
            Self::Security => text!("安全性", "security"),
        }
    }

    /// Its name in JSON.
    pub fn key(self) -> &'static str {
        match self {
            Self::Authenticity => "authenticity",
            Self::Completeness => "completeness",
            Self::Usability => "usability",
            Self::Security => "security",
        }
    }
}

/// How a check, or all of a property, came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// There is nothing that it could be asked of.
    NotApplicable,
    /// Not looked at, and no word about how it is.
    NotChecked,
    /// As it should be.
    Passed,
    /// A proof was asked for that could not be given; nothing is known to be wrong.
    NotProven,
    /// Something that belongs to it is not there yet.
    Incomplete,
    /// Wrong.
    Failed,
}

impl Outcome {
    /// Its name.
    pub fn name(self) -> Text {
        match self {
            Self::NotApplicable => text!("不适用", "not applicable"),
            Self::NotChecked => text!("未检查", "not checked"),
            Self::Passed => text!("通过", "passed"),
            Self::NotProven => text!("未能证明", "not proven"),
            Self::Incomplete => text!("不完整", "incomplete"),
            Self::Failed => text!("不通过", "failed"),
        }
    }

    /// Whether it is a reason for the exit code 1.
    pub(crate) fn is_problem(self) -> bool {
        self >= Self::NotProven
    }
}

/// What a check is: its id, which stays as it is, its property and its name.
#[derive(Debug, PartialEq, Eq)]
pub struct Kind {
    /// Stable, in kebab case.
    pub id: &'static str,
    /// The property it belongs to.
    pub property: Property,
    /// What it is called.
    pub name: Words,
}

/// Something that a check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The file, as a path below the bag; `None` where it is about the package as a whole.
    pub path: Option<String>,
    /// What is wrong, or why it was not checked.
    pub message: Text,
}

/// The result of one check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// Which.
    pub kind: &'static Kind,
    /// How it came out.
    pub outcome: Outcome,
    /// What was found.
    pub findings: Vec<Finding>,
}

/// At most so many findings of a check are kept: a package whose every file is damaged says so
/// often enough.
const MOST_FINDINGS: usize = 200;

impl Check {
    /// A check that passed so far.
    pub fn new(kind: &'static Kind) -> Self {
        Self { kind, outcome: Outcome::Passed, findings: Vec::new() }
    }

    /// A check that was not made, and why.
    pub fn not_checked(kind: &'static Kind, why: Text) -> Self {
        let findings = vec![Finding { path: None, message: why }];
        Self { kind, outcome: Outcome::NotChecked, findings }
    }

    /// A check that nothing can be asked by.
    pub(crate) fn not_applicable(kind: &'static Kind) -> Self {
        Self { kind, outcome: Outcome::NotApplicable, findings: Vec::new() }
    }

    /// Notes something, with what it makes of the outcome.
    pub fn note(&mut self, outcome: Outcome, path: Option<&str>, message: Text) {
        self.outcome = self.outcome.max(outcome);
        if self.findings.len() < MOST_FINDINGS {
            self.findings.push(Finding { path: path.map(str::to_string), message });
        }
    }

    /// Notes something that is wrong.
    pub fn fail(&mut self, path: Option<&str>, message: Text) {
        self.note(Outcome::Failed, path, message);
    }
}

/// What a package says it is, as far as it could be read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// 档号.
    pub code: Option<String>,
    /// 文号.
    pub doc_number: Option<String>,
    /// 题名.
    pub title: Option<String>,
    /// The version of the package.
    pub version: Option<u32>,
    /// The package it replaces, and the SHA-256 of that one's tag manifest.
    #[serde(skip)]
    pub replaces: Option<(String, String)>,
    /// SHA-256 of its own tag manifest.
    #[serde(skip)]
    pub tag_manifest: Option<String>,
}

/// What verifying a package gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BagReport {
    /// The name of its folder.
    pub bag: String,
    /// What it says it is.
    pub summary: Summary,
    /// Every check, in their order.
    pub checks: Vec<Check>,
}

/// What of a property was not checked.
pub fn not_checked(checks: &[Check], property: Property) -> Vec<&'static Kind> {
    let of = checks.iter().filter(|check| check.kind.property == property);
    of.filter(|check| check.outcome == Outcome::NotChecked).map(|check| check.kind).collect()
}

/// How a property came out over several checks: the worst. What was not checked is no part of
/// `passed`, and [`not_checked`] says it.
pub fn verdict(checks: &[Check], property: Property) -> Outcome {
    let of = checks.iter().filter(|check| check.kind.property == property);
    of.map(|check| check.outcome).max().unwrap_or(Outcome::NotApplicable)
}

impl BagReport {
    /// How a property came out.
    pub fn verdict(&self, property: Property) -> Outcome {
        verdict(&self.checks, property)
    }

    /// Whether nothing is wrong or missing.
    pub fn is_good(&self) -> bool {
        self.checks.iter().all(|check| !check.outcome.is_problem())
    }

    /// The result of a check by its id.
    pub fn check(&self, id: &str) -> Option<&Check> {
        self.checks.iter().find(|check| check.kind.id == id)
    }

    /// Puts a result into the place of that of the same check.
    pub fn set(&mut self, check: Check) {
        match self.checks.iter_mut().find(|old| old.kind == check.kind) {
            Some(old) => *old = check,
            None => self.checks.push(check),
        }
    }
}

/// What verifying an archive gave.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ArchiveReport {
    /// Its packages, by the names of their folders.
    pub bags: Vec<BagReport>,
    /// What is asked of all of them together; empty where single packages were verified.
    pub archive: Vec<Check>,
    /// Folders that have nothing of a package.
    pub passed_over: Vec<String>,
}

impl ArchiveReport {
    /// Whether nothing is wrong or missing.
    pub fn is_good(&self) -> bool {
        self.bags.iter().all(BagReport::is_good)
            && self.archive.iter().all(|check| !check.outcome.is_problem())
    }

    /// The report as JSON has it, in the words of a language.
    pub fn json(&self, lang: Lang) -> serde_json::Value {
        let checks = |checks: &[Check]| -> Vec<serde_json::Value> {
            checks.iter().map(|check| check_json(check, lang)).collect()
        };
        let properties = |of: &[Check]| -> serde_json::Map<String, serde_json::Value> {
            Property::ALL
                .iter()
                .map(|p| {
                    let skipped: Vec<&str> = not_checked(of, *p).iter().map(|k| k.id).collect();
                    let outcome = verdict(of, *p);
                    let json = serde_json::json!({ "outcome": outcome, "not_checked": skipped });
                    (p.key().to_string(), json)
                })
                .collect()
        };
        let bags: Vec<_> = self
            .bags
            .iter()
            .map(|bag| {
                let summary = &bag.summary;
                serde_json::json!({
                    "bag": bag.bag,
                    "code": summary.code,
                    "doc_number": summary.doc_number,
                    "title": summary.title,
                    "version": summary.version,
                    "good": bag.is_good(),
                    "properties": properties(&bag.checks),
                    "checks": checks(&bag.checks),
                })
            })
            .collect();
        serde_json::json!({
            "good": self.is_good(),
            "bags": bags,
            "archive": checks(&self.archive),
            "passed_over": self.passed_over,
        })
    }
}

fn check_json(check: &Check, lang: Lang) -> serde_json::Value {
    let findings: Vec<_> = check
        .findings
        .iter()
        .map(|finding| {
            serde_json::json!({ "path": finding.path, "message": finding.message.get(lang) })
        })
        .collect();
    serde_json::json!({
        "check": check.kind.id,
        "property": check.kind.property,
        "outcome": check.outcome,
        "findings": findings,
    })
}
