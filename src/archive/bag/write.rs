//! Writing a bag: whole in a folder beside its place, synced, then renamed in one step.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::info::{BagInfo, OXUM};
use super::manifest::{self, Algorithm};
use super::{DECLARATION, DECLARATION_FILE, INFO_FILE};
use base::disk::{self, Digests, Staging, sync_folder};

/// How the names of staging folders begin.
pub(crate) const STAGING: &str = ".staging-";

/// What a file of the payload is made of.
#[derive(Debug, Clone)]
pub enum Bytes {
    /// These bytes.
    Here(Vec<u8>),
    /// Those of a file, which had these digests.
    File(PathBuf, Digests),
}

impl Bytes {
    /// Their digests.
    pub fn digests(&self) -> Digests {
        match self {
            Self::Here(bytes) => Digests::of(bytes),
            Self::File(_, digests) => digests.clone(),
        }
    }
}

/// A bag that is to be written.
#[derive(Debug, Clone)]
pub struct NewBag {
    /// The payload by path below the bag; every path begins with `data/`.
    pub payload: BTreeMap<String, Bytes>,
    /// bag-info.txt without Payload-Oxum.
    pub info: BagInfo,
}

impl NewBag {
    /// The tag files by name: what the payload alone decides.
    pub(crate) fn tag_files(&self) -> BTreeMap<String, String> {
        let digests: BTreeMap<&String, Digests> =
            self.payload.iter().map(|(path, bytes)| (path, bytes.digests())).collect();
        let mut info = self.info.clone();
        let bytes: u64 = digests.values().map(|d| d.bytes).sum();
        info.push(OXUM, &format!("{bytes}.{}", digests.len()));
        let mut tags: BTreeMap<String, String> = BTreeMap::new();
        tags.insert(DECLARATION_FILE.into(), DECLARATION.into());
        tags.insert(INFO_FILE.into(), info.write());
        for algorithm in Algorithm::ALL {
            let entries = digests.iter().map(|(path, digests)| (*path, of(algorithm, digests)));
            tags.insert(algorithm.manifest(), manifest::write(entries));
        }
        let of_tags: Vec<(String, Digests)> =
            tags.iter().map(|(name, text)| (name.clone(), Digests::of(text.as_bytes()))).collect();
        for algorithm in Algorithm::ALL {
            let entries = of_tags.iter().map(|(name, digests)| (name, of(algorithm, digests)));
            tags.insert(algorithm.tag_manifest(), manifest::write(entries));
        }
        tags
    }

    /// Writes the bag into a staging folder inside `archive`, on the same file system.
    ///
    /// # Errors
    /// When something cannot be written, or a file has changed since its digests were taken. What
    /// was written is removed then.
    pub fn stage(&self, archive: &Path, name: &str) -> io::Result<Staged> {
        let staging = Staging::create(archive, STAGING)?;
        // A folder inside it, since the staging folder may be read by its owner alone.
        let folder = staging.make_folder(name)?;
        for (path, bytes) in &self.payload {
            let target = folder.join(path);
            match bytes {
                Bytes::Here(bytes) => staging.write(target, bytes)?,
                Bytes::File(path, digests) => {
                    staging.write_with(target, |file| copy(path, digests, file))?
                }
            };
        }
        for (name, text) in self.tag_files() {
            staging.write(folder.join(name), text.as_bytes())?;
        }
        staging.sync()?;
        Ok(Staged { _staging: staging, folder, target: archive.join(name) })
    }
}

fn of(algorithm: Algorithm, digests: &Digests) -> &String {
    match algorithm {
        Algorithm::Sha256 => &digests.sha256,
        Algorithm::Sha512 => &digests.sha512,
    }
}

/// Copies a file that must still have these digests.
fn copy(path: &Path, digests: &Digests, to: &mut File) -> io::Result<()> {
    if Digests::copy(&mut File::open(path)?, to)? == *digests {
        return Ok(());
    }
    let path = path.display();
    Err(io::Error::other(format!("{path} changed while it was copied")))
}

/// A whole bag that is not in its place yet. Dropped, it is gone.
#[derive(Debug)]
pub struct Staged {
    _staging: Staging,
    folder: PathBuf,
    target: PathBuf,
}

impl Staged {
    /// Where it stands for now.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Puts the bag into its place in one step.
    ///
    /// # Errors
    /// When something stands there: a bag is never changed.
    pub fn commit(self) -> io::Result<PathBuf> {
        if self.target.symlink_metadata().is_ok() {
            return Err(io::Error::from(io::ErrorKind::AlreadyExists));
        }
        // Another run may come between the check and the rename: a folder with files in it is not
        // renamed over.
        fs::rename(&self.folder, &self.target)?;
        if let Some(archive) = self.target.parent() {
            sync_folder(archive)?;
        }
        Ok(self.target.clone())
    }
}

/// Removes the staging folders of runs that were killed. Only whoever holds the archive's lock may.
pub fn remove_leftovers(archive: &Path) {
    disk::remove_leftovers(archive, STAGING);
}
