//! Where systems keep their fonts.

use std::path::{Path, PathBuf};

/// The font folders of this operating system, the user's own first; `home` is the user's home
/// folder. Folders that do not exist are in the list too.
pub fn system_font_dirs(home: Option<&Path>) -> Vec<PathBuf> {
    let (own, shared): (&[&str], &[&str]) = if cfg!(target_os = "windows") {
        (&["AppData/Local/Microsoft/Windows/Fonts"], &["C:/Windows/Fonts"])
    } else if cfg!(target_os = "macos") {
        (
            &["Library/Fonts"],
            &[
                "/Library/Fonts",
                "/System/Library/Fonts",
                // Fonts that the system fetches when they are first used, the Chinese ones
                // among them; the number at the end differs by release.
                "/System/Library/AssetsV2/com_apple_MobileAsset_Font6",
                "/System/Library/AssetsV2/com_apple_MobileAsset_Font7",
                "/System/Library/AssetsV2/com_apple_MobileAsset_Font8",
            ],
        )
    } else {
        (&[".local/share/fonts", ".fonts"], &["/usr/local/share/fonts", "/usr/share/fonts"])
    };
    let own = own.iter().filter_map(|dir| Some(home?.join(dir)));
    own.chain(shared.iter().map(PathBuf::from)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_users_folders_come_first_and_need_a_home() {
        let with = system_font_dirs(Some(Path::new("/home/li")));
        let without = system_font_dirs(None);
        assert!(with[0].starts_with("/home/li"));
        assert!(without.iter().all(|dir| !dir.starts_with("/home/li")));
        assert!(with.ends_with(&without));
        assert!(!without.is_empty());
    }
}
