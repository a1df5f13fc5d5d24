//! What the page is told: the state of all publications, and one of them in full.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde_json::Value;

use super::files::encode;
use base::diag::render::json;
use base::diag::{Diagnostic, Diagnostics, Lang, Severity};
use records::content::schema::formats::{Format, Formats};
use records::content::schema::notice::Kind;
use records::manifest::{ArtifactEntry, Manifest};

/// What is shown between two builds.
#[derive(Debug, Default)]
pub(super) struct Shown {
    /// Goes up with every build.
    pub(super) version: u64,
    /// The output folder; empty before the first build.
    pub(super) output: PathBuf,
    /// Whether something could not be built.
    pub(super) failed: bool,
    /// How long the build took.
    pub(super) seconds: f64,
    pub(super) publications: Vec<ShownPublication>,
    /// All findings; the ranges below are places in it.
    pub(super) findings: Vec<Diagnostic>,
    /// What the build reported.
    pub(super) problems: Range<usize>,
    /// Findings that belong to no publication.
    pub(super) project: Range<usize>,
}

/// A publication in the list.
#[derive(Debug, Clone, Default)]
pub(super) struct ShownPublication {
    pub(super) id: String,
    pub(super) title: Option<String>,
    pub(super) number: Option<String>,
    pub(super) document: Kind,
    /// Whether the last build made it.
    pub(super) made: bool,
    pub(super) findings: Range<usize>,
}

/// How many findings of each severity.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize)]
pub(super) struct Counts {
    error: usize,
    warning: usize,
    hint: usize,
}

#[derive(Debug, Serialize)]
struct ListedPublication<'a> {
    id: &'a str,
    title: Option<&'a str>,
    number: Option<&'a str>,
    /// The kind of document as its files are named: `notice`, `letter` and so on.
    document: &'static str,
    made: bool,
    counts: Counts,
}

/// A document of a publication: a web page, pages, or both.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Document {
    /// `notice`, `attachment-2`, `breakdown`, `index`, `sheet`, `form` or `distribution`.
    kind: String,
    /// The unit whose sheet it is.
    unit: Option<String>,
    /// The address of its web page; it changes with the page.
    html: Option<String>,
    /// The address of its PDF.
    pdf: Option<String>,
}

/// The formats that are shown, which a build for the preview makes.
pub(crate) fn shown_formats() -> Formats {
    Formats::same([Format::Html, Format::Pdf].into())
}

impl Shown {
    /// The list of publications, and how the last build went.
    pub(super) fn state(&self, lang: Lang) -> Value {
        let publications: Vec<_> = self
            .publications
            .iter()
            .map(|one| ListedPublication {
                id: &one.id,
                title: one.title.as_deref(),
                number: one.number.as_deref(),
                document: one.document.file_name(),
                made: one.made,
                counts: self.counts(&one.findings),
            })
            .collect();
        serde_json::json!({
            "version": self.version,
            "failed": self.failed,
            "seconds": self.seconds,
            "problems": self.list(&self.problems, lang),
            "publications": publications,
        })
    }

    /// A publication with its documents and findings; `None` when there is none of this id. The
    /// sheets stand in the order of `units`.
    pub(super) fn publication(&self, id: &str, units: &[&str], lang: Lang) -> Option<Value> {
        let one = self.publications.iter().find(|one| one.id == id)?;
        let mut findings = self.list(&one.findings, lang);
        findings.extend(self.list(&self.project, lang));
        Some(serde_json::json!({
            "version": self.version,
            "id": id,
            "documents": documents(&self.output, id, units),
            "findings": findings,
        }))
    }

    fn counts(&self, range: &Range<usize>) -> Counts {
        let mut counts = Counts::default();
        for finding in &self.findings[range.clone()] {
            match finding.severity {
                Severity::Error => counts.error += 1,
                Severity::Warning => counts.warning += 1,
                Severity::Hint => counts.hint += 1,
            }
        }
        counts
    }

    /// Findings as `check --format json` gives them, each with the id that its source lines are
    /// asked for by.
    fn list(&self, range: &Range<usize>, lang: Lang) -> Vec<Value> {
        let findings = &self.findings[range.clone()];
        let list: Vec<Value> = serde_json::from_str(&json(findings, lang)).unwrap_or_default();
        let ids = range.clone().map(|place| format!("{}.{place}", self.version));
        let with_id = |(mut finding, id): (Value, String)| {
            finding["id"] = id.into();
            finding
        };
        list.into_iter().zip(ids).map(with_id).collect()
    }

    /// The finding of an id, while it is one of this build.
    pub(super) fn finding(&self, id: &str) -> Option<&Diagnostic> {
        let (version, place) = id.split_once('.')?;
        if version.parse() != Ok(self.version) {
            return None;
        }
        self.findings.get(place.parse::<usize>().ok()?)
    }

    /// Adds findings and says where they are.
    pub(super) fn add(&mut self, diags: Diagnostics) -> Range<usize> {
        let start = self.findings.len();
        self.findings.extend(diags.sorted());
        start..self.findings.len()
    }
}

/// The documents of a publication as its manifest has them: the notice, the overviews, the sheets
/// in the order of `units`, those that are not among them last.
fn documents(output: &Path, id: &str, units: &[&str]) -> Vec<Document> {
    let manifest = std::fs::read(output.join(id).join("manifest.json"));
    let manifest = manifest.ok().and_then(|bytes| Manifest::parse(&bytes).ok());
    let artifacts = manifest.map(|manifest| manifest.artifacts).unwrap_or_default();
    let mut documents: BTreeMap<(usize, usize, Option<String>), Document> = BTreeMap::new();
    let order = ["notice", "attachment", "breakdown", "index", "sheet", "form", "distribution"];
    for (path, artifact) in artifacts {
        // A published notice stands in internal/ too.
        let kind = artifact.kind.strip_prefix("notice-").unwrap_or(&artifact.kind);
        let Some(place) = order.iter().position(|known| *known == kind) else { continue };
        let number = attachment_number(&path).filter(|_| kind == "attachment");
        let unit = units.iter().position(|unit| artifact.unit.as_deref() == Some(unit));
        let order_in_kind = number.or(unit).unwrap_or(usize::MAX);
        let key = (place, order_in_kind, artifact.unit.clone());
        let document = documents.entry(key).or_default();
        document.kind = match number {
            Some(number) => format!("{kind}-{number}"),
            None => kind.to_string(),
        };
        document.unit.clone_from(&artifact.unit);
        let url = url(id, &path, &artifact);
        match Format::of(&path) {
            Some(Format::Html) => drop(document.html.get_or_insert(url)),
            Some(Format::Pdf) => drop(document.pdf.get_or_insert(url)),
            // Other formats are for other programs.
            Some(Format::Xlsx | Format::Docx) | None => {}
        }
    }
    documents.into_values().collect()
}

/// The number of an attachment that is not bound with its document: of `notice-附件2.pdf` 2.
fn attachment_number(path: &str) -> Option<usize> {
    let (_, rest) = path.rsplit_once("-附件")?;
    let digits = rest.split(|c: char| !c.is_ascii_digit()).next()?;
    digits.parse().ok()
}

fn url(id: &str, path: &str, artifact: &ArtifactEntry) -> String {
    let hash = artifact.sha256.get(..12).unwrap_or_default();
    format!("/output/{}?v={hash}", encode(&format!("{id}/{path}")))
}
