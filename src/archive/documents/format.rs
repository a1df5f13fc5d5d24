//! File formats by content, whatever a file is called.

use std::fs::File;
use std::io::{self, Cursor, Read as _, Seek as _, SeekFrom};
use std::path::Path;

use zip::ZipArchive;

/// How much of a file is looked at.
const HEAD: u64 = 4096;
/// An office file or an OFD has no more parts than this.
const MOST_PARTS: usize = 100_000;

/// A format that is told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileFormat {
    /// PDF.
    Pdf,
    /// OFD (GB/T 33190): a zip archive with OFD.xml. It is recognised, not read any deeper.
    Ofd,
    /// JPEG.
    Jpeg,
    /// TIFF.
    Tiff,
    /// PNG.
    Png,
    /// Word.
    Docx,
    /// Excel.
    Xlsx,
    /// The older binary files of Word, Excel and WPS.
    OldOffice,
    /// A web page.
    Html,
    /// XML.
    Xml,
    /// JSON.
    Json,
    /// Any other UTF-8 text.
    Text,
    /// Anything else.
    Other,
}

impl FileFormat {
    /// What metadata call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::Ofd => "OFD",
            Self::Jpeg => "JPEG",
            Self::Tiff => "TIFF",
            Self::Png => "PNG",
            Self::Docx => "DOCX",
            Self::Xlsx => "XLSX",
            Self::OldOffice => "DOC/XLS/WPS",
            Self::Html => "HTML",
            Self::Xml => "XML",
            Self::Json => "JSON",
            Self::Text => "TXT",
            Self::Other => "未知",
        }
    }

    /// The ending of names.
    pub fn extension(self) -> Option<&'static str> {
        Some(match self {
            Self::Pdf => "pdf",
            Self::Ofd => "ofd",
            Self::Jpeg => "jpg",
            Self::Tiff => "tif",
            Self::Png => "png",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
            Self::Html => "html",
            Self::Xml => "xml",
            Self::Json => "json",
            Self::Text => "txt",
            Self::OldOffice | Self::Other => return None,
        })
    }

    /// Whether a sealed original may have it: a PDF, an OFD or a scan.
    pub(crate) fn is_original(self) -> bool {
        matches!(self, Self::Pdf | Self::Ofd | Self::Jpeg | Self::Tiff | Self::Png)
    }

    /// Whether it is a format for long keeping (GB/T 18894): open, and described by a standard.
    pub(crate) fn is_lasting(self) -> bool {
        !matches!(self, Self::OldOffice | Self::Other)
    }
}

/// The format of a file.
///
/// # Errors
/// When it cannot be read.
pub fn recognise(path: &Path) -> io::Result<FileFormat> {
    let mut file = File::open(path)?;
    let mut head = Vec::new();
    file.by_ref().take(HEAD).read_to_end(&mut head)?;
    if head.starts_with(b"PK\x03\x04") {
        file.seek(SeekFrom::Start(0))?;
        return Ok(packed(file));
    }
    Ok(by_head(&head))
}

/// The format of bytes.
pub fn recognise_bytes(bytes: &[u8]) -> FileFormat {
    if bytes.starts_with(b"PK\x03\x04") {
        return packed(Cursor::new(bytes));
    }
    let end = bytes.len().min(usize::try_from(HEAD).unwrap_or(usize::MAX));
    by_head(&bytes[..end])
}

/// A zip archive by its table of contents alone: nothing is unpacked.
fn packed(from: impl io::Read + io::Seek) -> FileFormat {
    let Ok(archive) = ZipArchive::new(from) else { return FileFormat::Other };
    if archive.len() > MOST_PARTS {
        return FileFormat::Other;
    }
    let has = |name: &str| archive.index_for_name(name).is_some();
    if has("OFD.xml") {
        FileFormat::Ofd
    } else if has("word/document.xml") {
        FileFormat::Docx
    } else if has("xl/workbook.xml") {
        FileFormat::Xlsx
    } else {
        FileFormat::Other
    }
}

fn by_head(head: &[u8]) -> FileFormat {
    // A PDF may have some bytes before its mark.
    let early = &head[..head.len().min(1024)];
    if early.windows(5).any(|window| window == b"%PDF-") {
        return FileFormat::Pdf;
    }
    let marks: [(&[u8], FileFormat); 5] = [
        (b"\xff\xd8\xff", FileFormat::Jpeg),
        (b"II*\0", FileFormat::Tiff),
        (b"MM\0*", FileFormat::Tiff),
        (b"\x89PNG\r\n\x1a\n", FileFormat::Png),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FileFormat::OldOffice),
    ];
    if let Some((_, format)) = marks.iter().find(|(mark, _)| head.starts_with(mark)) {
        return *format;
    }
    let text = match std::str::from_utf8(head) {
        Ok(text) => text,
        // The head may end inside a character.
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(&head[..error.valid_up_to()]).unwrap_or_default()
        }
        Err(_) => return FileFormat::Other,
    };
    if text.contains('\0') {
        return FileFormat::Other;
    }
    let start = text.trim_start_matches('\u{feff}').trim_start().to_ascii_lowercase();
    if start.starts_with("<?xml") {
        FileFormat::Xml
    } else if start.starts_with('<') {
        FileFormat::Html
    } else if start.starts_with(['{', '[']) {
        FileFormat::Json
    } else {
        FileFormat::Text
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use proptest::prelude::*;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn zip_with(name: &str) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(b"<x/>").unwrap();
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn by_content() {
        for (bytes, format) in [
            (b"%PDF-1.7\n".to_vec(), FileFormat::Pdf),
            (b"\xff\xd8\xff\xe0....JFIF".to_vec(), FileFormat::Jpeg),
            (b"II*\0........".to_vec(), FileFormat::Tiff),
            (b"MM\0*........".to_vec(), FileFormat::Tiff),
            (b"\x89PNG\r\n\x1a\n".to_vec(), FileFormat::Png),
            (zip_with("OFD.xml"), FileFormat::Ofd),
            (zip_with("word/document.xml"), FileFormat::Docx),
            (zip_with("xl/workbook.xml"), FileFormat::Xlsx),
            (zip_with("a.txt"), FileFormat::Other),
            (b"PK\x03\x04 damaged".to_vec(), FileFormat::Other),
            ("<!DOCTYPE html>".into(), FileFormat::Html),
            ("<?xml version=\"1.0\"?>".into(), FileFormat::Xml),
            ("{}".into(), FileFormat::Json),
            ("甲".repeat(3000).into_bytes(), FileFormat::Text),
            (b"\0\x01\xfe".to_vec(), FileFormat::Other),
        ] {
            assert_eq!(recognise_bytes(&bytes), format, "{format:?}");
            let mut file = tempfile::NamedTempFile::new().unwrap();
            file.write_all(&bytes).unwrap();
            assert_eq!(recognise(file.path()).unwrap(), format, "{format:?}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            recognise_bytes(&bytes);
        }
    }
}
