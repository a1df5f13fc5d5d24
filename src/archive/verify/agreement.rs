//! Whether the documents say what the metadata say of them.

use unicode_normalization::UnicodeNormalization as _;

use super::super::documents::{FileFormat, page_text};
use super::super::layout::{self, role};
use super::super::metadata::{FileEntry, Metadata};
use super::kinds;
use super::report::Check;
use super::subject::Subject;
use base::diag::Text;
use base::text;
use pdf::printed_text;
use records::content::dates::{parse_date, print_date};

/// Title, number and date in our PDF and web page are those of the metadata, and so are those of
/// the build's manifest.
pub(super) fn documents_agree(subject: &Subject<'_>) -> Check {
    let Ok(metadata) = &subject.metadata else {
        return Check::not_checked(&kinds::DOCUMENTS_AGREE, Subject::without_metadata());
    };
    let mut check = Check::new(&kinds::DOCUMENTS_AGREE);
    let mut looked = 0;
    let of = |role: &'static str| metadata.electronic.files.iter().filter(move |f| f.role == role);
    for entry in of(role::NOTICE).chain(of(role::PAGE)) {
        let path = subject.path_of(&entry.name);
        if !subject.is_sound(&path) {
            continue;
        }
        let (shown, created) = match subject.format(&path) {
            Some(FileFormat::Pdf) => {
                let created = match subject.pdfs.get(&path) {
                    Some(Ok(facts)) => facts.created,
                    _ => continue,
                };
                let text = subject.bytes(&path).ok().map(|bytes| printed_text(bytes, &path));
                let Some(Ok((text, _))) = text else { continue };
                (text, created)
            }
            Some(FileFormat::Html) => match subject.text(&path) {
                Some(html) => (page_text(&html), None),
                None => continue,
            },
            // Office files are made from the same records; their text is not read here.
            _ => continue,
        };
        looked += 1;
        compare(&mut check, &path, &shown, metadata);
        date(&mut check, &path, &shown, created, &metadata.content.date);
    }
    if let Some(manifest) = subject.build_manifest() {
        looked += 1;
        let content = &metadata.content;
        let same = squeezed(&manifest.title) == squeezed(&content.title)
            && manifest.doc_number.as_deref().map(squeezed)
                == content.doc_number.as_deref().map(squeezed)
            && manifest.publication == content.publication;
        if !same {
            let path = Some(layout::BUILD_MANIFEST);
            check.fail(
                path,
                text!(
                    "题名、文号或编号与元数据不一致",
                    "title, number or id is not that of the metadata"
                ),
            );
        }
    }
    if looked == 0 {
        let why = text!("没有可以读的排版稿或网页", "no notice or page that could be read");
        return Check::not_checked(&kinds::DOCUMENTS_AGREE, why);
    }
    check
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Letters and digits alone: a PDF may give back one mark for another that looks the same.
fn plain(text: &str) -> String {
    text.nfkc().filter(|c| c.is_alphanumeric()).collect()
}

fn compare(check: &mut Check, path: &str, shown: &str, metadata: &Metadata) {
    let content = &metadata.content;
    let shown = plain(shown);
    if !shown.contains(&plain(&content.title)) {
        check.fail(
            Some(path),
            text!("没有元数据里的题名", "does not show the title of the metadata"),
        );
    }
    if let Some(number) = &content.doc_number
        && !shown.contains(&plain(number))
    {
        check.fail(
            Some(path),
            text!("没有元数据里的文号", "does not show the number of the metadata"),
        );
    }
}

/// The date is printed, or, where none is printed below the letter, is that of the file itself.
fn date(check: &mut Check, path: &str, shown: &str, created: Option<(u16, u8, u8)>, date: &str) {
    let Some(day) = parse_date(date) else { return };
    let printed = shown.contains(&squeezed(&print_date(day))) || shown.contains(date);
    let parts = (day.year().unsigned_abs(), day.month().unsigned_abs(), day.day().unsigned_abs());
    if created.is_some_and(|created| created != parts) || !(printed || created == Some(parts)) {
        check.fail(
            Some(path),
            text!("没有元数据里的日期", "does not show the date of the metadata"),
        );
    }
}

/// The sealed original, as far as it has text.
pub(super) fn original_agrees(subject: &Subject<'_>) -> Check {
    let kind = &kinds::ORIGINAL_AGREES;
    let Ok(metadata) = &subject.metadata else {
        return Check::not_checked(kind, Subject::without_metadata());
    };
    let Some(entry) = metadata.file(role::ORIGINAL) else { return Check::not_applicable(kind) };
    let path = subject.path_of(&entry.name);
    let shown = match shown(subject, &path) {
        Some(shown) if can_be_read(&shown) => shown,
        _ => return Check::not_checked(kind, unread(entry)),
    };
    let mut check = Check::new(kind);
    compare(&mut check, &path, &shown, metadata);
    check
}

/// The text of one of the document's PDFs, as far as it can be opened.
pub(super) fn shown(subject: &Subject<'_>, path: &str) -> Option<String> {
    if !matches!(subject.pdfs.get(path), Some(Ok(_))) {
        return None;
    }
    Some(printed_text(subject.bytes(path).ok()?, path).ok()?.0)
}

/// Whether the text of an original is one: a scan has none, and faces without names of characters
/// give none that can be read.
pub(super) fn can_be_read(shown: &str) -> bool {
    let han = shown.chars().filter(|c| base::zh::is_han(*c)).count();
    han >= 50 && !shown.contains('\u{fffd}')
}

/// Why nothing is said about an original.
pub(super) fn unread(entry: &FileEntry) -> Text {
    let format = &entry.format;
    text!(
        "正本（{format}）没有可以读的文字，请人工核对",
        "the original ({format}) has no text that could be read: compare it by eye"
    )
}
