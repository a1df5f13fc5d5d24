//! SHA-256 digests, and bytes as hexadecimal digits.

use sha2::{Digest as _, Sha256};

/// Lower-case hexadecimal digits, two for each byte: how digests are written everywhere.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The SHA-256 digest of bytes, as [`hex`] writes it.
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}
