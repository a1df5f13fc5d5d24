//! The tables of ARCHITECTURE.md, and what the code has that they do not say.

use std::collections::{BTreeMap, BTreeSet};

use crate::circles::Circle;
use crate::graph::Use;

/// The tables.
#[derive(Debug, Default)]
pub(crate) struct Tables {
    /// Crates, with those they use.
    pub(crate) crates: BTreeMap<String, BTreeSet<String>>,
    /// Top modules by full name, with the modules and crates they use.
    pub(crate) modules: BTreeMap<String, BTreeSet<String>>,
    /// Circles that are there for a reason: a module, and the names of those inside it.
    pub(crate) circles: BTreeSet<(String, BTreeSet<String>)>,
}

/// Reads the tables: a heading names the crate, the first column of a table's head says what is
/// listed (`crate`, `module`, or `circle in`), and names stand between backquotes.
pub(crate) fn read(text: &str) -> Tables {
    let mut tables = Tables::default();
    let mut inside = String::new();
    let mut head: Vec<&str> = Vec::new();
    for line in text.lines() {
        if line.starts_with('#') {
            inside = named(line).into_iter().next().unwrap_or_default();
            inside = inside.trim_start_matches("crates/").replace("src/", "yinfa");
        }
        let Some(row) = line.strip_prefix('|') else {
            head.clear();
            continue;
        };
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        if head.is_empty() {
            head = cells;
            continue;
        }
        let column = |name| head.iter().position(|cell| *cell == name).and_then(|at| cells.get(at));
        let Some(name) = named(cells[0]).into_iter().next() else { continue };
        match (head[0], column("uses"), column("modules")) {
            ("crate", Some(uses), _) => {
                let name = name.trim_start_matches("crates/").replace("src/", "yinfa");
                tables.crates.insert(name, named(uses).into_iter().collect());
            }
            ("module", Some(uses), _) => {
                let uses = named(uses).into_iter().collect();
                tables.modules.insert(format!("{inside}::{name}"), uses);
            }
            ("circle in", _, Some(modules)) => {
                let reason = cells.get(2).is_some_and(|reason| reason.len() > 20);
                assert!(reason, "the circle in {name} is listed without a reason");
                tables.circles.insert((name, named(modules).into_iter().collect()));
            }
            _ => {}
        }
    }
    tables
}

/// What stands between backquotes.
fn named(text: &str) -> Vec<String> {
    text.split('`').skip(1).step_by(2).map(str::to_string).collect()
}

/// Uses that the tables do not allow, and what the tables name that is not used.
pub(crate) fn differences(tables: &Tables, uses: &[Use]) -> Vec<String> {
    let mut problems = Vec::new();
    let mut used: BTreeSet<(&str, &str)> = BTreeSet::new();
    for one in uses {
        let (from_crate, to_crate) = (crate_of(&one.from), crate_of(&one.to));
        // The face of a crate may use what its crate may; what a face defines is for all below it.
        if !one.from.contains("::") || one.to == from_crate {
            continue;
        }
        let (from, to) = (top(&one.from), top(&one.to));
        if from == to {
            continue;
        }
        let Some((from, allowed)) = tables.modules.get_key_value(from) else {
            problems.push(format!("{from} has no row: {}", one.place));
            continue;
        };
        let covers = |entry: &&String| {
            let full = format!("{from_crate}::{entry}");
            to == full || to == **entry || to_crate == **entry && to_crate != from_crate
        };
        match allowed.iter().find(covers) {
            Some(entry) => _ = used.insert((from, entry)),
            None => problems.push(format!("{from} may not use {to}: {}", one.place)),
        }
    }
    for (module, entries) in &tables.modules {
        for entry in entries.iter().filter(|entry| !used.contains(&(module, entry))) {
            problems.push(format!("{module} does not use {entry}: take it from its row"));
        }
    }
    problems
}

