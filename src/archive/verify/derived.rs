//! Metadata, note and layout measure against what the package's own records, files and manifest give:
//! all of it is worked out again as archiving does, and compared field by field.

use std::path::Path;

use serde_json::Value;

use super::super::code::ArchivalCode;
use super::super::derived;
use super::super::describe::{Keeping, describe};
use super::super::layout::{self, role};
use super::super::metadata::{FileEntry, Metadata};
use super::super::placement::Placement;
use super::super::settings::Settings;
use super::super::{entries, read_me};
use super::content::format;
use super::kinds;
use super::report::{Check, Outcome};
use super::subject::{Subject, Unread};
use base::diag::{Severity, Text};
use base::text;
use records::content::Project;
use records::manifest::Manifest;
use records::publication::prepare;

/// The metadata are those that the archived records, the files and the build's manifest give.
pub(super) fn metadata_agree(subject: &Subject<'_>) -> Check {
    let kind = &kinds::METADATA_AGREE;
    let Ok(metadata) = &subject.metadata else {
        return Check::not_checked(kind, Subject::without_metadata());
    };
    let (project, manifest) = match (&subject.records, subject.build_manifest()) {
        (Ok(project), Some(manifest)) => (project, manifest),
        // What was changed behind the digests is the matter of another check.
        (Err(Unread::Changed), _) | (Ok(_), None) => {
            let why = text!("记录或生成清单已改变或缺失", "records or manifest changed or missing");
            return Check::not_checked(kind, why);
        }
        (Err(Unread::Wrong(why)), _) => return unproven(why),
    };
    let mut check = Check::new(kind);
    match expected(subject, project, &manifest, metadata) {
        Ok(expected) => {
            let path = subject.path_of(layout::XML);
            let (Ok(said), Ok(wanted)) =
                (serde_json::to_value(metadata), serde_json::to_value(&expected))
            else {
                return unproven(&Subject::without_metadata());
            };
            compare(&mut check, &path, "", &said, &wanted);
            check
        }
        Err(why) => unproven(&why),
    }
}

/// Digests are right, but nothing can be worked out: what the metadata say is proven by nothing.
fn unproven(why: &Text) -> Check {
    let mut check = Check::new(&kinds::METADATA_AGREE);
    let path = Some(layout::SOURCES);
    let said = text!("由记录得不出元数据：{why}", "the records give no metadata: {why}"; why);
    check.note(Outcome::NotProven, path, said);
    check
}

/// What archiving would say of the document today, under the code and the version that it has.
fn expected(
    subject: &Subject<'_>,
    project: &Project,
    manifest: &Manifest,
    said: &Metadata,
) -> Result<Metadata, Text> {
    let id = &manifest.publication;
    let none = || text!("没有“{id}”这份通知", "there is no publication “{id}”");
    let prepared = prepare(project, |other| other == id).pop().ok_or_else(none)?;
    let publication = match &prepared.publication {
        Some(publication) if !prepared.diags.has_errors() => publication,
        _ => {
            let errors = prepared.diags.iter().filter(|d| d.severity == Severity::Error);
            return Err(errors.map(|d| d.message.clone()).next().unwrap_or_else(none));
        }
    };
    let date = publication.record.date.as_ref().map(|date| date.value);
    let date = date.ok_or_else(|| text!("“{id}”没有成文日期", "“{id}” has no date"))?;
    let settings = Settings::of(&project.record);
    let creator = settings.creator.clone().or_else(|| publication.organ()).unwrap_or_default();
    let digest = subject.digest(layout::BUILD_MANIFEST).map(|digests| digests.sha256.clone());
    let digest = digest.unwrap_or_default();
    let formed = derived::electronic_number(&digest);
    // One that was given by hand stands in the labels as well.
    let is_given = !said.electronic_number.starts_with(derived::FORMED);
    let electronic_number = if is_given { said.electronic_number.clone() } else { formed };
    let document = subject.document.as_ref().map(|(_, document)| document.clone());
    let placement = Placement {
        code: said.code.as_ref().and_then(|code| ArchivalCode::parse(&code.code)),
        document: document.unwrap_or_default(),
        version: said.version.number,
        replaces: said.version.replaces.clone(),
    };
    let keeping = Keeping {
        fonds_name: settings.fonds_name.as_deref(),
        creator: &creator,
        electronic_number: &electronic_number,
        placement: &placement,
        archiver: &said.production.archiver,
        manifest_sha256: &digest,
    };
    let files = files(subject, manifest, said);
    Ok(describe(publication, date, manifest, &keeping, files))
}

