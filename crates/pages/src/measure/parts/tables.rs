//! Tables: where upright rules stand, text is in cells.

use pdf::page::{Page, Rect, Rule};

/// A rule of a cell is at least this long, in millimetres.
const SHORTEST: f64 = 2.5;
/// Rules of one table touch, but for this.
const TOUCH: f64 = 1.0;

/// The areas of a page's tables: black upright rules that touch each other or stand side by side.
pub(super) fn tables(page: &Page) -> Vec<Rect> {
    let upright =
        |rule: &&Rule| !rule.is_horizontal() && rule.length() >= SHORTEST && !rule.color.is_red();
    let mut areas: Vec<Rect> = Vec::new();
    let mut rules: Vec<Rect> = page.rules.iter().filter(upright).map(|rule| rule.line).collect();
    rules.sort_by(|a, b| a.top.total_cmp(&b.top));
    for rule in rules {
        match areas.last_mut() {
            Some(last) if rule.top <= last.bottom + TOUCH => *last = last.union(rule),
            _ => areas.push(rule),
        }
    }
    // A single upright rule makes no table.
    areas.retain(|area| area.width() > TOUCH);
    areas
}
