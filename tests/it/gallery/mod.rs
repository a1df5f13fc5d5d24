//! The gallery: every element of a notice and every awkward case, laid out and measured.

mod cases;
mod lay;
mod notice;

use std::collections::BTreeSet;

pub(crate) use lay::{Ready, ready};
pub(crate) use notice::{Notice, prose};

/// What the layout does not do yet: the case (`*` for all), the clause, and why.
const EXPECTED_FAILURES: &[(&str, &str, &str)] = &[];

#[test]
fn the_gallery_passes_the_ruler() {
    let cases = cases::cases();
    assert!(cases.len() >= 25);
    let only = std::env::var("YINFA_GALLERY").ok();
    let mut wrong = String::new();
    let mut seen: BTreeSet<(usize, &str)> = BTreeSet::new();
    for case in
        cases.iter().filter(|case| only.as_ref().is_none_or(|only| case.name.contains(only)))
    {
        let report = ready(&case.notice.project()).report();
        for clause in report.failures() {
            let id = clause.id();
            let known = EXPECTED_FAILURES.iter().enumerate().filter(|(_, (name, clause, _))| {
                (*name == "*" || case.name.starts_with(name)) && *clause == id
            });
            let mut expected = false;
            for (place, _) in known {
                expected = true;
                seen.insert((place, ""));
            }
            if expected {
                continue;
            }
            for sight in clause.sights.iter().filter(|sight| !sight.ok) {
                let has = sight.has.words(yinfa::diag::Lang::En);
                let asked = sight.asked.map(|mm| format!(" for {mm:.2} mm")).unwrap_or_default();
                wrong += &format!("{}: {id} on page {}: {has}{asked}\n", case.name, sight.page);
            }
        }
    }
    if only.is_none() {
        for (place, (name, clause, _)) in EXPECTED_FAILURES.iter().enumerate() {
            if !seen.contains(&(place, "")) {
                wrong += &format!("{name}: {clause} passes now: strike it from the list\n");
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
