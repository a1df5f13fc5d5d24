//! Files of output/, and nothing else.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

/// So much of a file is in memory at a time, for each that it is sent to.
const PIECE: usize = 64 * 1024;

/// A file as it is sent: piece by piece, as fast as it is taken. Whoever stops taking it costs a piece.
#[derive(Debug)]
pub(super) struct Sent {
    pub(super) pieces: Pieces,
    /// In bytes.
    pub(super) length: u64,
    pub(super) content_type: &'static str,
    pub(super) policy: &'static str,
}

/// What is left of a file. It is open, and so the old one or the new one, whole.
#[derive(Debug)]
pub(super) struct Pieces {
    file: File,
    left: u64,
}

impl Iterator for Pieces {
    type Item = io::Result<Vec<u8>>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.left == 0 {
            return None;
        }
        let length = usize::try_from(self.left).map_or(PIECE, |left| left.min(PIECE));
        let mut piece = vec![0; length];
        match self.file.read_exact(&mut piece) {
            Ok(()) => {
                self.left -= length as u64;
                Some(Ok(piece))
            }
            Err(error) => {
                self.left = 0;
                Some(Err(error))
            }
        }
    }
}

/// Opens the file that the path of an address (still percent-encoded) names below `output`;
/// `None` for everything that is not plainly a file in there.
pub(super) fn read(output: &Path, encoded: &str) -> Option<Sent> {
    let parts: Vec<String> = encoded.split('/').map(part).collect::<Option<_>>()?;
    let path: PathBuf = parts.iter().collect();
    // A link inside may lead outside: what counts is where the file really is.
    let output = output.canonicalize().ok()?;
    let path = output.join(path).canonicalize().ok()?;
    if !path.starts_with(&output) {
        return None;
    }
    // Not a folder, and nothing that never ends; a pipe would not even open.
    if !path.metadata().ok()?.is_file() {
        return None;
    }
    let file = File::open(&path).ok()?;
    let length = file.metadata().ok()?.len();
    let (content_type, policy) = kind(&path);
    Some(Sent { pieces: Pieces { file, left: length }, length, content_type, policy })
}

/// One part of a path, decoded once. A part that could be anything but a name is none.
fn part(encoded: &str) -> Option<String> {
    let part = decode(encoded)?;
    let wrong = |c: char| c.is_control() || matches!(c, '/' | '\\' | ':');
    // Hidden ones are a build's own.
    (!part.is_empty() && !part.starts_with('.') && !part.contains(wrong)).then_some(part)
}

