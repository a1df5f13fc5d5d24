//! Finding the `typst` command and asking for its version.

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::engine::typst_version;
use super::messages;
use base::diag::{Diagnostic, Diagnostics};
use base::text;

/// The program of this name: a path with a folder is itself, a bare name is looked up in the
/// folders of `search`, the value of the variable `PATH`.
pub fn find_program(name: &Path, search: Option<&OsStr>) -> Option<PathBuf> {
    if name.components().count() > 1 {
        return name.canonicalize().ok();
    }
    let folders = std::env::split_paths(search?);
    let mut files = folders.map(|folder| folder.join(name));
    if cfg!(windows) {
        files.find_map(|file| [file.with_extension("exe"), file].into_iter().find(|f| f.is_file()))
    } else {
        files.find(|file| file.is_file())
    }
}

/// The version must be that of the library inside: others lay out differently, and the fonts
/// and checks here are made for this one.
pub(super) fn ask_version(program: &Path) -> Result<String, Diagnostics> {
    let mut command = Command::new(program);
    command.arg("--version").env_clear().stdin(Stdio::null());
    let output = command.output().map_err(|error| failed(program, &error))?;
    let words = String::from_utf8_lossy(&output.stdout).into_owned();
    let version = words.strip_prefix("typst ").and_then(|rest| rest.split_whitespace().next());
    let wanted = typst_version();
    match version {
        Some(version) if version == wanted => Ok(wanted),
        _ => {
            let program = program.display();
            Err(messages::one(Diagnostic::error(
                "typst-command-version",
                text!(
                    "“{program}”不是 {wanted} 版的 typst",
                    "{program} is not typst {wanted}"
                ),
            )
            .help(text!(
                "安装这个版本（cargo install --locked typst-cli --version {wanted}），或者改用内置的排版引擎（engine: embedded）",
                "install that version (cargo install --locked typst-cli --version {wanted}), or use the engine inside (engine: embedded)"
            ))
            .detail(words.trim())))
        }
    }
}

/// The command could not be run, or ended without saying why.
pub(super) fn failed(program: &Path, error: &io::Error) -> Diagnostics {
    let program = program.display();
    messages::one(Diagnostic::error(
        "typst-command-failed",
        text!(
            "运行排版命令“{program}”失败",
            "running the command {program} failed"
        ),
    )
    .help(text!(
        "检查 typst 是否装好、路径是否正确，或者改用内置的排版引擎（engine: embedded）",
        "check that typst is installed and the path is right, or use the engine inside (engine: embedded)"
    ))
    .detail(error.to_string()))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_program_that_is_not_there_or_is_another_is_refused() {
        let refused =
            |program: &Path| ask_version(program).unwrap_err().iter().next().unwrap().code;
        assert_eq!(refused(Path::new("/nowhere/typst")), "typst-command-failed");
        if cfg!(unix) {
            assert_eq!(refused(Path::new("/bin/echo")), "typst-command-version");
        }
    }

    #[test]
    fn bare_names_are_looked_up_in_the_given_folders_only() {
        let dir = tempfile::tempdir().unwrap();
        let program = dir.path().join("typst");
        fs::write(&program, "").unwrap();
        let search = std::env::join_paths([Path::new("/nowhere"), dir.path()]).unwrap();
        let name = Path::new("typst");
        assert_eq!(find_program(name, Some(&search)), Some(program.clone()));
        assert_eq!(find_program(name, None), None);
        assert!(find_program(&program, None).is_some());
    }
}
