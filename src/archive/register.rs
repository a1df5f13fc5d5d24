//! 登记簿, the register of an archive: a text file beside the packages, one line a package, in the
//! order in which they were archived. Each line names the digest of the line before, so that the digest
//! of the last one, kept elsewhere, stands for the whole register and for every byte of every package.
//!
//! ```text
//! 000001  (64 zeros)                 (SHA-256 of tagmanifest-sha256.txt)  0012-WS·2025-D30-BGS-0001
//! 000002  (SHA-256 of line 000001)   (SHA-256 of tagmanifest-sha256.txt)  0012-WS·2025-D30-BGS-0002
//! ```
//!
//! Lines are added and never changed. `tail -n 1 登记簿.txt | sha256sum` gives the digest of the last one.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use super::bag::manifest::Algorithm;
use super::read::{bags, text_of};
use base::diag::Diagnostic;
use base::disk::{replace, sha256};
use base::text;

/// The name of its file in the archive.
pub(super) const NAME: &str = "登记簿.txt";
/// The longest register that is read: some hundred thousand packages.
const LONGEST: u64 = 64 * 1024 * 1024;
/// Between the parts of a line.
const BETWEEN: &str = "  ";

/// What stands in the place of the line before the first.
fn nothing_before() -> String {
    "0".repeat(64)
}

/// A line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// From 1.
    pub number: usize,
    /// SHA-256 of the package's `tagmanifest-sha256.txt`.
    pub tag_manifest: String,
    /// The name of the package's folder.
    pub bag: String,
    /// SHA-256 of this line with its line feed.
    pub digest: String,
}

/// The register of an archive.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Register {
    lines: Vec<Line>,
    text: String,
    /// The last line of each name, by its place.
    by_name: BTreeMap<String, usize>,
}

/// Why a register cannot be used.
#[derive(Debug)]
pub(super) enum Wrong {
    /// It cannot be read.
    Unreadable(io::Error),
    /// The first line, from 1, that is none or does not follow from the one before.
    Line(usize),
}

