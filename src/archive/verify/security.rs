//! Whether the document may be here at all, and what no program can say.

use super::super::describe::UNCLASSIFIED;
use super::super::layout::{self, role};
use super::agreement::{can_be_read, shown, unread};
use super::kinds;
use super::report::{Check, Outcome};
use super::subject::{Subject, Unread};
use base::diag::Text;
use base::text;

/// Marks as they are printed: `机密★1年`.
const MARKS: [&str; 3] = ["秘密★", "机密★", "绝密★"];

/// Nothing in metadata, records or on the pages says that it is classified. Where some of them cannot
/// be read, and the others say nothing, nobody has checked it.
pub(super) fn unclassified(subject: &Subject<'_>) -> Check {
    let Ok(metadata) = &subject.metadata else {
        return Check::not_checked(&kinds::UNCLASSIFIED, Subject::without_metadata());
    };
    let mut check = Check::new(&kinds::UNCLASSIFIED);
    let mut unseen: Vec<(String, Text)> = Vec::new();
    if metadata.content.secrecy != UNCLASSIFIED {
        check.fail(None, text!("元数据的密级不是非密", "the metadata's 密级 is not 非密"));
    }
    match &subject.records {
        Ok(project) => {
            let mut notices = project.publications.iter().filter_map(|p| p.notice.as_ref());
            if notices.any(|notice| notice.secrecy.is_some()) {
                let said = text!("记录里定有密级", "the records have a secrecy");
                check.fail(Some(layout::SOURCES), said);
            }
        }
        Err(Unread::Wrong(why)) => {
            let said = text!("读不出来：{why}", "cannot be read: {why}"; why);
            check.fail(Some(layout::SOURCES), said);
        }
        Err(Unread::Changed) => {
            let why = text!("已改变或缺失，没有打开", "changed or missing, not opened");
            unseen.push((layout::SOURCES.into(), why));
        }
    }
    for role in [role::ORIGINAL, role::NOTICE] {
        let Some(entry) = metadata.file(role) else { continue };
        let path = subject.path_of(&entry.name);
        let text = shown(subject, &path).unwrap_or_default();
        if MARKS.iter().any(|mark| text.contains(mark)) {
            check.fail(Some(&path), text!("印有密级标志", "shows a mark of secrecy"));
        } else if role == role::ORIGINAL && !can_be_read(&text) {
            unseen.push((path, unread(entry)));
        } else if text.is_empty() {
            unseen.push((path, text!("文字读不出来", "its text cannot be read")));
        }
    }
    // What was found is certain, whatever else could not be read.
    if check.outcome != Outcome::Failed && !unseen.is_empty() {
        check.outcome = Outcome::NotChecked;
        for (path, why) in unseen {
            check.note(Outcome::NotChecked, Some(&path), why);
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
