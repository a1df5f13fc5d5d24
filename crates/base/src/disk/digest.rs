//! Digests of bytes and files, and bytes as hexadecimal digits.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

use sha2::{Digest as _, Sha256, Sha512};

/// How much of a file is read at once: a scan of a gigabyte takes no more memory than a page.
const PIECE: usize = 64 * 1024;

/// Lower-case hexadecimal digits, two for each byte: how digests are written everywhere.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The SHA-256 digest of bytes, as [`hex`] writes it.
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// SHA-256 over several pieces, each with its length, so that no two lists of pieces give the same
/// digest.
#[derive(Debug, Clone, Default)]
pub struct Hasher(Sha256);

impl Hasher {
    /// Adds a piece.
    pub fn add(&mut self, piece: &[u8]) {
        self.0.update(u64::try_from(piece.len()).unwrap_or(u64::MAX).to_le_bytes());
        self.0.update(piece);
    }

    /// The digest, as [`hex`] writes it.
    pub fn finish(self) -> String {
        hex(&self.0.finalize())
    }
}

/// The digests of a file as lower-case hexadecimal digits, and its length.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digests {
    /// SHA-256.
    pub sha256: String,
    /// SHA-512.
    pub sha512: String,
    /// Length in bytes.
    pub bytes: u64,
}

impl Digests {
    /// Of bytes.
    pub fn of(bytes: &[u8]) -> Self {
        let (sha256, sha512) = (hex(&Sha256::digest(bytes)), hex(&Sha512::digest(bytes)));
        Self { sha256, sha512, bytes: bytes.len() as u64 }
    }

    /// Of a file.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn of_file(path: &Path) -> io::Result<Self> {
        Self::copy(&mut File::open(path)?, &mut io::sink())
    }

    /// Of what is copied from one place to another.
    ///
    /// # Errors
    /// When reading or writing fails.
    pub fn copy(from: &mut impl Read, to: &mut impl Write) -> io::Result<Self> {
        let (mut sha256, mut sha512, mut bytes) = (Sha256::new(), Sha512::new(), 0u64);
        let mut piece = vec![0; PIECE];
        loop {
            let read = match from.read(&mut piece) {
                Ok(0) => break,
                Ok(read) => read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            let piece = &piece[..read];
            sha256.update(piece);
            sha512.update(piece);
            to.write_all(piece)?;
            bytes += read as u64;
        }
        Ok(Self { sha256: hex(&sha256.finalize()), sha512: hex(&sha512.finalize()), bytes })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_bytes_and_of_a_stream() {
        let bytes = vec![7u8; 3 * PIECE + 1];
        let mut copy = Vec::new();
        let digests = Digests::copy(&mut bytes.as_slice(), &mut copy).unwrap();
        assert_eq!(digests, Digests::of(&bytes));
        assert_eq!(copy, bytes);
        // The test vector of FIPS 180-4.
        assert!(Digests::of(b"abc").sha256.starts_with("ba7816bf8f01cfea"));
        assert!(Digests::of(b"abc").sha512.starts_with("ddaf35a193617aba"));
    }

    #[test]
    fn pieces_count_and_not_only_their_bytes() {
        let of = |pieces: &[&str]| {
            let mut hasher = Hasher::default();
            pieces.iter().for_each(|piece| hasher.add(piece.as_bytes()));
            hasher.finish()
        };
        assert_eq!(of(&["ab", "c"]), of(&["ab", "c"]));
        assert_ne!(of(&["ab", "c"]), of(&["a", "bc"]));
        assert_ne!(of(&["abc"]), of(&["abc", ""]));
    }
}
