//! Running the rules.

use super::allow::Allowances;
use super::context::Context;
use super::finding::Findings;
use super::rule::{Origin, Rule};
use super::settings::Settings;
use super::texts;
use base::diag::{Diagnostics, Severity};

/// Checks a publication: what the rules find, and of what was found in reading (`read`) what is
/// left after the settings and comments. Sorted by file and place.
pub fn check(context: &Context<'_>, read: Diagnostics, settings: &Settings) -> Diagnostics {
    let mut allowances = Allowances::read(&context.comments);
    let mut found = Diagnostics::new();
    found.extend(read.into_iter().filter_map(|mut diagnostic| {
        let Some(rule) = Rule::find(diagnostic.code) else { return Some(diagnostic) };
        if diagnostic.severity != Severity::Error {
            diagnostic.severity = settings.severity(rule)?;
            if let Some(span) = &diagnostic.span
                && allowances.allows_at(rule, span, None)
            {
                return None;
            }
        }
        Some(diagnostic)
    }));

    let active: Vec<(&'static Rule, Severity)> =
        Rule::all().iter().filter_map(|rule| Some((rule, settings.severity(rule)?))).collect();
    let mut findings: Vec<Findings> = active.iter().map(|_| Findings::default()).collect();
    for ((rule, _), findings) in active.iter().zip(&mut findings) {
        if let Origin::Publication(run) = rule.origin {
            run(context, findings);
        }
    }
    texts::for_each(context, |piece| {
        for ((rule, _), findings) in active.iter().zip(&mut findings) {
            if let Origin::Text(run) = rule.origin {
                run(context, piece, findings);
            }
        }
    });
    for (&(rule, severity), findings) in active.iter().zip(findings) {
        let kept = findings.list.into_iter().filter(|f| !allowances.allows(rule, f));
        found.extend(kept.map(|finding| finding.diagnostic(rule.id, severity)));
    }
    found.extend(allowances.finish(settings));
    found.sorted()
}
