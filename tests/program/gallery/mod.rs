//! The gallery: every element of a notice and every awkward case, laid out and measured.
//!
//! `YINFA_GALLERY=joint cargo test --test program gallery` measures the cases whose names have a word;
//! with `YINFA_GALLERY_OUT=folder` their PDFs are written there, to be looked at.

mod cases;
mod kinds;
mod lay;
mod notice;
mod sweep;

use std::collections::BTreeSet;

use base::diag::Lang;
use pages::measure::{ClauseReport, Report};

pub(crate) use cases::recipients;
pub(crate) use lay::{Ready, fonts, ready};
pub(crate) use notice::{Notice, prose};

/// What the layout does not do: the case (`letter*` for all that begin so), the clause that fails or
/// the code of the error that refuses it, and why.
const EXPECTED_FAILURES: &[(&str, &str, &str)] = &[(
    "recipients-80-copies-30",
    "imprint-too-long",
    "names of fifteen characters: more lines than a page has, however close together",
)];

/// The places in the list of what is expected to fail in a case.
fn expected_failures(case: &str, clause: &str) -> Vec<usize> {
    let fits = |name: &str| match name.strip_suffix('*') {
        Some(start) => case.starts_with(start),
        None => case == name,
    };
    let all = EXPECTED_FAILURES.iter().enumerate();
    all.filter(|(_, (name, id, _))| fits(name) && *id == clause).map(|(place, _)| place).collect()
}

/// Whether a clause is expected to fail in a case.
pub(crate) fn may_fail(case: &str, clause: &str) -> bool {
    !expected_failures(case, clause).is_empty()
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
        match lay::try_ready(&case.notice.project()) {
            Ok(ready) => {
                ready.show(&case.name);
                check(&case.name, &ready.report(), &mut seen, &mut wrong);
            }
            Err(refused) => {
                let code = refused.iter().next().map_or("", |problem| problem.code);
                let expected = expected_failures(&case.name, code);
                if expected.is_empty() {
                    wrong += &format!("{}: refused: {code}\n", case.name);
                }
                seen.extend(expected);
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
        let has = sight.has.words().get(Lang::En).to_owned();
        let asked = sight.asked.map(|mm| format!(" for {mm:.2} mm")).unwrap_or_default();
        text += &format!("{name}: {} on page {}: {has}{asked}\n", clause.id(), sight.page);
    }
    text
}
