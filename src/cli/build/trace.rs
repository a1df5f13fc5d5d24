//! `--timings`: what a run spends its time on.

use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use clap::ArgMatches;

use super::super::Exit;
use super::super::environment::Environment;
use super::super::report::Reporter;
use base::diag::Diagnostic;
use base::text;
use pages::typeset::{record_timings, write_timings};

/// Begins to record where that is asked for; the file to write.
pub(super) fn begin(matches: &ArgMatches, environment: &Environment) -> Option<PathBuf> {
    let file = environment.folder.join(matches.get_one::<PathBuf>("timings")?);
    record_timings();
    Some(file)
}

/// Writes what was recorded.
pub(super) fn write(file: &Path, reporter: &Reporter) -> Result<(), Exit> {
    let written = File::create(file).map(BufWriter::new).and_then(write_timings);
    written.map_err(|error| {
        let file = file.display();
        let wrong = text!("写不了“{file}”", "cannot write “{file}”");
        let problem = Diagnostic::error("timings-not-written", wrong);
        reporter.problem(problem.detail(error.to_string()).help(text!(
            "请检查文件夹是否存在、能否写入",
            "check that the folder exists and can be written to"
        )));
        Exit::CannotRun
    })
}
