//! The few tables of a font file that say what it is called and how heavy it is, read with
//! seeks: a collection of 26 MB costs a few kilobytes.

use std::io::{self, Read, Seek, SeekFrom};
use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};
use ttf_parser::PlatformId;
use ttf_parser::name::{Name, Table as NameTable};
use ttf_parser::name_id;

/// No real collection comes near these; a file that claims more is broken.
const MAX_FACES: u32 = 256;
const MAX_TABLES: u16 = 512;
const MAX_TABLE_BYTES: u32 = 1 << 20;

/// What the tables of one face say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FaceHeader {
    /// Every family name (name records 1 and 16) in every language, in the order of the file.
    pub families: Vec<String>,
    /// The first subfamily name, such as `Regular`.
    pub subfamily: Option<String>,
    /// The weight; a range for a variable font.
    pub weights: RangeInclusive<u16>,
    /// The width class, 5 for normal.
    pub width: u16,
    /// Whether it is neither italic nor oblique.
    pub upright: bool,
}

/// Reads every face of a font file or collection.
pub(super) fn read_faces<R: Read + Seek>(file: &mut R) -> io::Result<Vec<FaceHeader>> {
    let mut head = [0; 12];
    read_at(file, 0, &mut head)?;
    if &head[..4] != b"ttcf" {
        return Ok(vec![read_face(file, 0)?]);
    }
    let count = u32_at(&head, 8).ok_or_else(broken)?;
    if count > MAX_FACES {
        return Err(broken());
    }
    let mut offsets = vec![0; count as usize * 4];
    read_at(file, 12, &mut offsets)?;
    (0..count as usize)
        .map(|face| {
            let offset = u32_at(&offsets, face * 4).ok_or_else(broken)?;
            read_face(file, u64::from(offset))
        })
        .collect()
}

fn read_face<R: Read + Seek>(file: &mut R, offset: u64) -> io::Result<FaceHeader> {
    let mut head = [0; 12];
    read_at(file, offset, &mut head)?;
    if !matches!(&head[..4], [0, 1, 0, 0] | b"OTTO" | b"true") {
        return Err(broken());
    }
    let count = u16_at(&head, 4).ok_or_else(broken)?;
    if count > MAX_TABLES {
        return Err(broken());
    }
    let mut records = vec![0; usize::from(count) * 16];
    read_at(file, offset + 12, &mut records)?;

    let mut table = |tag: &[u8; 4]| -> io::Result<Option<Vec<u8>>> {
        let Some(record) = records.chunks_exact(16).find(|record| record.starts_with(tag)) else {
            return Ok(None);
        };
        let start = u32_at(record, 8).ok_or_else(broken)?;
        let length = u32_at(record, 12).ok_or_else(broken)?;
        if length > MAX_TABLE_BYTES {
            return Err(broken());
        }
        let mut bytes = vec![0; length as usize];
        read_at(file, u64::from(start), &mut bytes)?;
        Ok(Some(bytes))
    };
    let names = table(b"name")?.ok_or_else(broken)?;
    let os2 = table(b"OS/2")?.unwrap_or_default();
    let head = table(b"head")?.unwrap_or_default();
    let fvar = table(b"fvar")?.unwrap_or_default();

    let names = NameTable::parse(&names).ok_or_else(broken)?.names;
    let mut families = Vec::new();
    let mut subfamily = None;
    for name in names {
        let Some(text) = decode(&name) else { continue };
        match name.name_id {
            name_id::FAMILY | name_id::TYPOGRAPHIC_FAMILY if !families.contains(&text) => {
                families.push(text);
            }
            name_id::SUBFAMILY if subfamily.is_none() => subfamily = Some(text),
            _ => {}
        }
    }
    if families.is_empty() {
        return Err(broken());
    }

    // Bits 0 and 1 of macStyle: bold, italic. OS/2 knows better where it exists.
    let mac_style = u16_at(&head, 44).unwrap_or(0);
    let weight = u16_at(&os2, 4).unwrap_or(if mac_style & 1 == 1 { 700 } else { 400 });
    // Bits 0 and 9 of fsSelection: italic, oblique.
    let slanted = match u16_at(&os2, 62) {
        Some(selection) => selection & (1 | 1 << 9) != 0,
        None => mac_style & 2 != 0,
    };
    Ok(FaceHeader {
        families,
        subfamily,
        weights: weight_axis(&fvar).unwrap_or(weight..=weight),
        width: u16_at(&os2, 6).unwrap_or(5),
        upright: !slanted,
    })
}

