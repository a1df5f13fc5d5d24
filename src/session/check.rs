//! A check of a project by all rules, or by some.

use base::diag::Diagnostics;
use records::check::{Covers, Rule, Settings};

use super::{Failure, FontOptions, Machine, Session, find_fonts, findings};

/// What is checked, and by what.
#[derive(Debug, Clone, Default)]
pub(crate) struct CheckOptions {
    /// The ids of publications; all when empty.
    pub(crate) publications: Vec<String>,
    /// Only these rules, even if they are off; when empty those that the project asks for.
    pub(crate) rules: Vec<&'static Rule>,
    pub(crate) fonts: FontOptions,
}

/// The findings of all publications that are asked for, and the problems of the project's files.
pub(crate) fn check(
    session: &Session,
    options: &CheckOptions,
    machine: &Machine,
) -> Result<Diagnostics, Failure> {
    let project = &session.project;
    let mut diags = session.problems(&[]);
    let mut settings = Settings::of(&project.record, &mut diags);
    if !options.rules.is_empty() {
        settings = settings.only(options.rules.iter().copied());
    }
    // Only the rule about characters needs fonts, and finding them takes a moment.
    let needs_fonts = Rule::find("glyph-missing").is_some_and(|r| settings.severity(r).is_some());
    let fonts = needs_fonts.then(|| find_fonts(&options.fonts, Some(project), machine));
    let fonts = fonts.and_then(|(fonts, problems)| (!problems.has_errors()).then_some(fonts));
    let covers = fonts.as_ref().map(|fonts| move |c| fonts.covered_by_any(c));
    for one in &session.prepare(&options.publications)? {
        let covers = covers.as_ref().map(|covers| covers as Covers<'_>);
        diags.append(findings(project, one, &settings, covers));
    }
    Ok(diags.sorted())
}
