//! One build of the project after the other, each from what the files say by then.

use std::collections::BTreeSet;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::ArgMatches;

use super::super::environment::Environment;
use super::super::report::Reporter;
use super::super::{Exit, check, fonts, open};
use super::engines::{Engines, Wanted};
use super::said;
use base::diag::{Diagnostics, Severity};
use base::watch::Places;
use pages::build::{self, Format, Job, Selection, Summary, Tools};
use pages::render::Templates;
use pages::state;
use records::check::Settings;
use records::content::{CONTENT, PROJECT_FILE, Project};
use records::publication::Prepared;

/// Builds the project as often as it is asked to.
pub(in crate::cli) struct Builder<'a> {
    matches: &'a ArgMatches,
    environment: &'a Environment,
    selection: Selection,
    /// Fonts take the longest to get ready: the next build has them.
    engines: Option<(Wanted, Arc<Engines>)>,
}

/// What came of a build. What it reported, the reporter has.
pub(in crate::cli) struct Built {
    /// The exit code of a program that ended here.
    pub(in crate::cli) exit: Exit,
    /// Whether every publication had its turn.
    pub(in crate::cli) finished: bool,
    /// The project, where it could be read.
    pub(in crate::cli) project: Option<Project>,
    /// The publications asked for.
    pub(in crate::cli) prepared: Vec<Prepared>,
    /// The ids of those that were built.
    pub(in crate::cli) made: BTreeSet<String>,
    /// The templates, where they could be read.
    pub(in crate::cli) templates: Option<Arc<Templates>>,
    /// What set the pages, where any were asked for.
    pub(in crate::cli) engines: Option<Arc<Engines>>,
    /// The output folder.
    pub(in crate::cli) output: PathBuf,
}

impl<'a> Builder<'a> {
    pub(in crate::cli) fn new(
        matches: &'a ArgMatches,
        environment: &'a Environment,
        selection: Selection,
    ) -> Self {
        Self { matches, environment, selection, engines: None }
    }

    /// Reads the project and builds what is selected.
    pub(in crate::cli) fn build(&mut self, reporter: &Reporter) -> Built {
        let mut built = Built {
            exit: Exit::Fine,
            finished: false,
            project: None,
            prepared: Vec::new(),
            made: BTreeSet::new(),
            templates: None,
            engines: None,
            output: PathBuf::new(),
        };
        match self.try_build(&mut built, reporter) {
            Ok(()) => built.finished = true,
            Err(exit) => built.exit = exit,
        }
        built
    }

    /// What the last build read, or the first one will: records, templates, the fonts folders
    /// that somebody named. What else is read is the system's.
    pub(in crate::cli) fn places(&self, root: &Path) -> Places {
        let fonts = match &self.engines {
            Some((wanted, _)) => wanted.fonts.dirs.clone(),
            None => fonts::settings(self.matches, None, self.environment).dirs,
        };
        let places = Places::default()
            .folder(root.join(CONTENT))
            .folder(root.join("templates"))
            .file(root.join(PROJECT_FILE));
        fonts.into_iter().fold(places, Places::folder)
    }

