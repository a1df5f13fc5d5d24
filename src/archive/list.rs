//! 文件目录.XML: every file of the payload with its size and digest.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::bag::write::Bytes;
use super::metadata::to_xml;

/// 文件目录.XML: the files of the payload.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct List {
    /// The files, by path.
    #[serde(rename = "文件", default)]
    pub files: Vec<Listed>,
}

/// A file of the payload.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listed {
    /// Its number, from 1.
    #[serde(rename = "序号")]
    pub number: usize,
    /// Its path below the bag.
    #[serde(rename = "路径")]
    pub path: String,
    /// Its length in bytes.
    #[serde(rename = "大小")]
    pub bytes: u64,
    /// SHA-256.
    #[serde(rename = "SHA-256")]
    pub sha256: String,
}

impl List {
    /// The root element.
    pub(crate) const ROOT: &'static str = "文件目录";

    /// The list of a payload, as XML; it does not name itself.
    pub(super) fn of(payload: &BTreeMap<String, Bytes>) -> Result<String, String> {
        let files = payload.iter().enumerate().map(|(place, (path, bytes))| {
            let digests = bytes.digests();
            let (bytes, sha256) = (digests.bytes, digests.sha256);
            Listed { number: place + 1, path: path.clone(), bytes, sha256 }
        });
        to_xml(&Self { files: files.collect() }, Self::ROOT)
    }
}
