//! Tables of tasks: a heading row says what the columns hold.

use super::assemble::{Block, assemble};
use crate::columns::{Column, column, columns};
use crate::draft::{Draft, Item, Part as ItemPart, Section};
use crate::label::{Label, label};
use crate::ledger::{Fate, Ledger};
use crate::para::Para;
use crate::traced::Traced;
use crate::units::{Assigned, Role, deadline, opens_unit_line, parse, parse_as};
use records::content::schema::section::NumberStyle;

/// A stretch of the text.
pub(super) enum Part {
    /// Paragraphs.
    Text(Vec<Para>),
    /// The rows of a table of tasks, its heading row first.
    Tasks(Vec<Para>),
}

/// Whether a row is the heading row of a table of tasks.
pub(super) fn is_head(para: &Para) -> bool {
    columns_of(para).is_some()
}

fn columns_of(para: &Para) -> Option<Vec<Column>> {
    let cells: Vec<&str> = para.cells.iter().map(Traced::as_str).collect();
    columns(&cells)
}

/// Cuts a text into paragraphs and tables.
pub(super) fn parts(paras: &[Para]) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut open = Vec::new();
    let mut n = 0;
    while n < paras.len() {
        if !is_head(&paras[n]) {
            open.push(paras[n].clone());
            n += 1;
            continue;
        }
        if !open.is_empty() {
            parts.push(Part::Text(std::mem::take(&mut open)));
        }
        let end = (n + 1..paras.len()).find(|&m| !belongs(paras, m)).unwrap_or(paras.len());
        parts.push(Part::Tasks(paras[n..end].to_vec()));
        n = end;
    }
    if !open.is_empty() || parts.is_empty() {
        parts.push(Part::Text(open));
    }
    parts
}

/// Whether a paragraph behind a heading row is a row too: it has cells, or it is a short line
/// between rows, which is a heading over all columns.
fn belongs(paras: &[Para], n: usize) -> bool {
    let cells = |n: usize| paras.get(n).is_some_and(|para| !para.cells.is_empty());
    let words = paras[n].str();
    let heading = words.chars().count() <= 40 && !words.ends_with(['。', '；', '：']);
    cells(n) || (heading && cells(n + 1) && !paras[n + 1].cells.is_empty())
}

/// Tables that were dumped one cell per line, as rows again.
pub(super) fn undumped(paras: &[Para]) -> Vec<Para> {
    let mut out = Vec::new();
    let mut n = 0;
    while n < paras.len() {
        match dumped(&paras[n..]) {
            Some((rows, taken)) => {
                out.extend(rows);
                n += taken;
            }
            None => {
                out.push(paras[n].clone());
                n += 1;
            }
        }
    }
    out
}

/// Rows of a dumped table at the beginning of some paragraphs, and how many paragraphs they take.
fn dumped(paras: &[Para]) -> Option<(Vec<Para>, usize)> {
    let heads = paras
        .iter()
        .take(12)
        .take_while(|para| para.cells.is_empty() && column(para.str()) != Column::Other)
        .count();
    let texts: Vec<&str> = paras[..heads].iter().map(Para::str).collect();
    let columns = columns(&texts)?;
    let numbered = columns.first() == Some(&Column::Number);
    let mut rows = vec![row(&paras[..heads])];
    let mut n = heads;
    let mut next = 1;
    while n < paras.len() {
        let rest = &paras[n..];
        let len = if numbered {
            if number_of(rest[0].str()) != Some(next) {
                break;
            }
            let following =
                rest[1..].iter().take(60).position(|p| number_of(p.str()) == Some(next + 1));
            following.map_or(heads.min(rest.len()), |at| at + 1)
        } else {
            heads
        };
        if rest.len() < len || rest[..len].iter().any(|para| !para.cells.is_empty()) {
            break;
        }
        rows.push(fitted(&rest[..len], &columns));
        n += len;
        next += 1;
    }
    (rows.len() > 1).then_some((rows, n))
}

fn number_of(text: &str) -> Option<u32> {
    text.trim_end_matches(['.', '、', '．']).parse().ok()
}

fn row(cells: &[Para]) -> Para {
    let mut text = Traced::default();
    for cell in cells {
        text.append(&cell.text);
    }
    Para { text, cells: cells.iter().map(|cell| cell.text.clone()).collect(), ..cells[0].clone() }
}

/// A row with as many cells as columns: what is too much belongs to the task, what is missing is
/// at the end.
fn fitted(cells: &[Para], columns: &[Column]) -> Para {
    let mut out = row(cells);
    let task = columns.iter().rposition(|c| *c == Column::Task).unwrap_or(0);
    while out.cells.len() > columns.len() && task + 1 < out.cells.len() {
        let more = out.cells.remove(task + 1);
        out.cells[task].append(&more);
    }
    out.cells.resize(columns.len(), Traced::default());
    out
}

