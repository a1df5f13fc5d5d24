//! The command line: arguments, messages, progress, exit codes. Decides nothing; the only part
//! that prints or reads the environment.

mod archive;
mod args;
mod build;
mod catalog;
mod check;
mod completions;
mod diff;
mod ending;
mod environment;
mod explain;
mod fonts;
mod import;
mod init;
mod ledger;
mod list;
mod measure;
mod merge;
mod open;
mod receipt;
mod report;
mod schema;
mod send;
mod serve;
mod table;
mod verify;
mod watch;

use std::process::ExitCode;

pub use args::command;
use environment::Environment;
use report::Reporter;

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

impl Exit {
    /// Of a run that stops at the first thing that keeps it from going on.
    fn of(run: Result<Self, Self>) -> Self {
        match run {
            Ok(exit) | Err(exit) => exit,
        }
    }
}

/// Runs the program.
pub fn main() -> ExitCode {
    let environment = Environment::read();
    let arguments: Vec<_> = std::env::args_os().collect();
    let lang = args::language(&arguments, &environment);
    let matches = match args::command(lang).try_get_matches_from(&arguments) {
        Ok(matches) => matches,
        Err(error) => return ExitCode::from(args::report_usage(&error, lang) as u8),
    };
    let reporter = Reporter::new(&matches, lang, &environment);
    let exit = match matches.subcommand() {
        Some(("build", matches)) => build::run(matches, &environment, &reporter),
        Some(("watch", matches)) => watch::run(matches, &environment, &reporter),
        Some(("serve", matches)) => serve::run(matches, &environment, &reporter),
        Some(("check", matches)) => check::run(matches, &environment, &reporter),
        Some(("schema", matches)) => schema::run(matches),
        Some(("explain", matches)) => explain::run(matches, &reporter),
        Some(("list", matches)) => list::run(matches, &environment, &reporter),
        Some(("merge", matches)) => merge::run(matches, &environment, &reporter),
        Some(("measure", matches)) => measure::run(matches, &environment, &reporter),
        Some(("fonts", matches)) => fonts::run(matches, &environment, &reporter),
        Some(("import", matches)) => import::run(matches, &environment, &reporter),
        Some(("send", matches)) => send::run(matches, &environment, &reporter),
        Some(("ledger", matches)) => ledger::run(matches, &environment, &reporter),
        Some(("receipt", matches)) => receipt::run(matches, &environment, &reporter),
        Some(("archive", matches)) => archive::run(matches, &environment, &reporter),
        Some(("verify", matches)) => verify::run(matches, &environment, &reporter),
        Some(("catalog", matches)) => catalog::run(matches, &environment, &reporter),
        Some(("diff", matches)) => diff::run(matches, &environment, &reporter),
        Some(("init", matches)) => init::run(matches, &reporter),
        Some(("completions", matches)) => completions::run(matches, lang, &reporter),
        _ => Exit::CannotRun,
    };
    ExitCode::from(exit as u8)
}
