//! What the rules find in a publication.

use base::diag::Diagnostics;
use records::check::{self, Context, Covers, Settings};
use records::content::Project;
use records::publication::Prepared;

/// What the rules find in a publication, together with the problems of reading it. Characters
/// without a font are found only where `covers` is given.
pub(crate) fn findings(
    project: &Project,
    one: &Prepared,
    settings: &Settings,
    covers: Option<Covers<'_>>,
) -> Diagnostics {
    let loaded = project.publications.iter().find(|loaded| loaded.id == one.id);
    let (Some(publication), Some(loaded)) = (&one.publication, loaded) else {
        return one.diags.clone();
    };
    let registry = loaded.registry.and_then(|place| project.registries.get(place));
    let mut context = Context::new(publication, &loaded.items);
    context.units = registry.and_then(|registry| registry.record.as_ref());
    context.complete = !one.diags.has_errors();
    context.covers = covers;
    context.lexicon = Some(&project.record.lexicon);
    context.comments = loaded.comments.iter().collect();
    context.comments.extend(registry.iter().flat_map(|registry| &registry.comments));
    context.comments.extend(&project.comments);
    check::check(&context, one.diags.clone(), settings)
}
