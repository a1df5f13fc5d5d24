//! The `typst` command as an engine.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Arc;

use tempfile::TempDir;

use super::engine::{Engine, Job, Pdf};
use super::fonts::Fonts;
use super::program::{ask_version, failed};
use super::standards::Standards;
use super::{messages, source, stderr, world};
use base::diag::Diagnostics;

/// Jobs without a date are set through this file, which takes the date out of the PDF: the
/// command would write the present time.
const UNDATED: (&str, &str) =
    ("yinfa-without-date.typ", "#set document(date: none)\n#include \"main.typ\"");

/// A `typst` command of the version that this program has inside, on the same source and fonts.
#[derive(Debug)]
pub struct CommandEngine {
    program: PathBuf,
    version: String,
    fonts: Arc<Fonts>,
    standards: Standards,
    /// Links to the chosen font files, and an empty folder for packages.
    shared: TempDir,
}

impl CommandEngine {
    /// An engine that runs `program`, a path with its folder (see [`find_program`](super::find_program)). Runs it
    /// once to see its version.
    pub fn new(
        program: &Path,
        fonts: Arc<Fonts>,
        standards: Standards,
    ) -> Result<Self, Diagnostics> {
        let version = ask_version(program)?;
        let shared = share(&fonts).map_err(|error| failed(program, &error))?;
        Ok(Self { program: program.to_owned(), version, fonts, standards, shared })
    }

    /// Runs the command in a folder that holds the job's files, and reads what it wrote.
    fn run(&self, job: &Job) -> Result<(Output, io::Result<Vec<u8>>), Diagnostics> {
        let timestamp = timestamp(job)?;
        let failed = |error| failed(&self.program, &error);
        let root = tempfile::tempdir().map_err(failed)?;
        for (id, text) in world::files(job)? {
            let file = id.vpath().realize(root.path());
            let path = id.vpath().get_with_slash();
            let file = file.map_err(|_| messages::bad_path(path, &job.label))?;
            if let Some(folder) = file.parent() {
                fs::create_dir_all(folder).map_err(failed)?;
            }
            fs::write(file, text.as_bytes()).map_err(failed)?;
        }
        let main = if timestamp.is_some() {
            "main.typ"
        } else {
            fs::write(root.path().join(UNDATED.0), UNDATED.1).map_err(failed)?;
            UNDATED.0
        };
        let target = tempfile::tempdir().map_err(failed)?;
        let pdf = target.path().join("out.pdf");

        let mut command = self.command(root.path(), timestamp.unwrap_or(0));
        let standards = self.standards.of(job);
        if !standards.names().is_empty() {
            command.arg("--pdf-standard").arg(standards.names().join(","));
        }
        let output = command.arg(main).arg(&pdf).output().map_err(failed)?;
        Ok((output, fs::read(pdf)))
    }

    /// The command with everything that decides what comes out: nothing is left to the
    /// environment, the network or the machine's fonts.
    fn command(&self, root: &Path, timestamp: i64) -> Command {
        let packages = self.shared.path().join("packages");
        let mut command = Command::new(&self.program);
        command.env_clear();
        // Nothing listens there: a package that is not in the empty folder cannot be fetched.
        for variable in ["http_proxy", "https_proxy", "all_proxy"] {
            command.env(variable, "http://127.0.0.1:1/");
        }
        command.current_dir(root).stdin(Stdio::null());
        command.args(["--color", "never", "compile", "--root", ".", "--jobs", "1"]);
        command.arg("--font-path").arg(self.shared.path().join("fonts"));
        command.args(["--ignore-system-fonts", "--ignore-embedded-fonts"]);
        command.arg("--package-path").arg(&packages);
        command.arg("--package-cache-path").arg(&packages);
        command.arg(format!("--creation-timestamp={timestamp}"));
        command
    }
}

impl Engine for CommandEngine {
    fn name(&self) -> &str {
        "command"
    }

    fn version(&self) -> String {
        self.version.clone()
    }

    fn identity(&self) -> String {
        format!("typst {} ({}) {:?}", self.version(), self.name(), self.standards)
    }

