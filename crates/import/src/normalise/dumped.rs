//! Rows of tables that were copied as text: with signs, tabs or blanks between the cells, or drawn
//! with lines around them.

use super::piece::Piece;
use crate::chars::is_blank;
use crate::columns::{Column, column, columns};
use crate::traced::Traced;
use crate::units::{deadline, looks_like_unit};

/// A heading row has at most so many words.
const COLUMNS: usize = 12;

/// Finds the rows among the lines of a text.
pub(super) fn find(pieces: &mut Vec<Piece>) {
    for piece in pieces.iter_mut().filter(|piece| piece.is_plain()) {
        piece.cells = parted(&piece.text);
    }
    unbox(pieces);
    spread(pieces);
}

/// Signs that stand between cells.
const BARS: [char; 6] = ['¦', '│', '┃', '║', '｜', '|'];

/// The cells of a line with bars or tabs between them.
fn parted(text: &Traced) -> Vec<Traced> {
    let line = text.as_str();
    let count = |sign: char| line.matches(sign).count();
    let many = |sign: &char| count(*sign) > usize::from(*sign == '|');
    let (sign, least) = match BARS.iter().find(|sign| many(sign)) {
        Some(sign) => (*sign, 2),
        None if count('\t') > 1 => ('\t', 3),
        None => return Vec::new(),
    };
    let mut cells = Vec::new();
    let mut start = 0;
    for (at, found) in line.match_indices(sign) {
        cells.push(text.slice(start..at).trim());
        start = at + found.len();
    }
    cells.push(text.slice(start..line.len()).trim());
    // Bars at both ends draw the table's sides.
    let outside = |cell: Option<&Traced>| cell.is_some_and(Traced::is_empty);
    if sign != '\t' && outside(cells.first()) && outside(cells.last()) {
        cells.remove(0);
        cells.pop();
    }
    // A line between two sides may go on with one cell alone.
    let sides = sign != '\t' && line.starts_with(sign) && line.ends_with(sign) && cells.len() > 1;
    let filled = cells.iter().filter(|cell| !cell.is_empty()).count();
    if filled >= if sides { 1 } else { least } { cells } else { Vec::new() }
}

/// Whether a line is a cell, or a row, of a table that was copied without signs: units alone behind
/// a text that ends in no mark, a heading with its colon, or what stands behind units at the end.
pub(super) fn is_cell(before: &str, after: &str) -> bool {
    let names = |text: &str| {
        text.chars().count() < 80
            && text.split(['、', ' ']).all(|name| looks_like_unit(name.trim()))
    };
    let headed = after.split_once('：').is_some_and(|(heading, _)| {
        heading.chars().count() <= 8
            && heading.chars().all(base::zh::is_han)
            && column(heading) != Column::Other
    });
    let open = before.matches('（').count() > before.matches('）').count();
    let listed = before.ends_with(['、', '，']);
    let ended = before
        .rsplit(['、', '，', '。', ' '])
        .next()
        .is_some_and(|last| last != before && last.chars().count() > 2 && looks_like_unit(last));
    let dated = before
        .char_indices()
        .rev()
        .take(10)
        .skip(2)
        .any(|(at, _)| deadline::is_deadline(&before[at..]));
    headed || before.ends_with(BARS) || !open && !listed && (names(after) || ended || dated)
}

/// Whether a line draws nothing but the lines of a table.
fn is_rule(piece: &Piece) -> bool {
    let drawn = |c: char| ('\u{2500}'..='\u{257f}').contains(&c) || matches!(c, '+' | '-' | '=');
    let line = piece.text.as_str();
    piece.is_plain()
        && line.chars().count() >= 5
        && line.chars().all(|c| drawn(c) || is_blank(c))
        && line.chars().any(|c| matches!(c, '+' | '─' | '━' | '═' | '┼' | '├' | '┌' | '└'))
}

/// Tables with lines drawn around their cells: what stands between two lines is one row.
fn unbox(pieces: &mut Vec<Piece>) {
    let mut out: Vec<Piece> = Vec::new();
    let mut rest = std::mem::take(pieces).into_iter().peekable();
    while let Some(piece) = rest.next() {
        if !is_rule(&piece) {
            out.push(piece);
            continue;
        }
        // A table: groups of rows, each between two rules.
        let mut groups: Vec<Vec<Piece>> = vec![Vec::new()];
        let mut rules = vec![piece];
        while let Some(next) = rest.next_if(|next| is_rule(next) || !next.cells.is_empty()) {
            if is_rule(&next) {
                rules.push(next);
                groups.push(Vec::new());
            } else if let Some(last) = groups.last_mut() {
                last.push(next);
            }
        }
        groups.retain(|group| !group.is_empty());
        if groups.is_empty() {
            out.extend(rules);
            continue;
        }
        let ruled = groups.len() > 2;
        let mut rows: Vec<Piece> =
            groups.into_iter().flat_map(|group| rows_of(group, ruled)).collect();
        // The drawn lines are the table's, and are read with its first row.
        if let Some(first) = rows.first_mut() {
            rules.iter().for_each(|rule| first.text.append(&rule.text));
        }
        out.extend(rows);
    }
    *pieces = out;
}

