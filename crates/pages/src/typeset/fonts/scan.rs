//! Finding font files in folders.

use std::collections::BTreeSet;
use std::fs::File;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::cache::Cache;
use super::sfnt::{FaceHeader, read_faces};
use super::stamp::Stamp;
use base::diag::{Diagnostic, Diagnostics};
use base::text;

/// A face in a file, not loaded yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FoundFace {
    /// The file.
    pub(super) path: PathBuf,
    /// The number of the face in a collection, 0 in other files.
    pub(super) index: u32,
    /// What the file says about it.
    pub(super) header: FaceHeader,
}

/// A file that was looked into.
#[derive(Debug)]
pub(super) struct FoundFile {
    pub(super) path: PathBuf,
    pub(super) stamp: Option<Stamp>,
    pub(super) headers: Vec<FaceHeader>,
}

/// Every font file below `dirs`, in the order of the folders, then by path, whatever order the
/// file system lists them in. A file reached twice counts once, at its first place. Files that
/// cannot be read are reported and passed over; folders that do not exist have nothing. Files
/// that the cache knows are not opened.
pub(super) fn scan<'a>(
    dirs: impl IntoIterator<Item = &'a Path>,
    cache: &Cache,
) -> (Vec<FoundFile>, Diagnostics) {
    let mut files = Vec::new();
    let mut diagnostics = Diagnostics::new();
    let mut seen = BTreeSet::new();
    for dir in dirs.into_iter().filter(|dir| dir.exists()) {
        for path in font_files(dir, &mut diagnostics) {
            if !seen.insert(path.canonicalize().unwrap_or_else(|_| path.clone())) {
                continue;
            }
            let stamp = Stamp::of(&path);
            let headers = match cache.get(&path, stamp.as_ref()) {
                Some(known) => Ok(known.headers.clone()),
                None => File::open(&path).and_then(|mut file| read_faces(&mut file)),
            };
            match headers {
                Ok(headers) => files.push(FoundFile { path, stamp, headers }),
                Err(error) => diagnostics.push(unreadable(&path, &error.to_string())),
            }
        }
    }
    (files, diagnostics)
}

/// The faces of files, in their order.
pub(super) fn faces(files: &[FoundFile]) -> Vec<FoundFace> {
    let of = |file: &FoundFile| {
        let path = file.path.clone();
        let headers = (0..).zip(file.headers.clone());
        headers.map(move |(index, header)| FoundFace { path: path.clone(), index, header })
    };
    files.iter().flat_map(of).collect()
}

/// Links are followed; one that leads back to a folder above it ends there.
fn font_files(dir: &Path, diagnostics: &mut Diagnostics) -> BTreeSet<PathBuf> {
    let mut paths = BTreeSet::new();
    for entry in WalkDir::new(dir).follow_links(true) {
        match entry {
            Ok(entry) if entry.file_type().is_file() && is_font(entry.path()) => {
                paths.insert(entry.into_path());
            }
            Ok(_) => {}
            Err(error) if error.loop_ancestor().is_some() => {}
            // A link to nowhere matters only when it is called a font.
            Err(error) => {
                let path = error.path().unwrap_or(dir);
                if is_font(path) || path.is_dir() {
                    diagnostics.push(unreadable(path, &error.to_string()));
                }
            }
        }
    }
    paths
}

fn is_font(path: &Path) -> bool {
    path.extension().is_some_and(|extension| {
        ["ttf", "otf", "ttc", "otc"].iter().any(|font| extension.eq_ignore_ascii_case(font))
    })
}

pub(super) fn unreadable(path: &Path, detail: &str) -> Diagnostic {
    let path = path.display();
    Diagnostic::warning(
        "font-file-unreadable",
        text!(
            "字体文件“{path}”读不出来，已跳过",
            "the font file {path} cannot be read and was passed over"
        ),
    )
    .help(text!(
        "如果要用这个字体，请检查文件是否完整、是否有权限读取，或者重新安装",
        "if this font is wanted, check that the file is complete and may be read, or install it again"
    ))
    .detail(detail)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::super::sfnt::tests::made_up;
    use super::*;

    #[test]
    fn order_is_by_folder_then_path_and_broken_files_are_reported() {
        let dir = tempfile::tempdir().unwrap();
        let (one, two) = (dir.path().join("one"), dir.path().join("two"));
        fs::create_dir_all(one.join("deep")).unwrap();
        fs::create_dir_all(&two).unwrap();
        fs::write(one.join("z.TTF"), made_up(&[(1, "丙")], 400)).unwrap();
        fs::write(one.join("deep/a.otf"), made_up(&[(1, "乙")], 400)).unwrap();
        fs::write(two.join("a.ttf"), made_up(&[(1, "甲")], 400)).unwrap();
        fs::write(two.join("readme.txt"), "not a font").unwrap();
        fs::write(two.join("broken.ttf"), "not a font either").unwrap();

        let missing = dir.path().join("missing");
        let dirs = [two.as_path(), &one, &two, &missing];
        let (files, diagnostics) = scan(dirs, &Cache::default());
        let faces = faces(&files);
        let names: Vec<_> = faces.iter().map(|face| &*face.header.families[0]).collect();
        assert_eq!(names, ["甲", "乙", "丙"]);
        let codes: Vec<_> = diagnostics.iter().map(|d| d.code).collect();
        assert_eq!(codes, ["font-file-unreadable"]);
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_once_and_circles_end() {
        use std::os::unix::fs::symlink;
        let dir = tempfile::tempdir().unwrap();
        let real = dir.path().join("real");
        fs::create_dir(&real).unwrap();
        fs::write(real.join("a.ttf"), made_up(&[(1, "甲")], 400)).unwrap();
        symlink(&real, real.join("round")).unwrap();
        let fonts = dir.path().join("fonts");
        fs::create_dir(&fonts).unwrap();
        symlink(real.join("a.ttf"), fonts.join("linked.ttf")).unwrap();
        symlink(real.join("nowhere"), fonts.join("dangling.ttf")).unwrap();

        let (files, diagnostics) = scan([fonts.as_path(), &real], &Cache::default());
        let faces = faces(&files);
        assert_eq!(faces.len(), 1);
        assert!(faces[0].path.ends_with("linked.ttf"));
        assert_eq!(diagnostics.len(), 1);
    }

    #[test]
    fn the_installed_collection_gives_every_face_with_its_names() {
        let dir = Path::new("/usr/share/fonts/opentype/noto");
        if !dir.join("NotoSerifCJK-Bold.ttc").exists() {
            eprintln!("skipped: fonts-noto-cjk is not installed");
            return;
        }
        let (files, diagnostics) = scan([dir], &Cache::default());
        let faces = faces(&files);
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
        let found = faces.iter().find(|face| {
            face.header.families.iter().any(|name| name == "Noto Serif CJK SC")
                && face.header.weights == (700..=700)
        });
        assert!(found.is_some_and(|face| face.index > 0));
    }
}
