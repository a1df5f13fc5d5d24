//! What sets the pages of a run.

use std::path::PathBuf;
use std::sync::Arc;

use clap::ArgMatches;

use super::super::environment::Environment;
use super::super::report::Reporter;
use super::super::{Exit, fonts};
use base::diag::{Diagnostic, Diagnostics};
use base::text;
use base::watch::{Look, Places};
use pages::typeset::{
    CommandEngine, EmbeddedEngine, Engine, FontSettings, Fonts, Standards, find_program,
};
use records::content::Project;
use records::content::schema::project::EngineChoice;

/// What a project and the command line ask for.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Wanted {
    pub(super) fonts: FontSettings,
    /// The fonts in the folders that somebody named: those are there to be changed.
    files: Look,
    /// The typst command, where that is chosen.
    program: Option<PathBuf>,
}

impl Wanted {
    pub(super) fn of(
        matches: &ArgMatches,
        project: &Project,
        environment: &Environment,
        reporter: &Reporter,
    ) -> Result<Self, Exit> {
        let choice = match matches.get_one::<String>("engine").map(String::as_str) {
            Some("command") => EngineChoice::Command,
            Some(_) => EngineChoice::Embedded,
            None => project.record.engine,
        };
        let program = match choice {
            EngineChoice::Embedded => None,
            EngineChoice::Command => Some(typst_program(matches, project, environment, reporter)?),
        };
        let fonts = fonts::settings(matches, Some(project), environment);
        let files = fonts.dirs.iter().cloned().fold(Places::default(), Places::folder).look();
        Ok(Self { fonts, files, program })
    }
}

/// What sets the pages of a run: the library, which also looks at pages, and the command where
/// that is chosen.
pub(in crate::cli) struct Engines {
    pub(in crate::cli) embedded: Arc<EmbeddedEngine>,
    command: Option<CommandEngine>,
    pub(in crate::cli) fonts: Arc<Fonts>,
}

impl Engines {
    pub(super) fn chosen(&self) -> &dyn Engine {
        match &self.command {
            Some(command) => command,
            None => self.embedded.as_ref(),
        }
    }

    /// Gets them ready, with the fonts of a search that has begun.
    pub(super) fn get(
        wanted: &Wanted,
        search: Option<fonts::Search>,
        matches: &ArgMatches,
        reporter: &Reporter,
    ) -> Result<Self, Exit> {
        let failed = |diags: Diagnostics| {
            reporter.problems(&diags);
            Exit::CannotRun
        };
        let fonts = fonts::load(&wanted.fonts, search, reporter)?;
        let standards = standards(matches).map_err(failed)?;
        let command = wanted.program.as_ref().map(|program| {
            CommandEngine::new(program, fonts.clone(), standards.clone()).map_err(failed)
        });
        let command = command.transpose()?;
        let embedded = Arc::new(EmbeddedEngine::new(fonts.clone(), standards));
        Ok(Self { embedded, command, fonts })
    }
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
