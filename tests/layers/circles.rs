//! Circles between the modules of one folder. A module stands here for itself and all below it:
//! the file of a folder is the face of the files in it, and may use them as they may use it.

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::Use;

/// Modules of one folder each of which needs all others.
#[derive(Debug)]
pub(crate) struct Circle {
    /// The module they stand in.
    pub(crate) parent: String,
    /// Their names in it.
    pub(crate) names: BTreeSet<String>,
    /// A use between every two of them that have one.
    pub(crate) uses: Vec<Use>,
}

/// Which of the modules of one folder uses which, with one use that says so.
type Edges<'a> = BTreeMap<(&'a str, &'a str), &'a Use>;

/// The edges in every module with others below it.
fn between_siblings(uses: &[Use]) -> BTreeMap<String, Edges<'_>> {
    let mut found: BTreeMap<String, Edges<'_>> = BTreeMap::new();
    for one in uses {
        let from: Vec<&str> = one.from.split("::").collect();
        let to: Vec<&str> = one.to.split("::").collect();
        let same = from.iter().zip(&to).take_while(|(from, to)| from == to).count();
        // Crates cannot form circles: Cargo sees to that.
        if same > 0
            && let (Some(from), Some(to)) = (from.get(same), to.get(same))
        {
            let parent = one.to.split("::").take(same).collect::<Vec<_>>().join("::");
            found.entry(parent).or_default().entry((*from, *to)).or_insert(one);
        }
    }
    found
}

/// The modules that one of them uses, directly and through others.
fn reached<'a>(edges: &Edges<'a>, start: &'a str) -> BTreeSet<&'a str> {
    let mut seen = BTreeSet::new();
    let mut open = vec![start];
    while let Some(at) = open.pop() {
        let next = edges.keys().filter(|(from, _)| *from == at).map(|(_, to)| *to);
        open.extend(next.filter(|to| seen.insert(*to)));
    }
    seen
}

/// All circles.
pub(crate) fn circles(uses: &[Use]) -> Vec<Circle> {
    let mut circles = Vec::new();
    for (parent, edges) in between_siblings(uses) {
        let reach: BTreeMap<&str, BTreeSet<&str>> =
            edges.keys().map(|(from, _)| (*from, reached(&edges, from))).collect();
        let circle = |name: &str, seen: &BTreeSet<&str>| -> BTreeSet<String> {
            let back = |other: &&&str| reach.get(**other).is_some_and(|back| back.contains(name));
            seen.iter().filter(back).map(ToString::to_string).collect()
        };
        let found: BTreeSet<_> = reach.iter().map(|(name, seen)| circle(name, seen)).collect();
        for names in found.into_iter().filter(|names| names.len() > 1) {
            let inside = |(from, to): &(&str, &str)| names.contains(*from) && names.contains(*to);
            let uses = edges.iter().filter(|(edge, _)| inside(edge)).map(|(_, one)| (*one).clone());
            let uses = uses.collect();
            circles.push(Circle { parent: parent.clone(), names, uses });
        }
    }
    circles
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::uses;
    use crate::sources::made_up;

    fn found(files: &[(&str, &str)]) -> Vec<String> {
        let circles = circles(&uses(&made_up(files)));
        circles.iter().map(|circle| format!("{}: {:?}", circle.parent, circle.names)).collect()
    }

    #[test]
    fn two_modules_that_use_each_other() {
        let files = [
            ("a", "mod b; mod c;"),
            ("a::b", "use super::c::D; pub struct E;"),
            ("a::c", "pub struct D(super::b::E);"),
        ];
        assert_eq!(found(&files), [r#"a: {"b", "c"}"#]);
        let opened = [files[0], ("a::b", "pub struct E;"), files[2]];
        assert!(found(&opened).is_empty());
    }

    #[test]
    fn a_circle_through_files_of_different_folders() {
        let found = found(&[
            ("a", "mod b; mod c;"),
            ("a::b", "mod deep; mod other; pub struct E;"),
            ("a::b::deep", "use crate::c::D;"),
            ("a::b::other", "pub struct F;"),
            ("a::c", "use crate::b::other::F; pub struct D;"),
        ]);
        assert_eq!(found, [r#"a: {"b", "c"}"#]);
    }

    #[test]
    fn three_in_a_ring_and_one_beside_it() {
        let found = found(&[
            ("a", "mod b; mod c; mod d; mod e;"),
            ("a::b", "use crate::c::C; pub struct B;"),
            ("a::c", "use crate::d::D; pub struct C;"),
            ("a::d", "use crate::b::B; pub struct D;"),
            ("a::e", "use crate::b::B; use crate::c::C;"),
        ]);
        assert_eq!(found, [r#"a: {"b", "c", "d"}"#]);
    }

    #[test]
    fn a_folder_and_its_files_are_no_circle() {
        let found = found(&[
            ("a", "mod b; fn f() { b::g() } pub struct Options;"),
            ("a::b", "use super::Options; pub fn g() {}"),
        ]);
        assert!(found.is_empty(), "{found:?}");
    }
}
