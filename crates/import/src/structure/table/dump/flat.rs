//! Tables that were copied with nothing between the cells: 序号重点任务责任单位, 1修路20公里。区交通局.
//! A row counts only where the columns can be told apart.

use std::ops::Range;

use crate::columns::{Column, columns};
use crate::date::number_of;
use crate::para::Para;
use crate::traced::Traced;
use crate::units::{Role, deadline, looks_like_unit};

/// Headings as they are written most often, the longest first where one begins another.
const HEADINGS: [&str; 58] = [
    "序号",
    "编号",
    "类别",
    "领域",
    "分类",
    "板块",
    "项目类别",
    "任务类别",
    "重点领域",
    "项目名称",
    "任务名称",
    "工作名称",
    "指标名称",
    "重点工作任务",
    "重点任务",
    "主要任务",
    "工作任务",
    "具体任务",
    "目标任务",
    "建设任务",
    "任务内容",
    "工作内容",
    "建设内容",
    "具体内容",
    "主要内容",
    "实施内容",
    "工作举措",
    "具体举措",
    "主要举措",
    "工作措施",
    "具体措施",
    "主要措施",
    "细化措施",
    "工作要求",
    "具体要求",
    "工作事项",
    "事项",
    "任务",
    "年度目标",
    "工作目标",
    "目标要求",
    "目标值",
    "预期成效",
    "牵头单位",
    "牵头部门",
    "主要责任单位",
    "责任单位",
    "责任部门",
    "责任科室",
    "承办单位",
    "配合单位",
    "配合部门",
    "协办单位",
    "参与单位",
    "完成时限",
    "完成时间",
    "时限要求",
    "备注",
];
/// A row is at most so long.
const ROW: usize = 400;
/// Names of offices begin with their place, or with these.
const PLACES: [char; 9] = ['区', '县', '市', '省', '州', '盟', '旗', '各', '团'];

/// The rows at the beginning of some paragraphs, and how many paragraphs they take.
pub(super) fn rows(paras: &[Para]) -> Option<(Vec<Para>, usize)> {
    let head = paras.first().filter(|head| head.cells.is_empty())?;
    let headings = headings(&head.text)?;
    let texts: Vec<&str> = headings.iter().map(Traced::as_str).collect();
    let columns = columns(&texts)?;
    let mut rows = vec![Para { cells: headings.clone(), ..head.clone() }];
    let place = columns.iter().position(|column| *column == Column::Number);
    let mut next = None;
    for para in &paras[1..] {
        if !para.cells.is_empty() {
            break;
        }
        let Some(cells) = carved(&para.text, &columns, next) else { break };
        next = place.and_then(|place| number_of(cells[place].as_str())).map(|number| number + 1);
        rows.push(Para { cells, ..para.clone() });
    }
    let taken = rows.len();
    (taken > 2).then_some((rows, taken))
}

/// The headings that a line consists of.
fn headings(line: &Traced) -> Option<Vec<Traced>> {
    let text = line.as_str();
    if text.chars().count() > 60 {
        return None;
    }
    let mut found = Vec::new();
    let mut start = 0;
    while start < text.len() {
        let fits = HEADINGS.iter().filter(|word| text[start..].starts_with(**word));
        let len = fits.map(|word| word.len()).max()?;
        found.push(line.slice(start..start + len));
        start += len;
    }
    (found.len() > 2).then_some(found)
}

/// A row cut into the cells of its columns, where that can be done.
fn carved(row: &Traced, columns: &[Column], number: Option<u32>) -> Option<Vec<Traced>> {
    let text = row.as_str();
    let mut ends: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    ends.push(text.len());
    let (count, width) = (ends.len(), columns.len());
    if count > ROW {
        return None;
    }
    // best[j][i]: the first j columns hold the first i characters; the score, and where the last
    // of them begins.
    let bad = i32::MIN / 4;
    let mut best = vec![vec![(bad, 0usize); count]; width + 1];
    best[0][0].0 = 0;
    for (j, column) in columns.iter().enumerate() {
        for from in 0..count {
            let before = best[j][from].0;
            if before == bad {
                continue;
            }
            for to in from..count {
                let Some(score) = fit(text, ends[from]..ends[to], *column, number) else {
                    continue;
                };
                // Of two names the shorter, of two texts the longer.
                if before + score >= best[j + 1][to].0 {
                    best[j + 1][to] = (before + score, from);
                }
            }
        }
    }
    let (score, _) = best[width][count - 1];
    if score <= 0 {
        return None;
    }
    let mut cells = Vec::new();
    let mut to = count - 1;
    for j in (1..=width).rev() {
        let from = best[j][to].1;
        cells.push(row.slice(ends[from]..ends[to]));
        to = from;
    }
    cells.reverse();
    let filled = |column: fn(&Column) -> bool| {
        columns.iter().zip(&cells).any(|(c, cell)| column(c) && !cell.is_empty())
    };
    let units = filled(|c| matches!(c, Column::Role(Role::Unit | Role::Lead)));
    (units && filled(|c| *c == Column::Task)).then_some(cells)
}

