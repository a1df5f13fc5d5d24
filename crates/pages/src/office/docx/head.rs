//! 版头: everything above the red rule, and the rule.

use super::body::blank;
use super::lengths::{BASELINE, cells, eighths, em, line_pitch, points, twips};
use super::package::Document;
use super::paragraph::{Paragraph, Run};
use super::rules::{letter_frame, letter_rule, rule};
use super::styles::{HEAD, MARK, NUMBER, RED_RULE, exact};
use super::table::{Align, Cell, plain_grid};
use super::xml::{Element, el, val};
use crate::geometry::{self, Length};
use records::content::schema::notice::Format;
use records::view::NoticeView;

/// The ink of 小标宋 above the baseline, in em, of the faces that offices have.
const INK: f64 = 0.86;

/// Writes the head.
pub(super) fn write(view: &NoticeView, document: &mut Document) {
    let head = &view.head;
    match &head.mark {
        Some(mark) if head.format == Format::Letter => letter(view, mark, document),
        Some(mark) => red_head(view, mark, document),
        None => {
            lines(view).into_iter().for_each(|line| document.push(line));
            if let Some(number) = &view.doc_number {
                document.push(Paragraph::new(NUMBER).text(number));
                blank(document, 1);
            }
        }
    }
}

/// 7.2.1 to 7.2.3: copy number, secrecy, urgency, each on its own line at the left.
fn lines(view: &NoticeView) -> Vec<Paragraph> {
    let hei = Run { face: Some(super::faces::Face::Hei), ..Run::default() };
    let head = &view.head;
    let mut lines: Vec<Paragraph> =
        head.copy_number.iter().map(|number| Paragraph::new(HEAD).text(number)).collect();
    for words in head.secrecy.iter().chain(&head.urgency) {
        lines.push(Paragraph::new(HEAD).runs(hei.text(words)));
    }
    lines
}

/// The size of the mark's words that fill a width at the most.
fn fitted(words: &str, width: Length) -> f64 {
    /// Faces differ a little in how wide they are; a mark on two lines would be worse than one
    /// that does not fill its line.
    const SAFE: f64 = 0.99;
    (width.pt() * SAFE / em(words).max(1.0)).min(geometry::MARK_SIZE.pt())
}

/// A line of the mark's words, exactly as high as lets its ink begin at its top.
fn mark_line(words: &str, size: f64) -> Paragraph {
    let run = Run { size: Some((size * 2.0).floor() as i32), ..Run::default() };
    Paragraph::new(MARK).set(exact(points(size * INK / BASELINE))).runs(run.text(words))
}

fn red_head(view: &NoticeView, mark: &str, document: &mut Document) {
    let above = lines(view);
    // 7.2.4: the mark stands 35 mm below the top of the text block. Three lines of the grid are
    // there already, for what may stand in them.
    const LINES: usize = 3;
    let empty = LINES.saturating_sub(above.len());
    above.into_iter().for_each(|line| document.push(line));
    blank(document, empty);
    let lines = i32::try_from(LINES).unwrap_or_default();
    let gap = (twips(geometry::MARK_TOP) - lines * line_pitch()).max(0);
    if view.head.joint.is_empty() {
        let size = fitted(mark, geometry::BLOCK_WIDTH);
        let height = points(size * INK / BASELINE);
        document.push(mark_line(mark, size).set(exact(height).attr("w:before", gap)));
    } else {
        document.push(Paragraph::new(RED_RULE).set(exact(gap.max(20))));
        document.extend([joint(view, mark)]);
    }
    blank(document, 2);
    number(view, document);
    // The rule: the number's own line ends somewhat below its characters.
    let below = geometry::RED_RULE_GAP.pt() - below_ink();
    document.push(Paragraph::new(RED_RULE).set(exact(points(below))).set(el("w:pBdr").with(rule(
        "w:bottom",
        "single",
        eighths(geometry::RED_RULE_WEIGHT),
    ))));
    blank(document, 2);
}

/// What a line of the grid has below the em box of its characters, in points.
fn below_ink() -> f64 {
    f64::from(line_pitch()) / 20.0 * (1.0 - BASELINE) - 0.12 * geometry::BODY_SIZE.pt()
}

/// 7.2.5: the number in the middle; with signatories at the left, on the last one's line.
fn number(view: &NoticeView, document: &mut Document) {
    let signatory = &view.head.signatory;
    let number = view.doc_number.as_deref().unwrap_or_default();
    if signatory.is_empty() {
        if !number.is_empty() {
            document.push(Paragraph::new(NUMBER).text(number));
        }
        return;
    }
    let kai = Run { face: Some(super::faces::Face::Kai), ..Run::default() };
    let stop = twips(geometry::BLOCK_WIDTH) - cells(1.0);
    for (place, name) in signatory.iter().enumerate() {
        let is_last = place + 1 == signatory.len();
        let paragraph = Paragraph::new(NUMBER)
            .set(val("w:jc", "left"))
            .set(el("w:ind").attr("w:left", cells(1.0)))
            .set(el("w:tabs").with(el("w:tab").attr("w:val", "right").attr("w:pos", stop)))
            .text(if is_last { number } else { "" })
            .tab()
            .text(if place == 0 { "签发人：" } else { "" })
            .runs(kai.text(name));
        document.push(paragraph);
    }
}

/// 7.2.4, joint issue: the organs one below the other and as wide as each other, what they share
/// at their right.
fn joint(view: &NoticeView, mark: &str) -> Element {
    let organs = &view.head.joint;
    let longest = organs.iter().map(|organ| em(organ)).fold(1.0, f64::max);
    let width = geometry::BLOCK_WIDTH.pt();
    let size = (width / (longest + em(mark) + 1.0)).min(geometry::JOINT_MARK_SIZE.pt());
    let names = organs.iter().map(|organ| {
        let line = mark_line(organ, size).set(val("w:jc", "distribute"));
        line.set(exact(points(size * 1.45)))
    });
    let columns = [points((longest + 0.3) * size), points((em(mark) + 0.3) * size)];
    let cells = vec![
        Cell { paragraphs: names.collect(), align: Align::Centre },
        Cell { paragraphs: vec![mark_line(mark, size)], align: Align::Centre },
    ];
    plain_grid(&columns, vec![cells])
}

/// 10.1: the mark between the paper's top and a double rule, the number below it at the right.
fn letter(view: &NoticeView, mark: &str, document: &mut Document) {
    let size = fitted(mark, geometry::BLOCK_WIDTH);
    let top = geometry::LETTER_MARK_TOP;
    document.push(mark_line(mark, size).set(letter_frame(twips(top))));
    // A frame of its own: LibreOffice makes the border of a frame's first paragraph the frame's, and
    // drops those of the others. The ink of the mark ends at the foot of its em box.
    let below = top.pt() + size * (INK + 0.12) + geometry::LETTER_RULE_GAP.pt();
    document.push(
        Paragraph::new(RED_RULE)
            .set(letter_frame(points(below)))
            .set(el("w:pBdr").with(letter_rule("thinThickSmallGap"))),
    );
    let mut above = lines(view).into_iter();
    let stop = el("w:tab").attr("w:val", "right").attr("w:pos", twips(geometry::BLOCK_WIDTH));
    let first = above.next().unwrap_or_else(|| Paragraph::new(HEAD));
    let number = view.doc_number.as_deref().unwrap_or_default();
    document.push(first.set(el("w:tabs").with(stop)).tab().text(number));
    above.for_each(|line| document.push(line));
    blank(document, 2);
}
