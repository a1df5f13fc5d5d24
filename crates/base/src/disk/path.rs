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
    /// a `%` that BagIt tools read in different ways ([`is_escaped`]), a dot or a blank at an end.
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
    let refused = |c: char| c.is_control() || "\\:*?\"<>|".contains(c);
    let edge = |part: &str| part.ends_with(['.', ' ']) || part.starts_with(' ');
    if path.contains(refused) || is_escaped(path) || path.split('/').any(edge) {
        return Err(BadPath::Character);
    }
    if !is_nfc(path) {
        return Err(BadPath::NotNfc);
    }
    Ok(())
}

/// Whether a path has what stands for another character in a manifest of BagIt: some tools resolve
/// `%0A`, `%0D` and `%25` there, others do not (RFC 8493, 2.1.3). Any other `%` is itself to all of them.
pub fn is_escaped(path: &str) -> bool {
    path.match_indices('%').any(|(at, _)| {
        let digits = path.as_bytes().get(at + 1..at + 3);
        digits.is_some_and(|d| [b"0A", b"0D", b"25"].iter().any(|e| d.eq_ignore_ascii_case(*e)))
    })
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
            ("data/a%0db", Character),
            ("data/a%25", Character),
            ("data/a:b", Character),
            ("data/a.", Character),
            ("data/e\u{301}", NotNfc),
        ] {
            assert_eq!(check_path(path), Err(wrong), "{path}");
        }
        assert_eq!(check_path(&"a/".repeat(600)), Err(Traversal));
        assert_eq!(check_path(&"a".repeat(2000)), Err(Long));
        for path in ["data/甲%办.pdf", "data/100%", "data/a%20b", "data/%2", "data/5%-0A"] {
            assert_eq!(check_path(path), Ok(()), "{path}");
        }
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
