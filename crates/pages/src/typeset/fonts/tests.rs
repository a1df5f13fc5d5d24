use std::fs;
use std::path::Path;

use super::sfnt::tests::made_up;
use super::stamp::Stamp;
use super::*;

/// The installed fonts that these tests are about, or nothing with a notice.
pub(in crate::typeset) fn installed() -> Option<FontSettings> {
    let dirs = ["/usr/share/fonts/opentype/noto", "/usr/share/fonts/truetype/lxgw-wenkai"];
    if !dirs.iter().all(|dir| Path::new(dir).is_dir()) {
        eprintln!("skipped: fonts-noto-cjk or fonts-lxgw-wenkai is not installed");
        return None;
    }
    Some(FontSettings { dirs: dirs.map(PathBuf::from).to_vec(), ..FontSettings::default() })
}

/// The first character of a text that no face of the role can draw, with its place in bytes.
fn first_uncovered(fonts: &Fonts, role: Role, text: &str) -> Option<(usize, char)> {
    text.char_indices().find(|&(_, c)| !invisible(c) && fonts.covers(role, c).is_none())
}

fn codes(diagnostics: &Diagnostics) -> Vec<&str> {
    diagnostics.iter().map(|d| d.code).collect()
}

#[test]
fn without_fonts_every_role_is_an_error_that_says_what_to_install() {
    let (fonts, diagnostics) = Fonts::find(&FontSettings::default());
    assert_eq!(codes(&diagnostics), ["font-missing"; 5]);
    assert!(diagnostics.has_errors());
    assert!(fonts.primary(Role::Body).is_none());
    assert!(fonts.report().iter().all(|role| role.face.is_none()));
    assert_eq!(first_uncovered(&fonts, Role::Body, "\n文"), Some((1, '文')));
}

#[test]
fn a_folder_that_was_named_and_does_not_exist_is_reported() {
    let settings = FontSettings {
        dirs: vec![PathBuf::from("/nowhere/fonts")],
        system_dirs: vec![PathBuf::from("/nowhere/system")],
        ..FontSettings::default()
    };
    let (_, diagnostics) = Fonts::find(&settings);
    assert_eq!(codes(&diagnostics)[0], "font-folder-missing");
    assert_eq!(diagnostics.len(), 6);
}

#[test]
fn the_free_fonts_serve_all_roles() {
    let Some(settings) = installed() else { return };
    let (fonts, diagnostics) = Fonts::find(&settings);
    assert!(!diagnostics.has_errors(), "{diagnostics:?}");
    let mut codes = codes(&diagnostics);
    codes.sort_unstable();
    assert_eq!(codes[..4], ["font-fallback"; 4]);
    assert_eq!(codes[4..], ["font-stopgap"]);

    let primary = |role| {
        let face = fonts.primary(role).unwrap();
        (face.family(), face.weight(), fonts.weight(role))
    };
    assert_eq!(primary(Role::Title), ("Noto Serif CJK SC", 700, 700));
    assert_eq!(primary(Role::Body), ("LXGW WenKai", 300, 300));
    assert_eq!(primary(Role::Kai), ("LXGW WenKai", 400, 400));
    assert_eq!(primary(Role::Hei), ("Noto Sans CJK SC", 400, 400));
    assert_eq!(primary(Role::Song), ("Noto Serif CJK SC", 400, 400));

    for role in Role::ALL {
        assert_eq!(first_uncovered(&fonts, role, "镕堃喆玥珺璟昇浉甪“”—…0aA（）"), None);
    }
    assert_eq!(first_uncovered(&fonts, Role::Body, "文\u{e000}"), Some((3, '\u{e000}')));
}

#[test]
fn narrow_quotes_come_from_the_song_face() {
    let Some(settings) = installed() else { return };
    let (fonts, _) = Fonts::find(&settings);
    assert!(fonts.marks(Role::Song).is_none());
    let (lender, marks) = fonts.marks(Role::Kai).unwrap();
    assert_eq!((lender.family(), marks), ("Noto Serif CJK SC", "“”‘’"));
    assert_eq!(fonts.covers(Role::Kai, '“').unwrap().family(), "Noto Serif CJK SC");
    assert_eq!(fonts.covers(Role::Kai, '文').unwrap().family(), "LXGW WenKai");
    let list = fonts.typst_font_list(Role::Kai);
    assert!(list.starts_with("((name: \"Noto Serif CJK SC\", covers: regex("), "{list}");
    assert!(list.contains("\"LXGW WenKai\","), "{list}");
}

#[test]
fn borrowed_quotes_have_the_weight_of_the_text() {
    let Some(mut settings) = installed() else {
        return;
    };
    // A title in the bold face of a family with narrow quotes.
    settings.families = vec![(Role::Title, "LXGW WenKai".into())];
    let (fonts, _) = Fonts::find(&settings);
    assert_eq!(fonts.weight(Role::Title), 700);
    let quote = fonts.covers(Role::Title, '“').unwrap();
    assert_eq!((quote.family(), quote.weight()), ("Noto Serif CJK SC", 700));
}