    fn pdf(&self, job: &Job) -> Result<Pdf, Diagnostics> {
        let missing = source::uncovered(job, &self.fonts);
        if missing.has_errors() {
            return Err(missing);
        }
        let (output, bytes) = self.run(job)?;
        let mut warnings = stderr::parse(&String::from_utf8_lossy(&output.stderr), &job.label);
        match bytes {
            Ok(bytes) if output.status.success() && !warnings.has_errors() => {
                let pages = page_count(&bytes);
                Ok(Pdf { bytes, pages, warnings })
            }
            bytes => {
                if !warnings.has_errors() {
                    let status = output.status.to_string();
                    let reason = bytes.err().map_or(status.clone(), |e| format!("{status}; {e}"));
                    warnings.append(failed(&self.program, &io::Error::other(reason)));
                }
                Err(warnings)
            }
        }
    }
}

/// Makes the folders that all runs share.
fn share(fonts: &Fonts) -> io::Result<TempDir> {
    let shared = tempfile::tempdir()?;
    let folder = shared.path().join("fonts");
    fs::create_dir(shared.path().join("packages"))?;
    fs::create_dir(&folder)?;
    for (number, file) in fonts.files().iter().enumerate() {
        // The command knows font files by their extension, in small letters.
        let extension = file.path().extension().unwrap_or_default().to_ascii_lowercase();
        let link = folder.join(number.to_string()).with_extension(extension);
        let file = file.path().canonicalize()?;
        link_file(&file, &link).or_else(|_| fs::copy(&file, &link).map(|_| ()))?;
    }
    Ok(shared)
}

#[cfg(unix)]
fn link_file(file: &Path, link: &Path) -> io::Result<()> {
    // A link is known by the name of what it leads to.
    if file.extension() == link.extension() {
        std::os::unix::fs::symlink(file, link)
    } else {
        fs::copy(file, link).map(|_| ())
    }
}

#[cfg(not(unix))]
fn link_file(file: &Path, link: &Path) -> io::Result<()> {
    fs::hard_link(file, link)
}

/// The job's date in seconds since 1970.
fn timestamp(job: &Job) -> Result<Option<i64>, Diagnostics> {
    let Some(date) = world::date(job)? else {
        return Ok(None);
    };
    let fields = (date.year(), date.month(), date.day());
    let (Some(year), Some(month), Some(day)) = fields else {
        return Err(messages::bad_date(&job.label));
    };
    let date = i16::try_from(year).ok().and_then(|year| {
        let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
        jiff::civil::Date::new(year, month, day).ok()
    });
    let midnight = date.and_then(|date| date.to_zoned(jiff::tz::TimeZone::UTC).ok());
    let midnight = midnight.ok_or_else(|| messages::bad_date(&job.label))?;
    Ok(Some(midnight.timestamp().as_second()))
}

/// The number of pages, from the root of the page tree, which Typst writes uncompressed and in
/// one way.
fn page_count(pdf: &[u8]) -> usize {
    const START: &[u8] = b"/Type/Pages/Count ";
    let counts = pdf.windows(START.len()).enumerate().filter(|(_, window)| *window == START);
    let count = |at: usize| {
        let digits = pdf[at + START.len()..].iter().take_while(|byte| byte.is_ascii_digit());
        digits.fold(0usize, |count, byte| {
            count.saturating_mul(10).saturating_add(usize::from(byte - b'0'))
        })
    };
    counts.map(|(at, _)| count(at)).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_midnight_utc_and_pages_are_counted() {
        let job = |date| Job { date, ..Job::default() };
        assert_eq!(timestamp(&job(Some((2024, 3, 15)))).unwrap(), Some(1_710_460_800));
        assert_eq!(timestamp(&job(None)).unwrap(), None);
        assert_eq!(
            timestamp(&job(Some((2023, 2, 29)))).unwrap_err().iter().next().unwrap().code,
            "typst-date"
        );
        assert_eq!(page_count(b"..<</Type/Pages/Count 12/Kids[]>>.."), 12);
        assert_eq!(page_count(b"nothing"), 0);
    }
}
