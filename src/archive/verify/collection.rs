//! What is asked of all packages of an archive together: numbers without gaps, no code and no
//! number twice, every version with the one before.

use std::collections::{BTreeMap, BTreeSet};

use super::super::code::{ArchivalCode, Class};
use super::kinds;
use super::report::{BagReport, Check, Outcome};
use base::text;

/// The checks of an archive.
pub(super) fn checks(bags: &[BagReport]) -> Vec<Check> {
    vec![piece_numbers(bags), duplicates(bags), versions(bags)]
}

/// A package that a later one replaces is not asked for what came with that: the sealed original,
/// the archival code. The newest is.
pub(super) fn excuse_replaced(bags: &mut [BagReport]) {
    let later: BTreeMap<String, String> = bags
        .iter()
        .filter_map(|bag| Some((bag.summary.replaces.as_ref()?.0.clone(), bag.bag.clone())))
        .collect();
    for bag in bags.iter_mut() {
        let Some(later) = later.get(&bag.bag) else { continue };
        for check in &mut bag.checks {
            let of_newest = [&kinds::SEALED_ORIGINAL, &kinds::METADATA_ELEMENTS];
            if check.outcome == Outcome::Incomplete && of_newest.contains(&check.kind) {
                *check = Check::not_applicable(check.kind);
                let message = text!("已由“{later}”替代", "replaced by “{later}”");
                check.note(Outcome::NotApplicable, None, message);
            }
        }
    }
}

fn codes(bags: &[BagReport]) -> impl Iterator<Item = (&BagReport, ArchivalCode)> {
    bags.iter().filter_map(|bag| {
        // A package whose metadata are damaged still keeps its number.
        let code = bag.summary.code.as_deref().or_else(|| bag.bag.split("_v").next())?;
        Some((bag, ArchivalCode::parse(code)?))
    })
}

fn piece_numbers(bags: &[BagReport]) -> Check {
    let mut check = Check::new(&kinds::PIECE_NUMBERS);
    let mut classes: BTreeMap<Class, BTreeSet<u32>> = BTreeMap::new();
    for (_, code) in codes(bags) {
        classes.entry(code.class).or_default().insert(code.piece);
    }
    if classes.is_empty() {
        return Check::not_applicable(&kinds::PIECE_NUMBERS);
    }
    for (class, pieces) in classes {
        let last = pieces.last().copied().unwrap_or(0);
        let missing: Vec<String> = (1..=last)
            .filter(|piece| !pieces.contains(piece))
            .take(20)
            .map(|piece| format!("{piece:04}"))
            .collect();
        if !missing.is_empty() {
            let class = class.to_string();
            let list = missing.join("、");
            check.note(
                Outcome::Incomplete,
                None,
                text!("{class} 缺件号 {list}", "{class} lacks the numbers {list}"),
            );
        }
    }
    check
}

fn duplicates(bags: &[BagReport]) -> Check {
    let mut check = Check::new(&kinds::DUPLICATES);
    let mut versions: BTreeMap<(&str, u32), &str> = BTreeMap::new();
    let mut numbers: BTreeMap<&str, &BagReport> = BTreeMap::new();
    for bag in bags {
        let (name, summary) = (bag.bag.as_str(), &bag.summary);
        if let (Some(code), Some(version)) = (&summary.code, summary.version)
            && let Some(other) = versions.insert((code.as_str(), version), name)
        {
            check.fail(
                None,
                text!(
                    "“{other}”和“{name}”的档号、版本相同",
                    "“{other}” and “{name}” have one code and version"
                ),
            );
        }
        let Some(number) = &summary.doc_number else { continue };
        let Some(other) = numbers.insert(number, bag) else { continue };
        // Versions of one document share their number.
        let of_one = bag.summary.code == other.summary.code
            || is_replaced(bag, bags)
            || is_replaced(other, bags);
        if !of_one {
            let other = &other.bag;
            check.fail(
                None,
                text!(
                    "“{other}”和“{name}”的文号都是{number}",
                    "“{other}” and “{name}” both have the number {number}"
                ),
            );
        }
    }
    check
}

fn is_replaced(bag: &BagReport, bags: &[BagReport]) -> bool {
    let mut replaced = bags.iter().filter_map(|other| other.summary.replaces.as_ref());
    replaced.any(|(name, _)| *name == bag.bag)
}

fn versions(bags: &[BagReport]) -> Check {
    let mut check = Check::new(&kinds::VERSIONS);
    let by_name: BTreeMap<&str, &BagReport> =
        bags.iter().map(|bag| (bag.bag.as_str(), bag)).collect();
    let mut replaced: BTreeMap<&str, &str> = BTreeMap::new();
    let mut any = false;
    for bag in bags {
        let name = &bag.bag;
        let Some((before, sha256)) = &bag.summary.replaces else {
            if bag.summary.version.is_some_and(|version| version > 1) {
                check.fail(
                    None,
                    text!("“{name}”没有写明替代哪一个包", "“{name}” does not say what it replaces"),
                );
            }
            continue;
        };
        any = true;
        match by_name.get(before.as_str()) {
            None => check.note(
                Outcome::Incomplete,
                None,
                text!(
                    "“{name}”替代的“{before}”不在",
                    "“{before}”, which “{name}” replaces, is not there"
                ),
            ),
            Some(other) if other.summary.tag_manifest.as_ref() != Some(sha256) => check.fail(
                None,
                text!(
                    "“{before}”已不是“{name}”所替代的样子",
                    "“{before}” is not what “{name}” replaced"
                ),
            ),
            Some(_) => {}
        }
        if let Some(other) = replaced.insert(before, name) {
            check.fail(
                None,
                text!(
                    "“{other}”和“{name}”替代同一个包",
                    "“{other}” and “{name}” replace one package"
                ),
            );
        }
    }
    if !any && check.outcome == Outcome::Passed {
        return Check::not_applicable(&kinds::VERSIONS);
    }
    check
}
