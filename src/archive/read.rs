//! Reading a package: its labels, its metadata, and the records inside, as a catalogue needs them.
//! Whether it is whole and unchanged, `verify` says.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use super::bag::info::{self, BagInfo};
use super::bag::{DECLARATION_FILE, INFO_FILE, PAYLOAD};
use super::code::ArchivalCode;
use super::layout;
use super::metadata::Metadata;
use base::diag::Diagnostic;
use base::text;
use pages::render::Templates;
use records::content;
use records::manifest::Manifest;
use records::publication::{Prepared, prepare};

/// The longest metadata or manifest that is read into memory.
pub(super) const LONGEST_TAG: u64 = 64 * 1024 * 1024;

/// A package.
#[derive(Debug, Clone)]
pub struct Bag {
    /// Its folder.
    pub folder: PathBuf,
    /// The name of its folder.
    pub name: String,
    /// What its document is called: the archival code, or the name that stands for it.
    pub document: String,
    /// The labels of bag-info.txt.
    pub info: BagInfo,
    /// The metadata, from the XML.
    pub metadata: Metadata,
}

impl Bag {
    /// Reads labels and metadata.
    ///
    /// # Errors
    /// What is missing or cannot be read.
    pub fn open(folder: &Path) -> Result<Self, Diagnostic> {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let labels = plain(folder, INFO_FILE)
            .and_then(|path| text_of(&path, info::LONGEST))
            .map_err(|error| unreadable(&name, INFO_FILE, &error.to_string()))?;
        let info = BagInfo::read(&labels)
            .map_err(|line| unreadable(&name, INFO_FILE, &format!("line {line}")))?;
        let (path, document) = metadata_file(folder)
            .ok_or_else(|| unreadable(&name, layout::XML, "not found in the document's folder"))?;
        let xml = plain(folder, &path)
            .and_then(|path| text_of(&path, LONGEST_TAG))
            .map_err(|error| unreadable(&name, &path, &error.to_string()))?;
        let metadata =
            Metadata::from_xml(&xml).map_err(|error| unreadable(&name, &path, &error))?;
        Ok(Self { folder: folder.into(), name, document, info, metadata })
    }

    /// Its archival code; `None` while it is only prepared for the archive.
    pub fn code(&self) -> Option<ArchivalCode> {
        ArchivalCode::parse(&self.metadata.code.as_ref()?.code)
    }

    /// The document's folder, as a path below the bag.
    pub fn document_folder(&self) -> String {
        layout::document_folder(&self.metadata.year, &self.document)
    }

    /// The path of one of the document's files, below the bag.
    pub(crate) fn path_of(&self, file: &str) -> String {
        format!("{}/{file}", self.document_folder())
    }

    /// The bytes of a file by its path below the bag.
    ///
    /// # Errors
    /// When it cannot be read, or the path leads out of the bag.
    pub fn bytes(&self, path: &str) -> io::Result<Vec<u8>> {
        bytes_of(&self.folder, path)
    }

    /// Where a file stands, by its path below the bag.
    ///
    /// # Errors
    /// When it is not there, or the path leads out of the bag.
    pub fn file(&self, path: &str) -> io::Result<PathBuf> {
        plain(&self.folder, path)
    }

    /// The manifest of the build that was archived.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(crate) fn build_manifest(&self) -> Result<Manifest, Diagnostic> {
        let path = layout::BUILD_MANIFEST;
        let wrong = |error: String| unreadable(&self.name, path, &error);
        let bytes = self.bytes(path).map_err(|error| wrong(error.to_string()))?;
        Manifest::parse(&bytes).map_err(|error| wrong(error.to_string()))
    }

    /// The folder of the archived records and templates: a project's root.
    pub fn sources(&self) -> PathBuf {
        self.folder.join(layout::SOURCES)
    }

    /// The archived records, resolved: the publication with its items and units.
    ///
    /// # Errors
    /// When yinfa.yaml cannot be read or the publication is not there. Problems of the records
    /// stand in what is returned.
    pub fn prepared(&self) -> Result<Prepared, Diagnostic> {
        let project = content::load(&self.sources())?;
        let id = &self.metadata.content.publication;
        prepare(&project, |other| other == id)
            .pop()
            .ok_or_else(|| unreadable(&self.name, layout::SOURCES, &format!("no publication {id}")))
    }

    /// The archived templates.
    ///
    /// # Errors
    /// When this program cannot run them.
    pub fn templates(&self) -> Result<Templates, base::diag::Diagnostics> {
        Ok(Templates::load(Some(&self.sources().join("templates")))?.0)
    }
}

