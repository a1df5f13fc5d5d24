//! The files against what metadata, manifest and list say of them.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization as _;

use super::super::layout::{self, role};
use super::super::list::{List, Listed};
use super::super::metadata::{FileEntry, from_xml, to_xml};
use super::kinds;
use super::report::Check;
use super::subject::{Subject, is_payload};
use base::text;

/// Name, size, format and digest of each of the document's files, and that each is described.
pub(super) fn attributes(subject: &Subject<'_>) -> Check {
    let Ok(metadata) = &subject.metadata else {
        return Check::not_checked(&kinds::FILE_ATTRIBUTES, Subject::without_metadata());
    };
    let mut check = Check::new(&kinds::FILE_ATTRIBUTES);
    let mut described = BTreeSet::new();
    for entry in &metadata.electronic.files {
        let path = subject.path_of(&entry.name);
        let Some(digests) = subject.digest(&path) else {
            check
                .fail(Some(&path), text!("元数据列出，但不存在", "in the metadata, but not there"));
            continue;
        };
        if digests.bytes != entry.bytes {
            check.fail(
                Some(&path),
                text!("大小与元数据不符", "its size is not that of the metadata"),
            );
        }
        if digests.sha256 != entry.sha256 {
            check.fail(
                Some(&path),
                text!("SHA-256 与元数据不符", "its SHA-256 is not that of the metadata"),
            );
        }
        if subject.is_sound(&path) && format(subject, &path) != entry.format {
            check.fail(
                Some(&path),
                text!("格式与元数据不符", "its format is not that of the metadata"),
            );
        }
        if !described.insert(path.clone()) {
            check.fail(Some(&path), text!("元数据列出两次", "twice in the metadata"));
        }
    }
    let folder = subject.path_of("");
    let own = [subject.path_of(layout::XML), subject.path_of(layout::JSON)];
    for path in subject.payload().filter(|path| path.starts_with(layout::DOCUMENTS)) {
        let inside = path.starts_with(&folder);
        if !inside || !(described.contains(path) || own.contains(path)) {
            check.fail(Some(path), text!("元数据没有列出", "not in the metadata"));
        }
    }
    check
}

/// 格式信息 of a file, by its bytes.
pub(super) fn format(subject: &Subject<'_>, path: &str) -> String {
    match (subject.format(path), subject.pdfs.get(path)) {
        (_, Some(Ok(facts))) => facts.format(),
        (Some(format), _) => format.name().into(),
        (None, _) => String::new(),
    }
}

/// 文件目录.XML lists the payload as it is.
pub(super) fn list(subject: &Subject<'_>) -> Check {
    let mut check = Check::new(&kinds::FILE_LIST);
    let path = Some(layout::LIST);
    let canonical = text!("不是本程序写出的形式", "is not in the form in which it is written");
    let Some(xml) = subject.text(layout::LIST) else {
        check.fail(path, text!("缺失，或读不出来", "missing, or cannot be read"));
        return check;
    };
    let list: List = match from_xml(&xml, List::ROOT) {
        Ok(list) => list,
        Err(detail) => {
            check.fail(path, text!("读不出来：{detail}", "cannot be read: {detail}"));
            return check;
        }
    };
    let present: Vec<&String> = subject.payload().filter(|path| *path != layout::LIST).collect();
    let wanted: Vec<Option<Listed>> = present
        .iter()
        .enumerate()
        .map(|(place, path)| {
            let digests = subject.digest(path)?;
            let (bytes, sha256) = (digests.bytes, digests.sha256.clone());
            Some(Listed { number: place + 1, path: (*path).clone(), bytes, sha256 })
        })
        .collect();
    if list.files.len() != wanted.len() {
        let (listed, there) = (list.files.len(), wanted.len());
        check.fail(
            path,
            text!(
                "列出 {listed} 个文件，实有 {there} 个",
                "lists {listed} files, there are {there}"
            ),
        );
    }
    if to_xml(&list, List::ROOT).ok() != Some(xml) {
        check.fail(path, canonical);
    }
    for (listed, wanted) in list.files.iter().zip(&wanted) {
        if Some(listed) != wanted.as_ref() {
            let name = &listed.path;
            check.fail(
                path,
                text!("“{name}”一项与文件不符", "the entry of “{name}” is not its file's"),
            );
        }
    }
    check
}

