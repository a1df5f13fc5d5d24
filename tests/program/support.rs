//! A project in a temporary folder, and runs of the program in it.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// A project. It begins as the smallest one that has two sections, a group and every role.
pub(crate) struct Project {
    dir: TempDir,
}

/// The registry of [`Project::new`].
pub(crate) const UNITS: &str = "\
units:
  - {name: 区委组织部, kind: 党委部门, qualifiers: [人才办]}
  - {name: 区发改局, full_name: 云溪区发展和改革局, kind: 政府部门, aliases: [区发改委]}
  - {name: 区教育局, kind: 政府部门}
  - {name: 东山镇, kind: 乡镇}
  - {name: 西水街道, kind: 街道}
groups:
  - {name: 各镇街, kinds: [乡镇, 街道], aliases: [各乡镇街道]}
";

/// The notice of [`Project::new`].
pub(crate) const NOTICE: &str = "\
title: 关于印发2025年工作要点的通知
number: {code: 云发改, year: 2025, serial: 1}
recipients: [各镇街]
letter: 经区政府同意，现印发给你们，请认真执行。
lead: first
issued:
  title: 2025年工作要点
  sections:
    - {id: 发展, heading: 加快发展}
    - {id: 民生, heading: 改善民生}
date: 2025-03-06
disclosure: {access: 主动公开}
";

/// The items of [`Project::new`].
pub(crate) const ITEMS: &str = "\
- section: 发展
  text: 开工重大项目10个。
  units: [区发改局, 东山镇]
- section: 民生
  text: 新建学校2所。
  units: [区教育局]
";

impl Project {
    /// A project with the publication `p` that builds without a problem.
    pub(crate) fn new() -> Self {
        Self::empty()
            .file("content/units.yaml", UNITS)
            .file("content/p/notice.yaml", NOTICE)
            .file("content/p/items.yaml", ITEMS)
    }

    /// A project without publications.
    pub(crate) fn empty() -> Self {
        Self::bare().file("yinfa.yaml", "office: 云溪区发改局\n")
    }

    /// A folder that is no project yet.
    pub(crate) fn bare() -> Self {
        let project = Self { dir: TempDir::new().unwrap() };
        fs::create_dir(project.root()).unwrap();
        project
    }

    /// Writes a file.
    pub(crate) fn file(self, path: &str, text: impl AsRef<[u8]>) -> Self {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    /// Removes a file.
    pub(crate) fn without(self, path: &str) -> Self {
        fs::remove_file(self.path(path)).unwrap();
        self
    }

    /// Replaces words of a file, which must hold them.
    pub(crate) fn change(self, path: &str, from: &str, to: &str) -> Self {
        let text = self.read(path);
        assert!(text.contains(from), "“{from}” is not in {path}:\n{text}");
        self.file(path, text.replace(from, to))
    }

    /// Adds lines to a file.
    pub(crate) fn add(self, path: &str, lines: &str) -> Self {
        let text = self.read(path);
        self.file(path, text + lines)
    }

    /// The project's folder.
    pub(crate) fn root(&self) -> PathBuf {
        // Not the temporary folder itself: the home folder lies beside it.
        self.dir.path().join("project")
    }

    /// The place of a file.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    /// A file as text.
    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// All files below a folder by path, with their bytes.
    pub(crate) fn files(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        let root = self.path(folder);
        let mut files = BTreeMap::new();
        let mut folders = vec![root.clone()];
        while let Some(folder) = folders.pop() {
            let Ok(entries) = fs::read_dir(&folder) else { continue };
            for path in entries.map(|entry| entry.unwrap().path()) {
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let name = path.strip_prefix(&root).unwrap().to_str().unwrap().to_string();
                    files.insert(name, fs::read(&path).unwrap());
                }
            }
        }
        files
    }

    /// The paths of all files below a folder, one a line.
    pub(crate) fn tree(&self, folder: &str) -> String {
        self.files(folder).into_keys().collect::<Vec<_>>().join("\n")
    }

    /// The program, to be run in the project with an environment that holds nothing of the
    /// machine's but the search path.
    pub(crate) fn command(&self) -> Command {
        let home = self.dir.path().join("home");
        fs::create_dir_all(&home).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_yinfa"));
        command.env_clear().current_dir(self.root());
        command.env("HOME", home).env("LC_ALL", "C.UTF-8");
        if let Some(path) = std::env::var_os("PATH") {
            command.env("PATH", path);
        }
        command
    }

    /// Runs the program with these arguments.
    pub(crate) fn run(&self, args: &[&str]) -> Run {
        self.finish(self.command().args(args))
    }

    /// The same with messages in Chinese.
    pub(crate) fn zh(&self, args: &[&str]) -> Run {
        self.finish(self.command().args(["--lang", "zh"]).args(args))
    }

