//! The bag as a bag: declaration, labels, manifests, and whether they and the files agree.

use super::super::bag::info::{self, OXUM};
use super::super::bag::manifest::{MOST_LINES, Wrong};
use super::super::bag::{DECLARATION, DECLARATION_FILE, INFO_FILE};
use super::super::derived;
use super::kinds;
use super::report::{Check, Outcome};
use super::subject::{Read, Subject, digest_of, is_payload, required_tags};
use base::diag::Text;
use base::disk::BadPath;
use base::text;

pub(super) fn declaration(subject: &Subject<'_>) -> Check {
    let mut check = Check::new(&kinds::DECLARATION);
    if subject.text(DECLARATION_FILE).as_deref() != Some(DECLARATION) {
        check.fail(
            Some(DECLARATION_FILE),
            text!(
                "缺失，或不是 BagIt 1.0、UTF-8 的声明",
                "missing, or not the declaration of BagIt 1.0 in UTF-8"
            ),
        );
    }
    check
}

/// The labels that there must be, the payload's size, and what repeats the metadata.
pub(super) fn labels(subject: &Subject<'_>) -> Check {
    let mut check = Check::new(&kinds::LABELS);
    let path = Some(INFO_FILE);
    let labels = match &subject.labels {
        Ok(labels) => labels,
        Err(detail) => {
            check.fail(path, text!("读不出来：{detail}", "cannot be read: {detail}"));
            return check;
        }
    };
    let required = [
        info::SOURCE,
        info::DESCRIPTION,
        info::DATE,
        OXUM,
        info::AGENT,
        info::ORIGINAL,
        info::VERSION,
    ];
    for label in required {
        if labels.get(label).is_none_or(str::is_empty) {
            check.fail(path, text!("缺少“{label}”", "`{label}` is missing"));
        }
    }
    let sizes: Vec<u64> =
        subject.payload().filter_map(|path| Some(subject.digest(path)?.bytes)).collect();
    let oxum = format!("{}.{}", sizes.iter().sum::<u64>(), sizes.len());
    if labels.get(OXUM).is_some_and(|said| said != oxum) {
        check.fail(
            path,
            text!(
                "Payload-Oxum 与内容不符，实际是 {oxum}",
                "Payload-Oxum is not that of the payload, {oxum}"
            ),
        );
    }
    let Ok(metadata) = &subject.metadata else { return check };
    let mut wanted = derived::labels(metadata);
    wanted.push(OXUM, &oxum);
    for (label, value) in wanted.entries() {
        if labels.get(label) != Some(value) {
            check.fail(
                path,
                text!("“{label}”与元数据不一致", "`{label}` is not what the metadata say"),
            );
        }
    }
    for (label, _) in labels.entries().iter().filter(|(label, _)| wanted.get(label).is_none()) {
        check
            .fail(path, text!("“{label}”不属于归档包", "`{label}` does not belong to the package"));
    }
    if check.outcome == Outcome::Passed && *labels != wanted {
        check.fail(path, text!("各行的次序不对", "the lines are not in their order"));
    }
    check
}

/// The form of the manifests: canonical, with safe paths, complete.
pub(super) fn manifests(subject: &Subject<'_>) -> Check {
    let mut check = Check::new(&kinds::MANIFESTS);
    for (read, of_payload) in all_manifests(subject) {
        let path = Some(read.name.as_str());
        let (entries, wrong) = match &read.content {
            Ok(content) => content,
            Err(error) => {
                let detail = error.to_string();
                check.fail(path, text!("读不出来：{detail}", "cannot be read: {detail}"));
                continue;
            }
        };
        for wrong in wrong {
            check.fail(path, words(wrong));
        }
        let stray = entries.keys().filter(|entry| is_payload(entry) != of_payload);
        for stray in stray {
            check.fail(path, text!("不该列出“{stray}”", "“{stray}” does not belong here"));
        }
    }
    check
}

pub(super) fn all_manifests<'s>(
    subject: &'s Subject<'_>,
) -> impl Iterator<Item = (&'s Read, bool)> {
    let payload = subject.payload_manifests.iter().map(|read| (read, true));
    payload.chain(subject.tag_manifests.iter().map(|read| (read, false)))
}

