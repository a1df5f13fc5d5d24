//! A loaded project to publications that can be built.

use std::sync::Arc;

use crate::content::{LoadedPublication, LoadedRegistry, Project};
use crate::diag::{Diagnostics, Source};
use crate::publication::{Input, Publication, Registry, resolve};

/// A publication, as far as it could be resolved, with all its problems.
#[derive(Debug)]
pub struct Prepared {
    /// Its id.
    pub id: String,
    /// The publication; `None` where the notice or the registry could not be read.
    pub publication: Option<Publication>,
    /// The files it was made from.
    pub sources: Vec<Arc<Source>>,
    /// Its problems, those of its registry included.
    pub diags: Diagnostics,
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

fn resolve_registry(loaded: &LoadedRegistry) -> (Option<Arc<Registry>>, Diagnostics) {
    let mut diags = loaded.diags.clone();
    let registry =
        loaded.record.as_ref().map(|record| Arc::new(Registry::resolve(record, &mut diags)));
    (registry, diags)
}

fn prepare_one(
    project: &Project,
    loaded: &LoadedPublication,
    registries: &[(Option<Arc<Registry>>, Diagnostics)],
) -> Prepared {
    let mut diags = loaded.diags.clone();
    let mut sources = vec![project.source.clone()];
    let mut registry = None;
    if let Some(place) = loaded.registry {
        diags.append(registries[place].1.clone());
        registry = registries[place].0.clone();
        sources.extend(project.registries[place].source.clone());
    }
    sources.extend(loaded.sources.iter().cloned());
    let publication = match (&loaded.notice, registry) {
        (Some(notice), Some(registry)) => {
            let mut notice = notice.clone();
            notice.common = notice.common.or(&project.record.defaults);
            let office = project.record.office.as_deref();
            let items = &loaded.items;
            let input = Input { id: &loaded.id, notice, office, items, registry };
            Some(resolve(input, &mut diags))
        }
        _ => None,
    };
    Prepared { id: loaded.id.clone(), publication, sources, diags }
}
