//! The fonts of a run: found once, loaded once, used by every job.
//!
//! A [`Role`] says what a face is for; [`roles`](self::roles) holds the one table of the faces
//! that serve each. Text is set with an explicit list of families and Typst's own fallback
//! switched off, so that nothing depends on what else a machine has installed.

mod cache;
mod dirs;
mod face;
mod find;
mod map;
mod messages;
mod report;
mod roles;
mod scan;
mod settle;
mod sfnt;
mod stamp;

use std::fmt::Write;
use std::path::PathBuf;
use std::sync::Arc;

use typst::text::{Font, FontBook, is_default_ignorable};
use typst::utils::LazyHash;

pub use dirs::system_font_dirs;
pub use face::{Face, FontFile};
pub(super) use messages::lost;
pub use report::{FaceReport, MarksReport, RoleReport};
pub use roles::{Candidate, Role, Standing};
pub use sfnt::FaceHeader;

use crate::state;
use crate::typeset::timed;
use base::diag::Diagnostics;

use self::cache::{Cache, Known};
use self::scan::{FoundFile, scan};

/// Where to look for fonts and which to prefer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FontSettings {
    /// Folders that somebody named; searched first, and reported when they do not exist.
    pub dirs: Vec<PathBuf>,
    /// The system's folders (see [`system_font_dirs`]); they need not exist.
    pub system_dirs: Vec<PathBuf>,
    /// Families to use before the usual ones of a role, in order.
    pub families: Vec<(Role, String)>,
    /// The file that keeps what was seen of fonts for the next run; nothing is kept without one.
    pub cache: Option<PathBuf>,
}

/// The faces of one role.
#[derive(Debug)]
struct RoleFaces {
    /// Places in the list of faces, in the order in which characters are looked for.
    list: Vec<(usize, Standing)>,
    /// The weight text must have for Typst to take these faces of their families.
    weight: u16,
    /// A face and the marks that are taken from it before all others.
    marks: Option<(usize, String)>,
}

/// The fonts of a run.
#[derive(Debug)]
pub struct Fonts {
    files: Vec<Arc<FontFile>>,
    faces: Vec<Face>,
    book: LazyHash<FontBook>,
    /// One for each of [`Role::ALL`], in that order.
    roles: Vec<RoleFaces>,
    /// Every file that was found.
    found: Vec<FoundFile>,
    /// What the last run remembered, and where.
    cache: (Cache, Option<PathBuf>),
}

/// Every font file that a search with these settings finds, whether a role wants it or not.
pub fn font_files(settings: &FontSettings) -> Vec<PathBuf> {
    let folders = settings.dirs.iter().chain(&settings.system_dirs).map(PathBuf::as_path);
    scan(folders, &Cache::default()).0.into_iter().map(|file| file.path).collect()
}

impl Fonts {
    /// Searches the folders and loads what the roles need. The diagnostics say which roles are
    /// served by a stand-in (a hint or a warning) and which by nothing (an error).
    pub fn find(settings: &FontSettings) -> (Self, Diagnostics) {
        let mut diagnostics = Diagnostics::new();
        let folders = find::folders(settings, &mut diagnostics);
        let cache = Cache::read(settings.cache.as_deref());
        let (found, problems) = scan(folders, &cache);
        diagnostics.append(problems);
        let loaded = find::choose(&found, &cache, settings, &mut diagnostics);
        let fonts = Self {
            files: loaded.files,
            faces: loaded.faces,
            book: LazyHash::new(loaded.book),
            roles: loaded.roles,
            found,
            cache: (cache, settings.cache.clone()),
        };
        (fonts, diagnostics)
    }

    /// Keeps what was seen for the next run.
    pub fn remember(&self) {
        let (cache, Some(path)) = &self.cache else { return };
        let seen = self.found.iter().filter_map(|found| {
            let stamp = found.stamp.clone()?;
            let before = cache.get(&found.path, Some(&stamp));
            let mut faces = before.map(|known| known.faces.clone()).unwrap_or_default();
            let of_file = self.faces.iter().filter(|face| face.file().path() == found.path);
            faces.extend(of_file.map(|face| (face.index(), face.inside().clone())));
            let file = self.files.iter().find(|file| file.path() == found.path);
            // A file that was changed since is another one.
            let file = file.filter(|file| file.stamp() == Some(&stamp));
            let hash = file.and_then(|file| file.known_sha256());
            let sha256 = hash.or_else(|| before.and_then(|known| known.sha256.clone()));
            let headers = found.headers.clone();
            Some((found.path.clone(), Known { stamp, headers, faces, sha256 }))
        });
        let new = cache.with(seen);
        if new != *cache {
            state::write(path, &new);
        }
    }

