//! Strings of old workbooks: two bytes a character, or one where the upper byte is zero.

use crate::input::compound::{u16_at, u32_at};
use crate::input::refusal::too_large;
use crate::limits;
use base::diag::Diagnostic;
use base::text;

/// The strings that cells share.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Strings(Vec<String>);

impl Strings {
    /// Reads the table of strings, which may be cut into several records.
    pub(super) fn read(parts: Vec<&[u8]>) -> Result<Self, Diagnostic> {
        let mut parts = Parts { parts, at: 0, part: 0 };
        let mut out = Vec::new();
        let mut size = 0;
        let head = parts.take(8).unwrap_or_default();
        let count = u32_at(&head, 4).unwrap_or(0);
        for _ in 0..count {
            let Some(string) = parts.string() else { break };
            size += string.len();
            if size > limits::TEXT || out.len() > limits::CELLS {
                return Err(too_large(text!("文件里的文字", "the text in the file")));
            }
            out.push(string);
        }
        Ok(Self(out))
    }

    pub(super) fn get(&self, n: usize) -> &str {
        self.0.get(n).map_or("", String::as_str)
    }
}

/// A string with a count of two bytes.
pub(super) fn long(data: &[u8]) -> String {
    let count = usize::from(u16_at(data, 0).unwrap_or(0));
    characters(data.get(2..).unwrap_or_default(), count)
}

/// A string with a count of one byte.
pub(super) fn short(data: &[u8]) -> String {
    let count = data.first().map_or(0, |&count| usize::from(count));
    characters(data.get(1..).unwrap_or_default(), count)
}

fn characters(data: &[u8], count: usize) -> String {
    let Some((&flags, rest)) = data.split_first() else { return String::new() };
    String::from_utf16_lossy(&units(rest, flags, count))
}

/// At most `count` characters.
fn units(data: &[u8], flags: u8, count: usize) -> Vec<u16> {
    if flags & 1 == 1 {
        let pair = |two: &[u8]| u16::from_le_bytes([two[0], two[1]]);
        data.chunks_exact(2).take(count).map(pair).collect()
    } else {
        data.iter().take(count).map(|&byte| u16::from(byte)).collect()
    }
}

/// Records that go on with one another.
struct Parts<'a> {
    parts: Vec<&'a [u8]>,
    part: usize,
    at: usize,
}

impl<'a> Parts<'a> {
    /// What is left of the record in hand; of the next one where it is read to its end.
    fn rest(&mut self) -> Option<&'a [u8]> {
        loop {
            let rest = self.parts.get(self.part)?.get(self.at..)?;
            if !rest.is_empty() {
                return Some(rest);
            }
            self.part += 1;
            self.at = 0;
        }
    }

    /// So many bytes, over the ends of records.
    fn take(&mut self, count: usize) -> Option<Vec<u8>> {
        let mut out = Vec::new();
        while out.len() < count {
            let rest = self.rest()?;
            let part = &rest[..rest.len().min(count - out.len())];
            out.extend(part);
            self.at += part.len();
        }
        Some(out)
    }

    /// Passes over bytes.
    fn skip(&mut self, mut count: usize) -> Option<()> {
        while count > 0 {
            let step = self.rest()?.len().min(count);
            self.at += step;
            count -= step;
        }
        Some(())
    }

    fn string(&mut self) -> Option<String> {
        let head = self.take(3)?;
        let count = usize::from(u16_at(&head, 0)?);
        let mut flags = head[2];
        let runs = if flags & 8 == 0 { 0 } else { usize::from(u16_at(&self.take(2)?, 0)?) };
        let more = if flags & 4 == 0 { 0 } else { u32_at(&self.take(4)?, 0)? };
        let mut found: Vec<u16> = Vec::new();
        while found.len() < count {
            let before = self.part;
            let rest = self.rest()?;
            // Characters that go on in another record begin with a new sign of their width.
            let rest = if self.part != before {
                flags = rest[0];
                self.at += 1;
                &rest[1..]
            } else {
                rest
            };
            let units = units(rest, flags, count - found.len());
            let width = if flags & 1 == 1 { 2 } else { 1 };
            if units.is_empty() {
                // Half a character, or nothing, at the end of a record.
                self.at = self.parts.get(self.part)?.len();
                continue;
            }
            self.at += units.len() * width;
            found.extend(units);
        }
        // Fonts of single characters, and how they are read.
        self.skip(runs * 4)?;
        self.skip(usize::try_from(more).ok()?)?;
        Some(String::from_utf16_lossy(&found))
    }
}
