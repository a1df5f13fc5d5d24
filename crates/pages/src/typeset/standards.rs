//! The PDF standards that an export is held to.

use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error, StrDeserializer};
use typst_pdf::{PdfStandard, PdfStandards};

use super::engine::Job;
use super::messages::one;
use base::diag::{Diagnostic, Diagnostics};
use base::text;

/// PDF standards that go together, such as `a-2a` and `ua-1`; by default none.
#[derive(Debug, Clone, Default)]
pub struct Standards {
    names: Vec<String>,
    parsed: PdfStandards,
    /// Jobs that cannot keep them, since they have no date, are exported without.
    only_dated: bool,
}

/// PDF/A-2a, which archives keep, with the tags of PDF/UA-1.
const ARCHIVAL: [&str; 2] = ["a-2a", "ua-1"];

impl Standards {
    /// Checks names as the `typst` command takes them.
    pub fn new<S: AsRef<str>>(names: &[S]) -> Result<Self, Diagnostics> {
        let parsed: Vec<PdfStandard> =
            names.iter().map(|name| parse(name.as_ref())).collect::<Result<_, _>>()?;
        let parsed = if parsed.is_empty() {
            PdfStandards::default()
        } else {
            PdfStandards::new(&parsed).map_err(|error| conflict(error.message()))?
        };
        Ok(Self {
            names: names.iter().map(|name| name.as_ref().to_owned()).collect(),
            parsed,
            only_dated: false,
        })
    }

    /// The standards that suit archiving. PDF/A asks for a date: jobs without one are exported
    /// without standards.
    pub fn archival() -> Self {
        // The two go together, a test says so.
        let standards = Self::new(&ARCHIVAL).unwrap_or_default();
        Self { only_dated: true, ..standards }
    }

    /// The standards that a job is held to.
    pub(super) fn of(&self, job: &Job) -> Self {
        if self.only_dated && job.date.is_none() { Self::default() } else { self.clone() }
    }

    /// Whether a job with or without a date is held to any.
    pub(super) fn apply(&self, dated: bool) -> bool {
        !self.names.is_empty() && (dated || !self.only_dated)
    }

    /// Their names.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    pub(super) fn parsed(&self) -> &PdfStandards {
        &self.parsed
    }
}

fn parse(name: &str) -> Result<PdfStandard, Diagnostics> {
    let reader: StrDeserializer<'_, Error> = name.into_deserializer();
    PdfStandard::deserialize(reader).map_err(|error| {
        one(Diagnostic::error(
            "pdf-standard-unknown",
            text!("不认识的 PDF 标准“{name}”", "\"{name}\" is not a known PDF standard"),
        )
        .help(text!(
            "常用的写法：a-2a（长期保存）、ua-1（无障碍阅读）",
            "common ones are a-2a (for archives) and ua-1 (accessible)"
        ))
        .detail(error.to_string()))
    })
}

fn conflict(detail: &str) -> Diagnostics {
    one(Diagnostic::error(
        "pdf-standard-conflict",
        text!("这几个 PDF 标准不能同时满足", "these PDF standards cannot be kept at the same time"),
    )
    .help(text!("每类只留一个，如 a-2a 和 ua-1", "keep one of each kind, such as a-2a and ua-1"))
    .detail(detail))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_checked_one_by_one_and_together() {
        assert_eq!(Standards::new(&["a-2a", "ua-1"]).unwrap().names(), ["a-2a", "ua-1"]);
        assert!(Standards::new::<&str>(&[]).unwrap().names().is_empty());
        let code = |names: &[&str]| Standards::new(names).unwrap_err().iter().next().unwrap().code;
        let archival = Standards::archival();
        assert_eq!(archival.names(), ARCHIVAL);
        assert!(archival.of(&Job::default()).names().is_empty());
        assert_eq!(
            archival.of(&Job { date: Some((2025, 3, 6)), ..Job::default() }).names(),
            ARCHIVAL
        );
        assert_eq!(code(&["a-9"]), "pdf-standard-unknown");
        assert_eq!(code(&["a-4", "ua-1"]), "pdf-standard-conflict");
        assert_eq!(code(&["a-2a", "a-3a"]), "pdf-standard-conflict");
    }
}
