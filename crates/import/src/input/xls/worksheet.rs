//! The cells of one sheet.

use std::collections::BTreeSet;

use super::record::{self, Record};
use super::strings::{self, Strings};
use crate::input::compound::{u16_at, u32_at};
use crate::input::format::{Format, shown, yes_or_no};
use crate::input::sheet::Sheet;
use base::diag::Diagnostic;

/// What is read of a sheet.
struct Reading<'a> {
    sheet: Sheet,
    hidden_rows: BTreeSet<u32>,
    strings: &'a Strings,
    formats: &'a [Format],
    /// The cell of a formula whose string comes next.
    formula: Option<(u32, u32)>,
}

/// Reads a sheet from its first record on.
pub(super) fn read<'r>(
    records: impl Iterator<Item = Record<'r>>,
    strings: &Strings,
    formats: &[Format],
) -> Result<Sheet, Diagnostic> {
    let mut reading = Reading {
        sheet: Sheet::default(),
        hidden_rows: BTreeSet::new(),
        strings,
        formats,
        formula: None,
    };
    // Charts in the sheet are sheets of their own inside it.
    let mut depth = 0;
    for record in records {
        match record.kind {
            record::BEGIN => depth += 1,
            record::END if depth <= 1 => break,
            record::END => depth -= 1,
            _ if depth == 1 => {
                // A record that is too short says nothing.
                reading.record(&record).transpose()?;
            }
            _ => {}
        }
    }
    Ok(reading.sheet)
}

impl Reading<'_> {
    fn record(&mut self, record: &Record<'_>) -> Option<Result<(), Diagnostic>> {
        let Record { kind, data } = *record;
        match kind {
            record::ROW if u16_at(data, 12)? & 0x20 != 0 => {
                self.hidden_rows.insert(u32::from(u16_at(data, 0)?));
            }
            record::COLUMNS if u16_at(data, 8)? & 1 != 0 => {
                let (first, last) = (u16_at(data, 0)?, u16_at(data, 2)?);
                self.sheet.hide_columns(u32::from(first), u32::from(last));
            }
            record::MERGED => {
                for region in data.get(2..)?.chunks_exact(8) {
                    let (first, last) = (u16_at(region, 0)?, u16_at(region, 2)?);
                    let at = (u32::from(first), u32::from(u16_at(region, 4)?));
                    self.sheet.span(at, u32::from(last.saturating_sub(first)));
                }
            }
            record::STRING => {
                let at = self.formula.take()?;
                return Some(self.put(at, &strings::long(data)));
            }
            record::SMALLS => return self.smalls(data),
            record::SHARED
            | record::LABEL
            | record::NUMBER
            | record::SMALL
            | record::FORMULA
            | record::BOOLEAN => return self.cell(kind, data),
            _ => {}
        }
        None
    }

    fn cell(&mut self, kind: u16, data: &[u8]) -> Option<Result<(), Diagnostic>> {
        let at = (u32::from(u16_at(data, 0)?), u32::from(u16_at(data, 2)?));
        let style = usize::from(u16_at(data, 4)?);
        let value = data.get(6..)?;
        let number = |n: f64| shown(n, self.formats.get(style));
        let words = match kind {
            record::SHARED => {
                self.strings.get(usize::try_from(u32_at(value, 0)?).ok()?).to_string()
            }
            record::LABEL => strings::long(value),
            record::NUMBER => number(double(value)?),
            record::SMALL => number(small(u32_at(value, 0)?)),
            record::BOOLEAN if *value.get(1)? == 0 => yes_or_no(*value.first()? == 1).to_string(),
            // An error.
            record::BOOLEAN => return None,
            _ => match (u16_at(value, 6)?, *value.first()?) {
                (0xffff, 0) => {
                    self.formula = Some(at);
                    return None;
                }
                (0xffff, 1) => yes_or_no(*value.get(2)? == 1).to_string(),
                (0xffff, _) => return None,
                _ => number(double(value)?),
            },
        };
        Some(self.put(at, &words))
    }

    /// A row of numbers.
    fn smalls(&mut self, data: &[u8]) -> Option<Result<(), Diagnostic>> {
        let (row, first) = (u32::from(u16_at(data, 0)?), u32::from(u16_at(data, 2)?));
        let cells = data.get(4..data.len().checked_sub(2)?)?.chunks_exact(6);
        for (column, cell) in (first..).zip(cells) {
            let style = usize::from(u16_at(cell, 0)?);
            let words = shown(small(u32_at(cell, 2)?), self.formats.get(style));
            if let Err(problem) = self.put((row, column), &words) {
                return Some(Err(problem));
            }
        }
        None
    }

    fn put(&mut self, at: (u32, u32), words: &str) -> Result<(), Diagnostic> {
        self.sheet.put(at, words, self.hidden_rows.contains(&at.0))
    }
}

fn double(data: &[u8]) -> Option<f64> {
    data.get(..8)?.try_into().ok().map(f64::from_le_bytes)
}

/// A number in four bytes: a whole one or the upper half of a double, perhaps times a hundred.
fn small(bits: u32) -> f64 {
    let number = if bits & 2 == 0 {
        f64::from_bits(u64::from(bits & !3) << 32)
    } else {
        f64::from(bits.cast_signed() >> 2)
    };
    if bits & 1 == 0 { number } else { number / 100.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_numbers() {
        assert!((small(0x3ff0_0000) - 1.0).abs() < 1e-9);
        assert!((small(0x3ff0_0001) - 0.01).abs() < 1e-9);
        assert!((small(1234 << 2 | 3) - 12.34).abs() < 1e-9);
        assert!((small((-5i32 << 2).cast_unsigned() | 2) + 5.0).abs() < 1e-9);
    }
}