/// The rows between two rules. Where rules part all rows, it is one; else a line whose first cell
/// is empty goes on with the row above.
fn rows_of(group: Vec<Piece>, ruled: bool) -> Vec<Piece> {
    let mut rows: Vec<Piece> = Vec::new();
    for line in group {
        let goes_on = ruled || line.cells.first().is_some_and(Traced::is_empty);
        match rows.last_mut().filter(|row| goes_on && row.cells.len() == line.cells.len()) {
            Some(row) => {
                row.text.append(&line.text);
                for (cell, more) in row.cells.iter_mut().zip(&line.cells) {
                    glue(cell, more);
                }
            }
            None => rows.push(line),
        }
    }
    rows
}

/// What names end in: alone they are the rest of the name above.
const ENDS: [&str; 16] = [
    "公司",
    "委会",
    "管委会",
    "委员会",
    "员会",
    "人民政府",
    "民政府",
    "政府",
    "办事处",
    "办公室",
    "公室",
    "分局",
    "集团",
    "中心",
    "银行",
    "大队",
];

/// Whether a line is no name, but the end of one.
pub(crate) fn ends_name(line: &str) -> bool {
    ENDS.contains(&line)
}

/// Adds a further line to a cell: a new line where both are whole, else the same one.
pub(crate) fn glue(cell: &mut Traced, more: &Traced) {
    if more.is_empty() {
        return;
    }
    let (before, after) = (cell.as_str(), more.as_str());
    let name = |text: &str, last: bool| {
        let signs = ['、', '，', ',', '；', '\n'];
        let piece = if last { text.rsplit(signs).next() } else { text.split(signs).next() };
        piece.is_some_and(|name| looks_like_unit(name) && (last || !ends_name(name)))
    };
    let ended = before.ends_with(['。', '；', '！', '：']);
    let names = name(before, true) && name(after, false);
    if !before.is_empty() && (ended || names) {
        let at = more.start();
        cell.push('\n', at);
    }
    cell.append(more);
}

/// The words of a line that blanks part; with `wide` only blanks of two cells and more do.
fn words(text: &Traced, wide: bool) -> Vec<Traced> {
    let line = text.as_str();
    let mut words = Vec::new();
    let mut start = 0;
    let mut blanks: Option<usize> = None;
    for (at, c) in line.char_indices().chain([(line.len(), 'x')]) {
        if is_blank(c) {
            blanks.get_or_insert(at);
            continue;
        }
        if let Some(from) = blanks.take() {
            let run = &line[from..at];
            let width: usize = run.chars().map(|c| if c == ' ' { 1 } else { 2 }).sum();
            if !wide || width > 1 {
                words.push(text.slice(start..from));
                start = at;
            }
        }
    }
    words.push(text.slice(start..line.len()));
    words.retain(|word| !word.is_empty());
    words
}

/// 序 号: words of one character are pieces of one.
fn whole(words: Vec<Traced>) -> Vec<Traced> {
    let mut out: Vec<Traced> = Vec::new();
    let one = |word: &Traced| word.as_str().chars().count() == 1;
    let mut open = false;
    for word in words {
        let single = one(&word) && !word.as_str().starts_with(|c: char| c.is_ascii_digit());
        match out.last_mut().filter(|_| open && single) {
            Some(last) => last.append(&word),
            None => out.push(word),
        }
        open = single;
    }
    out
}

/// The heading row among the words of a line.
fn head(words: &[Traced]) -> Option<std::ops::Range<usize>> {
    let known = |word: &Traced| column(word.as_str()) != Column::Other;
    let start = words.iter().position(known)?;
    let len = words[start..].iter().take(COLUMNS).take_while(|word| known(word)).count();
    let found = (2..=len).rev().find(|len| {
        let texts: Vec<&str> = words[start..start + len].iter().map(Traced::as_str).collect();
        let short = texts.iter().all(|text| text.chars().count() <= 10);
        short && columns(&texts).is_some()
    })?;
    (found > 2 || words.len() == 2).then_some(start..start + found)
}

