//! Red rules, and frames as wide as those of a letter.

use super::lengths::{eighths, twips};
use super::xml::{Element, el};
use crate::geometry::{self, Length};

/// 6: red, as documents write colours.
pub(super) fn red() -> String {
    crate::geometry::red_srgb().iter().map(|part| format!("{part:02X}")).collect()
}

/// A red rule at a side of a paragraph.
pub(super) fn rule(side: &'static str, kind: &str, weight: i32) -> Element {
    el(side).attr("w:val", kind).attr("w:sz", weight).attr("w:space", 0).attr("w:color", red())
}

/// 10.1: one of the double rules, above a paragraph, by the name of its kind. Names tell the line
/// at the text first: `thinThick` has its thick line above.
pub(super) fn letter_rule(kind: &str) -> Element {
    // The weight is that of the thick line; the thin one and the gap are the kind's own.
    rule("w:top", kind, eighths(geometry::LETTER_RULE_THICK))
}

/// 10.1: a frame as wide as the double rules, so many twips below the paper's top.
pub(super) fn letter_frame(below: i32) -> Element {
    let width = geometry::LETTER_RULE_WIDTH;
    let outset = (width.mm() - geometry::BLOCK_WIDTH.mm()) / 2.0;
    let left = Length::Mm(geometry::BINDING_MARGIN.mm() - outset);
    el("w:framePr")
        .attr("w:w", twips(width))
        .attr("w:wrap", "notBeside")
        .attr("w:vAnchor", "page")
        .attr("w:hAnchor", "page")
        .attr("w:x", twips(left))
        .attr("w:y", below)
}
