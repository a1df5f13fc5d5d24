//! The rows of a table to sections and items.

use super::head::columns_of;
use super::item::{Heading, item};
use crate::columns::Column;
use crate::draft::{Draft, Section, Sentence};
use crate::label::{Label, label};
use crate::ledger::{Fate, Ledger};
use crate::para::Para;
use crate::structure::assemble::{Block, assemble};
use crate::traced::Traced;
use crate::units::says_first_leads;
use records::content::schema::section::NumberStyle;

/// What groups tasks is at most this long.
const HEADING: usize = 60;

/// Reads a table of tasks, its heading row first.
pub(in crate::structure) fn read(rows: &[Para], draft: &mut Draft, ledger: &mut Ledger) {
    let Some((head, rows)) = rows.split_first() else { return };
    let Some(columns) = columns_of(head) else { return };
    ledger.mark(&head.text, Fate::Record);
    head.cells.iter().for_each(|cell| ledger.mark(cell, Fate::Record));
    let columns = shared_tasks(rows, &columns);
    let words = |cell: &Traced| cell.as_str().split_whitespace().collect::<String>();
    let headings: Vec<Heading> = columns
        .iter()
        .zip(&head.cells)
        .map(|(column, cell)| Heading { column: *column, words: words(cell) })
        .collect();
    if headings.iter().any(|heading| says_first_leads(&heading.words)) {
        draft.sentence = Some(Sentence::InText);
    }
    let mut groups = Groups::default();
    for row in rows {
        // The signs between dumped cells are the table's lines.
        for (n, sign) in row.text.as_str().match_indices(is_line_of_table) {
            ledger.mark(&row.text.slice(n..n + sign.len()), Fate::Boilerplate);
        }
        if row.cells.iter().map(Traced::as_str).eq(head.cells.iter().map(Traced::as_str)) {
            ledger.boilerplate(row);
            continue;
        }
        if let Some(cell) = only_cell(&headings, row) {
            ledger.mark(&cell, Fate::Record);
            groups.line(cell.as_str());
            continue;
        }
        groups.enter(&headings, row, ledger);
        if let Some(item) = item(&headings, row, draft.year, ledger) {
            groups.push(Block::Item(item));
        }
    }
    let (root, overflow) = assemble(Section::default(), groups.finish(), 0);
    if !root.items.is_empty() {
        draft.sections.push(Section { items: root.items, ..Section::default() });
    }
    draft.sections.extend(root.sections);
    draft.sections.extend(overflow);
    if !root.after.is_empty() || !root.before.is_empty() {
        let prose = root.before.into_iter().chain(root.after);
        match draft.sections.last_mut() {
            Some(last) => last.after.extend(prose),
            None => draft.preface.extend(prose),
        }
    }
}

/// Signs that draw a table in text.
fn is_line_of_table(c: char) -> bool {
    matches!(c, '¦' | '|' | '｜' | '\u{2500}'..='\u{257f}')
}

/// The words of a row that is one line over all columns: a heading or a note.
fn only_cell(headings: &[Heading], row: &Para) -> Option<Traced> {
    if row.cells.is_empty() {
        return Some(row.text.clone());
    }
    let mut filled = row.cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty());
    let (Some((at, cell)), None) = (filled.next(), filled.next()) else { return None };
    let column = headings.get(at).map_or(Column::Other, |heading| heading.column);
    // Where a column of numbers stands before the tasks, a heading begins in that column.
    let first_is_task = headings.first().is_some_and(|heading| heading.column == Column::Task);
    let text = cell.as_str();
    let heads = match column {
        Column::Number => crate::date::number_of(text).is_none(),
        Column::Task => first_is_task && at == 0 && !text.ends_with(['。', '；']),
        Column::Section => true,
        Column::Other => at == 0,
        _ => at == 0 && text.chars().count() > 1,
    };
    heads.then(|| cell.clone())
}

