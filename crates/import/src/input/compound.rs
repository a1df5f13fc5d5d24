//! Compound files, in which old programs keep their documents: named streams in chains of sectors
//! (\[MS-CFB\]).

/// What a compound file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// .xls, .et
    Workbook,
    /// .doc, .wps
    Document,
    /// Something else, or damaged.
    Other,
}

const SIGN: &[u8] = b"\xd0\xcf\x11\xe0";
/// Names of the stream that holds a workbook.
pub(super) const WORKBOOK: [&str; 2] = ["Workbook", "Book"];
/// Numbers from this on are no sectors: ends, free ones.
const LAST: u32 = 0xffff_fffa;

/// What a file is, where it is a compound file.
pub(super) fn kind(bytes: &[u8]) -> Option<Kind> {
    if !bytes.starts_with(SIGN) {
        return None;
    }
    let Some(file) = Compound::open(bytes) else { return Some(Kind::Other) };
    let has = |name: &str| file.entries.iter().any(|entry| entry.is(name));
    Some(if WORKBOOK.iter().any(|name| has(name)) {
        Kind::Workbook
    } else if has("WordDocument") {
        Kind::Document
    } else {
        Kind::Other
    })
}

/// A stream in the directory.
#[derive(Debug)]
struct Entry {
    name: String,
    kind: u8,
    start: u32,
    size: usize,
}

impl Entry {
    fn is(&self, name: &str) -> bool {
        self.kind == 2 && self.name.eq_ignore_ascii_case(name)
    }
}

/// An open compound file.
pub(super) struct Compound<'a> {
    bytes: &'a [u8],
    shift: u32,
    table: Vec<u32>,
    small_table: Vec<u32>,
    /// Streams below this many bytes are kept in small sectors.
    cutoff: usize,
    /// The stream that the small sectors are in.
    small: Vec<u8>,
    entries: Vec<Entry>,
}

/// Small sectors have 64 bytes.
const SMALL: usize = 64;

impl<'a> Compound<'a> {
    /// Opens a file; `None` where it is damaged.
    pub(super) fn open(bytes: &'a [u8]) -> Option<Self> {
        let shift = u32::from(u16_at(bytes, 30)?);
        if !(7..=16).contains(&shift) {
            return None;
        }
        let cutoff = usize::try_from(u32_at(bytes, 56)?).ok()?;
        let empty = (Vec::new(), Vec::new());
        let (table, small_table) = empty;
        let (small, entries) = (Vec::new(), Vec::new());
        let mut file = Self { bytes, shift, table, small_table, cutoff, small, entries };
        file.table = file.read_table()?;
        file.entries = file.directory(u32_at(bytes, 48)?);
        let root = file.entries.iter().find(|entry| entry.kind == 5);
        if let Some((start, size)) = root.map(|root| (root.start, root.size)) {
            file.small = file.chained(start, size);
            file.small_table = numbers(&file.chained(u32_at(bytes, 60)?, usize::MAX));
        }
        Some(file)
    }

    /// The bytes of the first stream that has one of these names.
    pub(super) fn stream(&self, names: &[&str]) -> Option<Vec<u8>> {
        let entry = names.iter().find_map(|name| self.entries.iter().find(|e| e.is(name)))?;
        if entry.size >= self.cutoff {
            return Some(self.chained(entry.start, entry.size));
        }
        let mut out = Vec::new();
        for sector in chain(&self.small_table, entry.start) {
            let at = usize::try_from(sector).ok()?.checked_mul(SMALL)?;
            out.extend(self.small.get(at..).unwrap_or_default().iter().take(SMALL));
        }
        out.truncate(entry.size);
        Some(out)
    }

    fn sector(&self, number: u32) -> &'a [u8] {
        let size = 1usize << self.shift;
        let at = usize::try_from(number).ok().and_then(|n| n.checked_add(1)?.checked_mul(size));
        let rest = at.and_then(|at| self.bytes.get(at..)).unwrap_or_default();
        &rest[..rest.len().min(size)]
    }

    /// The sector that follows each sector: the first 109 parts of this table are named in the
    /// head of the file, the others in a chain of sectors.
    fn read_table(&self) -> Option<Vec<u32>> {
        let mut parts = numbers(self.bytes.get(76..512)?);
        let mut next = u32_at(self.bytes, 68)?;
        let most = self.bytes.len() >> self.shift;
        for _ in 0..=most {
            if next >= LAST {
                break;
            }
            let mut more = numbers(self.sector(next));
            next = more.pop().unwrap_or(LAST);
            parts.extend(more);
        }
        let parts = parts.into_iter().filter(|&part| part < LAST).take(most + 1);
        Some(parts.flat_map(|part| numbers(self.sector(part))).take(most + 1).collect())
    }

    /// At most `size` bytes of the sectors from one on.
    fn chained(&self, start: u32, size: usize) -> Vec<u8> {
        let mut out = Vec::new();
        for sector in chain(&self.table, start) {
            if out.len() >= size {
                break;
            }
            out.extend(self.sector(sector));
        }
        out.truncate(size);
        out
    }

    fn directory(&self, start: u32) -> Vec<Entry> {
        let bytes = self.chained(start, usize::MAX);
        let entry = |entry: &[u8]| {
            let len = usize::from(u16_at(entry, 64)?).saturating_sub(2).min(62);
            let name: Vec<u16> = entry[..len].chunks_exact(2).map(pair).collect();
            Some(Entry {
                name: String::from_utf16_lossy(&name),
                kind: *entry.get(66)?,
                start: u32_at(entry, 116)?,
                size: usize::try_from(u32_at(entry, 120)?).ok()?,
            })
        };
        bytes.chunks_exact(128).filter_map(entry).collect()
    }
}