/// How well a piece of a row fits a column; `None` where it cannot stand there.
fn fit(text: &str, range: Range<usize>, column: Column, number: Option<u32>) -> Option<i32> {
    let from = range.start;
    let piece = &text[range];
    let count = piece.chars().count();
    if piece.is_empty() {
        // A row without a number, a task or units is hardly one.
        return Some(match column {
            Column::Remark | Column::Section => 0,
            Column::Role(Role::Deadline | Role::Person) => -2,
            _ => -8,
        });
    }
    match column {
        Column::Number => {
            let found = piece.parse::<u32>().ok().filter(|_| count <= 3);
            found.filter(|found| number.is_none_or(|number| number == *found)).map(|_| 4)
        }
        Column::Role(Role::Deadline) => {
            (count <= 16 && deadline::is_deadline(piece)).then_some(4 + i32::from(count > 5))
        }
        Column::Role(Role::Person) => {
            ((2..=3).contains(&count) && piece.chars().all(base::zh::is_han)).then_some(0)
        }
        Column::Role(_) => (count <= 80 && names(text, from, piece)).then_some(6),
        Column::Task | Column::Target => {
            let ended = piece.ends_with(['。', '；']);
            let torn = piece.ends_with(['、', '，']);
            (count > 2 && !torn).then_some(1 + 2 * i32::from(ended))
        }
        Column::Section | Column::Remark | Column::Other => {
            (count <= 12 && !piece.contains(['。', '，'])).then_some(-1)
        }
    }
}

/// Whether a piece is a list of names, each with its place before it.
fn names(text: &str, from: usize, piece: &str) -> bool {
    let before = text[..from].chars().next_back();
    let one = |name: &str| {
        let joined = PLACES.iter().any(|place| {
            ["局", "委", "办", "厅"].iter().any(|end| name.contains(&format!("{end}{place}")))
        });
        let digits = name.contains(|c: char| c.is_ascii_digit());
        name.starts_with(PLACES) && looks_like_unit(name) && !joined && !digits
    };
    // 县市场监管局 is not 市场监管局 behind 县.
    before.is_none_or(|c| !PLACES.contains(&c)) && piece.split(['、', '，']).all(one)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(lines: &[&str]) -> Option<Vec<String>> {
        let paras: Vec<Para> = lines.iter().map(|line| Para::new(Traced::new(line, 0))).collect();
        let (rows, _) = rows(&paras)?;
        let row = |para: &Para| para.cells.iter().map(Traced::as_str).collect::<Vec<_>>().join("/");
        Some(rows.iter().map(row).collect())
    }

    #[test]
    fn cells_are_told_apart() {
        assert_eq!(
            found(&[
                "序号重点任务牵头单位配合单位完成时限",
                "1改造食堂12个。县教育局县市场监管局、县财政局8月底前",
                "2新建公园6处县住建局各镇（街道）10月底前",
                "以上任务请落实。"
            ]),
            Some(vec![
                "序号/重点任务/牵头单位/配合单位/完成时限".into(),
                "1/改造食堂12个。/县教育局/县市场监管局、县财政局/8月底前".into(),
                "2/新建公园6处/县住建局/各镇（街道）/10月底前".into(),
            ])
        );
    }

    #[test]
    fn what_cannot_be_told_apart_stays() {
        assert_eq!(found(&["工作任务责任单位", "修路区交通局", "建桥区住建局"]), None);
        assert_eq!(found(&["序号重点任务责任单位", "1修路教育局", "2建桥住建局"]), None);
    }
}
