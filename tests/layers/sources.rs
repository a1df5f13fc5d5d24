//! The modules of the workspace: a crate's modules are its files, each with what it says.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::paths::{self, File};

/// Every module by its full name, such as `records::content::yaml`; a crate's root is its name.
pub(crate) type Modules = BTreeMap<String, Module>;

pub(crate) struct Module {
    /// The file, from the root of the repository.
    pub(crate) place: String,
    pub(crate) file: File,
}

/// The repository's root.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A file of the repository.
pub(crate) fn file(place: &str) -> String {
    fs::read_to_string(root().join(place)).unwrap_or_else(|error| panic!("{place}: {error}"))
}

/// The crates' names and folders: those below crates/, and the program.
pub(crate) fn crates() -> BTreeMap<String, String> {
    let below = fs::read_dir(root().join("crates")).unwrap();
    let names = below.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let crates = names.map(|name| (name.clone(), format!("crates/{name}/")));
    crates.chain([("yinfa".to_string(), String::new())]).collect()
}

/// All modules of all crates that are not tests.
pub(crate) fn modules() -> Modules {
    let mut modules = Modules::new();
    for (name, folder) in crates() {
        let below = format!("{folder}src");
        add(&mut modules, &name, &format!("{below}/lib.rs"), &below);
    }
    modules
}

/// Adds a module and those below it, whose files stand in `folder`.
fn add(modules: &mut Modules, name: &str, place: &str, folder: &str) {
    let said = paths::read(&file(place));
    for child in &said.modules {
        let below = format!("{folder}/{child}");
        let places = [format!("{below}.rs"), format!("{below}/mod.rs")];
        let place = places.iter().find(|place| root().join(place).is_file());
        let place = place.unwrap_or_else(|| panic!("{name} has no file for its module {child}"));
        add(modules, &format!("{name}::{child}"), place, &below);
    }
    modules.insert(name.to_string(), Module { place: place.to_string(), file: said });
}

/// Modules with the given names and texts.
pub(crate) fn made_up(files: &[(&str, &str)]) -> Modules {
    let module =
        |name: &str, text| Module { place: name.replace("::", "/"), file: paths::read(text) };
    files.iter().map(|(name, text)| ((*name).to_string(), module(name, text))).collect()
}
