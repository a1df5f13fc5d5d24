//! How wide the columns of a table are, by what stands in them: the same for pages, documents and
//! workbooks. Lengths are em of the table's type.

mod pieces;
mod plain;

use std::collections::BTreeMap;

pub use pieces::{pieces, width};
pub use plain::ColumnAlign;

/// What the edges of a cell take of its width.
pub const EDGES: f64 = 0.9;

/// A column of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Its heading.
    pub title: String,
    /// What stands in it.
    pub kind: Kind,
    /// How wide it is where its contents do not say otherwise.
    pub usual: f64,
    /// How wide its text is, whatever stands in it.
    pub fixed: Option<f64>,
}

/// What stands in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Short words, numbers and dates.
    Short,
    /// Names.
    Names,
    /// Lines that say one thing each.
    Lines,
    /// Running text, which gets what the others leave.
    Prose,
}

/// A table: its columns, and of each row the paragraphs of its cells.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<Vec<Vec<String>>>,
}

/// The widths of a table's columns.
#[derive(Debug, Clone, PartialEq)]
pub struct Widths {
    /// In order.
    pub widths: Vec<f64>,
    /// Whether every word, number and short name has room.
    pub fit: bool,
    /// How many lines each row takes.
    pub lines: Vec<usize>,
}

/// Running text is not set narrower where there is a choice.
const PROSE: f64 = 9.0;

impl Table {
    /// The widths for a table of this width: every column has room for what may not be broken; no
    /// other is wider than usual unless the rows get lower by it; running text has the rest.
    pub fn widths(&self, room: f64) -> Widths {
        let measured = Measured::new(self);
        if let Some(widths) = self.on_one_line(&measured, room) {
            let lines = measured.lines(&widths);
            return Widths { widths, fit: true, lines };
        }
        let floors: Vec<f64> = measured.columns.iter().map(|column| column.floor).collect();
        let all: f64 = floors.iter().sum();
        if all > room {
            // Words must be broken: the narrow columns keep their room.
            let widths = shared(&floors, room);
            let lines = measured.lines(&widths);
            return Widths { widths, fit: false, lines };
        }
        let start: Vec<f64> = self
            .columns
            .iter()
            .zip(&measured.columns)
            .map(|(column, measured)| match column.kind {
                Kind::Prose => measured.floor,
                _ => measured.natural.min(column.usual).max(measured.floor),
            })
            .collect();
        let widths = self.filled(start, &floors, room);
        let widths = measured.lowered(widths, &floors);
        let lines = measured.lines(&widths);
        Widths { widths, fit: true, lines }
    }

    /// The widths of a table of plain cells in which everything, its headings too, has room on one
    /// line: in proportion to what stands in the columns.
    fn on_one_line(&self, measured: &Measured, room: f64) -> Option<Vec<f64>> {
        if self.columns.iter().any(|column| column.kind == Kind::Prose || column.fixed.is_some()) {
            return None;
        }
        let whole: Vec<f64> = self
            .columns
            .iter()
            .zip(&measured.columns)
            .map(|(column, measured)| measured.natural.max(width(&column.title) + EDGES))
            .collect();
        let factor = room / whole.iter().sum::<f64>();
        (factor >= 1.0).then(|| whole.into_iter().map(|width| width * factor).collect())
    }

    /// The whole room given out: to running text, or else to all.
    fn filled(&self, mut widths: Vec<f64>, floors: &[f64], room: f64) -> Vec<f64> {
        let spare = room - widths.iter().sum::<f64>();
        if spare < 0.0 {
            // Those above their floor give way alike.
            let above: f64 = widths.iter().zip(floors).map(|(width, floor)| width - floor).sum();
            for (width, floor) in widths.iter_mut().zip(floors) {
                *width += spare * (*width - floor) / above.max(f64::EPSILON);
            }
            return widths;
        }
        let prose = self.columns.iter().filter(|column| column.kind == Kind::Prose).count();
        let lines = self.columns.iter().any(|column| column.kind == Kind::Lines);
        let takes = |kind: Kind| match kind {
            Kind::Prose => true,
            Kind::Lines => prose == 0,
            Kind::Short | Kind::Names => prose == 0 && !lines,
        };
        let share: f64 = self
            .columns
            .iter()
            .zip(&widths)
            .filter(|(column, _)| takes(column.kind))
            .map(|(_, width)| width)
            .sum();
        for (width, column) in widths.iter_mut().zip(&self.columns) {
            if takes(column.kind) {
                *width += spare * *width / share.max(f64::EPSILON);
            }
        }
        widths
    }
}

