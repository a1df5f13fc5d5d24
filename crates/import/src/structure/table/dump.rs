//! Tables that were copied as text, as rows again: one cell on a line, cells with labels before
//! them, or nothing between the cells at all.

mod fill;
mod flat;
mod labelled;

use crate::columns::{Column, column, columns};
use crate::para::Para;
use crate::traced::Traced;
use fill::{Cell, fill};

/// More cells than these have no table of tasks.
const COLUMNS: usize = 12;

/// Puts the rows of dumped tables together; what is no certain row stays as it is.
pub(in crate::structure) fn undumped(paras: &[Para]) -> Vec<Para> {
    let mut out = Vec::new();
    let mut n = 0;
    while n < paras.len() {
        let rest = &paras[n..];
        let found = labelled::rows(rest)
            .or_else(|| flat::rows(rest))
            .or_else(|| laid_out(rest))
            .or_else(|| dumped(rest));
        match found {
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

/// A table whose rows were told by the signs or blanks between their cells: rows that have not as
/// many cells as the heading get each cell into the column that it fits. Where only the heading is
/// a row, the cells follow on lines of their own.
fn laid_out(paras: &[Para]) -> Option<(Vec<Para>, usize)> {
    let head = paras.first().filter(|head| head.table.is_none() && head.cells.len() > 1)?;
    let texts: Vec<&str> = head.cells.iter().map(Traced::as_str).collect();
    let columns = columns(&texts)?;
    let is_row = |para: &&Para| para.table.is_none() && !para.cells.is_empty();
    if paras.get(1).is_some_and(|next| next.cells.is_empty()) {
        let (cells, barred) = cells_of(&paras[1..]);
        let (rows, taken) = fill(&cells, &texts, &columns, barred)?;
        let taken = 1 + cells[..taken].iter().map(|cell| cell.paras).sum::<usize>();
        return Some((std::iter::once(head.clone()).chain(rows).collect(), taken));
    }
    let mut rows = vec![head.clone()];
    for para in paras[1..].iter().take_while(is_row) {
        rows.push(realigned(para, &texts, &columns).unwrap_or_else(|| para.clone()));
    }
    let taken = rows.len();
    Some((rows, taken))
}

/// A row with as many cells as the table has columns.
fn realigned(row: &Para, head: &[&str], columns: &[Column]) -> Option<Para> {
    if row.cells.len() == columns.len() {
        return None;
    }
    let cell = |text: &Traced| Cell {
        text: Para { text: text.clone(), cells: Vec::new(), gap: false, ..row.clone() },
        paras: 0,
        skipped: Vec::new(),
        signs: Traced::default(),
    };
    let cells: Vec<Cell> = row.cells.iter().filter(|cell| !cell.is_empty()).map(cell).collect();
    let (mut rows, taken) = fill(&cells, head, columns, false)?;
    let found = rows.pop().filter(|_| rows.is_empty() && taken == cells.len())?;
    Some(Para { cells: found.cells, ..row.clone() })
}

/// Rows of a dumped table at the beginning of some paragraphs, and how many paragraphs they take.
fn dumped(paras: &[Para]) -> Option<(Vec<Para>, usize)> {
    let first = paras.first()?.text.as_str().trim_end_matches(BARS);
    if column(first) == Column::Other {
        return None;
    }
    let (cells, barred) = cells_of(paras);
    let heads = (2..=COLUMNS.min(cells.len())).rev().find(|&len| {
        let head = &cells[..len];
        head.iter().all(|cell| column(cell.text.str()) != Column::Other)
            && columns(&head.iter().map(|cell| cell.text.str()).collect::<Vec<_>>()).is_some()
    })?;
    let texts: Vec<&str> = cells[..heads].iter().map(|cell| cell.text.str()).collect();
    let columns = columns(&texts)?;
    let (rows, taken) = fill(&cells[heads..], &texts, &columns, barred)?;
    let rows = std::iter::once(fill::row(&cells[..heads])).chain(rows).collect();
    Some((rows, cells[..heads + taken].iter().map(|cell| cell.paras).sum()))
}

const BARS: [char; 5] = ['|', '¦', '│', '｜', ' '];

/// The cells that a text may be a dump of: its paragraphs, or what stands between bars where each
/// cell has one behind it.
fn cells_of(paras: &[Para]) -> (Vec<Cell>, bool) {
    let bar = |text: &str| text.ends_with(['|', '¦', '│', '｜']);
    let limit = paras.iter().take(4000).take_while(|para| para.cells.is_empty()).count();
    let head = &paras[..limit.min(COLUMNS * 2)];
    let barred =
        head.len() >= 4 && head.iter().filter(|para| bar(para.str())).count() * 3 >= head.len();
    let mut cells: Vec<Cell> = Vec::new();
    let mut open: Option<Cell> = None;
    for para in &paras[..limit] {
        // The number of a page stands between two cells.
        if super::super::site::is_page_number(para.str())
            && let Some(last) = cells
                .last_mut()
                .filter(|_| open.is_none() && !para.str().starts_with(|c: char| c.is_ascii_digit()))
        {
            last.paras += 1;
            last.skipped.push(para.clone());
            continue;
        }
        let text = para.text.as_str().trim_end_matches(BARS);
        let words = Para { text: para.text.slice(0..text.len()).trim(), ..para.clone() };
        let signs = para.text.slice(text.len()..para.text.len());
        let cell = match open.take() {
            Some(mut cell) => {
                cell.text.text.append(&words.text);
                cell.signs.append(&signs);
                cell.paras += 1;
                cell
            }
            None => Cell { text: words, paras: 1, skipped: Vec::new(), signs },
        };
        if barred && !bar(para.str()) {
            open = Some(cell);
            continue;
        }
        cells.push(cell);
    }
    cells.extend(open);
    (cells, barred)
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
