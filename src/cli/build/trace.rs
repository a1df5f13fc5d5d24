//! `--timings`: what a run spends its time on.

use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use crate::cli::environment::Environment;
use crate::session::Failure;
use base::diag::Diagnostic;
use base::text;
use pages::typeset::{record_timings, write_timings};

/// Begins to record; the file to write.
pub(super) fn begin(file: &Path, environment: &Environment) -> PathBuf {
    record_timings();
    environment.place(file)
}

/// Writes what was recorded.
pub(super) fn write(file: &Path) -> Result<(), Failure> {
    let written = File::create(file).map(BufWriter::new).and_then(write_timings);
    written.map_err(|error| {
        let file = file.display();
        let wrong = text!("写不了“{file}”", "cannot write “{file}”");
        let problem = Diagnostic::error("timings-not-written", wrong);
        let problem = problem.detail(error.to_string()).help(text!(
            "请检查文件夹是否存在、能否写入",
            "check that the folder exists and can be written to"
        ));
        Failure::of_run(problem)
    })
}
