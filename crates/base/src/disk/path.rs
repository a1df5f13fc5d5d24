//! Relative paths that come from a file or a manifest: which are safe, and the same on every system.

use std::path::{Component, Path};

use unicode_normalization::{UnicodeNormalization as _, is_nfc};

/// The longest path that is written or read below a folder of ours, in bytes.
pub const LONGEST_PATH: usize = 1024;

/// What is wrong with a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadPath {
    /// It begins at the root of a disk, or names a drive.
    Absolute,
    /// It leads out of the folder, or has an empty part or a `.`.
    Traversal,
    /// A character or an ending that some system refuses: control characters, `\ : * ? " < > |`,
    /// `%` (which BagIt tools read in different ways), a dot or a blank at an end.
    Character,
    /// It is not NFC.
    NotNfc,
    /// It is longer than [`LONGEST_PATH`].
    Long,
}

/// Whether a path stays in the folder that it is joined to.
pub fn stays_inside(path: &str) -> bool {
    Path::new(path).components().all(|part| matches!(part, Component::Normal(_)))
}

/// Whether a path with `/` between its parts is safe and the same everywhere.
///
/// # Errors
/// The first thing that is wrong, the most dangerous first.
pub fn check_path(path: &str) -> Result<(), BadPath> {
    let drive = path.as_bytes().get(1) == Some(&b':') && path.as_bytes()[0].is_ascii_alphabetic();
    if path.starts_with(['/', '\\', '~']) || drive {
        return Err(BadPath::Absolute);
    }
    if path.split(['/', '\\']).any(|part| matches!(part, "" | "." | "..")) {
        return Err(BadPath::Traversal);
    }
    if path.len() > LONGEST_PATH {
        return Err(BadPath::Long);
    }
    let refused = |c: char| c.is_control() || "\\:*?\"<>|%".contains(c);
    let edge = |part: &str| part.ends_with(['.', ' ']) || part.starts_with(' ');
    if path.contains(refused) || path.split('/').any(edge) {
        return Err(BadPath::Character);
    }
    if !is_nfc(path) {
        return Err(BadPath::NotNfc);
    }
    Ok(())
}

/// What two paths are compared by: some systems fold case, some normalise.
pub fn folded_path(path: &str) -> String {
    path.nfc().collect::<String>().to_lowercase().nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_refused() {
        use BadPath::*;
        for (path, wrong) in [
            ("/etc/passwd", Absolute),
            ("~/x", Absolute),
            ("C:/x", Absolute),
            ("\\\\server\\x", Absolute),
            ("data/../../x", Traversal),
            ("..", Traversal),
            ("", Traversal),
            ("data//x", Traversal),
            ("data/./x", Traversal),
            ("data\\..\\x", Traversal),
            ("data/a\nb", Character),
            ("data/a%0Ab", Character),
            ("data/a:b", Character),
            ("data/a.", Character),
            ("data/e\u{301}", NotNfc),
        ] {
            assert_eq!(check_path(path), Err(wrong), "{path}");
        }
        assert_eq!(check_path(&"a/".repeat(600)), Err(Traversal));
        assert_eq!(check_path(&"a".repeat(2000)), Err(Long));
        assert_eq!(check_path("data/电子档案/2025/0012-WS·2025-Y-BGS-0001/正本.pdf"), Ok(()));
    }

    #[test]
    fn what_collides() {
        assert_eq!(folded_path("data/A.PDF"), folded_path("data/a.pdf"));
        assert_eq!(folded_path("e\u{301}"), folded_path("É"));
        assert_ne!(folded_path("甲"), folded_path("乙"));
    }

    #[test]
    fn what_leads_outside() {
        assert!(stays_inside("public/notice.pdf"));
        for path in ["../x", "/etc/passwd", "a/../../b", "./a"] {
            assert!(!stays_inside(path), "{path}");
        }
    }
}
