//! The reference validator of the Library of Congress, the Python package `bagit`.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// Answers `valid` or `invalid` for each path it is given on a line.
const SCRIPT: &str = "
import bagit, logging, sys
logging.disable(logging.CRITICAL)
for line in sys.stdin:
    try:
        bagit.Bag(line.rstrip('\\n')).validate()
        print('valid', flush=True)
    except Exception as error:
        print('invalid', type(error).__name__, flush=True)
";

/// The validator, running.
pub(super) struct Reference {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Reference {
    /// Starts it, where set-up has installed it. On CI its absence is a failure.
    pub(super) fn start() -> Option<Self> {
        let cache = std::env::var_os("XDG_CACHE_HOME")
            .map(PathBuf::from)
            .unwrap_or_else(|| std::env::home_dir().expect("a home folder").join(".cache"));
        let python = cache.join("yinfa/python/bin/python");
        let there = Command::new(&python)
            .args(["-c", "import bagit"])
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success());
        if !there {
            let ci = std::env::var_os("CI").is_some_and(|ci| ci == "true");
            assert!(!ci, "bagit is missing; scripts/setup.sh --test installs it");
            crate::support::skip("bagit is missing (scripts/setup.sh --test)");
            return None;
        }
        let mut child = Command::new(&python)
            .args(["-X", "utf8", "-c", SCRIPT])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let input = child.stdin.take().unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        Some(Self { child, input, output })
    }

    /// Whether it takes a folder for a valid bag.
    pub(super) fn accepts(&mut self, bag: &Path) -> bool {
        writeln!(self.input, "{}", bag.display()).unwrap();
        let mut answer = String::new();
        self.output.read_line(&mut answer).unwrap();
        assert!(answer.starts_with("valid") || answer.starts_with("invalid"), "{answer}");
        answer.starts_with("valid")
    }
}

impl Drop for Reference {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
