//! A run of cells as rows: which cell stands in which column, found for the whole table at once.

use crate::columns::Column;
use crate::date::number_of;
use crate::label::label;
use crate::normalise::{ends_name, glue};
use crate::para::Para;
use crate::traced::Traced;
use crate::units::{Role, deadline, looks_like_unit};

/// A cell.
pub(super) struct Cell {
    pub(super) text: Para,
    /// How many paragraphs it takes with the bars behind it.
    pub(super) paras: usize,
    /// The bars behind it.
    pub(super) signs: Traced,
    /// Paragraphs that stand behind it and belong to no cell.
    pub(super) skipped: Vec<Para>,
}

/// What a column without a cell costs, a further line of a cell, a row without units or task, a
/// row that does not begin with its number, and a line that breaks off.
const MISSING: i32 = -1;
const MORE: i32 = -1;
const WITHOUT: i32 = -6;
const UNNUMBERED: i32 = -3;
const BROKEN: i32 = 3;
const IMPOSSIBLE: i32 = i32::MIN / 4;

/// Where a cell was put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// The first cell of a row, in a column.
    Row(usize),
    /// The next cell of a row, in a column.
    Next(usize),
    /// A further line of the cell above.
    More,
    /// A heading between rows.
    Heading,
}

/// What is known of an unfinished row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct State {
    column: usize,
    units: bool,
    task: bool,
}

/// One way to place the cells up to one.
#[derive(Debug, Clone, Copy)]
struct Way {
    score: i32,
    step: Step,
    /// The place of the way to the cell before.
    before: usize,
}

/// The rows at the beginning of some cells, and how many cells they take; headings between them are
/// rows without cells. `None` where there is none.
pub(super) fn fill(
    cells: &[Cell],
    head: &[&str],
    columns: &[Column],
    barred: bool,
) -> Option<(Vec<Para>, usize)> {
    let table = Table { cells, columns, barred, gaps: gaps(cells) };
    let mut rows = Vec::new();
    let mut taken = 0;
    let mut found = false;
    loop {
        // The heading said again at the top of a page.
        let again = cells[taken..].iter().map(|cell| cell.text.str()).take(head.len());
        if cells.len() - taken >= head.len() && again.eq(head.iter().copied()) {
            rows.push(row(&cells[taken..taken + head.len()]));
            taken += head.len();
            continue;
        }
        let end = (taken..cells.len())
            .find(|&n| {
                cells.len() - n >= head.len()
                    && cells[n..]
                        .iter()
                        .map(|c| c.text.str())
                        .take(head.len())
                        .eq(head.iter().copied())
            })
            .unwrap_or(cells.len());
        let Some((more, used)) = table.rows(taken, end) else { break };
        found = true;
        rows.extend(more);
        taken += used;
        if taken < end {
            break;
        }
    }
    let skipped = cells[..taken].iter().flat_map(|cell| cell.skipped.iter().cloned());
    rows.extend(skipped);
    found.then_some((rows, taken))
}

/// Whether empty lines part rows: some stand there, and not before each cell.
fn gaps(cells: &[Cell]) -> bool {
    let count = cells.iter().skip(1).filter(|cell| cell.text.gap).count();
    count > 0 && count * 2 < cells.len()
}

struct Table<'a> {
    cells: &'a [Cell],
    columns: &'a [Column],
    barred: bool,
    gaps: bool,
}

