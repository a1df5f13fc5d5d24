//! `yinfa build`.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use clap::ArgMatches;

use super::environment::Environment;
use super::report::Reporter;
use super::{Exit, check, fonts, open};
use crate::build::{self, Format, Job, Lock, Only, Prepared, Selection, Tools};
use crate::check::Settings;
use crate::content::Project;
use crate::content::schema::project::EngineChoice;
use crate::diag::{Diagnostic, Diagnostics, Severity};
use crate::text;
use crate::typeset::{CommandEngine, EmbeddedEngine, Engine, Fonts, Standards, find_program};

pub(super) fn run(matches: &ArgMatches, environment: &Environment, reporter: &Reporter) -> Exit {
    match try_run(matches, environment, reporter) {
        Ok(exit) | Err(exit) => exit,
    }
}

fn try_run(
    matches: &ArgMatches,
    environment: &Environment,
    reporter: &Reporter,
) -> Result<Exit, Exit> {
    let started = Instant::now();
    let selection = selection(matches);
    let project = open::project(matches, environment, reporter)?;
    let prepared = open::publications(&project, matches, reporter)?;
    // All problems of the input first, whatever stops the run later.
    let mut all = open::all_problems(&project, &[]);
    let settings = Settings::of(&project.record, &mut all).at_least(Severity::Error);
    let wrong_settings = all.has_errors();
    // Characters without a font are found below, where they are set.
    let found: Vec<Diagnostics> =
        prepared.iter().map(|one| check::findings(&project, one, &settings, None)).collect();
    for diags in &found {
        all.append(diags.clone());
    }
    reporter.problems(&all.sorted());
    open::known_units(&selection.units, &prepared, reporter)?;
    let _lock = Lock::take(&project.root).map_err(|problem| {
        reporter.problem(*problem);
        Exit::CannotRun
    })?;

    let templates = open::templates(&project, reporter)?;
    let pdf = selection.formats.contains(&Format::Pdf);
    let engines = if pdf { Some(engines(matches, &project, environment, reporter)?) } else { None };
    let given = matches.get_one::<PathBuf>("output").map(|output| environment.folder.join(output));
    let output = output(given, &project);
    let jobs = matches.get_one::<NonZeroUsize>("jobs").copied();
    let jobs = jobs.or_else(|| std::thread::available_parallelism().ok());

    let mut exit = if wrong_settings { Exit::Problems } else { Exit::Fine };
    for (one, found) in prepared.iter().zip(&found) {
        let progress = |done, all| reporter.progress(&one.id, done, all);
        let tools = Tools {
            templates: &templates,
            engine: engines.as_ref().map(Engines::chosen),
            fonts: engines.as_ref().map(|engines| engines.fonts.as_ref()),
            layout: engines.as_ref().map(|engines| &engines.embedded),
            strict: matches.get_flag("strict-layout"),
            jobs: jobs.unwrap_or(NonZeroUsize::MIN),
            progress: &progress,
        };
        if !build_one(one, found, &selection, &tools, &output, reporter) {
            exit = Exit::Problems;
        }
    }
    if matches.get_many::<String>("publication").is_none() {
        let ids: Vec<&str> = project.publications.iter().map(|p| p.id.as_str()).collect();
        reporter.mentions(&build::leftovers(&output, &ids));
    }
    let seconds = format!("{:.1}", started.elapsed().as_secs_f64());
    reporter.detail(&text!("用时 {seconds} 秒", "{seconds} seconds"));
    Ok(exit)
}

/// Builds one publication and says what came of it; `false` when it has errors.
fn build_one(
    one: &Prepared,
    found: &Diagnostics,
    selection: &Selection,
    tools: &Tools<'_>,
    output: &Path,
    reporter: &Reporter,
) -> bool {
    let id = &one.id;
    let failed = |diags: &Diagnostics| {
        reporter.problems(diags);
        reporter.message(&if diags.iter().any(|d| d.code == build::OUTPUT_FAILED) {
            text!(
                "{id}：没有写完，请排除问题后重新生成",
                "{id}: not finished, build again when it is mended"
            )
        } else {
            text!(
                "{id}：有错误，未生成；原有的文件没有改动",
                "{id}: not built because of errors; what was there is untouched"
            )
        });
        false
    };
    let Some(publication) = one.publication.as_ref().filter(|_| !found.has_errors()) else {
        return failed(found);
    };
    let job = Job { publication, sources: &one.sources };
    match build::build(job, selection, tools, output) {
        Ok((summary, warnings)) => {
            reporter.problems(&warnings);
            let folder = output.join(id);
            reporter.message(&text!(
                "{id}：写入 {written} 个文件，{unchanged} 个未变，删去 {removed} 个 → {folder}",
                "{id}: {written} files written, {unchanged} unchanged, {removed} removed → {folder}",
                written = summary.written,
                unchanged = summary.unchanged,
                removed = summary.removed,
                folder = folder.display(),
            ));
            true
        }
        Err(diags) => failed(&diags),
    }
}

