//! Tables of attachments: what stands in their columns says how wide they are, where their cells stand
//! and whether the page is turned.

use crate::content::schema::attachment::{ColumnAlign, ColumnLook};
use base::columns::{Column, Kind, Table, pieces, width};

use serde::Serialize;

/// A heading over several columns of a table; null over those without one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HeadGroup {
    /// Its words.
    pub title: Option<String>,
    /// Over how many columns it stands.
    pub span: usize,
}

/// The width of the text block in em of a table's type: 156 mm of 12 points (5.2.1).
const UPRIGHT: f64 = 36.8;
/// A cell of so many characters stands on one line.
const SHORT: f64 = 6.5;
/// Text is not set wider unless the rows get lower by it.
const TEXT: f64 = 14.0;

/// A table whose columns know what stands in them.
#[derive(Debug, Clone, PartialEq)]
pub struct PlainTable(pub Table);

impl PlainTable {
    /// Whether every word has room on an upright page, and no row is taller than a third of it.
    pub(super) fn stands_upright(&self) -> bool {
        const TALLEST: usize = 12;
        let widths = self.0.widths(UPRIGHT);
        widths.fit && widths.lines.iter().all(|lines| *lines <= TALLEST)
    }
}

/// A table of an attachment.
pub(super) fn plain_table(
    titles: &[String],
    looks: &[ColumnLook],
    rows: &[Vec<String>],
) -> PlainTable {
    let widths: Vec<Option<u32>> = looks.iter().map(|look| look.width).collect();
    table_of(titles, &widths, rows)
}

/// The same, of what the view has.
pub fn table_of(titles: &[String], widths: &[Option<u32>], rows: &[Vec<String>]) -> PlainTable {
    let column = |(at, title): (usize, &String)| {
        let cells = || rows.iter().filter_map(move |row| row.get(at));
        let longest = cells().map(|cell| width(cell)).fold(0.0, f64::max);
        let kind = if cells().any(|cell| cell.contains('、')) && cells().all(|cell| are_names(cell))
        {
            Kind::Names
        } else if longest <= SHORT {
            Kind::Short
        } else {
            Kind::Lines
        };
        let fixed = widths.get(at).copied().flatten().map(f64::from);
        Column { title: title.clone(), kind, usual: TEXT, fixed }
    };
    let columns = titles.iter().enumerate().map(column).collect();
    let rows = rows.iter().map(|row| row.iter().map(|cell| vec![cell.clone()]).collect()).collect();
    PlainTable(Table { columns, rows })
}

/// Whether a cell is a list of short names.
fn are_names(cell: &str) -> bool {
    pieces(cell, true).iter().all(|piece| piece.chars().count() <= 8)
        && cell.split('、').all(|name| name.chars().count() <= 7)
}

/// Where the cells of columns stand: as the record says, numbers at the right, long texts at the left.
pub(super) fn aligns(looks: &[ColumnLook], rows: &[Vec<String>]) -> Vec<ColumnAlign> {
    let of = |(at, look): (usize, &ColumnLook)| {
        let cells =
            || rows.iter().filter_map(move |row| row.get(at)).filter(|cell| !cell.is_empty());
        let number = |cell: &String| {
            let digits = |c: char| c.is_ascii_digit() || ".,%-".contains(c);
            cell.chars().all(digits)
        };
        let counted = cells().zip(1_u32..).all(|(cell, place)| *cell == place.to_string());
        look.align.unwrap_or_else(|| {
            if cells().all(number) && cells().next().is_some() && !counted {
                ColumnAlign::Right
            } else if cells().any(|cell| width(cell) > SHORT) {
                ColumnAlign::Left
            } else {
                ColumnAlign::Center
            }
        })
    };
    looks.iter().enumerate().map(of).collect()
}

/// The headings over several columns.
pub(super) fn groups(looks: &[ColumnLook]) -> Vec<HeadGroup> {
    let mut groups: Vec<HeadGroup> = Vec::new();
    for look in looks {
        let title = look.group.as_deref().map(|group| group.trim().to_string());
        match groups.last_mut() {
            Some(last) if last.title == title && title.is_some() => last.span += 1,
            _ => groups.push(HeadGroup { title, span: 1 }),
        }
    }
    if groups.iter().all(|group| group.title.is_none()) { Vec::new() } else { groups }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| text.to_string()).collect()
    }

    #[test]
    fn by_its_contents() {
        let titles = texts(&["序号", "项目", "总投资", "责任单位"]);
        let project = "青溪算力中心二期建设项目".to_string();
        let rows: Vec<Vec<String>> = (1..5)
            .map(|n| {
                vec![n.to_string(), project.clone(), "1200".into(), "区发改局、区财政局".into()]
            })
            .collect();
        let looks = vec![ColumnLook::default(); 4];
        use ColumnAlign::{Center, Left, Right};
        assert_eq!(aligns(&looks, &rows), [Center, Left, Right, Left]);
        let table = plain_table(&titles, &looks, &rows);
        assert!(table.stands_upright());
        let kinds: Vec<Kind> = table.0.columns.iter().map(|column| column.kind).collect();
        assert_eq!(kinds, [Kind::Short, Kind::Lines, Kind::Short, Kind::Names]);
        // Fourteen columns of dates are turned by themselves.
        let titles = vec!["开工时间".to_string(); 14];
        let rows = vec![vec!["2025年11月".to_string(); 14]];
        assert!(!plain_table(&titles, &vec![ColumnLook::default(); 14], &rows).stands_upright());
    }
}
