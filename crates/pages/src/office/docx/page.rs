//! Pages: size, margins, grid and what stands at their foot.

use super::lengths::{BASELINE, NUMBER_LINE, line_pitch, points, twips};
use super::paragraph::{Paragraph, field};
use super::rules;
use super::styles::{FOOT_RULE, PAGE_NUMBER, SHEET_FOOT};
use super::xml::{Element, R, W, el};
use crate::geometry::{self, Length};

/// What kind of page a section has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Page {
    /// 5.2.1
    Notice,
    /// 8: turned by 90° for a wide table.
    Turned,
    /// A task sheet's: landscape.
    Sheet,
}

/// Feet of pages by the name of their part: which pages they are for.
pub(super) type Feet = Vec<(&'static str, Element)>;

/// A section's properties. `feet` are the parts' ids by the pages they are for.
pub(super) fn section(page: Page, feet: &[(&'static str, String)]) -> Element {
    let mut section = el("w:sectPr");
    for (pages, id) in feet {
        section = section.with(el("w:footerReference").attr("w:type", pages).attr("r:id", id));
    }
    section = section.with(super::xml::val("w:type", "nextPage"));
    let (width, height) = (twips(geometry::PAGE_WIDTH), twips(geometry::PAGE_HEIGHT));
    let bottom = Length::Mm(
        geometry::PAGE_HEIGHT.mm() - geometry::HEAD_MARGIN.mm() - geometry::BLOCK_HEIGHT.mm(),
    );
    let right = Length::Mm(
        geometry::PAGE_WIDTH.mm() - geometry::BINDING_MARGIN.mm() - geometry::BLOCK_WIDTH.mm(),
    );
    let size = match page {
        Page::Notice => el("w:pgSz").attr("w:w", width).attr("w:h", height),
        Page::Turned | Page::Sheet => {
            el("w:pgSz").attr("w:w", height).attr("w:h", width).attr("w:orient", "landscape")
        }
    };
    // Rounded so that the text block is never smaller than the standard's: what is left of the
    // page goes to it.
    let [top, right, bottom, left] = match page {
        Page::Notice => [geometry::HEAD_MARGIN, right, bottom, geometry::BINDING_MARGIN],
        Page::Turned => [geometry::BINDING_MARGIN, geometry::HEAD_MARGIN, right, bottom],
        Page::Sheet => [geometry::SHEET_MARGIN; 4],
    }
    .map(|length| (length.pt() * 20.0).floor() as i32);
    let foot = match page {
        Page::Notice => number_above_edge(),
        // Within the lower margin, as on the other pages.
        Page::Turned => bottom - points(geometry::PAGE_NUMBER_GAP.pt()) - NUMBER_LINE / 2,
        Page::Sheet => twips(geometry::SHEET_MARGIN) / 2,
    };
    section = section.with(size).with(
        el("w:pgMar")
            .attr("w:top", top)
            .attr("w:right", right)
            .attr("w:bottom", bottom)
            .attr("w:left", left)
            .attr("w:header", top / 2)
            .attr("w:footer", foot)
            .attr("w:gutter", 0),
    );
    if feet.iter().any(|(pages, _)| *pages == "first") {
        section = section.with(el("w:titlePg"));
    }
    if page == Page::Sheet { section } else { section.with(grid()) }
}

/// 5.2.3: lines and characters on a grid. The distance of characters is that to the default type,
/// in 4096ths of a point.
fn grid() -> Element {
    let apart = geometry::character_pitch().pt() - geometry::BODY_SIZE.pt();
    el("w:docGrid")
        .attr("w:type", "linesAndChars")
        .attr("w:linePitch", line_pitch())
        .attr("w:charSpace", (apart * 4096.0).round() as i32)
}

/// 7.5: how far the number's line ends above the paper's edge, so that the middle of its dashes
/// stands 7 mm below the text block.
fn number_above_edge() -> i32 {
    /// The middle of a dash above the baseline, in em, in the usual faces.
    const DASH: f64 = 0.38;
    let below = geometry::PAGE_HEIGHT.pt()
        - geometry::HEAD_MARGIN.pt()
        - geometry::BLOCK_HEIGHT.pt()
        - geometry::PAGE_NUMBER_GAP.pt();
    let dash_above_end =
        f64::from(NUMBER_LINE) / 20.0 * (1.0 - BASELINE) + DASH * geometry::SMALL_SIZE.pt();
    points(below - dash_above_end)
}

fn footer(paragraphs: impl IntoIterator<Item = Element>) -> Element {
    el("w:ftr").attr("xmlns:w", W).attr("xmlns:r", R).with_all(paragraphs)
}

/// 7.5: `— 1 —`, one character in at the fore-edge: at the right of odd pages, at the left of
/// even ones. The first page of a letter has none, and the lower one of its rules instead.
pub(super) fn notice_feet(letter: bool) -> Feet {
    let number = || Paragraph::new(PAGE_NUMBER).text("— ").runs([field("PAGE")]).text(" —");
    let one = twips(geometry::SMALL_SIZE);
    let odd = number().at_right(one).done();
    let even = number().set(el("w:ind").attr("w:left", one)).done();
    let mut feet = vec![("default", footer([odd])), ("even", footer([even]))];
    if letter {
        feet.push(("first", footer([foot_rule(), Paragraph::new(PAGE_NUMBER).done()])));
    }
    feet
}

/// 10.1: thin over thick, 20 mm above the paper's edge.
fn foot_rule() -> Element {
    let weight = geometry::LETTER_RULE_STEP.pt() + geometry::LETTER_RULE_THICK.pt();
    let top = geometry::PAGE_HEIGHT.pt() - geometry::LETTER_FOOT.pt() - weight;
    let place = rules::letter_frame(points(top));
    let border = rules::letter_rule("thickThinSmallGap");
    Paragraph::new(FOOT_RULE).set(place).set(el("w:pBdr").with(border)).done()
}

/// The foot of a sheet: its name, and which page of how many.
pub(super) fn sheet_feet(name: &str) -> Feet {
    let width = twips(geometry::PAGE_HEIGHT) - 2 * twips(geometry::SHEET_MARGIN);
    let stop = el("w:tab").attr("w:val", "right").attr("w:pos", width);
    let paragraph = Paragraph::new(SHEET_FOOT)
        .set(el("w:tabs").with(stop))
        .text(name)
        .tab()
        .text("第 ")
        .runs([field("PAGE")])
        .text(" 页，共 ")
        .runs([field("NUMPAGES")])
        .text(" 页");
    vec![("default", footer([paragraph.done()]))]
}
