//! What sets the pages of a run.

use std::path::PathBuf;
use std::sync::Arc;

use base::diag::{Diagnostic, Diagnostics};
use base::text;
use base::watch::{Places, Snapshot};
use pages::typeset::{
    CommandEngine, EmbeddedEngine, Engine, FontSettings, Fonts, Standards, find_program,
};
use records::content::Project;
use records::content::schema::project::EngineChoice;

use super::fonts::{self, FontSearch};
use super::{Failure, FontOptions, Machine, font_settings};

/// How pages are set.
#[derive(Debug, Clone, Default)]
pub(crate) struct EngineOptions {
    /// The engine, where it is not the project's choice.
    pub(crate) engine: Option<EngineChoice>,
    /// The typst command, where it is not the project's.
    pub(crate) typst: Option<PathBuf>,
    /// PDF standards; those that suit archiving when nothing is said. `none` stands for none.
    pub(crate) pdf_standards: Option<Vec<String>>,
    pub(crate) fonts: FontOptions,
}

/// What a project and the options ask for.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Wanted {
    pub(super) fonts: FontSettings,
    /// The fonts in the folders that somebody named: those may change during a run.
    files: Snapshot,
    /// The typst command, where that is chosen.
    program: Option<PathBuf>,
}

impl Wanted {
    pub(super) fn of(
        options: &EngineOptions,
        project: &Project,
        machine: &Machine,
    ) -> Result<Self, Failure> {
        let program = match options.engine.unwrap_or(project.record.engine) {
            EngineChoice::Embedded => None,
            EngineChoice::Command => Some(typst_program(options, project, machine)?),
        };
        let fonts = font_settings(&options.fonts, Some(project), machine);
        let files = fonts.dirs.iter().cloned().fold(Places::default(), Places::folder).snapshot();
        Ok(Self { fonts, files, program })
    }
}

/// What sets the pages of a run: the library, which also inspects pages, and the command where
/// that is chosen.
pub(crate) struct Engines {
    pub(crate) embedded: Arc<EmbeddedEngine>,
    command: Option<CommandEngine>,
    pub(crate) fonts: Arc<Fonts>,
}

impl Engines {
    pub(super) fn chosen(&self) -> &dyn Engine {
        match &self.command {
            Some(command) => command,
            None => self.embedded.as_ref(),
        }
    }

    /// Gets them ready, with the fonts of a search that has begun. Remarks are about substitutes
    /// of fonts.
    pub(super) fn get(
        wanted: &Wanted,
        search: Option<FontSearch>,
        options: &EngineOptions,
    ) -> Result<(Self, Diagnostics), Failure> {
        let (fonts, remarks) = fonts::finish(&wanted.fonts, search)?;
        let standards = match &options.pdf_standards {
            None => Standards::archival(),
            Some(names) => {
                let names: Vec<&str> =
                    names.iter().map(|name| name.trim()).filter(|name| *name != "none").collect();
                Standards::new(&names).map_err(Failure::of_run)?
            }
        };
        let command = wanted.program.as_ref().map(|program| {
            CommandEngine::new(program, fonts.clone(), standards.clone()).map_err(Failure::of_run)
        });
        let command = command.transpose()?;
        let embedded = Arc::new(EmbeddedEngine::new(fonts.clone(), standards));
        Ok((Self { embedded, command, fonts }, remarks))
    }
}

/// The typst command: that of the options, else of the project, else the one on the search path.
fn typst_program(
    options: &EngineOptions,
    project: &Project,
    machine: &Machine,
) -> Result<PathBuf, Failure> {
    // A bare name in the settings is looked for, a path is taken from the project's root.
    let set = project.record.typst.as_deref().map(|set| PathBuf::from(set.trim()));
    let set =
        set.map(|set| if set.components().count() > 1 { project.root.join(set) } else { set });
    let wanted = options.typst.clone().or(set).unwrap_or_else(|| PathBuf::from("typst"));
    find_program(&wanted, machine.path.as_deref()).ok_or_else(|| {
        Diagnostic::error(
            "typst-command-missing",
            text!("找不到 typst 命令“{name}”", "there is no typst command “{name}”", name = wanted.display()),
        )
        .help(text!(
            "用 cargo install --locked typst-cli 安装，用 --typst 指定路径，或改用内置引擎（--engine embedded）",
            "install it with `cargo install --locked typst-cli`, name its path with `--typst`, or use `--engine embedded`"
        ))
        .into()
    })
}