/// The sectors of a chain; one that turns back to itself ends.
fn chain(table: &[u32], start: u32) -> impl Iterator<Item = u32> {
    let mut next = start;
    std::iter::from_fn(move || {
        let here = next;
        next = *table.get(usize::try_from(here).ok()?)?;
        Some(here)
    })
    .take_while(|&sector| sector < LAST)
    .take(table.len())
}

fn pair(bytes: &[u8]) -> u16 {
    u16::from_le_bytes([bytes[0], bytes[1]])
}

/// A number of two bytes at a place.
pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at.checked_add(2)?)?.try_into().ok().map(u16::from_le_bytes)
}

/// A number of four bytes at a place.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_le_bytes)
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    let number = |four: &[u8]| u32::from_le_bytes([four[0], four[1], four[2], four[3]]);
    bytes.chunks_exact(4).map(number).collect()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A compound file with one stream, in sectors of 512 bytes.
    pub(in crate::input) fn compound(name: &str, stream: &[u8]) -> Vec<u8> {
        let sectors = stream.len().div_ceil(512).max(9);
        let mut out = vec![0u8; 512 * (2 + sectors + 1)];
        out[..8].copy_from_slice(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
        out[30] = 9;
        out[32] = 6;
        let mut put = |at: usize, n: u32| out[at..at + 4].copy_from_slice(&n.to_le_bytes());
        // The table is sector 0, the directory sector 1, the stream begins at sector 2.
        put(48, 1);
        put(56, 4096);
        put(60, 0xffff_fffe);
        put(68, 0xffff_fffe);
        for n in 0..109 {
            put(76 + 4 * n, if n == 0 { 0 } else { 0xffff_ffff });
        }
        for n in 0..128usize {
            let next = match n {
                0 => 0xffff_fffd,
                1 => 0xffff_fffe,
                _ if n == sectors + 1 => 0xffff_fffe,
                _ if n <= sectors => u32::try_from(n + 1).unwrap(),
                _ => 0xffff_ffff,
            };
            put(512 + 4 * n, next);
        }
        let entry = |out: &mut [u8], at: usize, name: &str, kind: u8, start: u32, size: u32| {
            for (n, unit) in name.encode_utf16().enumerate() {
                out[at + 2 * n..at + 2 * n + 2].copy_from_slice(&unit.to_le_bytes());
            }
            let len = u16::try_from(2 * name.len() + 2).unwrap();
            out[at + 64..at + 66].copy_from_slice(&len.to_le_bytes());
            out[at + 66] = kind;
            out[at + 116..at + 120].copy_from_slice(&start.to_le_bytes());
            out[at + 120..at + 124].copy_from_slice(&size.to_le_bytes());
        };
        entry(&mut out, 1024, "Root Entry", 5, 0xffff_fffe, 0);
        let size = u32::try_from(stream.len().max(4096)).unwrap();
        entry(&mut out, 1024 + 128, name, 2, 2, size);
        out[1536..1536 + stream.len()].copy_from_slice(stream);
        out
    }

    #[test]
    fn streams_are_found_by_name() {
        let words: Vec<u8> = (0..5000u32).map(|n| (n % 251) as u8).collect();
        let file = compound("Workbook", &words);
        assert_eq!(kind(&file), Some(Kind::Workbook));
        assert_eq!(Compound::open(&file).unwrap().stream(&WORKBOOK).unwrap(), words);
        assert_eq!(kind(&compound("WordDocument", b"x")), Some(Kind::Document));
        assert_eq!(kind(&compound("Picture", b"x")), Some(Kind::Other));
        assert_eq!(kind(b"\xd0\xcf\x11\xe0"), Some(Kind::Other));
        assert_eq!(kind(b"PK"), None);
    }

    #[test]
    fn files_that_lie_end() {
        let words = vec![7u8; 5000];
        let mut file = compound("Workbook", &words);
        // The stream says it is as large as can be, and its last sector leads back to its first.
        file[1024 + 128 + 120..1024 + 128 + 124].copy_from_slice(&[0xff; 4]);
        let last = 512 + 4 * (words.len().div_ceil(512) + 1);
        file[last..last + 4].copy_from_slice(&2u32.to_le_bytes());
        let stream = Compound::open(&file).unwrap().stream(&WORKBOOK).unwrap();
        assert!(stream.len() <= 128 * 512);
        for cut in 0..file.len().min(2000) {
            let _ = kind(&file[..cut]);
        }
    }
}
