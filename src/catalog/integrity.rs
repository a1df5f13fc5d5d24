//! Whether what the catalogue takes from a package is what was put into it.
//!
//! Less than `yinfa verify` asks: only that nothing in the package leads out of it, and that the
//! records, the metadata, the build's manifest and the copied files have the digests of the payload's manifest.

use std::collections::BTreeMap;
use std::io::BufReader;

use super::audience::Audience;
use super::document::CopiedFile;
use crate::archive::Bag;
use crate::archive::bag::manifest::{self, Algorithm};
use crate::archive::bag::walk::Tree;
use crate::archive::layout::{self, role};
use base::diag::Diagnostic;
use base::disk::sha256;
use base::disk::{check_path, folded_path};
use base::text;
use records::manifest::Manifest;

/// The most bytes that the records of a package may have together.
const MOST_SOURCES: u64 = 64 * 1024 * 1024;

/// The payload's digests by path.
#[derive(Debug, Clone)]
pub(super) struct Integrity {
    digests: BTreeMap<String, String>,
}

impl Integrity {
    /// Looks at a package's tree, its records and its metadata.
    ///
    /// # Errors
    /// The first thing that is not as it should be.
    pub(super) fn of(bag: &Bag) -> Result<Self, Diagnostic> {
        let tree = Tree::of(&bag.folder);
        if let Some(link) = tree.special.first() {
            return Err(damaged(&bag.name, link, "not a plain file: a link is not followed"));
        }
        if tree.too_many || !tree.unreadable.is_empty() {
            return Err(damaged(&bag.name, "", "cannot be listed"));
        }
        let name = Algorithm::Sha256.manifest();
        let wrong = |detail: &str| damaged(&bag.name, &name, detail);
        let file =
            std::fs::File::open(bag.folder.join(&name)).map_err(|e| wrong(&e.to_string()))?;
        let (digests, remarks) = manifest::read(Algorithm::Sha256, BufReader::new(file))
            .map_err(|e| wrong(&e.to_string()))?;
        if let Some(remark) = remarks.first() {
            return Err(wrong(&format!("{remark:?}")));
        }
        let sound = Self { digests };
        let mut sources = 0;
        let below = format!("{}/", layout::SOURCES);
        for (path, place) in tree.files.iter().filter(|(path, _)| path.starts_with(&below)) {
            sources += place.metadata().map_or(0, |about| about.len());
            if sources > MOST_SOURCES {
                return Err(damaged(&bag.name, path, "the records are too large"));
            }
            sound.bytes(bag, path)?;
        }
        sound.bytes(bag, &bag.path_of(layout::XML))?;
        Ok(sound)
    }

    /// The bytes of a file, which has the digest of the manifest.
    fn bytes(&self, bag: &Bag, path: &str) -> Result<Vec<u8>, Diagnostic> {
        let bytes = bag.bytes(path).map_err(|e| damaged(&bag.name, path, &e.to_string()))?;
        match self.digests.get(path) {
            Some(digest) if *digest == sha256(&bytes) => Ok(bytes),
            Some(_) => Err(damaged(&bag.name, path, "its SHA-256 is not that of the manifest")),
            None => Err(damaged(&bag.name, path, "it is not in the manifest")),
        }
    }

    /// The files that are copied for an audience, each with the digest of the manifest. Anybody gets
    /// the notice's web page and PDF as they stood in public/ when it was built.
    ///
    /// # Errors
    /// The first that is not as it should be.
    pub(super) fn files(
        &self,
        bag: &Bag,
        audience: Audience,
    ) -> Result<Vec<CopiedFile>, Diagnostic> {
        let public = match audience {
            Audience::Public => Some(self.public(bag)?),
            Audience::Internal => None,
        };
        let mut files = Vec::new();
        let mut taken = vec![folded_path("index.html")];
        for entry in &bag.metadata.electronic.files {
            let inner = match (&public, &entry.output) {
                (Some(public), _) => match public.get(&entry.sha256) {
                    Some(name) if matches!(entry.role.as_str(), role::NOTICE | role::PAGE) => {
                        name.clone()
                    }
                    _ => continue,
                },
                (None, Some(output)) => {
                    let inner = output.split_once('/').map_or(output.as_str(), |(_, inner)| inner);
                    layout::file_in_package(inner)
                }
                (None, None) => entry.name.clone(),
            };
            let source = bag.path_of(&entry.name);
            if check_path(&inner).is_err() || check_path(&source).is_err() {
                return Err(damaged(&bag.name, &entry.name, "the name leads out of the package"));
            }
            if self.digests.get(&source) != Some(&entry.sha256) {
                let detail = "manifest and metadata do not agree about it";
                return Err(damaged(&bag.name, &source, detail));
            }
            self.bytes(bag, &source)?;
            let name =
                if taken.contains(&folded_path(&inner)) { format!("files/{inner}") } else { inner };
            if taken.contains(&folded_path(&name)) {
                return Err(damaged(
                    &bag.name,
                    &source,
                    "two files have this name on some systems",
                ));
            }
            taken.push(folded_path(&name));
            files.push(CopiedFile {
                role: entry.role.clone(),
                source,
                name,
                bytes: entry.bytes,
                sha256: entry.sha256.clone(),
                pages: entry.pages,
            });
        }
        Ok(files)
    }

    /// The notice's files in public/, by digest, with their names. The build's manifest decides what
    /// anybody sees, so it must be the one that was archived.
    fn public(&self, bag: &Bag) -> Result<BTreeMap<String, String>, Diagnostic> {
        let path = layout::BUILD_MANIFEST;
        let bytes = self.bytes(bag, path)?;
        let manifest = Manifest::parse(&bytes)
            .map_err(|error| damaged(&bag.name, path, &error.to_string()))?;
        let mut names = BTreeMap::new();
        for (path, entry) in &manifest.artifacts {
            let Some(name) = path.strip_prefix("public/") else { continue };
            if entry.kind == "notice" && (name.ends_with(".html") || name.ends_with(".pdf")) {
                names.insert(entry.sha256.clone(), name.to_string());
            }
        }
        Ok(names)
    }
}

/// A package that is not what it was.
pub(super) fn damaged(bag: &str, path: &str, detail: &str) -> Diagnostic {
    let detail = if path.is_empty() { detail.to_string() } else { format!("{path}: {detail}") };
    Diagnostic::error(
            "catalog-damaged",
            text!(
                "归档包“{bag}”与归档时不一致，没有编入目录",
                "the package “{bag}” is not what was archived: it is left out"
            ),
        )
        .detail(detail)
        .help(text!(
            "用 yinfa verify 检查这个包，从备份恢复后再编一次",
            "check the package with `yinfa verify`, restore it from a copy, then make the catalogue again"
        ))
}
