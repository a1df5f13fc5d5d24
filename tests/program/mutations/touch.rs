//! Hands on laid-out pages: moving, restyling and rewriting what stands there.

use std::sync::Arc;

use pdf::page::{Glyph, Page, Rect, Rule, Style};

/// The place of the first row that has these words: page and baseline. The words may be the
/// whole row when they begin with `=`.
fn find(pages: &[Page], words: &str) -> (usize, f64) {
    for (place, page) in pages.iter().enumerate() {
        let mut glyphs: Vec<&Glyph> = page.runs.iter().flat_map(|run| &run.glyphs).collect();
        glyphs.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.x.total_cmp(&b.x)));
        for start in 0..glyphs.len() {
            let y = glyphs[start].y;
            if start > 0 && (glyphs[start - 1].y - y).abs() < 0.3 {
                continue;
            }
            let mut row: Vec<&&Glyph> =
                glyphs.iter().filter(|glyph| (glyph.y - y).abs() < 0.3).collect();
            row.sort_by(|a, b| a.x.total_cmp(&b.x));
            let text: String = row.iter().map(|glyph| glyph.text.trim()).collect();
            let found = match words.strip_prefix('=') {
                Some(whole) => text == whole,
                None => text.contains(words),
            };
            if found {
                return (place, y);
            }
        }
    }
    panic!("“{words}” stands on no page");
}

/// The glyphs of the row that has these words, from left to right.
fn row<'a>(pages: &'a mut [Page], words: &str) -> Vec<&'a mut Glyph> {
    let (page, y) = find(pages, words);
    let mut glyphs: Vec<&mut Glyph> = pages[page]
        .runs
        .iter_mut()
        .flat_map(|run| &mut run.glyphs)
        .filter(|glyph| (glyph.y - y).abs() < 0.3)
        .collect();
    glyphs.sort_by(|a, b| a.x.total_cmp(&b.x));
    glyphs
}

fn shift(glyph: &mut Glyph, dx: f64, dy: f64) {
    glyph.x += dx;
    glyph.y += dy;
    if let Some(ink) = &mut glyph.ink {
        *ink = Rect {
            left: ink.left + dx,
            top: ink.top + dy,
            right: ink.right + dx,
            bottom: ink.bottom + dy,
        };
    }
}

/// Moves a row.
pub(super) fn moved(pages: &mut [Page], words: &str, dx: f64, dy: f64) {
    for glyph in row(pages, words) {
        shift(glyph, dx, dy);
    }
}

/// Moves the part of a row that lies right of a place.
pub(super) fn moved_right_of(pages: &mut [Page], words: &str, x: f64, dx: f64, dy: f64) {
    for glyph in row(pages, words).into_iter().filter(|glyph| glyph.x > x) {
        shift(glyph, dx, dy);
    }
}

/// Moves a row's glyph by its place in the row, from the end where negative.
pub(super) fn moved_glyph(pages: &mut [Page], words: &str, place: isize, dx: f64) {
    let mut row = row(pages, words);
    let place = if place < 0 { row.len() as isize + place } else { place };
    shift(row[place as usize], dx, 0.0);
}

/// Writes other characters over those of a row.
pub(super) fn rewritten(pages: &mut [Page], words: &str, from: &str, to: &str) {
    let glyph = row(pages, words).into_iter().find(|glyph| glyph.text == from);
    glyph.unwrap_or_else(|| panic!("“{from}” is no glyph of “{words}”")).text = to.into();
}

/// Takes the glyphs of a row away that are not wanted.
pub(super) fn kept(pages: &mut [Page], words: &str, wanted: impl Fn(usize, usize) -> bool) {
    let (page, y) = find(pages, words);
    let mut places: Vec<f64> = row(pages, words).iter().map(|glyph| glyph.x).collect();
    places.sort_by(f64::total_cmp);
    for run in &mut pages[page].runs {
        run.glyphs.retain(|glyph| {
            let place = places.iter().position(|x| (x - glyph.x).abs() < 1e-9);
            (glyph.y - y).abs() > 0.3 || place.is_none_or(|place| wanted(place, places.len()))
        });
    }
    pages[page].runs.retain(|run| !run.glyphs.is_empty());
}

