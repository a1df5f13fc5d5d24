//! outbox/: for each unit a folder with its files, the cover note, the text to be pasted and a
//! list of checksums, and the same as one zip file. The only writer of outbox/.

mod kept;

use std::fs;
use std::io;
use std::path::PathBuf;

use base::disk::{Staging, exchange, file_name, leftovers, put_back, remove_leftovers, sha256};

use super::ledger::SUMS;
use super::plan::Parcel;
use super::run::{Carrier, Outcome};
use super::zip;

/// How the names of staging folders begin.
const STAGING: &str = ".staging-";

/// How the names of packets that are about to be replaced begin.
const REPLACED: &str = ".replaced-";

/// The folder of a publication's packets.
#[derive(Debug)]
pub struct Outbox {
    folder: PathBuf,
    /// What a killed run left was looked for.
    is_recovered: bool,
}

impl Outbox {
    /// Packets below this folder.
    pub fn new(folder: PathBuf) -> Self {
        Self { folder, is_recovered: false }
    }

    /// Whether packets are there: of this run or of earlier ones.
    pub(crate) fn has_packets(&self) -> bool {
        let mut entries = fs::read_dir(&self.folder).into_iter().flatten().filter_map(Result::ok);
        entries.any(|entry| entry.path().join(SUMS).exists())
    }

    /// Restores packets that a killed run had moved aside, and removes its staging folders: the
    /// ledger's lock says that no other run is at work.
    fn recover(&mut self) -> io::Result<()> {
        if self.is_recovered {
            return Ok(());
        }
        for old in leftovers(&self.folder, REPLACED) {
            let name = old.file_name().unwrap_or_default().to_string_lossy().into_owned();
            put_back(&old, &self.folder.join(&name[REPLACED.len()..]))?;
        }
        remove_leftovers(&self.folder, REPLACED);
        remove_leftovers(&self.folder, STAGING);
        self.is_recovered = true;
        Ok(())
    }

    /// The folder is the old one or the new one, whole, and so is the zip file. What people put
    /// into the old folder is in the new one too.
    fn write(&mut self, parcel: &Parcel) -> Result<(), String> {
        let files = files(parcel)?;
        let name = file_name(&parcel.unit);
        let zip = format!("{name}.zip");
        let packed = zip::pack(&name, &files)?;
        let mut write = || -> io::Result<()> {
            self.recover()?;
            let staging = Staging::create(&self.folder, STAGING)?;
            let new_zip = staging.write(&zip, &packed)?;
            let new = staging.make_folder(&name)?;
            for (file, bytes) in &files {
                staging.write(new.join(file), bytes)?;
            }
            let target = self.folder.join(&name);
            if target.exists() {
                kept::keep(&target, &new, &staging)?;
            }
            staging.sync()?;
            fs::rename(new_zip, self.folder.join(&zip))?;
            let old = self.folder.join(format!("{REPLACED}{name}"));
            exchange(&new, &target, &old)?;
            // What cannot be removed now is removed by the next run.
            let _ = fs::remove_dir_all(old);
            Ok(())
        };
        write().map_err(|error| error.to_string())
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