/// Resolves `%XX`; `None` where that is no UTF-8 or no such escape.
pub(super) fn decode(encoded: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(encoded.len());
    let mut rest = encoded.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let mut digit = || char::from(rest.next()?).to_digit(16);
            let (high, low) = (digit()?, digit()?);
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

/// The type of a file, and what it may do in a browser: a web page of ours runs no script, loads
/// nothing from elsewhere and is framed by the preview alone.
fn kind(path: &Path) -> (&'static str, &'static str) {
    const PAGE: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; \
                        font-src data:; base-uri 'none'; form-action 'none'; \
                        frame-ancestors 'self'";
    /// The browser's own viewer is a page with scripts and objects: more would keep it away.
    const VIEWER: &str = "frame-ancestors 'self'";
    const DATA: &str = "default-src 'none'; sandbox; frame-ancestors 'self'";
    let extension = path.extension().and_then(|e| e.to_str()).unwrap_or_default();
    match extension.to_ascii_lowercase().as_str() {
        "html" => ("text/html; charset=utf-8", PAGE),
        "pdf" => ("application/pdf", VIEWER),
        "json" => ("application/json", DATA),
        "png" => ("image/png", DATA),
        "jpg" | "jpeg" => ("image/jpeg", DATA),
        "txt" | "csv" => ("text/plain; charset=utf-8", DATA),
        _ => ("application/octet-stream", DATA),
    }
}

/// The path of an address for a file below output/, each part encoded.
pub(super) fn encode(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => {
                encoded.push(byte.into());
            }
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn bytes(sent: Sent) -> Vec<u8> {
        sent.pieces.flat_map(Result::unwrap).collect()
    }

    #[test]
    fn a_file_is_read_as_it_is_taken() {
        let dir = tempfile::tempdir().unwrap();
        let whole: Vec<u8> = (0..3 * PIECE + 7).map(|n| n as u8).collect();
        fs::write(dir.path().join("a.pdf"), &whole).unwrap();
        let mut sent = read(dir.path(), "a.pdf").unwrap();
        assert_eq!(sent.length, whole.len() as u64);
        let first = sent.pieces.next().unwrap().unwrap();
        assert_eq!(first, whole[..PIECE]);
        // A build that replaces it meanwhile leaves it what it was.
        fs::write(dir.path().join("b"), "new").unwrap();
        fs::rename(dir.path().join("b"), dir.path().join("a.pdf")).unwrap();
        assert_eq!(bytes(sent), whole[PIECE..]);
    }

    #[test]
    fn files_inside_by_their_encoded_names() {
        let dir = tempfile::tempdir().unwrap();
        let output = dir.path().join("output");
        fs::create_dir_all(output.join("p/internal/tasks")).unwrap();
        for name in ["区教育局.html", "a b%c.pdf", "＃？.json"] {
            fs::write(output.join("p/internal/tasks").join(name), name).unwrap();
            let sent = read(&output, &encode(&format!("p/internal/tasks/{name}"))).unwrap();
            assert_eq!(bytes(sent), name.as_bytes());
        }
        let sent = read(&output, "p/internal/tasks/%E5%8C%BA教育局.html").unwrap();
        assert!(sent.content_type.starts_with("text/html"));
        assert!(sent.policy.contains("default-src 'none'"));
    }

    #[test]
    fn nothing_outside() {
        let dir = tempfile::tempdir().unwrap();
        let output = dir.path().join("output");
        fs::create_dir_all(output.join("p")).unwrap();
        fs::write(output.join("p/a.html"), "a").unwrap();
        fs::write(output.join(".hidden"), "x").unwrap();
        fs::write(dir.path().join("secret"), "s").unwrap();
        assert!(read(&output, "p/a.html").is_some());
        for path in [
            "",
            "/",
            "p",
            "p/",
            "../secret",
            "p/../../secret",
            "%2e%2e/secret",
            "p/..%2f..%2fsecret",
            "p%2fa.html",
            "p/%2e/a.html",
            "./p/a.html",
            "p//a.html",
            "..%5csecret",
            "p/a.html%00",
            "%00",
            "p/a.html%0a",
            "%c0%ae%c0%ae/secret",
            "%",
            "%2",
            "%zz",
            "%ff",
            ".hidden",
            "%252e%252e/secret",
            "c:/secret",
            "p/a.html:x",
            "/etc/passwd",
            "//etc/passwd",
            "p/a.html/",
            "%2Fetc%2Fpasswd",
            "nothing.html",
        ] {
            assert!(read(&output, path).is_none(), "{path}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn no_link_leads_outside() {
        use std::os::unix::fs::symlink;
        let dir = tempfile::tempdir().unwrap();
        let output = dir.path().join("output");
        fs::create_dir_all(output.join("p")).unwrap();
        fs::create_dir(dir.path().join("outside")).unwrap();
        fs::write(dir.path().join("outside/secret"), "s").unwrap();
        fs::write(output.join("p/a"), "a").unwrap();
        symlink(dir.path().join("outside/secret"), output.join("p/file")).unwrap();
        symlink(dir.path().join("outside"), output.join("p/folder")).unwrap();
        symlink(output.join("p/a"), output.join("p/inside")).unwrap();
        assert!(read(&output, "p/file").is_none());
        assert!(read(&output, "p/folder/secret").is_none());
        assert!(read(&output, "p/inside").is_some());
    }

    #[test]
    fn names_survive_both_ways() {
        for name in ["区委组织部（人才办）", "a%b", "100% & más", "?#"] {
            assert_eq!(decode(&encode(name)).as_deref(), Some(name));
        }
    }
}