/// Takes all rows of a page away whose baselines lie in a range.
pub(super) fn cleared(page: &mut Page, from: f64, to: f64) {
    for run in &mut page.runs {
        run.glyphs.retain(|glyph| !(from..to).contains(&glyph.y));
    }
    page.runs.retain(|run| !run.glyphs.is_empty());
}

/// The baseline of a row.
pub(super) fn baseline(pages: &[Page], words: &str) -> (usize, f64) {
    find(pages, words)
}

/// Sets the runs of a row that have these words in another style.
pub(super) fn restyled(pages: &mut [Page], words: &str, change: impl Fn(&mut Style)) {
    let (page, y) = find(pages, words);
    for run in &mut pages[page].runs {
        if run.glyphs.iter().any(|glyph| (glyph.y - y).abs() < 0.3) {
            let mut style = Style::clone(&run.style);
            change(&mut style);
            run.style = Arc::new(style);
        }
    }
}

/// Writes a copy of a row at another baseline of a page.
pub(super) fn copied(pages: &mut [Page], words: &str, page: usize, y: f64) {
    let (from, baseline) = find(pages, words);
    let mut runs: Vec<_> = pages[from]
        .runs
        .iter()
        .filter(|run| run.glyphs.iter().all(|glyph| (glyph.y - baseline).abs() < 0.3))
        .cloned()
        .collect();
    for glyph in runs.iter_mut().flat_map(|run| &mut run.glyphs) {
        shift(glyph, 0.0, y - baseline);
    }
    pages[page].runs.extend(runs);
}

/// The long rules of all pages, from the top of the first.
pub(super) fn rules(pages: &mut [Page]) -> Vec<&mut Rule> {
    let long = |rule: &&mut Rule| rule.is_horizontal() && rule.length() > 100.0;
    let mut rules: Vec<&mut Rule> =
        pages.iter_mut().flat_map(|page| page.rules.iter_mut().filter(long)).collect();
    rules.sort_by(|a, b| a.y().total_cmp(&b.y()));
    rules
}

/// Writes words over the end of a row and over the beginning of the row below it.
pub(super) fn rewritten_break(pages: &mut [Page], words: &str, end: &str, start: &str) {
    let (page, y) = find(pages, words);
    let count = end.chars().count();
    let mut above = row(pages, words);
    let from = above.len() - count;
    for (glyph, c) in above[from..].iter_mut().zip(end.chars()) {
        glyph.text = c.into();
    }
    let glyphs = pages[page].runs.iter().flat_map(|run| &run.glyphs);
    let next = glyphs.map(|glyph| glyph.y).filter(|below| *below > y + 1.0);
    let next = next.reduce(f64::min).expect("a row below");
    overwritten(&mut pages[page], next, start);
}

/// Writes words over the beginning of the first row of a page.
pub(super) fn rewritten_top(page: &mut Page, start: &str) {
    let ys = page.runs.iter().flat_map(|run| &run.glyphs).map(|glyph| glyph.y);
    let first = ys.reduce(f64::min).expect("a row");
    overwritten(page, first, start);
}

fn overwritten(page: &mut Page, y: f64, start: &str) {
    let glyphs = page.runs.iter_mut().flat_map(|run| &mut run.glyphs);
    let mut row: Vec<&mut Glyph> = glyphs.filter(|glyph| (glyph.y - y).abs() < 0.3).collect();
    row.sort_by(|a, b| a.x.total_cmp(&b.x));
    for (glyph, c) in row.into_iter().zip(start.chars()) {
        glyph.text = c.into();
    }
}
