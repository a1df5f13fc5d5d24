//! Bytes as hexadecimal digits.

/// Lower-case hexadecimal digits, two for each byte: how digests are written everywhere.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
