//! The gallery: every element of a notice and every awkward case, laid out and measured.
//!
//! `YINFA_GALLERY=joint cargo test --test it gallery` measures the cases whose names have a word.

mod cases;
mod lay;
mod notice;

use std::collections::BTreeSet;

use yinfa::diag::Lang;
use yinfa::measure::{ClauseReport, Report};

pub(crate) use lay::{Ready, ready, try_ready};
pub(crate) use notice::{Notice, prose};

/// What the layout does not do yet: the case (`letter*` for all that begin so), the clause, why.
const EXPECTED_FAILURES: &[(&str, &str, &str)] = &[];

/// What is refused with advice, since no pitch that 7.3.5.5 allows keeps the sign-off and a line of
/// the text on one page.
const REFUSED: &[&str] =
    &["joint-5-short", "letter-of-7-lines", "letter-of-8-lines", "letter-of-9-lines"];

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
        match try_ready(&case.notice.project()) {
            Ok(ready) if !REFUSED.contains(&case.name.as_str()) => {
                check(&case.name, &ready.report(), &mut seen, &mut wrong);
            }
            Ok(_) => wrong += &format!("{}: is laid out now: strike it from the list\n", case.name),
            Err(diags) => {
                let codes: Vec<_> = diags.iter().map(|d| d.code).collect();
                if codes != ["sign-off-alone"] || !REFUSED.contains(&case.name.as_str()) {
                    wrong += &format!("{}: refused, {codes:?}\n", case.name);
                }
            }
        }
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
