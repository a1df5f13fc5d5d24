//! Whether packages are what they were: every check of one package and of an archive.
//!
//! A package is listed without following links and hashed once; only files that the listing found,
//! and whose digests are right, are opened by a reader of their format.

mod agreement;
mod collection;
mod content;
mod derived;
mod kinds;
mod metadata;
mod names;
mod origin;
mod report;
mod security;
mod structure;
mod subject;
mod usability;

use std::fs;
use std::io;
use std::path::Path;

pub use kinds::{OF_ARCHIVE, OF_BAG};
pub use report::{
    ArchiveReport, BagReport, Check, Finding, Kind, Outcome, Property, Summary, not_checked,
    verdict,
};

pub(crate) use self::origin::Origin;
use self::subject::Subject;
use super::bag::manifest::Algorithm;
use super::layout::role;
use super::read::looks_like_bag;
use base::text;

/// Verifies one package.
pub fn verify_bag(folder: &Path) -> BagReport {
    let subject = Subject::of(folder);
    let mut checks = vec![
        structure::payload_digests(&subject),
        structure::tag_digests(&subject),
        structure::manifests(&subject),
        metadata::values(&subject),
        metadata::archival_code(&subject),
        content::attributes(&subject),
        derived::metadata_agree(&subject),
        derived::derived_files(&subject),
        agreement::documents_agree(&subject),
        agreement::original_agrees(&subject),
        content::origin_agrees(&subject),
        Check::not_checked(&kinds::ORIGIN, origin::unproven()),
        Check::not_checked(&kinds::REBUILD, text!("用 --rebuild 检查", "`--rebuild` checks it")),
        structure::declaration(&subject),
        structure::labels(&subject),
        structure::files_listed(&subject),
        content::list(&subject),
        metadata::elements(&subject),
        sealed_original(&subject),
        content::components(&subject),
        metadata::readable(&subject),
        usability::files_open(&subject),
        usability::formats(&subject),
        usability::fonts_embedded(&subject),
        usability::pdf_archival(&subject),
        usability::encryption(&subject),
        names::names(&subject),
        names::plain_files(&subject),
        security::unclassified(&subject),
    ];
    checks.extend(security::beyond());
    BagReport { bag: subject.name.clone(), summary: summary(&subject), checks }
}

fn sealed_original(subject: &Subject<'_>) -> Check {
    let Ok(metadata) = &subject.metadata else {
        return Check::not_checked(&kinds::SEALED_ORIGINAL, Subject::without_metadata());
    };
    let mut check = Check::new(&kinds::SEALED_ORIGINAL);
    if metadata.file(role::ORIGINAL).is_none() {
        check.note(
            Outcome::Incomplete,
            None,
            text!("未附盖章正本", "the sealed original is not enclosed"),
        );
    }
    check
}

fn summary(subject: &Subject<'_>) -> Summary {
    let tag_manifest = subject.digest(&Algorithm::Sha256.tag_manifest());
    let tag_manifest = tag_manifest.map(|digests| digests.sha256.clone());
    match &subject.metadata {
        Ok(metadata) => Summary {
            code: metadata.code.as_ref().map(|code| code.code.clone()),
            doc_number: metadata.content.doc_number.clone(),
            title: Some(metadata.content.title.clone()),
            version: Some(metadata.version.number),
            replaces: metadata.version.replaces.clone().map(|r| (r.bag, r.sha256)),
            tag_manifest,
        },
        Err(_) => Summary { tag_manifest, ..Summary::default() },
    }
}

/// Verifies every package of an archive, and what is asked of them together. `head` is the digest of a
/// line of the register that was kept elsewhere. `each` is called after each package.
///
/// # Errors
/// When the folder cannot be listed.
pub(crate) fn verify_archive(
    archive: &Path,
    head: Option<&str>,
    mut each: impl FnMut(&Path, &mut BagReport),
) -> io::Result<ArchiveReport> {
    let mut folders = Vec::new();
    let mut passed_over = Vec::new();
    for entry in fs::read_dir(archive)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let kind = entry.file_type()?;
        // A link in the place of a package is no package, and is said.
        if name.starts_with('.') || kind.is_file() {
            continue;
        }
        if kind.is_dir() && looks_like_bag(&entry.path()) {
            folders.push(entry.path());
        } else {
            passed_over.push(name);
        }
    }
    folders.sort();
    passed_over.sort();
    let origin = Origin::of(archive, head);
    let mut bags = Vec::new();
    for folder in folders {
        let mut report = verify_bag(&folder);
        report.set(origin.of_bag(&report));
        each(&folder, &mut report);
        bags.push(report);
    }
    collection::excuse_replaced(&mut bags);
    let mut archive = collection::checks(&bags);
    archive.push(origin.of_archive(&bags));
    Ok(ArchiveReport { bags, archive, passed_over })
}

/// The check `rebuild` with a result.
pub(super) fn rebuild_check() -> Check {
    Check::new(&kinds::REBUILD)
}
