//! Tables that were copied as text, one cell on a line, as rows again.

use crate::columns::{Column, column, columns};
use crate::date::number_of;
use crate::label::label;
use crate::para::Para;
use crate::traced::Traced;
use crate::units::{Role, deadline, looks_like_unit};

/// More cells than these have no table of tasks.
const COLUMNS: usize = 12;
/// A row of a dump takes at most this many lines.
const LINES: usize = 40;

/// Puts the rows of dumped tables together; what is no certain row stays as it is.
pub(in crate::structure) fn undumped(paras: &[Para]) -> Vec<Para> {
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
    let (cells, barred) = cells_of(paras);
    let heads = (2..=COLUMNS.min(cells.len())).rev().find(|&len| {
        let head = &cells[..len];
        head.iter().all(|cell| column(cell.text.str()) != Column::Other)
            && columns(&head.iter().map(|cell| cell.text.str()).collect::<Vec<_>>()).is_some()
    })?;
    let texts: Vec<&str> = cells[..heads].iter().map(|cell| cell.text.str()).collect();
    let columns = columns(&texts)?;
    let mut rows = vec![row(&cells[..heads])];
    let mut n = heads;
    while n < cells.len() {
        let rest = &cells[n..];
        let Some((row, taken)) = next_row(rest, &columns, barred) else { break };
        rows.push(row);
        n += taken;
    }
    // Lines behind the last row that head nothing are none of the table's.
    while rows.len() > 1 && rows.last().is_some_and(|row| row.cells.is_empty()) {
        rows.pop();
        n -= 1;
    }
    let tasks = rows.iter().filter(|row| !row.cells.is_empty()).count() > 1;
    tasks.then(|| (rows, cells[..n].iter().map(|cell| cell.paras).sum()))
}

/// A cell, and how many paragraphs it takes with the bars behind it.
struct Cell {
    text: Para,
    paras: usize,
}

/// The cells that a text may be a dump of: its paragraphs, or what stands between bars where each
/// cell has one behind it.
fn cells_of(paras: &[Para]) -> (Vec<Cell>, bool) {
    let bar = |text: &str| text.ends_with(['|', '¦', '│']);
    let limit = paras.iter().take(4000).take_while(|para| para.cells.is_empty()).count();
    let head = &paras[..limit.min(COLUMNS * 2)];
    let barred =
        head.len() >= 4 && head.iter().filter(|para| bar(para.str())).count() * 3 >= head.len();
    let mut cells: Vec<Cell> = Vec::new();
    let mut open: Option<Cell> = None;
    for para in &paras[..limit] {
        let text = para.text.as_str().trim_end_matches(['|', '¦', '│', ' ']);
        let words = Para { text: para.text.slice(0..text.len()).trim(), ..para.clone() };
        let mut cell = match open.take() {
            Some(Cell { mut text, paras }) => {
                text.text.append(&words.text);
                Cell { text, paras: paras + 1 }
            }
            None => Cell { text: words, paras: 1 },
        };
        if barred && !bar(para.str()) {
            open = Some(cell);
            continue;
        }
        cell.text.gap = false;
        cells.push(cell);
    }
    cells.extend(open);
    (cells, barred)
}

/// The next row and how many cells it takes. A heading between rows is a row without cells.
fn next_row(rest: &[Cell], columns: &[Column], barred: bool) -> Option<(Para, usize)> {
    let width = columns.len();
    let text = |n: usize| rest.get(n).map_or("", |cell| cell.text.str());
    let numbered = columns.first() == Some(&Column::Number);
    if barred && rest.len() >= width && fits(&rest[..width], columns) {
        return Some((row(&rest[..width]), width));
    }
    if numbered {
        if number_of(text(0)).is_none() {
            // 一、交通出行 between two rows.
            let heads = label(text(0)).is_some() && text(0).chars().count() <= 40;
            let below = number_of(text(1)).is_some();
            return (heads && below)
                .then(|| (Para { cells: Vec::new(), ..rest[0].text.clone() }, 1));
        }
        let begins = |n: usize| {
            let number = number_of(text(n));
            number.is_some_and(|m| Some(m) > number_of(text(0)) && m < 1000)
                || (label(text(n)).is_some_and(|l| l.is_han()) && number_of(text(n + 1)).is_some())
        };
        let end = (1..rest.len().min(LINES)).find(|&n| begins(n));
        // Nothing says where the last row ends but how its cells fit.
        let lengths = match end {
            Some(end) => end..=end,
            None => 2..=(width + 3).min(rest.len()),
        };
        let rows = lengths.filter_map(|len| Some((aligned(&rest[..len], columns)?, len)));
        let best = rows.max_by_key(|((score, _), _)| *score);
        return best.map(|((_, row), len)| (row, len));
    }
    (rest.len() >= width && fits(&rest[..width], columns)).then(|| (row(&rest[..width]), width))
}

/// How well a cell fits a column; below zero it does not.
fn fit(text: &str, column: Column) -> i32 {
    let first = text.split(['、', '，', ' ', '；', '\n']).next().unwrap_or(text);
    let unit = looks_like_unit(first);
    let due = deadline::is_deadline(text);
    match column {
        Column::Number => {
            if number_of(text).is_some() {
                3
            } else {
                -4
            }
        }
        Column::Role(Role::Deadline) => {
            if due {
                3
            } else {
                -2
            }
        }
        Column::Role(Role::Person) => {
            if (2..=8).contains(&text.chars().count()) && !unit && !due {
                2
            } else {
                -3
            }
        }
        Column::Role(_) => {
            if unit && !text.ends_with('。') {
                3
            } else {
                -2
            }
        }
        Column::Task | Column::Target => {
            if due || number_of(text).is_some() {
                -2
            } else {
                1 + i32::from(!unit)
            }
        }
        Column::Section | Column::Remark | Column::Other => i32::from(!unit && !due),
    }
}

