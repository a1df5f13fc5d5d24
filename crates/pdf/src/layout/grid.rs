//! Rules to the grids of tables.

use super::line::Piece;
use crate::page::{Rect, Rule};

/// Shorter rules are no border, in millimetres.
const SHORTEST: f64 = 2.0;
/// How far the ends of rules may miss each other.
const REACH: f64 = 1.0;
/// Rules closer together than this are one border.
const ONE_BORDER: f64 = 1.2;
/// A table whose verticals end this far before its horizontals has an open side.
const OPEN_SIDE: f64 = 4.0;
/// So many crossings are looked at on a page; a drawing may have more.
const CROSSINGS: usize = 4_000_000;

/// The borders of a table.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Grid {
    /// Places of its vertical borders, from the left.
    pub(super) columns: Vec<f64>,
    /// Places of its horizontal borders, from above.
    pub(super) rows: Vec<f64>,
    horizontal: Vec<Rect>,
    vertical: Vec<Rect>,
}

/// The grids of a page: rules that cross each other, with two columns at least.
pub(super) fn grids(rules: &[Rule]) -> Vec<Grid> {
    let lines = |horizontal: bool| -> Vec<Rect> {
        let those = rules.iter().filter(|rule| rule.is_horizontal() == horizontal);
        those.filter(|rule| rule.length() >= SHORTEST).map(|rule| rule.line).collect()
    };
    let (horizontal, vertical) = (lines(true), lines(false));
    if horizontal.len().saturating_mul(vertical.len()) > CROSSINGS {
        return Vec::new();
    }
    let mut sets = Sets::new(horizontal.len() + vertical.len());
    for (n, across) in horizontal.iter().enumerate() {
        for (m, down) in vertical.iter().enumerate() {
            if cross(across, down) {
                sets.join(n, horizontal.len() + m);
            }
        }
    }
    let mut found: Vec<(usize, Grid)> = Vec::new();
    for n in 0..horizontal.len() + vertical.len() {
        let root = sets.root(n);
        let at = found.iter().position(|(known, _)| *known == root).unwrap_or_else(|| {
            let (columns, rows) = (Vec::new(), Vec::new());
            let (horizontal, vertical) = (Vec::new(), Vec::new());
            found.push((root, Grid { columns, rows, horizontal, vertical }));
            found.len() - 1
        });
        match horizontal.get(n) {
            Some(line) => found[at].1.horizontal.push(*line),
            None => found[at].1.vertical.push(vertical[n - horizontal.len()]),
        }
    }
    found.into_iter().filter_map(|(_, grid)| grid.measured()).collect()
}

fn cross(across: &Rect, down: &Rect) -> bool {
    (across.left - REACH..=across.right + REACH).contains(&down.left)
        && (down.top - REACH..=down.bottom + REACH).contains(&across.top)
}

impl Grid {
    fn measured(mut self) -> Option<Self> {
        self.columns = places(
            self.vertical.iter().map(|line| line.left),
            self.horizontal.iter().map(|line| line.left),
            self.horizontal.iter().map(|line| line.right),
        );
        self.rows = places(
            self.horizontal.iter().map(|line| line.top),
            self.vertical.iter().map(|line| line.top),
            self.vertical.iter().map(|line| line.bottom),
        );
        (self.columns.len() >= 3 && self.rows.len() >= 2).then_some(self)
    }

    /// Whether a glyph stands in it.
    pub(super) fn contains(&self, piece: &Piece) -> bool {
        self.slot(piece).is_some()
    }

    /// The row and column of a glyph.
    pub(super) fn slot(&self, piece: &Piece) -> Option<(usize, usize)> {
        let (x, y) = piece.middle();
        let at = |places: &[f64], place: f64| {
            let n = places.partition_point(|&border| border <= place);
            (n > 0 && n < places.len()).then(|| n - 1)
        };
        Some((at(&self.rows, y)?, at(&self.columns, x)?))
    }

    /// Whether there is a border to the right of a slot.
    pub(super) fn ends_right(&self, row: usize, column: usize) -> bool {
        let (x, y) = (self.columns[column + 1], self.middle(&self.rows, row));
        self.vertical
            .iter()
            .any(|line| (line.left - x).abs() <= ONE_BORDER && line.top <= y && line.bottom >= y)
    }

    /// Whether there is a border below a slot.
    pub(super) fn ends_below(&self, row: usize, column: usize) -> bool {
        let (x, y) = (self.middle(&self.columns, column), self.rows[row + 1]);
        self.horizontal
            .iter()
            .any(|line| (line.top - y).abs() <= ONE_BORDER && line.left <= x && line.right >= x)
    }

    fn middle(&self, places: &[f64], n: usize) -> f64 {
        f64::midpoint(places[n], places[n + 1])
    }
}

/// The places of borders: those of the rules, and the ends of the rules across where a side of the
/// table is open.
fn places(
    rules: impl Iterator<Item = f64>,
    begins: impl Iterator<Item = f64>,
    ends: impl Iterator<Item = f64>,
) -> Vec<f64> {
    let mut all: Vec<f64> = rules.collect();
    all.sort_by(f64::total_cmp);
    let mut places: Vec<f64> = Vec::new();
    for place in all {
        if places.last().is_none_or(|last| place - last > ONE_BORDER) {
            places.push(place);
        }
    }
    let (begin, end) = (begins.reduce(f64::min), ends.reduce(f64::max));
    if let (Some(begin), Some(&first)) = (begin, places.first())
        && begin < first - OPEN_SIDE
    {
        places.insert(0, begin);
    }
    if let (Some(end), Some(&last)) = (end, places.last())
        && end > last + OPEN_SIDE
    {
        places.push(end);
    }
    places
}

/// Sets of numbers that are joined.
struct Sets(Vec<usize>);

impl Sets {
    fn new(len: usize) -> Self {
        Self((0..len).collect())
    }

    fn root(&mut self, n: usize) -> usize {
        let mut root = n;
        while self.0[root] != root {
            self.0[root] = self.0[self.0[root]];
            root = self.0[root];
        }
        root
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b)] = a.min(b);
    }
}
