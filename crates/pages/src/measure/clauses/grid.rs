//! 5.2.3: the grid of lines and characters.

use super::super::line::{Char, Line};
use super::super::report::Sight;
use super::super::standard as gb;
use super::{Clause, Subject, worst};
use base::diag::Words;
use std::sync::Arc;

/// How far the distance of two characters may be off: what a reader's eye allows, and less than
/// justified text would need.
const PITCH_TOLERANCE: f64 = 0.03;

pub(super) const CLAUSES: &[Clause] = &[
    Clause {
        number: "5.2.3",
        name: "line-pitch",
        asks: Words::new("每面排22行：各行都在网格上", "22 lines a page: every line on the grid"),
        look: line_pitch,
    },
    Clause {
        number: "5.2.3",
        name: "character-pitch",
        asks: Words::new(
            "每行排28字：相邻全角字间距 5.571 mm（挤压的标点除外）",
            "28 characters a line: full-width characters stand 5.571 mm apart, squeezed marks excepted",
        ),
        look: character_pitch,
    },
    Clause {
        number: "5.2.3",
        name: "latin-gap",
        asks: Words::new(
            "西文、数字只占自身宽度：与汉字之间不另加空隙",
            "Latin letters and digits take their own width: nothing is added between them and Han \
             characters",
        ),
        look: latin_gap,
    },
];

/// The grid begins at the top of the text block. Below a mark, whose height is free, it begins
/// with the first line of the text.
fn line_pitch(subject: &Subject<'_>) -> Vec<Sight> {
    let notice = subject.notice;
    let mut sights = Vec::new();
    for page in 0..notice.sheets.len() {
        let pitch = subject.pitch() * notice.fit(page).line;
        let lines: Vec<&Line> =
            on_grid(subject).into_iter().filter(|line| line.page == page).collect();
        let Some(first) = lines.first() else { continue };
        let mark = page == 0 && !notice.head.mark.is_empty();
        let tables = &notice.sheets[page].tables;
        let mut origin = if mark { first.top() } else { gb::TOP };
        for line in &lines {
            // Below a table the grid begins anew.
            let new = tables.iter().filter(|t| t.bottom < line.top()).map(|t| t.bottom);
            if let Some(table) = new.reduce(f64::max)
                && table > origin
            {
                origin = line.top();
            }
            let from = line.top() - origin;
            let nearest = (from / pitch).round() * pitch;
            sights.push(subject.mm(page, gb::TOP.max(origin) + nearest, line.top()));
        }
    }
    worst(sights)
}

/// Lines that have a place on the grid. A sealed sign-off stands where its seal asks for it, and
/// the note with it.
fn on_grid<'a>(subject: &Subject<'a>) -> Vec<&'a Line> {
    let notice = subject.notice;
    let mut lines = notice.running();
    if subject.expected.sealed != Some(false) {
        let ending = || notice.sign_offs.iter().flat_map(|s| s.lines()).chain(&notice.note);
        lines.retain(|line| !ending().any(|other| std::ptr::eq(*line, other)));
    }
    lines
}

/// Neighbours that are full-width characters in the type of the body; the first one not a mark
/// that was squeezed.
fn character_pitch(subject: &Subject<'_>) -> Vec<Sight> {
    let lines = subject.notice.running();
    let cell = if subject.settings.foreign { is_han_cell } else { is_cell };
    worst(lines.iter().flat_map(|line| {
        let pairs = line.chars.windows(2);
        let pairs = pairs.filter(|p| p.iter().all(cell) && !is_squeezed(&p[0]));
        pairs.map(|pair| {
            let asked = gb::CELL * subject.notice.fit(line.page).character;
            // Where two runs meet, as at a change of face, the tracking of one character is missing.
            let seam = if Arc::ptr_eq(&pair[0].style, &pair[1].style) {
                0.0
            } else {
                pair[0].style.em() - gb::CELL
            };
            let tolerance = tolerance(subject) + seam;
            // A full-width blank, as behind 第一条, takes a cell of its own.
            let step = pair[1].x - pair[0].x;
            let blank = (step - 2.0 * asked).abs() <= 2.0 * tolerance;
            let step = if blank { step / 2.0 } else { step };
            subject.within(line.page, asked, step, tolerance)
        })
    }))
}

/// A Han character before a letter or digit takes its cell and no more; behind one there is
/// no more than the blank that belongs to its glyph. Tracking may be missing where faces change.
fn latin_gap(subject: &Subject<'_>) -> Vec<Sight> {
    /// The widest blank that a glyph has at its right, in em.
    const BLANK: f64 = 0.2;
    // Pages of others were set by programs that add a quarter of a character.
    if subject.settings.foreign {
        return Vec::new();
    }
    let is_latin = |c: &Char| c.first().is_ascii_alphanumeric();
    let lines = subject.notice.running();
    worst(lines.iter().flat_map(|line| {
        line.chars.windows(2).filter_map(|pair| {
            let [one, two] = [&pair[0], &pair[1]];
            if is_han_cell(one) && is_latin(two) {
                let step = two.x - one.x;
                Some(subject.within(line.page, gb::CELL, step, 4.0 * PITCH_TOLERANCE))
            } else if is_latin(one) && is_han_cell(two) {
                let blank = two.x - one.ink?.right;
                (blank > BLANK * one.style.em()).then(|| subject.at_most(line.page, 0.0, blank))
            } else {
                None
            }
        })
    }))
}

/// For pages of others, the tolerance is one of a whole line: 1 mm in 28 characters is much less
/// than a ruler sees in one.
fn tolerance(subject: &Subject<'_>) -> f64 {
    if subject.settings.foreign { 0.25 } else { PITCH_TOLERANCE }
}

fn is_cell(c: &Char) -> bool {
    (c.is_han() || is_full_width_mark(c)) && (c.style.size - gb::BODY).abs() < 0.25
}

fn is_han_cell(c: &Char) -> bool {
    c.is_han() && is_cell(c)
}

fn is_full_width_mark(c: &Char) -> bool {
    "，。、；：？！（）〔〕《》“”‘’".contains(c.first())
}

/// Whether a mark takes less than its cell.
fn is_squeezed(c: &Char) -> bool {
    is_full_width_mark(c) && c.advance < 0.9 * c.style.em()
}
