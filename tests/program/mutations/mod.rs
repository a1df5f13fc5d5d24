//! The ruler itself is tested: each constant of the layout is shifted, and each clause is broken
//! once; the measure has to see it.

mod bases;
mod table;
mod touch;

use std::collections::{BTreeMap, BTreeSet};

use pages::geometry;
use pages::measure::{Expected, Report, Settings, Verdict, measure};
use pages::typeset::Job;

use self::table::{Change, DERIVED, Mutation, TABLE, UNBOUNDED};
use crate::gallery::{Ready, may_fail, ready};

/// The clauses that fail.
fn failures(report: &Report) -> BTreeSet<String> {
    report.failures().map(|clause| clause.id()).collect()
}

/// The notice with the change, measured.
fn mutated(ready: &Ready, mutation: &Mutation) -> Report {
    // A level that sections do not have is known by its number alone.
    let foreign = mutation.base == "level-4";
    let (expected, settings) = if foreign {
        (Expected::default(), Settings::default())
    } else {
        (ready.expected.clone(), ready.settings)
    };
    match mutation.change {
        Change::Record => ready.report(),
        Change::Pages(change) => {
            let mut pages = ready.pages();
            change(&mut pages);
            measure(&pages, &expected, &settings)
        }
        Change::Constant(name, value) => {
            let start = format!("#let {name} = ");
            let job = with_file(ready, "/geometry.typ", |text| {
                let line = |line: &str| match line.starts_with(&start) {
                    true => format!("{start}{value}\n"),
                    false => format!("{line}\n"),
                };
                text.lines().map(line).collect()
            });
            Ready { job, expected, settings }.report()
        }
        Change::Layout(from, to) => {
            let job = with_file(ready, "/layout.typ", |text| text.replace(from, to));
            Ready { job, expected, settings }.report()
        }
    }
}

/// The job with another text in one of its files.
fn with_file(ready: &Ready, path: &str, change: impl Fn(&str) -> String) -> Job {
    let mut job = ready.job.clone();
    let file = job.files.iter_mut().find(|(other, _)| other == path);
    let text = &mut file.unwrap_or_else(|| panic!("{path} is no file of the job")).1;
    let changed = change(text);
    assert_ne!(changed, **text, "nothing to change in {path}");
    *text = changed.into();
    job
}

#[test]
fn every_mutation_is_caught_by_its_clause() {
    let mut notices: BTreeMap<&str, (Ready, BTreeSet<String>)> = BTreeMap::new();
    let mut wrong = String::new();
    for mutation in TABLE {
        let (notice, before) = notices.entry(mutation.base).or_insert_with(|| {
            let ready = ready(&bases::base(mutation.base).project());
            let before = failures(&ready.report());
            (ready, before)
        });
        let what = match mutation.change {
            Change::Constant(name, value) => format!("{name} = {value}"),
            Change::Layout(_, to) => to.into(),
            Change::Pages(_) => "pages".into(),
            Change::Record => "record".into(),
        };
        let caught = failures(&mutated(notice, mutation));
        if !caught.contains(mutation.clause) {
            wrong += &format!("{} ({what}) is not caught; caught: {caught:?}\n", mutation.clause);
        }
        let unexpected =
            before.contains(mutation.clause) && !may_fail(mutation.base, mutation.clause);
        if unexpected && !matches!(mutation.change, Change::Record) {
            wrong += &format!("{} ({what}) fails without a mutation\n", mutation.clause);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_clause_has_a_mutation() {
    let report = ready(&bases::base("common").project()).report();
    let clauses: BTreeSet<String> = report.clauses.iter().map(|clause| clause.id()).collect();
    let broken: BTreeSet<String> = TABLE.iter().map(|m| m.clause.to_string()).collect();
    assert_eq!(clauses, broken);
    // Names are what reports and settings refer to.
    assert_eq!(clauses.len(), report.clauses.len());
    assert!(report.clauses.iter().any(|clause| clause.verdict() == Verdict::NotApplicable));
}

#[test]
fn every_constant_of_the_geometry_is_shifted() {
    let source = geometry::typst(geometry::Choices::default());
    let constants: BTreeSet<&str> = source
        .lines()
        .filter_map(|line| line.strip_prefix("#let ")?.split(' ').next())
        .filter(|name| !DERIVED.contains(name))
        .collect();
    let mut shifted: BTreeSet<&str> = TABLE
        .iter()
        .filter_map(|mutation| match mutation.change {
            Change::Constant(name, _) => Some(name),
            _ => None,
        })
        .collect();
    shifted.extend(UNBOUNDED.iter().map(|(name, _)| name));
    assert_eq!(constants, shifted);
}