/// Room given out where there is not enough: what is narrower than a fair share stays.
fn shared(wanted: &[f64], room: f64) -> Vec<f64> {
    let mut widths = wanted.to_vec();
    let mut open: Vec<usize> = (0..wanted.len()).collect();
    let mut left = room;
    loop {
        let fair = left / open.len().max(1) as f64;
        let narrow: Vec<usize> = open.iter().copied().filter(|&at| wanted[at] <= fair).collect();
        if narrow.is_empty() || narrow.len() == open.len() {
            for at in open {
                widths[at] = fair;
            }
            return widths;
        }
        left -= narrow.iter().map(|&at| wanted[at]).sum::<f64>();
        open.retain(|at| !narrow.contains(at));
    }
}

/// A table whose pieces have their widths.
struct Measured {
    columns: Vec<MeasuredColumn>,
    /// By row, column and paragraph: the widths of its pieces.
    rows: Vec<Vec<Vec<Vec<f64>>>>,
}

struct MeasuredColumn {
    /// What may not be broken, with the edges.
    floor: f64,
    /// What needs no second line.
    natural: f64,
}

impl Measured {
    fn new(table: &Table) -> Self {
        let of_cell = |kind: Kind, cell: &Vec<String>| -> Vec<Vec<f64>> {
            let pieces = |text: &String| {
                pieces(text, kind == Kind::Names || kind == Kind::Short)
                    .into_iter()
                    .map(width)
                    .collect()
            };
            cell.iter().map(pieces).collect()
        };
        let rows: Vec<Vec<Vec<Vec<f64>>>> = table
            .rows
            .iter()
            .map(|row| {
                row.iter()
                    .zip(&table.columns)
                    .map(|(cell, column)| of_cell(column.kind, cell))
                    .collect()
            })
            .collect();
        let columns = table.columns.iter().enumerate().map(|(at, column)| {
            // A heading of more than three characters may take two lines.
            let words = width(&column.title);
            let title = if words > 3.0 { (words / 2.0).ceil() } else { words };
            let paragraphs = || rows.iter().filter_map(move |row| row.get(at)).flatten();
            let widest = paragraphs().flatten().copied().fold(title, f64::max);
            let line = paragraphs().map(|pieces| pieces.iter().sum()).fold(title, f64::max);
            let prose = if column.kind == Kind::Prose { PROSE.min(line) } else { 0.0 };
            match column.fixed {
                Some(fixed) => MeasuredColumn { floor: fixed + EDGES, natural: fixed + EDGES },
                None => MeasuredColumn { floor: widest.max(prose) + EDGES, natural: line + EDGES },
            }
        });
        let columns = columns.collect();
        Self { columns, rows }
    }

    /// How many lines each row takes.
    fn lines(&self, widths: &[f64]) -> Vec<usize> {
        let row = |row: &Vec<Vec<Vec<f64>>>| {
            let cells = row.iter().zip(widths).map(|(cell, width)| cell_lines(cell, *width));
            cells.max().unwrap_or(1)
        };
        self.rows.iter().map(row).collect()
    }

    /// Widths under which the rows together are lower: room goes from one column to another as long
    /// as that helps.
    fn lowered(&self, mut widths: Vec<f64>, floors: &[f64]) -> Vec<f64> {
        /// Sooner or later one of them reaches the next name.
        const STEPS: [f64; 7] = [6.0, 5.0, 4.0, 3.0, 2.0, 1.0, 0.5];
        const ROUNDS: usize = 16;
        let mut known = Known::default();
        let mut best = self.total(&widths, &mut known);
        for _ in 0..ROUNDS {
            let mut found: Option<(usize, f64, usize, usize)> = None;
            for to in (0..widths.len()).filter(|&to| self.columns[to].natural > widths[to]) {
                let now = known.of(self, to, widths[to]).clone();
                for step in STEPS {
                    if *known.of(self, to, widths[to] + step) == now {
                        // Neither does less.
                        break;
                    }
                    for from in (0..widths.len()).filter(|from| *from != to) {
                        if widths[from] - step < floors[from] {
                            continue;
                        }
                        let mut moved = widths.clone();
                        moved[from] -= step;
                        moved[to] += step;
                        let total = self.total(&moved, &mut known);
                        // Of equal ones the smallest step.
                        let better = |&(lowest, smallest, ..): &(usize, f64, usize, usize)| {
                            total < lowest || (total == lowest && step < smallest)
                        };
                        if total < best && found.as_ref().is_none_or(better) {
                            found = Some((total, step, from, to));
                        }
                    }
                }
            }
            let Some((total, step, from, to)) = found else { break };
            widths[from] -= step;
            widths[to] += step;
            best = total;
        }
        widths
    }

    /// How many lines all rows take together.
    fn total(&self, widths: &[f64], known: &mut Known) -> usize {
        let mut rows = vec![1; self.rows.len()];
        for (at, width) in widths.iter().enumerate() {
            for (row, lines) in rows.iter_mut().zip(known.of(self, at, *width)) {
                *row = (*row).max(*lines);
            }
        }
        rows.iter().sum()
    }

