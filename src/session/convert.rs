//! Old documents (.doc, .wps, .rtf) to .docx, by LibreOffice where it is installed.

use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use pages::typeset::find_program;

use super::machine::Machine;
use base::diag::Diagnostic;
use base::text;

/// How long a conversion may take.
const LIMIT: Duration = Duration::from_secs(90);
/// How often is looked whether it has ended.
const STEP: Duration = Duration::from_millis(50);
/// What LibreOffice is called.
const NAMES: [&str; 2] = ["soffice", "libreoffice"];

/// The .docx of a document; `None` where LibreOffice is not installed. `extension` says what the
/// document is, `name` what messages call it.
pub(super) fn to_docx(
    bytes: &[u8],
    extension: &str,
    name: &str,
    machine: &Machine,
) -> Result<Option<Vec<u8>>, Diagnostic> {
    let find = |name: &str| find_program(Path::new(name), machine.path.as_deref());
    let Some(program) = NAMES.into_iter().find_map(find) else { return Ok(None) };
    match converted(&program, bytes, extension, machine, LIMIT) {
        Ok(Converted::Docx(docx)) => Ok(Some(docx)),
        Ok(Converted::Nothing(said)) => Err(failed(name, &said)),
        Ok(Converted::TooSlow) => Err(too_slow(name)),
        Err(error) => Err(failed(name, &error.to_string())),
    }
}

/// What became of a document.
#[derive(Debug, PartialEq, Eq)]
enum Converted {
    Docx(Vec<u8>),
    /// Nothing, and what the program said.
    Nothing(String),
    TooSlow,
}

/// Runs the program in a folder and with a profile of its own, so that nothing of the user's
/// LibreOffice is changed and one that is open does not matter.
fn converted(
    program: &Path,
    bytes: &[u8],
    extension: &str,
    machine: &Machine,
    limit: Duration,
) -> io::Result<Converted> {
    let folder = tempfile::tempdir()?;
    let input = folder.path().join(format!("notice.{extension}"));
    fs::write(&input, bytes)?;
    let said = folder.path().join("said");
    let mut command = Command::new(program);
    command
        .arg(format!("-env:UserInstallation={}", address(&folder.path().join("profile"))))
        .args(["--headless", "--norestore", "--nolockcheck", "--nodefault"])
        .args(["--convert-to", "docx", "--outdir"])
        .arg(folder.path())
        .arg(&input)
        .current_dir(folder.path())
        .env_clear()
        .env("HOME", folder.path())
        .env("TMPDIR", folder.path())
        .env("LANG", "C.UTF-8")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::from(File::create(&said)?));
    if let Some(path) = &machine.path {
        command.env("PATH", path);
    }
    // What it starts belongs to its group and is ended with it.
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt as _;
        command.process_group(0);
    }
    let mut child = command.spawn()?;
    if !ends_within(&mut child, limit)? {
        return Ok(Converted::TooSlow);
    }
    match fs::read(folder.path().join("notice.docx")) {
        Ok(docx) => Ok(Converted::Docx(docx)),
        Err(_) => {
            let said = fs::read(&said).unwrap_or_default();
            Ok(Converted::Nothing(String::from_utf8_lossy(&said).trim().to_string()))
        }
    }
}

/// Waits for a program; ends it, with what it started, where it takes too long.
fn ends_within(child: &mut Child, limit: Duration) -> io::Result<bool> {
    let begun = Instant::now();
    while child.try_wait()?.is_none() {
        if begun.elapsed() >= limit {
            end(child)?;
            return Ok(false);
        }
        sleep(STEP);
    }
    Ok(true)
}

fn end(child: &mut Child) -> io::Result<()> {
    #[cfg(unix)]
    {
        // The standard library ends one process alone.
        let group = format!("-{}", child.id());
        let _ = Command::new("kill")
            .args(["-KILL", "--", &group])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
    }
    // It may have ended meanwhile.
    let _ = child.kill();
    child.wait().map(drop)
}

/// A path as an address, as LibreOffice wants that of a profile.
fn address(path: &Path) -> String {
    let path = path.display().to_string().replace('\\', "/");
    let mut out = String::from(if path.starts_with('/') { "file://" } else { "file:///" });
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-_.~:".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

fn too_slow(name: &str) -> Diagnostic {
    let seconds = LIMIT.as_secs();
    Diagnostic::error(
        "import-conversion-too-slow",
        text!(
            "LibreOffice 用了 {seconds} 秒还没有转换好“{name}”，已经停止",
            "LibreOffice did not convert “{name}” within {seconds} seconds and was stopped"
        ),
    )
    .help(save_as_docx())
}

fn failed(name: &str, said: &str) -> Diagnostic {
    let diag = Diagnostic::error(
        "import-conversion-failed",
        text!("LibreOffice 没能转换“{name}”", "LibreOffice could not convert “{name}”"),
    )
    .help(save_as_docx());
    if said.is_empty() { diag } else { diag.detail(said) }
}

fn save_as_docx() -> base::diag::Text {
    text!(
        "请用 Word 或 WPS 打开，另存为 .docx 再导入",
        "open it in Word or WPS, save it as .docx and import that"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_folders() {
        assert_eq!(address(Path::new("/tmp/a b/甲")), "file:///tmp/a%20b/%E7%94%B2");
    }

    #[cfg(unix)]
    mod programs {
        use std::os::unix::fs::PermissionsExt as _;
        use std::path::PathBuf;

        use super::*;

        /// A program that stands for LibreOffice.
        fn program(folder: &Path, script: &str) -> PathBuf {
            let path = folder.join("soffice");
            fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
            path
        }

        fn run(script: &str, limit: Duration) -> Converted {
            let folder = tempfile::tempdir().unwrap();
            let program = program(folder.path(), script);
            let machine = Machine { path: std::env::var_os("PATH"), ..Machine::default() };
            converted(&program, b"old", "doc", &machine, limit).unwrap()
        }

        #[test]
        fn the_document_is_what_the_program_writes() {
            let long = Duration::from_secs(60);
            assert_eq!(run("cp notice.doc notice.docx", long), Converted::Docx(b"old".to_vec()));
            let said = run("echo no filter >&2; exit 1", long);
            assert_eq!(said, Converted::Nothing("no filter".into()));
        }

        #[test]
        fn one_that_hangs_is_ended_with_what_it_started() {
            let folder = tempfile::tempdir().unwrap();
            let note = folder.path().join("pid");
            let script = format!("sleep 600 & echo $! > '{}'; wait", note.display());
            assert_eq!(run(&script, Duration::from_secs(2)), Converted::TooSlow);
            let started = fs::read_to_string(&note).unwrap();
            let stat = format!("/proc/{}/stat", started.trim());
            // A process that has ended may wait for its parent as a zombie.
            let is_running =
                || fs::read_to_string(&stat).is_ok_and(|state| !state.contains(") Z "));
            // A killed process is not gone at once.
            let killed = Instant::now();
            while is_running() && killed.elapsed() < Duration::from_secs(30) {
                sleep(STEP);
            }
            assert!(!is_running());
        }

        #[test]
        fn without_libreoffice_nothing_is_converted() {
            let machine = Machine { path: Some("/nowhere".into()), ..Machine::default() };
            assert!(to_docx(b"old", "doc", "a.doc", &machine).unwrap().is_none());
        }
    }
}
