//! A text that is changed before it is parsed, and still knows where each byte came from.

use std::ops::Range;

/// The working copy of a text value, with the way back to offsets in the value.
pub(super) struct Draft {
    text: String,
    /// Runs of equal bytes: (offset in the text, offset in the value), ascending in both.
    runs: Vec<(usize, usize)>,
}

/// Replaces a range of bytes of a draft; an empty range inserts.
pub(super) struct Edit {
    pub(super) range: Range<usize>,
    pub(super) with: String,
}

impl Edit {
    /// Puts `with` in place of `range`.
    pub(super) fn replace(range: Range<usize>, with: impl Into<String>) -> Self {
        Self { range, with: with.into() }
    }

    /// Puts `with` before byte `at`.
    pub(super) fn insert(at: usize, with: impl Into<String>) -> Self {
        Self::replace(at..at, with)
    }

    /// Takes `range` away.
    pub(super) fn delete(range: Range<usize>) -> Self {
        Self::replace(range, "")
    }
}

impl Draft {
    /// An unchanged copy.
    pub(super) fn new(value: &str) -> Self {
        Self { text: value.to_owned(), runs: vec![(0, 0)] }
    }

    /// The text as it stands now.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Makes the changes, which are in ascending order and do not overlap.
    pub(super) fn apply(&mut self, edits: Vec<Edit>) {
        if edits.is_empty() {
            return;
        }
        let mut text = String::with_capacity(self.text.len() + edits.len() * 4);
        let mut runs = Vec::with_capacity(self.runs.len() + edits.len() * 2);
        let mut kept = 0;
        for edit in edits {
            self.keep(kept..edit.range.start, &mut text, &mut runs);
            if !edit.with.is_empty() {
                runs.push((text.len(), self.origin(edit.range.start)));
                text.push_str(&edit.with);
            }
            kept = edit.range.end;
        }
        self.keep(kept..self.text.len(), &mut text, &mut runs);
        *self = Self { text, runs };
    }

    fn keep(&self, range: Range<usize>, text: &mut String, runs: &mut Vec<(usize, usize)>) {
        let at = text.len();
        runs.push((at, self.origin(range.start)));
        let from = self.runs.partition_point(|&(run, _)| run <= range.start);
        for &(run, value) in self.runs[from..].iter().take_while(|r| r.0 < range.end) {
            runs.push((at + run - range.start, value));
        }
        text.push_str(&self.text[range]);
    }

    /// The offset in the value that byte `offset` of the text came from.
    pub(super) fn origin(&self, offset: usize) -> usize {
        let next = self.runs.partition_point(|&(text, _)| text <= offset);
        let (text, value) = match next.checked_sub(1) {
            Some(at) => self.runs[at],
            None => (0, 0),
        };
        let mapped = value + (offset - text);
        self.runs.get(next).map_or(mapped, |&(_, value)| mapped.min(value))
    }

    /// The range in the value that a range of bytes of the text came from.
    pub(super) fn origin_of(&self, range: Range<usize>) -> Range<usize> {
        let start = self.origin(range.start);
        start..self.origin(range.end).max(start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kept_character_maps_to_itself_after_two_rounds() {
        let value = "    甲*乙<丙丁";
        let at = |c: char| value.find(c).unwrap();
        let mut draft = Draft::new(value);
        draft.apply(vec![Edit::insert(at('*'), "++"), Edit::replace(at('<')..at('<') + 1, "###")]);
        draft.apply(vec![Edit::delete(0..4), Edit::insert(13, "+")]);
        assert_eq!(draft.text(), "甲++*乙+###丙丁");
        for (offset, c) in draft.text().char_indices() {
            let origin = draft.origin(offset);
            match c {
                '+' => assert!([at('*'), at('<')].contains(&origin), "{origin}"),
                '#' => assert!((at('<')..=at('丙')).contains(&origin), "{origin}"),
                c => assert!(value[origin..].starts_with(c), "{c} at {origin}"),
            }
        }
        assert_eq!(draft.origin(draft.text().len()), value.len());
        assert_eq!(draft.origin_of(5..9), at('*')..at('<'));
    }

    #[test]
    fn changes_at_both_ends() {
        let mut draft = Draft::new("甲");
        draft.apply(vec![Edit::insert(0, "<<"), Edit::insert(3, ">>")]);
        assert_eq!(draft.text(), "<<甲>>");
        assert_eq!(draft.origin_of(0..2), 0..0);
        assert_eq!(draft.origin_of(2..5), 0..3);
        assert_eq!(draft.origin_of(5..7), 3..3);
    }
}
