//! Builds of a project, one after the other, each from what its files say by then.

use std::collections::BTreeSet;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use base::diag::{Diagnostics, Severity};
use base::watch::Places;
use pages::build::{self, Job, Selection, Summary, Tools};
use pages::render::Templates;
use pages::state;
use records::check::Settings;
use records::content::schema::formats::Formats;
use records::content::{CONTENT, PROJECT_FILE, Project};
use records::publication::Prepared;

use super::engines::Wanted;
use super::fonts::FontSearch;
use super::rounds::is_locked_out;
use super::{
    EngineOptions, Engines, Event, Failure, Machine, Outcome, Round, Session, Tell, findings,
    font_settings, known_units,
};

/// What is built, how and to where.
#[derive(Debug, Clone)]
pub(crate) struct BuildOptions {
    /// The ids of publications; all when empty.
    pub(crate) publications: Vec<String>,
    /// What of each publication.
    pub(crate) selection: Selection,
    /// Formats that are made beside those of the project.
    pub(crate) needed: Formats,
    /// The output folder, where it is not the project's.
    pub(crate) output: Option<PathBuf>,
    /// How many threads, where it is not one for each core.
    pub(crate) jobs: Option<NonZeroUsize>,
    pub(crate) engines: EngineOptions,
    /// Whether a notice whose pages do not meet the standard is refused.
    pub(crate) strict_layout: bool,
    /// Whether everything is made again.
    pub(crate) force: bool,
    /// Whether an output folder may have other files in it.
    pub(crate) force_output: bool,
}

impl Default for BuildOptions {
    fn default() -> Self {
        let none = BTreeSet::new();
        Self {
            publications: Vec::new(),
            selection: Selection::default(),
            needed: Formats::same(none),
            output: None,
            jobs: None,
            engines: EngineOptions::default(),
            strict_layout: false,
            force: false,
            force_output: false,
        }
    }
}

/// Builds the project as often as it is asked to.
pub(crate) struct Builder<'a> {
    root: PathBuf,
    options: BuildOptions,
    machine: &'a Machine,
    /// Fonts take the longest to get ready, so they are kept for the next build.
    engines: Option<(Wanted, Arc<Engines>)>,
}

/// What came of a build.
pub(crate) struct Built {
    pub(crate) outcome: Outcome,
    /// The project, where it could be read.
    pub(crate) session: Option<Arc<Session>>,
    /// The publications asked for.
    pub(crate) prepared: Vec<Prepared>,
    /// The ids of those that were built.
    pub(crate) made: BTreeSet<String>,
    /// The templates, where they could be read.
    pub(crate) templates: Option<Arc<Templates>>,
    /// What set the pages, where any were asked for.
    pub(crate) engines: Option<Arc<Engines>>,
    /// The output folder, where the project could be read.
    pub(crate) output: Option<PathBuf>,
    /// Every problem that was told, once.
    pub(crate) problems: Diagnostics,
}

impl Built {
    /// Whether another build kept this one from its work.
    pub(crate) fn was_locked_out(&self) -> bool {
        is_locked_out(&self.problems)
    }

    fn tell(&mut self, problems: &Diagnostics, tell: Tell<'_>) {
        self.note(problems);
        tell(Event::Problems(problems));
    }

    fn note(&mut self, problems: &Diagnostics) {
        for problem in problems.iter() {
            if !self.problems.iter().any(|known| known == problem) {
                self.problems.push(problem.clone());
            }
        }
    }
}

impl<'a> Builder<'a> {
    pub(crate) fn new(root: PathBuf, options: BuildOptions, machine: &'a Machine) -> Self {
        Self { root, options, machine, engines: None }
    }

    /// Reads the project and builds what is selected.
    pub(crate) fn build(&mut self, tell: Tell<'_>) -> Built {
        let mut built = Built {
            outcome: Outcome::Done,
            session: None,
            prepared: Vec::new(),
            made: BTreeSet::new(),
            templates: None,
            engines: None,
            output: None,
            problems: Diagnostics::new(),
        };
        if let Err(failure) = self.try_build(&mut built, tell) {
            built.tell(&failure.problems, tell);
            built.outcome = failure.outcome;
        }
        built
    }

    /// What a build leaves for a run that repeats.
    pub(crate) fn round(&self, built: &Built) -> Round {
        let was_locked_out = built.was_locked_out();
        Round { places: self.places(), outcome: built.outcome, was_locked_out }
    }

    /// What the last build read, or the first one will: records, templates, and the folders of
    /// fonts that somebody named. The rest belongs to the system.
    pub(crate) fn places(&self) -> Places {
        let fonts = match &self.engines {
            Some((wanted, _)) => wanted.fonts.dirs.clone(),
            None => font_settings(&self.options.engines.fonts, None, self.machine).dirs,
        };
        let places = Places::default()
            .folder(self.root.join(CONTENT))
            .folder(self.root.join("templates"))
            .file(self.root.join(PROJECT_FILE));
        fonts.into_iter().fold(places, Places::folder)
    }

