//! How the notice's pages meet the standard: what the manifest records of a measure report, and
//! the warning that comes of it.

use base::diag::Diagnostic;
use base::text;
use records::manifest::{ClauseEntry, LayoutEntry};

use crate::measure::{Report, Verdict};

/// What the manifest records of a report: the clauses that apply.
pub(super) fn entry(report: &Report) -> LayoutEntry {
    let applies = report.clauses.iter().filter(|c| c.verdict() != Verdict::NotApplicable);
    let clauses = applies
        .map(|c| ClauseEntry { clause: c.id(), passes: c.verdict() == Verdict::Pass })
        .collect();
    LayoutEntry { pages: report.pages, passes: report.passes(), clauses }
}

/// A warning that names the clauses that the pages do not meet. With `--strict-layout` such a notice
/// is an error instead.
pub(super) fn not_met(layout: &LayoutEntry) -> Option<Diagnostic> {
    let failed = layout.clauses.iter().filter(|clause| !clause.passes);
    let clauses: Vec<&str> = failed.map(|clause| clause.clause.as_str()).collect();
    let list = clauses.join("、");
    let warning = Diagnostic::warning(
        "layout-not-met",
        text!(
            "通知的版面不合 GB/T 9704-2012：{list}",
            "the notice's pages do not meet GB/T 9704-2012: {list}"
        ),
    )
    .help(text!("用 yinfa measure 逐条查看", "`yinfa measure` shows each with what was measured"));
    Some(warning).filter(|_| !clauses.is_empty())
}