impl Table<'_> {
    fn width(&self) -> usize {
        self.columns.len()
    }

    /// The place of a state among the ways to a cell; the last is the one behind a heading.
    fn place(state: State) -> usize {
        state.column * 4 + usize::from(state.units) * 2 + usize::from(state.task)
    }

    fn state(place: usize) -> State {
        State { column: place / 4, units: place & 2 != 0, task: place & 1 != 0 }
    }

    /// What a row costs that ends so.
    fn end(&self, state: State) -> i32 {
        let missing = i32::try_from(self.width() - 1 - state.column).unwrap_or(0);
        let without = |there: bool| if there { 0 } else { WITHOUT };
        missing * MISSING + without(state.units) + without(state.task)
    }

    /// The state with a cell in a column.
    fn with(&self, state: Option<State>, column: usize) -> State {
        let before = state.unwrap_or(State { column, units: false, task: false });
        let units = matches!(
            self.columns[column],
            Column::Role(Role::Unit | Role::Lead | Role::Cooperating)
        );
        State {
            column,
            units: before.units || units,
            task: before.task || self.columns[column] == Column::Task,
        }
    }

    /// The rows among the cells of a range.
    fn rows(&self, from: usize, to: usize) -> Option<(Vec<Para>, usize)> {
        let heading = self.width() * 4;
        let none = Way { score: IMPOSSIBLE, step: Step::Heading, before: 0 };
        let mut ways: Vec<Vec<Way>> = Vec::new();
        // The best way to the end of a row before the cell: its score and place.
        let mut ended = (0, usize::MAX);
        let mut best = (0, 0, 0);
        let mut number = None;
        for at in from..to {
            let text = self.cells[at].text.str();
            let before = ways.last();
            let mut here = vec![none; heading + 1];
            let mut offer = |place: usize, way: Way| {
                if way.score > here[place].score {
                    here[place] = way;
                }
            };
            let broken = at > from && breaks_off(self.cells[at - 1].text.str());
            let gap = match (self.gaps && at > from, self.cells[at].text.gap) {
                (true, true) => 1,
                (true, false) => -1,
                _ => 0,
            };
            let new = if broken { -BROKEN } else { 0 };
            let fits: Vec<i32> =
                self.columns.iter().map(|column| fit(text, *column, number, self.barred)).collect();
            for (column, fit) in fits.iter().enumerate() {
                let skipped = i32::try_from(column).unwrap_or(0) * MISSING;
                let unnumbered = self.columns.first() == Some(&Column::Number) && column > 0;
                let score =
                    ended.0 + skipped + fit + new + gap + if unnumbered { UNNUMBERED } else { 0 };
                let way = Way { score, step: Step::Row(column), before: ended.1 };
                offer(Self::place(self.with(None, column)), way);
            }
            for (place, way) in before.into_iter().flatten().take(heading).enumerate() {
                if way.score <= IMPOSSIBLE / 2 {
                    continue;
                }
                let state = Self::state(place);
                for (column, fit) in fits.iter().enumerate().skip(state.column + 1) {
                    let skipped = i32::try_from(column - state.column - 1).unwrap_or(0) * MISSING;
                    let score = way.score + skipped + fit + new - gap;
                    let next = Self::place(self.with(Some(state), column));
                    offer(next, Way { score, step: Step::Next(column), before: place });
                }
                if self.columns[state.column] != Column::Number && !text.is_empty() && !self.barred
                {
                    let broken = if broken { BROKEN } else { 0 };
                    let score = way.score + fits[state.column].min(0) + MORE + broken - gap;
                    offer(place, Way { score, step: Step::More, before: place });
                }
            }
            if self.heads(at) {
                let way = Way { score: ended.0 + new, step: Step::Heading, before: ended.1 };
                offer(heading, way);
            }
            number = number_of(text).or(number);
            let score = |(place, way): (usize, &Way)| {
                let end = if place == heading { 0 } else { self.end(Self::state(place)) };
                (way.score.saturating_add(end), place)
            };
            ended = here
                .iter()
                .enumerate()
                .map(score)
                .max_by_key(|(score, place)| (*score, std::cmp::Reverse(*place)))?;
            if ended.0 > best.0 {
                best = (ended.0, at + 1 - from, ended.1);
            }
            ways.push(here);
        }
        let (_, taken, place) = best;
        (taken > 0).then(|| (self.trace(from, &ways[..taken], place), taken))
    }

    /// Whether a cell heads the rows below it.
    fn heads(&self, at: usize) -> bool {
        let text = self.cells[at].text.str();
        let numbered = self.columns.first() == Some(&Column::Number);
        let below = self.cells.get(at + 1).is_some_and(|next| number_of(next.text.str()).is_some());
        let labelled = label(text).is_some() || text.ends_with(['类', '面']);
        labelled
            && text.chars().count() <= 40
            && !text.ends_with(['。', '；'])
            && (!numbered || below)
    }

    /// The rows that a way makes.
    fn trace(&self, from: usize, ways: &[Vec<Way>], last: usize) -> Vec<Para> {
        let mut steps = Vec::new();
        let mut place = last;
        for way in ways.iter().rev() {
            let way = way[place];
            steps.push(way.step);
            place = way.before;
        }
        steps.reverse();
        let mut rows: Vec<Para> = Vec::new();
        let mut open = 0;
        for (n, step) in steps.into_iter().enumerate() {
            let cell = &self.cells[from + n];
            match step {
                Step::Heading => {
                    rows.push(Para { cells: Vec::new(), ..cell.text.clone() });
                    continue;
                }
                Step::Row(column) => {
                    let cells = vec![Traced::default(); self.width()];
                    rows.push(Para { text: Traced::default(), cells, ..cell.text.clone() });
                    open = column;
                }
                Step::Next(column) => open = column,
                Step::More => {}
            }
            if let Some(row) = rows.last_mut() {
                row.text.append(&cell.text.text);
                row.text.append(&cell.signs);
                glue(&mut row.cells[open], &cell.text.text);
            }
        }
        rows
    }
}

