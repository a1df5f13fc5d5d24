//! Tables of plain cells: what stands in their columns says how wide they are and where their cells
//! stand. Tables of attachments and in texts are laid out by it alike.

use serde::{Deserialize, Serialize};

use super::{Column, Kind, Table, pieces, width};

/// A cell of so many characters stands on one line.
const SHORT: f64 = 6.5;
/// Text is not set wider unless the rows get lower by it.
const TEXT: f64 = 14.0;

/// Where the text of a column's cells stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ColumnAlign {
    /// At the left.
    Left,
    /// In the middle.
    Center,
    /// At the right.
    Right,
}

impl ColumnAlign {
    /// By the cells of a column: numbers at the right unless they count the rows, long texts at the
    /// left.
    pub fn of<'a>(cells: impl Iterator<Item = &'a str> + Clone) -> Self {
        let cells = || cells.clone().filter(|cell| !cell.is_empty());
        let number = |cell: &str| cell.chars().all(|c| c.is_ascii_digit() || ".,%-".contains(c));
        let counted = cells().zip(1_u32..).all(|(cell, place)| *cell == place.to_string());
        if cells().all(number) && cells().next().is_some() && !counted {
            Self::Right
        } else if cells().any(|cell| width(cell) > SHORT) {
            Self::Left
        } else {
            Self::Center
        }
    }
}

impl Table {
    /// A table of plain cells under these headings. Columns with a width, in characters, have that.
    pub fn plain(titles: &[String], widths: &[Option<u32>], rows: &[Vec<String>]) -> Self {
        let column = |(at, title): (usize, &String)| {
            let cells = || rows.iter().filter_map(move |row| row.get(at));
            let longest = cells().map(|cell| width(cell)).fold(0.0, f64::max);
            let has_lists = cells().any(|cell| cell.contains('、'));
            let kind = if has_lists && cells().all(|cell| are_names(cell)) {
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
        let cells = |row: &Vec<String>| row.iter().map(|cell| vec![cell.clone()]).collect();
        Self { columns, rows: rows.iter().map(cells).collect() }
    }
}

/// Whether a cell is a list of short names.
fn are_names(cell: &str) -> bool {
    pieces(cell, true).iter().all(|piece| piece.chars().count() <= 8)
        && cell.split('、').all(|name| name.chars().count() <= 7)
}

#[cfg(test)]
mod tests {
    use super::super::EDGES;
    use super::*;

    #[test]
    fn by_its_contents() {
        let texts =
            |texts: &[&str]| -> Vec<String> { texts.iter().map(|t| t.to_string()).collect() };
        let titles = texts(&["序号", "项目", "总投资", "责任单位"]);
        let rows: Vec<Vec<String>> = (1..5)
            .map(|n: u32| {
                let number = n.to_string();
                texts(&[&number, "青溪算力中心二期建设项目", "1200", "区发改局、区财政局"])
            })
            .collect();
        let align = |at: usize| ColumnAlign::of(rows.iter().map(|row| row[at].as_str()));
        use ColumnAlign::{Center, Left, Right};
        assert_eq!([0, 1, 2, 3].map(align), [Center, Left, Right, Left]);
        let table = Table::plain(&titles, &[None, None, Some(7)], &rows);
        let kinds: Vec<Kind> = table.columns.iter().map(|column| column.kind).collect();
        assert_eq!(kinds, [Kind::Short, Kind::Lines, Kind::Short, Kind::Names]);
        assert_eq!(table.columns[2].fixed, Some(7.0));
        assert_eq!(ColumnAlign::of([""].into_iter()), Center);
    }

    /// Where there is room, headings stay on one line and no column takes all of what is left.
    #[test]
    fn room_is_shared_where_all_lines_fit() {
        let texts = |texts: [&str; 3]| texts.map(String::from).to_vec();
        let titles = texts(["指标", "计量单位", "实际完成"]);
        let table = |name: &str| {
            let rows = [texts([name, "个", "274"])];
            Table::plain(&titles, &[None; 3], &rows).widths(40.0)
        };
        let low = table("新建5G基站").widths;
        assert!((low.iter().sum::<f64>() - 40.0).abs() < 0.01, "{low:?}");
        assert!(low[1] > width("计量单位") + EDGES && low[2] == low[1], "{low:?}");
        assert!(low[0] < low[1] * 2.0, "{low:?}");
        // Where they do not fit, the longest has the room.
        let high = table(&"新建".repeat(20));
        assert!(high.widths[1] < 4.0 && high.lines == [2], "{high:?}");
    }
}
