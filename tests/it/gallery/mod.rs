//! The gallery: every element of a notice and every awkward case, laid out and measured.
//!
//! `YINFA_GALLERY=joint cargo test --test it gallery` measures the cases whose names have a word.

mod cases;
mod lay;
mod notice;

use std::collections::BTreeSet;

use yinfa::diag::Lang;
use yinfa::measure::{ClauseReport, Report};

pub(crate) use lay::{Ready, ready};
pub(crate) use notice::{Notice, prose};

/// What the layout does not do yet: the case (`letter*` for all that begin so), the clause, why.
const EXPECTED_FAILURES: &[(&str, &str, &str)] = &[
    ("*", "5.2.3 line-pitch", "text below the title of an issued text begins 4.58 mm too high"),
    ("unit-list", "5.2.3 character-pitch", "no tracking between the names and the marks"),
    ("joint-2", "7.3.5.1 organ-line", "a gap too much between the last organ and the date"),
    ("joint-5*", "7.3.5.1 organ-line", "a gap too much between the last organ and the date"),
    ("joint-5*", "7.3.5.5 not-alone", "the mark before the sign-off is not in the last line"),
    (
        "joint-3-unsealed",
        "7.3.5.5 not-alone",
        "the mark before the sign-off is not in the last line",
    ),
    ("list", "7.3.5.5 not-alone", "the mark before the sign-off is not in the last line"),
    (
        "letter-of-6-lines",
        "7.3.5.5 not-alone",
        "the mark before the sign-off is not in the last line",
    ),
    (
        "letter-of-7-lines",
        "7.3.5.5 not-alone",
        "the mark before the sign-off is not in the last line",
    ),
    (
        "letter-of-8-lines",
        "7.3.5.5 not-alone",
        "the mark before the sign-off is not in the last line",
    ),
    (
        "letter-of-9-lines",
        "7.3.5.5 not-alone",
        "the mark before the sign-off is not in the last line",
    ),
    ("letter-full", "10.1 letter-title-gap", "the head keeps room for one line at the left"),
    ("organ-30", "7.3.5.1 date-right", "a name longer than a line is broken without care"),
    ("organ-30", "7.3.5.1 organ-centre", "a name longer than a line is broken without care"),
    ("organ-30", "7.3.5.1 seal-space", "a name longer than a line is broken without care"),
    ("organ-30-unsealed", "5.2.1 binding-margin", "the date is broken"),
    ("organ-30-unsealed", "5.2.3 full-line", "the date is broken"),
    ("organ-30-unsealed", "7.3.3 indent", "the date is broken"),
    ("organ-30-unsealed", "7.3.5 sign-off", "the date is broken"),
];

/// The places in the list of what is expected to fail in a case.
fn expected_failures(case: &str, clause: &str) -> Vec<usize> {
    let fits = |name: &str| match name.strip_suffix('*') {
        Some(start) => case.starts_with(start),
        None => case == name,
    };
    let all = EXPECTED_FAILURES.iter().enumerate();
    all.filter(|(_, (name, id, _))| fits(name) && *id == clause).map(|(place, _)| place).collect()
}

/// Whether a clause is expected to fail in every case.
pub(crate) fn fails_everywhere(clause: &str) -> bool {
    EXPECTED_FAILURES.iter().any(|(name, id, _)| *name == "*" && *id == clause)
}

#[test]
fn the_gallery_passes_the_ruler() {
    let only = std::env::var("YINFA_GALLERY").ok();
    let mut wrong = String::new();
    let mut seen = BTreeSet::new();
    let mut names = BTreeSet::new();
    for case in cases::cases() {
        if only.as_ref().is_some_and(|only| !case.name.contains(only)) {
            continue;
        }
        assert!(names.insert(case.name.clone()), "two cases “{}”", case.name);
        let report = ready(&case.notice.project()).report();
        check(&case.name, &report, &mut seen, &mut wrong);
    }
    if only.is_none() {
        assert!(names.len() >= 25);
        for (place, (name, clause, _)) in EXPECTED_FAILURES.iter().enumerate() {
            if !seen.contains(&place) {
                wrong += &format!("{name}: {clause} passes now: strike it from the list\n");
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Notes what fails without being expected to, and what is.
fn check(name: &str, report: &Report, seen: &mut BTreeSet<usize>, wrong: &mut String) {
    for clause in report.failures() {
        let expected = expected_failures(name, &clause.id());
        if expected.is_empty() {
            *wrong += &describe(name, clause);
        }
        seen.extend(expected);
    }
}

fn describe(name: &str, clause: &ClauseReport) -> String {
    let mut text = String::new();
    for sight in clause.sights.iter().filter(|sight| !sight.ok) {
        let has = sight.has.words(Lang::En);
        let asked = sight.asked.map(|mm| format!(" for {mm:.2} mm")).unwrap_or_default();
        text += &format!("{name}: {} on page {}: {has}{asked}\n", clause.id(), sight.page);
    }
    text
}
