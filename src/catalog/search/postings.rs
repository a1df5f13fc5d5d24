//! Where each pair of characters stands.

use std::collections::BTreeMap;

use super::fold::Folded;

/// The second character of a pair at the end of a text: no text has one.
pub(crate) const END: char = ' ';
/// The first character of the pair that marks where a word of ASCII letters and digits begins.
pub(crate) const BEGIN: char = ' ';

/// Entries and offsets, in order.
pub(crate) type Places = Vec<(u32, u32)>;

/// The places of all pairs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Postings {
    /// Places by pair, in the order of code points.
    pub pairs: BTreeMap<(char, char), Places>,
}

impl Postings {
    /// Adds the texts of an entry; entries come in order. A pair never reaches from one text into
    /// the next.
    pub fn add<'a>(&mut self, entry: u32, texts: impl IntoIterator<Item = &'a [Folded]>) {
        let mut offset = 0;
        for text in texts {
            for (place, folded) in text.iter().enumerate() {
                let next = text.get(place + 1).map_or(END, |next| next.sign);
                let mut add = |pair| self.pairs.entry(pair).or_default().push((entry, offset));
                add((folded.sign, next));
                if folded.begins {
                    add((BEGIN, folded.sign));
                }
                offset += 1;
            }
            // What follows is not next to it.
            offset += 1;
        }
    }
}

/// Places as text: steps from one to the next, five bits a character. For each place the step to its
/// entry, and the offset, or, in the same entry, the step to the offset.
pub(super) fn encode(places: &[(u32, u32)]) -> String {
    let mut out = String::with_capacity(places.len() * 3);
    let (mut entry, mut offset) = (0, 0);
    for &(next_entry, next_offset) in places {
        let step = next_entry - entry;
        number(step, &mut out);
        number(if step == 0 { next_offset - offset } else { next_offset }, &mut out);
        (entry, offset) = (next_entry, next_offset);
    }
    out
}

/// The signs that stand for six bits: five of a number, the lowest first, and whether more follow.
/// All are themselves in a string of JSON.
const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

fn number(mut value: u32, out: &mut String) {
    loop {
        let more = value > 31;
        let digit = (value & 31) | if more { 32 } else { 0 };
        out.push(char::from(SIGNS[digit as usize]));
        value >>= 5;
        if !more {
            return;
        }
    }
}

/// Reads places; `None` where the text is none of [`encode`]'s.
#[cfg(test)]
pub(crate) fn decode(text: &str) -> Option<Places> {
    let mut numbers = Vec::new();
    let (mut value, mut shift) = (0_u32, 0);
    for byte in text.bytes() {
        let digit = u32::try_from(SIGNS.iter().position(|&sign| sign == byte)?).ok()?;
        value |= (digit & 31).checked_shl(shift)?;
        shift += 5;
        if digit < 32 {
            numbers.push(value);
            (value, shift) = (0, 0);
        }
    }
    let mut places = Vec::new();
    let (mut entry, mut offset) = (0_u32, 0_u32);
    for pair in numbers.chunks(2) {
        let &[step, number] = pair else { return None };
        entry = entry.checked_add(step)?;
        offset = if step == 0 { offset.checked_add(number)? } else { number };
        places.push((entry, offset));
    }
    (shift == 0).then_some(places)
}
