//! Font files as memory.
//!
//! The fonts of a run have some hundred megabytes. Reading them takes longer than setting a task
//! sheet, so they are mapped: the system hands over the pages that it has in memory anyway.
//! Somebody who cuts a font file short while it is mapped ends the program, as with every program
//! that maps fonts; files under output/ are whole all the same.

use std::fs;
use std::io;
use std::path::Path;

use mmap_io::{MemoryMappedFile, MmapAdvice};
use typst::foundations::Bytes;

/// A file's bytes.
#[derive(Debug)]
pub(super) struct FileBytes {
    bytes: Bytes,
    /// What they lie in; nothing where the system maps no files.
    mapping: Option<MemoryMappedFile>,
}

impl FileBytes {
    /// Maps a file, or reads it.
    pub(super) fn of(path: &Path) -> io::Result<Self> {
        match MemoryMappedFile::open_ro(path) {
            Ok(file) => {
                let mapped = Mapped { length: file.len(), file: file.clone() };
                Ok(Self { bytes: Bytes::new(mapped), mapping: Some(file) })
            }
            Err(_) => Ok(Self { bytes: Bytes::new(fs::read(path)?), mapping: None }),
        }
    }

    /// The bytes as Typst wants them.
    pub(super) fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// Takes the pages out of this process's memory after all of them were looked at: setting text
    /// needs a few of them again, which the system then has at hand.
    pub(super) fn let_go(&self) {
        if let Some(mapping) = &self.mapping {
            // Where the system does not listen, the memory stays.
            let _ = mapping.advise(0, mapping.len(), MmapAdvice::DontNeed);
        }
    }
}

/// A file that is mapped from its first byte to its last.
struct Mapped {
    file: MemoryMappedFile,
    length: u64,
}

impl AsRef<[u8]> for Mapped {
    fn as_ref(&self) -> &[u8] {
        // A mapping for reading alone has its bytes as long as it lives.
        self.file.as_slice_bytes(0, self.length).unwrap_or_default()
    }
}
