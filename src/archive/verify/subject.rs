//! A package as it is verified: listed and hashed once, then looked at by every check.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, BufReader};
use std::path::Path;

use super::super::bag::info::{self, BagInfo};
use super::super::bag::manifest::{self, Algorithm, Entries, Wrong};
use super::super::bag::walk::Tree;
use super::super::bag::{DECLARATION_FILE, INFO_FILE, PAYLOAD};
use super::super::documents::{FileFormat, recognise};
use super::super::enclosure::LONGEST_PDF;
use super::super::layout;
use super::super::metadata::Metadata;
use super::super::read::{LONGEST_TAG, bytes_of, metadata_file, text_of};
use base::diag::Text;
use base::disk::Digests;
use base::text;
use pdf::{PdfFacts, Unreadable};
use records::content::Project;
use records::manifest::Manifest;

/// A manifest as it was read.
pub(super) struct Read {
    pub(super) name: String,
    pub(super) algorithm: Algorithm,
    /// Entries and what is wrong with its form, or why it cannot be read.
    pub(super) content: Result<(Entries, Vec<Wrong>), io::Error>,
}

impl Read {
    pub(super) fn entries(&self) -> Option<&Entries> {
        self.content.as_ref().ok().map(|(entries, _)| entries)
    }
}

/// A package.
pub(super) struct Subject<'a> {
    pub(super) folder: &'a Path,
    pub(super) name: String,
    pub(super) tree: Tree,
    /// Digests of every plain file, or why it cannot be read.
    pub(super) digests: BTreeMap<String, Result<Digests, String>>,
    pub(super) payload_manifests: Vec<Read>,
    pub(super) tag_manifests: Vec<Read>,
    /// Labels, or what is wrong with the file.
    pub(super) labels: Result<BagInfo, String>,
    /// The path of the metadata, and what the document is called.
    pub(super) document: Option<(String, String)>,
    /// The metadata of the XML, or what is wrong with it.
    pub(super) metadata: Result<Metadata, String>,
    /// PDFs among the document's files that are as their digests say: what they say of themselves.
    pub(super) pdfs: BTreeMap<String, Result<PdfFacts, PdfTrouble>>,
    /// The archived records.
    pub(super) records: Result<Project, Unread>,
}

/// Why there are no records.
#[derive(Debug, Clone)]
pub(super) enum Unread {
    /// They are not as their digests say, or something there is no plain file: not opened.
    Changed,
    /// They are, and this program cannot read them.
    Wrong(Text),
}

/// The most bytes that the records and templates of a package may have together.
const MOST_SOURCES: u64 = 64 * 1024 * 1024;

/// Why a PDF was not looked into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PdfTrouble {
    /// It wants a password.
    Password,
    /// It cannot be opened.
    Damaged,
    /// It is too long.
    Long,
}

impl<'a> Subject<'a> {
    pub(super) fn of(folder: &'a Path) -> Self {
        let tree = Tree::of(folder);
        let digests: BTreeMap<String, Result<Digests, String>> = tree
            .files
            .iter()
            .map(|(name, path)| {
                (name.clone(), Digests::of_file(path).map_err(|error| error.to_string()))
            })
            .collect();
        let read = |name: String, algorithm: Algorithm| {
            // Only what the listing found as a plain file is opened.
            let content = match tree.files.get(&name) {
                Some(path) => File::open(path)
                    .and_then(|file| manifest::read(algorithm, BufReader::new(file))),
                None => Err(io::Error::from(io::ErrorKind::NotFound)),
            };
            Read { name, algorithm, content }
        };
        let payload_manifests = Algorithm::ALL.map(|a| read(a.manifest(), a)).into();
        let tag_manifests = Algorithm::ALL.map(|a| read(a.tag_manifest(), a)).into();
        let labels = text_of(&folder.join(INFO_FILE), info::LONGEST)
            .map_err(|error| error.to_string())
            .and_then(|text| BagInfo::read(&text).map_err(|line| format!("line {line}")));
        let document = metadata_file(folder).filter(|(path, _)| tree.files.contains_key(path));
        let metadata = match &document {
            Some((path, _)) => text_of(&folder.join(path), LONGEST_TAG)
                .map_err(|error| error.to_string())
                .and_then(|xml| Metadata::from_xml(&xml)),
            None => Err(format!("{} not found", layout::XML)),
        };
        let name = folder.canonicalize().ok();
        let name = name.as_deref().unwrap_or(folder).file_name().unwrap_or_default();
        let name = name.to_string_lossy().into_owned();
        let mut subject = Self {
            folder,
            name,
            tree,
            digests,
            payload_manifests,
            tag_manifests,
            labels,
            document,
            metadata,
            pdfs: BTreeMap::new(),
            records: Err(Unread::Changed),
        };
        subject.look_into_pdfs();
        subject.records = subject.read_records();
        subject
    }