/// Circles that lie in none of the tables, and those of the tables that are open now.
pub(crate) fn unnamed_circles(tables: &Tables, circles: &[Circle]) -> Vec<String> {
    let mut problems = Vec::new();
    let lies_in = |circle: &Circle, (parent, names): &(String, BTreeSet<String>)| {
        circle.parent == *parent && circle.names.is_subset(names)
    };
    for circle in circles {
        if !tables.circles.iter().any(|listed| lies_in(circle, listed)) {
            let names: Vec<_> = circle.names.iter().map(String::as_str).collect();
            let names = names.join(", ");
            let line = |one: &Use| format!("\n    {} uses {}: {}", one.from, one.to, one.place);
            let uses: String = circle.uses.iter().map(line).collect();
            problems.push(format!("a circle in {}: {names}{uses}", circle.parent));
        }
    }
    for listed in &tables.circles {
        if !circles.iter().any(|circle| lies_in(circle, listed)) {
            let (parent, names) = listed;
            problems.push(format!("the circle of {names:?} in {parent} is open: take out its row"));
        }
    }
    problems
}

fn crate_of(module: &str) -> &str {
    module.split("::").next().unwrap_or(module)
}

/// A module's first two names: the crate and the module directly below it.
pub(crate) fn top(module: &str) -> &str {
    module.match_indices("::").nth(1).map_or(module, |(at, _)| &module[..at])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::circles::circles;
    use crate::graph::uses;
    use crate::sources::made_up;

    const TABLES: &str = "\
| crate | holds | uses |
| --- | --- | --- |
| `crates/low` | | |
| `crates/high` | | `low` |

### `crates/high`

| module | holds | uses |
| --- | --- | --- |
| `a` | a thing | `b`, `low` |
| `b` | a thing | |

| circle in | modules | reason |
| --- | --- | --- |
| `high::a` | `x`, `y` | both halves of one grammar |
";

    fn problems(a: &str, b: &str) -> Vec<String> {
        let modules = made_up(&[
            ("low", "pub mod l;"),
            ("low::l", "pub struct L;"),
            ("high", "mod a; mod b;"),
            ("high::a", a),
            ("high::b", b),
        ]);
        differences(&read(TABLES), &uses(&modules))
    }

    #[test]
    fn what_the_tables_say_passes() {
        assert!(problems("use crate::b::B; use low::l::L;", "pub struct B;").is_empty());
    }

    #[test]
    fn a_forbidden_path_is_named_with_its_place() {
        let found = problems(
            "use crate::b::B; use low::l::L; pub fn f() {}",
            "pub struct B;\nfn g() { super::a::f() }",
        );
        assert_eq!(found, ["high::b may not use high::a: high/b:2"]);
        let found = problems("use crate::b::B; use low::l::L;", "pub struct B(low::l::L);");
        assert_eq!(found, ["high::b may not use low::l: high/b:1"]);
    }

    #[test]
    fn an_entry_that_nothing_uses_is_named() {
        let found = problems("use low::l::L;", "pub struct B;");
        assert_eq!(found, ["high::a does not use b: take it from its row"]);
    }

    #[test]
    fn circles_are_those_of_the_table() {
        let tables = read(TABLES);
        let circle = [
            ("high", "mod a; mod b;"),
            ("high::a", "mod x; mod y;"),
            ("high::a::x", "use super::y::Y; pub struct X;"),
            ("high::a::y", "pub struct Y(super::x::X);"),
        ];
        let found =
            |files: &[(&str, &str)]| unnamed_circles(&tables, &circles(&uses(&made_up(files))));
        assert!(found(&circle).is_empty());
        let gone = found(&circle[..3]);
        assert!(gone[0].contains("is open"), "{gone:?}");
        assert!(
            unnamed_circles(&Tables::default(), &circles(&uses(&made_up(&circle))))[0].starts_with(
                "a circle in high::a: x, y\n    high::a::x uses high::a::y: high/a/x:1"
            )
        );
    }
}
