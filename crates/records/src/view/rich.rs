//! Rich texts with numbers in front and brackets behind.

use crate::publication::{Assignment, Item, Part, Piece, Publication};
use base::rich::{Inline, Rich};

/// A bracket as inline text whose names are kept whole.
pub(super) fn bracket(assignment: &Assignment) -> Vec<Inline> {
    assignment
        .bracket
        .iter()
        .map(|piece| match piece {
            Piece::Words(text) => Inline::Text { text: text.clone() },
            Piece::Name(text) => Inline::Name { text: text.clone() },
        })
        .collect()
}

/// An item as it is printed: its number before the first part, and each part's bracket behind it.
pub(super) fn item(item: &Item) -> Rich {
    let mut text = Rich::default();
    for part in &item.parts {
        text.blocks.extend(printed_part(part).blocks);
    }
    if !item.label.is_empty() {
        text.prepend_inline(Inline::Text { text: item.label.clone() });
    }
    text
}

fn printed_part(part: &Part) -> Rich {
    let mut text = part.text.clone();
    if !part.inherited {
        for inline in bracket(&part.assignment) {
            text.append_inline(inline);
        }
    }
    text
}

/// The text of some parts of an item, without number and brackets.
pub(super) fn parts(item: &Item, parts: &[usize]) -> Rich {
    let mut text = Rich::default();
    for &part in parts {
        text.blocks.extend(item.parts[part].text.blocks.iter().cloned());
    }
    text
}

/// When some parts of an item are due, as papers of the office print it.
pub(super) fn deadline(publication: &Publication, item: &Item, parts: &[usize]) -> Option<String> {
    let text = self::parts(item, parts).plain();
    let year = publication.year();
    let mut printed: Vec<String> = Vec::new();
    for deadline in item.deadlines_of(parts) {
        let words = deadline.print_in(year, &text);
        if !printed.contains(&words) {
            printed.push(words);
        }
    }
    (!printed.is_empty()).then(|| printed.join("；"))
}
