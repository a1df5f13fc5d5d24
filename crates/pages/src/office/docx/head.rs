//! 版头: everything above the red rule, and the rule.

use super::body::blank;
use super::lengths::{BASELINE, cells, eighths, em, line_pitch, points, twips};
use super::package::Document;
use super::paragraph::{Paragraph, Run};
use super::rules::{letter_frame, letter_rule, rule};
use super::styles::{HEAD, MARK, NUMBER, RED_RULE, exact};
use super::table::{Align, Cell, plain_grid};
use super::xml::{Element, el, val};
use crate::geometry;
use records::content::schema::notice::Format;
use records::view::NoticeView;

/// The ink of 小标宋 above the baseline, in em, of the faces that offices have.
const INK: f64 = 0.86;

/// Writes the head.
pub(super) fn write(view: &NoticeView, document: &mut Document) {
    let head = &view.head;
    match &head.mark {
        Some(_) if head.format == Format::Letter => letter(view, document),
        Some(mark) => red_head(view, mark, document),
        None => {
            lines(view).into_iter().for_each(|line| document.push(line));
            if let Some(number) = &view.doc_number {
                document.push(Paragraph::new(NUMBER).text(number));
            }
            dateline(view, document);
            if view.doc_number.is_some() || view.head.dateline.is_some() {
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

/// How the mark of one organ is set, as in the PDF: its lines, their size in points and how wide
/// their letters are, in percent.
struct Set {
    lines: Vec<String>,
    size: f64,
    wide: i32,
}

fn fitted(view: &NoticeView) -> Set {
    /// Faces differ a little in how wide they are; a mark on one line too many would be worse than
    /// one that does not fill its line.
    const SAFE: f64 = 0.99;
    let width = geometry::BLOCK_WIDTH.pt() * SAFE;
    let least = geometry::MARK_LEAST_SIZE.pt();
    let own = &view.head.mark_lines;
    let whole = own.concat();
    let one = width / em(&whole).max(1.0);
    // Lines that the author broke stay.
    let broken = own.len() > 1 && view.head.mark.as_deref().is_some_and(|mark| mark.contains('\n'));
    if !broken && one >= least {
        return Set { lines: vec![whole], size: one.min(geometry::MARK_SIZE.pt()), wide: 100 };
    }
    if !broken && one >= least * geometry::MARK_NARROWEST {
        return Set { lines: vec![whole], size: least, wide: percent(one / least) };
    }
    let longest = own.iter().map(|line| em(line)).fold(1.0, f64::max);
    let fitting = width / longest;
    let size = (fitting / geometry::MARK_NARROWEST).min(least).max(geometry::TITLE_SIZE.pt());
    Set { lines: own.clone(), size, wide: percent(fitting / size) }
}

fn percent(part: f64) -> i32 {
    (part.min(1.0) * 100.0).floor() as i32
}

/// A line of the mark's words, exactly as high as lets its ink begin at its top.
fn mark_line(words: &str, size: f64, wide: i32) -> Paragraph {
    let wide = (wide < 100).then_some(wide);
    let run = Run { size: Some((size * 2.0).floor() as i32), wide, ..Run::default() };
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
        let Set { lines, size, wide } = fitted(view);
        let height = points(size * INK / BASELINE);
        for (place, line) in lines.iter().enumerate() {
            let before = if place == 0 { gap } else { points(0.3 * size) };
            let height = exact(height).attr("w:before", before);
            document.push(mark_line(line, size, wide).set(height));
        }
    } else {
        document.push(Paragraph::new(RED_RULE).set(exact(gap.max(20))));
        document.extend([joint(view, mark)]);
    }
    blank(document, 2);
    number(view, document);
    dateline(view, document);
    // The rule: the number's own line ends somewhat below its characters.
    let below = geometry::RED_RULE_GAP.pt() - below_ink();
    document.push(Paragraph::new(RED_RULE).set(exact(points(below))).set(el("w:pBdr").with(rule(
        "w:bottom",
        "single",
        eighths(geometry::RED_RULE_WEIGHT),
    ))));
    blank(document, 2);
}

/// Organ and date of a paper that is not signed: a character in from both sides.
fn dateline(view: &NoticeView, document: &mut Document) {
    let Some(dateline) = &view.head.dateline else { return };
    let end = twips(geometry::BLOCK_WIDTH) - cells(1.0);
    let stop = el("w:tab").attr("w:val", "right").attr("w:pos", end);
    document.push(
        Paragraph::new(NUMBER)
            .set(val("w:jc", "left"))
            .set(el("w:ind").attr("w:left", cells(1.0)))
            .set(el("w:tabs").with(stop))
            .text(dateline.organ.as_deref().unwrap_or_default())
            .tab()
            .text(dateline.date.as_deref().unwrap_or_default()),
    );
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
    // 7.2.6: two names a line; those below begin where the first ones do.
    let kai = Run { face: Some(super::faces::Face::Kai), ..Run::default() };
    let label = "签发人：";
    let widest = |at: usize| {
        let names = signatory.iter().skip(at).step_by(2).map(|name| em(name));
        names.fold(0.0, f64::max)
    };
    let end = twips(geometry::BLOCK_WIDTH) - cells(1.0);
    let second = end - cells(widest(1));
    let first = if signatory.len() > 1 { second - cells(1.0) } else { end } - cells(widest(0));
    let start = first - cells(em(label));
    let stop = |at: i32| el("w:tab").attr("w:val", "left").attr("w:pos", at);
    let beside = cells(em(number) + 2.0) <= start;
    let rows = signatory.len().div_ceil(2);
    for (place, names) in signatory.chunks(2).enumerate() {
        let is_last = place + 1 == rows;
        let mut paragraph = Paragraph::new(NUMBER)
            .set(val("w:jc", "left"))
            .set(el("w:ind").attr("w:left", cells(1.0)))
            .set(el("w:tabs").with_all([stop(start), stop(first), stop(second)]))
            .text(if is_last && beside { number } else { "" })
            .tab();
        paragraph = if place == 0 { paragraph.text(label) } else { paragraph.tab() };
        for (at, name) in names.iter().enumerate() {
            paragraph = if at > 0 { paragraph.tab() } else { paragraph };
            paragraph = paragraph.runs(kai.text(name));
        }
        document.push(paragraph);
    }
    if !beside {
        let line = Paragraph::new(NUMBER).set(val("w:jc", "left"));
        document.push(line.set(el("w:ind").attr("w:left", cells(1.0))).text(number));
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
        let line = mark_line(organ, size, 100).set(val("w:jc", "distribute"));
        line.set(exact(points(size * 1.45)))
    });
    let columns = [points((longest + 0.3) * size), points((em(mark) + 0.3) * size)];
    let cells = vec![
        Cell { paragraphs: names.collect(), align: Align::Centre },
        Cell { paragraphs: vec![mark_line(mark, size, 100)], align: Align::Centre },
    ];
    plain_grid(&columns, vec![cells])
}

/// 10.1: the mark between the paper's top and a double rule, the number below it at the right.
fn letter(view: &NoticeView, document: &mut Document) {
    let Set { lines: mark, size, wide } = fitted(view);
    let top = geometry::LETTER_MARK_TOP;
    let step = size * (INK + 0.12) + 0.3 * size;
    for (place, line) in mark.iter().enumerate() {
        let above = points(top.pt() + step * place as f64);
        document.push(mark_line(line, size, wide).set(letter_frame(above)));
    }
    let step = step * mark.len().saturating_sub(1) as f64;
    // A frame of its own: LibreOffice makes the border of a frame's first paragraph the frame's, and
    // drops those of the others. The ink of the mark ends at the foot of its em box.
    let below = top.pt() + step + size * (INK + 0.12) + geometry::LETTER_RULE_GAP.pt();
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