impl Register {
    /// Reads the register of an archive; `None` where there is none.
    pub(super) fn read(archive: &Path) -> Result<Option<Self>, Wrong> {
        match text_of(&archive.join(NAME), LONGEST) {
            Ok(text) => Self::parse(&text).map(Some).map_err(Wrong::Line),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Wrong::Unreadable(error)),
        }
    }

    /// Reads the text of a register.
    ///
    /// # Errors
    /// The number of the first line, from 1, that is none or does not follow from the one before.
    fn parse(text: &str) -> Result<Self, usize> {
        let mut register = Self::default();
        for line in text.split_inclusive('\n') {
            let number = register.lines.len() + 1;
            let parts = line.strip_suffix('\n').and_then(|line| {
                let mut parts = line.splitn(4, BETWEEN).skip(2);
                Some((parts.next()?, parts.next()?))
            });
            let (tag_manifest, bag) = parts.ok_or(number)?;
            register.add(bag, tag_manifest);
            // One form alone: whatever else the line says, it is another line.
            if !register.text.ends_with(line) || !is_digest(tag_manifest) || bag.is_empty() {
                return Err(number);
            }
        }
        Ok(register)
    }

    /// Adds a line.
    fn add(&mut self, bag: &str, tag_manifest: &str) {
        let number = self.lines.len() + 1;
        let before = self.lines.last().map_or_else(nothing_before, |line| line.digest.clone());
        let line = format!("{number:06}{BETWEEN}{before}{BETWEEN}{tag_manifest}{BETWEEN}{bag}\n");
        self.text.push_str(&line);
        self.by_name.insert(bag.into(), number - 1);
        self.lines.push(Line {
            number,
            tag_manifest: tag_manifest.into(),
            bag: bag.into(),
            digest: sha256(line.as_bytes()),
        });
    }

    /// The lines in their order.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// The last line of a package.
    pub fn line_of(&self, bag: &str) -> Option<&Line> {
        self.lines.get(*self.by_name.get(bag)?)
    }

    /// The register of an archive in which `bag` is to be entered: that which is there, or a new one
    /// where nothing else is archived yet, or where `begin_anew` asks for it. Then it has a line for
    /// every package that is there.
    ///
    /// # Errors
    /// When it is damaged, or missing although there are packages.
    pub fn open(archive: &Path, bag: &str, begin_anew: bool) -> Result<Self, Diagnostic> {
        if begin_anew {
            return Self::of_packages(archive);
        }
        match Self::read(archive) {
            Ok(Some(register)) => Ok(register),
            Ok(None) => {
                let others = bags(archive).unwrap_or_default();
                let mut names = others.iter().filter_map(|folder| folder.file_name());
                if names.all(|name| name == bag) {
                    Ok(Self::default())
                } else {
                    Err(missing(archive))
                }
            }
            Err(wrong) => Err(damaged(archive, &wrong)),
        }
    }

    fn of_packages(archive: &Path) -> Result<Self, Diagnostic> {
        let mut register = Self::default();
        for folder in bags(archive).unwrap_or_default() {
            let path = folder.join(Algorithm::Sha256.tag_manifest());
            let bytes = std::fs::read(&path)
                .map_err(|error| super::failure::unreadable(&path.display().to_string(), &error))?;
            let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
            register.add(&name, &sha256(&bytes));
        }
        Ok(register)
    }

    /// Whether a package can be entered: its name must not stand for another one.
    ///
    /// # Errors
    /// When it does.
    pub fn may_enter(&self, bag: &str, tag_manifest: &str) -> Result<(), Diagnostic> {
        match self.line_of(bag) {
            Some(line) if line.tag_manifest != tag_manifest => Err(conflict(bag, line.number)),
            _ => Ok(()),
        }
    }

    /// Enters a package that stands in the archive, and writes the register; nothing is written where
    /// its line is there already. Says whether there is a new line.
    ///
    /// # Errors
    /// When it cannot be written: the old one stays.
    pub fn enter(
        &mut self,
        archive: &Path,
        bag: &str,
        tag_manifest: &str,
    ) -> Result<bool, Diagnostic> {
        self.may_enter(bag, tag_manifest)?;
        let is_new = self.line_of(bag).is_none();
        if is_new {
            self.add(bag, tag_manifest);
        }
        let path = archive.join(NAME);
        if std::fs::read(&path).is_ok_and(|held| held == self.text.as_bytes()) {
            return Ok(is_new);
        }
        replace(&path, self.text.as_bytes()).map_err(|error| not_written(bag, &error))?;
        Ok(is_new)
    }

    /// The digest of the last line, which stands for all of it.
    pub fn head(&self) -> Option<&str> {
        self.lines.last().map(|line| line.digest.as_str())
    }
}