/// Reads a table of tasks.
pub(super) fn read(rows: &[Para], draft: &mut Draft, ledger: &mut Ledger) {
    let Some(columns) = rows.first().and_then(columns_of) else { return };
    ledger.mark(&rows[0].text, Fate::Record);
    let mut table = Table { columns: shared_tasks(rows, &columns), ledger, year: draft.year };
    let mut blocks: Vec<Block> = Vec::new();
    let mut open: Option<(Section, Vec<Block>)> = None;
    let mut heading_at = None;
    for row in &rows[1..] {
        // The signs between dumped cells are the table's lines.
        for (n, sign) in row.text.as_str().match_indices(['¦', '|']) {
            table.ledger.mark(&row.text.slice(n..n + sign.len()), Fate::Boilerplate);
        }
        if row.cells.iter().map(Traced::as_str).eq(rows[0].cells.iter().map(Traced::as_str)) {
            table.ledger.boilerplate(row);
            continue;
        }
        if let Some((section, at)) = table.heading(row) {
            if heading_at != Some(at) {
                heading_at = Some(at);
                blocks.extend(
                    open.take().map(|(section, items)| Block::Section(Box::new(section), items)),
                );
                open = Some((section, Vec::new()));
            }
            if table.is_only_heading(row) {
                continue;
            }
        }
        if let Some(item) = table.item(row) {
            match &mut open {
                Some((_, items)) => items.push(Block::Item(item)),
                None => blocks.push(Block::Item(item)),
            }
        }
    }
    blocks.extend(open.map(|(section, items)| Block::Section(Box::new(section), items)));
    let (root, overflow) = assemble(Section::default(), blocks, 0);
    if !root.items.is_empty() {
        draft.sections.push(Section { items: root.items, ..Section::default() });
    }
    draft.sections.extend(root.sections);
    draft.sections.extend(overflow);
}

/// Of two columns of tasks the first, where it is the same in several rows, is what they share.
fn shared_tasks(rows: &[Para], columns: &[Column]) -> Vec<Column> {
    let mut out = columns.to_vec();
    let tasks: Vec<usize> = (0..out.len()).filter(|&n| out[n] == Column::Task).collect();
    if let [first, .., _] = tasks[..] {
        let cell = |row: &Para| row.cells.get(first).map(|c| (c.start(), c.as_str().to_string()));
        let shared = rows[1..].windows(2).filter(|pair| {
            let (a, b) = (cell(&pair[0]), cell(&pair[1]));
            b.as_ref().is_none_or(|(_, text)| text.is_empty()) || a == b
        });
        let short = rows[1..].iter().filter_map(cell).all(|(_, text)| text.chars().count() <= 40);
        if shared.count() > 0 && short {
            out[first] = Column::Section;
        }
    }
    out
}

struct Table<'a> {
    columns: Vec<Column>,
    ledger: &'a mut Ledger,
    year: Option<i16>,
}

impl Table<'_> {
    fn cells<'r>(&self, row: &'r Para) -> Vec<(Column, &'r Traced)> {
        if row.cells.is_empty() {
            return vec![(Column::Other, &row.text)];
        }
        let columns = self.columns.iter().copied().chain(std::iter::repeat(Column::Other));
        columns.zip(&row.cells).filter(|(_, cell)| !cell.is_empty()).collect()
    }

    /// A row that is one heading over all columns.
    fn is_only_heading(&self, row: &Para) -> bool {
        let cells = self.cells(row);
        let [(column, cell)] = &cells[..] else { return false };
        cell.as_str().chars().count() <= 60 && *column != Column::Remark
    }

    /// The section that a row begins or belongs to, and where its heading stands.
    fn heading(&mut self, row: &Para) -> Option<(Section, usize)> {
        let cell = if self.is_only_heading(row) {
            self.cells(row).first().map(|(_, cell)| (*cell).clone())?
        } else {
            let sections = self.cells(row).into_iter().filter(|(c, _)| *c == Column::Section);
            sections.map(|(_, cell)| cell.clone()).next_back()?
        };
        let found = label(cell.as_str());
        self.ledger.mark(&cell, Fate::Record);
        let text = found.map_or(cell.as_str(), |l: Label| &cell.as_str()[l.len..]);
        let number = found.map(|l| (l.style, l.number));
        Some((
            Section { heading: Some(text.to_string()), number, ..Section::default() },
            cell.start(),
        ))
    }

    fn item(&mut self, row: &Para) -> Option<Item> {
        let mut item = Item { at: row.text.start(), ..Item::default() };
        let mut text: Vec<String> = Vec::new();
        let mut assigned = Assigned::default();
        for (column, cell) in self.cells(row) {
            let words = cell.as_str();
            match column {
                Column::Number => {
                    let number = number_of(words).or_else(|| crate::label::han_number(words));
                    let Some(number) = number else { continue };
                    item.number = Some((NumberStyle::Dot, number));
                }
                Column::Section => {}
                Column::Task => {
                    let found = label(words).filter(|_| text.is_empty());
                    if let (Some(found), None) = (found, item.number) {
                        item.number = Some((found.style, found.number));
                    }
                    text.push(found.map_or(words, |l| &words[l.len..]).to_string());
                }
                Column::Target => text.push(format!("目标：{words}")),
                Column::Role(Role::Person) => item.comments.push(format!("责任领导：{words}")),
                Column::Role(Role::Deadline) => match deadline::read(words, self.year) {
                    Some(due) => item.due = Some(due),
                    None => item.comments.push(format!("完成时限：{words}")),
                },
                Column::Role(role) => {
                    let read = if opens_unit_line(words) { parse(words) } else { None };
                    assigned.merge(read.unwrap_or_else(|| parse_as(words, role)));
                }
                Column::Remark => item.comments.push(format!("备注：{words}")),
                Column::Other => continue,
            }
            self.ledger.mark(cell, Fate::Record);
        }
        if text.is_empty() {
            return None;
        }
        // There is no bracket in the source to compare with.
        assigned.printed.clear();
        item.comments.append(&mut assigned.besides);
        item.parts = vec![ItemPart { text, assigned: (!assigned.is_empty()).then_some(assigned) }];
        Some(item)
    }
}