    /// The same with messages in English.
    pub(crate) fn en(&self, args: &[&str]) -> Run {
        self.finish(self.command().args(["--lang", "en"]).args(args))
    }

    /// `build` without PDF, which needs no fonts and takes no time.
    pub(crate) fn build_html(&self, args: &[&str]) -> Run {
        self.finish(self.command().args(["--lang", "en", "build", "--format", "html"]).args(args))
    }

    /// `build` with the fonts that set-up installs and no others.
    pub(crate) fn build(&self, args: &[&str]) -> Run {
        let mut command = self.command();
        self.finish(command.args(["--lang", "en", "build"]).args(font_args()).args(args))
    }

    /// Runs a command to its end.
    pub(crate) fn finish(&self, command: &mut Command) -> Run {
        let output = command.output().unwrap();
        // The folder has another name in each run.
        let folder = self.dir.path().canonicalize().unwrap();
        let text = |bytes: Vec<u8>| -> String {
            let text = String::from_utf8(bytes).unwrap();
            // So is the time it takes.
            text.replace(folder.to_str().unwrap(), "TEMP")
                .replace(self.dir.path().to_str().unwrap(), "TEMP")
                .split_inclusive('\n')
                .filter(|line| !line.ends_with(" seconds\n") && !line.starts_with("用时 "))
                .collect()
        };
        Run { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }
}

/// What came of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Run {
    /// The exit code; `None` when a signal ended it.
    pub(crate) code: Option<i32>,
    /// Results.
    pub(crate) stdout: String,
    /// Messages.
    pub(crate) stderr: String,
}

impl Run {
    /// Asserts that all went well, without any message about a problem.
    #[track_caller]
    pub(crate) fn clean(self) -> Self {
        assert_eq!(self.code, Some(0), "{self}");
        for word in ["error[", "warning[", "错误[", "警告["] {
            assert!(!self.stderr.contains(word), "{self}");
        }
        self
    }

    /// Asserts that the run did what it should; warnings may be.
    #[track_caller]
    pub(crate) fn fine(self) -> Self {
        assert_eq!(self.code, Some(0), "{self}");
        self
    }

    /// Asserts that the input has problems.
    #[track_caller]
    pub(crate) fn refused(self) -> Self {
        assert_eq!(self.code, Some(1), "{self}");
        self
    }

    /// The results as JSON.
    #[track_caller]
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}\n{self}"))
    }

    /// The codes of all problems, in order.
    pub(crate) fn codes(&self) -> Vec<&str> {
        let heads = self.stderr.lines().filter(|line| {
            ["error[", "warning[", "错误[", "警告["].iter().any(|head| line.starts_with(head))
        });
        heads.filter_map(|line| line.split(['[', ']']).nth(1)).collect()
    }
}

impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.code {
            Some(code) => writeln!(f, "exit {code}")?,
            None => writeln!(f, "ended by a signal")?,
        }
        write!(f, "{}{}", self.stdout, self.stderr)
    }
}

/// The options that name the fonts of set-up and exclude all others.
pub(crate) fn font_args() -> Vec<String> {
    let data = std::env::var_os("XDG_DATA_HOME")
        .map(PathBuf::from)
        .unwrap_or_else(|| std::env::home_dir().expect("a home folder").join(".local/share"));
    let folders = [
        PathBuf::from("/usr/share/fonts/opentype/noto"),
        PathBuf::from("/usr/share/fonts/truetype/lxgw-wenkai"),
        data.join("fonts/yinfa"),
    ];
    let mut args = vec!["--ignore-system-fonts".to_string()];
    for folder in folders {
        assert!(
            folder.is_dir(),
            "the tests set pages in the fonts that scripts/setup.sh installs; {} is missing",
            folder.display()
        );
        args.extend(["--font-dir".into(), folder.to_str().expect("a plain path").into()]);
    }
    args
}

/// Says that a test ends early, and why. The test harness keeps back what a passing test prints with
/// `eprintln!`, so the line goes around it; `make test` prints the file of all such lines at its end.
pub(crate) fn skip(reason: impl fmt::Display) {
    let thread = std::thread::current();
    let line = format!("skipped: {}: {reason}\n", thread.name().unwrap_or("a test"));
    let list = Path::new(env!("CARGO_TARGET_TMPDIR")).join("skipped-tests");
    let list = fs::OpenOptions::new().create(true).append(true).open(list);
    list.unwrap().write_all(line.as_bytes()).unwrap();
    std::io::stderr().write_all(line.as_bytes()).unwrap();
}

/// A file of the test data that is kept outside the repository; where it is not there, says so.
/// Absolute: the program runs in the project's folder, not where `YINFA_SHARED` counts from.
pub(crate) fn shared(path: &str) -> Option<PathBuf> {
    let root = match std::env::var_os("YINFA_SHARED") {
        Some(root) => PathBuf::from(root),
        None => PathBuf::from("../shared"),
    };
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(root).join(path);
    if !file.exists() {
        skip("test data is not there (set YINFA_SHARED)");
        return None;
    }
    Some(file)
}

