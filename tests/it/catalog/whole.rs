//! Whole runs of `yinfa catalog`.

use std::path::Path;
use std::process::Command;

use super::archive::{Archive, Paper, three_years};
use crate::support::Run;

/// Runs the program in a folder.
pub(crate) fn run(folder: &Path, args: &[&str]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_yinfa"));
    command.env_clear().current_dir(folder).args(["--lang", "en"]).args(args);
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Run { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
}

#[test]
fn makes_a_site() {
    let archive = Archive::of(&three_years());
    run(&archive.path(""), &["catalog", "archive", "-o", "site"]).clean();
    if let Some(keep) = std::env::var_os("YINFA_CATALOG_OUT") {
        let copied = Command::new("cp").arg("-r").arg(archive.path("site")).arg(keep).status();
        assert!(copied.unwrap().success());
    }
}