/// Output, records and templates are those that the build's manifest names.
pub(super) fn origin_agrees(subject: &Subject<'_>) -> Check {
    let kind = &kinds::ORIGIN_AGREES;
    let (Ok(metadata), Some(manifest)) = (&subject.metadata, subject.build_manifest()) else {
        let why = text!(
            "生成清单或元数据读不出来",
            "the build's manifest or the metadata cannot be read"
        );
        return Check::not_checked(kind, why);
    };
    let mut check = Check::new(kind);
    let held: BTreeMap<&str, &FileEntry> =
        metadata.electronic.files.iter().map(|file| (file.sha256.as_str(), file)).collect();
    for (path, entry) in &manifest.artifacts {
        match held.get(entry.sha256.as_str()) {
            Some(file) if subject.digest(&subject.path_of(&file.name)).is_some() => {}
            _ => check.fail(
                Some(path),
                text!("生成清单里有，包里没有", "in the build's manifest, not in the package"),
            ),
        }
    }
    let mut inputs: BTreeMap<String, &String> = BTreeMap::new();
    for (path, hash) in manifest.artifacts.values().flat_map(|entry| &entry.inputs) {
        inputs.insert(format!("{}/{}", layout::SOURCES, nfc(path)), hash);
    }
    for (path, hash) in &inputs {
        match subject.digest(path) {
            None => check.fail(Some(path), text!("缺失", "missing")),
            Some(digests) if digests.sha256 != **hash => {
                check.fail(
                    Some(path),
                    text!("不是生成时所用的文件", "is not the file that was used in the build"),
                );
            }
            Some(_) => {}
        }
    }
    let sources = format!("{}/", layout::SOURCES);
    for path in subject.payload().filter(|path| path.starts_with(&sources)) {
        if !inputs.contains_key(path) {
            check.fail(
                Some(path),
                text!("不是生成时所用的文件", "is not a file that was used in the build"),
            );
        }
    }
    check
}

fn nfc(path: &str) -> String {
    path.nfc().collect()
}

/// The parts that every package has.
pub(super) fn components(subject: &Subject<'_>) -> Check {
    let mut check = Check::new(&kinds::COMPONENTS);
    let sources = format!("{}/yinfa.yaml", layout::SOURCES);
    for path in [layout::READ_ME, layout::LIST, layout::BUILD_MANIFEST, &sources] {
        if !subject.tree.files.contains_key(path) {
            check.fail(Some(path), text!("缺失", "missing"));
        }
    }
    if subject.is_sound(layout::BUILD_MANIFEST) && subject.build_manifest().is_none() {
        check.fail(Some(layout::BUILD_MANIFEST), text!("读不出来", "cannot be read"));
    }
    let places = [layout::DOCUMENTS, layout::SOURCES].map(|folder| format!("{folder}/"));
    let own = [layout::READ_ME, layout::LIST, layout::BUILD_MANIFEST, layout::MEASURE];
    for path in subject.tree.files.keys().filter(|path| is_payload(path)) {
        let known = own.contains(&path.as_str()) || places.iter().any(|p| path.starts_with(p));
        if !known {
            check.fail(Some(path), text!("不属于归档包", "does not belong to the package"));
        }
    }
    match &subject.metadata {
        Ok(metadata) => {
            let notice = metadata
                .electronic
                .files
                .iter()
                .any(|file| file.role == role::NOTICE && file.name.ends_with(".pdf"));
            if !notice {
                check.fail(None, text!("没有排版稿", "there is no notice"));
            }
        }
        Err(_) => check.fail(None, Subject::without_metadata()),
    }
    check
}
