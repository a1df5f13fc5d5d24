//! outbox/: for each unit a folder with its files, the cover note, the text to be pasted and a
//! list of checksums, and the same as one zip file. The only writer of outbox/.

mod kept;

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use base::disk::file_name;
use base::disk::sha256;

use super::plan::Parcel;
use super::run::{Carrier, Outcome};
use super::zip;

/// How the names of unfinished packets begin.
const STAGING: &str = ".staging-";

/// How the names of packets that are about to be replaced begin.
const REPLACED: &str = ".replaced-";

/// The list of checksums in a packet.
const SUMS: &str = "SHA256SUMS";

/// The folder of a publication's packets.
#[derive(Debug)]
pub struct Outbox {
    folder: PathBuf,
    ready: bool,
}

impl Outbox {
    /// Packets below this folder.
    pub fn new(folder: PathBuf) -> Self {
        Self { folder, ready: false }
    }

    /// Whether packets are there: of this run or of earlier ones.
    pub(crate) fn has_packets(&self) -> bool {
        let mut entries = fs::read_dir(&self.folder).into_iter().flatten().filter_map(Result::ok);
        entries.any(|entry| entry.path().join(SUMS).exists())
    }

    /// Makes the folder, removes what a killed run left unfinished and puts back what it had moved
    /// aside: the ledger's lock says that no other is at work.
    fn prepare(&mut self) -> io::Result<()> {
        if self.ready {
            return Ok(());
        }
        fs::create_dir_all(&self.folder)?;
        for entry in fs::read_dir(&self.folder)?.filter_map(Result::ok) {
            let (path, name) = (entry.path(), entry.file_name());
            let name = name.to_string_lossy();
            let replaced = name.strip_prefix(REPLACED).map(|name| self.folder.join(name));
            match replaced {
                Some(target) if !target.exists() => fs::rename(&path, target)?,
                None if !name.starts_with(STAGING) => {}
                // One that cannot be removed harms nobody.
                _ if path.is_dir() => drop(fs::remove_dir_all(path)),
                _ => drop(fs::remove_file(path)),
            }
        }
        self.ready = true;
        Ok(())
    }

    fn write(&mut self, parcel: &Parcel) -> Result<(), String> {
        let said = |error: io::Error| error.to_string();
        let files = files(parcel)?;
        let name = file_name(&parcel.unit);
        let packed = zip::pack(&name, &files)?;
        self.prepare().map_err(said)?;
        self.replace_file(&format!("{name}.zip"), &packed).map_err(said)?;
        self.replace_folder(&name, &files).map_err(said)
    }

    fn replace_file(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let staged = self.folder.join(format!("{STAGING}{name}"));
        write(&staged, bytes)?;
        fs::rename(staged, self.folder.join(name))
    }

    /// The folder is the old one or the new one, whole: what was there is moved aside first, since
    /// a folder takes no other's place. What people put into the old one is in the new one too.
    fn replace_folder(&self, name: &str, files: &[(String, Vec<u8>)]) -> io::Result<()> {
        let staged = self.folder.join(format!("{STAGING}{name}"));
        fs::create_dir_all(&staged)?;
        for (file, bytes) in files {
            write(&staged.join(file), bytes)?;
        }
        let target = self.folder.join(name);
        let old = self.folder.join(format!("{REPLACED}{name}"));
        if target.exists() {
            kept::keep(&target, &staged)?;
            fs::rename(&target, &old)?;
        }
        fs::rename(&staged, &target)?;
        sync_folder(&self.folder);
        // The packet is in its place, and all that people had in the old one: a rest of it that
        // cannot be removed now is removed by the next run.
        let _ = fs::remove_dir_all(old);
        Ok(())
    }
}

impl Carrier for Outbox {
    fn carry(&mut self, parcel: &Parcel) -> Outcome {
        match self.write(parcel) {
            Ok(()) => Outcome::Sent(None),
            Err(detail) => Outcome::Failed(detail),
        }
    }
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// A rename counts once its folder is on the disk. Where folders cannot be opened, as on Windows,
/// the system takes care of it.
fn sync_folder(folder: &Path) {
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
}

/// The files of a packet with their names.
fn files(parcel: &Parcel) -> Result<Vec<(String, Vec<u8>)>, String> {
    let mut files = Vec::new();
    for file in &parcel.files {
        files.push((file.entry.name.clone(), file.bytes()?));
    }
    files.push(("封面说明.html".into(), parcel.texts.html.clone().into_bytes()));
    // The editor of old Windows needs both the mark and the line ends.
    let text = format!("\u{feff}{}", parcel.texts.text.replace('\n', "\r\n"));
    files.push(("message.txt".into(), text.into_bytes()));
    let sums: String =
        files.iter().map(|(name, bytes)| format!("{}  {name}\n", sha256(bytes))).collect();
    files.push((SUMS.into(), sums.into_bytes()));
    Ok(files)
}