    /// What tells these fonts from others, without reading them: which files, and what a role's
    /// text is set in. `None` where the system does not tell one file from another.
    pub(crate) fn fingerprint(&self) -> Option<String> {
        let mut print = String::new();
        for face in &self.faces {
            let (path, index) = (face.file().path().display(), face.index());
            let _ = writeln!(print, "{path} {index} {:?}", face.file().stamp()?);
        }
        for role in Role::ALL {
            let _ = writeln!(print, "{} {}", self.typst_font_list(role), self.weight(role));
        }
        Some(print)
    }

    /// The files that could not be read any more when they were needed.
    pub fn lost(&self) -> impl Iterator<Item = &FontFile> {
        self.files.iter().map(Arc::as_ref).filter(|file| file.is_lost())
    }

    /// The faces of a role in the order in which characters are looked for.
    pub fn faces(&self, role: Role) -> impl Iterator<Item = (&Face, Standing)> {
        let list = self.role(role).into_iter().flat_map(|faces| &faces.list);
        list.map(|&(place, standing)| (&self.faces[place], standing))
    }

    /// Gets the face of a role's text ready, which takes some milliseconds; the first document
    /// that is set in it does the same.
    pub fn ready(&self, role: Role) {
        let _timed = timed("font");
        if let Some(face) = self.primary(role) {
            face.font();
        }
    }

    /// The face that a role's text is set in.
    pub fn primary(&self, role: Role) -> Option<&Face> {
        self.faces(role).next().map(|(face, _)| face)
    }

    /// The face that marks of a role are taken from because its own draws them narrow, and the
    /// marks.
    pub fn marks(&self, role: Role) -> Option<(&Face, &str)> {
        let (place, marks) = self.role(role)?.marks.as_ref()?;
        Some((&self.faces[*place], marks))
    }

    /// The weight to set a role's text in, so that Typst takes the faces listed here.
    pub fn weight(&self, role: Role) -> u16 {
        self.role(role).map_or(400, |faces| faces.weight)
    }

    /// The face that will draw a character of a role's text.
    pub fn covers(&self, role: Role, c: char) -> Option<&Face> {
        match self.marks(role) {
            Some((face, marks)) if marks.contains(c) => Some(face),
            _ => self.faces(role).map(|(face, _)| face).find(|face| face.has(c)),
        }
    }

    /// Whether any face can draw a character.
    pub fn covered_by_any(&self, c: char) -> bool {
        invisible(c) || self.faces.iter().any(|face| face.has(c))
    }

    /// The families of a role as a Typst expression for `set text(font: …)`. It needs
    /// `fallback: false` and the role's [`weight`](Self::weight) beside it.
    pub(crate) fn typst_font_list(&self, role: Role) -> String {
        let mut list = String::from("(");
        if let Some((face, marks)) = self.marks(role) {
            let family = quoted(face.family());
            let _ = write!(list, "(name: {family}, covers: regex(\"[{marks}]\")), ");
        }
        let mut seen: Vec<&str> = Vec::new();
        for (face, _) in self.faces(role) {
            if !seen.contains(&face.family()) {
                seen.push(face.family());
                let _ = write!(list, "{}, ", quoted(face.family()));
            }
        }
        list.truncate(list.trim_end_matches(' ').len());
        list.push(')');
        list
    }

    /// The files that were loaded, by path.
    pub fn files(&self) -> &[Arc<FontFile>] {
        &self.files
    }

    pub(super) fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    pub(super) fn font(&self, index: usize) -> Option<Font> {
        self.faces.get(index)?.font().cloned()
    }

    /// The families tried for text whose first family is this one.
    pub(super) fn tried(&self, family: &str) -> Vec<&str> {
        let role = Role::ALL
            .into_iter()
            .find(|&role| self.primary(role).is_some_and(|face| face.family() == family));
        let mut families: Vec<&str> = match role {
            Some(role) => self.faces(role).map(|(face, _)| face.family()).collect(),
            None => Vec::new(),
        };
        families.dedup();
        families
    }

    fn role(&self, role: Role) -> Option<&RoleFaces> {
        let at = Role::ALL.iter().position(|&other| other == role)?;
        self.roles.get(at)
    }
}

/// Characters that Typst does not draw, so that no face needs them.
fn invisible(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\t') || is_default_ignorable(c)
}

/// A Typst string.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
pub(super) mod tests;