pub(super) fn words(wrong: &Wrong) -> Text {
    match wrong {
        Wrong::Line(line) => {
            text!(
                "第{line}行不是“哈希值、两个空格、路径”",
                "line {line} is no digest, two blanks and path"
            )
        }
        Wrong::UpperCase(line) => {
            text!("第{line}行的哈希值有大写字母", "line {line} has upper-case digits")
        }
        Wrong::Name(line, path, bad) => {
            let why = bad_name(*bad);
            text!("第{line}行的路径“{path}”{why}", "line {line}: the path “{path}” {why}"; why)
        }
        Wrong::Twice(line, path) => {
            text!("第{line}行的“{path}”重复", "line {line}: “{path}” stands there twice")
        }
        Wrong::Unsorted(line) => {
            text!("第{line}行没有按路径排序", "line {line} is not sorted by path")
        }
        Wrong::NoEnd => text!("最后一行不完整", "the last line is not whole"),
        Wrong::TooLong => {
            text!(
                "过长（超过 {MOST_LINES} 行），或错误过多",
                "too long (over {MOST_LINES} lines), or too much wrong in it"
            )
        }
    }
}

pub(super) fn bad_name(bad: BadPath) -> Text {
    match bad {
        BadPath::Absolute => text!("是绝对路径", "is absolute"),
        BadPath::Traversal => text!("通到包外", "leads out of the package"),
        BadPath::Character => {
            text!("含有别的系统不允许的字符", "has characters that other systems refuse")
        }
        BadPath::NotNfc => text!("不是 NFC 形式", "is not NFC"),
        BadPath::Long => text!("过长", "is too long"),
    }
}

/// Every listed file present and every present file listed, in every manifest.
pub(super) fn files_listed(subject: &Subject<'_>) -> Check {
    let mut check = Check::new(&kinds::FILES_LISTED);
    for tag in required_tags() {
        if !subject.tree.files.contains_key(&tag) {
            check.fail(Some(&tag), text!("缺失", "missing"));
        }
    }
    for (read, of_payload) in all_manifests(subject) {
        let Some(entries) = read.entries() else { continue };
        let name = &read.name;
        for path in entries.keys().filter(|path| !subject.tree.files.contains_key(*path)) {
            check.fail(Some(path), text!("{name} 列出，但不存在", "in {name}, but not there"));
        }
        let present: Vec<&str> = if of_payload {
            subject.payload().map(String::as_str).collect()
        } else {
            subject.tag_files().into_iter().collect()
        };
        for path in present.into_iter().filter(|path| !entries.contains_key(*path)) {
            check.fail(Some(path), text!("存在，但 {name} 没有列出", "there, but not in {name}"));
        }
    }
    // fetch.txt, which would have files loaded from elsewhere, manifests of other digests, anything.
    for path in subject.tree.files.keys().filter(|path| !is_payload(path)) {
        if !required_tags().contains(path) {
            check.fail(Some(path), text!("不属于归档包", "does not belong to the package"));
        }
    }
    for folder in &subject.tree.empty {
        check.fail(Some(folder), text!("是空文件夹", "is an empty folder"));
    }
    for (path, detail) in &subject.tree.unreadable {
        check.fail(Some(path), text!("列不出来：{detail}", "cannot be listed: {detail}"));
    }
    if subject.tree.too_many {
        check.fail(None, text!("文件过多，没有全部列出", "too many files, not all were listed"));
    }
    check
}

/// Digests of the payload.
pub(super) fn payload_digests(subject: &Subject<'_>) -> Check {
    let check = Check::new(&kinds::PAYLOAD_DIGESTS);
    digests(check, subject, &subject.payload_manifests)
}

/// Digests of the tag files.
pub(super) fn tag_digests(subject: &Subject<'_>) -> Check {
    let check = Check::new(&kinds::TAG_DIGESTS);
    digests(check, subject, &subject.tag_manifests)
}

fn digests(mut check: Check, subject: &Subject<'_>, manifests: &[Read]) -> Check {
    for read in manifests {
        let name = read.algorithm.name();
        let Some(entries) = read.entries() else {
            let manifest = &read.name;
            check.fail(
                Some(manifest),
                text!("读不出来，无法核对", "cannot be read: nothing to compare with"),
            );
            continue;
        };
        for (path, listed) in entries {
            match subject.digests.get(path) {
                // What is not there is the matter of another check.
                None => {}
                Some(Err(detail)) => {
                    check.fail(Some(path), text!("读不出来：{detail}", "cannot be read: {detail}"));
                }
                Some(Ok(digests)) if digest_of(digests, read.algorithm) != listed => {
                    check.fail(
                        Some(path),
                        text!("{name} 不符，文件已改变", "{name} differs: the file was changed"),
                    );
                }
                Some(Ok(_)) => {}
            }
        }
    }
    check
}