/// Whether cells stand in their columns one by one.
fn fits(cells: &[Cell], columns: &[Column]) -> bool {
    let misfits = cells
        .iter()
        .zip(columns)
        .filter(|(cell, column)| !cell.text.str().is_empty() && fit(cell.text.str(), **column) < 0);
    misfits.count() == 0
}

/// A row with as many cells as columns: where some are missing or one takes several lines, each
/// cell goes into the column that it fits best, in their order. With how well they fit.
fn aligned(cells: &[Cell], columns: &[Column]) -> Option<(i32, Para)> {
    const MISSING: i32 = -1;
    const MORE: i32 = -1;
    let (rows, width) = (cells.len(), columns.len());
    // best[i][j]: of the first i cells in the first j columns, and what was done last: a new
    // column, a column without a cell, a further line of the column's cell.
    let bad = i32::MIN / 4;
    let mut best = vec![vec![(bad, Step::New); width + 1]; rows + 1];
    best[0][0].0 = 0;
    for i in 0..=rows {
        for j in 1..=width {
            let mut found = (best[i][j - 1].0 + MISSING, Step::Missing);
            if i > 0 {
                let score = fit(cells[i - 1].text.str(), columns[j - 1]);
                let new = best[i - 1][j - 1].0 + score;
                let more = match columns[j - 1] {
                    Column::Number => bad,
                    _ => best[i - 1][j].0 + score.min(0) + MORE,
                };
                if new >= found.0 {
                    found = (new, Step::New);
                }
                if more > found.0 {
                    found = (more, Step::More);
                }
            }
            best[i][j] = found;
        }
    }
    let score = best[rows][width].0;
    if score < 0 {
        return None;
    }
    let mut out = row(cells);
    out.cells = vec![Traced::default(); width];
    let (mut i, mut j) = (rows, width);
    while i > 0 && j > 0 {
        match best[i][j].1 {
            Step::Missing => j -= 1,
            step => {
                let mut text = cells[i - 1].text.text.clone();
                if !out.cells[j - 1].is_empty() {
                    let at = out.cells[j - 1].start();
                    text.push('\n', at);
                    text.append(&out.cells[j - 1]);
                }
                out.cells[j - 1] = text;
                i -= 1;
                j -= usize::from(step == Step::New);
            }
        }
    }
    Some((score, out))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    New,
    Missing,
    More,
}

fn row(cells: &[Cell]) -> Para {
    let mut text = Traced::default();
    for cell in cells {
        text.append(&cell.text.text);
    }
    let cells_of_row = cells.iter().map(|cell| cell.text.text.clone()).collect();
    Para { text, cells: cells_of_row, ..cells[0].text.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(lines: &[&str]) -> Vec<String> {
        let mut at = 0;
        let paras: Vec<Para> = lines
            .iter()
            .map(|line| {
                let para = Para::new(Traced::new(line, at));
                at += line.len() + 1;
                para
            })
            .collect();
        undumped(&paras)
            .iter()
            .map(|para| {
                let cells: Vec<&str> = para.cells.iter().map(Traced::as_str).collect();
                if cells.is_empty() { para.str().to_string() } else { cells.join("/") }
            })
            .collect()
    }

    #[test]
    fn a_cell_a_line_with_numbers_that_go_up() {
        assert_eq!(
            rows(&[
                "分解表",
                "序号",
                "重点任务",
                "责任单位",
                "完成时限",
                "一、交通",
                "3",
                "修路。",
                "区交通局",
                "6月底",
                "68",
                "建桥。",
                "区交通局",
                "二、教育",
                "70",
                "建校。",
                "分两期。",
                "区教育局",
                "年底",
                "以上任务请落实。",
            ]),
            [
                "分解表",
                "序号/重点任务/责任单位/完成时限",
                "一、交通",
                "3/修路。/区交通局/6月底",
                "68/建桥。/区交通局/",
                "二、教育",
                "70/建校。\n分两期。/区教育局/年底",
                "以上任务请落实。",
            ]
        );
    }

    #[test]
    fn bars_end_cells() {
        let expected = ["工作任务/序号/责任科室", "清理文件。/1/办公室", "编制报告。/2/各科室"];
        assert_eq!(
            rows(&[
                "工作任务|",
                "序号|",
                "责任科室|",
                "清理文件。|",
                "1|",
                "办公室|",
                "编制报告。|",
                "2|",
                "各科室|"
            ]),
            expected
        );
        assert_eq!(
            rows(&[
                "工作任务",
                "|",
                "序号",
                "|",
                "责任科室",
                "|",
                "清理",
                "文件。",
                "|",
                "1",
                "|",
                "办公室",
                "|",
                "编制报告。",
                "|",
                "2",
                "|",
                "各科室",
                "|"
            ]),
            expected
        );
    }

    #[test]
    fn what_does_not_fit_is_no_row() {
        assert_eq!(
            rows(&[
                "工作任务",
                "责任单位",
                "推进改革。",
                "区发改局",
                "请各单位抓好落实。",
                "特此通知。"
            ]),
            ["工作任务/责任单位", "推进改革。/区发改局", "请各单位抓好落实。", "特此通知。"]
        );
    }
}