/// Tables with nothing but blanks between the cells: they begin with a row of headings.
fn spread(pieces: &mut Vec<Piece>) {
    let mut out: Vec<Piece> = Vec::new();
    // The columns of the open table, and whether only wide blanks part its cells.
    let mut open: Option<(usize, bool)> = None;
    for piece in std::mem::take(pieces) {
        if !piece.is_plain() {
            open = None;
            out.push(piece);
            continue;
        }
        let all = whole(words(&piece.text, false));
        if let Some(range) = head(&all) {
            let wide = words(&piece.text, true).len() >= range.len();
            let alone = |text: Traced| Piece { text, gap: false, ..piece.clone() };
            out.extend(all[..range.start].iter().cloned().map(alone));
            let cells = all[range.clone()].to_vec();
            let mut text = Traced::default();
            cells.iter().for_each(|cell| text.append(cell));
            open = Some((cells.len(), wide));
            out.push(Piece { text, cells, ..piece.clone() });
            // Where the whole table stands on one line, each word is a cell.
            out.extend(all[range.end..].iter().cloned().map(alone));
            continue;
        }
        let Some((width, wide)) = open else {
            out.push(piece);
            continue;
        };
        let cells = words(&piece.text, wide);
        match cells.len() {
            1 => out.push(piece),
            n if n + 2 >= width && n <= width + 4 => out.push(Piece { cells, ..piece }),
            _ => {
                open = None;
                out.push(piece);
            }
        }
    }
    *pieces = out;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::Form;

    fn rows(lines: &[&str]) -> Vec<String> {
        let piece = |line: &&str| Piece {
            text: Traced::new(line, 0).trim(),
            indent: 0,
            width: 0,
            gap: false,
            form: Form::Text,
            cells: Vec::new(),
        };
        let mut pieces: Vec<Piece> = lines.iter().map(piece).collect();
        find(&mut pieces);
        let row = |piece: &Piece| {
            let cells: Vec<&str> = piece.cells.iter().map(Traced::as_str).collect();
            if cells.is_empty() { piece.text.as_str().to_string() } else { cells.join("/") }
        };
        pieces.iter().map(row).collect()
    }

    #[test]
    fn boxes() {
        assert_eq!(
            rows(&[
                "┌────┬──────┬──────┐",
                "│序号│任务  │责任  │",
                "│    │      │单位  │",
                "├────┼──────┼──────┤",
                "│ 1  │修路。│区交通│",
                "│    │      │局    │",
                "├────┼──────┼──────┤",
                "│ 2  │建桥。│区住建│",
                "│    │      │局    │",
                "└────┴──────┴──────┘",
            ]),
            ["序号/任务/责任单位", "1/修路。/区交通局", "2/建桥。/区住建局"]
        );
        assert_eq!(
            rows(&[
                "+------+------+----------+",
                "| 任务 | 类别 | 责任单位 |",
                "+------+------+----------+",
                "| 修路 | 交通 | 区交通局 |",
                "| 建桥 | 交通 | 区住建局 |",
                "+------+------+----------+",
            ]),
            ["任务/类别/责任单位", "修路/交通/区交通局", "建桥/交通/区住建局"]
        );
    }

    #[test]
    fn blanks_part_cells_below_headings() {
        assert_eq!(
            rows(&["分解表", "序 号  重点任务  责任单位", "1  修路 两条。  区交通局", "一、教育"]),
            ["分解表", "序号/重点任务/责任单位", "1/修路 两条。/区交通局", "一、教育"]
        );
        // All on one line: what stands behind the headings is a cell each.
        assert_eq!(
            rows(&["分解表 序号 重点任务 责任单位 1 修路。 区交通局"]),
            ["分解表", "序号/重点任务/责任单位", "1", "修路。", "区交通局"]
        );
    }

    #[test]
    fn prose_with_blanks_is_no_table() {
        let lines = ["责任单位：区交通局 区住建局", "2025年 工作要点", "区府办　　2025年2月"];
        assert_eq!(rows(&lines), lines);
    }

    #[test]
    fn sides_of_a_table_are_no_cells() {
        assert_eq!(rows(&["|1|修路。|区交通局|"]), ["1/修路。/区交通局"]);
        // A first cell that is empty is one.
        assert_eq!(rows(&["|2|修路。|区交通局"]), ["/2/修路。/区交通局"]);
        assert_eq!(rows(&["1｜修路。｜区交通局"]), ["1/修路。/区交通局"]);
    }
}
