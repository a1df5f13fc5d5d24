//! The lines of the best shape, from the grades of the gaps.

use super::gaps::Gap;

/// Lines that differ by no more than this are one rectangle, in em.
const EQUAL: f64 = 0.6;
/// A step of no more than this is not seen as a change of direction.
const LEVEL: f64 = 1.05;
/// Two equal lines are no trapezoid.
const EQUAL_COST: f64 = 0.2;
/// A short line between two long ones is neither a trapezoid nor a diamond.
const WAIST_COST: f64 = 3.0;
/// What a line's distance from the mean costs: a fifth of the line's width 0.12.
const RAGGED: f64 = 3.0;
/// What one line more than needed costs: only a break that no clerk would make is worth it.
const LINE_COST: f64 = 1.0;
/// A line of one or two characters; between a broken name and a broken word.
const SHORT_WEIGHT: u64 = 1_000_000;
/// Beyond this many lines nobody sees a shape, and looking for it would take long.
const SHAPED: usize = 8;

/// A title ready to be broken.
pub(super) struct Measured<'a> {
    /// The width of each character, in em.
    pub(super) widths: &'a [f64],
    /// Which characters are blanks: at the end of a line they take no room.
    pub(super) blanks: &'a [bool],
    pub(super) gaps: &'a [Gap],
    /// The width of a line.
    pub(super) line: f64,
}

/// What a break costs: first the rules it breaks, then its looks.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
struct Cost(u64, f64);

/// A way to break the title up to some character, by its last line.
#[derive(Clone, Copy)]
struct Way {
    /// Where the last line begins.
    start: usize,
    /// The place of the way that this one goes on from, among those that end at `start`.
    from: usize,
    /// Whether lines have begun to shrink.
    falling: bool,
    cost: Cost,
}

impl Measured<'_> {
    /// Where the lines end.
    pub(super) fn breaks(&self) -> Vec<usize> {
        let (rules, plain) = self.fewest();
        let lines = plain.len();
        if !(2..=SHAPED).contains(&lines) {
            return plain;
        }
        let best = self.shaped(lines);
        let other = self.shaped(lines + 1);
        match (best, other) {
            (Some((Cost(_, cost), _)), Some((Cost(broken, more), breaks)))
                if broken <= rules && more + LINE_COST < cost =>
            {
                breaks
            }
            (Some((_, breaks)), _) => breaks,
            (None, _) => plain,
        }
    }

    /// The least that rules have to be broken, and the fewest lines with which that is possible.
    fn fewest(&self) -> (u64, Vec<usize>) {
        let count = self.widths.len();
        // Per end: rules broken, lines, start of the last line.
        let mut best: Vec<(u64, usize, usize)> = vec![(0, 0, 0)];
        for end in 1..=count {
            let ways = self.starts(end).map(|start| {
                let (rules, lines, _) = best[start];
                (rules + self.rules(start, end), lines + 1, start)
            });
            best.push(ways.min().unwrap_or((0, 0, 0)));
        }
        let (mut breaks, mut end) = (Vec::new(), count);
        while end > 0 {
            breaks.push(end);
            end = best[end].2;
        }
        breaks.reverse();
        (best[count].0, breaks)
    }

    /// The best-looking way to make just so many lines.
    fn shaped(&self, lines: usize) -> Option<(Cost, Vec<usize>)> {
        let count = self.widths.len();
        let mean = self.width(0, count) / lines as f64;
        let mut rounds: Vec<Vec<Vec<Way>>> = Vec::new();
        for round in 0..lines {
            let mut ways = vec![Vec::new(); count + 1];
            for (end, slot) in ways.iter_mut().enumerate().skip(1) {
                if (round + 1 == lines) != (end == count) {
                    continue;
                }
                for start in self.starts(end) {
                    let own = self.own_cost(start, end, mean);
                    match rounds.last() {
                        None if start == 0 => {
                            slot.push(Way { start, from: 0, falling: false, cost: own });
                        }
                        None => {}
                        Some(before) => self.extend(&before[start], start, end, own, slot),
                    }
                }
            }
            rounds.push(ways);
        }
        self.best_of(&rounds)
    }

    /// Adds the best ways that go on from `before` with a line from `start` to `end`.
    fn extend(&self, before: &[Way], start: usize, end: usize, own: Cost, slot: &mut Vec<Way>) {
        let width = self.width(start, end);
        let mut best: [Option<Way>; 2] = [None, None];
        for (from, way) in before.iter().enumerate() {
            let step = width - self.width(way.start, start);
            let shape = if step.abs() <= EQUAL {
                EQUAL_COST
            } else if step > LEVEL && way.falling {
                WAIST_COST
            } else {
                0.0
            };
            let falling = way.falling || step < -LEVEL;
            let cost = Cost(way.cost.0 + own.0, way.cost.1 + own.1 + shape);
            let kept = &mut best[usize::from(falling)];
            if kept.is_none_or(|kept| cost < kept.cost) {
                *kept = Some(Way { start, from, falling, cost });
            }
        }
        slot.extend(best.into_iter().flatten());
    }

    fn best_of(&self, rounds: &[Vec<Vec<Way>>]) -> Option<(Cost, Vec<usize>)> {
        let mut end = self.widths.len();
        let (mut at, best) = rounds.last()?[end]
            .iter()
            .enumerate()
            .min_by(|(_, a), (_, b)| a.cost.0.cmp(&b.cost.0).then(a.cost.1.total_cmp(&b.cost.1)))
            .map(|(at, way)| (at, way.cost))?;
        let mut breaks = Vec::new();
        for ways in rounds.iter().rev() {
            let way = ways[end][at];
            breaks.push(end);
            end = way.start;
            at = way.from;
        }
        breaks.reverse();
        Some((best, breaks))
    }

    /// Where a line that ends here may begin: wherever it fits, and at least one character back.
    fn starts(&self, end: usize) -> impl Iterator<Item = usize> {
        (0..end)
            .rev()
            .take_while(move |&start| start + 1 == end || self.width(start, end) <= self.line)
    }

    fn own_cost(&self, start: usize, end: usize, mean: f64) -> Cost {
        let ragged = (self.width(start, end) - mean) / self.line;
        let gap = self.gaps.get(end).map_or(0.0, |gap| gap.cost);
        Cost(self.rules(start, end), RAGGED * ragged * ragged + gap)
    }

    /// The rules that a line from `start` to `end` breaks.
    fn rules(&self, start: usize, end: usize) -> u64 {
        let cut = self.gaps.get(end).map_or(0, |gap| gap.level.weight());
        let characters = self.blanks[start..end].iter().filter(|&&blank| !blank).count();
        cut + if characters < 3 { SHORT_WEIGHT } else { 0 }
    }

    fn width(&self, start: usize, end: usize) -> f64 {
        let blanks = self.blanks[start..end].iter().rev().take_while(|&&blank| blank).count();
        self.widths[start..end - blanks].iter().sum()
    }
}