fn selection(matches: &ArgMatches) -> Selection {
    let mut selection = Selection::default();
    if let Some(formats) = matches.get_many::<String>("format") {
        selection.formats = formats
            .map(|format| if format == "html" { Format::Html } else { Format::Pdf })
            .collect();
    }
    selection.only = matches.get_one::<String>("only").map(|only| match only.as_str() {
        "notice" => Only::Notice,
        _ => Only::Sheets,
    });
    selection.units = matches.get_many::<String>("unit").into_iter().flatten().cloned().collect();
    selection
}

/// The output folder: the one given, else that of the project.
pub(super) fn output(given: Option<PathBuf>, project: &Project) -> PathBuf {
    let set = || project.root.join(project.record.output.as_deref().unwrap_or("output").trim());
    given.unwrap_or_else(set)
}

/// What sets the pages of a run: the library, which also looks at pages, and the command where
/// that is chosen.
struct Engines {
    embedded: EmbeddedEngine,
    command: Option<CommandEngine>,
    fonts: Arc<Fonts>,
}

impl Engines {
    fn chosen(&self) -> &dyn Engine {
        match &self.command {
            Some(command) => command,
            None => &self.embedded,
        }
    }
}

fn engines(
    matches: &ArgMatches,
    project: &Project,
    environment: &Environment,
    reporter: &Reporter,
) -> Result<Engines, Exit> {
    let fonts = fonts::needed(matches, project, environment, reporter)?;
    let choice = match matches.get_one::<String>("engine").map(String::as_str) {
        Some("command") => EngineChoice::Command,
        Some(_) => EngineChoice::Embedded,
        None => project.record.engine,
    };
    let standards = standards(matches).map_err(|diags| {
        reporter.problems(&diags);
        Exit::CannotRun
    })?;
    let command = match choice {
        EngineChoice::Embedded => None,
        EngineChoice::Command => {
            let program = typst_program(matches, project, environment, reporter)?;
            let engine = CommandEngine::new(&program, fonts.clone(), standards.clone());
            Some(engine.map_err(|diags| {
                reporter.problems(&diags);
                Exit::CannotRun
            })?)
        }
    };
    let embedded = EmbeddedEngine::new(fonts.clone(), standards);
    Ok(Engines { embedded, command, fonts })
}

/// The PDF standards asked for, those that suit archiving when none is.
fn standards(matches: &ArgMatches) -> Result<Standards, Diagnostics> {
    let Some(given) = matches.get_many::<String>("pdf-standard") else {
        return Ok(Standards::archival());
    };
    let names: Vec<&str> = given.map(|name| name.trim()).filter(|name| *name != "none").collect();
    Standards::new(&names)
}

/// The typst command: `--typst`, else the project's setting, else the one on the search path.
fn typst_program(
    matches: &ArgMatches,
    project: &Project,
    environment: &Environment,
    reporter: &Reporter,
) -> Result<PathBuf, Exit> {
    let given = matches.get_one::<PathBuf>("typst").map(|path| environment.folder.join(path));
    // A bare name in the settings is looked for, a path is taken from the project's root.
    let set = project.record.typst.as_deref().map(|set| PathBuf::from(set.trim()));
    let set =
        set.map(|set| if set.components().count() > 1 { project.root.join(set) } else { set });
    let wanted = given.or(set).unwrap_or_else(|| PathBuf::from("typst"));
    find_program(&wanted, environment.path.as_deref()).ok_or_else(|| {
        reporter.problem(
            Diagnostic::error(
                "typst-command-missing",
                text!("找不到 typst 命令“{name}”", "there is no typst command “{name}”", name = wanted.display()),
            )
            .help(text!(
                "用 cargo install --locked typst-cli 安装，用 --typst 指定路径，或改用内置引擎（--engine embedded）",
                "install it with `cargo install --locked typst-cli`, name its path with `--typst`, or use `--engine embedded`"
            )),
        );
        Exit::CannotRun
    })
}
