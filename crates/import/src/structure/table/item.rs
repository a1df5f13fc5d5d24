//! A row to an item.

use super::cell::{names, paragraphs};
use crate::columns::Column;
use crate::date::number_of;
use crate::draft::{Item, Part};
use crate::label::label;
use crate::ledger::{Fate, Ledger};
use crate::para::Para;
use crate::traced::Traced;
use crate::units::{Assigned, Role, deadline, looks_like_unit, opens_unit_line, parse, parse_as};
use records::content::schema::section::NumberStyle;

/// First words of a task are at most this long; what is longer is a text of its own.
const STRONG: usize = 30;

/// A column of the table.
#[derive(Debug, Clone)]
pub(super) struct Heading {
    pub(super) column: Column,
    /// Its words, for what a record has no field for.
    pub(super) words: String,
}

/// The item that a row holds. `None` where the row has no words to make one of; they are left to
/// the report.
pub(super) fn item(
    headings: &[Heading],
    row: &Para,
    year: Option<i16>,
    ledger: &mut Ledger,
) -> Option<Item> {
    let cells: Vec<(&Heading, &Traced)> =
        headings.iter().zip(&row.cells).filter(|(_, cell)| !cell.is_empty()).collect();
    let of = |column: Column| cells.iter().filter(move |(h, _)| h.column == column);
    let mut tasks: Vec<Vec<String>> = of(Column::Task).map(|(_, c)| paragraphs(c)).collect();
    let mut targets: Vec<String> = of(Column::Target)
        .filter(|(_, cell)| !says_nothing(cell.as_str()))
        .map(|(heading, cell)| format!("{}：{}", heading.words, paragraphs(cell).join("")))
        .collect();
    let mut texts = vec![Column::Task, Column::Target];
    if tasks.is_empty() && !targets.is_empty() {
        tasks = vec![std::mem::take(&mut targets)];
    } else if tasks.is_empty() && cells.iter().any(|(h, _)| matches!(h.column, Column::Role(_))) {
        // The words that tasks share are all that this row says.
        tasks = of(Column::Section).map(|(_, c)| paragraphs(c)).collect();
        texts.push(Column::Section);
    }
    if tasks.iter().all(Vec::is_empty) {
        return None;
    }

    let mut item = Item { at: row.text.start(), ..Item::default() };
    number(&mut item, &cells, &mut tasks, ledger);
    let mut assigned = Assigned::default();
    let due = last_deadline(&cells);
    for (n, (heading, cell)) in cells.iter().enumerate() {
        let words = cell.as_str();
        if says_nothing(words) && heading.column != Column::Task {
            ledger.mark(cell, Fate::Boilerplate);
            continue;
        }
        let keep = || format!("{}：{}", heading.words, paragraphs(cell).join(""));
        match heading.column {
            Column::Number | Column::Section => {
                if !texts.contains(&heading.column) {
                    continue;
                }
            }
            Column::Task | Column::Target => {}
            Column::Role(Role::Deadline) => {
                match deadline::read(words, year).filter(|_| due == Some(n)) {
                    Some(due) => item.due = Some(due),
                    None => item.comments.push(keep()),
                }
            }
            Column::Role(role @ (Role::Unit | Role::Lead | Role::Cooperating)) => {
                let words = names(cell);
                let read = if opens_unit_line(&words) { parse(&words) } else { None };
                let mut read = read.unwrap_or_else(|| parse_as(&words, role));
                if heading.words.contains('人') && units_alone(&mut read) {
                    item.comments.push(keep());
                }
                assigned.merge(read);
            }
            Column::Role(Role::Person) | Column::Remark => item.comments.push(keep()),
            Column::Other if heading.words.is_empty() => continue,
            Column::Other => item.comments.push(keep()),
        }
        ledger.mark(cell, Fate::Record);
    }
    // There is no bracket in the source to compare with.
    assigned.printed.clear();
    item.comments.append(&mut assigned.besides);
    if let Some(words) = assigned.deadline.take() {
        match deadline::read(&words, year).filter(|_| item.due.is_none()) {
            Some(due) => item.due = Some(due),
            None => item.comments.push(format!("完成时限：{words}")),
        }
    }
    let strong = strong(&mut tasks);
    let text = tasks.into_iter().flatten().chain(targets).collect();
    let assigned = (!assigned.is_empty()).then_some(assigned);
    item.parts = vec![Part { strong, text, assigned }];
    Some(item)
}

/// Leaves out what looks like no unit, where a column names persons beside units; whether there was
/// anything.
fn units_alone(assigned: &mut Assigned) -> bool {
    let mut gone = false;
    for list in [&mut assigned.leads, &mut assigned.units, &mut assigned.cooperating] {
        list.retain(|entry| {
            let kept = entry.unit().is_none_or(looks_like_unit);
            gone |= !kept;
            kept
        });
    }
    gone
}

/// `/`, `—` and 无: the cell is empty in words.
fn says_nothing(words: &str) -> bool {
    words == "无" || words.chars().all(|c| "/\\-—–―·.…".contains(c))
}

/// Of several columns with dates the one that says by when; else the last.
fn last_deadline(cells: &[(&Heading, &Traced)]) -> Option<usize> {
    let dated = |n: &usize| cells[*n].0.column == Column::Role(Role::Deadline);
    let ends = |n: &usize| {
        ["完成", "竣工", "时限", "期限", "截止"].iter().any(|word| cells[*n].0.words.contains(word))
    };
    let all: Vec<usize> = (0..cells.len()).filter(dated).collect();
    all.iter().rev().copied().find(ends).or(all.last().copied())
}

/// The item's number: its column's, else the one in front of its text.
fn number(
    item: &mut Item,
    cells: &[(&Heading, &Traced)],
    tasks: &mut [Vec<String>],
    ledger: &mut Ledger,
) {
    for (_, cell) in cells.iter().filter(|(h, _)| h.column == Column::Number) {
        match number_of(cell.as_str()) {
            Some(number) => {
                item.number = Some((NumberStyle::Dot, number));
                ledger.mark(cell, Fate::Record);
            }
            // 1-2, A3: items are numbered anew.
            None => ledger.mark(cell, Fate::Boilerplate),
        }
    }
    for text in tasks.iter_mut().filter_map(|paragraphs| paragraphs.first_mut()) {
        let Some(found) = label(text) else { continue };
        if item.number.is_none_or(|(_, number)| number == found.number) {
            item.number.get_or_insert((found.style, found.number));
            text.replace_range(..found.len, "");
        }
    }
}

/// Of two columns of words the first, where it is the shorter: what the task is called.
fn strong(tasks: &mut Vec<Vec<String>>) -> Option<String> {
    let count = |paragraphs: &[String]| paragraphs.iter().map(|p| p.chars().count()).sum::<usize>();
    let [first, second, ..] = &tasks[..] else { return None };
    let [words] = &first[..] else { return None };
    let called = count(first) <= STRONG && count(first) <= count(second) && words != &second[0];
    if !called {
        // The same words in both columns are said once.
        if first == second {
            tasks.remove(0);
        }
        return None;
    }
    let mut words = words.trim_end_matches(['。', '：', '；', '，']).to_string();
    words.push('。');
    tasks.remove(0);
    Some(words)
}
