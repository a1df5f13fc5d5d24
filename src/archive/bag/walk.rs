//! What stands in a bag's folder. Links are not followed, and nothing is opened.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

/// More entries than this are not listed: no document has so many files.
pub(crate) const MOST_ENTRIES: usize = 400_000;

/// Everything below a bag's folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Tree {
    /// Plain files by their path below the bag, with `/`, and where they stand.
    pub files: BTreeMap<String, PathBuf>,
    /// Links, sockets and other things that are no plain files.
    pub special: Vec<String>,
    /// Plain files that stand elsewhere too, under another name of the same file.
    pub hard_links: Vec<String>,
    /// Folders that hold nothing.
    pub empty: Vec<String>,
    /// What could not be listed, with the words of the system.
    pub unreadable: Vec<(String, String)>,
    /// Names that are not Unicode, as far as they can be shown.
    pub not_unicode: Vec<String>,
    /// Whether there were more than [`MOST_ENTRIES`].
    pub too_many: bool,
}

impl Tree {
    /// Lists a folder.
    pub(crate) fn of(folder: &Path) -> Self {
        let mut tree = Self::default();
        let mut folders: BTreeMap<String, bool> = BTreeMap::new();
        let walk = WalkDir::new(folder).min_depth(1).follow_links(false).sort_by_file_name();
        for (count, entry) in walk.into_iter().enumerate() {
            if count >= MOST_ENTRIES {
                tree.too_many = true;
                break;
            }
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    let path = error.path().unwrap_or(folder);
                    tree.unreadable.push((relative(folder, path).0, error.to_string()));
                    continue;
                }
            };
            let (name, unicode) = relative(folder, entry.path());
            if let Some((parent, _)) = name.rsplit_once('/') {
                folders.insert(parent.to_string(), true);
            }
            let kind = entry.file_type();
            if !unicode {
                tree.not_unicode.push(name);
            } else if kind.is_dir() {
                folders.entry(name).or_insert(false);
            } else if kind.is_file() {
                if has_other_names(&entry) {
                    tree.hard_links.push(name.clone());
                }
                tree.files.insert(name, entry.into_path());
            } else {
                tree.special.push(name);
            }
        }
        tree.empty = folders.into_iter().filter(|(_, full)| !full).map(|(name, _)| name).collect();
        tree
    }
}

/// Whether a file has more than one name. Only Unix says so.
fn has_other_names(entry: &walkdir::DirEntry) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        entry.metadata().is_ok_and(|about| about.nlink() > 1)
    }
    #[cfg(not(unix))]
    {
        let _ = entry;
        false
    }
}

/// A path below a folder with `/`, and whether all of it is Unicode.
fn relative(folder: &Path, path: &Path) -> (String, bool) {
    let relative = path.strip_prefix(folder).unwrap_or(path);
    let mut unicode = true;
    let parts: Vec<String> = relative
        .components()
        .map(|part| {
            unicode &= part.as_os_str().to_str().is_some();
            part.as_os_str().to_string_lossy().into_owned()
        })
        .collect();
    (parts.join("/"), unicode)
}