    fn try_build(&mut self, built: &mut Built, tell: Tell<'_>) -> Result<(), Failure> {
        let session = Arc::new(Session::open(&self.root)?);
        built.session = Some(session.clone());
        let project = &session.project;
        let options = &self.options;
        let output = session.output(options.output.as_deref());
        built.output = Some(output.clone());
        let mut selection = options.selection.clone();
        selection.usual = project.record.formats.and(&options.needed);
        let sets_pages = selection.sets_pages();
        let search = (sets_pages && self.engines.is_none())
            .then(|| font_settings(&options.engines.fonts, Some(project), self.machine))
            .and_then(FontSearch::begin);
        built.prepared = session.prepare(&options.publications)?;
        // All problems of the input first, whatever stops the run later.
        let mut problems = session.problems(&[]);
        let settings = Settings::of(&project.record, &mut problems).at_least(Severity::Error);
        if problems.has_errors() {
            built.outcome = Outcome::Problems;
        }
        // Characters without a font are found below, where they are set.
        let findings: Vec<Diagnostics> =
            built.prepared.iter().map(|one| findings(project, one, &settings, None)).collect();
        for diags in &findings {
            problems.append(diags.clone());
        }
        built.tell(&problems.sorted(), tell);
        known_units(&selection.units, &built.prepared)?;
        let _lock = session.lock(selection.part)?;
        if !options.force_output {
            session.may_build_into(&output, options.output.is_some())?;
        }

        let (templates, remarks) = session.templates()?;
        built.tell(&remarks, tell);
        let templates = Arc::new(templates);
        built.templates = Some(templates.clone());
        let engines = if sets_pages { Some(self.engines(project, search, tell)?) } else { None };
        built.engines.clone_from(&engines);
        let making = Making {
            options: &self.options,
            selection: &selection,
            machine: self.machine,
            state: project.root.join(state::FOLDER).join("build"),
            templates: &templates,
            engines: engines.as_deref(),
            output: &output,
        };
        for (place, found) in findings.iter().enumerate() {
            let one = &built.prepared[place];
            let id = one.id.clone();
            match making.make(one, found, tell) {
                Ok((summary, remarks)) => {
                    built.tell(&remarks, tell);
                    tell(Event::Built { id: &id, summary: &summary, output: &output });
                    built.made.insert(id);
                }
                Err(problems) => {
                    built.note(&problems);
                    tell(Event::Failed { id: &id, problems: &problems });
                    built.outcome = Outcome::Problems;
                }
            }
        }
        if let Some(engines) = engines {
            engines.fonts.remember();
        }
        if self.options.publications.is_empty() {
            let ids: Vec<&str> = project.publications.iter().map(|p| p.id.as_str()).collect();
            tell(Event::Remarks(&build::leftovers(&output, &ids)));
        }
        Ok(())
    }

    /// The engines of the last build, where the same ones are wanted again.
    fn engines(
        &mut self,
        project: &Project,
        search: Option<FontSearch>,
        tell: Tell<'_>,
    ) -> Result<Arc<Engines>, Failure> {
        let options = &self.options.engines;
        let wanted = Wanted::of(options, project, self.machine)?;
        let is_whole = |engines: &Engines| engines.fonts.lost().next().is_none();
        let same =
            self.engines.as_ref().filter(|(kept, engines)| *kept == wanted && is_whole(engines));
        if let Some((_, kept)) = same {
            return Ok(kept.clone());
        }
        self.engines = None;
        let (engines, remarks) = Engines::get(&wanted, search, options)?;
        tell(Event::Remarks(&remarks));
        let engines = Arc::new(engines);
        self.engines = Some((wanted, engines.clone()));
        Ok(engines)
    }
}

/// What the publications of one build are made with.
struct Making<'a> {
    options: &'a BuildOptions,
    selection: &'a Selection,
    machine: &'a Machine,
    /// Where the build keeps its cache.
    state: PathBuf,
    templates: &'a Templates,
    engines: Option<&'a Engines>,
    output: &'a Path,
}

impl Making<'_> {
    /// Builds one publication, unless the rules found an error in it.
    fn make(
        &self,
        one: &Prepared,
        found: &Diagnostics,
        tell: Tell<'_>,
    ) -> Result<(Summary, Diagnostics), Diagnostics> {
        let publication = one.publication.as_ref().filter(|_| !found.has_errors());
        let Some(publication) = publication else { return Err(found.clone()) };
        let jobs = self.options.jobs.or_else(|| std::thread::available_parallelism().ok());
        let progress = |done, all| tell(Event::Progress { name: &one.id, done, all });
        let tools = Tools {
            templates: self.templates,
            engine: self.engines.map(Engines::chosen),
            fonts: self.engines.map(|engines| engines.fonts.as_ref()),
            layout: self.engines.map(|engines| engines.embedded.as_ref()),
            strict: self.options.strict_layout,
            force: self.options.force,
            state: Some(&self.state),
            program: &self.machine.program,
            jobs: jobs.unwrap_or(NonZeroUsize::MIN),
            progress: &progress,
        };
        let job = Job { publication, sources: &one.sources };
        build::build(job, self.selection, &tools, self.output)
    }
}