/// Whether the `typst` command is there in the version that Cargo.toml pins. On CI, where set-up
/// installs it, its absence is a failure.
pub(crate) fn has_typst() -> bool {
    let manifest = include_str!("../../Cargo.toml");
    let pin = manifest.lines().find_map(|line| line.strip_prefix("typst = \"=")).unwrap();
    let wanted = format!("typst {}", pin.trim_end_matches('"'));
    let found = Command::new("typst").arg("--version").output();
    let found = found.map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
    let right = found.is_ok_and(|found| found.starts_with(&wanted));
    let ci = std::env::var_os("CI").is_some_and(|ci| ci == "true");
    assert!(right || !ci, "the command {wanted} is missing; scripts/setup.sh --typst installs it");
    if !right {
        skip(format_args!("the command {wanted} is missing (scripts/setup.sh --typst)"));
    }
    right
}

/// Whether LibreOffice is there, for what it makes of our files. On CI, where set-up installs it, its
/// absence is a failure.
pub(crate) fn has_libreoffice() -> bool {
    let found = Command::new("soffice").arg("--version").output().is_ok_and(|o| o.status.success());
    let ci = std::env::var_os("CI").is_some_and(|ci| ci == "true");
    assert!(found || !ci, "LibreOffice is missing; scripts/setup.sh --test installs it");
    if !found {
        skip("LibreOffice is missing (scripts/setup.sh --test)");
    }
    found
}

/// The text of a PDF without white space and page numbers: where a line or a page breaks is not
/// what a test is about.
pub(crate) fn pdf_text(path: &Path) -> String {
    let output = Command::new("pdftotext").arg("-raw").arg(path).arg("-").output();
    let output = output.expect("pdftotext (scripts/setup.sh --test installs it)");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let is_page_number = |line: &str| {
        let number = line.trim().strip_prefix('—').and_then(|line| line.strip_suffix('—'));
        number.is_some_and(|n| n.trim().bytes().all(|b| b.is_ascii_digit()))
    };
    let lines = text.lines().filter(|line| !is_page_number(line));
    lines.flat_map(str::chars).filter(|c| !c.is_whitespace()).collect()
}

/// What a PDF says about itself under a name, as pdfinfo prints it.
pub(crate) fn pdf_info(path: &Path, name: &str) -> String {
    let output = Command::new("pdfinfo").env("TZ", "UTC").arg(path).output();
    let output = output.expect("pdfinfo (scripts/setup.sh --test installs it)");
    let text = String::from_utf8(output.stdout).unwrap();
    let value = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    value.unwrap_or_else(|| panic!("no {name} in {text}")).trim().to_string()
}

/// What a web page shows, without white space: no tags, no styles, references resolved.
pub(crate) fn html_text(html: &str) -> String {
    let mut text = String::new();
    let body = html.split_once("<body>").map_or(html, |(_, body)| body);
    for piece in body.split('<') {
        // What stands before the first tag has no tag; a `>` in an attribute is escaped.
        text.push_str(piece.split_once('>').map_or(piece, |(_, shown)| shown));
    }
    without_blanks(&unescape(&text))
}

/// Resolves character references, each exactly once.
pub(crate) fn unescape(html: &str) -> String {
    let mut text = String::new();
    let mut pieces = html.split('&');
    text.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let (name, rest) =
            piece.split_once(';').unwrap_or_else(|| panic!("a bare & before {piece}"));
        text.push(match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "nbsp" => '\u{a0}',
            _ => {
                let number = name.strip_prefix('#').unwrap_or_else(|| panic!("&{name};"));
                let code = match number.strip_prefix(['x', 'X']) {
                    Some(hex) => u32::from_str_radix(hex, 16),
                    None => number.parse(),
                };
                char::from_u32(code.unwrap()).unwrap()
            }
        });
        text.push_str(rest);
    }
    text
}

/// A text without white space.
pub(crate) fn without_blanks(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// A text as YAML writes it in double quotes.
pub(crate) fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

/// A text as Markdown that shows it as it is.
pub(crate) fn escaped(text: &str) -> String {
    let backslash = |c: char| c.is_ascii_punctuation().then_some('\\');
    text.chars().flat_map(|c| backslash(c).into_iter().chain([c])).collect()
}

/// Whether the long form of tests was asked for (`make test-long`).
pub(crate) fn is_long() -> bool {
    std::env::var_os("YINFA_LONG").is_some_and(|value| value == "1")
}

/// Numbers from a seed, the same in every run (SplitMix64).
pub(crate) struct Random(pub(crate) u64);

impl Random {
    /// The next number.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// The next number below a bound.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end).unwrap()).unwrap()
    }
}
