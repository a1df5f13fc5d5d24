//! The records of a stream.

/// A record: its kind and its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Record<'a> {
    pub(super) kind: u16,
    pub(super) data: &'a [u8],
}

pub(super) const BEGIN: u16 = 0x0809;
pub(super) const END: u16 = 0x000a;
pub(super) const LOCKED: u16 = 0x002f;
pub(super) const SHEET: u16 = 0x0085;
pub(super) const DAYS: u16 = 0x0022;
pub(super) const FORMAT: u16 = 0x041e;
pub(super) const STYLE: u16 = 0x00e0;
pub(super) const STRINGS: u16 = 0x00fc;
/// It goes on with the record before.
pub(super) const MORE: u16 = 0x003c;
pub(super) const ROW: u16 = 0x0208;
pub(super) const COLUMNS: u16 = 0x007d;
pub(super) const MERGED: u16 = 0x00e5;
pub(super) const SHARED: u16 = 0x00fd;
pub(super) const LABEL: u16 = 0x0204;
pub(super) const NUMBER: u16 = 0x0203;
pub(super) const SMALL: u16 = 0x027e;
pub(super) const SMALLS: u16 = 0x00bd;
pub(super) const FORMULA: u16 = 0x0006;
/// What a formula before it came to.
pub(super) const STRING: u16 = 0x0207;
pub(super) const BOOLEAN: u16 = 0x0205;

/// The records from the beginning of a stream on, up to where it breaks off.
pub(super) fn records(stream: &[u8]) -> impl Iterator<Item = Record<'_>> {
    let mut rest = stream;
    std::iter::from_fn(move || {
        let (head, behind) = rest.split_at_checked(4)?;
        let kind = u16::from_le_bytes([head[0], head[1]]);
        let len = usize::from(u16::from_le_bytes([head[2], head[3]]));
        let (data, behind) = behind.split_at_checked(len)?;
        rest = behind;
        Some(Record { kind, data })
    })
}