    fn column_lines(&self, at: usize, width: f64) -> Vec<usize> {
        let of = |row: &Vec<Vec<Vec<f64>>>| row.get(at).map_or(1, |cell| cell_lines(cell, width));
        self.rows.iter().map(of).collect()
    }
}

/// The lines of columns in widths that were tried: by column and thousandths of an em.
#[derive(Default)]
struct Known(BTreeMap<(usize, i64), Vec<usize>>);

impl Known {
    fn of(&mut self, measured: &Measured, at: usize, width: f64) -> &Vec<usize> {
        let key = (at, (width * 1000.0).round() as i64);
        self.0.entry(key).or_insert_with(|| measured.column_lines(at, width))
    }
}

/// How many lines a cell takes in a column.
fn cell_lines(cell: &[Vec<f64>], width: f64) -> usize {
    let room = (width - EDGES).max(1.0) + 1e-6;
    cell.iter().map(|paragraph| wrapped(paragraph, room)).sum::<usize>().max(1)
}

/// How many lines a paragraph takes: lines are filled as far as they go.
fn wrapped(pieces: &[f64], room: f64) -> usize {
    let mut lines = 1;
    let mut used = 0.0;
    for piece in pieces {
        if used + piece <= room {
            used += piece;
        } else if *piece <= room {
            lines += 1;
            used = *piece;
        } else {
            // Longer than a line: it is broken after all.
            let all = used + piece;
            lines += (all / room) as usize;
            used = all % room;
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn column(title: &str, kind: Kind, usual: f64) -> Column {
        Column { title: title.into(), kind, usual, fixed: None }
    }

    fn table(cells: &[[&str; 4]]) -> Table {
        let columns = vec![
            column("序号", Kind::Short, 2.6),
            column("工作任务", Kind::Prose, 24.0),
            column("完成时限", Kind::Short, 5.2),
            column("其他单位", Kind::Names, 8.0),
        ];
        let rows = cells
            .iter()
            .map(|row| row.iter().map(|cell| vec![cell.to_string()]).collect())
            .collect();
        Table { columns, rows }
    }

    #[test]
    fn dates_and_names_are_not_broken() {
        let task = "推进基础设施建设".repeat(6);
        let widths =
            table(&[["1", &task, "2025年11月30日前", "县市场监管局、区发改局"]]).widths(40.0);
        assert!(widths.fit);
        assert!((widths.widths.iter().sum::<f64>() - 40.0).abs() < 0.01, "{widths:?}");
        assert!(widths.widths[2] >= width("2025年11月30日前") + EDGES, "{widths:?}");
        assert!(widths.widths[3] >= width("县市场监管局、") + EDGES, "{widths:?}");
        assert!(widths.widths[1] > 15.0, "{widths:?}");
    }

    /// Seven units beside a short task do not make a cell of eight lines.
    #[test]
    fn many_names_get_more_room() {
        let names = ["区发改局"; 9].join("、");
        let narrow = table(&[["1", "办好实事。", "6月底前", "区发改局"]]).widths(60.0);
        let wide = table(&[["1", "办好实事。", "6月底前", &names]]).widths(60.0);
        assert!(wide.widths[3] > narrow.widths[3] + 8.0, "{wide:?}");
        assert!(wide.lines[0] <= 3, "{wide:?}");
    }

    #[test]
    fn too_much_for_the_page() {
        let columns = (0..12).map(|_| column("建设内容", Kind::Short, 6.0)).collect();
        let rows = vec![vec![vec!["2025年11月30日前".to_string()]; 12]];
        let widths = Table { columns, rows }.widths(40.0);
        assert!(!widths.fit);
        assert!((widths.widths.iter().sum::<f64>() - 40.0).abs() < 0.01, "{widths:?}");
    }

    proptest! {
        /// The room is given out exactly, and no column is left without.
        #[test]
        fn the_page_is_filled(
            cells in prop::collection::vec("[区县市局、年月0-9一二三四五。]{0,60}", 1..24),
            kinds in prop::collection::vec(0..4_usize, 1..9),
            room in 30.0..90.0_f64,
        ) {
            let columns: Vec<Column> = kinds
                .iter()
                .map(|kind| {
                    let kind = [Kind::Short, Kind::Names, Kind::Lines, Kind::Prose][*kind];
                    column("名称", kind, 8.0)
                })
                .collect();
            let rows = cells
                .chunks(columns.len())
                .filter(|row| row.len() == columns.len())
                .map(|row| row.iter().map(|cell| vec![cell.clone()]).collect())
                .collect();
            let table = Table { columns, rows };
            let widths = table.widths(room);
            prop_assert!((widths.widths.iter().sum::<f64>() - room).abs() < 0.01);
            prop_assert!(widths.widths.iter().all(|width| *width > 0.0));
            prop_assert_eq!(&widths, &table.widths(room));
        }
    }
}
