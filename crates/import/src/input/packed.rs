//! Files packed in a zip archive (.docx, .xlsx), unpacked within limits.

use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use super::refusal::{damaged, too_large};
use crate::limits;
use base::diag::Diagnostic;
use base::text;

/// An archive, and how much of it may still be unpacked.
pub(super) struct Packed<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    left: u64,
}

impl<'a> Packed<'a> {
    /// Opens an archive.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Diagnostic> {
        let archive =
            ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error.to_string()))?;
        if archive.len() > 10_000 {
            return Err(too_large(text!("压缩包里的文件", "the archive in the file")));
        }
        Ok(Self { archive, left: limits::UNPACKED })
    }

    /// Whether a file is in it.
    pub(super) fn has(&mut self, name: &str) -> bool {
        self.archive.by_name(name).is_ok()
    }

    /// A file's bytes.
    pub(super) fn read(&mut self, name: &str) -> Result<Option<Vec<u8>>, Diagnostic> {
        let Ok(file) = self.archive.by_name(name) else { return Ok(None) };
        let mut bytes = Vec::new();
        file.take(self.left + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| damaged(&error.to_string()))?;
        self.spend(bytes.len() as u64)?;
        Ok(Some(bytes))
    }

    fn spend(&mut self, size: u64) -> Result<(), Diagnostic> {
        match self.left.checked_sub(size) {
            Some(left) => {
                self.left = left;
                Ok(())
            }
            None => Err(too_large(text!("文件解开以后", "the file, once unpacked,"))),
        }
    }
}
