//! Manifests of a bag: a line `DIGEST  PATH` for each file.
//!
//! The form is canonical, so that a manifest has one set of bytes: lower-case digits, two blanks,
//! sorted by path, one line feed behind each line.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, BufRead, Read as _};

use base::disk::{BadPath, LONGEST_PATH, check_path};

/// A digest that manifests are written with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Algorithm {
    /// SHA-256.
    Sha256,
    /// SHA-512.
    Sha512,
}

impl Algorithm {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Sha256, Self::Sha512];

    /// Its name in the names of manifests.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sha256 => "sha256",
            Self::Sha512 => "sha512",
        }
    }

    /// How many hexadecimal digits it has.
    fn digits(self) -> usize {
        match self {
            Self::Sha256 => 64,
            Self::Sha512 => 128,
        }
    }

    /// The name of the payload's manifest.
    pub fn manifest(self) -> String {
        format!("manifest-{}.txt", self.name())
    }

    /// The name of the manifest of the tag files.
    pub(crate) fn tag_manifest(self) -> String {
        format!("tagmanifest-{}.txt", self.name())
    }
}

/// At most so many lines are read: more files than any document has, and what holds the memory
/// that a forged manifest takes.
pub(crate) const MOST_LINES: usize = 100_000;

/// Something wrong with a manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// A line, from 1, that is no digest with a path.
    Line(usize),
    /// A line whose digits are not lower-case.
    UpperCase(usize),
    /// A path that is not safe or not the same on every system.
    Name(usize, String, BadPath),
    /// A path that stands there twice.
    Twice(usize, String),
    /// Lines that are not sorted by path.
    Unsorted(usize),
    /// The last line has no line feed.
    NoEnd,
    /// More than `MOST_LINES` lines.
    TooLong,
}

/// Digests by path.
pub(crate) type Entries = BTreeMap<String, String>;

/// The text of a manifest.
pub fn write<'a>(entries: impl IntoIterator<Item = (&'a String, &'a String)>) -> String {
    let sorted: BTreeMap<_, _> = entries.into_iter().collect();
    sorted.into_iter().fold(String::new(), |mut text, (path, digest)| {
        let _ = writeln!(text, "{digest}  {path}");
        text
    })
}

/// Reads a manifest line by line, and what is wrong with it. Entries with a path that is not safe
/// are left out; nothing is looked up here.
///
/// # Errors
/// When it cannot be read.
pub fn read(algorithm: Algorithm, mut from: impl BufRead) -> io::Result<(Entries, Vec<Wrong>)> {
    let longest = (algorithm.digits() + 2 + LONGEST_PATH + 1) as u64;
    let mut entries = Entries::new();
    let mut wrong = Vec::new();
    let mut last: Option<String> = None;
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        // A line without an end is not read into memory as a whole.
        let read = from.by_ref().take(longest).read_until(b'\n', &mut line)?;
        if read == 0 {
            break;
        }
        if number > MOST_LINES || wrong.len() > 100 {
            wrong.push(Wrong::TooLong);
            break;
        }
        if line.pop_if(|end| *end == b'\n').is_none() {
            if read as u64 == longest {
                wrong.push(Wrong::Line(number));
                break;
            }
            wrong.push(Wrong::NoEnd);
        }
        let Some((digest, path)) = split(algorithm, &line) else {
            wrong.push(Wrong::Line(number));
            continue;
        };
        if digest.bytes().any(|b| b.is_ascii_uppercase()) {
            wrong.push(Wrong::UpperCase(number));
        }
        if let Err(bad) = check_path(path) {
            wrong.push(Wrong::Name(number, path.into(), bad));
            if matches!(bad, BadPath::Absolute | BadPath::Traversal | BadPath::Long) {
                continue;
            }
        }
        if last.as_deref().is_some_and(|last| last > path) {
            wrong.push(Wrong::Unsorted(number));
        }
        last = Some(path.into());
        if entries.insert(path.into(), digest.to_ascii_lowercase()).is_some() {
            wrong.push(Wrong::Twice(number, path.into()));
        }
    }
    Ok((entries, wrong))
}

fn split(algorithm: Algorithm, line: &[u8]) -> Option<(&str, &str)> {
    let (digest, path) = std::str::from_utf8(line).ok()?.split_once("  ")?;
    let is_digest =
        digest.len() == algorithm.digits() && digest.bytes().all(|b| b.is_ascii_hexdigit());
    is_digest.then_some((digest, path))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn digest(c: char) -> String {
        c.to_string().repeat(64)
    }

    fn wrong(text: &str) -> Vec<Wrong> {
        read(Algorithm::Sha256, text.as_bytes()).unwrap().1
    }

    #[test]
    fn canonical_only() {
        let (a, b) = (digest('a'), digest('b'));
        assert_eq!(wrong(&format!("{a}  data/a\n{b}  data/b\n")), []);
        assert_eq!(wrong(&format!("{a}  data/b\n{b}  data/a\n")), [Wrong::Unsorted(2)]);
        assert_eq!(wrong(&format!("{}  data/a\n", digest('A'))), [Wrong::UpperCase(1)]);
        assert_eq!(wrong(&format!("{a}  data/a")), [Wrong::NoEnd]);
        assert_eq!(wrong(&format!("{a} data/a\n")), [Wrong::Line(1)]);
        assert_eq!(wrong(&format!("{a}  data/a\n\n")), [Wrong::Line(2)]);
        let twice = [Wrong::Twice(2, "data/a".into())];
        assert_eq!(wrong(&format!("{a}  data/a\n{a}  data/a\n")), twice);
        let out = [Wrong::Name(1, "data/../../x".into(), BadPath::Traversal)];
        assert_eq!(wrong(&format!("{a}  data/../../x\n")), out);
        // A carriage return belongs to the name, which then is none.
        assert!(matches!(wrong(&format!("{a}  data/a\r\n"))[..], [Wrong::Name(..)]));
    }

    #[test]
    fn a_line_without_end_is_cut_off() {
        let (entries, wrong) = read(
            Algorithm::Sha256,
            io::repeat(b'a').take(1 << 40).by_ref().take(1 << 40).into_buffered(),
        )
        .unwrap();
        assert!(entries.is_empty());
        assert_eq!(wrong, [Wrong::Line(1)]);
    }

    /// A reader with a buffer.
    trait IntoBuffered: io::Read + Sized {
        fn into_buffered(self) -> io::BufReader<Self> {
            io::BufReader::new(self)
        }
    }
    impl<T: io::Read> IntoBuffered for T {}

    proptest! {
        #[test]
        fn reads_what_it_writes(paths in prop::collection::btree_set("[a-z一-龥/]{1,20}", 0..20)) {
            let entries: Entries = paths.into_iter().map(|path| (path, digest('0'))).collect();
            let text = write(&entries);
            let (read, wrong) = read(Algorithm::Sha256, text.as_bytes()).unwrap();
            // Of these paths only some are safe.
            for path in read.keys() {
                prop_assert!(entries.contains_key(path));
            }
            prop_assert_eq!(read.len() + wrong.len(), entries.len());
        }

        #[test]
        fn never_panics(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            read(Algorithm::Sha512, bytes.as_slice()).unwrap();
        }
    }
}
