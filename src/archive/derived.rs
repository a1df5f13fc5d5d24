//! What a package says of itself that follows from its metadata, its records and its files. A package
//! is written with it, and is verified by working it out again: nothing can be forgotten in between.

use super::bag::info::{self, BagInfo};
use super::layout::role;
use super::metadata::Metadata;
use records::manifest::Manifest;

/// The labels of bag-info.txt, without Payload-Oxum, which stands behind them.
pub(super) fn labels(metadata: &Metadata) -> BagInfo {
    let (content, version) = (&metadata.content, &metadata.version);
    let mut labels = BagInfo::default();
    labels.push(info::SOURCE, &metadata.provenance.creator);
    match &metadata.code {
        Some(code) => labels.push(info::IDENTIFIER, &code.code),
        None => labels.push(info::STATUS, info::PRE_ARCHIVED),
    }
    labels.push(info::DESCRIPTION, &content.title);
    labels.push(info::DATE, &content.date);
    labels.push(info::AGENT, &metadata.production.archiver);
    if let Some(number) = &content.doc_number {
        labels.push(info::DOC_NUMBER, number);
    }
    labels.push(info::DOC_DATE, &content.date);
    if let Some(code) = &metadata.code {
        labels.push(info::RETENTION, &code.retention);
    }
    let original = metadata.file(role::ORIGINAL).map(|file| file.name.as_str());
    labels.push(info::ORIGINAL, original.unwrap_or(info::NO_ORIGINAL));
    labels.push(info::VERSION, &version.number.to_string());
    if let Some(replaced) = &version.replaces {
        labels.push(info::REPLACES, &replaced.bag);
        labels.push(info::REPLACED_DIGEST, &replaced.sha256);
    }
    labels.push(info::ELECTRONIC_NUMBER, &metadata.electronic_number);
    labels
}

/// 版面测量.json of a build whose pages were measured.
///
/// # Errors
/// The words of the writer.
pub(super) fn measure(manifest: &Manifest) -> Result<Option<Vec<u8>>, String> {
    let Some(measured) = &manifest.layout else { return Ok(None) };
    let mut json = serde_json::to_vec_pretty(measured).map_err(|error| error.to_string())?;
    json.push(b'\n');
    Ok(Some(json))
}

/// 电子文件号 where none is given, from the digest of the build's manifest.
pub(super) fn electronic_number(manifest_sha256: &str) -> String {
    format!("{FORMED}{}", manifest_sha256.get(..32).unwrap_or(manifest_sha256))
}

/// How 电子文件号 begins where the program forms it.
pub(super) const FORMED: &str = "yinfa-";