#[test]
fn settings_come_first_and_unknown_families_are_named() {
    let Some(mut settings) = installed() else {
        return;
    };
    settings.families =
        vec![(Role::Body, "华文没有".into()), (Role::Body, "noto serif CJKSC".into())];
    let (fonts, diagnostics) = Fonts::find(&settings);
    assert!(codes(&diagnostics).contains(&"font-family-unknown"));
    assert!(!codes(&diagnostics).contains(&"font-stopgap"));
    let (face, standing) = fonts.faces(Role::Body).next().unwrap();
    assert_eq!((face.family(), face.weight()), ("Noto Serif CJK SC", 400));
    assert_eq!(standing, Standing::Chosen);
}

#[test]
fn a_file_with_names_and_nothing_else_is_passed_over() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("a.ttf"), made_up(&[(1, "仿宋")], 400)).unwrap();
    let settings = FontSettings { dirs: vec![dir.path().to_owned()], ..FontSettings::default() };
    let (fonts, diagnostics) = Fonts::find(&settings);
    assert!(codes(&diagnostics).contains(&"font-file-unreadable"));
    assert!(fonts.primary(Role::Body).is_none());
}

#[test]
fn the_hash_is_that_of_the_file() {
    let Some(settings) = installed() else { return };
    let (fonts, _) = Fonts::find(&settings);
    let file = fonts.primary(Role::Kai).unwrap().file();
    assert_eq!(file.sha256().len(), 64);
    assert_eq!(file.sha256(), base::disk::sha256(&fs::read(file.path()).unwrap()));
}

/// Fonts of a folder with a cache beside it, and what of it was read.
fn cached(dir: &Path) -> Fonts {
    let settings = FontSettings {
        dirs: vec![dir.join("fonts")],
        cache: Some(dir.join("state/fonts.json")),
        ..FontSettings::default()
    };
    let (fonts, _) = Fonts::find(&settings);
    fonts.remember();
    fonts
}

fn old_copy(from: &Path, to: &Path) {
    fs::copy(from, to).unwrap();
    let day = std::time::SystemTime::now() - std::time::Duration::from_secs(86_400);
    fs::File::options().append(true).open(to).unwrap().set_modified(day).unwrap();
}

#[test]
fn what_is_remembered_is_what_was_read_until_the_file_changes() {
    let Some(settings) = installed() else { return };
    let dir = tempfile::tempdir().unwrap();
    let font = dir.path().join("fonts/kai.ttf");
    fs::create_dir(dir.path().join("fonts")).unwrap();
    let lxgw = settings.dirs[1].join("LXGWWenKai-Regular.ttf");
    old_copy(&lxgw, &font);
    // A file that was written this moment is not remembered.
    let first = cached(dir.path());
    assert!(first.files()[0].known_sha256().is_none());
    let cache = Cache::read(Some(&dir.path().join("state/fonts.json")));
    assert!(cache.get(&font, Stamp::of(&font).as_ref()).is_none());

    std::thread::sleep(std::time::Duration::from_millis(3200));
    let hash = {
        let second = cached(dir.path());
        let hash = second.files()[0].sha256().to_owned();
        second.remember();
        hash
    };
    let third = cached(dir.path());
    assert_eq!(third.report(), first.report());
    assert_eq!(third.files()[0].known_sha256(), Some(hash));
    assert!(third.primary(Role::Kai).unwrap().has('楷'));
    assert!(third.font(0).is_some(), "read when it is needed");

    let settings = installed().unwrap();
    old_copy(&settings.dirs[1].join("LXGWWenKai-Light.ttf"), &font);
    let changed = cached(dir.path());
    assert!(changed.files()[0].known_sha256().is_none());
    assert_eq!(changed.primary(Role::Body).unwrap().weight(), 300);
    // A cache that is damaged is none.
    fs::write(dir.path().join("state/fonts.json"), "{").unwrap();
    assert_eq!(cached(dir.path()).report(), changed.report());
}

#[test]
fn a_file_that_is_gone_when_it_is_needed_is_lost() {
    let Some(settings) = installed() else { return };
    let dir = tempfile::tempdir().unwrap();
    let font = dir.path().join("fonts/kai.ttf");
    fs::create_dir(dir.path().join("fonts")).unwrap();
    old_copy(&settings.dirs[1].join("LXGWWenKai-Regular.ttf"), &font);
    std::thread::sleep(std::time::Duration::from_millis(3200));
    drop(cached(dir.path()));
    let fonts = cached(dir.path());
    fs::remove_file(&font).unwrap();
    assert!(fonts.font(0).is_none());
    assert_eq!(fonts.lost().count(), 1);
}
