//! A font file in memory and the faces in it.

use std::fmt::Write;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use sha2::{Digest, Sha256};
use typst::foundations::Bytes;
use typst::text::{Font, FontFlags};

/// The marks that Chinese shares with Latin text and wants as wide as a character; some faces
/// draw them narrow. Dashes and dots are wide between Chinese characters in all faces seen.
const WIDE_MARKS: &str = "“”‘’";

/// A font file, read whole and shared by its faces.
#[derive(Debug)]
pub struct FontFile {
    path: PathBuf,
    bytes: Bytes,
    sha256: OnceLock<String>,
}

impl FontFile {
    pub(super) fn read(path: &Path) -> io::Result<Arc<Self>> {
        Ok(Arc::new(Self {
            path: path.to_owned(),
            bytes: Bytes::new(fs::read(path)?),
            sha256: OnceLock::new(),
        }))
    }

    /// Where it was read from.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The SHA-256 of its bytes in hexadecimal, worked out when first asked for.
    pub fn sha256(&self) -> &str {
        self.sha256.get_or_init(|| {
            let digest = Sha256::digest(&self.bytes);
            digest.iter().fold(String::new(), |mut hex, byte| {
                let _ = write!(hex, "{byte:02x}");
                hex
            })
        })
    }
}

/// A face that was loaded.
#[derive(Debug)]
pub struct Face {
    file: Arc<FontFile>,
    font: Font,
    /// The code points it has, as runs from first to last, ascending.
    runs: Vec<(u32, u32)>,
    /// Those of [`WIDE_MARKS`] that it draws narrow.
    narrow: Vec<char>,
}

impl Face {
    pub(super) fn load(file: &Arc<FontFile>, index: u32) -> Option<Self> {
        let font = Font::new(file.bytes.clone(), index)?;
        let mut runs: Vec<(u32, u32)> = Vec::new();
        for c in font.info().coverage.iter() {
            match runs.last_mut() {
                Some((_, last)) if *last + 1 == c => *last = c,
                _ => runs.push((c, c)),
            }
        }
        let narrow = narrow_marks(&file.bytes, index);
        Some(Self { file: file.clone(), font, runs, narrow })
    }

    /// The family name that Typst knows it by, which may differ from the file's own names.
    pub fn family(&self) -> &str {
        &self.font.info().family
    }

    /// The file it is in.
    pub fn file(&self) -> &FontFile {
        &self.file
    }

    /// Its number in a collection, 0 in other files.
    pub fn index(&self) -> u32 {
        self.font.index()
    }

    /// Its weight, for a variable font the one it starts from.
    pub fn weight(&self) -> u16 {
        self.font.info().variant.weight.to_number()
    }

    /// Whether it takes any weight in a range.
    pub fn is_variable(&self) -> bool {
        self.font.info().flags.contains(FontFlags::VARIABLE)
    }

    /// Whether it can draw a character.
    pub fn has(&self, c: char) -> bool {
        let c = u32::from(c);
        let after = self.runs.partition_point(|&(first, _)| first <= c);
        after.checked_sub(1).is_some_and(|at| c <= self.runs[at].1)
    }

    /// The Chinese punctuation marks that it has but draws narrower than a character.
    pub fn narrow_marks(&self) -> &[char] {
        &self.narrow
    }

    /// The top and the bottom of a character's ink above the baseline, in em.
    pub fn ink(&self, c: char) -> Option<(f64, f64)> {
        let face = ttf_parser::Face::parse(&self.file.bytes, self.index()).ok()?;
        let ink = crate::typeset::outline::ink(&face, face.glyph_index(c)?)?;
        let em = f64::from(face.units_per_em());
        Some((ink.y1 / em, ink.y0 / em))
    }

    pub(in crate::typeset) fn font(&self) -> &Font {
        &self.font
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
