//! Many publications, and a large one.

use super::Fallible;
use super::corpus::{PUBLICATION, Project};
use super::place::Place;
use super::process::{Contender, by_turns};
use super::report::Group;

pub(super) const PUBLICATIONS: [(usize, &str); 3] =
    [(1, "1 publication, cold"), (10, "10 publications, cold"), (100, "100 publications, cold")];
pub(super) const ITEMS: [(usize, &str); 2] =
    [(1, "1 publication, the sample's items once"), (10, "1 publication, 10 times the items")];
pub(super) const ALL_UNCHANGED: &str = "100 publications, nothing changed";

/// The rows of one place.
pub(super) fn group(place: &Place, runs: usize) -> Fallible<Group> {
    eprintln!("scale, {}", place.name());
    let mut projects = Vec::new();
    for (count, name) in PUBLICATIONS {
        let folder = format!("publications-{count}");
        projects.push((name, Project::of_publications(place, &folder, count)?));
    }
    for (times, name) in ITEMS {
        projects.push((name, Project::of_items(place, &format!("items-{times}"), times)?));
    }
    let unchanged = Project::of_publications(place, "unchanged-100", PUBLICATIONS[2].0)?;
    let mut contenders: Vec<Contender<'_>> = projects
        .iter()
        .map(|(name, project)| Contender {
            name,
            before: Box::new(|| project.clear()),
            run: Box::new(|| project.run(place)),
        })
        .collect();
    contenders.push(Contender {
        name: ALL_UNCHANGED,
        before: Box::new(|| match unchanged.root.join("output").is_dir() {
            true => Ok(()),
            false => unchanged.run(place).map(|_| ()),
        }),
        run: Box::new(|| unchanged.run(place)),
    });
    let taken = by_turns(&mut contenders, runs)?;
    let rows = contenders.iter().zip(taken).map(|(one, taken)| (one.name.to_string(), taken));
    let mut group = Group::new("Many publications, and a large one", place, rows.collect());
    for (name, project) in &projects {
        let output = walkdir::WalkDir::new(project.root.join("output")).into_iter();
        let files = output.filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
        let written = files.filter(|entry| entry.file_name() != "manifest.json").count();
        group.files.insert((*name).to_string(), written);
    }
    group.notes.push(format!(
        "Made from {PUBLICATION}: each publication, and each repetition of the items, says in every item which one it is, so no paragraph is the same twice."
    ));
    Ok(group)
}
