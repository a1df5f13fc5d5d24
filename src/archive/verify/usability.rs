//! Whether the files can be opened and read, now and later.

use super::super::documents::FileFormat;
use super::super::layout::role;
use super::super::metadata::{FileEntry, Metadata};
use super::kinds;
use super::report::{Check, Kind, Outcome};
use super::subject::{PdfTrouble, Subject};
use base::text;

/// The check of a kind over the document's files, where there are metadata.
fn over_files(
    subject: &Subject<'_>,
    kind: &'static Kind,
    mut look: impl FnMut(&mut Check, &Metadata, &FileEntry, &str),
) -> Check {
    let Ok(metadata) = &subject.metadata else {
        return Check::not_checked(kind, Subject::without_metadata());
    };
    let mut check = Check::new(kind);
    // Where no file was opened, nothing passed.
    check.outcome = Outcome::NotChecked;
    for entry in &metadata.electronic.files {
        let path = subject.path_of(&entry.name);
        if subject.is_sound(&path) {
            check.outcome = check.outcome.max(Outcome::Passed);
            look(&mut check, metadata, entry, &path);
        } else {
            // Wrong digests are the matter of another check; a reader is not let loose on it.
            let why = text!("已改变或缺失，没有打开", "changed or missing, not opened");
            check.note(Outcome::NotChecked, Some(&path), why);
        }
    }
    check
}

/// PDFs open and have as many pages as the metadata say.
pub(super) fn files_open(subject: &Subject<'_>) -> Check {
    over_files(subject, &kinds::FILES_OPEN, |check, metadata, entry, path| {
        match subject.pdfs.get(path) {
            None => {}
            Some(Err(PdfTrouble::Password)) => {
                check.fail(Some(path), text!("设了密码，打不开", "wants a password"));
            }
            Some(Err(PdfTrouble::Damaged)) => {
                check.fail(Some(path), text!("打不开", "cannot be opened"));
            }
            Some(Err(PdfTrouble::Long)) => {
                let why = text!("过大，没有打开", "too large, not opened");
                check.note(Outcome::NotChecked, Some(path), why);
            }
            Some(Ok(facts)) => {
                let pages = facts.pages;
                if pages == 0 || entry.pages != Some(pages) {
                    check.fail(
                        Some(path),
                        text!(
                            "有{pages}页，与元数据不符",
                            "has {pages} pages, not what the metadata say"
                        ),
                    );
                }
                let counted = match metadata.file(role::ORIGINAL) {
                    Some(original) => original,
                    None => match metadata.file(role::NOTICE) {
                        Some(notice) => notice,
                        None => return,
                    },
                };
                if counted == entry && metadata.form_features.pages != Some(pages) {
                    check.fail(None, text!("“页数”应是{pages}", "页数 should be {pages}"));
                }
            }
        }
    })
}

/// Formats that last.
pub(super) fn formats(subject: &Subject<'_>) -> Check {
    over_files(subject, &kinds::FORMATS, |check, _, entry, path| {
        let format = subject.format(path);
        if format.is_none_or(|format| !format.is_lasting()) {
            let format = &entry.format;
            check.fail(
                Some(path),
                text!("{format} 不是适合长期保存的格式", "{format} is no format for long keeping"),
            );
        }
        if entry.role == role::ORIGINAL && format.is_some_and(|format| !format.is_original()) {
            check.fail(
                Some(path),
                text!("正本不是 PDF、OFD 或扫描图像", "the original is no PDF, OFD or scan"),
            );
        }
    })
}

/// Fonts of PDFs are inside them.
pub(super) fn fonts_embedded(subject: &Subject<'_>) -> Check {
    over_files(subject, &kinds::FONTS_EMBEDDED, |check, _, _, path| {
        if let Some(Ok(facts)) = subject.pdfs.get(path)
            && !facts.loose_fonts.is_empty()
        {
            let fonts = facts.loose_fonts.join("、");
            check.fail(Some(path), text!("字体没有嵌入：{fonts}", "fonts not embedded: {fonts}"));
        }
    })
}

/// Our own PDFs say that they are PDF/A.
pub(super) fn pdf_archival(subject: &Subject<'_>) -> Check {
    over_files(subject, &kinds::PDF_ARCHIVAL, |check, _, entry, path| {
        // What others made is as it was sealed.
        if entry.output.is_none() {
            return;
        }
        if let Some(Ok(facts)) = subject.pdfs.get(path)
            && facts.pdf_a.is_none()
        {
            check.fail(Some(path), text!("没有 PDF/A 标识", "has no mark of PDF/A"));
        }
    })
}

/// Nothing is encrypted.
pub(super) fn encryption(subject: &Subject<'_>) -> Check {
    over_files(subject, &kinds::ENCRYPTION, |check, _, _, path| {
        let encrypted = match subject.pdfs.get(path) {
            Some(Ok(facts)) => facts.encrypted,
            Some(Err(trouble)) => *trouble == PdfTrouble::Password,
            None => false,
        };
        if encrypted {
            check.fail(Some(path), text!("已加密", "is encrypted"));
        }
        if subject.format(path) == Some(FileFormat::Ofd) {
            // OFD is recognised only.
            let why = text!("OFD 只识别格式，没有打开", "OFD is recognised, not opened");
            check.note(Outcome::Passed, Some(path), why);
        }
    })
}
