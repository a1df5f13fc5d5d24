//! Which module uses which: paths are followed through imports and re-exports to the module that
//! defines what they name.

use std::collections::BTreeMap;

use crate::paths::Path;
use crate::sources::Modules;

/// A module uses another one.
#[derive(Debug, Clone)]
pub(crate) struct Use {
    pub(crate) from: String,
    pub(crate) to: String,
    /// File and line of the first path that says so.
    pub(crate) place: String,
}

/// All uses between modules, one for each pair.
pub(crate) fn uses(modules: &Modules) -> Vec<Use> {
    let mut found = BTreeMap::new();
    for (name, module) in modules {
        let imports = module.file.imports.iter().map(|import| &import.path);
        for path in imports.chain(&module.file.paths) {
            let Some(to) = resolve(modules, name, path) else { continue };
            if to != *name {
                let place = format!("{}:{}", module.place, path.line);
                found.entry((name.clone(), to)).or_insert(place);
            }
        }
    }
    found.into_iter().map(|((from, to), place)| Use { from, to, place }).collect()
}

/// The module that defines what a path inside a module names; none for a name of the standard
/// library, of another package, or of the module itself.
fn resolve(modules: &Modules, inside: &str, path: &Path) -> Option<String> {
    follow(modules, inside, &path.segments, 0)
}

fn follow(modules: &Modules, inside: &str, segments: &[String], depth: usize) -> Option<String> {
    // Imports that lead to one another end here.
    if depth > 16 {
        return None;
    }
    let (first, rest) = segments.split_first()?;
    let start = match first.as_str() {
        "crate" => inside.split("::").next()?.to_string(),
        "self" => inside.to_string(),
        "super" => parent(inside)?.to_string(),
        name => return named(modules, inside, name, rest, true, depth),
    };
    within(modules, &start, rest, depth)
}

/// What the segments name, seen from outside a module.
fn within(modules: &Modules, module: &str, segments: &[String], depth: usize) -> Option<String> {
    match segments.split_first() {
        None => Some(module.to_string()),
        Some((first, rest)) if first == "super" => within(modules, parent(module)?, rest, depth),
        Some((first, rest)) => {
            named(modules, module, first, rest, false, depth).or_else(|| Some(module.to_string()))
        }
    }
}

/// What a name stands for inside a module: a module below it, an import, an item, or, where the
/// path begins with it, a crate.
fn named(
    modules: &Modules,
    module: &str,
    name: &str,
    rest: &[String],
    begins: bool,
    depth: usize,
) -> Option<String> {
    let below = format!("{module}::{name}");
    if modules.contains_key(&below) {
        return within(modules, &below, rest, depth);
    }
    let file = &modules.get(module)?.file;
    let is_root = !module.contains("::");
    if is_root && let Some(found) = exported_macro(modules, module, name) {
        return Some(found);
    }
    if file.items.iter().any(|item| item == name) {
        return Some(module.to_string());
    }
    for import in file.imports.iter().filter(|import| import.name == name) {
        // `use base::text;` stands for itself where `text` is the first segment of the import.
        if import.path.segments.first().is_some_and(|first| first == name) && begins {
            break;
        }
        let segments: Vec<_> = import.path.segments.iter().chain(rest).cloned().collect();
        if let Some(found) = follow(modules, module, &segments, depth + 1) {
            return Some(found);
        }
    }
    if begins && modules.contains_key(name) {
        return within(modules, name, rest, depth);
    }
    // Imports of everything that lead to one another end here.
    for import in file.imports.iter().filter(|import| depth < 16 && import.name == "*") {
        let Some(all) = follow(modules, module, &import.path.segments, depth + 1) else { continue };
        if let Some(found) = named(modules, &all, name, rest, false, depth + 1) {
            return Some(found);
        }
    }
    None
}

/// The module of a crate that defines a macro, which counts as an item of the crate's root.
fn exported_macro(modules: &Modules, root: &str, name: &str) -> Option<String> {
    let below = format!("{root}::");
    let mut inside = modules.iter().filter(|(module, _)| module.starts_with(&below));
    let (module, _) =
        inside.find(|(_, module)| module.file.macros.iter().any(|one| one == name))?;
    Some(module.clone())
}

fn parent(module: &str) -> Option<&str> {
    module.rsplit_once("::").map(|(parent, _)| parent)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::made_up;

    /// The uses between modules of made-up crates.
    fn found(files: &[(&str, &str)]) -> Vec<String> {
        uses(&made_up(files)).iter().map(|one| format!("{} > {}", one.from, one.to)).collect()
    }

    #[test]
    fn a_path_leads_to_the_module_that_defines_what_it_names() {
        let found = found(&[
            ("a", "mod b; mod c; pub use c::D;"),
            ("a::b", "use crate::D; fn f(d: super::c::D) {}"),
            ("a::c", "pub struct D;"),
        ]);
        assert_eq!(found, ["a > a::c", "a::b > a::c"]);
    }

    #[test]
    fn paths_are_followed_through_imports_of_modules_and_of_everything() {
        let found = found(&[
            ("a", "mod b; mod c;"),
            ("a::b", "use crate::c; fn f() { c::d::e() }"),
            ("a::c", "pub mod d; pub use d::*;"),
            ("a::c::d", "pub fn e() {}"),
            ("g", "use a::c::e; fn h() { a::c::e() }"),
        ]);
        assert_eq!(found, ["a::b > a::c", "a::b > a::c::d", "a::c > a::c::d", "g > a::c::d"]);
    }

    #[test]
    fn the_face_of_a_folder_is_named_for_what_it_defines_itself() {
        let found = found(&[
            ("a", "mod b; pub struct Options; fn f() { b::g() }"),
            ("a::b", "use super::Options; pub fn g() { std::fs::read(); Options::new() }"),
        ]);
        assert_eq!(found, ["a > a::b", "a::b > a"]);
    }

    #[test]
    fn a_macro_leads_to_its_module() {
        let found = found(&[
            ("a", "mod b;"),
            ("a::b", "macro_rules! text { () => {} }"),
            ("c", "use a::text; fn f() { text!() } "),
            ("d", "fn f() { a::text!() }"),
        ]);
        assert_eq!(found, ["c > a::b", "d > a::b"]);
    }
}