fn is_digest(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

/// The register of an archive, for whoever only looks at it.
///
/// # Errors
/// When it is damaged or not there.
pub fn register(archive: &Path) -> Result<Register, Diagnostic> {
    match Register::read(archive) {
        Ok(Some(register)) => Ok(register),
        Ok(None) => Err(missing(archive)),
        Err(wrong) => Err(damaged(archive, &wrong)),
    }
}

fn remedy() -> base::diag::Text {
    text!(
        "请从备份恢复 {NAME}；确实没有备份时，核对全部归档包以后用 --new-register 重新立簿",
        "restore {NAME} from a copy; where there is none, look at every package, then begin a new one with `--new-register`"
    )
}

fn missing(archive: &Path) -> Diagnostic {
    let archive = archive.display();
    Diagnostic::error(
        "register-missing",
        text!(
            "“{archive}”里有归档包，却没有登记簿",
            "there are packages in “{archive}”, but no register"
        ),
    )
    .help(remedy())
}

fn damaged(archive: &Path, wrong: &Wrong) -> Diagnostic {
    let path = archive.join(NAME);
    let path = path.display();
    let problem = match wrong {
        Wrong::Line(line) => Diagnostic::error(
            "register-damaged",
            text!(
                "登记簿“{path}”第 {line} 行已被改动",
                "line {line} of the register “{path}” was changed"
            ),
        ),
        Wrong::Unreadable(error) => Diagnostic::error(
            "register-damaged",
            text!("登记簿“{path}”读不出来", "the register “{path}” cannot be read"),
        )
        .detail(error.to_string()),
    };
    problem.help(remedy())
}

fn conflict(bag: &str, line: usize) -> Diagnostic {
    Diagnostic::error(
        "register-conflict",
        text!(
            "登记簿第 {line} 行登记的“{bag}”是另一个包，它已不在或被改动",
            "line {line} of the register has another package “{bag}”, which is gone or was changed"
        ),
    )
    .help(text!(
        "请从备份恢复那个包，或用 --code 换一个件号",
        "restore that package from a copy, or give another number with `--code`"
    ))
}

fn not_written(bag: &str, error: &io::Error) -> Diagnostic {
    Diagnostic::error(
        "register-failed",
        text!("“{bag}”已写好，但没有登记", "“{bag}” is written, but not in the register"),
    )
    .detail(error.to_string())
    .help(text!(
        "请检查磁盘空间和写入权限，再归档一次：包没有变化时只补登记",
        "check free space and permissions, then archive it again: an unchanged package is only entered"
    ))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn register(count: usize) -> Register {
        let mut register = Register::default();
        for n in 0..count {
            register.add(&format!("0012-WS·2025-D30-BGS-{n:04}"), &sha256(&[n as u8]));
        }
        register
    }

    #[test]
    fn lines_are_chained() {
        let register = register(3);
        assert_eq!(Register::parse(&register.text), Ok(register.clone()));
        let lines: Vec<&str> = register.text.split_inclusive('\n').collect();
        assert!(lines[0].starts_with(&format!("000001  {}  ", nothing_before())));
        assert!(lines[2].contains(&sha256(lines[1].as_bytes())));
        assert_eq!(register.head().unwrap(), sha256(lines[2].as_bytes()));
        // Left out, in another order, cut off, without its end.
        let without = [lines[0], lines[2]].concat();
        assert_eq!(Register::parse(&without), Err(2));
        assert_eq!(Register::parse(&[lines[1], lines[0]].concat()), Err(1));
        assert_eq!(Register::parse(register.text.trim_end()), Err(3));
        assert_eq!(Register::parse(&(register.text.clone() + "\n")), Err(4));
    }

    #[test]
    fn a_name_stands_for_one_package() {
        let archive = tempfile::tempdir().unwrap();
        let (one, other) = (sha256(b"1"), sha256(b"2"));
        let mut register = Register::open(archive.path(), "a", false).unwrap();
        assert!(register.enter(archive.path(), "a", &one).unwrap());
        assert!(!register.enter(archive.path(), "a", &one).unwrap());
        assert_eq!(
            register.enter(archive.path(), "a", &other).unwrap_err().code,
            "register-conflict"
        );
        let again = Register::read(archive.path()).unwrap().unwrap();
        assert_eq!(again, register);
        assert_eq!(again.lines().len(), 1);
    }

    proptest! {
        #[test]
        fn every_changed_byte_is_found(at in 0usize..400, byte in any::<u8>()) {
            let whole = register(4);
            let mut bytes = whole.text.clone().into_bytes();
            let at = at % bytes.len();
            prop_assume!(bytes[at] != byte);
            bytes[at] = byte;
            // The last line is held by its digest, which is kept elsewhere.
            if let Ok(text) = String::from_utf8(bytes)
                && let Ok(changed) = Register::parse(&text)
            {
                prop_assert_ne!(changed.head(), whole.head());
            }
        }
    }
}