/// What stands above the rows: lines over all columns, and the cells of columns that group.
#[derive(Default)]
struct Groups {
    done: Vec<Block>,
    /// The open headings from the outermost, each with what stands in it.
    open: Vec<(Key, Section, Vec<Block>)>,
}

/// What tells a heading from another one.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Key {
    level: Level,
    text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    /// A line over all columns, by how it is numbered.
    Line(Option<NumberStyle>),
    /// A cell of the column at this place.
    Column(usize),
}

impl Groups {
    /// A line over all columns: a heading, or prose where it is a sentence or a note.
    fn line(&mut self, text: &str) {
        let words: String = text.split('\n').collect();
        let note =
            ["注：", "备注：", "说明：", "填表说明", "注:"].iter().any(|n| words.starts_with(n));
        if note || words.chars().count() > HEADING || words.ends_with('。') && words.contains('，')
        {
            self.push(Block::Prose(words));
            return;
        }
        let level = Level::Line(label(&words).map(|l| l.style));
        let same = self.open.iter().position(|(key, ..)| key.level == level);
        let columns = self.open.iter().position(|(key, ..)| matches!(key.level, Level::Column(_)));
        self.close(same.or(columns).unwrap_or(self.open.len()));
        self.open(Key { level, text: words });
    }

    /// Opens what the cells of a row say it belongs to; an empty cell says what the one above said.
    fn enter(&mut self, headings: &[Heading], row: &Para, ledger: &mut Ledger) {
        let cells = headings.iter().zip(&row.cells).enumerate();
        for (n, (_, cell)) in
            cells.filter(|(_, (h, c))| h.column == Column::Section && !c.is_empty())
        {
            ledger.mark(cell, Fate::Record);
            let key = Key { level: Level::Column(n), text: cell.as_str().split('\n').collect() };
            if self.open.iter().any(|(open, ..)| *open == key) {
                continue;
            }
            let deeper = |level: Level| matches!(level, Level::Column(m) if m >= n);
            let at = self.open.iter().position(|(open, ..)| deeper(open.level));
            self.close(at.unwrap_or(self.open.len()));
            self.open(key);
        }
    }

    fn open(&mut self, key: Key) {
        let found = label(&key.text);
        let section = Section {
            heading: Some(
                found.map_or(key.text.as_str(), |l: Label| &key.text[l.len..]).to_string(),
            ),
            number: found.map(|l| (l.style, l.number)),
            ..Section::default()
        };
        self.open.push((key, section, Vec::new()));
    }

    /// Closes headings down to a depth.
    fn close(&mut self, depth: usize) {
        while self.open.len() > depth {
            let Some((_, section, blocks)) = self.open.pop() else { return };
            self.push(Block::Section(Box::new(section), blocks));
        }
    }

    fn push(&mut self, block: Block) {
        match self.open.last_mut() {
            Some((.., blocks)) => blocks.push(block),
            None => self.done.push(block),
        }
    }

    fn finish(mut self) -> Vec<Block> {
        self.close(0);
        self.done
    }
}

/// Of two columns of tasks the first, where it is the same in several rows, is what they share.
fn shared_tasks(rows: &[Para], columns: &[Column]) -> Vec<Column> {
    let mut out = columns.to_vec();
    let tasks: Vec<usize> = (0..out.len()).filter(|&n| out[n] == Column::Task).collect();
    let [first, .., _] = tasks[..] else { return out };
    // A line over all columns says nothing of its first one.
    let full: Vec<&Para> = rows
        .iter()
        .filter(|row| row.cells.iter().filter(|cell| !cell.is_empty()).count() > 1)
        .collect();
    let cell =
        |row: &Para| row.cells.get(first).map(|c| c.as_str().to_string()).unwrap_or_default();
    let shared = full.windows(2).any(|pair| {
        let below = cell(pair[1]);
        below.is_empty() || below == cell(pair[0])
    });
    if shared && full.iter().all(|row| cell(row).chars().count() <= HEADING) {
        out[first] = Column::Section;
    }
    out
}
