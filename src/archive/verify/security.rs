//! Whether the document may be here at all, and what no program can say.

use super::super::describe::UNCLASSIFIED;
use super::super::documents::printed_text;
use super::super::layout::{self, role};
use super::kinds;
use super::metadata::secrecy_in_records;
use super::report::Check;
use super::subject::Subject;
use crate::text;

/// Marks as they are printed: `机密★1年`.
const MARKS: [&str; 3] = ["秘密★", "机密★", "绝密★"];

/// Nothing in metadata, records or on the pages says that it is classified.
pub(super) fn unclassified(subject: &Subject<'_>) -> Check {
    let Ok(metadata) = &subject.metadata else {
        return Check::not_checked(&kinds::UNCLASSIFIED, Subject::without_metadata());
    };
    let mut check = Check::new(&kinds::UNCLASSIFIED);
    if metadata.content.secrecy != UNCLASSIFIED {
        check.fail(None, text!("元数据的密级不是非密", "the metadata's 密级 is not 非密"));
    }
    let inside = format!("{}/", layout::SOURCES);
    let mut sources = subject.payload().filter(|path| path.starts_with(&inside));
    if sources.all(|path| subject.is_sound(path)) && subject.tree.special.is_empty() {
        match secrecy_in_records(subject) {
            Ok(false) => {}
            Ok(true) => check
                .fail(Some(layout::SOURCES), text!("记录里定有密级", "the records have a secrecy")),
            Err(problem) => {
                let (zh, en) = (
                    problem.message.get(crate::diag::Lang::Zh).to_string(),
                    problem.message.get(crate::diag::Lang::En).to_string(),
                );
                check.fail(Some(layout::SOURCES), text!("读不出来：{zh}", "cannot be read: {en}"));
            }
        }
    }
    for role in [role::ORIGINAL, role::NOTICE] {
        let Some(entry) = metadata.file(role) else { continue };
        let path = subject.path_of(&entry.name);
        if !matches!(subject.pdfs.get(&path), Some(Ok(_))) {
            continue;
        }
        let Ok(bytes) = subject.bytes(&path) else { continue };
        let shown = printed_text(bytes, &path).map(|(text, _)| text).unwrap_or_default();
        if MARKS.iter().any(|mark| shown.contains(mark)) {
            check.fail(Some(&path), text!("印有密级标志", "shows a mark of secrecy"));
        }
    }
    check
}

/// What a program that reads one folder cannot say anything about.
pub(super) fn beyond() -> [Check; 3] {
    [
        Check::not_checked(
            &kinds::VIRUSES,
            text!("本程序不查病毒，请用杀毒软件", "this program looks for none: use a scanner"),
        ),
        Check::not_checked(
            &kinds::MEDIA,
            text!("载体的安全要由人检查", "somebody has to look at the medium"),
        ),
        Check::not_checked(
            &kinds::ACCESS_CONTROL,
            text!(
                "谁能读写由存放它的系统决定",
                "the system that keeps it decides who may read and write"
            ),
        ),
    ]
}