    fn read_records(&self) -> Result<Project, Unread> {
        let inside = format!("{}/", layout::SOURCES);
        let mut bytes = 0;
        for path in self.payload().filter(|path| path.starts_with(&inside)) {
            if !self.is_sound(path) {
                return Err(Unread::Changed);
            }
            bytes += self.digest(path).map_or(0, |digests| digests.bytes);
        }
        if !self.tree.special.is_empty() || self.tree.too_many {
            return Err(Unread::Changed);
        }
        if bytes > MOST_SOURCES {
            return Err(Unread::Wrong(text!("记录过大", "the records are too large")));
        }
        let project = records::content::load(&self.folder.join(layout::SOURCES));
        project.map_err(|problem| Unread::Wrong(problem.message.clone()))
    }

    fn look_into_pdfs(&mut self) {
        let sound: Vec<String> = self
            .tree
            .files
            .keys()
            .filter(|path| path.starts_with(layout::DOCUMENTS) && self.is_sound(path))
            .cloned()
            .collect();
        for path in sound {
            if self.format(&path) != Some(FileFormat::Pdf) {
                continue;
            }
            let long = self.digest(&path).is_some_and(|digests| digests.bytes > LONGEST_PDF);
            let facts = if long {
                Err(PdfTrouble::Long)
            } else {
                match self.bytes(&path).map(pdf::facts) {
                    Ok(Ok(facts)) => Ok(facts),
                    Ok(Err(Unreadable::Locked)) => Err(PdfTrouble::Password),
                    Ok(Err(Unreadable::Damaged)) | Err(_) => Err(PdfTrouble::Damaged),
                }
            };
            self.pdfs.insert(path, facts);
        }
    }

    /// The digests of a plain file that could be read.
    pub(super) fn digest(&self, path: &str) -> Option<&Digests> {
        self.digests.get(path)?.as_ref().ok()
    }

    /// Whether a file is there and is what the payload's manifests say. Only then is it opened by a
    /// reader of its format.
    pub(super) fn is_sound(&self, path: &str) -> bool {
        let Some(digests) = self.digest(path) else { return false };
        let listed = |read: &Read| {
            let entry = read.entries().and_then(|entries| entries.get(path));
            entry.is_some_and(|entry| *entry == *digest_of(digests, read.algorithm))
        };
        self.payload_manifests.iter().all(listed)
    }

    /// The format of a file by its content.
    pub(super) fn format(&self, path: &str) -> Option<FileFormat> {
        recognise(self.tree.files.get(path)?).ok()
    }

    /// The bytes of a file that the listing found.
    pub(super) fn bytes(&self, path: &str) -> io::Result<Vec<u8>> {
        if !self.tree.files.contains_key(path) {
            return Err(io::Error::from(io::ErrorKind::NotFound));
        }
        bytes_of(self.folder, path)
    }

    /// A file as text, unless it is too long.
    pub(super) fn text(&self, path: &str) -> Option<String> {
        text_of(self.tree.files.get(path)?, LONGEST_TAG).ok()
    }

    /// The path of one of the document's files.
    pub(super) fn path_of(&self, file: &str) -> String {
        let folder = self.document.as_ref().and_then(|(path, _)| path.rsplit_once('/'));
        format!("{}/{file}", folder.map_or(layout::DOCUMENTS, |(folder, _)| folder))
    }

    /// The manifest of the build, where it is as its digests say and can be read.
    pub(super) fn build_manifest(&self) -> Option<Manifest> {
        let path = layout::BUILD_MANIFEST;
        let text = self.is_sound(path).then(|| self.text(path))??;
        serde_json::from_str(&text).ok()
    }

    /// Paths of the payload that are there.
    pub(super) fn payload(&self) -> impl Iterator<Item = &String> {
        self.tree.files.keys().filter(|path| is_payload(path))
    }

    /// The tag files that a complete tag manifest lists.
    pub(super) fn tag_files(&self) -> BTreeSet<&str> {
        let is_tag = |path: &&String| !is_payload(path) && !path.starts_with("tagmanifest-");
        self.tree.files.keys().filter(is_tag).map(String::as_str).collect()
    }

    /// Why nothing can be said where the metadata cannot be read.
    pub(super) fn without_metadata() -> Text {
        text!("元数据读不出来", "the metadata cannot be read")
    }
}

/// Whether a path belongs to the payload.
pub(super) fn is_payload(path: &str) -> bool {
    path.split('/').next() == Some(PAYLOAD)
}

/// The tag files that every package has.
pub(super) fn required_tags() -> Vec<String> {
    let of = |algorithm: Algorithm| [algorithm.manifest(), algorithm.tag_manifest()];
    let manifests = Algorithm::ALL.into_iter().flat_map(of);
    [DECLARATION_FILE.to_string(), INFO_FILE.to_string()].into_iter().chain(manifests).collect()
}

/// One of the two digests.
pub(super) fn digest_of(digests: &Digests, algorithm: Algorithm) -> &String {
    match algorithm {
        Algorithm::Sha256 => &digests.sha256,
        Algorithm::Sha512 => &digests.sha512,
    }
}