/// Cells as a row of their own.
pub(super) fn row(cells: &[Cell]) -> Para {
    let mut text = Traced::default();
    for cell in cells {
        text.append(&cell.text.text);
        text.append(&cell.signs);
    }
    let of_row = cells.iter().map(|cell| cell.text.text.clone()).collect();
    Para { text, cells: of_row, ..cells[0].text.clone() }
}

/// Whether a line ends in the middle of a list, a sentence or a name.
fn breaks_off(text: &str) -> bool {
    text.ends_with(['、', '，', '（', ',', '和', '及', '与'])
        || text.matches('（').count() > text.matches('）').count()
}

/// 新增省级企业: a goal that ends like a name.
fn says_what_to_do(text: &str) -> bool {
    [
        "新增", "新建", "完成", "建设", "建成", "推进", "实施", "开展", "培育", "引进", "支持",
        "组织", "实现",
    ]
    .iter()
    .any(|verb| text.starts_with(verb))
}

/// How well a cell fits a column; below zero it does not. `last` is the number above.
fn fit(text: &str, column: Column, last: Option<u32>, barred: bool) -> i32 {
    if text.is_empty() {
        return if barred { 0 } else { -2 };
    }
    let mut names = text.split(['、', '，', ' ', '；', '\n']).filter(|name| !name.is_empty());
    let unit = names
        .next()
        .is_some_and(|name| looks_like_unit(name) && !ends_name(name) && !says_what_to_do(name));
    let due = deadline::is_deadline(text);
    let number = number_of(text);
    match column {
        Column::Number => match number {
            Some(number) if number == 1 || last.is_none_or(|last| number > last) => 3,
            _ => -6,
        },
        Column::Role(Role::Deadline) if due || text == "全年" => 3,
        Column::Role(Role::Deadline) => -2,
        Column::Role(Role::Person) => {
            let short = (2..=8).contains(&text.chars().count());
            if short && !unit && !due && number.is_none() { 2 } else { -3 }
        }
        Column::Role(_) if unit && !text.ends_with('。') => 3,
        Column::Role(_) => -2,
        Column::Task | Column::Target if due || number.is_some() => -2,
        Column::Task | Column::Target => 1 + i32::from(!unit),
        Column::Section | Column::Remark | Column::Other => {
            i32::from(!unit && !due && number.is_none())
        }
    }
}
