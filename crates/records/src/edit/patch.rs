//! Patches of bytes: what an edit does to a file, and what undoes it.

use std::ops::Range;

/// Other text in the place of some bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Patch {
    /// The bytes that go, in the file as it was.
    pub range: Range<usize>,
    /// What stands there instead.
    pub text: String,
}

impl Patch {
    pub(crate) fn new(range: Range<usize>, text: impl Into<String>) -> Self {
        Self { range, text: text.into() }
    }

    /// The same without what it leaves as it is at both ends.
    fn trimmed(mut self, source: &str) -> Self {
        let old = source.get(self.range.clone()).unwrap_or_default();
        let before = common_prefix(old, &self.text);
        let after = common_suffix(&old[before..], &self.text[before..]);
        self.range = self.range.start + before..self.range.end - after;
        self.text = self.text[before..self.text.len() - after].to_owned();
        self
    }
}

/// How many bytes two texts have in common at the start: whole characters.
pub(super) fn common_prefix(a: &str, b: &str) -> usize {
    let same = a.chars().zip(b.chars()).take_while(|(a, b)| a == b);
    same.map(|(a, _)| a.len_utf8()).sum()
}

/// The same at the end.
pub(super) fn common_suffix(a: &str, b: &str) -> usize {
    let same = a.chars().rev().zip(b.chars().rev()).take_while(|(a, b)| a == b);
    same.map(|(a, _)| a.len_utf8()).sum()
}

/// The text with patches made, which must be in order and apart; `None` where they are not.
pub fn patched(source: &str, patches: &[Patch]) -> Option<String> {
    let mut text = String::with_capacity(source.len());
    let mut at = 0;
    for patch in patches {
        text.push_str(source.get(at..patch.range.start)?);
        text.push_str(&patch.text);
        at = patch.range.end;
    }
    text.push_str(source.get(at..)?);
    Some(text)
}

/// The patches of the new text that give the first one back.
pub fn inverse(source: &str, patches: &[Patch]) -> Vec<Patch> {
    let mut made = Vec::with_capacity(patches.len());
    let (mut grown, mut shrunk) = (0, 0);
    for patch in patches {
        let start = patch.range.start + grown - shrunk;
        let old = source.get(patch.range.clone()).unwrap_or_default();
        made.push(Patch::new(start..start + patch.text.len(), old));
        grown += patch.text.len();
        shrunk += patch.range.len();
    }
    made
}

/// A text under several patches, one after the other, which knows what is left of the first one.
#[derive(Debug, Clone)]
pub(super) struct Pieces<'a> {
    source: &'a str,
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone)]
enum Piece {
    Kept(Range<usize>),
    New(String),
}

impl Piece {
    fn len(&self) -> usize {
        match self {
            Self::Kept(range) => range.len(),
            Self::New(text) => text.len(),
        }
    }

    fn split(self, at: usize) -> (Self, Self) {
        match self {
            Self::Kept(range) => {
                let middle = range.start + at;
                (Self::Kept(range.start..middle), Self::Kept(middle..range.end))
            }
            Self::New(text) => {
                let (a, b) = text.split_at(at);
                (Self::New(a.to_owned()), Self::New(b.to_owned()))
            }
        }
    }
}

impl<'a> Pieces<'a> {
    pub(super) fn of(source: &'a str) -> Self {
        Self { source, pieces: vec![Piece::Kept(0..source.len())] }
    }

    /// Makes patches of the text as it is now, which are in order and apart.
    pub(super) fn apply(&mut self, patches: &[Patch]) {
        // From the back, so that the places before stay true.
        for patch in patches.iter().rev() {
            let from = self.cut(patch.range.start);
            let to = if patch.range.is_empty() { from } else { self.cut(patch.range.end) };
            let new = (!patch.text.is_empty()).then(|| Piece::New(patch.text.clone()));
            self.pieces.splice(from..to, new);
        }
    }

    /// The place among the pieces that begins at a byte of the text.
    fn cut(&mut self, at: usize) -> usize {
        let mut start = 0;
        for index in 0..self.pieces.len() {
            let len = self.pieces[index].len();
            if at == start {
                return index;
            }
            if at < start + len {
                let piece = self.pieces.remove(index);
                let (a, b) = piece.split(at - start);
                self.pieces.splice(index..index, [a, b]);
                return index + 1;
            }
            start += len;
        }
        self.pieces.len()
    }

    /// What was done to the first text, each place by itself.
    pub(super) fn patches(&self) -> Vec<Patch> {
        let mut made: Vec<Patch> = Vec::new();
        let (mut at, mut new) = (0, String::new());
        let mut close = |range: Range<usize>, text: &mut String| {
            if !range.is_empty() || !text.is_empty() {
                let patch = Patch::new(range, std::mem::take(text)).trimmed(self.source);
                if !patch.range.is_empty() || !patch.text.is_empty() {
                    made.push(patch);
                }
            }
        };
        for piece in &self.pieces {
            match piece {
                Piece::New(text) => new.push_str(text),
                Piece::Kept(range) if range.is_empty() => {}
                Piece::Kept(range) => {
                    close(at..range.start, &mut new);
                    at = range.end;
                }
            }
        }
        close(at..self.source.len(), &mut new);
        made
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn places() -> impl Strategy<Value = Vec<(usize, usize, String)>> {
        prop::collection::vec((0usize..40, 0usize..8, "[甲乙ab]{0,3}"), 1..8)
    }

    fn floor(text: &str, at: usize) -> usize {
        let mut at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    proptest! {
        #[test]
        fn patches_one_after_the_other_are_patches_of_the_first_text(
            source in "[甲乙丙abc\n]{0,20}", places in places()
        ) {
            let mut pieces = Pieces::of(&source);
            let mut now = source.clone();
            for (at, len, text) in places {
                let start = floor(&now, at);
                let end = floor(&now, start + len).max(start);
                let patch = [Patch::new(start..end, text)];
                pieces.apply(&patch);
                now = patched(&now, &patch).unwrap();
            }
            let patches = pieces.patches();
            prop_assert_eq!(patched(&source, &patches).unwrap(), now.clone());
            let back = inverse(&source, &patches);
            prop_assert_eq!(patched(&now, &back).unwrap(), source);
        }
    }

    #[test]
    fn what_stays_is_in_no_patch() {
        let source = "甲: 一\n乙: 二\n";
        let mut pieces = Pieces::of(source);
        pieces.apply(&[Patch::new(5..8, "三"), Patch::new(14..17, "二十")]);
        let patches = pieces.patches();
        assert_eq!(patches, [Patch::new(5..8, "三"), Patch::new(17..17, "十")]);
    }
}