/// The entries of the files: those that were enclosed first, then those of the output.
fn files(subject: &Subject<'_>, manifest: &Manifest, said: &Metadata) -> Vec<FileEntry> {
    let folder = subject.path_of("");
    let enclosed = [role::ORIGINAL, role::FINAL_DRAFT, role::APPROVAL_SHEET];
    let mut files: Vec<FileEntry> = Vec::new();
    for role in enclosed {
        let is_of_role = |path: &&str| {
            let path = Path::new(path);
            path.file_stem().is_some_and(|stem| stem == role)
                && path.parent().is_some_and(|parent| parent == Path::new(&folder))
        };
        let found = subject.payload().map(String::as_str).filter(is_of_role);
        files.extend(found.filter_map(|path| enclosed_entry(subject, role, path, &folder)));
    }
    for placed in entries::of_output(manifest) {
        let path = subject.path_of(&placed.name);
        let entry = if subject.is_sound(&path) {
            placed.described(format(subject, &path), pages(subject, &path))
        } else {
            // What is damaged is the matter of another check, and no reader is let loose on it.
            let said = said.electronic.files.iter().find(|file| file.name == placed.name);
            said.cloned().unwrap_or_else(|| placed.described(String::new(), None))
        };
        files.push(entry);
    }
    files
}

fn enclosed_entry(
    subject: &Subject<'_>,
    role: &str,
    path: &str,
    folder: &str,
) -> Option<FileEntry> {
    let digests = subject.digest(path)?;
    Some(FileEntry {
        role: role.into(),
        name: path.strip_prefix(folder)?.into(),
        format: format(subject, path),
        bytes: digests.bytes,
        pages: pages(subject, path),
        sha256: digests.sha256.clone(),
        program: None,
        output: None,
    })
}

fn pages(subject: &Subject<'_>, path: &str) -> Option<u32> {
    match subject.pdfs.get(path) {
        Some(Ok(facts)) => Some(facts.pages),
        _ => None,
    }
}

/// Every field in which two values differ, by its path.
fn compare(check: &mut Check, file: &str, at: &str, said: &Value, wanted: &Value) {
    let below = |key: &str| if at.is_empty() { key.to_string() } else { format!("{at}/{key}") };
    match (said, wanted) {
        (Value::Object(said), Value::Object(wanted)) => {
            let keys = wanted.keys().chain(said.keys().filter(|key| !wanted.contains_key(*key)));
            for key in keys {
                let of = |map: &serde_json::Map<String, Value>| {
                    map.get(key).cloned().unwrap_or(Value::Null)
                };
                compare(check, file, &below(key), &of(said), &of(wanted));
            }
        }
        (Value::Array(said), Value::Array(wanted)) => {
            for place in 0..said.len().max(wanted.len()) {
                let of = |list: &[Value]| list.get(place).cloned().unwrap_or(Value::Null);
                compare(check, file, &below(&(place + 1).to_string()), &of(said), &of(wanted));
            }
        }
        _ if said == wanted => {}
        _ => {
            let (said, wanted) = (shown(said), shown(wanted));
            check.fail(
                Some(file),
                text!(
                    "“{at}”写的是{said}，由记录和文件得出的是{wanted}",
                    "{at} says {said}; records and files give {wanted}";
                    said, wanted
                ),
            );
        }
    }
}

/// A value as a finding names it.
fn shown(value: &Value) -> Text {
    const LONGEST: usize = 60;
    match value {
        Value::Null => text!("（无）", "nothing"),
        Value::String(text) => {
            let more = if text.chars().nth(LONGEST).is_some() { "…" } else { "" };
            let text: String = text.chars().take(LONGEST).collect();
            text!("“{text}{more}”", "“{text}{more}”")
        }
        Value::Array(_) | Value::Object(_) => text!("（一组值）", "several values"),
        Value::Number(_) | Value::Bool(_) => text!("{value}", "{value}"),
    }
}

/// 说明文件.TXT and 版面测量.json are those that metadata and manifest give.
pub(super) fn derived_files(subject: &Subject<'_>) -> Check {
    let kind = &kinds::DERIVED_FILES;
    let (Ok(metadata), Some(manifest)) = (&subject.metadata, subject.build_manifest()) else {
        let why = text!(
            "生成清单或元数据读不出来",
            "the build's manifest or the metadata cannot be read"
        );
        return Check::not_checked(kind, why);
    };
    let mut check = Check::new(kind);
    let document = subject.document.as_ref().map_or("", |(_, document)| document);
    let note = read_me::text(metadata, document);
    let measure = derived::measure(&manifest).unwrap_or_default();
    let wanted = [(layout::READ_ME, Some(note.into_bytes())), (layout::MEASURE, measure)];
    for (path, wanted) in wanted {
        // A missing note is said by another check; a measure may be there or not.
        let held = subject.digest(path).map(|digests| &digests.sha256);
        let wanted = wanted.map(|bytes| base::disk::sha256(&bytes));
        if held != wanted.as_ref() {
            check.fail(
                Some(path),
                text!(
                    "不是由元数据和生成清单得出的内容",
                    "is not what the metadata and the build's manifest give"
                ),
            );
        }
    }
    check
}
