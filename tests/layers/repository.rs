//! The tests over the repository itself.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use crate::circles::circles;
use crate::documented::{self, Tables};
use crate::graph::{self, Use};
use crate::sources;

fn tables() -> Tables {
    documented::read(&sources::file("ARCHITECTURE.md"))
}

static USES: LazyLock<Vec<Use>> = LazyLock::new(|| graph::uses(&sources::modules()));

fn none(problems: &[String]) {
    let list = problems.join("\n");
    assert!(problems.is_empty(), "against the tables of ARCHITECTURE.md:\n{list}");
}

#[test]
fn modules_use_what_their_row_says() {
    none(&documented::differences(&tables(), &USES));
}

#[test]
fn no_circle_without_a_reason() {
    none(&documented::unnamed_circles(&tables(), &circles(&USES)));
}

#[test]
fn every_module_has_a_row() {
    let modules = sources::modules();
    let top: BTreeSet<&str> = modules
        .keys()
        .map(String::as_str)
        .filter(|name| name.contains("::") && documented::top(name) == *name)
        .collect();
    let tables = tables();
    let rows: BTreeSet<&str> = tables.modules.keys().map(String::as_str).collect();
    let without = top.difference(&rows).map(|name| format!("{name} has no row"));
    let beyond = rows.difference(&top).map(|name| format!("{name} has a row and is not there"));
    none(&without.chain(beyond).collect::<Vec<_>>());
}

#[test]
fn crates_use_what_their_row_says() {
    let crates = sources::crates();
    let used: BTreeMap<String, BTreeSet<String>> = crates
        .iter()
        .map(|(name, folder)| {
            let manifest = sources::file(&format!("{folder}Cargo.toml"));
            let (_, section) = manifest.split_once("\n[dependencies]\n").unwrap();
            let section = section.split("\n[").next().unwrap();
            let names = section.lines().filter_map(|line| line.split(['.', ' ']).next());
            let inside = names.filter(|name| crates.contains_key(*name)).map(str::to_string);
            (name.clone(), inside.collect())
        })
        .collect();
    assert_eq!(used, tables().crates);
}

/// Packages of Cargo.lock by name, with those they depend on, for tests too.
fn locked() -> BTreeMap<String, BTreeSet<String>> {
    let mut packages: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for package in sources::file("Cargo.lock").split("[[package]]").skip(1) {
        let quoted = |line: &str| line.split('"').nth(1).unwrap().to_string();
        let name = package.lines().find(|line| line.starts_with("name = ")).map(quoted).unwrap();
        let needed = package.lines().filter(|line| line.starts_with(" \"")).map(quoted);
        // Two versions of one package count as one; a version stands behind the name then.
        let needed = needed.map(|name| name.split(' ').next().unwrap().to_string());
        packages.entry(name).or_default().extend(needed);
    }
    packages
}

#[test]
fn the_lower_crates_and_their_tests_need_no_typst() {
    let packages = locked();
    let typst = |start: &str| {
        let mut seen = BTreeSet::from([start.to_string()]);
        let mut open = vec![start.to_string()];
        while let Some(name) = open.pop() {
            let needed = packages.get(&name).unwrap_or_else(|| panic!("{name} is not locked"));
            open.extend(needed.iter().filter(|name| seen.insert((*name).clone())).cloned());
        }
        seen.contains("typst")
    };
    for name in ["yinfa-base", "yinfa-records", "yinfa-pdf", "yinfa-import", "yinfa-layers"] {
        assert!(!typst(name), "{name} links Typst");
    }
    assert!(typst("yinfa-pages"));
}
