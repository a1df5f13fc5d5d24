//! Names that do no harm, and nothing that is no plain file.

use std::collections::BTreeMap;

use super::super::bag::manifest::Wrong;
use super::kinds;
use super::report::{Check, Outcome};
use super::structure::{all_manifests, bad_name, words};
use super::subject::Subject;
use base::disk::{check_path, folded_path};
use base::text;

/// Names that are safe, NFC, and not one name on some systems.
pub(super) fn names(subject: &Subject<'_>) -> Check {
    let mut check = Check::new(&kinds::NAMES);
    let mut taken: BTreeMap<String, &String> = BTreeMap::new();
    for path in subject.tree.files.keys() {
        if let Err(bad) = check_path(path) {
            check.fail(Some(path), bad_name(bad));
        }
        if let Some(other) = taken.insert(folded_path(path), path) {
            check.fail(
                Some(path),
                text!("与“{other}”在有的系统上同名", "is one name with “{other}” on some systems"),
            );
        }
    }
    for path in &subject.tree.not_unicode {
        check.fail(Some(path), text!("名称不是 Unicode", "the name is not Unicode"));
    }
    // What a manifest says counts too: a tool that believed it would write there.
    for (read, _) in all_manifests(subject) {
        let wrong = read.content.iter().flat_map(|(_, wrong)| wrong);
        for wrong in wrong.filter(|w| matches!(w, Wrong::Name(..))) {
            check.fail(Some(&read.name), words(wrong));
        }
    }
    check
}

/// No links and no special files; none of them was opened.
pub(super) fn plain_files(subject: &Subject<'_>) -> Check {
    let mut check = Check::new(&kinds::PLAIN_FILES);
    for path in &subject.tree.special {
        check.note(
            Outcome::Failed,
            Some(path),
            text!("是链接或特殊文件，没有打开", "is a link or a special file and was not opened"),
        );
    }
    for path in &subject.tree.hard_links {
        check.fail(
            Some(path),
            text!(
                "有别的硬链接：从包外也能改它",
                "has another hard link: it can be changed from outside the package"
            ),
        );
    }
    check
}
