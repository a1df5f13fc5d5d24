//! Writing a bag: whole in a folder beside its place, synced, then renamed in one step.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::digest::Digests;
use super::info::{BagInfo, OXUM};
use super::manifest::{self, Algorithm};
use super::{DECLARATION, DECLARATION_FILE, INFO_FILE};

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
        fs::create_dir_all(archive)?;
        let staging = tempfile::Builder::new().prefix(STAGING).tempdir_in(archive)?;
        // A folder inside it, since the temporary one may be read by its owner alone.
        let folder = staging.path().join(name);
        let mut folders = BTreeSet::from([folder.clone()]);
        fs::create_dir(&folder)?;
        for (path, bytes) in &self.payload {
            let target = folder.join(path);
            if let Some(parent) = target.parent() {
                fs::create_dir_all(parent)?;
                let inside = |ancestor: &&Path| ancestor.starts_with(&folder);
                folders.extend(parent.ancestors().take_while(inside).map(Path::to_path_buf));
            }
            write_file(&target, bytes)?;
        }
        for (name, text) in self.tag_files() {
            write_file(&folder.join(name), &Bytes::Here(text.into_bytes()))?;
        }
        for folder in folders {
            sync_folder(&folder)?;
        }
        Ok(Staged { _staging: staging, folder, target: archive.join(name) })
    }
}

fn of(algorithm: Algorithm, digests: &Digests) -> &String {
    match algorithm {
        Algorithm::Sha256 => &digests.sha256,
        Algorithm::Sha512 => &digests.sha512,
    }
}

fn write_file(target: &Path, bytes: &Bytes) -> io::Result<()> {
    let mut file = File::create_new(target)?;
    match bytes {
        Bytes::Here(bytes) => file.write_all(bytes)?,
        Bytes::File(path, digests) => {
            if Digests::copy(&mut File::open(path)?, &mut file)? != *digests {
                let path = path.display();
                return Err(io::Error::other(format!("{path} changed while it was copied")));
            }
        }
    }
    file.sync_all()
}

/// Makes names in a folder last, where the system knows such a thing.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// A whole bag that is not in its place yet. Dropped, it is gone.
#[derive(Debug)]
pub struct Staged {
    _staging: TempDir,
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
        // Between the look and the step another run may come: a folder with files in it is not
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
    let entries = fs::read_dir(archive).into_iter().flatten().filter_map(Result::ok);
    for entry in entries.filter(|e| e.file_name().to_string_lossy().starts_with(STAGING)) {
        // One that cannot be removed harms nobody.
        let _ = fs::remove_dir_all(entry.path());
    }
}
