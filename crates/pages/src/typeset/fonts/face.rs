//! A font file and the faces in it.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use typst::foundations::Bytes;
use typst::text::{Font, FontFlags, FontInfo};
use typst::utils::hash128;

use super::cache::Inside;
use super::map::FileBytes;
use super::stamp::Stamp;
use base::disk::sha256;

/// The marks that Chinese shares with Latin text and wants as wide as a character; some faces
/// draw them narrow. Dashes and dots are wide between Chinese characters in all faces seen.
const WIDE_MARKS: &str = "“”‘’";

/// A font file, read whole when it is first needed and shared by its faces.
#[derive(Debug)]
pub struct FontFile {
    path: PathBuf,
    stamp: Option<Stamp>,
    bytes: OnceLock<Option<FileBytes>>,
    sha256: OnceLock<String>,
}

impl FontFile {
    /// A file with this stamp, whose hash may be known.
    pub(super) fn new(path: &Path, stamp: Option<Stamp>, sha256: Option<String>) -> Self {
        let sha256 = sha256.map_or_else(OnceLock::new, OnceLock::from);
        Self { path: path.to_owned(), stamp, bytes: OnceLock::new(), sha256 }
    }

    /// Reads it.
    pub(super) fn read(&self) -> io::Result<FileBytes> {
        let bytes = FileBytes::of(&self.path)?;
        if Stamp::of(&self.path) != self.stamp {
            return Err(io::Error::other("the file has just been changed"));
        }
        Ok(bytes)
    }

    /// Keeps what was read of it.
    pub(super) fn keep(&self, bytes: FileBytes) {
        let _ = self.bytes.set(Some(bytes));
    }

    fn mapped(&self) -> Option<&FileBytes> {
        self.bytes.get_or_init(|| self.read().ok()).as_ref()
    }

    fn bytes(&self) -> Option<&Bytes> {
        self.mapped().map(FileBytes::bytes)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether it could not be read any more when it was needed: text that asked for it was set
    /// in another face.
    pub fn is_lost(&self) -> bool {
        matches!(self.bytes.get(), Some(None))
    }

    /// The SHA-256 of its bytes in hexadecimal, worked out when first asked for; nothing where it
    /// cannot be read any more.
    pub fn sha256(&self) -> &str {
        self.sha256.get_or_init(|| {
            let read = match self.bytes.get() {
                Some(Some(_)) => None,
                _ => self.read().ok(),
            };
            let bytes = read.as_ref().or_else(|| self.bytes.get()?.as_ref());
            let Some(bytes) = bytes else { return String::new() };
            let hash = sha256(bytes.bytes());
            bytes.let_go();
            hash
        })
    }

    /// The same, where it was worked out or is known from another run.
    pub(super) fn known_sha256(&self) -> Option<String> {
        self.sha256.get().filter(|hash| !hash.is_empty()).cloned()
    }

    pub(super) fn stamp(&self) -> Option<&Stamp> {
        self.stamp.as_ref()
    }
}

/// A face that serves a role.
#[derive(Debug)]
pub struct Face {
    file: Arc<FontFile>,
    index: u32,
    inside: Inside,
    /// The code points it has, as runs from first to last, ascending.
    runs: Vec<(u32, u32)>,
    font: OnceLock<Option<Font>>,
}

impl Face {
    pub(super) fn new(file: &Arc<FontFile>, index: u32, inside: Inside) -> Self {
        let mut runs: Vec<(u32, u32)> = Vec::new();
        for c in inside.info.coverage.iter() {
            match runs.last_mut() {
                Some((_, last)) if *last + 1 == c => *last = c,
                _ => runs.push((c, c)),
            }
        }
        Self { file: file.clone(), index, inside, runs, font: OnceLock::new() }
    }

    /// The family name that Typst knows it by, which may differ from the file's own names.
    pub fn family(&self) -> &str {
        &self.inside.info.family
    }

    /// The file it is in.
    pub fn file(&self) -> &FontFile {
        &self.file
    }

    /// Its number in a collection, 0 in other files.
    pub fn index(&self) -> u32 {
        self.index
    }

    /// Its weight, for a variable font the one it starts from.
    pub fn weight(&self) -> u16 {
        self.inside.info.variant.weight.to_number()
    }

    /// Whether it takes any weight in a range.
    pub(crate) fn is_variable(&self) -> bool {
        self.inside.info.flags.contains(FontFlags::VARIABLE)
    }

    /// Whether it can draw a character.
    pub fn has(&self, c: char) -> bool {
        let c = u32::from(c);
        let after = self.runs.partition_point(|&(first, _)| first <= c);
        after.checked_sub(1).is_some_and(|at| c <= self.runs[at].1)
    }

    /// The Chinese punctuation marks that it has but draws narrower than a character.
    pub(crate) fn narrow_marks(&self) -> &[char] {
        &self.inside.narrow
    }

    /// The top and the bottom of a character's ink above the baseline, in em.
    pub fn ink(&self, c: char) -> Option<(f64, f64)> {
        let face = ttf_parser::Face::parse(self.file.bytes()?, self.index).ok()?;
        let ink = crate::typeset::outline::ink(&face, face.glyph_index(c)?)?;
        let em = f64::from(face.units_per_em());
        Some((ink.y1 / em, ink.y0 / em))
    }

    /// What is inside, for the next run to remember.
    pub(super) fn inside(&self) -> &Inside {
        &self.inside
    }

    /// The face as Typst wants it; none where its file cannot be read any more.
    pub(super) fn font(&self) -> Option<&Font> {
        let load = || {
            let file = self.file.mapped()?;
            let font = Font::new(file.bytes().clone(), self.index)?;
            // Typst hashes a font's file when it first sets a text in it and keeps the hash with the
            // font; threads that do so at the same time would hash it each for itself.
            hash128(font.data());
            file.let_go();
            Some(font)
        };
        self.font.get_or_init(load).as_ref()
    }
}

impl Inside {
    /// Looks into a face; none where it is not usable.
    pub(super) fn of(bytes: &[u8], index: u32) -> Option<Self> {
        Some(Self { info: FontInfo::new(bytes, index)?, narrow: narrow_marks(bytes, index) })
    }
}

fn narrow_marks(bytes: &[u8], index: u32) -> Vec<char> {
    let Ok(face) = ttf_parser::Face::parse(bytes, index) else {
        return Vec::new();
    };
    let full = f64::from(face.units_per_em());
    let narrow = |mark: &char| {
        let advance = face.glyph_index(*mark).and_then(|glyph| face.glyph_hor_advance(glyph));
        advance.is_some_and(|advance| f64::from(advance) < 0.9 * full)
    };
    WIDE_MARKS.chars().filter(narrow).collect()
}
