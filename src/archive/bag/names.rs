//! Names of files in a bag: which are safe and the same on every system.

use unicode_normalization::{UnicodeNormalization as _, is_nfc};

/// The longest path below the bag that is written or read, in bytes.
pub(crate) const LONGEST_PATH: usize = 1024;

/// What is wrong with a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadName {
    /// It begins at the root of a disk, or names a drive.
    Absolute,
    /// It leads out of the bag, or has an empty part or a `.`.
    Traversal,
    /// A character or an ending that some system refuses: control characters, `\ : * ? " < > |`,
    /// `%` (which BagIt tools read in different ways), a dot or a blank at an end.
    Character,
    /// It is not NFC.
    NotNfc,
    /// It is longer than [`LONGEST_PATH`].
    Long,
}

/// Whether a path with `/` between its parts is safe and the same everywhere.
///
/// # Errors
/// The first thing that is wrong, the most dangerous first.
pub(crate) fn check_name(path: &str) -> Result<(), BadName> {
    let drive = path.as_bytes().get(1) == Some(&b':') && path.as_bytes()[0].is_ascii_alphabetic();
    if path.starts_with(['/', '\\', '~']) || drive {
        return Err(BadName::Absolute);
    }
    if path.split(['/', '\\']).any(|part| matches!(part, "" | "." | "..")) {
        return Err(BadName::Traversal);
    }
    if path.len() > LONGEST_PATH {
        return Err(BadName::Long);
    }
    let refused = |c: char| c.is_control() || "\\:*?\"<>|%".contains(c);
    let edge = |part: &str| part.ends_with(['.', ' ']) || part.starts_with(' ');
    if path.contains(refused) || path.split('/').any(edge) {
        return Err(BadName::Character);
    }
    if !is_nfc(path) {
        return Err(BadName::NotNfc);
    }
    Ok(())
}

/// What two paths are compared by: systems fold case, and some normalise.
pub fn folded(path: &str) -> String {
    path.nfc().collect::<String>().to_lowercase().nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_refused() {
        use BadName::*;
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
            assert_eq!(check_name(path), Err(wrong), "{path}");
        }
        assert_eq!(check_name(&"a/".repeat(600)), Err(Traversal));
        assert_eq!(check_name(&"a".repeat(2000)), Err(Long));
        assert_eq!(check_name("data/电子档案/2025/0012-WS·2025-Y-BGS-0001/正本.pdf"), Ok(()));
    }

    #[test]
    fn what_collides() {
        assert_eq!(folded("data/A.PDF"), folded("data/a.pdf"));
        assert_eq!(folded("e\u{301}"), folded("É"));
        assert_ne!(folded("甲"), folded("乙"));
    }
}