/// The path of the metadata below a bag's folder, in the one folder of the one year, and what that
/// folder is called.
pub(super) fn metadata_file(folder: &Path) -> Option<(String, String)> {
    let year = only_folder(&folder.join(layout::DOCUMENTS))?;
    let document = only_folder(&folder.join(layout::DOCUMENTS).join(&year))?;
    Some((format!("{}/{}", layout::document_folder(&year, &document), layout::XML), document))
}

fn only_folder(folder: &Path) -> Option<String> {
    let mut entries = fs::read_dir(folder).ok()?.filter_map(Result::ok);
    let first = entries.next()?;
    let is_folder = first.file_type().is_ok_and(|kind| kind.is_dir());
    (is_folder && entries.next().is_none()).then(|| first.file_name().into_string().ok())?
}

/// The bytes of a file inside a folder; links are not followed.
pub(super) fn bytes_of(folder: &Path, path: &str) -> io::Result<Vec<u8>> {
    fs::read(plain(folder, path)?)
}

/// Where a file inside a folder stands.
fn plain(folder: &Path, path: &str) -> io::Result<PathBuf> {
    if base::disk::check_path(path).is_err() {
        return Err(io::Error::from(io::ErrorKind::InvalidInput));
    }
    let mut at = folder.to_path_buf();
    for part in path.split('/') {
        at.push(part);
        if at.symlink_metadata()?.file_type().is_symlink() {
            return Err(io::Error::other("a link inside the package is not followed"));
        }
    }
    Ok(at)
}

/// The text of a file that is not too long.
pub(super) fn text_of(path: &Path, longest: u64) -> io::Result<String> {
    if !path.symlink_metadata()?.is_file() {
        return Err(io::Error::other("not a plain file"));
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(longest + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > longest {
        return Err(io::Error::from(io::ErrorKind::FileTooLarge));
    }
    String::from_utf8(bytes).map_err(|error| io::Error::other(error.utf8_error().to_string()))
}

fn unreadable(bag: &str, path: &str, detail: &str) -> Diagnostic {
    Diagnostic::error(
        "bag-unreadable",
        text!("归档包“{bag}”的“{path}”读不出来", "“{path}” of the package “{bag}” cannot be read"),
    )
    .detail(detail)
    .help(text!(
        "用 yinfa verify 检查这个包；已损坏的请从备份恢复",
        "check the package with `yinfa verify`; restore it from a copy when it is damaged"
    ))
}

/// Whether a folder has anything of a bag in it.
pub fn looks_like_bag(folder: &Path) -> bool {
    let marks =
        [DECLARATION_FILE, INFO_FILE, PAYLOAD, "manifest-sha256.txt", "manifest-sha512.txt"];
    marks.iter().any(|mark| folder.join(mark).symlink_metadata().is_ok())
}

/// The packages of an archive by the names of their folders; hidden folders, files and folders that
/// have nothing of a bag are passed over.
///
/// # Errors
/// When the folder cannot be listed.
pub fn bags(archive: &Path) -> io::Result<Vec<PathBuf>> {
    let mut bags = Vec::new();
    for entry in fs::read_dir(archive)? {
        let entry = entry?;
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        if !hidden && entry.file_type()?.is_dir() && looks_like_bag(&entry.path()) {
            bags.push(entry.path());
        }
    }
    bags.sort();
    Ok(bags)
}
