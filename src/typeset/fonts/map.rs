//! Font files as memory.
//!
//! The fonts of a run have some hundred megabytes. Reading them takes longer than setting a task
//! sheet, so they are mapped: the system hands over the pages that it has in memory anyway.
//! Somebody who cuts a font file short while it is mapped ends the program, as with every program
//! that maps fonts; files under output/ are whole all the same.

use std::fs;
use std::io;
use std::path::Path;

use mmap_io::MemoryMappedFile;
use typst::foundations::Bytes;

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

/// The bytes of a file; read into memory where the system maps no files.
pub(super) fn bytes(path: &Path) -> io::Result<Bytes> {
    match MemoryMappedFile::open_ro(path) {
        Ok(file) => {
            let length = file.len();
            Ok(Bytes::new(Mapped { file, length }))
        }
        Err(_) => Ok(Bytes::new(fs::read(path)?)),
    }
}