    fn try_build(&mut self, built: &mut Built, reporter: &Reporter) -> Result<(), Exit> {
        let (matches, environment) = (self.matches, self.environment);
        let project = open::project(matches, environment, reporter)?;
        let given =
            matches.get_one::<PathBuf>("output").map(|folder| environment.folder.join(folder));
        built.output = output(given, &project);
        let project = built.project.insert(project);
        let sets_pages = self.selection.formats.contains(&Format::Pdf);
        let search = Some(&*project).filter(|_| sets_pages && self.engines.is_none());
        let search = search.and_then(|project| {
            fonts::Search::begin(fonts::settings(matches, Some(project), environment))
        });
        built.prepared = open::publications(project, matches, reporter)?;
        let prepared = &built.prepared;
        // All problems of the input first, whatever stops the run later.
        let mut all = open::all_problems(project, &[]);
        let settings = Settings::of(&project.record, &mut all).at_least(Severity::Error);
        if all.has_errors() {
            built.exit = Exit::Problems;
        }
        // Characters without a font are found below, where they are set.
        let found: Vec<Diagnostics> =
            prepared.iter().map(|one| check::findings(project, one, &settings, None)).collect();
        for diags in &found {
            all.append(diags.clone());
        }
        reporter.problems(&all.sorted());
        open::known_units(&self.selection.units, prepared, reporter)?;
        let _lock = open::lock(&project.root, self.selection.part, reporter)?;

        let templates = open::templates(project, reporter)?;
        let templates = built.templates.insert(Arc::new(templates));
        if sets_pages {
            built.engines = Some(self.engines(project, search, reporter)?);
        }
        let engines = built.engines.as_deref();
        let jobs = matches.get_one::<NonZeroUsize>("jobs").copied();
        let jobs = jobs.or_else(|| std::thread::available_parallelism().ok());
        let state = project.root.join(state::FOLDER).join("build");
        for (one, found) in prepared.iter().zip(&found) {
            let progress = |done, all| reporter.progress(&one.id, done, all);
            let tools = Tools {
                templates,
                engine: engines.map(Engines::chosen),
                fonts: engines.map(|engines| engines.fonts.as_ref()),
                layout: engines.map(|engines| engines.embedded.as_ref()),
                strict: matches.get_flag("strict-layout"),
                force: asked(matches, "force"),
                state: Some(&state),
                program: &environment.program,
                jobs: jobs.unwrap_or(NonZeroUsize::MIN),
                progress: &progress,
            };
            match build_one(one, found, &self.selection, &tools, &built.output) {
                Ok((summary, remarks)) => {
                    reporter.problems(&remarks);
                    said::built(&one.id, &summary, &built.output, reporter);
                    if asked(matches, "explain") {
                        said::explained(&one.id, &summary, reporter);
                    }
                    built.made.insert(one.id.clone());
                }
                Err(diags) => {
                    said::failed(&one.id, &diags, reporter);
                    built.exit = Exit::Problems;
                }
            }
        }
        if let Some(engines) = engines {
            engines.fonts.remember();
        }
        if matches.get_many::<String>("publication").is_none() {
            let ids: Vec<&str> = project.publications.iter().map(|p| p.id.as_str()).collect();
            reporter.mentions(&build::leftovers(&built.output, &ids));
        }
        Ok(())
    }

    /// The engines of the last build, where the same ones are wanted again.
    fn engines(
        &mut self,
        project: &Project,
        search: Option<fonts::Search>,
        reporter: &Reporter,
    ) -> Result<Arc<Engines>, Exit> {
        let wanted = Wanted::of(self.matches, project, self.environment, reporter)?;
        let is_whole = |engines: &Engines| engines.fonts.lost().next().is_none();
        let same =
            self.engines.as_ref().filter(|(kept, engines)| *kept == wanted && is_whole(engines));
        if let Some((_, kept)) = same {
            return Ok(kept.clone());
        }
        self.engines = None;
        let engines = Arc::new(Engines::get(&wanted, search, self.matches, reporter)?);
        self.engines = Some((wanted, engines.clone()));
        Ok(engines)
    }
}

/// The output folder of a run: the one given, else that of the project.
pub(in crate::cli) fn output(given: Option<PathBuf>, project: &Project) -> PathBuf {
    let set = || project.root.join(project.record.output.as_deref().unwrap_or("output").trim());
    given.unwrap_or_else(set)
}

/// Whether a flag is given, of a subcommand that may not have it.
fn asked(matches: &ArgMatches, flag: &str) -> bool {
    matches.try_get_one::<bool>(flag).ok().flatten().copied().unwrap_or(false)
}

/// Builds one publication of which `found` is known.
fn build_one(
    one: &Prepared,
    found: &Diagnostics,
    selection: &Selection,
    tools: &Tools<'_>,
    output: &Path,
) -> Result<(Summary, Diagnostics), Diagnostics> {
    match one.publication.as_ref().filter(|_| !found.has_errors()) {
        Some(publication) => {
            build::build(Job { publication, sources: &one.sources }, selection, tools, output)
        }
        None => Err(found.clone()),
    }
}
