//! A long line cut to the columns there are, around the places that matter in it.

use std::ops::Range;

use unicode_width::UnicodeWidthChar;

use super::clean;

/// Stands for what was left out. Three ASCII dots, as the width of `…` differs between terminals
/// set to Chinese and others.
const DOTS: &str = "...";

/// A place in a line that should stay visible.
pub(super) struct Focus {
    /// Its bytes in the line.
    pub(super) bytes: Range<usize>,
    /// Columns wanted behind it, for a label.
    pub(super) label: usize,
}

/// A line, cut, and the way from its bytes to those of the cut.
pub(super) struct Cut {
    /// What is left of the line.
    pub(super) text: String,
    /// For each character of the line its byte and its bytes in `text`; those of a character that
    /// was left out are empty and lie behind the dots.
    places: Vec<(usize, Range<usize>)>,
}

impl Cut {
    /// Cuts `line` to `columns`.
    pub(super) fn new(line: &str, focus: &[Focus], columns: usize) -> Self {
        let windows = windows(line, focus, columns);
        let mut text = String::new();
        let mut places = Vec::new();
        let mut column = 0;
        let mut dotted = false;
        for (at, c) in line.char_indices() {
            let end = column + width(c);
            if windows.iter().any(|window| shows(window, column..end)) {
                let start = text.len();
                // A byte order mark is no part of the text, though it has bytes in the source.
                if c != '\u{feff}' {
                    text.push(clean::visible(c));
                }
                places.push((at, start..text.len()));
                dotted = false;
            } else {
                if !dotted {
                    text.push_str(DOTS);
                    dotted = true;
                }
                places.push((at, text.len()..text.len()));
            }
            column = end;
        }
        Self { text, places }
    }

    /// Where in the cut the character at `byte` of the line begins.
    pub(super) fn start(&self, byte: usize) -> usize {
        let at = self.places.partition_point(|&(at, _)| at < byte);
        self.places.get(at).map_or(self.text.len(), |(_, place)| place.start)
    }

    /// Where in the cut the character that ends at `byte` of the line ends; behind the dots if it
    /// was left out, so that a mark that goes on beyond the cut goes on under the dots.
    pub(super) fn end(&self, byte: usize) -> usize {
        let at = self.places.partition_point(|&(at, _)| at < byte);
        at.checked_sub(1).and_then(|at| self.places.get(at)).map_or(0, |(_, place)| place.end)
    }
}

/// The columns a character is drawn in; the same as annotate-snippets counts, but for characters
/// that it makes visible itself.
fn width(c: char) -> usize {
    match c {
        '\t' => 4,
        _ => clean::visible(c).width().unwrap_or(1),
    }
}

/// The columns a text is drawn in.
pub(super) fn text_width(text: &str) -> usize {
    text.chars().map(width).sum()
}

/// Where the character that stands at `byte` begins to be drawn: for a combining mark that is
/// where the character under it stands.
fn base(line: &str, byte: usize) -> usize {
    let combines = |c: char| width(c) == 0;
    match line.get(byte..).and_then(|rest| rest.chars().next()) {
        Some(c) if combines(c) => {
            line[..byte].char_indices().rfind(|&(_, c)| !combines(c)).map_or(0, |(at, _)| at)
        }
        _ => byte,
    }
}

/// Whether a character with these columns is in the window; one without a width goes with the
/// character before it.
fn shows(window: &Range<usize>, columns: Range<usize>) -> bool {
    let after_cut = columns.is_empty() && columns.start == window.start && window.start > 0;
    window.start <= columns.start && columns.end <= window.end && !after_cut
}

/// The columns of the line to show: in ascending order, apart from each other.
fn windows(line: &str, focus: &[Focus], columns: usize) -> Vec<Range<usize>> {
    let total = text_width(line);
    if total <= columns {
        return std::iter::once(0..total).collect();
    }
    let dots = DOTS.len();
    // (start, end, end of the label) in columns.
    let wanted: Vec<(usize, usize, usize)> = focus
        .iter()
        .map(|focus| {
            let start = base(line, focus.bytes.start);
            let start = text_width(line.get(..start).unwrap_or(line));
            let end = text_width(line.get(..focus.bytes.end).unwrap_or(line));
            // An empty place is drawn as one column.
            let end = end.max(start + 1);
            (start, end, end + focus.label)
        })
        .collect();
    let first = wanted.iter().map(|w| w.0).min().unwrap_or(0);
    let last = wanted.iter().map(|w| w.1).max().unwrap_or(0);
    let last_label = wanted.iter().map(|w| w.2).max().unwrap_or(0);

    // All in one window, with the labels if they fit.
    for last in [last_label, last] {
        if last + dots <= columns {
            return std::iter::once(0..columns - dots).collect();
        }
        let room = columns.saturating_sub(2 * dots);
        if last - first <= room {
            return std::iter::once(around(first..last, room, total)).collect();
        }
    }

    // Else a window for each, from its beginning.
    let count = wanted.len();
    let room = (columns.saturating_sub(dots * (count + 1)) / count).max(8);
    let most = room - room / 4;
    let mut each: Vec<_> = wanted
        .iter()
        .map(|&(start, end, _)| {
            if end - start <= most {
                around(start..end, room, total)
            } else {
                // It will not be seen whole: then its beginning, with something before it.
                let start = start.saturating_sub(room - most);
                start..start + room
            }
        })
        .collect();
    each.sort_by_key(|window| window.start);
    let mut merged: Vec<Range<usize>> = Vec::new();
    for window in each {
        match merged.last_mut() {
            // A gap that the dots would fill shows better what stands there.
            Some(before) if window.start <= before.end + dots => {
                before.end = before.end.max(window.end);
            }
            _ => merged.push(window),
        }
    }
    merged
}