/// The weights a variable font can take.
fn weight_axis(fvar: &[u8]) -> Option<RangeInclusive<u16>> {
    let start = usize::from(u16_at(fvar, 4)?);
    let count = usize::from(u16_at(fvar, 8)?);
    let size = usize::from(u16_at(fvar, 10)?);
    (0..count)
        .map(|axis| start + axis * size)
        .find(|&axis| fvar.get(axis..axis + 4) == Some(b"wght".as_slice()))
        // Numbers of 16.16 bits; the whole part is the weight.
        .and_then(|axis| Some(u16_at(fvar, axis + 4)?..=u16_at(fvar, axis + 12)?))
}

/// The text of a name record. Records in old national encodings are passed over: every font
/// seen has the same name in Unicode as well.
fn decode(name: &Name<'_>) -> Option<String> {
    let text = match (name.platform_id, name.encoding_id) {
        (PlatformId::Unicode, _) | (PlatformId::Windows, 0 | 1 | 10) => {
            let units = name.name.chunks_exact(2);
            let units = units.map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
            char::decode_utf16(units).collect::<Result<String, _>>().ok()?
        }
        (PlatformId::Macintosh, 0) if name.name.is_ascii() => {
            String::from_utf8(name.name.to_vec()).ok()?
        }
        _ => return None,
    };
    let text = text.trim_matches(['\0', ' ']);
    (!text.is_empty()).then(|| text.to_owned())
}

fn read_at<R: Read + Seek>(file: &mut R, offset: u64, into: &mut [u8]) -> io::Result<()> {
    file.seek(SeekFrom::Start(offset))?;
    file.read_exact(into)
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let bytes = bytes.get(at..at + 2)?;
    Some(u16::from_be_bytes([bytes[0], bytes[1]]))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..at + 4)?;
    Some(u32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
}

fn broken() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "not a usable font file")
}

#[cfg(test)]
pub(super) mod tests {
    use std::io::Cursor;

    use super::*;

    /// A font file with names and a weight and nothing to draw.
    pub(in crate::typeset::fonts) fn made_up(names: &[(u16, &str)], weight: u16) -> Vec<u8> {
        let mut storage = Vec::new();
        let mut records = Vec::new();
        for &(id, text) in names {
            let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            for field in [3, 1, 0x804, id, bytes.len() as u16, storage.len() as u16] {
                records.extend(u16::to_be_bytes(field));
            }
            storage.extend(bytes);
        }
        let mut name = Vec::new();
        for field in [0, names.len() as u16, 6 + records.len() as u16] {
            name.extend(u16::to_be_bytes(field));
        }
        name.extend(records);
        name.extend(storage);
        let mut os2 = vec![0; 78];
        os2[4..6].copy_from_slice(&weight.to_be_bytes());
        os2[6..8].copy_from_slice(&5u16.to_be_bytes());

        let mut file = vec![0, 1, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0];
        let mut offset = 12 + 2 * 16;
        for (tag, table) in [(b"OS/2", &os2), (b"name", &name)] {
            file.extend(tag);
            for field in [0, offset as u32, table.len() as u32] {
                file.extend(u32::to_be_bytes(field));
            }
            offset += table.len();
        }
        file.extend(os2);
        file.extend(name);
        file
    }

    #[test]
    fn names_in_all_languages_and_the_weight_are_read() {
        let font = made_up(&[(1, "仿宋_GB2312"), (16, "FangSong"), (2, "Regular")], 300);
        let faces = read_faces(&mut Cursor::new(font)).unwrap();
        assert_eq!(faces.len(), 1);
        assert_eq!(faces[0].families, ["仿宋_GB2312", "FangSong"]);
        assert_eq!(faces[0].subfamily.as_deref(), Some("Regular"));
        assert_eq!(faces[0].weights, 300..=300);
        assert!(faces[0].upright);
    }

    #[test]
    fn a_file_cut_anywhere_is_an_error_and_nothing_worse() {
        let font = made_up(&[(1, "仿宋"), (2, "Regular")], 400);
        for end in 0..font.len() {
            assert!(read_faces(&mut Cursor::new(&font[..end])).is_err(), "{end}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_changed_byte_is_survived(at in 0usize..150, byte: u8) {
            let mut font = made_up(&[(1, "仿宋"), (16, "FangSong")], 400);
            let at = at % font.len();
            font[at] = byte;
            let _ = read_faces(&mut Cursor::new(font));
        }
    }

    #[test]
    fn the_weight_axis_of_a_variable_font_is_found() {
        let mut fvar = vec![0, 1, 0, 0, 0, 16, 0, 2, 0, 1, 0, 20, 0, 0, 0, 0];
        fvar.extend(b"wght");
        for weight in [200u16, 400, 900] {
            fvar.extend(weight.to_be_bytes());
            fvar.extend([0, 0]);
        }
        assert_eq!(weight_axis(&fvar), Some(200..=900));
        assert_eq!(weight_axis(&fvar[..20]), None);
        assert_eq!(weight_axis(&[]), None);
    }
}
