//! The files that somebody hands in: the sealed original, the final draft, the approval sheet.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::documents::{FileFormat, recognise};
use super::layout::role;
use super::metadata::FileEntry;
use super::read::Bag;
use super::settings::Enclosures;
use base::diag::{Diagnostic, Diagnostics};
use base::disk::Digests;
use base::text;

/// A PDF longer than this is not looked into.
pub(super) const LONGEST_PDF: u64 = 512 * 1024 * 1024;

/// A file that goes into the package.
#[derive(Debug, Clone)]
pub(super) struct Enclosed {
    pub(super) entry: FileEntry,
    pub(super) path: PathBuf,
    pub(super) digests: Digests,
}

/// Looks at the files. Those that are not given come from the package `before`, whose notice is the
/// same: what was sealed is still its original. `made` are the SHA-256 of the files that were built
/// here: none of them was sealed.
///
/// # Errors
/// Files that cannot be read, and originals in a format that no original has.
pub(super) fn read(
    enclosures: &Enclosures,
    before: Option<&Bag>,
    made: &[&str],
) -> Result<Vec<Enclosed>, Diagnostics> {
    let wanted = [
        (role::ORIGINAL, &enclosures.original),
        (role::FINAL_DRAFT, &enclosures.final_draft),
        (role::APPROVAL_SHEET, &enclosures.approval_sheet),
    ];
    let mut diags = Diagnostics::new();
    let mut enclosed = Vec::new();
    for (role, path) in wanted {
        let file = match path {
            Some(path) => one(role, path),
            None => match before.and_then(|bag| Some((bag, bag.metadata.file(role)?))) {
                Some((bag, entry)) => carry_over(bag, entry),
                None => continue,
            },
        };
        match file {
            Ok(file) if role == role::ORIGINAL && made.contains(&file.digests.sha256.as_str()) => {
                diags.push(unsealed(&file.path));
            }
            Ok(file) => enclosed.push(file),
            Err(problem) => diags.push(problem),
        }
    }
    if diags.has_errors() { Err(diags) } else { Ok(enclosed) }
}

/// What is said of an original that was made here and bears no seal.
fn unsealed(path: &Path) -> Diagnostic {
    let name = path.display();
    Diagnostic::error(
        "original-unsealed",
        text!(
            "“{name}”就是本程序生成的那份文件，没有盖过章，不能作正本",
            "“{name}” is the very file that was built here: nobody sealed it, and it is no original"
        ),
    )
    .help(text!(
        "请给出盖章以后的版式文件或扫描件；还没有盖章就不要写 --original，归档时会注明缺正本",
        "give what was sealed, as PDF, OFD or a scan; without it leave out `--original`, and the package says that it has none"
    ))
}

fn carry_over(bag: &Bag, entry: &FileEntry) -> Result<Enclosed, Diagnostic> {
    let name = bag.path_of(&entry.name);
    let unreadable = |error: io::Error| super::failure::unreadable(&name, &error);
    let path = bag.file(&name).map_err(unreadable)?;
    let digests = Digests::of_file(&path).map_err(unreadable)?;
    if digests.sha256 != entry.sha256 {
        return Err(unreadable(io::Error::other("changed since it was archived")));
    }
    Ok(Enclosed { entry: entry.clone(), path, digests })
}

fn one(role: &'static str, path: &Path) -> Result<Enclosed, Diagnostic> {
    let name = path.display().to_string();
    let unreadable = |error: io::Error| super::failure::unreadable(&name, &error);
    if !fs::metadata(path).map_err(unreadable)?.is_file() {
        return Err(unreadable(io::Error::other("not a file")));
    }
    let kind = recognise(path).map_err(unreadable)?;
    if role == role::ORIGINAL && !kind.is_original() {
        return Err(Diagnostic::error(
                "original-format",
                text!(
                    "“{name}”不是 PDF、OFD 或扫描图像，不能作正本",
                    "“{name}” is no PDF, OFD or scan and cannot be the sealed original"
                ),
            )
            .help(text!(
                "正本是盖章的版式文件或扫描件（PDF、OFD、JPEG、TIFF、PNG）；Word、WPS 文件用 --final-draft",
                "an original is what was sealed: PDF, OFD, JPEG, TIFF or PNG; files of Word or WPS go with `--final-draft`"
            )));
    }
    let (format, pages) = format_of(path).map_err(unreadable)?;
    let digests = Digests::of_file(path).map_err(unreadable)?;
    let entry = FileEntry {
        role: role.into(),
        name: match extension(kind, path) {
            Some(extension) => format!("{role}.{extension}"),
            None => role.into(),
        },
        format,
        bytes: digests.bytes,
        pages,
        sha256: digests.sha256.clone(),
        program: None,
        output: None,
    };
    Ok(Enclosed { entry, path: path.into(), digests })
}

/// The ending by content; that of the name where several formats look alike.
fn extension(kind: FileFormat, path: &Path) -> Option<String> {
    if let Some(extension) = kind.extension() {
        return Some(extension.into());
    }
    let given = path.extension()?.to_str()?.to_ascii_lowercase();
    let plain = (1..=5).contains(&given.len()) && given.bytes().all(|b| b.is_ascii_alphanumeric());
    plain.then_some(given)
}

/// 格式信息 of a file, and its pages where it is a PDF that can be opened.
pub(super) fn format_of(path: &Path) -> io::Result<(String, Option<u32>)> {
    let kind = recognise(path)?;
    if kind != FileFormat::Pdf || fs::metadata(path)?.len() > LONGEST_PDF {
        return Ok((kind.name().into(), None));
    }
    Ok(match pdf::facts(fs::read(path)?) {
        Ok(facts) => (facts.format(), Some(facts.pages)),
        Err(_) => (kind.name().into(), None),
    })
}
