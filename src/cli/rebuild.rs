//! The process in which `yinfa verify --rebuild` rebuilds a package. Nobody else calls it.

use std::io::Read as _;
use std::num::NonZeroUsize;
use std::path::Path;
use std::process::Command;

use super::environment::Environment;
use super::{Exit, args};
use crate::archive::verify::Check;
use crate::archive::{Bag, isolated, rebuild};
use crate::session::{Failure, font_settings};
use base::diag::Diagnostic;
use base::text;
use records::content;

/// Rebuilds a package, and leaves the result in the work folder.
pub(super) fn run(args: &args::Rebuild, environment: &Environment) -> Result<Exit, Failure> {
    // Where the process that waits for the result is gone, nobody wants it any more.
    std::thread::spawn(|| {
        let _ = std::io::stdin().read(&mut [0]);
        std::process::exit(Exit::CannotRun as i32);
    });
    let bag = Bag::open(&args.bag)?;
    let project = content::load(&bag.sources()).ok();
    let settings =
        font_settings(&args.fonts.options(environment), project.as_ref(), &environment.machine);
    let jobs = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    let check = rebuild::rebuild(&bag, &settings, jobs, &args.work);
    isolated::hand_over(&check, &args.work).map_err(|error| {
        Diagnostic::error("rebuild-failed", text!("结果写不出来", "the result cannot be written"))
            .detail(error.to_string())
    })?;
    Ok(Exit::Fine)
}

/// The result of rebuilding the package in a folder, within the limits.
pub(super) fn isolated(
    folder: &Path,
    limits: isolated::Limits,
    args: &args::Verify,
    environment: &Environment,
) -> std::io::Result<Check> {
    // All that the process writes stands below it, and goes with it.
    let work = tempfile::tempdir()?;
    let mut command = Command::new(std::env::current_exe()?);
    command.arg(args::REBUILD).arg(folder).arg(work.path());
    let fonts = args.fonts.options(environment);
    for dir in &fonts.folders {
        command.arg("--font-dir").arg(dir);
    }
    if fonts.ignore_system {
        command.arg("--ignore-system-fonts");
    }
    Ok(isolated::run(&mut command, work.path(), limits))
}
