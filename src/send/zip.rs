//! A packet as one zip file: the same files give the same bytes.

use std::io::{Cursor, Write as _};

use ::zip::write::SimpleFileOptions;
use ::zip::{CompressionMethod, DateTime, ZipWriter};

/// Packs files, by their names below `folder`. Names are UTF-8 and flagged as that, times are
/// those of no clock.
pub(super) fn pack(folder: &str, files: &[(String, Vec<u8>)]) -> Result<Vec<u8>, String> {
    let failed = |error: ::zip::result::ZipError| error.to_string();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        // What is compressed already only costs time.
        let method = match name.rsplit_once('.') {
            Some((_, "pdf" | "xlsx" | "docx" | "zip" | "jpg" | "png")) => CompressionMethod::Stored,
            _ => CompressionMethod::Deflated,
        };
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644);
        writer.start_file(format!("{folder}/{name}"), options).map_err(failed)?;
        writer.write_all(bytes).map_err(|error| error.to_string())?;
    }
    Ok(writer.finish().map_err(failed)?.into_inner())
}
