//! `yinfa serve`.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use clap::ArgMatches;

use super::build::{Builder, Built};
use super::environment::Environment;
use super::report::{self, Reporter};
use super::watch::{Round, is_in_the_way, repeat, waiting};
use super::{Exit, check, ending, open};
use crate::serve::{self, Good, Preview, PublicationUpdate, Stop, Update};
use base::diag::{Diagnostic, Diagnostics};
use base::text;
use base::watch::Watcher;
use pages::build::Selection;
use records::check::{Covers, Settings};

pub(super) fn run(matches: &ArgMatches, environment: &Environment, reporter: &Reporter) -> Exit {
    try_run(matches, environment, reporter).unwrap_or_else(|exit| exit)
}

fn try_run(
    matches: &ArgMatches,
    environment: &Environment,
    reporter: &Reporter,
) -> Result<Exit, Exit> {
    let cannot_run = |problem: Diagnostic| {
        reporter.problem(problem);
        Exit::CannotRun
    };
    let root = open::root(matches, environment, reporter)?;
    let listener = serve::listen(matches.get_one::<u16>("port").copied());
    let listener = listener.map_err(&cannot_run)?;
    let failed = |error: std::io::Error| {
        let message = text!("预览服务无法运行", "the preview cannot be served");
        cannot_run(Diagnostic::error("serve-failed", message).detail(error.to_string()))
    };
    let address = listener.local_addr().map_err(failed)?;
    let preview = Arc::new(Preview::new(reporter.lang, name(&root)));

    let watcher = Watcher::new(matches.get_flag("poll"));
    let (ender, stop) = (watcher.ender(), Stop::default());
    let building = AtomicBool::new(false);
    let stopper = stop.clone();
    ending::at_ctrl_c(move || {
        ender.end();
        stopper.stop();
    });
    let where_to = text!(
        "预览：http://{address}/（只有本机能打开），按 Ctrl+C 结束\n",
        "preview: http://{address}/ (for this machine only), Ctrl+C ends it\n"
    );
    report::output(where_to.get(reporter.lang));
    let ender = watcher.ender();
    std::thread::scope(|scope| {
        let (building, preview, root) = (&building, &preview, &root);
        let stopper = &stop;
        let builds = scope.spawn(move || {
            let mut first = true;
            let mut builder = Builder::new(matches, environment, Selection::default());
            let start = builder.places(root);
            let ended = repeat(&watcher, start, || {
                building.store(true, Ordering::Relaxed);
                let (exit, again) = build(&mut builder, preview, reporter);
                building.store(false, Ordering::Relaxed);
                // A mistake on the command line, or a machine without fonts.
                let hopeless = std::mem::take(&mut first) && exit == Exit::CannotRun && !again;
                if !again && !hopeless {
                    waiting(reporter);
                }
                Round { places: builder.places(root), again, hopeless }
            });
            stopper.stop();
            ended
        });
        let served = serve::run(listener, preview.clone(), &stop).map_err(failed);
        ender.end();
        if building.load(Ordering::Relaxed) {
            reporter.message(&text!(
                "等待这次生成结束；再按一次 Ctrl+C 立即结束",
                "waiting for this build to end; Ctrl+C once more ends at once"
            ));
        }
        let built = builds.join().unwrap_or(Exit::CannotRun);
        served.map(|()| built)
    })
}

/// What the page calls the project: its folder's name.
fn name(root: &Path) -> String {
    let root = root.canonicalize().unwrap_or_else(|_| root.to_path_buf());
    root.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Builds once and shows what came of it; `true` when another build was in the way.
fn build(builder: &mut Builder<'_>, preview: &Preview, reporter: &Reporter) -> (Exit, bool) {
    preview.begin();
    let started = Instant::now();
    let built = builder.build(reporter);
    let problems = reporter.take();
    let exit = built.exit;
    if is_in_the_way(&problems) {
        return (exit, true);
    }
    preview.update(update(built, problems, started.elapsed().as_secs_f64()));
    (exit, false)
}

fn update(built: Built, problems: Diagnostics, seconds: f64) -> Update {
    let failed = built.exit != Exit::Fine;
    let Some(project) = built.project.as_ref() else {
        return Update { failed, seconds, problems, ..Update::default() };
    };
    // Those of yinfa.yaml are among the findings of every publication.
    let mut others = project.files.clone();
    let settings = Settings::of(&project.record, &mut others);
    let fonts = built.engines.as_ref().map(|engines| engines.fonts.clone());
    let covers = fonts.as_ref().map(|fonts| move |c| fonts.covered_by_any(c));
    let covers = covers.as_ref().map(|covers| covers as Covers<'_>);
    let found: Vec<Diagnostics> =
        built.prepared.iter().map(|one| check::findings(project, one, &settings, covers)).collect();
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
        output: Some(built.output),
        failed,
        seconds,
        problems,
        project: others,
        publications: Some(publications),
    }
}
