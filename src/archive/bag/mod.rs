//! BagIt 1.0 (RFC 8493): folders that any tool can verify. Nothing here knows what a document is.

pub mod info;
pub mod manifest;
pub mod walk;
pub mod write;

/// The name of the declaration.
pub(crate) const DECLARATION_FILE: &str = "bagit.txt";
/// What it says.
pub(crate) const DECLARATION: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
/// The name of the file of labels.
pub(crate) const INFO_FILE: &str = "bag-info.txt";
/// The folder of the payload.
pub(crate) const PAYLOAD: &str = "data";
