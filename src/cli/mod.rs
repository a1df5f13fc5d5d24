//! The command line: arguments, messages, progress, exit codes. It decides nothing, and is the only
//! part that prints or reads the environment. What a subcommand does is done by `session` and the
//! modules below it.

mod archive;
mod args;
mod build;
mod catalog;
mod check;
mod completions;
mod diff;
mod edit;
mod ending;
mod environment;
mod events;
mod explain;
mod fonts;
mod import;
mod init;
mod ledger;
mod list;
mod measure;
mod merge;
mod rebuild;
mod receipt;
mod register;
mod report;
mod schema;
mod send;
mod serve;
mod table;
mod verify;
mod watch;

use std::process::ExitCode;

use args::SubcommandArguments as Subcommand;
use environment::Environment;
use report::Reporter;

use crate::session::{Failure, Outcome};

/// How a run ended. The numbers are the exit codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Exit {
    /// Done.
    Fine = 0,
    /// The input has problems; they were reported.
    Problems = 1,
    /// The program could not run: wrong arguments, no project, no engine.
    CannotRun = 2,
}

impl From<Outcome> for Exit {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Done => Self::Fine,
            Outcome::Problems => Self::Problems,
            Outcome::CannotRun => Self::CannotRun,
        }
    }
}

/// Runs the program.
pub fn main() -> ExitCode {
    let environment = Environment::read();
    let arguments: Vec<_> = std::env::args_os().collect();
    let lang = args::language(&arguments, &environment);
    let arguments = match args::parse(&arguments, lang) {
        Ok(arguments) => arguments,
        Err(error) => return ExitCode::from(args::report_usage(&error, lang) as u8),
    };
    ending::survive_full_files();
    let reporter = Reporter::new(arguments.globals.wanted(), lang, &environment);
    let done = run(&arguments.subcommand, &environment, &reporter);
    let mut exit = done.unwrap_or_else(|failure| reporter.stop(&failure));
    if let Err(problem) = report::arrived() {
        exit = reporter.stop(&problem.into());
    }
    ExitCode::from(exit as u8)
}

fn run(
    subcommand: &Subcommand,
    environment: &Environment,
    reporter: &Reporter,
) -> Result<Exit, Failure> {
    match subcommand {
        Subcommand::Edit(args) => edit::run(args, environment, reporter),
        Subcommand::Init(args) => init::run(args, reporter),
        Subcommand::Build(args) => build::run(args, environment, reporter),
        Subcommand::Watch(args) => watch::run(args, environment, reporter),
        Subcommand::Serve(args) => serve::run(args, environment, reporter),
        Subcommand::Check(args) => check::run(args, environment, reporter),
        Subcommand::Explain(args) => explain::run(args, reporter),
        Subcommand::Schema(args) => Ok(schema::run(args)),
        Subcommand::List(args) => list::run(args, environment, reporter),
        Subcommand::Merge(args) => merge::run(args, environment, reporter),
        Subcommand::Measure(args) => measure::run(args, environment, reporter),
        Subcommand::Fonts(args) => fonts::run(args, environment, reporter),
        Subcommand::Import(args) => import::run(args, environment, reporter),
        Subcommand::Send(args) => send::run(args, environment, reporter),
        Subcommand::Ledger(args) => ledger::run(args, environment, reporter),
        Subcommand::Receipt(args) => receipt::run(args, environment, reporter),
        Subcommand::Archive(args) => archive::run(args, environment, reporter),
        Subcommand::Verify(args) => verify::run(args, environment, reporter),
        Subcommand::Register(args) => register::run(args, environment, reporter),
        Subcommand::Catalog(args) => catalog::run(args, environment, reporter),
        Subcommand::Diff(args) => diff::run(args, environment, reporter),
        Subcommand::Rebuild(args) => rebuild::run(args, environment),
        Subcommand::Completions(args) => Ok(completions::run(args, reporter.lang)),
    }
}
