//! Lines that are not yet known to be anything.

use super::super::line::Line;

/// The lines that are left, from the first page to the last, each from its top to its foot.
#[derive(Debug, Default)]
pub(super) struct Pool {
    lines: Vec<Line>,
}

impl Pool {
    pub(super) fn new(mut lines: Vec<Line>) -> Self {
        lines.sort_by(|a, b| (a.page.cmp(&b.page)).then(a.y.total_cmp(&b.y)));
        Self { lines }
    }

    /// The lines that are left.
    pub(super) fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// Takes the first line that is wanted.
    pub(super) fn take(&mut self, wanted: impl FnMut(&Line) -> bool) -> Option<Line> {
        let place = self.lines.iter().position(wanted)?;
        Some(self.lines.remove(place))
    }

    /// Takes all lines that are wanted.
    pub(super) fn take_all(&mut self, wanted: impl Fn(&Line) -> bool) -> Vec<Line> {
        let (taken, left) = self.lines.drain(..).partition(|line| wanted(line));
        self.lines = left;
        taken
    }

    /// Takes the lines from a place on for as long as they are wanted; the function is told the
    /// line before.
    pub(super) fn take_run(
        &mut self,
        start: usize,
        wanted: impl Fn(&Line, &Line) -> bool,
    ) -> Vec<Line> {
        let mut end = start + 1;
        while end < self.lines.len() && wanted(&self.lines[end - 1], &self.lines[end]) {
            end += 1;
        }
        if start >= self.lines.len() {
            return Vec::new();
        }
        self.lines.drain(start..end).collect()
    }

    /// All that is left.
    pub(super) fn rest(self) -> Vec<Line> {
        self.lines
    }
}
