//! Building for the preview: once at the start and after each change, while the pages are served.

use std::io;
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use super::pages::Good;
use super::preview::{Preview, PublicationUpdate, Update};
use super::server::{Stop, run};
use crate::session::{Builder, Built, Event, Failure, Outcome, Tell, findings, repeat};
use base::diag::{Diagnostic, Diagnostics};
use base::text;
use base::watch::Watcher;
use records::check::{Covers, Settings};

/// The problem of a server that the system does not let run.
pub(crate) fn cannot_serve(error: &io::Error) -> Failure {
    let message = text!("预览服务无法运行", "the preview cannot be served");
    Diagnostic::error("serve-failed", message).detail(error.to_string()).into()
}

/// Builds after each change and serves what came of it, until `stop` is called or the watcher is
/// ended; how the builds ended.
pub(crate) fn build_and_serve(
    mut builder: Builder<'_>,
    watcher: Watcher,
    listener: TcpListener,
    preview: Preview,
    stop: &Stop,
    tell: Tell<'_>,
) -> Result<Outcome, Failure> {
    let preview = Arc::new(preview);
    let is_building = AtomicBool::new(false);
    let stop_handle = watcher.stop_handle();
    std::thread::scope(|scope| {
        let (is_building, shown) = (&is_building, &preview);
        let builds = scope.spawn(move || {
            let start = builder.places();
            let ended = repeat(&watcher, start, tell, || {
                is_building.store(true, Ordering::Relaxed);
                shown.begin();
                let started = Instant::now();
                let built = builder.build(tell);
                let round = builder.round(&built);
                if !round.was_locked_out {
                    shown.update(update(built, started.elapsed().as_secs_f64()));
                }
                is_building.store(false, Ordering::Relaxed);
                round
            });
            stop.stop();
            ended
        });
        let served = run(listener, preview.clone(), stop).map_err(|error| cannot_serve(&error));
        stop_handle.end();
        if is_building.load(Ordering::Relaxed) {
            tell(Event::Finishing);
        }
        let ended = builds.join().unwrap_or(Outcome::CannotRun);
        served.map(|()| ended)
    })
}

/// What the preview shows of a build.
fn update(built: Built, seconds: f64) -> Update {
    let failed = built.outcome != Outcome::Done;
    let problems = built.problems;
    let Some(session) = built.session.as_ref() else {
        return Update { failed, seconds, problems, ..Update::default() };
    };
    let project = &session.project;
    // Problems of yinfa.yaml are among the findings of every publication.
    let mut others = project.files.clone();
    let settings = Settings::of(&project.record, &mut others);
    let fonts = built.engines.as_ref().map(|engines| engines.fonts.clone());
    let covers = fonts.as_ref().map(|fonts| move |c| fonts.covered_by_any(c));
    let covers = covers.as_ref().map(|covers| covers as Covers<'_>);
    let found: Vec<Diagnostics> =
        built.prepared.iter().map(|one| findings(project, one, &settings, covers)).collect();
    // What only building finds, such as pages that do not meet the standard.
    let is_known = |problem: &Diagnostic| {
        found.iter().chain([&others]).any(|found| found.iter().any(|known| known == problem))
    };
    let only_built: Vec<_> = problems.iter().filter(|p| !is_known(p)).cloned().collect();
    others.extend(only_built);
    let publications = built
        .prepared
        .into_iter()
        .zip(found)
        .map(|(one, findings)| {
            let made = built.made.contains(&one.id);
            let publication = one.publication.map(Arc::new);
            let mut update = PublicationUpdate { id: one.id, findings, made, ..Default::default() };
            if let Some(publication) = publication {
                update.title = Some(publication.title());
                update.number = publication.doc_number();
                update.document = publication.kind();
                if let (true, Some(templates), Some(engines)) =
                    (made, &built.templates, &built.engines)
                {
                    update.good = Some(Good {
                        publication,
                        templates: templates.clone(),
                        fonts: engines.fonts.clone(),
                        layout: engines.embedded.clone(),
                    });
                }
            }
            update
        })
        .collect();
    Update {
        output: built.output,
        failed,
        seconds,
        problems,
        project: others,
        publications: Some(publications),
    }
}
