//! Text that others wrote: mail programs and mail servers, in whatever encoding they have.

use encoding_rs::GB18030;

/// Bytes that nobody encoded: UTF-8, or what Chinese programs used before it.
pub(super) fn raw_text(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_string(),
        Err(_) => GB18030.decode_without_bom_handling(bytes).0.into_owned(),
    }
}
