//! Characters that no font could draw, found in the finished pages: in a plain PDF Typst puts
//! an empty box in their place and says nothing.

use typst::layout::{Frame, FrameItem};
use typst_layout::PagedDocument;

/// One such character, at its first place.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Missing {
    /// The character, or several that share a glyph.
    pub(super) text: String,
    /// The page, from 1.
    pub(super) page: usize,
    /// The piece of a line it stands in.
    pub(super) context: String,
    /// The family that was asked first.
    pub(super) family: String,
}

/// All of them, each once, in the order of the pages.
pub(super) fn missing(document: &PagedDocument) -> Vec<Missing> {
    let mut list = Vec::new();
    for (page, content) in (1..).zip(document.pages()) {
        search(&content.frame, page, &mut list);
    }
    list
}

fn search(frame: &Frame, page: usize, list: &mut Vec<Missing>) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => search(&group.frame, page, list),
            FrameItem::Text(item) => {
                for glyph in item.glyphs.iter().filter(|glyph| glyph.id == 0) {
                    let text = item.text.get(glyph.range()).unwrap_or_default();
                    if !list.iter().any(|missing| missing.text == text) {
                        list.push(Missing {
                            text: text.to_owned(),
                            page,
                            context: item.text.to_string(),
                            family: item.font.info().family.clone(),
                        });
                    }
                }
            }
            _ => {}
        }
    }
}