/// A window of `room` columns with the given columns in its middle, or as near as the line has
/// text on both sides.
fn around(columns: Range<usize>, room: usize, total: usize) -> Range<usize> {
    let spare = room.saturating_sub(columns.len());
    let limit = total.max(columns.end);
    let start = columns.start.saturating_sub(spare / 2);
    let start = start.min(limit.saturating_sub(room));
    start..start + room
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cut(line: &str, places: &[Range<usize>], columns: usize) -> Cut {
        let focus: Vec<_> =
            places.iter().map(|bytes| Focus { bytes: bytes.clone(), label: 0 }).collect();
        Cut::new(line, &focus, columns)
    }

    #[test]
    fn a_line_that_fits_is_whole() {
        let cut = cut("一二三四五", std::slice::from_ref(&(3..6)), 10);
        assert_eq!(cut.text, "一二三四五");
        assert_eq!((cut.start(3), cut.end(6)), (3, 6));
    }

    #[test]
    fn what_stands_at_the_start_keeps_the_start() {
        let line = "键: ".to_owned() + &"字".repeat(100);
        let cut = cut(&line, std::slice::from_ref(&(0..3)), 40);
        assert_eq!(cut.text, format!("键: {}...", "字".repeat(16)));
    }

    #[test]
    fn both_sides_are_cut_around_the_middle() {
        let line = format!("{}误{}", "前".repeat(100), "后".repeat(100));
        let cut = cut(&line, std::slice::from_ref(&(300..303)), 30);
        assert_eq!(cut.text, "...前前前前前误后后后后后...");
        assert_eq!(&cut.text[cut.start(300)..cut.end(303)], "误");
    }

    #[test]
    fn the_end_of_the_line_needs_no_dots() {
        let line = format!("{}误", "前".repeat(100));
        let cut = cut(&line, std::slice::from_ref(&(300..303)), 30);
        assert!(cut.text.starts_with("...前") && cut.text.ends_with("前误"));
        assert_eq!(&cut.text[cut.start(300)..cut.end(303)], "误");
    }

    #[test]
    fn a_long_place_goes_on_under_the_dots() {
        let line = format!("{}{}", "前".repeat(100), "误".repeat(100));
        let cut = cut(&line, std::slice::from_ref(&(300..600)), 30);
        let marked = &cut.text[cut.start(300)..cut.end(600)];
        assert!(marked.starts_with("误误") && marked.ends_with("误..."), "{marked}");
    }

    #[test]
    fn places_far_apart_have_their_own_windows() {
        let line = format!("{}甲{}乙", "前".repeat(50), "中".repeat(200));
        let cut = cut(&line, &[150..153, 753..756], 60);
        assert_eq!(cut.text.matches("...").count(), 2, "{}", cut.text);
        assert!(text_width(&cut.text) <= 60);
        assert_eq!(&cut.text[cut.start(150)..cut.end(153)], "甲");
        assert_eq!(&cut.text[cut.start(753)..cut.end(756)], "乙");
    }

    #[test]
    fn a_combining_mark_keeps_its_character() {
        let line = format!("{}e\u{301}{}", "前".repeat(5), "后".repeat(20));
        let end = line.find('后').unwrap() + 12 * '后'.len_utf8();
        // From the e to the end of the second place there are just the columns between the dots.
        let cut = cut(&line, &[16..18, end - 3..end], 1 + 24 + 2 * DOTS.len());
        assert!(cut.text.starts_with("...e\u{301}后"), "{}", cut.text);
        assert_eq!(&cut.text[cut.start(16)..cut.end(18)], "\u{301}");
    }

    proptest! {
        /// Whatever the line and wherever the place: the cut fits and shows the place.
        #[test]
        fn the_cut_fits_and_shows_the_place(
            line in "[a 字\t\u{301}😀，]{0,300}",
            places in prop::collection::vec((0usize..300, 0usize..4), 1..4),
            columns in 60usize..120,
        ) {
            let chars: Vec<usize> = line
                .char_indices()
                .map(|(at, _)| at)
                .chain([line.len()])
                .collect();
            let places: Vec<Range<usize>> = places
                .iter()
                .map(|&(start, length)| {
                    let start = start % chars.len();
                    chars[start]..chars[(start + length).min(chars.len() - 1)]
                })
                .collect();
            let cut = cut(&line, &places, columns);
            prop_assert!(text_width(&cut.text) <= columns, "{}", cut.text);
            for place in places {
                let shown = &cut.text[cut.start(place.start)..cut.end(place.end).max(cut.start(place.start))];
                prop_assert_eq!(shown, &line[place]);
            }
        }
    }
}
