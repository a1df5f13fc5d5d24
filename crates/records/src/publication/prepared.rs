//! From a loaded project to its resolved publications, each with all its problems.

use std::sync::Arc;

use super::{Input, Publication, Registry, progress, resolve};
use crate::content::{LoadedPublication, LoadedRegistry, Project};
use base::diag::{Diagnostics, Source};

/// A publication, as far as it could be resolved, with all its problems.
#[derive(Debug)]
pub struct Prepared {
    /// Its id.
    pub id: String,
    /// The publication; `None` where the notice or the registry could not be read.
    pub publication: Option<Publication>,
    /// Its registry, where that could be read.
    pub registry: Option<Arc<Registry>>,
    /// The files it was made from.
    pub sources: Vec<Arc<Source>>,
    /// Its problems, those of the project's settings and of its registry included: with an error
    /// in either nothing can be built.
    pub diags: Diagnostics,
}

/// A registry with what is wrong with it.
struct Resolved {
    registry: Option<Arc<Registry>>,
    complete: bool,
    diags: Diagnostics,
}

/// Resolves the publications of a project whose id `wanted` accepts.
pub fn prepare(project: &Project, wanted: impl Fn(&str) -> bool) -> Vec<Prepared> {
    let registries: Vec<_> = project.registries.iter().map(resolve_registry).collect();
    project
        .publications
        .iter()
        .filter(|loaded| wanted(&loaded.id))
        .map(|loaded| prepare_one(project, loaded, &registries))
        .collect()
}

fn resolve_registry(loaded: &LoadedRegistry) -> Resolved {
    let mut diags = loaded.diags.clone();
    let registry =
        loaded.record.as_ref().map(|record| Arc::new(Registry::resolve(record, &mut diags)));
    Resolved { registry, complete: loaded.complete, diags }
}

fn prepare_one(project: &Project, loaded: &LoadedPublication, registries: &[Resolved]) -> Prepared {
    let mut diags = project.settings.clone();
    diags.append(loaded.diags.clone());
    let mut sources = vec![project.source.clone()];
    let mut registry = None;
    let mut complete = true;
    if let Some(place) = loaded.registry {
        let resolved = &registries[place];
        diags.append(resolved.diags.clone());
        registry = resolved.registry.clone();
        complete = resolved.complete;
        sources.extend(project.registries[place].source.clone());
    }
    sources.extend(loaded.sources.iter().cloned());
    let publication = match (&loaded.notice, registry.clone()) {
        (Some(notice), Some(registry)) => {
            let mut notice = notice.clone();
            notice.common = notice.common.or(&project.record.defaults);
            let office = project.record.office.as_deref();
            let items = &loaded.items;
            let input = Input { id: &loaded.id, notice, office, items, registry };
            let mut problems = Diagnostics::new();
            let mut publication = resolve(input, &mut problems);
            publication.progress = progress::resolve(&publication, &loaded.progress, &mut problems);
            // What seems to be unknown may stand behind the break of a file.
            let of_registry =
                ["unit-unknown", "qualifier-unknown", "recipient-unknown", "progress-unit-unknown"];
            diags.extend(problems.into_iter().filter(|problem| {
                (complete || !of_registry.contains(&problem.code))
                    && (loaded.complete || problem.code != "section-unknown")
            }));
            Some(publication)
        }
        _ => None,
    };
    Prepared { id: loaded.id.clone(), publication, registry, sources, diags }
}
